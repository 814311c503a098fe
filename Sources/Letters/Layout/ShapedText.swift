/// A text as glyphs with kerning, and the places where its lines may end. Lengths are in font units.
struct ShapedText {
    /// A line before it has a size.
    struct Line {
        fileprivate(set) var glyphs: [ShapedGlyph] = []
        fileprivate(set) var width = 0
    }

    /// Glyphs between two places where a line may end.
    private struct Piece {
        /// In `glyphs`.
        var range: Range<Int>
        var width = 0
        /// Of the piece with those that slashes tie to its end.
        var whole = 0
        var spaceAfter = false
        /// Ends with a slash inside a word.
        var isGlued = false
    }

    /// All pieces one after the other: a roster has tens of thousands of texts, and an array for each word would cost
    /// more than shaping it.
    private var glyphs: [ShapedGlyph] = []
    private var pieces: [Piece] = []
    private let space: ShapedGlyph

    /// Throws `LetterError.glyphMissing` for a character that the font does not have.
    init(_ text: String, font: TrueTypeFont) throws(LetterError) {
        space = ShapedGlyph(glyph: font.glyph(" ") ?? 0, advance: font.advance(font.glyph(" ") ?? 0))
        let units = try TextUnit.units(of: text, font: font)
        glyphs.reserveCapacity(units.count)
        var current = Piece(range: 0..<0)
        for (index, unit) in units.enumerated() {
            if unit.kind == .space {
                if !current.range.isEmpty {
                    current.spaceAfter = true
                    end(&current)
                } else if let last = pieces.indices.last {
                    pieces[last].spaceAfter = true
                }
                continue
            }
            append(unit.glyph, to: &current, font: font)
            if unit.kind != .plain, current.range.count > 2, Self.wordGoesOn(after: index, in: units) {
                current.isGlued = unit.kind == .slash
                end(&current)
            }
        }
        if !current.range.isEmpty { end(&current) }
        for index in pieces.indices.dropLast().reversed() where pieces[index].isGlued {
            pieces[index].whole += pieces[index + 1].whole
        }
    }

    /// Of the widest word.
    var widest: Int { pieces.reduce(0) { max($0, $1.whole) } }

    func broken(limit: Int) -> [Line] {
        var lines: [Line] = []
        var line = Line()
        var gap = false

        func startLine() {
            if gap { line.glyphs.append(space) }
            lines.append(line)
            line = Line()
            gap = false
        }

        for piece in pieces {
            let start = line.width + (gap ? space.advance : 0)
            let needed = piece.whole <= limit ? piece.whole : piece.width
            if !line.glyphs.isEmpty, start + needed > limit { startLine() }
            if gap {
                line.glyphs.append(space)
                line.width += space.advance
            }
            gap = piece.spaceAfter
            if line.width + piece.width <= limit {
                line.glyphs += glyphs[piece.range]
                line.width += piece.width
                continue
            }
            // Only a piece wider than the column gets here.
            gap = false
            for glyph in glyphs[piece.range] {
                if !line.glyphs.isEmpty, line.width + glyph.advance > limit { startLine() }
                line.glyphs.append(glyph)
                line.width += glyph.advance
            }
            gap = piece.spaceAfter
        }
        if !line.glyphs.isEmpty { lines.append(line) }
        return lines
    }

    private mutating func append(_ glyph: GlyphID, to piece: inout Piece, font: TrueTypeFont) {
        if !piece.range.isEmpty {
            let last = glyphs.count - 1
            let kerning = font.kerning.between(glyphs[last].glyph, glyph)
            glyphs[last].kerning = kerning
            glyphs[last].advance += kerning
            piece.width += kerning
        }
        let advance = font.advance(glyph)
        glyphs.append(ShapedGlyph(glyph: glyph, advance: advance))
        piece.width += advance
        piece.range = piece.range.lowerBound..<glyphs.count
    }

    private mutating func end(_ piece: inout Piece) {
        piece.whole = piece.width
        pieces.append(piece)
        piece = Piece(range: glyphs.count..<glyphs.count)
    }

    /// A line may end after a hyphen with two characters on both sides: `s/d` and `-5` stay whole.
    private static func wordGoesOn(after index: Int, in units: [TextUnit]) -> Bool {
        index + 2 < units.count && units[index + 1].kind != .space && units[index + 2].kind != .space
    }
}
