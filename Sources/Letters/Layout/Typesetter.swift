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

/// Turns text into lines: glyphs with kerning, broken at spaces and after hyphens and slashes, ragged right.
struct Typesetter {
    let fonts: LetterFonts

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
            var narrow = min(pieces.reduce(0) { max($0, $1.width) }, limit)
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

        for piece in pieces {
            let start = line.width + (gap ? space.advance : 0)
            if !line.glyphs.isEmpty, start + piece.width > limit { startLine() }
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
            if unit.kind == .hyphen, current.glyphs.count > 2, wordGoesOn(after: index, in: units) {
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
