import Foundation
import HTTPTypes
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Writing a message and uploading a report: what is typed and each file are kept before anything is sent.
@Suite struct WritingTests {
    /// Siti's page for a message about an application that waits.
    struct Open {
        let portal: TestPortal
        let siti: Client
        let reference: String
        let page: Client.Reply
        var path: String { "/permohonan/\(reference)/pesan" }

        init(portal: TestPortal? = nil, _ state: ApplicationState = .submitted) async throws {
            self.portal = try portal ?? TestPortal()
            siti = try await self.portal.client(DemoWorld.siti)
            reference = try self.portal.reference(state)
            page = try await siti.get("/permohonan/\(reference)/pesan")
        }

        func type(_ text: String, _ sequence: Int = 1) async throws -> Client.Reply {
            let fields = ConversationTests.fields(page, text).merging(["draf.urutan": "\(sequence)"]) { $1 }
            return try await siti.post("\(path)/ketikan", fields)
        }

        func upload(_ name: String, at place: String = "lampiran-1", _ content: Data = JourneyTests.pdf) async throws
            -> Client.Reply
        {
            try await siti.post("\(path)/unggahan/\(place)", ["csrf": page.csrf], files: [(place, name, content)])
        }

        func send(_ text: String, _ more: [String: String] = [:]) async throws -> Client.Reply {
            try await siti.post(path, ConversationTests.fields(page, text).merging(more) { $1 }, files: [])
        }
    }

    @Test func wordsAndFilesWaitUntilTheyAreSent() async throws {
        let open = try await Open()
        #expect(
            open.page.text.contains("<h1>Tulis pesan</h1>") && open.page.text.contains("data-typing=\"\(open.path)/"))
        #expect(open.page.text.contains("Jika 30 hari tidak diubah, pesan ini dihapus."))
        let reply = try await open.type("Awal <Desember>")
        #expect(reply.status == 200 && reply.text == #"{"at":"09.00","state":"kept"}"#)
        let kept = try await open.upload("jadwal baru.pdf")
        #expect(kept.status == 200 && kept.text.contains("jadwal baru.pdf</a> ("))
        #expect(kept.text.contains(", 1 halaman)"))
        let wrong = try await open.upload("hasil.exe", at: "lampiran-2", Data("MZ program".utf8))
        #expect(wrong.status == 422 && wrong.text.contains("id=\"f-lampiran-2-error\""))
        let again = try await open.siti.get(open.path)
        #expect(again.text.contains("Awal &lt;Desember&gt;</textarea>") && again.text.contains("jadwal baru.pdf"))
        let status = try await open.siti.get("/permohonan/\(open.reference)").text
        #expect(status.contains("Pesan belum terkirim") && !status.contains("Awal"))
        let file = try #require(again.text.firstMatch(of: /\/permohonan\/[A-Z0-9-]+\/belum-terkirim\/[0-9]+/)).output
        #expect(try await open.siti.get(String(file)).bytes == JourneyTests.pdf)
        for person in [DemoWorld.joko, DemoWorld.budi] {
            let other = try await open.portal.client(person)
            let status = try await other.get(String(file)).status
            #expect([403, 404].contains(status), "\(person.name)")
        }
        let review = try await open.portal.client(DemoWorld.budi).get("/petugas/permohonan/\(open.reference)").text
        #expect(!review.contains("Awal") && !review.contains("jadwal baru"))

