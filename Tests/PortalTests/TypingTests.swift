import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// What pages send by themselves while somebody fills them in.
@Suite struct TypingTests {
    /// A new draft of Siti's and the page of one of its sections.
    struct Open {
        let portal: TestPortal
        let siti: Client
        let base: String
        let page: Client.Reply
        let key: String

        init(_ key: String = "penelitian", portal: TestPortal? = nil, by person: DemoWorld.Person = DemoWorld.siti)
            async throws
        {
            let portal = try portal ?? TestPortal()
            let siti = try await portal.client(person)
            let csrf = try await siti.get("/akun").csrf
            let begun = try #require(try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf]).location)
            let who = [
                "csrf": csrf, "jenis_pemohon": "Mahasiswa", "pelaksana": "Saya sendiri",
                "kewarganegaraan": "Warga negara Indonesia",
            ]
            let first = "\(begun.prefix("/permohonan/XXXX-XXXX".count))/isian/pemohon"
            try #require(try await siti.post(first, who).status == 303)
            self.portal = portal
            self.siti = siti
            self.key = key
            base = String(begun.prefix("/permohonan/XXXX-XXXX".count))
            page = try await siti.get("\(base)/isian/\(key)")
        }

        /// What the page's form carries besides what is typed.
        var carried: [String: String] {
            [
                "csrf": page.csrf, "draf.versi": page.value(of: "draf.versi") ?? "",
                "draf.halaman": page.value(of: "draf.halaman") ?? "",
            ]
        }

        func type(_ typed: [String: String], _ sequence: Int = 1) async throws -> Client.Reply {
            let fields = carried.merging(typed) { $1 }.merging(["draf.urutan": "\(sequence)"]) { $1 }
            return try await siti.post("\(base)/isian/\(key)/ketikan", fields)
        }

        func application() throws -> Application {
            try portal.application(base.dropFirst("/permohonan/".count), as: DemoWorld.siti)
        }
    }

    @Test func whatIsTypedIsKeptRightOrNot() async throws {
        let open = try await Open()
        let reply = try await open.type(["judul": "Pengaruh penataan parkir", "lama": "tiga <b>"])
        #expect(reply.status == 200 && reply.text == #"{"at":"09.00","state":"kept"}"#)
        #expect(reply.headers["content-type"] == "application/json" && reply.headers["cache-control"] == "no-store")
        #expect(try open.application().answers["judul"] == "Pengaruh penataan parkir")
        #expect(try open.application().answers["lama"] == nil)
        let again = try await open.siti.get("\(open.base)/isian/penelitian").text
        #expect(again.contains("value=\"tiga &lt;b&gt;\"") && again.contains("Pengaruh penataan parkir</textarea>"))
        #expect(again.contains("Terakhir disimpan 17 November 2026 pukul 09.00"))
        // The check shows what stands there, and says what is wrong with it.
        let check = try await open.siti.get("\(open.base)/periksa").text
        #expect(check.contains("tiga &lt;b&gt;") && check.contains("dengan angka saja"))
    }

    @Test func onlyItsOwnerTypesIntoADraftAndOnlyFromAPage() async throws {
        let open = try await Open()
        let joko = try await open.portal.client(DemoWorld.joko)
        let csrf = try await joko.get("/akun").csrf
        let path = "\(open.base)/isian/penelitian/ketikan"
        let fields = open.carried.merging(["judul": "Punya orang", "draf.urutan": "1"]) { $1 }
        #expect(try await joko.post(path, fields.merging(["csrf": csrf]) { $1 }).status == 404)
        #expect(try await open.portal.client().post(path, fields).status == 403)
        #expect(try await open.siti.post(path, fields.merging(["csrf": "x"]) { $1 }).status == 403)
        for name in ["draf.versi", "draf.halaman", "draf.urutan"] {
            #expect(try await open.siti.post(path, fields.merging([name: ""]) { $1 }).status == 404, "\(name)")
        }
        #expect(try await open.siti.post("\(open.base)/isian/asing/ketikan", fields).status == 404)
        #expect(try open.application().answers["judul"] == nil)
        #expect(try await open.siti.post(path, fields).status == 200)
        let sent = try open.portal.reference(.submitted)
        let closed = try await open.siti.post("/permohonan/\(sent)/isian/penelitian/ketikan", fields)
        #expect(closed.status == 409 && closed.headers["content-type"]?.hasPrefix("text/html") == true)
    }

