/// A character of a text as line breaking sees it.
struct TextUnit {
    enum Kind {
        case plain
        case space
        /// Hyphen or dash: a line may end after it.
        case hyphen
        /// A line may end after it when the word would not fit a line of its own: numbers of letters stay whole.
        case slash
    }

    let glyph: GlyphID
    let kind: Kind

    /// Throws `LetterError.glyphMissing` for the first character that the font does not have.
    static func units(of text: String, font: TrueTypeFont) throws(LetterError) -> [TextUnit] {
        var units: [TextUnit] = []
        units.reserveCapacity(text.utf8.count)
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            // Nearly all texts; several times as fast as by Character.
            for byte in text.utf8 { units.append(try unit(byte, of: text, font: font)) }
            return units
        }
        for character in visible(text) {
            if let byte = character.asciiValue {
                units.append(try unit(byte, of: text, font: font))
            } else {
                units.append(try unit(character, of: text, font: font))
            }
        }
        return units
    }

    private static func unit(_ byte: UInt8, of text: String, font: TrueTypeFont) throws(LetterError) -> TextUnit {
        switch byte {
        case 0x09...0x0D, 0x20: return TextUnit(glyph: 0, kind: .space)
        default:
            guard let glyph = font.glyph(ascii: byte) else {
                throw .glyphMissing(character: Character(Unicode.Scalar(byte)), text: text)
            }
            switch byte {
            case UInt8(ascii: "-"): return TextUnit(glyph: glyph, kind: .hyphen)
            case UInt8(ascii: "/"): return TextUnit(glyph: glyph, kind: .slash)
            default: return TextUnit(glyph: glyph, kind: .plain)
            }
        }
    }

    private static func unit(
        _ character: Character, of text: String, font: TrueTypeFont
    ) throws(LetterError) -> TextUnit {
        var shown = character
        var kind = Kind.plain
        switch character {
        case "\u{A0}", "\u{202F}": shown = " "  // a space that lines do not end at
        case "\u{2011}": shown = "-"  // likewise a hyphen
        case "\u{2010}":
            shown = "-"
            kind = .hyphen
        case "\u{2013}", "\u{2014}": kind = .hyphen
        default:
            if character.isWhitespace { return TextUnit(glyph: 0, kind: .space) }
        }
        guard let glyph = font.glyph(shown) else { throw .glyphMissing(character: character, text: text) }
        return TextUnit(glyph: glyph, kind: kind)
    }

    /// Without characters that have no look of their own (soft hyphens, joiners, direction marks): they come along
    /// with pasted text.
    private static func visible(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: text.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint })
        return String(result)
    }
}
