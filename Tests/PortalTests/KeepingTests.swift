import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Nobody loses what they typed.
@Suite struct KeepingTests {
    @Test func anExpiredSessionLosesNothing() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let path = try #require(begun.location)
        portal.pass(seconds: Store.sessionIdleSeconds + 1)
        let typed = "Kantor \"Camat\" <Medan> & sekitarnya"
        let second = path.replacingOccurrences(of: "/isian/peneliti", with: "/isian/penelitian")
        let held = try await siti.post(
            second, ["csrf": csrf, "lokasi": typed, "judul": "Baris satu\nbaris dua", "then": "stay"])
        #expect(held.status == 403)
        #expect(
            held.text.contains("name=\"held.lokasi\" value=\"Kantor &quot;Camat&quot; &lt;Medan&gt; &amp; sekitarnya\"")
        )
        let resumed = try await siti.post(
            "/masuk",
            [
                "surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": held.csrf,
                "held_action": second,
                "held.lokasi": typed, "held.judul": "Baris satu\nbaris dua", "held.then": "stay",
            ])
        #expect(resumed.status == 200)
        #expect(resumed.text.contains("action=\"\(second)\""))
        let saved = try await siti.post(
            second, ["csrf": resumed.csrf, "lokasi": typed, "judul": "Baris satu\nbaris dua", "then": "stay"])
        #expect(saved.status == 303)
        let reference = try #require(path.split(separator: "/").dropFirst().first.flatMap { Reference(String($0)) })
        let application = try portal.site.store.application(reference, visibleTo: portal.viewer(DemoWorld.siti))
        #expect(application.answers["lokasi"] == typed)
        #expect(application.answers["judul"] == "Baris satu\nbaris dua")
    }

    @Test func aPasswordIsNeverHeld() async throws {
        let portal = try TestPortal()
        let path = "/petugas/permohonan/\(try portal.reference(.awaitingSignature))/tanda-tangan"
        let reply = try await portal.client().post(path, ["kata_sandi": "rahasia-sekali-ini", "revision": "3"])
        #expect(reply.status == 403)
        #expect(!reply.text.contains("rahasia-sekali-ini"))
    }

    @Test func strangersCannotUpload() async throws {
        let portal = try TestPortal()
        let path = "/permohonan/\(try portal.reference(.needsCorrection))/perbaikan"
        let reply = try await portal.client().post(path, ["judul": "x"], files: [("ktp", "k.pdf", JourneyTests.pdf)])
        #expect(reply.status == 403)
        #expect(!reply.text.contains("held."))
    }

    @Test func aCorrectionSurvivesAnExpiredSession() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(try portal.reference(.needsCorrection))/perbaikan"
        let page = try await siti.get(path)
        portal.pass(seconds: Store.sessionIdleSeconds + 1)
        let held = try await siti.post(
            path, ["csrf": page.csrf, "judul": "Panjang sekali"], files: [("ktp", "k.pdf", JourneyTests.pdf)])
        #expect(held.status == 403)
        #expect(held.text.contains("name=\"held.judul\" value=\"Panjang sekali\""))
        #expect(held.text.contains("name=\"held_files\""))
    }

    @Test func badAnswersAreShownAsTyped() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let path = try #require(begun.location).replacingOccurrences(of: "/isian/peneliti", with: "/isian/penelitian")
        let reply = try await siti.post(
            path, ["csrf": csrf, "judul": "pendek", "lokasi": "Kantor Camat", "lama": "99", "then": "next"])
        #expect(reply.status == 422)
        #expect(reply.text.contains("value=\"99\"") && reply.text.contains("dari 1 sampai 12"))
        #expect(reply.text.contains("pendek</textarea>"))
        // What was right is kept all the same.
        let reference = try #require(path.split(separator: "/").dropFirst().first.flatMap { Reference(String($0)) })
        let answers = try portal.site.store.application(reference, visibleTo: portal.viewer(DemoWorld.siti)).answers
        #expect(answers["lokasi"] == "Kantor Camat")
        #expect(answers["lama"] == nil)
    }
}

@Suite struct UploadTests {
    static let cases: [(String, Data, String)] = [
        ("surat.pdf", Data("MZ\u{90}\u{0}this is a program".utf8), "jenis berkas ini tidak diterima"),
        ("surat.pdf", Data(), "berkas ini kosong"),
        ("catatan.txt", Data("hanya teks".utf8), "jenis berkas ini tidak diterima"),
        ("foto.heic", Data([0, 0, 0, 24] + Array("ftypheic".utf8) + Array(repeating: 0, count: 40)), "foto HEIC"),
        ("besar.pdf", Data("%PDF-1.7".utf8) + Data(repeating: 32, count: 11 << 20), "11 MB, paling besar 10 MB"),
        ("gambar.svg", Data("<svg onload=alert(1)>".utf8), "jenis berkas ini tidak diterima"),
    ]

    @Test(arguments: cases.indices)
    func refusals(index: Int) async throws {
        let (filename, content, sentence) = Self.cases[index]
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let path = try #require(begun.location).replacingOccurrences(of: "/isian/peneliti", with: "/berkas")
        let good = Data("%PDF-1.7 baik".utf8)
        let reply = try await siti.post(
            path, ["csrf": csrf], files: [("surat_pengantar", filename, content), ("proposal", "p.pdf", good)])
        #expect(reply.status == 422)
        #expect(reply.text.contains(sentence), "\(sentence)")
        // The good file beside it is kept.
        let reference = try #require(path.split(separator: "/").dropFirst().first.flatMap { Reference(String($0)) })
        let application = try portal.site.store.application(reference, visibleTo: portal.viewer(DemoWorld.siti))
        #expect(application.attachments.map(\.requirement) == ["proposal"])
    }

    @Test(arguments: [
        ("../../etc/passwd", FileKind.pdf, "passwd.pdf"), ("C:\\Users\\siti\\KTP.PDF", .pdf, "KTP.pdf"),
        ("", .png, "berkas.png"),
        ("...", .jpeg, "berkas.jpg"), ("surat\u{0}\u{202E}fdp.exe", .pdf, "suratfdp.pdf"),
        ("a\"b<c>.pdf", .pdf, "a\"b<c>.pdf"),
    ])
    func filenames(sent: String, kind: FileKind, kept: String) { #expect(Uploads.filename(sent, kind) == kept) }
}
