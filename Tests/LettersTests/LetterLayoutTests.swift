import Foundation
import Permits
import Testing

@testable import Letters

/// Letters that are longer than offices expect: nothing overlaps, nothing leaves the page, pages break well.
struct LetterLayoutTests {
    private let renderer: LetterRenderer
    private let scratch: Scratch

    init() throws {
        renderer = try LetterRenderer()
        scratch = try Scratch()
    }

    private static let closing = "Demikian"
    private static let signatureStart = "Dikeluarkan"

    /// Words of each page, after the checks that hold for every letter.
    private func pages(_ blocks: [LetterBlock], _ name: String) throws -> [[PageWord]] {
        var letter = SampleLetters.research
        letter.blocks = blocks
        let path = try scratch.write(renderer.pdf(letter, created: SampleLetters.created), as: name + ".pdf")
        let pages = try PageText.words(path)
        for (index, words) in pages.enumerated() {
            #expect(PageText.overlaps(words) == [], "page \(index + 1) of \(name)")
            let millimetre = 72 / 25.4
            #expect(words.allSatisfy { $0.left > 30 * millimetre - 1 && $0.right < 190 * millimetre + 1 }, "\(name)")
            #expect(words.allSatisfy { $0.top > 18 * millimetre && $0.bottom < 290 * millimetre }, "\(name)")
            #expect(words.contains { $0.top < 260 * millimetre }, "page \(index + 1) of \(name) has no text")
        }
        return pages
    }

    private func page(of word: String, _ pages: [[PageWord]]) -> Int? {
        pages.firstIndex { $0.contains { $0.text == word } }
    }

    private func body(_ terms: Int, copies: Int = 5) -> [LetterBlock] {
        [SampleLetters.letterhead, SampleLetters.title()] + SampleLetters.basis + SampleLetters.recipient()
            + [
                SampleLetters.terms(terms), SampleLetters.closing, SampleLetters.signature(),
                SampleLetters.copies(copies),
            ]
    }

    @Test func shortLetterHasOnePageAndNoPageNumber() throws {
        let blocks: [LetterBlock] =
            [SampleLetters.letterhead, SampleLetters.title()] + SampleLetters.recipient()
            + [SampleLetters.closing, SampleLetters.signature(), SampleLetters.copies(3)]
        let pages = try pages(blocks, "short")
        #expect(pages.count == 1)
        #expect(page(of: "Halaman", pages) == nil)
    }

    @Test func titleOf400Characters() throws {
        let phrase = "EVALUASI PENYELENGGARAAN PELAYANAN PUBLIK TERPADU BERBASIS ELEKTRONIK DI LINGKUNGAN KOTA MEDAN "
        let title = String(String(repeating: phrase, count: 5).prefix(400))
        let pages = try pages(
            [SampleLetters.letterhead, SampleLetters.title(title)] + SampleLetters.recipient()
                + [SampleLetters.closing, SampleLetters.signature()], "long-title")
        #expect(page(of: "NOMOR", pages) == 0)
    }

    @Test func thirtyCopies() throws {
        let pages = try pages(body(6, copies: 30), "copies")
        #expect(pages.count == 2 || pages.count == 3)
        #expect(pages.last?.contains { $0.text == "30." } == true)
    }

    @Test func wordsWiderThanTheColumnAreSplit() throws {
        let word = String(repeating: "Pembangunanberkelanjutan", count: 10)
        let pages = try pages(
            [
                SampleLetters.letterhead, SampleLetters.title(word), .paragraph(word), .heading(word),
                .numbered(label: word, items: [word, "1"]),
                .fields([LetterField(label: word, value: word, bold: true), LetterField(label: "NIM", value: "1")]),
                SampleLetters.signature(name: word), .copies(label: "Tembusan", items: [word]),
            ], "long-word")
        let parts = pages.joined().map(\.text).filter { word.contains($0) && $0.count > 5 }
        #expect(parts.map(\.count).reduce(0, +) >= word.count * 8)
    }

    @Test func longNames() throws {
        let name = "Prof. Dr. dr. Raden Mas Haji Muhammad Abdurrahman Wahid Sastroatmodjo Kusumonegoro Hadiningrat, "
        let blocks: [LetterBlock] =
            [SampleLetters.letterhead, SampleLetters.title()] + SampleLetters.recipient(name: name + name)
            + [SampleLetters.closing, SampleLetters.signature(name: name + "Sp.PD., M.Kes., Ph.D.")]
        _ = try pages(blocks, "long-names")
    }

    @Test func draftHasAFrameInsteadOfTheCode() throws {
        let blocks: [LetterBlock] =
            [SampleLetters.letterhead, SampleLetters.title()] + SampleLetters.recipient()
            + [SampleLetters.closing, SampleLetters.signature(url: nil), SampleLetters.copies(3)]
        let pages = try pages(blocks, "draft")
        #expect(page(of: "Belum", pages) == 0)
    }

