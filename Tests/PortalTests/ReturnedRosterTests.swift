import Foundation
import Permits
import Store
import Testing

@testable import Portal

/// The rows of a group that an officer returned: the same page as in a draft, and nothing judged is changed before all of
/// it is handed in.
@Suite struct ReturnedRosterTests {
    struct Returned {
        let portal: TestPortal
        let siti: Client
        let budi: Client
        let csrf: String
        let reference: String
        let before: String

        static let reason = "NIM peserta tidak cocok dengan surat kampus."

        var corrections: String { "/permohonan/\(reference)/perbaikan" }
        var path: String { "\(corrections)/daftar/peserta" }

        init(also keys: [String] = []) async throws {
            portal = try TestPortal()
            siti = try await portal.client(DemoWorld.siti, over: .direct)
            budi = try await portal.client(DemoWorld.budi, over: .direct)
            let type = try portal.site.store.publishedLetterType(slug: "kkn", at: TestPortal.start).type
            reference = try await CatalogueTests.apply(type, as: [:], siti, portal)
            csrf = try await siti.get("/akun").csrf
            before = try portal.application(reference, as: DemoWorld.siti).answers["peserta"] ?? ""
            let review = try await budi.get("/petugas/permohonan/\(reference)")
            var fields = ["csrf": review.csrf, "keputusan": "return", "revision": review.value(of: "revision") ?? ""]
            for key in ["peserta"] + keys {
                fields["verdict.\(key)"] = "return"
                fields["reason.\(key)"] = Self.reason
            }
            let reply = try await budi.post("/petugas/permohonan/\(reference)/keputusan", fields)
            try #require(reply.status == 303 && !before.isEmpty, "\(reply.status)")
        }

        func application() throws -> Application { try portal.application(reference, as: DemoWorld.siti) }

        func rows() throws -> [GroupRows.Row] {
            let application = try application()
            return application.rows(of: try #require(application.type.field("peserta"))).rows
        }

        func send(_ fields: [String: String], file: Data? = nil) async throws -> Client.Reply {
            try await siti.post(
                path, fields.merging(["csrf": csrf]) { $1 }, files: file.map { [("daftar", "peserta.csv", $0)] } ?? [])
        }

        func handIn(_ fields: [String: String] = [:]) async throws -> Client.Reply {
            try await siti.post(corrections, fields.merging(["csrf": csrf]) { $1 }, files: [])
        }
    }

