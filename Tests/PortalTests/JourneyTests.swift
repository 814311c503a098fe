import Foundation
import HTTPServer
import HTTPTypes
import Pages
import Permits
import Store
import Testing

@testable import Portal

@Suite struct JourneyTests {
    static let pdf = Data("%PDF-1.7\n1 0 obj<</Type/Page>>endobj\ntrailer<<>>\n%%EOF\n".utf8)

    /// A draft of Siti's with everything filled in.
    static func filledDraft(_ portal: TestPortal, _ siti: Client) async throws -> String {
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let path = try #require(begun.location)
        let reference = try #require(path.split(separator: "/").dropFirst().first.map(String.init))
        let application = try portal.application(reference, as: DemoWorld.siti)
        let answers = DemoWorld.answers(
            to: application.type, about: "Judul penelitian untuk pengujian portal", on: TestPortal.start.day)
        for section in application.type.sections(for: answers) {
            var fields = answers.filter { key, _ in section.fields.contains { $0.key == key } }
            fields["csrf"] = csrf
            let reply = try await siti.post("/permohonan/\(reference)/isian/\(section.key)", fields)
            try #require(reply.status == 303, "\(section.key): \(reply.status)")
        }
        let files = application.type.papers(for: answers).map { ($0.key, "\($0.key).pdf", pdf) }
        let reply = try await siti.post(
            "/permohonan/\(reference)/berkas", ["csrf": csrf, "then": "next"], files: files)
        try #require(reply.status == 303, "papers: \(reply.status)")
        return reference
    }

