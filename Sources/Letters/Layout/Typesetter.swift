struct TextStyle: Equatable {
    var face: Face = .regular
    /// Points.
    var size: Double
}

/// Glyphs that stand together on one line, in one style.
struct TextLine {
    let style: TextStyle
    /// A soft line end carries a space glyph, which keeps words apart in extracted text but is not part of `width`.
    let glyphs: [ShapedGlyph]
    /// Points.
    let width: Double
    let font: TrueTypeFont
}

struct ShapedGlyph {
    let glyph: GlyphID
    /// Font units, kerning with the next glyph included.
    var advance: Int
    /// Font units to add after the glyph.
    var kerning: Int = 0
}

/// QR codes of one letter: trying a closer setting asks for the same one again.
final class CodeMemory {
    private var known: [String: QRCode] = [:]

    func code(_ text: String) throws(LetterError) -> QRCode {
        if let code = known[text] { return code }
        let code = try QRCode(text)
        known[text] = code
        return code
    }
}

/// Turns text into lines: glyphs with kerning, broken at spaces and after hyphens, ragged right. Words that are
/// wider than a line are broken after slashes, and then anywhere.
struct Typesetter {
    let fonts: LetterFonts
    let codes = CodeMemory()

    /// Lines of at most `width` points; none for text without visible characters. Balanced lines are about equally
    /// long, as centred text looks best.
    func lines(
        _ text: String, _ style: TextStyle, width: Double, balanced: Bool = false
    ) throws(LetterError) -> [TextLine] {
        let font = fonts[style.face]
        let limit = Int(width * Double(font.unitsPerEm) / style.size)
        let space = ShapedGlyph(glyph: font.glyph(" ") ?? 0, advance: font.advance(font.glyph(" ") ?? 0))
        let pieces = try pieces(of: text, font: font)
        var broken = Self.broken(pieces, limit: limit, space: space)
        if balanced, broken.count > 1 {
            // The narrowest column that needs no further line and splits no word.
            var narrow = min(Self.wholeWidths(pieces).max() ?? 0, limit)
            var wide = limit
            while wide - narrow > font.unitsPerEm / 4 {
                let middle = (narrow + wide) / 2
                let attempt = Self.broken(pieces, limit: middle, space: space)
                if attempt.count > broken.count {
                    narrow = middle
                } else {
                    broken = attempt
                    wide = middle
                }
            }
        }
        let scale = style.size / Double(font.unitsPerEm)
        return broken.map { TextLine(style: style, glyphs: $0.glyphs, width: Double($0.width) * scale, font: font) }
    }

    /// Points that the text takes on one line.
    func width(_ text: String, _ style: TextStyle) throws(LetterError) -> Double {
        try lines(text, style, width: 100_000).reduce(0) { max($0, $1.width) }
    }

    /// Glyphs between two places where a line may end.
    private struct Piece {
        var glyphs: [ShapedGlyph] = []
        var spaceAfter = false
        /// Ends with a slash inside a word.
        var isGlued = false
        var width: Int { glyphs.reduce(0) { $0 + $1.advance } }
    }

    /// A line before it has a size; `width` in font units.
    private struct Broken {
        var glyphs: [ShapedGlyph] = []
        var width = 0
    }

    private static func broken(_ pieces: [Piece], limit: Int, space: ShapedGlyph) -> [Broken] {
        var lines: [Broken] = []
        var line = Broken()
        var gap = false

        func startLine() {
            if gap { line.glyphs.append(space) }
            lines.append(line)
            line = Broken()
            gap = false
        }

        let wholes = wholeWidths(pieces)
        for (index, piece) in pieces.enumerated() {
            let start = line.width + (gap ? space.advance : 0)
            let needed = wholes[index] <= limit ? wholes[index] : piece.width
            if !line.glyphs.isEmpty, start + needed > limit { startLine() }
            if gap {
                line.glyphs.append(space)
                line.width += space.advance
            }
            gap = false
            for glyph in piece.glyphs {
                // Only a piece wider than the column gets here with no room left.
                if !line.glyphs.isEmpty, line.width + glyph.advance > limit { startLine() }
                line.glyphs.append(glyph)
                line.width += glyph.advance
            }
            gap = piece.spaceAfter
        }
        if !line.glyphs.isEmpty { lines.append(line) }
        return lines
    }

    /// Of each piece with those that slashes tie to its end.
    private static func wholeWidths(_ pieces: [Piece]) -> [Int] {
        var widths = pieces.map(\.width)
        for index in pieces.indices.dropLast().reversed() where pieces[index].isGlued {
            widths[index] += widths[index + 1]
        }
        return widths
    }

    private func pieces(of text: String, font: TrueTypeFont) throws(LetterError) -> [Piece] {
        var pieces: [Piece] = []
        var current = Piece()
        let units = try TextUnit.units(of: text, font: font)
        for (index, unit) in units.enumerated() {
            if unit.kind == .space {
                if !current.glyphs.isEmpty {
                    current.spaceAfter = true
                    pieces.append(current)
                    current = Piece()
                } else if let last = pieces.indices.last {
                    pieces[last].spaceAfter = true
                }
                continue
            }
            if let last = current.glyphs.indices.last {
                let pair = GlyphPair(left: current.glyphs[last].glyph, right: unit.glyph)
                if let kerning = font.kerning[pair] {
                    current.glyphs[last].kerning = kerning
                    current.glyphs[last].advance += kerning
                }
            }
            current.glyphs.append(ShapedGlyph(glyph: unit.glyph, advance: font.advance(unit.glyph)))
            if unit.kind != .plain, current.glyphs.count > 2, wordGoesOn(after: index, in: units) {
                current.isGlued = unit.kind == .slash
                pieces.append(current)
                current = Piece()
            }
        }
        if !current.glyphs.isEmpty { pieces.append(current) }
        return pieces
    }

    /// A line may end after a hyphen with two characters on both sides: `s/d` and `-5` stay whole.
    private func wordGoesOn(after index: Int, in units: [TextUnit]) -> Bool {
        index + 2 < units.count && units[index + 1].kind != .space && units[index + 2].kind != .space
    }
}