    @Test func aStormOfMessagesIsToldToWait() async throws {
        let open = try await Open()
        var last = try await open.type(["lama": "1"], 1)
        for number in 2...130 where last.status == 200 { last = try await open.type(["lama": "1"], number) }
        #expect(last.status == 429 && last.headers["retry-after"] == "1")
        open.portal.pass(seconds: 2)
        #expect(try await open.type(["lama": "2"], 200).status == 200)
    }

    @Test func aSecondDeviceIsNamedAndNothingIsLost() async throws {
        let laptop = try await Open()
        let phone = try await Open(portal: laptop.portal)
        #expect(phone.base == laptop.base, "one draft of a kind")
        #expect(try await phone.type(["judul": "Judul dari ponsel saya"]).status == 200)
        let late = try await laptop.type(["judul": "Judul dari laptop"])
        #expect(late.status == 409 && late.text == #"{"state":"elsewhere"}"#)
        #expect(try laptop.application().answers["judul"] == "Judul dari ponsel saya")
        // Whoever presses the button sees both sides before anything is written over.
        let path = "\(laptop.base)/isian/penelitian"
        let typed = ["judul": "Judul dari laptop", "lokasi": "Kantor Camat", "lama": "3", "then": "next"]
        let asked = try await laptop.siti.post(path, laptop.carried.merging(typed) { $1 })
        #expect(asked.status == 409 && asked.text.contains("Judul dari laptop</textarea>"))
        #expect(asked.text.contains("sudah diubah di perangkat atau tab lain"))
        #expect(try laptop.application().answers["judul"] == "Judul dari ponsel saya")
        let fresh = [
            "csrf": asked.csrf, "draf.versi": asked.value(of: "draf.versi") ?? "",
            "draf.halaman": asked.value(of: "draf.halaman") ?? "",
        ]
        #expect(try await laptop.siti.post(path, fresh.merging(typed) { $1 }).status == 303)
        #expect(try laptop.application().answers["judul"] == "Judul dari laptop")
    }

    /// Nothing is typed twice because the language was chosen in the middle, with or without a script.
    @Test func theLanguageButtonOfAFormKeepsItsTyping() async throws {
        let open = try await Open()
        #expect(open.page.text.contains("name=\"isian.bahasa\" form=\"isian\" value=\"en\""))
        let typed = ["judul": "Pengaruh penataan parkir", "lama": "tiga", "isian.bahasa": "en"]
        let reply = try await open.siti.post(
            "\(open.base)/isian/penelitian", open.carried.merging(typed) { $1 })
        #expect(reply.status == 303 && reply.location == "\(open.base)/isian/penelitian")
        let page = try await open.siti.get("\(open.base)/isian/penelitian").text
        #expect(page.contains("<html lang=\"en\">") && page.contains("value=\"tiga\""))
        #expect(page.contains("Pengaruh penataan parkir</textarea>"))
    }

