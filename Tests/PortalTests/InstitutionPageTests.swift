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
        let section = try #require(begun.location)
        let reference = try #require(section.split(separator: "/").dropFirst().first.map(String.init))
        #expect(try await joko.get(section).status == 404)
        let choice = try await siti.get("/permohonan/\(reference)/lembaga")
        #expect(choice.text.contains("Yayasan Contoh") && choice.text.contains("Atas nama sendiri"))
        let id = try #require(path.split(separator: "/").last.map(String.init))
        let foreign = try await siti.post("/permohonan/\(reference)/lembaga", ["atas_nama": "999", "csrf": csrf])
        #expect(foreign.status == 404)
        #expect(
            try await siti.post("/permohonan/\(reference)/lembaga", ["atas_nama": id, "csrf": csrf]).status == 303)
        #expect(try await joko.get(section).status == 200)
        #expect(try await joko.get("/permohonan").text.contains(reference))
        let status = try await joko.get("/permohonan/\(reference)").text
        #expect(status.contains("Yayasan Contoh") && !status.contains("/pengalihan"))
        #expect(
            try portal.site.store.personalData(of: portal.viewer(DemoWorld.joko), at: portal.site.now())
                .memberships.map(\.institution) == ["Yayasan Contoh"])
        let account = try portal.viewer(DemoWorld.joko).account.value
        let left = try await siti.post("\(path)/anggota", ["akun": "\(account)", "csrf": csrf])
        #expect(left.status == 303)
        #expect(try await joko.get(section).status == 404)
    }
}
