import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// What happens to an issued letter, as people do it.
@Suite struct LetterLifeTests {
    static let reason = "Lokasi penelitian tidak sesuai dengan surat."

    static func letter(_ portal: TestPortal, _ reference: String) throws -> Letter {
        let application = try portal.application(reference, as: DemoWorld.siti)
        return try #require(
            try portal.site.store.letter(of: application.reference, visibleTo: portal.viewer(DemoWorld.siti)))
    }

    /// Fills in one of the forms on the letter's page.
    static func act(
        _ client: Client, _ reference: String, _ place: String, _ fields: [String: String]
    ) async throws -> Client.Reply {
        let page = try await client.get("/petugas/permohonan/\(reference)/surat")
        let known = ["csrf": page.csrf, "surat": page.value(of: "surat") ?? ""].merging(fields) { $1 }
        return try await read(client, "/petugas/permohonan/\(reference)/\(place)", known)
    }

    /// Sends a form, reads the letter that it leads to, and sends it again as read; the password only then.
    static func read(_ client: Client, _ path: String, _ fields: [String: String]) async throws -> Client.Reply {
        let first = try await client.post(
            path, fields.filter { $0.key != "kata_sandi" || path.hasSuffix("pembatalan") })
        guard first.status == 200, let digest = first.value(of: "dibaca") else { return first }
        return try await client.post(path, fields.merging(["dibaca": digest]) { $1 })
    }

    static func recommendAndSign(_ portal: TestPortal, _ reference: String) async throws {
        let budi = try await portal.client(DemoWorld.budi)
        let review = try await budi.get("/petugas/permohonan/\(reference)")
        let decided = try await budi.post(
            "/petugas/permohonan/\(reference)/keputusan",
            ["csrf": review.csrf, "revision": review.value(of: "revision") ?? "", "keputusan": "recommend"])
        try #require(decided.status == 303)
        let ratna = try await portal.client(DemoWorld.ratna)
        let preview = try await ratna.get("/petugas/permohonan/\(reference)/tanda-tangan")
        let signed = try await ratna.post(
            "/petugas/permohonan/\(reference)/tanda-tangan",
            [
                "csrf": preview.csrf, "revision": preview.value(of: "revision") ?? "",
                "hari": preview.value(of: "hari") ?? "", "kata_sandi": DemoWorld.password,
            ])
        try #require(signed.status == 303)
    }

    @Test func aSignatoryRevokes() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let letter = try Self.letter(portal, reference)
        let ratna = try await portal.client(DemoWorld.ratna)
        let fields = ["sebab": "termsBroken", "alasan": Self.reason, "kata_sandi": DemoWorld.password]
        let wrong = try await Self.act(
            ratna, reference, "pencabutan", fields.merging(["kata_sandi": "salah-sama-sekali"]) { $1 })
        #expect(wrong.status == 422 && wrong.text.contains("Kata sandi tidak cocok"))
        #expect(wrong.text.contains(Self.reason) && !wrong.text.contains("salah-sama-sekali"))
        let empty = try await Self.act(ratna, reference, "pencabutan", ["kata_sandi": DemoWorld.password])
        #expect(empty.status == 422 && empty.text.contains("Lengkapi alasan"))
        #expect(try Self.letter(portal, reference).life.end == nil)

        let page = try await ratna.get("/petugas/permohonan/\(reference)/surat")
        let known = fields.merging(["csrf": page.csrf, "surat": "\(letter.id)"]) { $1 }
        for _ in 0..<2 {
            let reply = try await Self.read(ratna, "/petugas/permohonan/\(reference)/pencabutan", known)
            #expect(reply.status == 303, "a second click too")
        }
        #expect(try portal.site.store.firstBrokenEvent() == nil)
        let events = try portal.site.store.timeline(
            portal.application(reference, as: DemoWorld.siti).reference, visibleTo: portal.viewer(DemoWorld.siti))
        #expect(events.filter { $0.kind == .revoked }.count == 1)

        let shown = try await portal.client().get("/verifikasi/\(letter.token)").text
        #expect(shown.contains("Surat ini sudah dicabut") && shown.contains("Ketentuan surat tidak ditaati"))
        for secret in [Self.reason, "S*** A*****", "Peran Perempuan"] { #expect(!shown.contains(secret), "\(secret)") }
        let siti = try await portal.client(DemoWorld.siti)
        let status = try await siti.get("/permohonan/\(reference)").text
        #expect(status.contains("Surat Anda dicabut") && status.contains(Self.reason))
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.siti.email).last)
        #expect(mail.subject.contains("dicabut") && !mail.body.contains(Self.reason))
        #expect(try await ratna.get("/petugas/permohonan/\(reference)/surat").text.contains("Tindakan") == false)
    }

    @Test func aVoidLetterIsReplacedByOneWithANewNumber() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let old = try Self.letter(portal, reference)
        let ratna = try await portal.client(DemoWorld.ratna)
        let fields = ["alasan": Self.reason, "kata_sandi": DemoWorld.password]
        #expect(try await Self.act(ratna, reference, "pembatalan", fields).status == 303)
        #expect(
            try await portal.client().get("/verifikasi/\(old.token)").text.contains("Surat ini batal"))
        let siti = try await portal.client(DemoWorld.siti)
        #expect(try await siti.get("/permohonan/\(reference)/surat.pdf").status == 404)
        #expect(try await ratna.get("/petugas/permohonan/\(reference)/surat").status == 303)
        try await Self.recommendAndSign(portal, reference)
        #expect(try Self.letter(portal, reference).numberText == "000.9/0002/BRIDA/2026")
        let agenda = try await ratna.get("/petugas/agenda").text
        for word in ["000.9/0001/BRIDA/2026", "000.9/0002/BRIDA/2026", "Batal", Self.reason] {
            #expect(agenda.contains(word), "\(word)")
        }
        #expect(try portal.site.store.numberReports().allSatisfy(\.isSound))
    }

    @Test func aLetterThatWasFetchedIsNotVoided() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let ratna = try await portal.client(DemoWorld.ratna)
        let page = try await ratna.get("/petugas/permohonan/\(reference)/surat")
        #expect(page.text.contains("/pembatalan"))
        let siti = try await portal.client(DemoWorld.siti)
        #expect(try await siti.get("/permohonan/\(reference)/surat.pdf").status == 200)
        let fields = ["alasan": Self.reason, "kata_sandi": DemoWorld.password]
        let late = try await Self.act(ratna, reference, "pembatalan", fields)
        #expect(late.status == 409 && late.text.contains("sudah mengunduh surat ini"))
        #expect(try await !ratna.get("/petugas/permohonan/\(reference)/surat").text.contains("/pembatalan"))
    }

    @Test func aReplacementPointsBothWays() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let old = try Self.letter(portal, reference)
        let budi = try await portal.client(DemoWorld.budi)
        let page = try await budi.get("/petugas/permohonan/\(reference)/surat")
        #expect(!page.text.contains("/pencabutan") && !page.text.contains("/pembatalan"))
        #expect(try await Self.act(budi, reference, "penggantian", ["alasan": "salah"]).status == 422)
        let fields = ["csrf": page.csrf, "surat": "\(old.id)", "alasan": Self.reason]
        for _ in 0..<2 {
            #expect(try await budi.post("/petugas/permohonan/\(reference)/penggantian", fields).status == 303)
        }
        let siti = try await portal.client(DemoWorld.siti)
        let status = try await siti.get("/permohonan/\(reference)").text
        #expect(status.contains("untuk mengganti surat 000.9/0001/BRIDA/2026") && status.contains("tetap berlaku"))
        #expect(!status.contains("/penarikan"))
        #expect(try await portal.client().get("/verifikasi/\(old.token)").text.contains("asli dan berlaku"))
        try await Self.recommendAndSign(portal, reference)
        let new = try Self.letter(portal, reference)
        let before = try await portal.client().get("/verifikasi/\(old.token)").text
        #expect(before.contains("Surat ini sudah diganti") && before.contains("/verifikasi/\(new.token)"))
        let after = try await portal.client().get("/verifikasi/\(new.token)").text
        #expect(after.contains("menggantikan surat") && after.contains(old.numberText))
    }

    /// A dispute may be about the letter that was replaced: its file stays for the office, as it was issued.
    @Test func earlierLettersAreFetchedByTheirOfficeAlone() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let old = try Self.letter(portal, reference)
        let budi = try await portal.client(DemoWorld.budi)
        let issued = try await budi.get("/petugas/permohonan/\(reference)/surat.pdf").bytes
        let started = try await Self.act(budi, reference, "penggantian", ["alasan": Self.reason])
        try #require(started.status == 303)
        try await Self.recommendAndSign(portal, reference)
        let new = try Self.letter(portal, reference)
        #expect(try await budi.get("/petugas/permohonan/\(reference)/surat.pdf").bytes != issued)
        let oldPath = "/petugas/permohonan/\(reference)/surat/\(old.id)"
        let newPath = "/petugas/permohonan/\(reference)/surat/\(new.id)"
        for page in ["/petugas/permohonan/\(reference)/surat", "/petugas/agenda"] {
            let text = try await budi.get(page).text
            #expect(text.contains("href=\"\(oldPath)\"") && text.contains("href=\"\(newPath)\""), "\(page)")
        }
        let file = try await budi.get(oldPath)
        #expect(file.status == 200 && file.bytes == issued)
        #expect(file.headers["content-disposition"]?.contains("000.9-0001-BRIDA-2026.pdf") == true)
        #expect(try await portal.client(DemoWorld.ratna).get(newPath).status == 200)
        let other = try portal.reference(.submitted)
        for path in [
            "/petugas/permohonan/\(other)/surat/\(old.id)", "/petugas/permohonan/\(reference)/surat/999",
            "/petugas/permohonan/\(reference)/surat/x",
        ] {
            #expect(try await budi.get(path).status == 404, "\(path)")
        }
        #expect(try await portal.client(DemoWorld.siti).get(oldPath).status == 403)
        // Looking at a letter hands it over to nobody.
        #expect(try portal.site.store.letter(token: new.token).life.handedOverAt == nil)
    }

    @Test func aHolderExtends() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let old = try Self.letter(portal, reference)
        var siti = try await portal.client(DemoWorld.siti)
        #expect(try await !siti.get("/permohonan/\(reference)").text.contains("/perpanjangan"))
        #expect(try await siti.get("/permohonan/\(reference)/perpanjangan").status == 409)
        portal.pass(seconds: Moment(old.validUntil.adding(days: -10), hour: 9).seconds - TestPortal.start.seconds)
        siti = try await portal.client(DemoWorld.siti)
        #expect(try await siti.get("/permohonan/\(reference)").text.contains("/permohonan/\(reference)/perpanjangan"))
        let form = try await siti.get("/permohonan/\(reference)/perpanjangan")
        let path = "/permohonan/\(reference)/perpanjangan"
        let wrong = try await siti.post(path, ["csrf": form.csrf, "lama": "99", "alasan": "Data belum lengkap"])
        #expect(
            wrong.status == 422 && wrong.text.contains("Data belum lengkap") && wrong.text.contains("dari 1 sampai 12"))
        let asked = ["csrf": form.csrf, "lama": "2", "alasan": "Data belum lengkap"]
        let begun = try await siti.post(path, asked)
        #expect(begun.status == 303 && begun.location?.hasSuffix("/periksa") == true)
        #expect(try await siti.post(path, asked).location == begun.location, "a double click")
        let check = try await siti.get(try #require(begun.location))
        #expect(check.text.contains("Kirim permohonan") && !check.text.contains("Yang masih kurang"))
        let draft = try #require(begun.location?.split(separator: "/").dropFirst().first.map(String.init))
        let sent = try await siti.post("/permohonan/\(draft)/pengajuan", ["csrf": check.csrf, "pernyataan": "1"])
        #expect(sent.status == 303)
        let budi = try await portal.client(DemoWorld.budi)
        let review = try await budi.get("/petugas/permohonan/\(draft)").text
        #expect(review.contains("untuk memperpanjang surat \(old.numberText)") && review.contains("Data belum lengkap"))
        try await Self.recommendAndSign(portal, draft)
        let new = try Self.letter(portal, draft)
        #expect(new.validUntil == old.validUntil.adding(days: 1).adding(months: 2).adding(days: -1))
        let before = try await portal.client().get("/verifikasi/\(old.token)").text
        #expect(before.contains("asli dan berlaku") && before.contains("/verifikasi/\(new.token)"))
        #expect(
            try await siti.get("/permohonan/\(reference)").text.contains("diperpanjang dengan surat \(new.numberText)"))
    }
}