    /// What the signatory read is what is printed, page by page.
    @Test func draftAndSignedLetterTakeTheSameHeight() throws {
        let typesetter = Typesetter(fonts: try LetterFonts(directory: nil))
        let heights = try [
            nil, SampleLetters.url, "https://a.id/", SampleLetters.url + String(repeating: "x", count: 350),
        ]
        .map { url in
            var letter = SampleLetters.research
            letter.blocks = [SampleLetters.closing, SampleLetters.signature(url: url)]
            return try Layout(letter, typesetter: typesetter, measures: .comfortable, height: 700).height
        }
        #expect(heights.allSatisfy { abs($0 - heights[0]) < 0.01 }, "\(heights)")
    }

    /// Ever more lines above the signature, so that it meets the end of the page in every way.
    @Test(arguments: 0..<28)
    func signatureNeverStandsAlone(lines: Int) throws {
        let filler = (0..<lines).map { LetterBlock.paragraph("Baris pengisi nomor \($0).") }
        let closing = LetterBlock.paragraph(
            "Demikian surat keterangan ini diberikan kepada yang bersangkutan untuk dapat dipergunakan sebagaimana "
                + "mestinya dan penuh rasa tanggung jawab kepada masyarakat Kota Medan.")
        let pages = try pages(
            [SampleLetters.letterhead, SampleLetters.title()] + SampleLetters.recipient() + filler
                + [closing, SampleLetters.signature()], "signature-\(lines)")
        let signature = try #require(page(of: Self.signatureStart, pages))
        #expect(page(of: "NIP", pages) == signature)
        #expect(page(of: Self.closing, pages) == signature)
        let words = pages[signature]
        let start = try #require(words.first { $0.text == Self.signatureStart })
        let above = Set(words.filter { $0.bottom < start.top }.map { Int($0.top) })
        #expect(above.count >= 2, "two lines of text stand above the signature")
    }

    @Test(arguments: 1...8)
    func pagesBreakWell(terms: Int) throws {
        let pages = try pages(body(terms), "terms-\(terms)")
        #expect(page(of: Self.signatureStart, pages) == page(of: Self.closing, pages))
        if terms == 8 { #expect(pages.count == 2) }
    }

    /// A letter that is a little too long for one page is set closer rather than spilling its end onto a second.
    @Test func slightlyLongLettersAreSetCloser() throws {
        let typesetter = Typesetter(fonts: try LetterFonts(directory: nil))
        var saved = 0
        for lines in 0..<28 {
            var letter = SampleLetters.research
            letter.blocks =
                [SampleLetters.letterhead, SampleLetters.title()]
                + (0..<lines).map { .paragraph("Baris pengisi nomor \($0).") } + [SampleLetters.signature()]
            let height = try Footer(letter, typesetter: typesetter).textHeight
            let comfortable = try Layout(letter, typesetter: typesetter, measures: .comfortable, height: height)
            let path = try scratch.write(
                renderer.pdf(letter, created: SampleLetters.created), as: "snug-\(lines).pdf")
            let pages = try PageText.words(path)
            #expect(pages.count <= comfortable.pages.count)
            guard pages.count < comfortable.pages.count else { continue }
            saved += 1
            #expect(pages.count == 1)
            #expect(PageText.overlaps(pages.joined().map { $0 }) == [])
        }
        #expect(saved > 0)
    }

    @Test func missingGlyphIsAnError() throws {
        var letter = SampleLetters.research
        letter.blocks.append(.paragraph("Nama: 山田"))
        #expect(throws: LetterError.glyphMissing(character: "山", text: "Nama: 山田")) {
            try renderer.pdf(letter, created: SampleLetters.created)
        }
    }

    @Test func signatureHigherThanAPageIsAnError() throws {
        var letter = SampleLetters.research
        let block = SignatureBlock(
            placeLines: Array(repeating: "Dikeluarkan di Medan", count: 80), positionLines: [],
            mark: ElectronicMark(url: nil, caption: []), name: "", nameLines: [])
        letter.blocks = [.signature(block)]
        #expect(throws: LetterError.tooLong("Dikeluarkan di Medan")) {
            try renderer.pdf(letter, created: SampleLetters.created)
        }
    }

    @Test func emptyTextsAreNoFault() throws {
        var letter = SampleLetters.research
        letter.blocks = [
            .letterhead(Letterhead(government: "", office: "", lines: [])), .title(text: "", number: ""),
            .paragraph(""), .heading(" "), .numbered(label: "", items: [""]), .numbered(label: nil, items: []),
            .fields([]), .fields([LetterField(label: "", value: "")]), .copies(label: "", items: []),
        ]
        let path = try scratch.write(renderer.pdf(letter, created: -1), as: "empty.pdf")
        #expect(try Tool.qpdf.run(["--check", path]).status == 0)
    }
}