        let sent = try await open.siti.post(open.path, ConversationTests.fields(again, "Awal <Desember>"), files: [])
        #expect(sent.status == 303 && sent.location == "/permohonan/\(open.reference)")
        let message = try #require(try ConversationTests.messages(open.portal, open.reference).first)
        #expect(message.text == "Awal <Desember>" && message.files.map(\.filename) == ["jadwal baru.pdf"])
        let after = try await open.siti.get(open.path).text
        #expect(!after.contains("id=\"f-lampiran-1-file\"") && after.contains("jadwal baru.pdf"), "sent above the form")
        #expect(try await !open.siti.get("/permohonan/\(open.reference)").text.contains("Pesan belum terkirim"))
    }

    /// Without a script: buttons that keep, replace and take away, and one that sends.
    @Test func buttonsDoTheSame() async throws {
        let open = try await Open()
        let files = [("lampiran-1", "a.pdf", JourneyTests.pdf), ("lampiran-3", "c.pdf", JourneyTests.pdf)]
        let stay = ConversationTests.fields(open.page, "Satu").merging(["then": "stay"]) { $1 }
        let kept = try await open.siti.post(open.path, stay, files: files)
        #expect(kept.status == 303 && kept.location == open.path)
        let page = try await open.siti.get(open.path)
        #expect(page.text.contains("Tersimpan, belum dikirim.") && page.text.contains("Satu</textarea>"))
        #expect(page.text.contains("<details class=\"help\" open>"), "what is kept is seen")
        let mark = try #require(page.value(of: "berkas"))
        let fields = ConversationTests.fields(page, "Satu, dua").merging(["remove": mark]) { $1 }
        let removed = try await open.siti.post(open.path, fields, files: [])
        #expect(removed.status == 303 && removed.location == "\(open.path)#f-lampiran-1")
        let last = try await open.siti.get(open.path)
        #expect(!last.text.contains("a.pdf") && last.text.contains("Satu, dua</textarea>"))
        // Chosen and sent at once, in the place of the one before.
        let send = ConversationTests.fields(last, "Satu, dua")
        let sent = try await open.siti.post(open.path, send, files: [("lampiran-3", "d.pdf", JourneyTests.pdf)])
        #expect(sent.status == 303 && sent.location == "/permohonan/\(open.reference)")
        let message = try #require(try ConversationTests.messages(open.portal, open.reference).first)
        #expect(message.files.map(\.filename) == ["d.pdf"])
    }

    @Test func anotherDeviceIsNamedAndNothingIsLost() async throws {
        let laptop = try await Open()
        let phone = try await Open(portal: laptop.portal)
        #expect(try await phone.type("Dari ponsel").status == 200)
        let late = try await laptop.type("Dari laptop")
        #expect(late.status == 409 && late.text == #"{"state":"elsewhere"}"#)
        let asked = try await laptop.send("Dari laptop")
        #expect(asked.status == 409 && asked.text.contains("Dari laptop</textarea>"))
        #expect(asked.text.contains("di perangkat atau tab lain"))
        #expect(try ConversationTests.messages(laptop.portal, laptop.reference).isEmpty)
        // A file that came elsewhere is seen before it is sent.
        #expect(try await phone.upload("ponsel.pdf").status == 200)
        let other = try await laptop.siti.post(
            laptop.path, ConversationTests.fields(asked, "Dari laptop").filter { $0.key != "berkas" }, files: [])
        #expect(other.status == 409 && other.text.contains("lampirannya sudah berubah"))
        #expect(other.text.contains("ponsel.pdf") && other.text.contains("Dari laptop</textarea>"))
        let sent = try await laptop.siti.post(laptop.path, ConversationTests.fields(other, "Dari laptop"), files: [])
        #expect(sent.status == 303)
        // The phone's page is older than the message: it can be sent, but not by mistake.
        #expect(try await phone.type("Dari ponsel", 2).status == 409)
        #expect(try ConversationTests.messages(laptop.portal, laptop.reference).map(\.text) == ["Dari laptop"])
    }

    /// Back to the page after it was sent, other words, sent again: no message is thrown away for its form's token.
    @Test func otherWordsByTheSameFormAreAskedAbout() async throws {
        let open = try await Open()
        #expect(try await open.send("Yang pertama").status == 303)
        let again = try await open.send("Yang kedua")
        #expect(again.status == 409 && again.text.contains("Yang kedua</textarea>"))
        let sent = try await open.siti.post(open.path, ConversationTests.fields(again, "Yang kedua"), files: [])
        #expect(sent.status == 303)
        let texts = try ConversationTests.messages(open.portal, open.reference).map(\.text)
        #expect(texts == ["Yang pertama", "Yang kedua"])
    }

    @Test func whatWasNotSentInTimeCanBeCopiedAndThrownAway() async throws {
        let open = try await Open()
        #expect(try await open.type("Kapan <selesai>?").status == 200)
        #expect(try await open.upload("jadwal.pdf").status == 200)
        let withdrawn = try await open.siti.post(
            "/permohonan/\(open.reference)/penarikan", ["csrf": open.page.csrf])
        #expect(withdrawn.status == 303)
        let late = try await open.send("Kapan <selesai>? Tolong")
        #expect(late.status == 409 && late.text.contains("<h1>Percakapan sudah ditutup</h1>"))
        #expect(late.text.contains("Kapan &lt;selesai&gt;? Tolong</textarea>"))
        let upload = try await open.upload("lain.pdf", at: "lampiran-2")
        #expect(upload.status == 409 && upload.text.contains("<h1>Percakapan sudah ditutup</h1>"))
        #expect(try await open.siti.get("/permohonan/\(open.reference)").text.contains("/pesan\">Buka pesan</a>"))
        let page = try await open.siti.get(open.path)
        #expect(page.status == 200 && page.text.contains("Kapan &lt;selesai&gt;?</textarea>"))
        #expect(page.text.contains("jadwal.pdf") && !page.text.contains("lain.pdf"))
        let gone = try await open.siti.post(open.path, ["csrf": page.csrf, "then": "discard"], files: [])
        #expect(gone.status == 303 && gone.location == "/permohonan/\(open.reference)")
        #expect(try await !open.siti.get("/permohonan/\(open.reference)").text.contains("Buka pesan"))
        #expect(try await open.siti.get(open.path).text.contains("Percakapan sudah ditutup"))
    }

    @Test func strangersAndStrangePlacesAreRefused() async throws {
        let open = try await Open()
        let joko = try await open.portal.client(DemoWorld.joko)
        let csrf = try await joko.get("/akun").csrf
        let fields = ConversationTests.fields(open.page, "x").merging(["csrf": csrf, "draf.urutan": "1"]) { $1 }
        #expect(try await joko.get(open.path).status == 404)
        #expect(try await joko.post("\(open.path)/ketikan", fields).status == 404)
        #expect(try await joko.post(open.path, fields, files: []).status == 404)
        let file = [("lampiran-1", "a.pdf", JourneyTests.pdf)]
        #expect(try await joko.post("\(open.path)/unggahan/lampiran-1", ["csrf": csrf], files: file).status == 404)
        for place in ["lampiran-4", "lampiran", "laporan", "ktp"] {
            #expect(try await open.upload("a.pdf", at: place).status == 404, "\(place)")
        }
        // Before an application is sent there is nobody to write to.
        let draft = try await JourneyTests.filledDraft(open.portal, open.siti)
        let early = try await open.siti.get("/permohonan/\(draft)/pesan")
        #expect(early.status == 303 && early.location == "/permohonan/\(draft)")
        let mine = fields.merging(["csrf": open.page.csrf]) { $1 }
        #expect(try await open.siti.post("/permohonan/\(draft)/pesan/ketikan", mine).status == 409)
        for place in ["", "/unggahan/lampiran-1"] {
            let reply = try await open.siti.post("/permohonan/\(draft)/pesan\(place)", mine, files: file)
            #expect(reply.status == 409, "\(place): \(reply.status)")
        }
    }

    /// Held through the log-in with all that the form carries, so that it goes on as if nothing had been.
    @Test func aMessageSurvivesAnExpiredSession() async throws {
        let open = try await Open()
        #expect(try await open.type("Awal").status == 200)
        open.portal.pass(seconds: Store.sessionIdleSeconds + 1)
        let held = try await open.send("Awal Desember")
        #expect(held.status == 403 && held.text.contains("name=\"held.pesan\" value=\"Awal Desember\""))
        for name in ["kunci", "draf.versi", "draf.halaman"] {
            #expect(held.text.contains("name=\"held.\(name)\""), "\(name)")
        }
        let again = try await Open(portal: open.portal)
        let fields = ConversationTests.fields(open.page, "Awal Desember").merging(["csrf": again.page.csrf]) { $1 }
        #expect(try await again.siti.post(open.path, fields, files: []).status == 303)
        #expect(try ConversationTests.messages(open.portal, open.reference).map(\.text) == ["Awal Desember"])
    }

    @Test func restingMessagesGoWithTheHour() async throws {
        let open = try await Open()
        #expect(try await open.type("Tidak pernah dikirim").status == 200)
        open.portal.pass(seconds: 29 * 86_400)
        open.portal.jobs.runHourly()
        let before = try await Open(portal: open.portal)
        #expect(before.page.text.contains("Tidak pernah dikirim</textarea>"))
        open.portal.pass(seconds: 2 * 86_400)
        open.portal.jobs.runHourly()
        #expect(try await !Open(portal: open.portal).page.text.contains("Tidak pernah dikirim"))
    }

    @Test func aReportWaitsAndIsHandedOver() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.issued)
        let path = "/permohonan/\(reference)/laporan/unggahan"
        let page = try await siti.get(path)
        #expect(page.text.contains("<h1>Laporan hasil penelitian</h1>"))
        func upload(_ name: String, _ content: Data = JourneyTests.pdf) async throws -> Client.Reply {
            try await siti.post("\(path)/laporan", ["csrf": page.csrf], files: [("laporan", name, content)])
        }
        let wrong = try await upload("laporan.docx", Data("PK bukan pdf".utf8))
        #expect(wrong.status == 422 && wrong.text.contains("id=\"f-laporan-error\""))
        let first = try await upload("pertama.pdf")
        #expect(first.status == 200 && first.text.contains("pertama.pdf</a> (") && first.text.contains("1 halaman"))
        let old = try #require(first.value(of: "berkas"))
        let second = try await upload("kedua.pdf", JourneyTests.pdf + Data("%%EOF\n".utf8))
        let mark = try #require(second.value(of: "berkas"))
        #expect(try await siti.get("/permohonan/\(reference)").text.contains("Berkas belum diserahkan"))
        let budi = try await portal.client(DemoWorld.budi)
        #expect(try await budi.get("/petugas/permohonan/\(reference)/laporan").status == 404)
        // A page that shows another file hands over none.
        let stale = try await siti.post(path, ["csrf": page.csrf, "berkas": old], files: [])
        #expect(stale.status == 409 && stale.text.contains("kedua.pdf") && stale.text.contains("Belum diserahkan:"))
        let removed = try await siti.post(path, ["csrf": page.csrf, "berkas": mark, "remove": mark], files: [])
        #expect(removed.status == 303 && removed.location == "\(path)#f-laporan")
        let none = try await siti.post(path, ["csrf": page.csrf], files: [])
        #expect(none.status == 422 && none.text.contains("Unggah laporan hasil penelitian."))
        let stay = try await siti.post(
            path, ["csrf": page.csrf, "then": "stay"], files: [("laporan", "ketiga.pdf", JourneyTests.pdf)])
        #expect(stay.status == 303 && stay.location == path)
        let shown = try await siti.get(path)
        let given = try await siti.post(
            path, ["csrf": page.csrf, "berkas": shown.value(of: "berkas") ?? ""], files: [])
        #expect(given.status == 303 && given.location == "/permohonan/\(reference)")
        #expect(try await budi.get("/petugas/permohonan/\(reference)/laporan").status == 200)
        let over = try await siti.get(path)
        #expect(over.status == 303 && over.location == "/permohonan/\(reference)")
        #expect(try await upload("lagi.pdf").status == 303)
    }
}