    /// A row is added when its button is pressed; what stands in the inputs until then is there again.
    @Test func rowsInTheMakingAreKept() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let group = try #require(try await siti.post("/permohonan", ["slug": "kkn", "csrf": csrf]).location)
        let leader = [
            "csrf": csrf, "jenis_pemohon": "Mahasiswa (ketua kelompok)", "kewarganegaraan": "Warga negara Indonesia",
        ]
        try #require(try await siti.post(group, leader).status == 303)
        let rows = group.replacing("/isian/pemohon", with: "/daftar/peserta")
        let list = group.replacing("/isian/pemohon", with: "/isian/peserta")
        let table = ["csrf": csrf, "tempel": "Siti\t190501021\nRahmat\t19", "then": "import"]
        try #require(try await siti.post(rows, table, files: []).status == 303)
        func leave(_ typed: [String: String], on page: Client.Reply, _ sequence: Int) async throws -> Int {
            let carried = [
                "csrf": csrf, "draf.versi": page.value(of: "draf.versi") ?? "", "draf.urutan": "\(sequence)",
                "draf.halaman": page.value(of: "draf.halaman") ?? "", "hapus": "1-x",
            ]
            return try await siti.post("\(rows)/ketikan", carried.merging(typed) { $1 }).status
        }
        let first = try await siti.get(list)
        let stamp = try #require(first.value(of: "b2.cap"))
        let typed = ["b2.cap": stamp, "b2.nama": "Rahmat", "b2.nim": "1905", "baru.nama": "Mar"]
        #expect(try await leave(typed, on: first, 1) == 200)
        let second = try await siti.get(list)
        #expect(second.value(of: "b2.nim") == "1905" && second.value(of: "baru.nama") == "Mar")
        #expect(second.text.contains("2 baris"), "nothing is added or removed by it")
        // Nor is it forgotten: it is named before anything is sent.
        let check = group.replacing("/isian/pemohon", with: "/periksa")
        #expect(try await siti.get(check).text.contains("belum masuk daftar"))
        // Sent, they are rows, and the inputs are free for the next.
        let mended = typed.merging(["csrf": csrf, "b2.nim": "190501022", "baru.nim": "190501023"]) { $1 }
        try #require(try await siti.post(rows, mended, files: []).status == 303)
        let third = try await siti.get(list)
        #expect(third.value(of: "baru.nama") == "" && third.text.contains("3 baris"))
        #expect(try await !siti.get(check).text.contains("belum masuk daftar"))
        #expect(try await leave(["baru.nama": "Terlambat"], on: second, 2) == 409)
        // A row that has become another does not take what was meant for the one before it.
        #expect(try await leave(["b1.cap": "lain", "b1.nama": "Salah"], on: third, 1) == 200)
        #expect(try await !siti.get("\(list)?baris=1").text.contains("Salah"))
    }

    @Test func theLanguageButtonKeepsRowsAndCorrections() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let group = try #require(try await siti.post("/permohonan", ["slug": "kkn", "csrf": csrf]).location)
        let rows = group.replacing("/isian/pemohon", with: "/daftar/peserta")
        let leader = [
            "csrf": csrf, "jenis_pemohon": "Mahasiswa (ketua kelompok)", "kewarganegaraan": "Warga negara Indonesia",
        ]
        try #require(try await siti.post(group, leader).status == 303)
        let turned = try await siti.post(
            rows, ["csrf": csrf, "baru.nama": "Rahmat", "baru.nim": "x", "isian.bahasa": "en"], files: [])
        #expect(turned.status == 303)
        let list = try await siti.get(try #require(turned.location)).text
        #expect(
            list.contains("<html lang=\"en\">") && list.contains("value=\"Rahmat\"") && list.contains("value=\"x\""))

        let path = "/permohonan/\(try portal.reference(.needsCorrection))/perbaikan"
        let before = try portal.application(try portal.reference(.needsCorrection), as: DemoWorld.budi)
        let field = try #require(before.keysToMend.first { before.type.field($0) != nil } ?? before.keysToMend.first)
        let reply = try await siti.post(
            path, ["csrf": csrf, field: "Setengah jadi", "isian.bahasa": "id"], files: [])
        #expect(reply.status == 303 && reply.location == path)
        if before.type.field(field) != nil {
            #expect(try await siti.get(path).text.contains("Setengah jadi"))
        }
        #expect(try portal.application(try portal.reference(.needsCorrection), as: DemoWorld.budi) == before)
    }
}

