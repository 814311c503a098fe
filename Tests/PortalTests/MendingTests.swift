import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Correcting, using again, and applying again.
@Suite struct MendingTests {
    private func returned(_ portal: TestPortal) throws -> String {
        let reference = try #require(Reference(try portal.reference(.submitted)))
        let budi = try portal.viewer(DemoWorld.budi)
        try portal.site.store.change(reference, by: budi, origin: "-") { application, calendar in
            let findings = ["judul", "ktp"].map { Finding(key: $0, verdict: .mend, reason: "Perbaiki bagian \($0)") }
            return try application.judge(findings, by: budi, at: portal.site.now()).application
                .decide(.returnForCorrection, by: budi, at: portal.site.now(), in: calendar)
        }
        return reference.description
    }

    @Test func anUnchangedAnswerNeedsAnExplanationThatTheOfficerReads() async throws {
        let portal = try TestPortal()
        let reference = try returned(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(reference)/perbaikan"
        let page = try await siti.get(path)
        let title = try #require(try portal.application(reference, as: DemoWorld.siti).answers["judul"])
        #expect(page.text.contains("Perbaiki bagian judul") && page.text.contains("Yang Anda kirim"))
        #expect(page.text.contains("name=\"benar.judul\"") && page.text.contains("name=\"benar.ktp\""))
        #expect(page.text.contains("href=\"#f-judul\"") && page.text.contains("href=\"#f-ktp\""))
        var fields = ["csrf": page.csrf, "judul": title, "benar.judul": "Sama dengan <proposal>."]
        let refused = try await siti.post(path, fields, files: [])
        #expect(refused.status == 422 && refused.text.contains("Unggah KTP."))
        #expect(refused.text.contains("Sama dengan &lt;proposal&gt;.</textarea>"))
        fields["benar.ktp"] = "KTP memang begini."
        #expect(try await siti.post(path, fields, files: []).status == 303)
        let budi = try await portal.client(DemoWorld.budi)
        let review = try await budi.get("/petugas/permohonan/\(reference)").text
        #expect(review.contains("Sama dengan &lt;proposal&gt;.") && review.contains("KTP memang begini."))
        #expect(review.contains("Yang diminta: Perbaiki bagian ktp") && !review.contains("class=\"old\""))
    }

    /// Typed and not sent: there again on the page, also in the other language and after something was wrong.
    @Test func anExplanationIsKeptWhileItIsTyped() async throws {
        let portal = try TestPortal()
        let reference = try returned(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(reference)/perbaikan"
        let page = try await siti.get(path)
        let typing = [
            "csrf": page.csrf, "benar.ktp": "KTP memang <begini>.", "benar.judul": "", "benar.lain": "bukan apa-apa",
            "draf.versi": page.value(of: "draf.versi") ?? "", "draf.halaman": page.value(of: "draf.halaman") ?? "",
            "draf.urutan": "1",
        ]
        #expect(try await siti.post("\(path)/ketikan", typing).status == 200)
        let words = "KTP memang &lt;begini&gt;.</textarea>"
        let again = try await siti.get(path)
        #expect(again.text.contains(words) && !again.text.contains("bukan apa-apa"))
        let left = try await siti.post(
            path, ["csrf": page.csrf, "benar.ktp": "Kata lain.", "isian.bahasa": "en"], files: [])
        #expect(left.status == 303)
        #expect(try await siti.get(path).text.contains("Kata lain.</textarea>"))
        let wrong = try await siti.post(path, ["csrf": page.csrf, "benar.ktp": "Kata ketiga."], files: [])
        #expect(wrong.status == 422)
        #expect(try await siti.get(path).text.contains("Kata ketiga.</textarea>"))
    }

    @Test func oldAndNewStandSideBySideForBoth() async throws {
        let portal = try TestPortal()
        let reference = try returned(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(reference)/perbaikan"
        let before = try portal.application(reference, as: DemoWorld.siti)
        let old = try #require(before.attachment(for: "ktp"))
        let title = try #require(before.answers["judul"])
        let page = try await siti.get(path)
        portal.pass(seconds: 60)
        // The new file is kept although the title is not right yet; the old one stands beside it.
        let half = try await siti.post(
            path, ["csrf": page.csrf, "judul": title], files: [("ktp", "baru.pdf", JourneyTests.pdf)])
        #expect(half.status == 422)
        let fresh = try #require(try portal.application(reference, as: DemoWorld.siti).attachment(for: "ktp"))
        #expect(fresh.filename == "baru.pdf" && fresh.id != old.id)
        for id in [old.id, fresh.id] { #expect(half.text.contains("/permohonan/\(reference)/berkas/\(id)\"")) }
        #expect(half.text.contains("Berkas baru ada"))
        let budi = try await portal.client(DemoWorld.budi)
        let waiting = try await budi.get("/petugas/permohonan/\(reference)").text
        #expect(waiting.contains("Yang diminta: Perbaiki bagian judul") && !waiting.contains("baru.pdf"))
        let done = try await siti.post(
            path, ["csrf": page.csrf, "judul": "Judul yang sudah diperbaiki lengkap"], files: [])
        #expect(done.status == 303)
        let review = try await budi.get(
            "/petugas/permohonan/\(reference)", headers: ["User-Agent": ServingTests.chromium]
        ).text
        let own = try await siti.get("/permohonan/\(reference)").text
        #expect(own.contains("Lihat yang Anda perbaiki") && own.contains("<dd>\(title)</dd>"))
        #expect(own.contains("<h3>Dikirim ") && own.contains("<dt>Diminta petugas</dt><dd>Perbaiki bagian judul"))
        for id in [old.id, fresh.id] {
            #expect(own.contains("<dd><a href=\"/permohonan/\(reference)/berkas/\(id)\">"))
            #expect(try await siti.get("/permohonan/\(reference)/berkas/\(id)").status == 200)
        }
        #expect(review.contains("<s>\(title)</s>") && review.contains("Judul yang sudah diperbaiki lengkap"))
        for id in [old.id, fresh.id] {
            #expect(review.contains("/petugas/permohonan/\(reference)/berkas/\(id)#navpanes"))
            #expect(try await budi.get("/petugas/permohonan/\(reference)/berkas/\(id)").status == 200)
        }
    }

    /// A draft of the survey letter at its papers.
    private func survey(_ siti: Client, _ csrf: String) async throws -> String {
        let begun = try await siti.post("/permohonan", ["slug": "survei", "csrf": csrf])
        let first = try #require(begun.location)
        let chosen = [
            "csrf": csrf, "jenis_pemohon": "Mahasiswa", "pelaksana": "Saya sendiri",
            "kewarganegaraan": "Warga negara Indonesia", "then": "stay",
        ]
        try #require(try await siti.post(first, chosen).status == 303)
        return first.replacingOccurrences(of: "/isian/pemohon", with: "")
    }

    @Test func aPaperIsUsedAgainByOnePress() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let path = try await survey(siti, csrf)
        let papers = try await siti.get("\(path)/berkas")
        #expect(papers.text.contains("Berkas yang pernah diunggah: KTP.pdf, 17 November 2026"))
        #expect(papers.text.contains("17 November 2027"))
        let value = try #require(papers.text.firstMatch(of: /name="pakai" value="(ktp\.[0-9]+)"/)).output.1
        #expect(!papers.text.contains("name=\"pakai\" value=\"surat_pengantar."))
        let used = try await siti.post(
            "\(path)/berkas-lama", ["csrf": csrf, "pakai": String(value)],
            files: [("ktm", "kartu.pdf", JourneyTests.pdf), ("ktp", "", Data())])
        #expect(used.status == 303 && used.location == "\(path)/berkas")
        let reference = try #require(path.split(separator: "/").last.map(String.init))
        let draft = try portal.application(reference, as: DemoWorld.siti)
        #expect(draft.attachment(for: "ktp")?.origin != nil)
        #expect(draft.attachment(for: "ktm")?.filename == "kartu.pdf", "a file chosen beside it is kept")
        #expect(try await siti.get("\(path)/berkas").text.contains("KTP.pdf"))
        for wrong in ["ktp.999999", "ktp", "x.1", "surat_pengantar.\(value.split(separator: ".")[1])", ""] {
            let reply = try await siti.post("\(path)/berkas-lama", ["csrf": csrf, "pakai": wrong], files: [])
            #expect(reply.status == 404, "\(wrong): \(reply.status)")
        }
    }

    @Test func aPaperThatHasGrownTooOldIsNotSent() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let path = try await survey(siti, csrf)
        let papers = try await siti.get("\(path)/berkas")
        let value = try #require(papers.text.firstMatch(of: /name="pakai" value="(ktp\.[0-9]+)"/)).output.1
        _ = try await siti.post("\(path)/berkas-lama", ["csrf": csrf, "pakai": String(value)], files: [])
        let words = "Unggah KTP yang baru"
        #expect(try await !siti.get("\(path)/periksa").text.contains(words))
        #expect(try await siti.get(path).text.contains("draf ini dihapus pada 17 Desember 2026."))
        portal.pass(seconds: 366 * 86_400)
        let later = try await portal.client(DemoWorld.siti)
        for place in ["periksa", "berkas"] { #expect(try await later.get("\(path)/\(place)").text.contains(words)) }
        let sent = try await later.post(
            "\(path)/pengajuan", ["csrf": try await later.get("/akun").csrf, "pernyataan": "1"])
        #expect(sent.status == 422 && sent.text.contains(words))
    }

    @Test func anOldPaperIsNotOfferedButExplained() async throws {
        let portal = try TestPortal()
        portal.pass(seconds: 200 * 86_400)
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let path = try await survey(siti, csrf)
        let text = try await siti.get("\(path)/berkas").text
        #expect(text.contains("hanya berlaku sampai") && text.contains("Unggah yang baru."))
        #expect(text.contains("name=\"pakai\" value=\"ktp.") && !text.contains("name=\"pakai\" value=\"ktm."))
    }

    /// The rules that look into files are newer than the file: it is looked into again.
    @Test func aFileThatNobodyLookedIntoIsNotUsedUnseen() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let reference = try await JourneyTests.filledDraft(portal, siti)
        let store = portal.site.store
        let viewer = try portal.viewer(DemoWorld.siti)
        let bad = try portal.site.vault.keep(
            Array("%PDF-1.7\n1 0 obj<</Type/Page/AA<</O<</S/JavaScript>>>>>>endobj\n%%EOF\n".utf8))
        try store.attach(
            bad, scanned: FileScan(kind: .pdf, pages: 1, scanner: "structure/0", scannedAt: portal.site.now()),
            named: "lama.pdf", for: "ktp", to: try #require(Reference(reference)), by: viewer, at: portal.site.now())
        let path = try await survey(siti, csrf)
        let papers = try await siti.get("\(path)/berkas").text
        let value = try #require(papers.firstMatch(of: /name="pakai" value="(ktp\.[0-9]+)"/)).output.1
        let reply = try await siti.post("\(path)/berkas-lama", ["csrf": csrf, "pakai": String(value)], files: [])
        #expect(reply.status == 422 && reply.text.contains("PDF ini berisi skrip"))
        let draft = try #require(path.split(separator: "/").last.map(String.init))
        #expect(try portal.application(draft, as: DemoWorld.siti).attachment(for: "ktp") == nil)
    }

    @Test func officersSeeThatAPaperIsOlderThanItsApplication() async throws {
        let portal = try TestPortal()
        portal.pass(seconds: 10 * 86_400)
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let old = try portal.reference(.issued)
        let begun = try await siti.post("/permohonan/\(old)/pengajuan-ulang", ["csrf": csrf])
        let path = try #require(begun.location)
        let reference = try #require(path.split(separator: "/").dropFirst().first.map(String.init))
        let form = try await siti.get(path).text
        #expect(form.contains("sudah disalin"))
        let draft = try portal.application(reference, as: DemoWorld.siti)
        #expect(Set(draft.attachments.map(\.requirement)) == ["ktp", "ktm"])
        var answers = draft.answers
        for (key, value) in DemoWorld.answers(
            to: draft.type, about: "Judul penelitian yang diajukan lagi", on: portal.site.now().day)
        where (answers[key] ?? "").isEmpty { answers[key] = value }
        for section in draft.type.sections(for: answers) {
            var fields = answers.filter { key, _ in section.fields.contains { $0.key == key } }
            fields["csrf"] = csrf
            try #require(try await siti.post("/permohonan/\(reference)/isian/\(section.key)", fields).status == 303)
        }
        let missing = draft.askedPapers.filter { draft.attachment(for: $0.key) == nil }
        let files = missing.map { ($0.key, "\($0.key).pdf", JourneyTests.pdf) }
        _ = try await siti.post("/permohonan/\(reference)/berkas", ["csrf": csrf, "then": "next"], files: files)
        let sent = try await siti.post(
            "/permohonan/\(reference)/pengajuan", ["csrf": csrf, Check.statementName: "1"])
        try #require(sent.status == 303, "\(sent.status)")
        let budi = try await portal.client(DemoWorld.budi)
        let review = try await budi.get("/petugas/permohonan/\(reference)").text
        #expect(review.contains("Berkas dipakai ulang: diunggah 17 November 2026 untuk permohonan \(old)."))
        #expect(review.components(separatedBy: "Berkas dipakai ulang").count == 3)
    }

    @Test func anUnfinishedDraftComesFirst() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let draft = try await JourneyTests.filledDraft(portal, siti)
        let issued = try portal.reference(.issued)
        let status = try await siti.get("/permohonan/\(issued)").text
        #expect(status.contains("action=\"/permohonan/\(issued)/pengajuan-ulang\""))
        let reply = try await siti.post("/permohonan/\(issued)/pengajuan-ulang", ["csrf": csrf])
        #expect(reply.status == 303 && reply.location == "/permohonan/\(draft)")
        #expect(try await siti.get("/permohonan/\(draft)").text.contains("Anda masih punya draf layanan ini"))
        let running = try portal.reference(.submitted)
        #expect(try await !siti.get("/permohonan/\(running)").text.contains("pengajuan-ulang"))
        #expect(try await siti.post("/permohonan/\(running)/pengajuan-ulang", ["csrf": csrf]).status == 409)
    }

    /// Every state of the demo world, on the page itself.
    @Test(arguments: [
        ApplicationState.submitted, .needsCorrection, .awaitingSignature, .issued,
    ])
    func theStatusPageAnswersAllFour(state: ApplicationState) async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let page = try await siti.get("/permohonan/\(try portal.reference(state))").text
        let texts = portal.site.renderers[.indonesian].texts
        // A letter whose report is owed waits for its holder.
        let holder = state == .issued ? texts("holder.reportDue") : texts.holder(state)
        for sentence in [texts.headline(state, isClaimed: false), texts.explanation(state), holder] {
            #expect(page.contains(sentence), "\(sentence)")
        }
        #expect(page.contains("<ol class=\"way\"") && page.contains(state == .issued ? "Selesai" : "Perkiraan selesai"))
        #expect(page.matches(of: /aria-current="step"/).count == (state == .issued ? 0 : 1))
    }
}
