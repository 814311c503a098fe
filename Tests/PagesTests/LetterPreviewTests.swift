import Foundation
import Permits
import Testing

@testable import Pages

/// The letter on the screen: every word of it, in the order of the file, for eyes and for screen readers.
@Suite struct LetterPreviewTests {
    private func preview() throws -> Substring {
        var page = try #require(Signing.samples.first)
        page.sheet = LetterModel(document: .sample(number: "000.9/0123/BRIDA/2026", address: "https://contoh.id/v/1"))
        let html = try Repository.renderer().html(page, in: .staff)
        let start = try #require(html.range(of: "<article class=\"sheet\""))
        let end = try #require(html.range(of: "</article>"))
        return html[start.lowerBound..<end.lowerBound]
    }

    @Test func wordsComeInTheOrderOfTheLetter() throws {
        var rest = try preview()
        let texts = [
            "PEMERINTAH KOTA MEDAN", "SURAT KETERANGAN RISET", "NOMOR : 000.9/0123/BRIDA/2026",
            "Medan, 21 November 2026",
            "Nomor", "000.9/0123/BRIDA/2026", "Sifat", "Biasa", "Hal", "Permohonan izin magang", "Yth. Camat", "di-",
            "Medan", "Dasar", "Peraturan Menteri", "MEMBERI KETERANGAN KEPADA", "Nama", "SITI AMINAH LUBIS", "Demikian",
            "Dikeluarkan di Medan", "KEPALA BADAN RISET DAN", "Pindai kode QR", "Dr. RATNA", "NIP", "Tembusan:",
            "Camat Medan Helvetia.", "Lampiran Surat", "DAFTAR PESERTA", "No.", "Nama", "NIM", "Siti Aminah Lubis",
            "210501042", "Togar Sinaga", "Dokumen elektronik",
        ]
        for text in texts {
            let found = try #require(rest.range(of: ">" + text), "\(text) is missing or too early")
            rest = rest[found.upperBound...]
        }
    }

    @Test func annexIsATableWithHeads() throws {
        let html = try preview()
        #expect(html.contains("<thead><tr><th scope=\"col\">No.</th><th scope=\"col\">Nama</th>"))
        #expect(html.contains("<td>1</td><td>Siti Aminah Lubis</td>"))
        #expect(html.contains("tabindex=\"0\" aria-label=\"DAFTAR PESERTA\""), "it scrolls on a narrow screen")
    }
}
