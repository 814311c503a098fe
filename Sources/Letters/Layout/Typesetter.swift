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
        let shaped = try ShapedText(text, font: font)
        var broken = shaped.broken(limit: limit)
        if balanced, broken.count > 1 {
            // The narrowest column that needs no further line and splits no word.
            var narrow = min(shaped.widest, limit)
            var wide = limit
            while wide - narrow > font.unitsPerEm / 4 {
                let middle = (narrow + wide) / 2
                let attempt = shaped.broken(limit: middle)
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
}