/// Each file by itself, as the script sends it.
@Suite struct SingleUploadTests {
    @Test func aFileIsKeptAndDescribed() async throws {
        let open = try await TypingTests.Open()
        func send(_ key: String, _ name: String, _ content: Data) async throws -> Client.Reply {
            try await open.siti.post(
                "\(open.base)/unggahan/\(key)", ["csrf": open.page.csrf], files: [(key, name, content)])
        }
        let good = try await send("surat_pengantar", "surat.pdf", JourneyTests.pdf)
        #expect(good.status == 200 && good.text.contains("surat.pdf</a> (55 byte, 1 halaman)"), "\(good.text)")
        let bad = try await send("ktp", "ktp.docx", Data("PK\u{3}\u{4}".utf8) + Data(count: 26) + Data("word/".utf8))
        #expect(bad.status == 422 && bad.text.contains("id=\"f-ktp-error\""))
        // The one before stands as it did.
        #expect(bad.text.contains("surat.pdf</a>"))
        #expect(try open.application().attachments.map(\.requirement) == ["surat_pengantar"])
        #expect(try await send("asing", "x.pdf", JourneyTests.pdf).status == 404)
        let again = try await send("surat_pengantar", "lain.pdf", JourneyTests.pdf + Data("%%EOF\n".utf8))
        #expect(again.status == 200 && again.text.contains("lain.pdf</a>") && !again.text.contains("surat.pdf</a>"))
    }

    @Test func nobodyElsesAndNothingThatIsClosed() async throws {
        let open = try await TypingTests.Open()
        let joko = try await open.portal.client(DemoWorld.joko)
        let csrf = try await joko.get("/akun").csrf
        let files = [("ktp", "k.pdf", JourneyTests.pdf)]
        #expect(try await joko.post("\(open.base)/unggahan/ktp", ["csrf": csrf], files: files).status == 404)
        #expect(try await open.portal.client().post("\(open.base)/unggahan/ktp", [:], files: files).status == 403)
        for state in [ApplicationState.submitted, .issued] {
            let path = "/permohonan/\(try open.portal.reference(state))/unggahan/ktp"
            #expect(try await open.siti.post(path, ["csrf": open.page.csrf], files: files).status == 409)
        }
    }

    @Test func aCorrectedFileGoesUpByItselfToo() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.needsCorrection)
        let before = try portal.application(reference, as: DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        for requirement in before.type.papers(for: before.answers).map(\.key) {
            let reply = try await siti.post(
                "/permohonan/\(reference)/unggahan/\(requirement)", ["csrf": csrf],
                files: [(requirement, "baru.pdf", JourneyTests.pdf)])
            #expect(reply.status == (before.isOpen(requirement) ? 200 : 409), "\(requirement)")
        }
        #expect(try portal.application(reference, as: DemoWorld.siti).state == .needsCorrection)
    }
}

/// Pressed twice, done once.
@Suite struct DoubleClickTests {
    @Test func everySendButtonOfADraft() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        func twice(_ path: String, _ fields: [String: String]) async throws -> [String?] {
            async let first = siti.post(path, fields.merging(["csrf": csrf]) { $1 })
            async let second = siti.post(path, fields.merging(["csrf": csrf]) { $1 })
            let replies = try await [first, second]
            #expect(replies.map(\.status) == [303, 303], "\(path)")
            return replies.map(\.location)
        }
        let begun = try await twice("/permohonan", ["slug": "penelitian"])
        #expect(begun[0] == begun[1])
        let path = try #require(begun[0])
        let page = try await siti.get(path)
        let who = [
            "draf.versi": page.value(of: "draf.versi") ?? "", "draf.halaman": page.value(of: "draf.halaman") ?? "",
            "jenis_pemohon": "Mahasiswa", "pelaksana": "Saya sendiri", "kewarganegaraan": "Warga negara Indonesia",
            "then": "next",
        ]
        let saved = try await twice(path, who)
        #expect(saved[0] == saved[1])
        let reference = String(path.dropFirst("/permohonan/".count).prefix(9))
        let withdrawn = try await twice("/permohonan/\(reference)/penarikan", [:])
        #expect(withdrawn[0] == withdrawn[1])
        let events = try portal.site.store.timeline(
            portal.application(reference, as: DemoWorld.siti).reference, visibleTo: portal.viewer(DemoWorld.siti))
        #expect(events.map(\.kind) == [.created, .withdrawn])
    }

    @Test func correctionsAndWhatComesAfterALetter() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let mend = try portal.reference(.needsCorrection)
        let before = try portal.application(mend, as: DemoWorld.siti)
        let files = before.keysToMend.filter { before.type.requirement($0) != nil }.map {
            ($0, "baru.pdf", JourneyTests.pdf)
        }
        var fields = ["csrf": csrf]
        for key in before.keysToMend where before.type.field(key) != nil {
            fields[key] = "Judul yang sudah lengkap sekarang"
        }
        let path = "/permohonan/\(mend)/perbaikan"
        let first = try await siti.post(path, fields, files: files)
        let second = try await siti.post(path, fields, files: files)
        #expect(first.status == 303 && second.status == 303)
        let events = try portal.site.store.timeline(before.reference, visibleTo: portal.viewer(DemoWorld.siti))
        #expect(events.count { $0.kind == .resubmitted } == 1)
    }
}

