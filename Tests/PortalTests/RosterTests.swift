import Foundation
import HTTPServer
import Permits
import Store
import Testing

@testable import Portal

/// The rows of a group over HTTP: nothing that was typed, pasted or sent is lost.
@Suite struct RosterTests {
    /// A KKN draft of Siti's at its roster.
    struct Draft {
        let portal: TestPortal
        let siti: Client
        let csrf: String
        let reference: String

        init(over transport: Client.Transport = .direct) async throws {
            portal = try TestPortal()
            siti = try await portal.client(DemoWorld.siti, over: transport)
            csrf = try await siti.get("/akun").csrf
            let begun = try await siti.post("/permohonan", ["slug": "kkn", "csrf": csrf])
            reference = String(try #require(begun.location?.split(separator: "/").dropFirst().first))
        }

        func page(_ query: String = "") async throws -> Client.Reply {
            try await siti.get("/permohonan/\(reference)/isian/peserta\(query)")
        }

        func send(_ fields: [String: String], file: Data? = nil, from page: String = "") async throws -> Client.Reply {
            try await siti.post(
                "/permohonan/\(reference)/daftar/peserta\(page)", fields.merging(["csrf": csrf]) { $1 },
                files: file.map { [("daftar", "peserta.csv", $0)] } ?? [])
        }

        func rows() throws -> [GroupRows.Row] {
            let answers = try portal.application(reference, as: DemoWorld.siti).answers
            return GroupRows(stored: answers["peserta"] ?? "")?.rows ?? []
        }

        func names() throws -> [String] { try rows().map { $0.cells["nama"] ?? "" } }

        /// What the page sends along for a row that stands open on it.
        func stamp(_ number: Int) throws -> String { try rows()[number - 1].fingerprint }
    }

    static func table(_ count: Int, bad: [Int: String] = [:]) -> String {
        (1...count).map { bad[$0] ?? "Peserta \($0)\t\(190_000_000 + $0)\tGizi\t08123456789" }.joined(separator: "\n")
    }

    @Test func rowsAreTypedOneByOne() async throws {
        let draft = try await Draft()
        #expect(try await draft.page().text.contains("0 baris"))
        let typed = ["baru.nama": "Siti Aminah", "baru.nim": "190501023", "then": "add"]
        #expect(try await draft.send(typed).status == 303)
        #expect(try await draft.send(typed).status == 303, "a double click")
        #expect(try draft.names() == ["Siti Aminah"])
        // Wrong, and kept all the same.
        #expect(try await draft.send(["baru.nama": "Rahmat", "baru.nim": "1", "baru.telepon": "x"]).status == 303)
        let page = try await draft.page().text
        #expect(page.contains("1 perlu dibetulkan") && page.contains("Tulis NIM 5 sampai 20"))
        #expect(page.contains("name=\"b2.telepon\" value=\"x\""))
        let early = try await draft.send(["then": "next"])
        #expect(early.status == 422 && early.text.contains("Baris 2: "))
        let mended = ["b2.cap": try draft.stamp(2), "b2.nama": "Rahmat", "b2.nim": "190501024", "then": "next"]
        let next = try await draft.send(mended)
        #expect(next.status == 303 && next.location?.hasSuffix("/isian/kegiatan") == true)
        #expect(try draft.names() == ["Siti Aminah", "Rahmat"])
    }

