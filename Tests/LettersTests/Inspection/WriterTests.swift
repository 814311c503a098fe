import Foundation
import Permits
import Testing

@testable import Letters

/// Files of many writers pass: a scanner that refuses honest people is worse than none.
@Suite struct WriterTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Ten pages of ours.
    private func book() throws -> String {
        var letter = SampleLetters.research
        for number in 1...120 {
            letter.blocks.append(.paragraph("Alinea \(number). " + String(repeating: "Kata demi kata. ", count: 30)))
        }
        return try scratch.write(LetterRenderer().pdf(letter, created: SampleLetters.created), as: "buku.pdf")
    }

    private func pages(_ path: String) throws -> Int {
        try #require(
            Int(Tool.qpdf.run(["--show-npages", path]).output.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test(arguments: [
        ["--object-streams=generate"], ["--object-streams=disable"], ["--linearize"],
        ["--linearize", "--object-streams=generate"], ["--qdf"], ["--stream-data=uncompress"],
        ["--object-streams=generate", "--stream-data=uncompress"], ["--normalize-content=y", "--coalesce-contents"],
        ["--object-streams=generate", "--recompress-flate", "--compression-level=9"],
    ])
    func ofQPDF(options: [String]) throws {
        let book = try book()
        let path = scratch.path("\(options.joined()).pdf")
        _ = try Tool.qpdf.run(options + [book, path])
        let expected = try pages(path)
        #expect(expected > 3)
        #expect(try FileInspection.inspect(path: path) == FileFacts(kind: .pdf, pages: expected))
    }

    @Test(arguments: [
        ["--encrypt", "", "kunci", "256", "--"],
        ["--encrypt", "buka", "kunci", "256", "--object-streams=generate", "--"],
    ])
    func encryptedByQPDF(options: [String]) throws {
        let book = try book()
        let path = scratch.path("terkunci.pdf")
        // What stands behind "--" are options of the output again.
        let arguments = options.filter { $0 != "--object-streams=generate" }
        _ = try Tool.qpdf.run(
            arguments + (options.count > arguments.count ? ["--object-streams=generate"] : []) + [book, path])
        #expect(throws: FileFault.encrypted) { try FileInspection.inspect(path: path) }
    }

    @Test func carryingAFileByQPDF() throws {
        let book = try book()
        for options in [["--object-streams=generate"], ["--object-streams=disable"]] {
            let path = scratch.path("lampiran\(options).pdf")
            _ = try Tool.qpdf.run(options + [book, "--add-attachment", #filePath, "--", path])
            #expect(throws: FileFault.embedded) { try FileInspection.inspect(path: path) }
        }
    }

    @Test func ofCairoAndPoppler() throws {
        let book = try book()
        let expected = try pages(book)
        let cairo = scratch.path("cairo.pdf")
        _ = try Tool(name: "pdftocairo", package: "poppler-utils").run(["-pdf", book, cairo])
        #expect(try FileInspection.inspect(path: cairo).pages == expected)
        let united = scratch.path("satu.pdf")
        _ = try Tool(name: "pdfunite", package: "poppler-utils").run([book, cairo, united])
        #expect(try FileInspection.inspect(path: united).pages == 2 * expected)
        _ = try Tool(name: "pdfseparate", package: "poppler-utils").run(["-l", "1", book, scratch.path("lembar%d.pdf")])
        #expect(try FileInspection.inspect(path: scratch.path("lembar1.pdf")).pages == 1)
    }

    @Test func ofChromium() throws {
        let html = "<h1>Proposal</h1><a href=https://a.id>tautan</a><p style='break-before:page'>Halaman kedua"
        let page = try scratch.write(Array(html.utf8), as: "halaman.html")
        let path = scratch.path("chromium.pdf")
        _ = try Tool(name: "chromium", package: "chromium").run([
            "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(scratch.path("profil"))",
            "--print-to-pdf=\(path)", "file://\(page)",
        ])
        #expect(try FileInspection.inspect(path: path) == FileFacts(kind: .pdf, pages: 2))
    }

    @Test func picturesOfPoppler() throws {
        let book = try book()
        let pdftoppm = Tool.pdftoppm
        for (options, kind) in [
            (["-png"], FileKind.png), (["-jpeg"], .jpeg), (["-jpeg", "-jpegopt", "progressive=y"], .jpeg),
            (["-png", "-mono"], .png),
        ] {
            let path = scratch.path("lembar\(options.joined())")
            _ = try pdftoppm.run(options + ["-l", "1", "-singlefile", "-r", "72", book, path])
            let facts = try FileInspection.inspect(path: "\(path).\(kind.fileExtension)")
            #expect(facts.kind == kind)
            let width = try #require(facts.width)
            let height = try #require(facts.height)
            #expect(abs(width - 595) < 3 && abs(height - 842) < 3)
        }
    }

    @Test func whatCannotBeReadSaysSo() {
        #expect(throws: FileUnavailable.self) { try FileInspection.inspect(path: scratch.path("nirada")) }
    }
}
