import Foundation
import Permits
import Testing

@testable import Letters

/// The shape of an archive file. No checker for PDF/A-2 is in Debian, so PDFBox Preflight judges a PDF/A-1b variant
/// that differs in the header, the claim in XMP and `/CIDSet` only; the rest is looked for in the 2a file itself.
struct ArchiveTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func preflightAcceptsThe1bVariant() throws {
        var letter = SampleLetters.research
        letter.blocks.append(.paragraph("Rene\u{301} Šimůnek"))
        let shipped = try ShippedLetters()
        let letters = ["riset": letter, "kelompok": try shipped.correspondence(people: 60)]
        let paths = try letters.map { name, letter in
            let bytes = try LetterRenderer().pdf(letter, created: SampleLetters.created, profile: .a1b)
            return try scratch.write(bytes, as: "a1b-\(name).pdf")
        }
        let jars = try Tool.preflightJars()
        for path in paths {
            let result = try Tool.java.run(
                [
                    "-Djava.awt.headless=true", "-cp", jars.joined(separator: ":"),
                    "org.apache.pdfbox.preflight.Validator_A1b", path,
                ])
            #expect(result.output.contains("is a valid PDF/A-1b file"), "\(result.output)")
        }
    }

    @Test func issuedFileHasWhat2aAsksFor() throws {
        let bytes = try LetterRenderer().pdf(SampleLetters.research, created: SampleLetters.created)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("%PDF-1.7\n%"))
        #expect(bytes[10..<14].allSatisfy { $0 > 127 })
        for part in [
            "/MarkInfo <</Marked true>>", "/Lang (id-ID)", "/ViewerPreferences <</DisplayDocTitle true>>",
            "/S /GTS_PDFA1", "/ParentTree ", "/Tabs /S", "/S /Figure", "/Alt (Kode QR", "/Scope /Row", "/ID [<",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        for forbidden in ["/Encrypt", "/JavaScript", "/OpenAction", "/LZWDecode", "/CIDSet", "/Transparency"] {
            #expect(!text.contains(forbidden), "\(forbidden)")
        }
    }

    /// Whoever searches for a number finds it without the word before it.
    @Test func keywordsAreTheNumberAlone() throws {
        let refusal = CorrespondenceHead(
            placeAndDate: "Medan, 21 November 2026",
            rows: [
                LetterField(label: "Nomor", value: SampleLetters.number), LetterField(label: "Hal", value: "Penolakan"),
            ], addressee: ["Yth. Siti"], addresseePlace: ["di-", "Medan"])
        var labelled = SampleLetters.research
        labelled.blocks[1] = .title(text: "SURAT", number: "NOMOR :  \(SampleLetters.number) ")
        var written = SampleLetters.research
        written.blocks[1] = .correspondence(refusal)
        var bare = SampleLetters.research
        bare.blocks.remove(at: 1)
        let cases = [
            (SampleLetters.research, SampleLetters.number), (labelled, SampleLetters.number),
            (written, SampleLetters.number), (bare, SampleLetters.research.title),
        ]
        for (letter, keywords) in cases {
            let path = try scratch.write(
                LetterRenderer().pdf(letter, created: SampleLetters.created), as: "keywords.pdf")
            let lines = try Tool.pdfinfo.run([path]).output.split(separator: "\n")
            let line = try #require(lines.first { $0.hasPrefix("Keywords:") })
            #expect(line.dropFirst(9).trimmingCharacters(in: .whitespaces) == keywords)
        }
    }

    /// Every piece of page content is either tied to the structure or an artifact.
    @Test func nothingIsDrawnUntagged() throws {
        try expectTags(in: SampleLetters.research)
        try expectTags(in: ShippedLetters().correspondence(people: 60))
    }

    private func expectTags(in letter: LetterDocument) throws {
        let bytes = try LetterRenderer().pdf(letter, created: SampleLetters.created)
        let path = try scratch.write(bytes, as: "tagged.pdf")
        let plain = scratch.path("plain.pdf")
        #expect(try Tool.qpdf.run(["--qdf", "--object-streams=disable", path, plain]).status == 0)
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: plain)), as: UTF8.self)
        var depth = 0
        var drawn = 0
        for line in text.split(separator: "\n") {
            if line.hasSuffix(" BDC") { depth += 1 }
            if line == "EMC" { depth -= 1 }
            if line.hasSuffix(" TJ ET") || line.hasSuffix(" re f") || line.hasSuffix(" re") || line.hasSuffix(" re S Q")
            {
                drawn += 1
                #expect(depth == 1, "\(line)")
            }
        }
        #expect(depth == 0)
        #expect(drawn > 100)
    }
}
