import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// A campus makes a link; a student opens it, with and without an account.
@Suite struct LinkedFormTests {
    static let campus = "Universitas Sumatera Utara"
    static let path = "/layanan/penelitian/ajukan?jenis_pemohon=Mahasiswa&lembaga=Universitas%20Sumatera%20Utara"

    @Test func aCampusMakesALink() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let form = try await client.get("/layanan/penelitian/tautan").text
        #expect(form.contains("name=\"lembaga\"") && !form.contains("name=\"nik\"") && !form.contains("name=\"nama\""))
        let made = try await client.get(
            "/layanan/penelitian/tautan?buat=1&judul=&jenis_pemohon=Mahasiswa&lembaga=Universitas+Sumatera+Utara")
        #expect(
            made.status == 200
                && made.text.contains("value=\"http://127.0.0.1\(Self.path.replacing("&", with: "&amp;"))\""))
        let wrong = try await client.get("/layanan/penelitian/tautan?buat=1&lama=99&lembaga=Kampus")
        #expect(wrong.status == 422 && wrong.text.contains("id=\"f-lama-error\"") && !wrong.text.contains("readonly"))
        #expect(try await client.get("/layanan/penelitian/tautan?buat=1").status == 422)
        let long = try await client.get(
            "/layanan/penelitian/tautan?buat=1&judul=\(String(repeating: "%C3%A9", count: 400))")
        #expect(long.status == 422 && long.text.contains("terlalu panjang untuk satu tautan"))
    }

    @Test func aCitizenBeginsWithWhatTheLinkBrings() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let opened = try await siti.get("\(Self.path)&nik=1271045203990009&lama=99")
        #expect(opened.text.contains("<dd>\(Self.campus)</dd>") && !opened.text.contains("<dd>1271"))
        #expect(!opened.text.contains("name=\"nik\""))
        #expect(opened.text.contains("<li>NIK</li>") && opened.text.contains("<li>Lama penelitian</li>"))
        #expect(opened.headers["x-robots-tag"] == "noindex")
        // Nothing is begun by opening it.
        let viewer = try portal.viewer(DemoWorld.siti)
        #expect(try portal.site.store.draft(slug: "penelitian", of: viewer.account) == nil)
        let begun = try await siti.post(
            "/layanan/penelitian/ajukan",
            [
                "csrf": opened.csrf, "lembaga": Self.campus, "jenis_pemohon": "Mahasiswa", "nama": "Orang Lain",
                "nik": "1271045203990009",
            ])
        let location = try #require(begun.location)
        let reference = try #require(location.split(separator: "/").dropFirst().first)
        let answers = try portal.application(reference, as: DemoWorld.siti).answers
        #expect(answers["lembaga"] == Self.campus && answers["jenis_pemohon"] == "Mahasiswa")
        #expect(answers["nama"] == DemoWorld.siti.name && answers["nik"] == "1271045203990001")
    }

    @Test func anUnfinishedDraftIsOfferedAndNotOverwritten() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let draft = try await JourneyTests.filledDraft(portal, siti)
        let before = try portal.application(draft, as: DemoWorld.siti).answers
        let path = "/layanan/penelitian/ajukan?lembaga=Kampus%20Lain&perihal_pengantar=Izin"
        let opened = try await siti.get(path)
        #expect(opened.text.contains(draft) && opened.text.contains("Isi hanya bagian draf yang masih kosong"))
        #expect(!opened.text.contains(">Ajukan permohonan</button>"))
        #expect(try portal.application(draft, as: DemoWorld.siti).answers == before)
        let filled = try await siti.post(
            "/layanan/penelitian/ajukan", ["csrf": opened.csrf, "lembaga": "Kampus Lain", "perihal_pengantar": "Izin"])
        #expect(filled.location?.contains(draft) == true)
        let after = try portal.application(draft, as: DemoWorld.siti).answers
        #expect(after["lembaga"] == before["lembaga"])
        #expect(after["perihal_pengantar"] == (before["perihal_pengantar"].flatMap { $0.isEmpty ? nil : $0 } ?? "Izin"))
    }

    /// Signing up takes another way than the address: mail, activation, log-in. The same browser keeps the link.
    @Test func whatALinkBringsSurvivesTheSignUp() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let opened = try await client.get(Self.path)
        #expect(opened.text.contains("/masuk?next=%2Flayanan%2Fpenelitian%2Fajukan%3Fjenis_pemohon"))
        let cookie = try #require(opened.headers["set-cookie"])
        #expect(cookie.contains("isian=\(Self.path);") && cookie.contains("HttpOnly; SameSite=Lax; Max-Age=172800"))
        let form = try await client.get("/daftar")
        let joined = try await client.post(
            "/daftar",
            [
                "csrf": form.csrf, "nama": "Tiurma", "surel": "tiurma@contoh.id", "telepon": "081362001234",
                "nik": "1271054503990123", "kata_sandi": "kopi gayo pagi hari",
            ])
        #expect(joined.status == 303)
        let logIn = try await client.get("/masuk")
        let entered = try await client.post(
            "/masuk", ["csrf": logIn.csrf, "surel": "tiurma@contoh.id", "kata_sandi": "kopi gayo pagi hari"])
        #expect(entered.location == Self.path)
        let page = try await client.get(Self.path)
        #expect(page.text.contains("<dd>\(Self.campus)</dd>") && page.text.contains(">Ajukan permohonan</button>"))
        // Once it was shown to them, it is not shown again.
        #expect(page.headers["set-cookie"]?.contains("isian=;") == true)
    }

    /// Whoever signs up from a service comes back to it once, as whom they chose.
    @Test func theChosenServiceSurvivesTheSignUp() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let service = "/layanan/magang?untuk=Siswa%20SMK%20atau%20SMA"
        let page = try await client.get(service).text
        let link = "/daftar?next=%2Flayanan%2Fmagang%3Funtuk%3DSiswa%2520SMK%2520atau%2520SMA"
        #expect(page.contains("href=\"\(link)\""))
        // Also from the log-in page, on the way to the same.
        #expect(try await client.get(link.replacing("/daftar", with: "/masuk")).text.contains("href=\"\(link)\""))
        let form = try await client.get(link)
        #expect(form.headers["set-cookie"]?.contains("isian=\(service);") == true)
        let joined = try await client.post(
            "/daftar",
            [
                "csrf": form.csrf, "nama": "Tiurma", "surel": "tiurma@contoh.id", "telepon": "081362001234",
                "nik": "1271054503990123", "kata_sandi": "kopi gayo pagi hari",
            ])
        #expect(joined.status == 303)
        func logIn() async throws -> String? {
            let logIn = try await client.get("/masuk")
            return try await client.post(
                "/masuk", ["csrf": logIn.csrf, "surel": "tiurma@contoh.id", "kata_sandi": "kopi gayo pagi hari"]
            ).location
        }
        #expect(try await logIn() == service)
        #expect(try await client.get(service).text.contains("name=\"untuk\" value=\"Siswa SMK atau SMA\""))
        let csrf = try await client.get("/akun").csrf
        _ = try await client.post("/keluar", ["csrf": csrf])
        #expect(try await logIn() == "/permohonan")
    }

    @Test(arguments: [
        "/akun", "//jahat.example/layanan/", "/layanan", "/layanan/x%3B%20Domain=contoh.id", "https://jahat.example",
        "/layanan/x%22", "/layanan/x%0D%0ASet-Cookie:a",
    ])
    func signingUpLeadsBackToServicesOnly(next: String) async throws {
        let portal = try TestPortal()
        let reply = try await portal.client(over: .direct).get("/daftar?next=\(next)")
        #expect(reply.status == 200 && reply.headers["set-cookie"]?.contains("isian=") != true)
    }

    @Test func aLinkWithoutAnswersPromisesNone() async throws {
        let page = try await TestPortal().client(over: .direct).get("/layanan/magang/ajukan").text
        #expect(page.contains("tidak membawa isian") && !page.contains("Isian ini tetap ada"))
    }

    @Test func aLinkHasItsLimits() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let long = try await client.get("/layanan/penelitian/ajukan?judul=\(String(repeating: "a", count: 1800))")
        #expect(
            long.status == 200 && long.text.contains("terlalu panjang") && !long.text.contains("<dl class=\"sum\">"))
        #expect(long.headers["set-cookie"]?.contains("isian=/layanan/penelitian/ajukan;") == true)
        #expect(try await client.get("/layanan/tidak-ada/ajukan?lembaga=x").status == 404)
        let marked = try await client.get("/layanan/penelitian/ajukan?lembaga=%3Cb%3E&lokasi=a%22%3Cimg%3E")
        #expect(marked.text.contains("<dd>&lt;b&gt;</dd>") && !marked.text.contains("<img>"))
        // An officer sees it and can begin nothing.
        let budi = try await portal.client(DemoWorld.budi, over: .direct)
        let seen = try await budi.get(Self.path)
        #expect(seen.status == 200 && !seen.text.contains(">Ajukan permohonan<"))
        #expect(try await budi.post("/layanan/penelitian/ajukan", ["csrf": seen.csrf]).status == 403)
    }
}