    @Test func aRosterOf500KeepsWhatIsRightAndShowsWhatIsNot() async throws {
        let draft = try await Draft()
        let bad = [17: "Tanpa NIM", 250: "Kolom\t190777777\tGizi\t08123456789\tlebih", 499: "\t190778888\t<b>Gizi</b>"]
        #expect(try await draft.send(["tempel": Self.table(500, bad: bad), "then": "import"]).status == 303)
        #expect(try draft.rows().count == 500 && draft.rows().count { $0.line == nil } == 497)
        let reply = try await draft.page()
        for text in [">Baris 17<", ">Baris 250<", ">Baris 499<", "Kolom\t190777777", "seharusnya 4"] {
            #expect(reply.text.contains(text), "\(text)")
        }
        #expect(reply.text.contains("&lt;b&gt;Gizi") && !reply.text.contains("<b>Gizi"))
        #expect(reply.text.contains("500 baris") && reply.text.contains("3 perlu dibetulkan"))
        // One page of the list and the rows to mend, not five hundred rows of inputs.
        #expect(reply.bytes.count < 30_000, "\(reply.bytes.count)")
        var fields = ["then": "stay"]
        for (number, name) in [(17, "Maria"), (250, "Kolom"), (499, "Fajar")] {
            fields["b\(number).cap"] = try draft.stamp(number)
            fields["b\(number).nama"] = name
            fields["b\(number).nim"] = "19077\(number)"
            fields["b\(number).telepon"] = "0812 3456 789"
        }
        #expect(try await draft.send(fields).status == 303)
        #expect(try await draft.send(fields).status == 303, "a double click")
        #expect(try draft.rows().count == 500 && draft.rows().allSatisfy { $0.line == nil && $0.source == nil })
        #expect(try await draft.page("?halaman=25").text.contains("Peserta 500"))
        #expect(try await draft.send(["then": "next"]).status == 303)
    }

    @Test func filesOfSpreadsheetsAreRead() async throws {
        let draft = try await Draft()
        let csv =
            Data("No;Nama Mahasiswa;NIM;Program studi\r\n1;\"Ren".utf8) + Data([0xE9])
            + Data(", S.Pd.\";190501023;Gizi\r\n2;Rahmat;190501024;\r\n".utf8)
        #expect(try await draft.send(["then": "import"], file: csv).status == 303)
        #expect(try draft.names() == ["René, S.Pd.", "Rahmat"])
        #expect(try await draft.send(["then": "import"], file: csv).status == 303, "a double click")
        #expect(try draft.names().count == 2)
        let workbook = Data([0x50, 0x4B, 3, 4, 0, 0, 8, 0])
        let refused = try await draft.send(["tempel": "Siti\t190501025", "baru.nama": "Maria"], file: workbook)
        #expect(refused.status == 422 && refused.text.contains("bukan CSV"))
        // Nothing was taken, so everything stands there again.
        #expect(refused.text.contains("Siti\t190501025") && refused.text.contains("value=\"Maria\""))
        let replaced = ["tempel": "Maria\t190501026\nJoko\t190501027", "ganti": "1"]
        #expect(try await draft.send(replaced).status == 303)
        #expect(try draft.names() == ["Maria", "Joko"])
    }

    /// Every cell comes under its own question, whatever stands before it and however its column is called.
    @Test(arguments: [
        "No;Nama lengkap;NIM atau nomor induk;Program studi atau jurusan;Nomor ponsel",
        "#;NAMA;NPM;Prodi;No. HP", "No. Urut;Nama Mahasiswa;N.I.M.;Jurusan;WA", "Nr;Name;NIS;PRODI;Telp.",
        "No.;Nama Peserta;No. Induk;Program Studi;No. HP 1",
    ])
    func everyCellComesUnderItsQuestion(head: String) async throws {
        let draft = try await Draft()
        let csv = "\(head)\r\n1;Siti Aminah;190501023;Gizi;0812 3456 789\r\n2;Rahmat;190501024;Hukum;'08123456780\r\n"
        #expect(try await draft.send(["then": "import"], file: Data(csv.utf8)).status == 303)
        let cells = try draft.rows().map { row in
            ["nama", "nim", "program_studi", "telepon"].map { row.cells[$0] ?? "" }
        }
        #expect(
            cells == [
                ["Siti Aminah", "190501023", "Gizi", "628123456789"], ["Rahmat", "190501024", "Hukum", "628123456780"],
            ])
    }

