import Testing

@testable import Letters

struct WritingTests {
    @Test(arguments: [
        (0.0, "0"), (1.0, "1"), (-0.5, "-0.5"), (12.3456, "12.346"), (595.276, "595.276"), (0.05, "0.05"),
        (-0.0001, "0"), (1e300, "0"),
    ])
    func numbers(value: Double, text: String) {
        #expect(pdfNumber(value) == text)
    }

    @Test func strings() {
        #expect(written(.text("a(b)\\c")) == "(a\\(b\\)\\\\c)")
        #expect(written(.text("é")) == "<FEFF00E9>")
        #expect(written(.name("a b#")) == "/a#20b#23")
        #expect(written(.array([.integer(1), .bool(true)])) == "[1 true]")
    }

    @Test(arguments: [
        (Int64(0), "1970-01-01T07:00:00+07:00"), (1_709_164_799, "2024-02-29T06:59:59+07:00"),
        (1_795_228_200, "2026-11-21T09:30:00+07:00"), (1_798_736_399, "2026-12-31T23:59:59+07:00"),
        (1_798_736_400, "2027-01-01T00:00:00+07:00"), (Int64.min, "1970-01-01T07:00:00+07:00"),
    ])
    func jakartaTime(seconds: Int64, iso: String) {
        #expect(LocalTime(secondsSince1970: seconds).iso == iso)
    }

    @Test func dateOfPDF() {
        #expect(LocalTime(secondsSince1970: 1_795_228_200).pdf == "D:20261121093000+07'00'")
    }

    @Test func metadataAreOneLine() {
        #expect(Metadata.oneLine(" Surat\r\nRiset\u{0}\t\u{FFFF}A & B ") == "Surat Riset A & B")
    }

    @Test func colorProfileIsWhole() {
        let profile = ColorProfile.sRGB
        #expect(profile.prefix(4).reduce(0) { $0 << 8 | Int($1) } == profile.count)
        #expect(profile.count < 2600)
        #expect(Array(profile[36..<40]) == Array("acsp".utf8))
    }

    @Test func linesBreakAfterHyphensAndAtNeedAfterSlashes() throws {
        let typesetter = Typesetter(fonts: try LetterFonts(directory: nil))
        let style = TextStyle(size: 11)
        func counts(_ text: String, _ width: Double) throws -> [Int] {
            try typesetter.lines(text, style, width: width).map(\.glyphs.count)
        }
        #expect(try counts("selambat-lambatnya", 60) == [9, 9])
        #expect(try counts("000.9/0123/BRIDA", 60) == [11, 5])
        #expect(try counts("Nomor 9/UN5/26", 60) == [6, 8], "numbers stay whole where a line has room for them")
        #expect(try counts("dan/atau dan/atau", 70) == [9, 8])
        #expect(try counts("satu s/d", 36) == [5, 3], "the soft end keeps its space, s/d stays whole")
        #expect(try counts("satu\u{A0}dua tiga", 50) == [9, 4])
    }

    private func written(_ value: PDFValue) -> String {
        var bytes: [UInt8] = []
        bytes.append(value)
        return String(decoding: bytes, as: UTF8.self)
    }
}
