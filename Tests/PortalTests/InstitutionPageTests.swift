import Foundation
import Permits
import Store
import Testing

@testable import Portal

@Suite struct InstitutionPageTests {
    @Test func twoPeopleApplyForOneInstitution() async throws {
        let portal = try TestPortal()
        try portal.site.store.activate(
            portal.viewer(DemoWorld.joko).account, by: portal.viewer(DemoWorld.dewi), at: portal.site.now())
        let siti = try await portal.client(DemoWorld.siti)
        let joko = try await portal.client(DemoWorld.joko)
        let csrf = try await siti.get("/akun/lembaga/baru").csrf
        let bad = try await siti.post("/akun/lembaga/baru", ["nama": "Yayasan <X>", "csrf": csrf])
        #expect(bad.status == 422 && bad.text.contains("value=\"Yayasan &lt;X&gt;\""))
        #expect(bad.text.contains("Isi alamat lembaga") && bad.text.contains("Pilih jenis lembaga"))
        let made = try await siti.post(
            "/akun/lembaga/baru",
            [
                "nama": "Yayasan Contoh", "jenis": "organisation", "alamat": "Jl. A 1", "pimpinan": "Ibu Ani",
                "csrf": csrf,
            ])
        let path = try #require(made.location)
        #expect(try await joko.get(path).status == 404)
        let typo = try await siti.post("\(path)/undangan", ["surel": "joko@", "csrf": csrf])
        #expect(typo.status == 422 && typo.text.contains("value=\"joko@\""))
        #expect(try await siti.post("\(path)/undangan", ["surel": DemoWorld.joko.email, "csrf": csrf]).status == 303)
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.joko.email).last)
        let line = try #require(mail.body.split(whereSeparator: \.isNewline).first { $0.contains("/undangan/") })
        let link = String(line.dropFirst("http://127.0.0.1".count))
        #expect(try await siti.get(link).status == 404)
        let page = try await joko.get(link)
        #expect(page.status == 200 && page.text.contains("Yayasan Contoh"))
        #expect(try await joko.post(link, ["csrf": page.csrf]).location == path)

        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        // Members are asked first.
        let question = try #require(begun.location)
        let reference = try #require(question.split(separator: "/").dropFirst().first.map(String.init))
        #expect(question == "/permohonan/\(reference)/lembaga")
        let section = "/permohonan/\(reference)/isian/pemohon"
        let own = try await siti.get("/permohonan/\(reference)/periksa").text
        #expect(own.contains("<dt>Atas nama</dt><dd>Saya sendiri</dd>") && own.contains("href=\"\(question)\""))
        #expect(try await joko.get(section).status == 404)
        let choice = try await siti.get("/permohonan/\(reference)/lembaga")
        #expect(choice.text.contains("Yayasan Contoh") && choice.text.contains("Atas nama sendiri"))
        let id = try #require(path.split(separator: "/").last.map(String.init))
        let foreign = try await siti.post("/permohonan/\(reference)/lembaga", ["atas_nama": "999", "csrf": csrf])
        #expect(foreign.status == 404)
        #expect(try await siti.post(question, ["atas_nama": id, "csrf": csrf]).location == section)
        let check = try await siti.get("/permohonan/\(reference)/periksa").text
        #expect(check.contains("<dt>Atas nama</dt><dd>Yayasan Contoh</dd>") && check.contains("href=\"\(question)\""))
        let colleagues = try await joko.get("/permohonan/\(reference)/periksa").text
        #expect(colleagues.contains("<dd>Yayasan Contoh</dd>") && !colleagues.contains("href=\"\(question)\""))
        #expect(try await joko.get(section).status == 200)
        #expect(try await joko.get("/permohonan").text.contains(reference))
        let status = try await joko.get("/permohonan/\(reference)").text
        #expect(status.contains("Yayasan Contoh") && !status.contains("/pengalihan"))
        #expect(
            try portal.site.store.personalData(of: portal.viewer(DemoWorld.joko), at: portal.site.now())
                .memberships.map(\.institution) == ["Yayasan Contoh"])
        let account = try portal.viewer(DemoWorld.joko).account.value
        let ending = try await siti.get("\(path)/anggota/\(account)")
        #expect(ending.text.contains("Keluarkan \(DemoWorld.joko.name)?"))
        #expect(try await joko.get(section).status == 200, "asking ends nothing")
        #expect(try await siti.post("\(path)/anggota/\(account)", ["csrf": csrf]).location == path)
        #expect(try await joko.get(section).status == 404)
        #expect(try await siti.get("\(path)/anggota/\(account)").status == 404)
    }

    @Test func ownersChangeTheProfileTakeInvitationsBackAndMakeOthersOwners() async throws {
        let portal = try TestPortal()
        let store = portal.site.store
        let viewer = try portal.viewer(DemoWorld.siti)
        try store.activate(
            portal.viewer(DemoWorld.joko).account, by: portal.viewer(DemoWorld.dewi), at: portal.site.now())
        let id = try store.createInstitution(
            InstitutionProfile(name: "Yayasan Contoh", kind: "other", address: "Jl. A 1", head: "Ibu Ani"), by: viewer,
            at: portal.site.now())
        let path = "/akun/lembaga/\(id.value)"
        let siti = try await portal.client(DemoWorld.siti)
        let joko = try await portal.client(DemoWorld.joko)
        let form = try await siti.get("\(path)/profil")
        #expect(form.text.contains("value=\"Yayasan Contoh\"") && form.text.contains("value=\"other\" checked"))
        let empty = try await siti.post(
            "\(path)/profil", ["nama": "", "jenis": "other", "alamat": "Jl. B 2", "pimpinan": "X", "csrf": form.csrf])
        #expect(empty.status == 422 && empty.text.contains("value=\"Jl. B 2\""))
        let changed = try await siti.post(
            "\(path)/profil",
            ["nama": "Yayasan Baru", "jenis": "other", "alamat": "Jl. B 2", "pimpinan": "X", "csrf": form.csrf])
        #expect(changed.location == path)
        for email in ["tiurma@contoh.id", DemoWorld.joko.email] {
            _ = try await siti.post("\(path)/undangan", ["surel": email, "csrf": form.csrf])
        }
        let page = try await siti.get(path).text
        #expect(page.contains("Yayasan Baru") && page.contains("tiurma@contoh.id"))
        #expect(!page.contains("satu-satunya pengelola"), "nobody else is there to look after")
        let recalls = page.matches(of: /action="([^"]*\/pembatalan)"/).map { String($0.1) }
        #expect(recalls.count == 2)
        #expect(try await siti.post(try #require(recalls.last), ["csrf": form.csrf]).location == path)
        #expect(try await !siti.get(path).text.contains("tiurma@contoh.id"))

        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.joko.email).last { $0.body.contains("/undangan/") })
        #expect(mail.body.contains("Yth. Bapak/Ibu,\n") && !mail.body.contains(",,"))
        let line = try #require(mail.body.split(whereSeparator: \.isNewline).first { $0.contains("/undangan/") })
        let link = String(line.dropFirst("http://127.0.0.1".count))
        #expect(try await joko.post(link, ["csrf": try await joko.get(link).csrf]).location == path)
        let own = "\(path)/anggota/\(viewer.account.value)"
        let other = "\(path)/anggota/\(try portal.viewer(DemoWorld.joko).account.value)"
        #expect(try await siti.get(path).text.contains("satu-satunya pengelola"))
        #expect(try await siti.get(own).status == 409)
        for (address, status) in [("\(path)/profil", 403), ("\(other)/pengelola", 403), (own, 403), (other, 200)] {
            #expect(try await joko.get(address).status == status, "\(address)")
        }
        #expect(try await siti.get("\(other)/pengelola").text.contains("Jadikan \(DemoWorld.joko.name) pengelola?"))
        #expect(try await siti.post("\(other)/pengelola", ["csrf": form.csrf]).location == path)
        #expect(try await siti.post(own, ["csrf": form.csrf]).location == "/akun/lembaga")
        let last = try await joko.get(other)
        #expect(last.text.contains("lembaga ini ditutup"))
        #expect(try await joko.post(other, ["csrf": last.csrf]).location == "/akun/lembaga")
        #expect(try await joko.get(path).status == 404)
    }

    /// Anybody may register any name.
    @Test func officersReadThatTheApplicantSaysSo() async throws {
        let portal = try TestPortal()
        let viewer = try portal.viewer(DemoWorld.siti)
        let siti = try await portal.client(DemoWorld.siti)
        let draft = try await JourneyTests.filledDraft(portal, siti)
        let id = try portal.site.store.createInstitution(
            InstitutionProfile(name: "Universitas Palsu", kind: "campus", address: "Jl. A 1", head: "Ibu Ani"),
            by: viewer, at: portal.site.now())
        let reference = try #require(Reference(draft))
        try portal.site.store.file(reference, for: id, by: viewer, at: portal.site.now())
        try portal.site.store.change(reference, by: viewer, origin: "-") { application, _ in
            try application.submit(by: viewer, stating: true, at: portal.site.now())
        }
        let budi = try await portal.client(DemoWorld.budi)
        let page = try await budi.get("/petugas/permohonan/\(draft)").text
        #expect(page.contains("<dt>Atas nama (menurut pemohon, belum diperiksa)</dt><dd>Universitas Palsu</dd>"))
    }
}