    @Test func submittingTwiceGivesOneApplication() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await Self.filledDraft(portal, siti)
        let csrf = try await siti.get("/permohonan/\(reference)/periksa").csrf
        let path = "/permohonan/\(reference)/pengajuan"
        async let first = siti.post(path, ["csrf": csrf, "pernyataan": "1"])
        async let second = siti.post(path, ["csrf": csrf, "pernyataan": "1"])
        let replies = try await [first, second]
        #expect(replies.map(\.status) == [303, 303])
        #expect(replies.allSatisfy { $0.location?.hasPrefix("/permohonan/\(reference)") == true })
        let viewer = try portal.viewer(DemoWorld.siti)
        let events = try portal.site.store.timeline(
            portal.application(reference, as: DemoWorld.siti).reference, visibleTo: viewer)
        #expect(events.map(\.kind) == [.created, .submitted])
    }

    @Test func withoutTheStatementNothingIsSent() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await Self.filledDraft(portal, siti)
        let csrf = try await siti.get("/permohonan/\(reference)/periksa").csrf
        let reply = try await siti.post("/permohonan/\(reference)/pengajuan", ["csrf": csrf])
        #expect(reply.status == 422)
        #expect(reply.text.contains("Centang pernyataan"))
    }

    @Test func aPendingAccountFillsInButDoesNotSend() async throws {
        let portal = try TestPortal()
        let joko = try await portal.client(DemoWorld.joko)
        let csrf = try await joko.get("/akun").csrf
        let begun = try await joko.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        #expect(begun.status == 303)
        let reference = try #require(begun.location?.split(separator: "/").dropFirst().first)
        let reply = try await joko.post("/permohonan/\(reference)/pengajuan", ["csrf": csrf, "pernyataan": "1"])
        #expect(reply.status == 409)
        #expect(reply.text.contains("belum aktif"))
    }

    @Test func othersFilesAndLettersAreNotFound() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let joko = try await portal.client(DemoWorld.joko)
        let stored = try portal.application(reference, as: DemoWorld.siti)
        let paper = try #require(stored.attachments.first).id
        for path in ["", "/surat.pdf", "/berkas/\(paper)", "/perbaikan", "/periksa", "/berkas", "/isian/peneliti"] {
            #expect(try await joko.get("/permohonan/\(reference)\(path)").status == 404, "\(path)")
        }
        let siti = try await portal.client(DemoWorld.siti)
        let letter = try await siti.get("/permohonan/\(reference)/surat.pdf")
        #expect(letter.status == 200 && letter.bytes.starts(with: Data("%PDF-".utf8)))
        #expect(letter.headers["content-disposition"]?.hasPrefix("attachment") == true)
        let file = try await siti.get("/permohonan/\(reference)/berkas/\(paper)")
        #expect(
            file.headers["content-type"] == "application/pdf" && file.headers["x-content-type-options"] == "nosniff")
    }

    @Test func activationByMailAndByStaff() async throws {
        let portal = try TestPortal()
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.joko.email).first)
        // Siti was activated before any mail went out, so hers would only confuse her.
        #expect(!portal.mails.to(DemoWorld.siti.email).contains { $0.subject.contains("Aktifkan") })
        let link = try #require(mail.body.split(whereSeparator: \.isNewline).first { $0.contains("/aktivasi/") })
        let path = String(link.dropFirst("http://127.0.0.1".count))
        let client = portal.client()
        let page = try await client.get(path)
        #expect(page.status == 200)
        // Looking at the link activates nobody: mail scanners do that.
        #expect(try portal.viewer(DemoWorld.joko).state == .pending)
        #expect(try await client.post(path, ["csrf": page.csrf]).status == 200)
        #expect(try await client.post(path, ["csrf": page.csrf]).status == 200, "a double click")
        #expect(try portal.viewer(DemoWorld.joko).state == .active)
        #expect(try await client.get(path).status == 404)
    }

    @Test func staffSeeHoursLeftAndActivate() async throws {
        let portal = try TestPortal()
        let budi = try await portal.client(DemoWorld.budi)
        let page = try await budi.get("/petugas/akun")
        #expect(page.text.contains("19 jam lagi"))
        let id = try portal.viewer(DemoWorld.joko).account.value
        #expect(try await budi.post("/petugas/akun/\(id)/aktivasi", ["csrf": page.csrf]).status == 303)
        #expect(try portal.viewer(DemoWorld.joko).state == .active)
    }

    @Test func aWrongPasswordSignsNothing() async throws {
        let portal = try TestPortal()
        let ratna = try await portal.client(DemoWorld.ratna)
        let reference = try portal.reference(.awaitingSignature)
        let path = "/petugas/permohonan/\(reference)/tanda-tangan"
        let page = try await ratna.get(path)
        let revision = try #require(page.value(of: "revision"))
        let wrong = try await ratna.post(
            path, ["csrf": page.csrf, "revision": revision, "hari": "2026-11-17", "kata_sandi": "salah-sama-sekali"])
        #expect(wrong.status == 422 && wrong.text.contains("Kata sandi tidak cocok"))
        let stale = try await ratna.post(
            path, ["csrf": page.csrf, "revision": "0", "hari": "2026-11-17", "kata_sandi": DemoWorld.password])
        #expect(stale.status == 409)
        let signed = try await ratna.post(
            path, ["csrf": page.csrf, "revision": revision, "hari": "2026-11-17", "kata_sandi": DemoWorld.password])
        #expect(signed.status == 303)
        // The demo world has number 1 already.
        let application = try portal.application(reference, as: DemoWorld.ratna)
        let letter = try #require(
            try portal.site.store.letter(of: application.reference, visibleTo: portal.viewer(DemoWorld.ratna)))
        #expect(letter.numberText == "000.9/0002/BRIDA/2026")
        #expect(letter.pdfSHA256 != nil)
        let again = try await ratna.post(
            path, ["csrf": page.csrf, "revision": revision, "hari": "2026-11-17", "kata_sandi": DemoWorld.password])
        #expect(again.status == 303)
        #expect(try portal.site.store.numberFaults(series: "brida", year: 2026) == [])
    }

    @Test func whatWasReadYesterdayIsNotSigned() async throws {
        let portal = try TestPortal()
        let ratna = try await portal.client(DemoWorld.ratna)
        let path = "/petugas/permohonan/\(try portal.reference(.awaitingSignature))/tanda-tangan"
        let page = try await ratna.get(path)
        let fields = [
            "csrf": page.csrf, "revision": page.value(of: "revision") ?? "", "kata_sandi": DemoWorld.password,
        ]
        let stale = try await ratna.post(path, fields.merging(["hari": "2026-11-16"]) { $1 })
        #expect(stale.status == 409)
        #expect(try await ratna.post(path, fields).status == 409)
        #expect(try await ratna.post(path, fields.merging(["hari": page.value(of: "hari") ?? ""]) { $1 }).status == 303)
    }

    @Test func aSignatoryMaySendAFileBack() async throws {
        let portal = try TestPortal()
        let ratna = try await portal.client(DemoWorld.ratna)
        let reference = try portal.reference(.awaitingSignature)
        let page = try await ratna.get("/petugas/permohonan/\(reference)/tanda-tangan")
        let path = "/petugas/permohonan/\(reference)/pengembalian"
        let fields = ["csrf": page.csrf, "revision": page.value(of: "revision") ?? ""]
        let empty = try await ratna.post(path, fields)
        #expect(empty.status == 422 && empty.text.contains("Tulis alasannya"))
        #expect(try await ratna.post(path, fields.merging(["alasan": "Judul memuat emoji"]) { $1 }).status == 303)
        let budi = try await portal.client(DemoWorld.budi)
        let review = try await budi.get("/petugas/permohonan/\(reference)").text
        #expect(review.contains("Judul memuat emoji") && review.contains("value=\"recommend\""))
        let siti = try await portal.client(DemoWorld.siti)
        let status = try await siti.get("/permohonan/\(reference)").text
        #expect(!status.contains("Judul memuat emoji") && status.contains("Dikembalikan pejabat"))
    }

    @Test func aBurstOfLogInsDoesNotKeepReadersWaiting() async throws {
        let portal = try TestPortal()
        let hasher = PasswordHasher(cost: 10, concurrency: 1, maximumWaiting: 0)
        #expect(throws: Busy.self) { try hasher.hash("kuda-biru-lompat", salt: [1]) }
        let reply = Replies(site: portal.site).response(to: Busy(), session: nil, head: RequestHead(path: "/masuk"))
        #expect(reply.status.code == 503)
    }

    @Test func metricsAreForThoseWhoHaveTheToken() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        #expect(try await client.get("/metrics").status == 404)
        #expect(try await client.get("/metrics", headers: ["Authorization": "Bearer salah-salah-salah"]).status == 404)
        let reply = try await client.get("/metrics", headers: ["Authorization": "Bearer \(TestPortal.metricsToken)"])
        #expect(reply.status == 200)
        for name in ["suratizin_outbox_messages", "suratizin_password_hashes_waiting", "route=\"/metrics\""] {
            #expect(reply.text.contains(name), "\(name)")
        }
    }

    @Test func verificationTellsLittleAndPolitely() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let status = try await siti.get("/permohonan/\(try portal.reference(.issued))")
        let path = try #require(
            status.text.range(of: "/verifikasi/[A-Za-z0-9_-]+", options: .regularExpression).map {
                String(status.text[$0])
            })
        let page = try await portal.client().get(path)
        #expect(page.status == 200)
        #expect(page.text.contains("000.9/0001/BRIDA/2026"))
        #expect(
            page.text.contains("S*** A***** L****") && !page.text.contains("Siti")
                && !page.text.contains("1271045203990001"))
        let wrong = try await portal.client().get("/verifikasi/kira-kira")
        #expect(wrong.status == 404 && wrong.text.contains("Surat tidak ditemukan"))
        portal.pass(seconds: 200 * 86_400)
        #expect(try await portal.client().get(path).text.contains("sudah tidak berlaku"))
    }

    @Test func tooManyTriesAreToldToWait() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let csrf = try await client.get("/masuk").csrf
        var last: Client.Reply?
        for _ in 0..<9 {
            last = try await client.post(
                "/masuk", ["surel": DemoWorld.siti.email, "kata_sandi": "salah-salah-salah", "csrf": csrf])
        }
        #expect(last?.status == 429)
        #expect(last?.text.contains("Terlalu banyak percobaan") == true)
        portal.pass(seconds: 120)
        let reply = try await client.post(
            "/masuk", ["surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": csrf])
        #expect(reply.status == 303)
    }
}