    @Test func columnsThatNobodyAskedForAreTold() async throws {
        let draft = try await Draft()
        let table = "No\tNama\tNIM\t<b>Alamat</b>\tSurel\n1\tSiti\t190501023\tJalan Mawar\tsiti@contoh.id"
        // Whoever wants to go on is told first, and goes on with the next click.
        for then in ["import", "next"] {
            let reply = try await draft.send(["tempel": "\(table)\n2\tRahmat\t190501024", "ganti": "1", "then": then])
            #expect(reply.status == 200)
            #expect(reply.text.contains("&lt;b&gt;Alamat&lt;/b&gt;, Surel") && !reply.text.contains("<b>Alamat"))
        }
        #expect(try draft.names() == ["Siti", "Rahmat"])
        #expect(try await !draft.page().text.contains("Tidak dimasukkan"), "said once")
        #expect(try await draft.send(["then": "next"]).location?.hasSuffix("/isian/kegiatan") == true)
    }

    /// The summary names rows as the page does, not the lines of the file.
    @Test func rowsHaveOneNumber() async throws {
        let draft = try await Draft()
        #expect(try await draft.send(["tempel": "Nama\tNIM\n\nSiti\tx\nRahmat\t190501024"]).status == 303)
        let reply = try await draft.send(["then": "next"])
        #expect(reply.status == 422 && reply.text.contains(">Baris 1: ") && reply.text.contains(">Baris 1<"))
        #expect(!reply.text.contains("baris 3") && !reply.text.contains("Baris 3"))
    }

    @Test func fewWrongRowsStandOpenAtATime() async throws {
        let draft = try await Draft()
        let table = (1...20).map { "Peserta \($0)\tx" }.joined(separator: "\n")
        #expect(try await draft.send(["tempel": table]).status == 303)
        let page = try await draft.page().text
        #expect(page.contains("name=\"b3.nim\"") && !page.contains("name=\"b4.nim\""))
        #expect(page.contains("Masih ada 17 baris lagi"))
    }

