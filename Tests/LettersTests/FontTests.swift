import Testing

@testable import Letters
@testable import Permits

struct FontTests {
    @Test func missingFontNamesThePath() {
        let error = LetterError.fontMissing("/nirgends/LiberationSans-Regular.ttf")
        #expect(throws: error) { try LetterRenderer(fontDirectory: "/nirgends") }
    }

    @Test func metricsOfLiberationSans() throws {
        let fonts = try LetterFonts(directory: nil)
        let font = fonts[.regular]
        #expect(font.unitsPerEm == 2048)
        let glyph = try #require(font.glyph("A"))
        #expect(font.advance(glyph) == 1366)  // as Arial
        #expect(font.glyph("e\u{301}") == font.glyph("é"))
        #expect(font.glyph("✓") == nil)
        #expect(!font.kerning.isEmpty)
    }

    /// What forms let through is what both faces have, no more and no less.
    @Test func printableTextIsWhatTheFontsHave() throws {
        let fonts = try LetterFonts(directory: nil)
        for face in Face.allCases {
            let had = Set(fonts[face].scalars.values.filter { $0.value >= 0x20 }.map(Character.init))
            #expect(had.isSubset(of: PrintableText.characters))
            let missing = PrintableText.characters.filter { fonts[face].glyph($0) == nil }
            #expect(missing.isEmpty, "\(missing)")
        }
    }

    @Test(
        arguments: [
            ("Peran Perempuan", nil), ("Dr. Zoë Müller", nil), ("e\u{301}tude", nil),
            ("Suhu 37 °C – naik\u{2011}turun", nil),
            ("baik 👍🏽 sekali", "👍🏽"), ("研究", "研"), ("بحث", "ب"), ("nol\u{200D}lebar", nil), ("q\u{303}", "q\u{303}"),
        ] as [(String, Character?)])
    func whatLettersCannotPrint(text: String, missing: Character?) throws {
        #expect(PrintableText.missing(in: text) == missing)
        let fonts = try LetterFonts(directory: nil)
        func fits(_ text: String) -> Bool { (try? ShapedText(text, font: fonts[.regular])) != nil }
        #expect(fits(text) == (missing == nil), "the printer agrees")
        #expect(fits(PrintableText.substituted(text)))
    }

    @Test func truncatedFontIsAnErrorNotATrap() throws {
        let whole = try LetterFonts(directory: nil).regular.data
        for length in stride(from: 0, to: whole.bytes.count, by: 9973) {
            let data = FontData(path: "x", bytes: Array(whole.bytes.prefix(length)))
            #expect(throws: LetterError.fontDamaged("x")) { try TrueTypeFont(data, postScriptName: "x") }
        }
    }

    /// Bytes changed at many places: any outcome but a trap.
    @Test func damagedFontDoesNotTrap() throws {
        let whole = try LetterFonts(directory: nil).regular.data.bytes
        for seed in 0..<60 {
            var bytes = whole
            for index in 0..<40 {
                let place = (seed &* 7919 &+ index &* 104_729) % (index < 10 ? 400 : bytes.count)
                bytes[place] ^= UInt8(truncatingIfNeeded: seed &* 31 &+ index | 1)
            }
            guard let font = try? TrueTypeFont(FontData(path: "x", bytes: bytes), postScriptName: "x") else { continue }
            var use = GlyphUse()
            for glyph in stride(from: 0, to: 2000, by: 13) { _ = use.number(GlyphID(glyph)) }
            var subset = FontSubset(font, use: use)
            _ = try? subset.bytes()
        }
    }

    @Test func subsetKeepsComponents() throws {
        let font = try LetterFonts(directory: nil).regular
        var use = GlyphUse()
        _ = use.number(try #require(font.glyph("é")))
        var subset = FontSubset(font, use: use)
        let bytes = try subset.bytes()
        #expect(subset.glyphCount > 2, "a composite brings its parts")
        #expect(bytes.count < 4096)
    }
}
