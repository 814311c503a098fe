import Foundation
import Permits
import Store
import Testing

@testable import Portal

/// Pages and mails about what people of one institution do together.
@Suite struct ColleaguePageTests {
    /// Siti and Joko in one institution, and a draft of Siti's for it with a paper of Joko's.
    private static func shared(_ portal: TestPortal, _ siti: Client) async throws -> Reference {
        let store = portal.site.store
        let now = portal.site.now()
        try store.activate(portal.viewer(DemoWorld.joko).account, by: portal.viewer(DemoWorld.dewi), at: now)
        let owner = try portal.viewer(DemoWorld.siti)
        let member = try portal.viewer(DemoWorld.joko)
        let profile = try InstitutionProfile(name: "CV Contoh", kind: "company", address: "Jl. C", head: "Ani")
        let id = try store.createInstitution(profile, by: owner, at: now)
        try store.invite(DemoWorld.joko.email, to: id, by: owner, at: now)
        let message = try #require(
            try store.waitingMessages(at: now, limit: 500).last { $0.kind == .invitation })
        let token = [UInt8](repeating: 6, count: 32)
        #expect(try store.addInvitationToken(token, for: try #require(message.payload.invitation)))
        _ = try store.acceptInvitation(token: token, by: member, at: now)
        let reference = try #require(Reference(try await JourneyTests.filledDraft(portal, siti)))
        try store.file(reference, for: id, by: owner, at: now)
        let paper = try portal.site.vault.keep(Array("%PDF-joko".utf8))
        try store.attach(
            paper, scanned: FileScan(kind: .pdf, pages: 1, scanner: "test", scannedAt: now), named: "ktp-joko.pdf",
            for: "ktp", to: reference, by: member, at: now)
        return reference
    }

    private static func submit(_ reference: Reference, _ portal: TestPortal) throws {
        let siti = try portal.viewer(DemoWorld.siti)
        try portal.site.store.change(reference, by: siti, origin: "-") { application, _ in
            try application.submit(by: siti, stating: true, at: portal.site.now())
        }
    }

    @Test func theOfferNamesWhatOthersGaveAndTellsThem() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await Self.shared(portal, siti)
        let page = try await siti.get("/permohonan/\(reference)/pengalihan")
        for part in ["CV Contoh", "KTP, dari \(DemoWorld.joko.name)", "lembaga kehilangan permohonan ini"] {
            #expect(page.text.contains(part), "\(part)")
        }
        let offer = try await siti.post(
            "/permohonan/\(reference)/pengalihan", ["surel": "tiurma@contoh.id", "csrf": page.csrf])
        #expect(offer.status == 303)
        #expect(page.text.contains("bergantung pada penerimanya"))
        #expect(
            try await siti.get("/permohonan/\(reference)").text.contains("ditawarkan kepada tiurma@contoh.id, sampai"))
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.joko.email).last)
        #expect(mail.subject.contains("ditawarkan ke luar lembaga"))
        #expect(mail.body.contains("\(DemoWorld.siti.name) menawarkan permohonan"))
    }

    /// Nobody takes a colleague's application for their own.
    @Test func whoseItIsStandsInTheListAndBeforeTheEnd() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await Self.shared(portal, siti)
        let joko = try await portal.client(DemoWorld.joko)
        let whose = "Atas nama CV Contoh, diajukan \(DemoWorld.siti.name)"
        #expect(try await joko.get("/permohonan").text.contains(whose))
        let own = try await siti.get("/permohonan").text
        #expect(own.contains("Atas nama CV Contoh") && !own.contains(whose))
        let draft = try await joko.get("/permohonan/\(reference)/penarikan").text
        #expect(draft.contains(whose) && draft.contains("kami kabari") && !draft.contains("Alasan membatalkan"))
        try Self.submit(reference, portal)
        let sent = try await joko.get("/permohonan/\(reference)/penarikan").text
        #expect(sent.contains(whose) && sent.contains("Alasan membatalkan"))
        #expect(try await !siti.get("/permohonan/\(reference)/penarikan").text.contains("diajukan"))
    }

    @Test func aMemberIsToldThatAnOwnerMustGiveItAway() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await Self.shared(portal, siti)
        let store = portal.site.store
        let now = portal.site.now()
        let owner = try portal.viewer(DemoWorld.siti)
        // It becomes Joko's, and stays the institution's.
        try store.offerTransfer(of: reference, to: DemoWorld.joko.email, by: owner, at: now)
        let offer = try #require(try store.openTransfer(of: reference, by: owner, at: now))
        let token = [UInt8](repeating: 8, count: 32)
        #expect(try store.addTransferToken(token, for: offer.id))
        _ = try store.acceptTransfer(token: token, by: portal.viewer(DemoWorld.joko), origin: "-", at: now)
        #expect(try await siti.get("/permohonan/\(reference)").status == 200)
        portal.jobs.runOnce()
        let told = try #require(portal.mails.to(DemoWorld.siti.email).last { $0.subject.contains("sudah dialihkan") })
        #expect(told.body.contains("diterima oleh \(DemoWorld.joko.name)") && told.body.contains("tetap dapat"))
        let joko = try await portal.client(DemoWorld.joko)
        let page = try await joko.get("/permohonan/\(reference)/pengalihan")
        #expect(page.text.contains("hanya pengelola dapat mengalihkannya"))
        let reply = try await joko.post(
            "/permohonan/\(reference)/pengalihan", ["surel": "tiurma@contoh.id", "csrf": page.csrf])
        #expect(reply.status == 422 && reply.text.contains("bukan milik anggota CV Contoh"))
        #expect(reply.text.contains("value=\"tiurma@contoh.id\""))
    }

    @Test func sentencesNameWhoWithdrew() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let joko = try await portal.client(DemoWorld.joko)
        let reference = try await Self.shared(portal, siti)
        try Self.submit(reference, portal)
        let page = try await joko.get("/permohonan/\(reference)")
        let reply = try await joko.post("/permohonan/\(reference)/penarikan", ["csrf": page.csrf])
        #expect(reply.status == 303)
        for path in ["/permohonan", "/permohonan/\(reference)"] {
            let own = try await siti.get(path).text
            #expect(own.contains("\(DemoWorld.joko.name) membatalkan permohonan ini."), "\(path)")
            #expect(!own.contains("Anda membatalkan permohonan ini."), "\(path)")
            #expect(try await joko.get(path).text.contains("Anda membatalkan permohonan ini."), "\(path)")
        }
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.siti.email).last)
        #expect(mail.body.contains("\(DemoWorld.joko.name) membatalkan permohonan"))
    }

    /// Of an application that the reader may not see any more, what they gave is still theirs to open and to follow.
    @Test func ownPapersAreFollowedWhereverTheyLie() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let joko = try await portal.client(DemoWorld.joko)
        let reference = try await Self.shared(portal, siti)
        try Self.submit(reference, portal)
        let paper = try #require(
            try portal.application(String(describing: reference), as: DemoWorld.joko).attachment(for: "ktp"))
        let path = "/permohonan/\(reference)/berkas/\(paper.id)"
        #expect(try await siti.get(path).status == 200)
        let before = try await joko.get("/akun/pembukaan-berkas").text
        #expect(before.contains(DemoWorld.siti.name) && before.contains("href=\"/permohonan/\(reference)\""))
        #expect(
            try await joko.get("/permohonan/\(reference)").text.contains("/permohonan/\(reference)/pembukaan-berkas"))
        let id = try #require(
            try portal.site.store.institution(of: reference, visibleTo: portal.viewer(DemoWorld.siti))
        ).id
        try portal.site.store.endMembership(
            of: portal.viewer(DemoWorld.joko).account, in: id, by: portal.viewer(DemoWorld.siti),
            at: portal.site.now())
        let after = try await joko.get("/akun/pembukaan-berkas").text
        #expect(after.contains("\(reference)") && !after.contains("href=\"/permohonan/\(reference)\""))
        // What the next draft offers links to it.
        #expect(try await joko.get(path).status == 200)
        #expect(try await joko.get("/permohonan/\(reference)").status == 404)
    }

    @Test func aDeletionSaysWhatBecomesOfSharedWorkAndTellsTheColleagues() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await Self.shared(portal, siti)
        try Self.submit(reference, portal)
        let page = try await siti.get("/akun/data").text
        for part in ["seorang pengelola lembaga itu menjadi pemohonnya", "yang pernah Anda alihkan"] {
            #expect(page.contains(part), "\(part)")
        }
        try portal.site.store.write(
            MessageDraft(text: "Rahasia Siti", isQuestion: false, files: [], token: "a"), about: reference,
            by: portal.viewer(DemoWorld.siti), origin: "-", at: portal.site.now())
        try portal.site.store.requestDeletion(of: portal.viewer(DemoWorld.siti), at: portal.site.now())
        portal.pass(seconds: 7 * 86_400)
        portal.jobs.runOnce()
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.joko.email).last { $0.subject.contains("\(reference)") })
        #expect(mail.subject == "Anda sekarang pemohon permohonan \(reference)")
        let joko = try await portal.client(DemoWorld.joko)
        let status = try await joko.get("/permohonan/\(reference)").text
        #expect(status.contains("/permohonan/\(reference)/penarikan") && status.contains("Rahasia Siti"))
    }
}
