import Foundation
import HTTPTypes
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
        let second = path.replacingOccurrences(of: "/isian/pemohon", with: "/isian/penelitian")
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
        // Saved by the log-in itself: it is a draft.
        #expect(resumed.status == 303 && resumed.location == second)
        #expect(try await siti.get(second).text.contains("Isian tadi tersimpan."))
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
        #expect(reply.text.contains("name=\"next\" value=\"\(path)\""))
    }

    /// A page elsewhere must not be able to put words into an officer's hands.
    @Test func formsOfStrangersAreNotHeld() async throws {
        let portal = try TestPortal()
        let path = "/petugas/permohonan/\(try portal.reference(.submitted))/keputusan"
        let fields = ["keputusan": "refuse", "alasan": "Ditolak saja"]
        let stranger = try await portal.client().post(path, fields)
        #expect(stranger.status == 403 && !stranger.text.contains("Ditolak saja"))
        let budi = try await portal.client(DemoWorld.budi)
        portal.pass(seconds: Store.sessionIdleSeconds + 1)
        let foreign = try await budi.post(path, fields, headers: ["Sec-Fetch-Site": "cross-site"])
        #expect(foreign.status == 403 && !foreign.text.contains("Ditolak saja"))
        // Handed to another account, or aimed at a button without typing, nothing is offered.
        let held = try await budi.post(path, fields)
        #expect(held.text.contains("Ditolak saja"))
        for (person, action) in [(DemoWorld.ratna, path), (DemoWorld.budi, "/petugas/akun/5/aktivasi")] {
            let reply = try await budi.post(
                "/masuk",
                [
                    "surel": person.email, "kata_sandi": DemoWorld.password, "csrf": held.csrf, "held_action": action,
                    "held.alasan": "Ditolak saja",
                ])
            #expect(reply.status == 303, "\(action)")
            portal.pass(seconds: Store.sessionIdleSeconds + 1)
        }
    }

    static let endings: [(String, @Sendable (TestPortal) async throws -> Void)] = [
        (
            "logged out elsewhere",
            { portal in
                let other = try await portal.client(DemoWorld.siti)
                let csrf = try await other.get("/akun/perangkat").csrf
                #expect(try await other.post("/akun/perangkat", ["csrf": csrf]).status == 303)
            }
        ),
        (
            "another password elsewhere",
            { portal in
                let other = try await portal.client(DemoWorld.siti)
                let csrf = try await other.get("/akun/kata-sandi").csrf
                let fields = [
                    "kata_sandi": DemoWorld.password, "kata_sandi_baru": "sepeda tua di teras", "csrf": csrf,
                ]
                #expect(try await other.post("/akun/kata-sandi", fields).status == 303)
            }
        ),
    ]

    /// Whoever ended the session: what its page holds is held, and what the page sends by itself is told so.
    @Test(arguments: endings.indices)
    func aSessionThatWasEndedLosesNothing(index: Int) async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(try portal.reference(.needsCorrection))/perbaikan"
        let csrf = try await siti.get(path).csrf
        try await Self.endings[index].1(portal)
        #expect(try await siti.get("/akun").status == 303, "\(Self.endings[index].0)")
        let typing = try await siti.post("\(path)/ketikan", ["csrf": csrf])
        #expect(typing.status == 403 && typing.headers["x-session"] == "lapsed")
        let held = try await siti.post(path, ["csrf": csrf, "judul": "Judul yang baru saja diketik"])
        #expect(held.status == 403 && held.text.contains("name=\"held.judul\""))
        let stranger = try await portal.client().post("\(path)/ketikan", ["judul": "x"])
        #expect(stranger.status == 403 && stranger.headers["x-session"] == nil)
    }

    /// It is held, and a stranger's log-in leads to its page.
    @Test func aReasonToWithdrawIsHeld() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let page = "/permohonan/\(try portal.reference(.submitted))/penarikan"
        let csrf = try await siti.get(page).csrf
        portal.pass(seconds: Store.sessionIdleSeconds + 1)
        let held = try await siti.post(page, ["csrf": csrf, "alasan": "Lokasi berubah"])
        #expect(held.status == 403 && held.text.contains("name=\"held.alasan\" value=\"Lokasi berubah\""))
        let stranger = try await portal.client().post(page, ["alasan": "x"])
        #expect(stranger.status == 403 && stranger.text.contains("name=\"next\" value=\"\(page)\""))
    }

    /// Every form in which somebody types more than a password, wherever it stands.
    @Test func whateverIsTypedIsHeld() {
        // A few clicks, secrets, or what a script sends; nothing that somebody has thought about.
        let untyped = [
            "/pengajuan-ulang", "/ketikan", "/unggahan/:key", "/penanganan",
            "/tanda-tangan", "/aktivasi", "/pesan-dibaca", "/kata-sandi", "/perangkat", "/salinan", "/penghapusan",
            "/pembatalan", "/pengalihan/:token", "/penolakan", "/anggota", "/undangan/:token", "/keluar",
            "/surel-aktivasi", "/konfirmasi-surel/:token", "/penggabungan/:token", "/penutupan", "/anggota/:key",
            "/pengelola", "/telegram", "/pemutusan", "/pengiriman",
        ]
        for route in PortalResponder.routes where route.method == .post && route.access != .anyone {
            let isUntyped = untyped.contains { route.pattern.hasSuffix($0) }
            #expect(route.keepsTyping || isUntyped, "\(route.pattern)")
        }
    }

    @Test func anOutdatedLogInFormIsOfferedAgain() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let reply = try await client.post("/masuk", ["surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password])
        #expect(reply.status == 403)
        #expect(reply.text.contains("value=\"\(DemoWorld.siti.email)\"") && reply.text.contains("terlalu lama terbuka"))
        let signUp = try await client.post(
            "/daftar", ["nama": "Rina", "surel": "rina@contoh.id", "kata_sandi": "rahasia-sekali"])
        #expect(
            signUp.status == 403 && signUp.text.contains("value=\"Rina\"") && !signUp.text.contains("rahasia-sekali"))
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
        let path = try #require(begun.location).replacingOccurrences(of: "/isian/pemohon", with: "/isian/penelitian")
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
        ("terputus.pdf", Data("%PDF-1.7\n1 0 obj".utf8), "rusak atau tidak dapat dibuka"),
        ("terkunci.pdf", Data("%PDF-1.7\ntrailer<</Encrypt 5 0 R>>\n%%EOF\n".utf8), "dikunci dengan kata sandi"),
        (
            "terputus.jpg", Data([0xFF, 0xD8, 0xFF, 0xE1, 0, 4, 0xFF, 0xD9, 0xFF, 0xDA, 1, 2, 3]),
            "rusak atau tidak dapat dibuka"
        ),
        (
            "terputus.png", Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]),
            "rusak atau tidak dapat dibuka"
        ),
        (
            "skrip.pdf", Data("%PDF-1.7\n1 0 obj<</Type/Page/AA<</O<</S/J#61vaScript>>>>>>endobj\n%%EOF\n".utf8),
            "PDF ini berisi skrip. Cetak ulang ke PDF"
        ),
        ("kosong.pdf", Data("%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n".utf8), "tidak berisi halaman"),
        (
            "skripsi.docx", Data("PK\u{3}\u{4}".utf8) + Data(count: 26) + Data("word/document.xml".utf8),
            "Simpan Sebagai"
        ),
        ("gambar.svg", Data("<svg onload=alert(1)>".utf8), "jenis berkas ini tidak diterima"),
    ]

    @Test(arguments: cases.indices)
    func refusals(index: Int) async throws {
        let (filename, content, sentence) = Self.cases[index]
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let first = try #require(begun.location)
        let chosen = [
            "csrf": csrf, "jenis_pemohon": "Mahasiswa", "pelaksana": "Saya sendiri",
            "kewarganegaraan": "Warga negara Indonesia", "then": "stay",
        ]
        #expect(try await siti.post(first, chosen).status == 303)
        let path = first.replacingOccurrences(of: "/isian/pemohon", with: "/berkas")
        let good = JourneyTests.pdf
        let reply = try await siti.post(
            path, ["csrf": csrf], files: [("surat_pengantar", filename, content), ("proposal", "p.pdf", good)])
        #expect(reply.status == 422)
        #expect(reply.text.contains(sentence), "\(sentence)")
        // The good file beside it is kept.
        let reference = try #require(path.split(separator: "/").dropFirst().first.flatMap { Reference(String($0)) })
        let application = try portal.site.store.application(reference, visibleTo: portal.viewer(DemoWorld.siti))
        #expect(application.attachments.map(\.requirement) == ["proposal"])
    }

    @Test func removingAndReplacingInADraftKeepsNothing() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await JourneyTests.filledDraft(portal, siti)
        let before = try portal.application(reference, as: DemoWorld.siti)
        let wrong = try #require(before.attachments.first)
        let csrf = try await siti.get("/akun").csrf
        let another = JourneyTests.pdf + Data("%%EOF\n".utf8)
        let path = "/permohonan/\(reference)/berkas"
        #expect(
            try await siti.post(path, ["csrf": csrf], files: [(wrong.requirement, "lain.pdf", another)]).status == 303)
        #expect(try await siti.get("\(path)/\(wrong.id)").status == 404)
        let replaced = try portal.application(reference, as: DemoWorld.siti)
        #expect(replaced.attachments.count == before.attachments.count)
        // The number of the file that went may be the new one's: an older page takes nothing away by it.
        for stale in [wrong.mark, "\(try #require(replaced.attachment(for: wrong.requirement)).id)"] {
            #expect(try await siti.post(path, ["csrf": csrf, "remove": stale], files: []).status == 303)
            #expect(try portal.application(reference, as: DemoWorld.siti).attachments == replaced.attachments)
        }
        let mark = try #require(replaced.attachment(for: wrong.requirement)).mark
        let page = try await siti.get(path)
        #expect(page.text.contains("value=\"\(mark)\""))
        #expect(try await siti.post(path, ["csrf": csrf, "remove": mark], files: []).status == 303)
        #expect(try portal.application(reference, as: DemoWorld.siti).attachment(for: wrong.requirement) == nil)
    }

    @Test func filesThatNothingRefersToAreSwept() throws {
        let portal = try TestPortal()
        let vault = portal.site.vault
        let orphan = try vault.keep(Array("tidak dirujuk".utf8))
        let viewer = try portal.viewer(DemoWorld.siti)
        let row = try #require(try portal.site.store.applications(of: viewer, limit: 1).first)
        let paper = try #require(try portal.site.store.application(row.reference, visibleTo: viewer).attachments.first)
        let now = Int(Date().timeIntervalSince1970)
        let referred = { (hashes: [String]) in try portal.site.store.referredFiles(among: hashes) }
        #expect(try vault.sweep(olderThan: 86_400, now: now, referred: referred) == 0)
        #expect(try vault.sweep(olderThan: 86_400, now: now + 90_000, referred: referred) == 1)
        #expect(vault.size(of: orphan.sha256) == nil)
        #expect(vault.size(of: paper.sha256) == paper.size)
    }

    @Test func officersSeeOnlyWhatWasHandedIn() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.needsCorrection)
        let siti = try await portal.client(DemoWorld.siti)
        let page = try await siti.get("/permohonan/\(reference)/perbaikan")
        portal.pass(seconds: 60)
        // A new paper that is kept although another part of the form is not right yet.
        let application = try portal.application(reference, as: DemoWorld.siti)
        let key = try #require(application.keysToMend.first)
        let file = try portal.site.vault.keep(Array(JourneyTests.pdf))
        try portal.site.store.attach(
            file, scanned: FileScan(kind: .pdf, pages: 1, scanner: "-", scannedAt: portal.site.now()),
            named: "baru.pdf", for: key, to: application.reference, by: portal.viewer(DemoWorld.siti),
            at: portal.site.now())
        let fresh = try #require(try portal.application(reference, as: DemoWorld.siti).attachment(for: key))
        let budi = try await portal.client(DemoWorld.budi)
        #expect(try await budi.get("/petugas/permohonan/\(reference)/berkas/\(fresh.id)").status == 404)
        #expect(try await siti.post("/permohonan/\(reference)/perbaikan", ["csrf": page.csrf], files: []).status == 303)
        #expect(try await budi.get("/petugas/permohonan/\(reference)/berkas/\(fresh.id)").status == 200)
    }

    @Test(arguments: [
        ("../../etc/passwd", FileKind.pdf, "passwd.pdf"), ("C:\\Users\\siti\\KTP.PDF", .pdf, "KTP.pdf"),
        ("", .png, "berkas.png"),
        ("...", .jpeg, "berkas.jpg"), ("surat\u{0}\u{202E}fdp.exe", .pdf, "suratfdp.pdf"),
        ("a\"b<c>.pdf", .pdf, "a\"b<c>.pdf"),
    ])
    func filenames(sent: String, kind: FileKind, kept: String) { #expect(Uploads.filename(sent, kind) == kept) }
}
