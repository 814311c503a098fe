import Foundation
import Letters
import Permits
import Testing

/// The shipped letters against copies that people have read. `Tests/LettersTests/regenerate` writes new copies, and
/// pictures of the pages into `docs/letters`.
@Suite struct GoldenTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let folder = ShippedLetters.root.appendingPathComponent("Tests/LettersTests/Golden")
    private static let letters = Result { try ShippedLetters().all() }

    private func render(_ letter: ShippedLetters.Named) throws -> String {
        try scratch.write(
            LetterRenderer().pdf(letter.document, created: SampleLetters.created), as: letter.name + ".pdf")
    }

    @Test func lettersReadAsTheirCopies() throws {
        let isWriting = ProcessInfo.processInfo.environment["SURATIZIN_GOLDEN"] == "write"
        var names: Set<String> = []
        for letter in try Self.letters.get() {
            let path = try render(letter)
            let text = try Tool.pdftotext.run(["-layout", path, "-"]).output
            let copy = Self.folder.appendingPathComponent(letter.name + ".txt")
            names.insert(copy.lastPathComponent)
            if isWriting { try Data(text.utf8).write(to: copy) }
            let kept = try? String(contentsOf: copy, encoding: .utf8)
            #expect(kept == text, "\(letter.name): read the new text, then run Tests/LettersTests/regenerate")
        }
        let copies = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(copies) == names, "each copy has its letter")
    }

    /// All words, in the order in which the signatory read them.
    @Test func nothingIsLostBetweenLetterAndFile() throws {
        for letter in try Self.letters.get() {
            let output = try Tool.pdftotext.run(["-raw", try render(letter), "-"]).output
            let printed = Self.bare(output)
            var rest = printed[...]
            for text in letter.document.texts {
                let found = try #require(rest.range(of: Self.bare(text)), "\(letter.name): '\(text)' is missing")
                rest = rest[found.upperBound...]
            }
        }
    }

    /// Programs that read pages drop hyphens at line ends.
    private static func bare(_ text: String) -> String { text.filter { !$0.isWhitespace && $0 != "-" } }

    @Test func nothingOverlapsOrLeavesThePage() throws {
        let millimetre = 72 / 25.4
        for letter in try Self.letters.get() {
            for (index, words) in try PageText.words(render(letter)).enumerated() {
                let place: Comment = "page \(index + 1) of \(letter.name)"
                #expect(PageText.overlaps(words) == [], place)
                #expect(words.allSatisfy { $0.left > 30 * millimetre - 1 && $0.right < 190 * millimetre + 1 }, place)
                let body = words.filter { $0.bottom - $0.top > 9 }
                #expect(body.allSatisfy { $0.top > 19 * millimetre && $0.bottom < 272 * millimetre + 1 }, place)
            }
        }
    }

    @Test func ordinaryLettersHaveOnePageAndTheirAnnex() throws {
        for letter in try Self.letters.get() where letter.name != "korespondensi-kelompok" {
            let annexes = letter.document.blocks.count { if case .annex = $0 { true } else { false } }
            #expect(try PageText.words(render(letter)).count == 1 + annexes, "\(letter.name)")
        }
    }

    @Test func officeLettersAreWithoutFault() throws {
        let shipped = try ShippedLetters()
        #expect(shipped.officeLetters.faults == [])
        #expect(OfficeLetterKind.allCases.allSatisfy { shipped.officeLetters[$0] != nil })
    }
}
