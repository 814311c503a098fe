import Foundation
import Permits
import Testing

@testable import Letters

/// The sample letter in the eyes of other programs.
struct LetterRenderingTests {
    private let scratch: Scratch
    private let bytes: [UInt8]
    private let path: String

    init() throws {
        scratch = try Scratch()
        bytes = try LetterRenderer().pdf(SampleLetters.research, created: SampleLetters.created)
        path = try scratch.write(bytes, as: "riset.pdf")
    }

    @Test func qpdfFindsNoFault() throws {
        let check = try Tool.qpdf.run(["--check", path])
        #expect(check.status == 0)
        #expect(check.output.contains("No syntax or stream encoding errors found"))
    }

    @Test func fontsAreEmbeddedSubsetsWithUnicode() throws {
        let fonts = try Tool.pdffonts.run([path]).output.split(separator: "\n").dropFirst(2)
        #expect(fonts.count == 2)
        for font in fonts {
            let columns = font.split(separator: " ")
            #expect(columns.first?.dropFirst(6).hasPrefix("+LiberationSans") == true)
            #expect(columns.dropFirst(4).prefix(3) == ["yes", "yes", "yes"], "\(font)")
        }
    }

    @Test func textCanBeCopied() throws {
        let text = try PageText.flat(path)
        #expect(text.contains("SURAT KETERANGAN RISET NOMOR : 000.9/0123/BRIDA/2026"))
        #expect(text.contains("Siti Rahmawati Br. Siregar"))
        #expect(text.contains("Halaman 2 dari 2"))
        // Words at line ends are not joined.
        #expect(
            text.contains(
                "Efektivitas Pelayanan Administrasi Kependudukan Berbasis Daring dalam Meningkatkan Kepuasan "
                    + "Masyarakat di Kota Medan"))
    }

    @Test func phonesFindTheAddressOnThePage() throws {
        let images = scratch.path("riset")
        #expect(try Tool.pdftoppm.run(["-r", "150", "-gray", path, images]).status == 0)
        let found = try Tool.zbarimg.run(["--quiet", "--raw", images + "-2.pgm"]).output
        #expect(found == SampleLetters.url + "\n")
    }

    /// A sealed code of 330 bytes is dense, and still has modules that a telephone sees.
    @Test func denseCodesAreLargeEnough() throws {
        var letter = SampleLetters.research
        let address = SampleLetters.url + "#" + String(repeating: "aZ4_-9", count: 46)
        letter.blocks = [SampleLetters.closing, SampleLetters.signature(url: address)]
        let path = try scratch.write(LetterRenderer().pdf(letter, created: SampleLetters.created), as: "dense.pdf")
        let image = scratch.path("dense")
        #expect(try Tool.pdftoppm.run(["-r", "200", "-gray", "-singlefile", path, image]).status == 0)
        #expect(try Tool.zbarimg.run(["--quiet", "--raw", image + ".pgm"]).output == address + "\n")
        let bytes = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        let box = try #require(bytes.firstMatch(of: /\/BBox \[([\d.]+) [\d.]+ ([\d.]+)/))
        let side = try #require(Double(box.2)) - #require(Double(box.1))
        #expect(side / Double(try QRCode(address).size) > 0.33 / 25.4 * 72)
    }

    @Test func structureIsInReadingOrder() throws {
        let output = try Tool.pdfinfo.run(["-struct-text", path]).output
        let expected = [
            "PEMERINTAH KOTA MEDAN", "H1", "\"SURAT KETERANGAN RISET\"", "NOMOR : ", "\"Dasar:\"", "L (block)", "Lbl",
            "\"1.\"", "LBody", "H2", "Table", "\"Nama:\"", "\"Siti Rahmawati Br. Siregar\"", "\"NIM:\"",
            "\"Ketentuan:\"", "\"Demikian", "\"Dikeluarkan di Medan\"", "\"KEPALA BADAN", "Figure",
            "\"Ditandatangani secara elektronik.\"", "\"Dr. Ir. Ratna Dewi Nasution, S.T., M.Si.\"",
            "\"NIP 19681231 199303 1 001\"", "\"Tembusan:\"", "\"Wali Kota Medan (sebagai laporan)\"",
        ]
        var rest = output[...]
        for text in expected {
            let found = try #require(rest.range(of: text), "\(text) is missing or too early")
            rest = rest[found.upperBound...]
        }
        #expect(!output.contains("Halaman 1"), "the footer is an artifact")
    }

    @Test func metadataAreForPeopleAndArchives() throws {
        let info = try Tool.pdfinfo.run(["-isodates", path]).output
        #expect(info.contains("Surat Keterangan Riset 000.9/0123/BRIDA/2026"))
        #expect(info.contains("Badan Riset dan Inovasi Daerah Kota Medan"))
        #expect(info.contains("2026-11-21T02:30:00Z") || info.contains("2026-11-21T09:30:00+07"))
        #expect(info.contains("Tagged:          yes"))
        #expect(info.contains("(A4)"))
        #expect(info.contains("PDF version:     1.7"))
        let xmp = try Tool.pdfinfo.run(["-meta", path]).output
        #expect(xmp.contains("<pdfaid:part>2</pdfaid:part>"))
        #expect(xmp.contains("<pdfaid:conformance>A</pdfaid:conformance>"))
        #expect(xmp.contains("<xmp:CreateDate>2026-11-21T09:30:00+07:00</xmp:CreateDate>"))
        #expect(xmp.contains("Surat Keterangan Riset 000.9/0123/BRIDA/2026"))
    }

    @Test func sameLetterGivesTheSameBytes() throws {
        #expect(try LetterRenderer().pdf(SampleLetters.research, created: SampleLetters.created) == bytes)
        #expect(try LetterRenderer().pdf(SampleLetters.research, created: SampleLetters.created + 1) != bytes)
    }

    @Test func textsOutsideASCIIStayWhole() throws {
        var letter = SampleLetters.research
        letter.issuer = "Dinas Pendidikan \u{201C}Medan\u{201D} & <Kawan>"
        // e and a combining acute, as some keyboards send it; the font has the composed glyph only.
        letter.blocks.append(.paragraph("Rene\u{301} Šimůnek \u{2013} Nuñez (v\\w)\u{A0}x\u{AD}y"))
        let path = try scratch.write(LetterRenderer().pdf(letter, created: SampleLetters.created), as: "latin.pdf")
        #expect(try Tool.qpdf.run(["--check", path]).status == 0)
        #expect(try PageText.flat(path).contains("René Šimůnek – Nuñez (v\\w) xy"))
        #expect(try Tool.pdfinfo.run([path]).output.contains("Dinas Pendidikan “Medan” & <Kawan>"))
    }
}
