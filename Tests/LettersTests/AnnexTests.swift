import Foundation
import Permits
import Testing

@testable import Letters

/// Rosters of one to many people on pages of their own.
@Suite struct AnnexTests {
    private let scratch: Scratch
    private let renderer: LetterRenderer
    private let shipped: ShippedLetters

    init() throws {
        scratch = try Scratch()
        renderer = try LetterRenderer()
        shipped = try ShippedLetters()
    }

    private func file(_ document: LetterDocument, _ name: String) throws -> String {
        try scratch.write(renderer.pdf(document, created: SampleLetters.created), as: name + ".pdf")
    }

    @Test(arguments: [1, 2, 30, 31, 60, 500])
    func everybodyIsOnTheList(people: Int) throws {
        let path = try file(shipped.correspondence(people: people), "roster-\(people)")
        let pages = try PageText.words(path)
        #expect(pages[0].contains { $0.text == "Rekomendasi" })
        #expect(!pages[0].contains { $0.text == "220903001" })
        for number in 0..<people {
            let nim = String(220_903_001 + number)
            let found = pages.dropFirst().filter { page in page.contains { $0.text == nim } }
            #expect(found.count == 1, "\(nim)")
        }
        for (index, words) in pages.enumerated() {
            #expect(PageText.overlaps(words) == [])
            #expect(words.suffix(4).map(\.text) == ["Halaman", "\(index + 1)", "dari", "\(pages.count)"])
            #expect(
                words.filter { $0.text == "No." }.count == (index == 0 ? 0 : 1), "page \(index + 1) names its columns")
        }
    }

    /// The table is one table to a screen reader, however many pages it has.
    @Test func structureHasOneHeadRow() throws {
        let path = try file(shipped.correspondence(people: 120), "roster-structure")
        let output = try Tool.pdfinfo.run(["-struct-text", path]).output
        #expect(output.components(separatedBy: "THead").count == 2)
        #expect(output.components(separatedBy: "TBody").count == 2)
        #expect(output.components(separatedBy: "\"No.\"").count == 2)
        let order = [
            "\"DAFTAR PESERTA MAGANG\"", "THead", "\"No.\"", "\"NIM\"", "TBody", "\"220903001\"", "\"220903120\"",
        ]
        var rest = output[...]
        for text in order {
            let found = try #require(rest.range(of: text), "\(text) is missing or too early")
            rest = rest[found.upperBound...]
        }
        let file = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(file.components(separatedBy: "/Scope /Column").count == 5)
    }

    private func annex(_ rows: [[String]], labels: [String] = ["No.", "Nama"], widths: [Double] = [1, 5]) -> LetterBlock
    {
        .annex(
            AnnexTable(
                lines: [], title: "DAFTAR",
                columns: zip(labels, widths).map { AnnexTable.Column(label: $0, width: $1) }, rows: rows))
    }

    @Test func longCellsGrowTheRow() throws {
        var letter = SampleLetters.research
        let long = String(repeating: "Muhammad Abdurrahman Wahid Sastroatmodjo ", count: 12)
        let word = String(repeating: "Pembangunanberkelanjutan", count: 8)
        letter.blocks = [annex([["1", long], ["2", word], ["3", ""], ["4"], ["5", "Siti"]])]
        let pages = try PageText.words(file(letter, "roster-long"))
        #expect(pages.count == 1)
        #expect(PageText.overlaps(pages[0]) == [])
        let parts = pages[0].map(\.text).filter { word.contains($0) && $0.count > 5 }
        #expect(parts.joined() == word)
    }

    @Test func rowHigherThanAPageIsAnError() throws {
        var letter = SampleLetters.research
        letter.blocks = [annex([["1", String(repeating: "sangat panjang ", count: 2000)]])]
        let error = LetterError.tooLong("1 " + String(String(repeating: "sangat panjang ", count: 3).prefix(38)))
        #expect(throws: error) { try renderer.pdf(letter, created: SampleLetters.created) }
    }

    @Test func tablesWithoutColumnsOrRowsAreNoFault() throws {
        var letter = SampleLetters.research
        letter.blocks = [annex([], labels: [], widths: []), annex([]), annex([["1", "x"]], widths: [0, -1])]
        let path = try file(letter, "roster-empty")
        #expect(try Tool.qpdf.run(["--check", path]).status == 0)
    }

    /// Twice the people take about twice the time; a squared cost would take four times.
    @Test func timeGrowsWithTheList() throws {
        func seconds(_ people: Int) throws -> Double {
            let document = try shipped.correspondence(people: people)
            let times = try (0..<3).map { _ in
                let clock = ContinuousClock()
                let time = try clock.measure { _ = try renderer.pdf(document, created: SampleLetters.created) }
                return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            }
            return times.min() ?? 0
        }
        #expect(try seconds(2000) < seconds(500) * 9)
    }
}