    @Test func fiveHundredRowsAreMendedAndHandedIn() async throws {
        let returned = try await Returned()
        let siti = returned.siti
        let page = try await siti.get(returned.corrections)
        #expect(
            page.text.contains("name=\"perbaikan.daftar\" value=\"peserta\"") && page.text.contains(Returned.reason))
        #expect(!page.text.contains("<textarea id=\"f-peserta\""))
        let opened = try await returned.handIn(["perbaikan.daftar": "peserta"])
        #expect(opened.status == 303 && opened.location == returned.path)
        #expect(try await siti.get(returned.path).text.contains(Returned.reason))
        let bad = [17: "Tanpa NIM", 250: "Kolom\t190777777\tGizi\t08123456789\tlebih", 499: "\t190778888\t<b>Gizi</b>"]
        let table = RosterTests.table(500, bad: bad)
        #expect(try await returned.send(["tempel": table, "ganti": "1", "then": "import"]).status == 303)
        #expect(
            try await returned.send(["tempel": table, "ganti": "1", "then": "import"]).status == 303, "a double click")
        #expect(try returned.rows().count == 500 && returned.rows().count { $0.line == nil } == 497)
        #expect(try returned.application().answers["peserta"] == returned.before, "judged answers stay")
        let list = try await siti.get(returned.path)
        for text in [">Baris 17<", ">Baris 250<", ">Baris 499<", "seharusnya 4", Returned.reason, "3 perlu dibetulkan"]
        {
            #expect(list.text.contains(text), "\(text)")
        }
        #expect(list.text.contains("action=\"\(returned.path)\"") && !list.text.contains("<b>Gizi"))
        #expect(list.bytes.count < 30_000, "\(list.bytes.count)")
        #expect(try await siti.get(returned.corrections).text.contains("500 baris (paling banyak 500), 3 perlu"))
        // Neither the rows nor the whole lead on as long as something is wrong.
        let early = try await returned.send(["then": "next"])
        #expect(early.status == 422 && early.text.contains("Baris 17: "))
        let refused = try await returned.handIn()
        #expect(refused.status == 422 && refused.text.contains("href=\"#f-peserta\""))
        #expect(try returned.rows().count == 500)
        var fields = ["then": "stay"]
        for number in bad.keys {
            fields["b\(number).cap"] = try returned.rows()[number - 1].fingerprint
            fields["b\(number).nama"] = "Peserta \(number)"
            fields["b\(number).nim"] = "19077\(number)"
        }
        #expect(try await returned.send(fields).status == 303)
        #expect(try await siti.get("\(returned.path)?halaman=25").text.contains("Peserta 500"))
        let open = try await siti.get("\(returned.path)?halaman=3&baris=55").text
        #expect(open.contains("name=\"b55.nama\" value=\"Peserta 55\""))
        let gone = try await returned.send(["hapus": "500-\(returned.rows()[499].fingerprint)"])
        #expect(gone.status == 303 && gone.location?.hasSuffix("#daftar") == true)
        let on = try await returned.send(["then": "next"])
        #expect(on.location == "\(returned.corrections)?bagian=peserta")
        #expect(try await returned.handIn().status == 303)
        let sent = try returned.application()
        #expect(sent.state == .submitted && GroupRows(stored: sent.answers["peserta"] ?? "")?.rows.count == 499)
        // Old and new side by side, for the office and for the applicant.
        let review = try await returned.budi.get("/petugas/permohonan/\(returned.reference)").text
        let old = try #require(GroupRows(stored: returned.before)?.rows.first?.cells["nama"])
        #expect(review.contains(old) && review.contains("Peserta 250") && review.contains(Returned.reason))
        let status = try await siti.get("/permohonan/\(returned.reference)").text
        #expect(status.contains(old) && status.contains("Peserta 250"))
        #expect(try await siti.get(returned.path).location == "/permohonan/\(returned.reference)")
        #expect(try await returned.send(["then": "next"]).status == 409)
    }

    /// What stands in the other inputs goes along when the list is opened, and is there afterwards; rows do not get lost
    /// when another part is saved.
    @Test func openingTheListLosesNothing() async throws {
        let returned = try await Returned(also: ["tema"])
        let typed = ["tema": "Tema yang baru saja diketik", "benar.peserta": "Sudah dicocokkan."]
        let opened = try await returned.handIn(typed.merging(["perbaikan.daftar": "peserta"]) { $1 })
        #expect(opened.location == returned.path)
        #expect(try await returned.send(["baru.nama": "Maria", "baru.nim": "190501099", "then": "add"]).status == 303)
        let page = try await returned.siti.get(returned.corrections).text
        #expect(page.contains("Tema yang baru saja diketik") && page.contains("Sudah dicocokkan."))
        let typing = ["draf.versi": "2", "draf.halaman": "lain", "draf.urutan": "1", "csrf": returned.csrf]
        let later = typed.merging(["tema": "Tema lain lagi"]) { $1 }.merging(typing) { $1 }
        _ = try await returned.siti.post("\(returned.corrections)/ketikan", later)
        #expect(try await returned.handIn(["tema": "x", "isian.bahasa": "id"]).status == 303)
        #expect(try returned.rows().last?.cells["nama"] == "Maria")
        #expect(try await returned.handIn(["tema": "Tema yang benar", "benar.peserta": ""]).status == 303)
        let sent = try returned.application()
        #expect(sent.answers["tema"] == "Tema yang benar" && sent.answers["peserta"]?.contains("Maria") == true)
    }

    /// A row that was typed and is in no list yet keeps the whole from being handed in.
    @Test func aRowThatIsOnlyTypedIsNotLost() async throws {
        let returned = try await Returned()
        let page = try await returned.siti.get(returned.path)
        var fields = ["csrf": returned.csrf, "draf.urutan": "1", "baru.nama": "Maria \"Uma\""]
        for name in ["draf.versi", "draf.halaman"] { fields[name] = page.value(of: name) ?? "" }
        #expect(try await returned.siti.post("\(returned.path)/ketikan", fields).status == 200)
        #expect(try await returned.siti.get(returned.path).text.contains("value=\"Maria &quot;Uma&quot;\""))
        let refused = try await returned.handIn(["benar.peserta": "Daftarnya sudah benar."])
        #expect(refused.status == 422 && refused.text.contains("belum masuk daftar"))
        #expect(try await returned.send(["baru.nama": "", "then": "stay"]).status == 303)
        #expect(try await returned.handIn(["benar.peserta": "Daftarnya sudah benar."]).status == 303)
        let sent = try returned.application()
        #expect(sent.state == .submitted && sent.answers["peserta"] == returned.before)
    }

    @Test func onlyReturnedListsAreOpen() async throws {
        let returned = try await Returned(also: ["tema"])
        for key in ["tema", "nama", "x", "*peserta"] {
            let path = "\(returned.corrections)/daftar/\(key)"
            #expect(try await returned.siti.get(path).status == 404, "\(key)")
            #expect(try await returned.siti.post(path, ["csrf": returned.csrf], files: []).status == 404, "\(key)")
        }
        let joko = try await returned.portal.client(DemoWorld.joko, over: .direct)
        #expect(try await joko.get(returned.path).status == 404)
        let turned = try await returned.send(["baru.nama": "Maria", "isian.bahasa": "en"])
        #expect(turned.status == 303 && turned.location == returned.path)
        #expect(try returned.rows().last?.cells["nama"] == "Maria")
        let other = try await RosterTests.Draft()
        #expect(
            try await other.siti.get("/permohonan/\(other.reference)/perbaikan/daftar/peserta").location
                == "/permohonan/\(other.reference)")
    }
}