/// Drafts that rest: the list says until when, a mail says so in time.
@Suite struct RestingDraftTests {
    @Test func theListAndTheMailSayWhen() async throws {
        let open = try await TypingTests.Open()
        let portal = open.portal
        #expect(try await open.siti.get("/permohonan").text.contains("draf ini dihapus pada 17 Desember 2026"))
        portal.pass(seconds: 24 * 86_400)
        let siti = try await portal.client(DemoWorld.siti)
        // Told a day late, she still has her week.
        #expect(try await siti.get("/permohonan").text.contains("dihapus pada 18 Desember 2026"))
        portal.jobs.runHourly()
        portal.jobs.runOnce()
        let reference = open.base.dropFirst("/permohonan/".count)
        let mail = try #require(portal.mails.to(DemoWorld.siti.email).last)
        #expect(mail.subject == "Draf \(reference) akan dihapus pada Jumat, 18 Desember 2026")
        #expect(mail.body.contains("http://127.0.0.1\(open.base)"))
        #expect(try await siti.get("/permohonan").text.contains("dihapus pada 18 Desember 2026"))
        portal.pass(seconds: 7 * 86_400)
        portal.jobs.runHourly()
        let later = try await portal.client(DemoWorld.siti)
        #expect(try await !later.get("/permohonan").text.contains(reference))
        let page = try await later.get(open.base)
        #expect(page.status == 200 && page.text.contains("Draf dihapus karena lama tidak dilanjutkan"))
    }

    @Test func inTheReadersLanguageAndOnlyWhileItHolds() async throws {
        let open = try await TypingTests.Open()
        let portal = open.portal
        try portal.site.store.setLanguage(.english, of: portal.viewer(DemoWorld.siti).account)
        portal.pass(seconds: 23 * 86_400)
        portal.jobs.runHourly()
        portal.jobs.runOnce()
        let subject = "Draft \(open.base.dropFirst("/permohonan/".count)) will be deleted on"
        let told = portal.mails.to(DemoWorld.siti.email).map(\.subject).filter { $0.hasPrefix(subject) }
        #expect(told == ["\(subject) Thursday 17 December 2026"])
        // Touched, rested again, and touched once more before the mail went out.
        for days in [1, 23] as [Int64] {
            portal.pass(seconds: days * 86_400)
            if days == 23 { portal.jobs.runHourly() }
            _ = try portal.site.store.saveSection(
                ["lama": "\(days)"], in: "penelitian", of: open.application().reference,
                by: portal.viewer(DemoWorld.siti), from: nil, at: portal.site.now())
        }
        portal.jobs.runOnce()
        #expect(portal.mails.to(DemoWorld.siti.email).count { $0.subject.hasPrefix(subject) } == 1)
    }
}