    /// The applicant is offered as the first row, and comes in once.
    @Test func theApplicantIsOfferedFirst() async throws {
        let draft = try await Draft()
        func answer(_ section: String, _ fields: [String: String]) async throws {
            let reply = try await draft.siti.post(
                "/permohonan/\(draft.reference)/isian/\(section)", fields.merging(["csrf": draft.csrf]) { $1 })
            #expect(reply.status == 303)
        }
        #expect(!(try await draft.page().text.contains("value=\"Siti Aminah Lubis\"")))
        let who = ["jenis_pemohon": "Mahasiswa (ketua kelompok)", "kewarganegaraan": "Warga negara Indonesia"]
        try await answer("pemohon", who.merging(["then": "next"]) { $1 })
        try await answer(
            "penanggung", ["nama": DemoWorld.siti.name, "nim": "190501023", "then": "stay"])
        let page = try await draft.page().text
        #expect(page.contains("name=\"baru.nama\" value=\"\(DemoWorld.siti.name)\""))
        #expect(page.contains("name=\"baru.nim\" value=\"190501023\""))
        let offered = ["baru.nama": DemoWorld.siti.name, "baru.nim": "190501023"]
        let table = offered.merging(["tempel": Self.table(2), "then": "import"]) { $1 }
        for _ in 1...2 { #expect(try await draft.send(table).status == 303) }
        #expect(try draft.names() == [DemoWorld.siti.name, "Peserta 1", "Peserta 2"])
        // Who is in the table already is not taken twice.
        let own = "Siti A. Lubis\t190501023\tGizi\nRahmat\t190501024\tGizi"
        let replaced = offered.merging(["tempel": own, "ganti": "1", "then": "import"]) { $1 }
        for _ in 1...2 { #expect(try await draft.send(replaced).status == 303) }
        #expect(try draft.names() == ["Siti A. Lubis", "Rahmat"])
        #expect(!(try await draft.page().text.contains("value=\"\(DemoWorld.siti.name)\"")))
        // Whoever is missing in the end is asked about.
        #expect(try await draft.send(["hapus": "1-\(try draft.stamp(1))"]).status == 303)
        let check = try await draft.siti.get("/permohonan/\(draft.reference)/periksa").text
        #expect(check.contains("\(DemoWorld.siti.name) tidak ada dalam daftar ini"))
    }

    @Test func anImportSaysWhatItRead() async throws {
        let draft = try await Draft()
        let read = try await draft.send([
            "tempel": "Nama;NIM;Prodi;HP\n\(Self.table(3).replacing("\t", with: ";"))", "then": "import",
        ])
        #expect(read.status == 303)
        #expect(try await draft.page().text.contains("3 baris terbaca. Daftar sekarang 3 baris."))
        for fields in [
            ["tempel": "Nama;NIM", "ganti": "1", "then": "import"], ["then": "import"], ["ganti": "1", "then": "next"],
            ["tempel": "Nama;NIM", "then": "next"],
        ] {
            let reply = try await draft.send(fields)
            #expect(reply.status == 422 && reply.text.contains("Tidak ada baris yang terbaca"), "\(fields)")
            #expect(reply.text.contains("<details class=\"import\" open>"))
        }
        #expect(try await draft.send(["then": "import"], file: Data("\n\n".utf8)).status == 422)
        let pdf = Data("%PDF-1.4\n1 0 obj\nendobj\n2 0 obj\nendobj\n".utf8)
        let refused = try await draft.send(["ganti": "1", "then": "import"], file: pdf)
        #expect(refused.status == 422 && refused.text.contains("bukan CSV"))
        #expect(try draft.names().count == 3)
    }

    @Test func tooManyRowsAreNotTaken() async throws {
        let draft = try await Draft()
        #expect(try await draft.send(["tempel": Self.table(2)]).status == 303)
        let reply = try await draft.send(["tempel": Self.table(500)])
        #expect(reply.status == 422 && reply.text.contains("paling banyak 500") && reply.text.contains("Peserta 500"))
        #expect(try draft.rows().count == 2)
    }

    @Test func aRowThatMovedIsNotOverwritten() async throws {
        let draft = try await Draft()
        #expect(try await draft.send(["tempel": Self.table(3)]).status == 303)
        let second = try draft.stamp(2)
        let edit = ["b2.cap": second, "b2.nama": "Budi", "b2.nim": "190009999"]
        // In another window the first row goes, and goes once.
        let removal = ["hapus": "1-\(try draft.stamp(1))"]
        #expect(try await draft.send(removal).status == 303)
        #expect(try await draft.send(removal).status == 303)
        #expect(try draft.names() == ["Peserta 2", "Peserta 3"])
        let late = try await draft.send(edit)
        #expect(late.status == 409 && late.text.contains("jendela lain"))
        #expect(try draft.names() == ["Peserta 2", "Peserta 3"])
    }

    @Test func severalRowsAreRemovedAtOnceAndOnce() throws {
        let file = URL(fileURLWithPath: "\(root)/migrations/start/letter-types/kkn.json")
        let type = try JSONDecoder().decode(LetterType.self, from: Data(contentsOf: file))
        let field = try #require(type.field("peserta"))
        let before = GroupRows(stored: #"[{"nama":"A"},{"nama":"B"},{"nama":"C"},{"nama":"D"}]"#) ?? GroupRows()
        let removal = [0, 2].map { (name: "hapus", value: "\($0 + 1)-\(before.rows[$0].fingerprint)") }
        let edit = [(name: "b4.cap", value: before.rows[3].fingerprint), (name: "b4.nama", value: "E")]
        let edits = RosterEdits(field: field, form: FormFields(removal + edit))
        let after = try edits.applied(to: before)
        #expect(after.rows.map { $0.cells["nama"] } == ["B", "E"])
        #expect(try edits.applied(to: after).rows.map { $0.cells["nama"] } == ["B", "E"])
        let hostile = ["hapus", "b.cap", "b0.cap", "b-1.cap", "b99999999999999999999.cap", "b9.cap", "bx.cap"].map {
            (name: $0, value: "0-")
        }
        #expect(try RosterEdits(field: field, form: FormFields(hostile)).applied(to: before) == before)
    }

    @Test func oneRowIsOpenedForEditing() async throws {
        let draft = try await Draft()
        #expect(try await draft.send(["tempel": Self.table(60)]).status == 303)
        let page = try await draft.page("?halaman=3&baris=55").text
        #expect(page.contains("name=\"b55.nama\" value=\"Peserta 55\"") && !page.contains("name=\"b54.nama\""))
        #expect(page.contains("Peserta 60") && !page.contains("Peserta 40<"))
        for query in ["?baris=0", "?baris=61", "?baris=-3&halaman=x", "?halaman=99999999999999999999"] {
            #expect(try await draft.page(query).status == 200)
        }
    }

    @Test func whatBecameOfARowIsSaidWhereItHappened() async throws {
        let draft = try await Draft()
        func lands(_ fields: [String: String], from page: String = "") async throws -> (String, String) {
            let reply = try await draft.send(fields, from: page)
            let path = try #require(reply.location)
            return (path, try await draft.siti.get(String(path.split(separator: "#")[0])).text)
        }
        let (added, list) = try await lands(["baru.nama": "Siti", "baru.nim": "190501023", "then": "add"])
        #expect(added.hasSuffix("?halaman=1#tambah") && list.contains("sekarang 1 baris"))
        #expect(!list.contains("id=\"problems\""))
        // The next look at the page says nothing of it.
        #expect(try await !draft.page().text.contains("sekarang 1 baris"))
        let (wrong, page) = try await lands(["baru.nama": "Rahmat", "baru.nim": "1", "then": "add"])
        #expect(wrong.hasSuffix("?halaman=1") && page.contains("class=\"notice warn\""))
        #expect(page.contains("2 baris, 1 perlu dibetulkan") && page.contains("<title>Ada isian"))
        #expect(page.contains("<li><a href=\"#f-b2-nim\">Baris 2: "))
        // The one before is still wrong, and this one is not.
        let (right, _) = try await lands(["baru.nama": "Maria", "baru.nim": "190501025", "then": "add"])
        #expect(right.hasSuffix("#tambah"))
        let empty = try await draft.send(["then": "add"])
        #expect(empty.status == 422 && empty.text.contains("href=\"#f-baru-nama\""))
        let (imported, told) = try await lands(["tempel": Self.table(60, bad: [7: "Tanpa NIM"]), "then": "import"])
        #expect(imported.hasSuffix("?halaman=1") && told.contains("63 baris, 2 perlu dibetulkan"))
        let (removed, rest) = try await lands(["hapus": "45-\(try draft.stamp(45))"], from: "?halaman=3")
        #expect(removed.hasSuffix("?halaman=3#daftar") && rest.contains("sekarang 62 baris"))
        #expect(rest.contains("action=\"/permohonan/\(draft.reference)/daftar/peserta?halaman=3\""))
    }

    /// A session that ends while a long list is pasted: it waits until its owner is back.
    @Test func anEndedSessionLosesNoPaste() async throws {
        let draft = try await Draft(over: .sockets)
        draft.portal.pass(seconds: Store.sessionIdleSeconds + 1)
        let path = "/permohonan/\(draft.reference)/daftar/peserta"
        let typed = [
            "tempel": Self.table(500), "baru.nama": "Maria \"Uma\"", "baru.nim": "190509999", "then": "import",
        ]
        let held = try await draft.send(typed)
        #expect(held.status == 403 && held.text.contains("Peserta 500"))
        #expect(held.text.contains("name=\"held.baru.nama\" value=\"Maria &quot;Uma&quot;\""))
        #expect(try draft.rows().isEmpty)
        var logIn = ["surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": held.csrf]
        logIn["held_action"] = path
        for (name, value) in typed { logIn["held.\(name)"] = value }
        let resumed = try await draft.siti.post("/masuk", logIn)
        // Too long to be saved at once: the page stands there again with all of it.
        #expect(resumed.status == 422 && resumed.text.contains("action=\"\(path)\""))
        #expect(resumed.text.contains("sekarang 501") && resumed.text.contains("Peserta 500"))
        let fitting = typed.merging(["csrf": resumed.csrf, "tempel": Self.table(499)]) { $1 }
        #expect(try await draft.siti.post(path, fitting).status == 303)
        #expect(try draft.names().suffix(2) == ["Peserta 499", "Maria \"Uma\""])
    }

    @Test func onlyTheOwnDraftIsOpen() async throws {
        let draft = try await Draft()
        let joko = try await draft.portal.client(DemoWorld.joko, over: .direct)
        let csrf = try await joko.get("/akun").csrf
        let path = "/permohonan/\(draft.reference)/daftar/peserta"
        #expect(try await joko.post(path, ["csrf": csrf, "tempel": "x\t123456"], files: []).status == 404)
        let wrong = "/permohonan/\(draft.reference)/daftar/pemohon"
        #expect(try await draft.siti.post(wrong, ["csrf": draft.csrf], files: []).status == 404)
        #expect(try await draft.siti.get(path).location?.hasSuffix("/isian/peserta") == true)
    }

    @Test func officersReadAllOfIt() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let type = try portal.site.store.publishedLetterType(slug: "kkn", at: TestPortal.start).type
        let reference = try await CatalogueTests.apply(type, as: [:], siti, portal)
        let budi = try await portal.client(DemoWorld.budi, over: .direct)
        let review = try await budi.get("/petugas/permohonan/\(reference)").text
        #expect(review.contains("1. Siti Aminah Lubis, 1905010") && review.contains("3. Maria Simbolon"))
        // Returned, it is mended in the same way.
        let returned = try await budi.post(
            "/petugas/permohonan/\(reference)/keputusan",
            [
                "csrf": try await budi.get("/akun").csrf,
                "revision": "\(try portal.application(reference, as: DemoWorld.budi).revision)",
                "keputusan": "return", "verdict.peserta": "return", "reason.peserta": "Kurang satu orang",
            ])
        #expect(returned.status == 303)
        let path = "/permohonan/\(reference)/perbaikan"
        let rows = "\(path)/daftar/peserta"
        let form = try await siti.get(rows)
        #expect(form.text.contains("Maria Simbolon") && form.text.contains("Kurang satu orang"))
        let table = "Nama\tNIM\tAlamat\nSiti Aminah\t190501010\tJalan Mawar\nRahmat\t190501011\t\nFajar\tx\t"
        let paste = ["csrf": form.csrf, "tempel": table, "ganti": "1", "then": "import"]
        let narrowed = try await siti.post(rows, paste, files: [])
        #expect(narrowed.status == 200 && narrowed.text.contains("Alamat") && !narrowed.text.contains("Jalan Mawar"))
        #expect(narrowed.text.contains("name=\"b3.nim\" value=\"x\""))
        let early = try await siti.post(path, ["csrf": form.csrf], files: [])
        #expect(early.status == 422 && early.text.contains("baris 3"))
        let good = table.replacing("\tx", with: "\t190501013")
        _ = try await siti.post(rows, paste.merging(["tempel": good]) { $1 }, files: [])
        #expect(try await siti.post(path, ["csrf": form.csrf], files: []).status == 303)
        #expect(try portal.application(reference, as: DemoWorld.siti).answers["peserta"]?.contains("Fajar") == true)
    }
}
