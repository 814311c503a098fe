import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Talking about an application over HTTP, as browsers without scripts do.
@Suite struct ConversationTests {
    /// What a page's form sends with these words.
    static func fields(_ page: Client.Reply, _ text: String, asking: Bool = false) -> [String: String] {
        var fields = ["csrf": page.csrf, "pesan": text]
        for name in ["kunci", "draf.versi", "draf.halaman", "berkas"] { fields[name] = page.value(of: name) }
        if asking { fields["tanya"] = "1" }
        return fields
    }

    @Test func aQuestionIsAskedAndAnswered() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti)
        let budi = try await portal.client(DemoWorld.budi)
        let staffPath = "/petugas/permohonan/\(reference)"
        let ownPath = "/permohonan/\(reference)"

        let review = try await budi.get(staffPath)
        let asked = try await budi.post(
            "\(staffPath)/pesan", Self.fields(review, "Kapan <b>mulai</b>?", asking: true), files: [])
        #expect(asked.status == 303 && asked.location == staffPath)
        #expect(try await siti.get("/permohonan").text.contains("Menunggu jawaban Anda"))
        let status = try await siti.get(ownPath)
        #expect(status.text.contains("Kapan &lt;b&gt;mulai&lt;/b&gt;?") && !status.text.contains("<b>mulai</b>"))
        #expect(status.text.contains("href=\"#percakapan\"") && status.text.contains("Menunggu jawaban Anda"))
        #expect(status.text.contains("href=\"\(ownPath)/pesan\">Jawab</a>"))
        let writing = try await siti.get("\(ownPath)/pesan")
        #expect(writing.text.contains("<h1>Jawab petugas</h1>"))
        #expect(writing.text.contains("Kapan &lt;b&gt;mulai&lt;/b&gt;?"), "the question stands above the form")
        // The clock runs on.
        #expect(try portal.application(reference, as: DemoWorld.siti).clock.runningSince != nil)
        portal.pass(seconds: Store.burstSettles)
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.siti.email).last { $0.subject.contains("menunggu jawaban") })
        #expect(mail.body.contains("\(ownPath)#percakapan") && !mail.body.contains("mulai"))

        let answered = try await siti.post(
            "\(ownPath)/pesan", Self.fields(writing, "Awal Desember."),
            files: [("lampiran-1", "jadwal.pdf", JourneyTests.pdf), ("lampiran-2", "", Data())])
        #expect(answered.status == 303 && answered.location == ownPath)
        #expect(try await !siti.get("/permohonan").text.contains("Menunggu jawaban Anda"))
        #expect(try await siti.get(ownPath).text.contains("Menunggu jawaban kantor"))
        let queue = try await budi.get("/petugas?tab=pesan").text
        #expect(queue.contains(reference) && queue.contains("Pesan baru, menunggu jawaban kantor"))
        let again = try await budi.get(staffPath)
        #expect(again.text.contains("Awal Desember.") && again.text.contains("jadwal.pdf"))
        let file = try #require(again.text.firstMatch(of: /\/petugas\/permohonan\/[A-Z0-9-]+\/pesan\/[0-9]+/)).output
        let opened = try await budi.get(String(file), headers: ["User-Agent": ServingTests.chromium])
        #expect(opened.status == 200 && opened.bytes == JourneyTests.pdf)
        #expect(opened.headers["content-disposition"]?.hasPrefix("inline") == true)
        let views = try await siti.get("\(ownPath)/pembukaan-berkas").text
        #expect(views.contains("Lampiran pesan") && views.contains("jadwal.pdf") && views.contains("Budi"))

        let seen = try await budi.post("\(staffPath)/pesan-dibaca", ["csrf": again.csrf])
        #expect(seen.status == 303)
        #expect(try await !budi.get("/petugas?tab=pesan").text.contains(reference))
        #expect(try await siti.get(ownPath).text.contains("Kantor membaca pesan pemohon"))
        #expect(try await budi.post("\(staffPath)/pesan-dibaca", ["csrf": again.csrf]).status == 409)
    }

    @Test func anAnsweredQuestionIsNotMailed() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti)
        let budi = try await portal.client(DemoWorld.budi)
        let review = try await budi.get("/petugas/permohonan/\(reference)")
        _ = try await budi.post(
            "/petugas/permohonan/\(reference)/pesan", Self.fields(review, "Kapan?", asking: true), files: [])
        let page = try await siti.get("/permohonan/\(reference)/pesan")
        _ = try await siti.post("/permohonan/\(reference)/pesan", Self.fields(page, "Besok."), files: [])
        portal.pass(seconds: 3600)
        portal.jobs.runOnce()
        #expect(!portal.mails.to(DemoWorld.siti.email).contains { $0.subject.contains("menunggu jawaban") })
        #expect(try portal.site.store.outboxDepth() == 0)
    }

    @Test func aDoubleClickIsOneMessage() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti)
        let fields = Self.fields(try await siti.get("/permohonan/\(reference)/pesan"), "Satu kali saja.")
        for _ in 0..<2 {
            let files = [("lampiran-1", "jadwal.pdf", JourneyTests.pdf)]
            #expect(try await siti.post("/permohonan/\(reference)/pesan", fields, files: files).status == 303)
        }
        let text = try await siti.get("/permohonan/\(reference)").text
        #expect(text.components(separatedBy: "Satu kali saja.").count == 2)
        #expect(text.components(separatedBy: "jadwal.pdf").count == 2 && !text.contains("Pesan belum terkirim"))
    }

    static let script = Data("%PDF-1.7\n1 0 obj<</Type/Page/AA<</O<</S/J#61vaScript>>>>>>endobj\n%%EOF\n".utf8)

    /// Words, names and contents of files, what is said, and at which of an officer's inputs.
    static let refusals: [(String, [(String, Data)], String, String)] = [
        ("", [], "Tulis pesannya.", "pesan"),
        ("a\u{0}b", [], "karakter kendali", "pesan"),
        (String(repeating: "a", count: 4001), [], "paling banyak 4.000 karakter, sekarang 4.001", "pesan"),
        ("Empat", (1...4).map { ("\($0).pdf", JourneyTests.pdf) }, "Pilih paling banyak 3 berkas", "lampiran"),
        ("Skrip", [("b<a>hasil.exe", Data("MZ program".utf8))], "jenis berkas ini tidak diterima", "lampiran"),
        (
            "Jahat", [("baik.pdf", JourneyTests.pdf), ("skrip.pdf", script)], "skrip.pdf: PDF ini berisi skrip",
            "lampiran"
        ),
    ]

    @Test(arguments: refusals.indices)
    func whatIsWrongOfAnOfficersIsSaidBesideIt(index: Int) async throws {
        let (text, files, sentence, id) = Self.refusals[index]
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let budi = try await portal.client(DemoWorld.budi)
        let path = "/petugas/permohonan/\(reference)"
        let fields = Self.fields(try await budi.get(path), text, asking: true)
        let reply = try await budi.post("\(path)/pesan", fields, files: files.map { ("lampiran", $0.0, $0.1) })
        #expect(reply.status == 422)
        #expect(reply.text.contains(sentence) && reply.text.contains("id=\"f-\(id)-error\""), "\(sentence)")
        #expect(reply.text.contains("id=\"problems\"") && !reply.text.contains("b<a>hasil"))
        if Self.isPlain(text) { #expect(reply.text.contains("\(text)</textarea>"), "what was typed is kept") }
        #expect(reply.text.contains("name=\"tanya\" value=\"1\" checked"))
        #expect(try Self.messages(portal, reference).isEmpty, "nothing is kept of it")
    }

    /// The same on a page of its own, where each file has a place, and what is right is kept.
    @Test(arguments: refusals.indices)
    func whatIsWrongOfAnApplicantsIsSaidBesideItAndTheRestIsKept(index: Int) async throws {
        let (text, all, sentence, id) = Self.refusals[index]
        // More than there are places cannot be chosen.
        guard all.count <= MessageRules.maximumFiles else { return }
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(reference)/pesan"
        let files = zip(MessageRules.places, all).map { ($0, $1.0, $1.1) }
        let reply = try await siti.post(path, Self.fields(try await siti.get(path), text), files: files)
        let place = id == "pesan" ? id : MessageRules.places[all.count - 1]
        #expect(reply.status == 422)
        #expect(reply.text.contains(sentence) && reply.text.contains("id=\"f-\(place)-error\""), "\(sentence)")
        #expect(reply.text.contains("id=\"problems\"") && !reply.text.contains("b<a>hasil"))
        #expect(try Self.messages(portal, reference).isEmpty)
        let again = try await siti.get(path).text
        if Self.isPlain(text) {
            #expect(reply.text.contains("\(text)</textarea>") && again.contains("\(text)</textarea>"))
        }
        #expect(again.contains("baik.pdf") == (all.count > 1))
        #expect(
            try await siti.get("/permohonan/\(reference)").text.contains("Pesan belum terkirim") == !text.isEmpty)
    }

    private static func isPlain(_ text: String) -> Bool { !text.isEmpty && text.count < 100 && !text.contains("\u{0}") }

    static func messages(_ portal: TestPortal, _ reference: String) throws -> [Message] {
        try portal.site.store.conversation(
            try #require(Reference(reference)), visibleTo: portal.viewer(DemoWorld.siti), at: portal.site.now()
        ).messages
    }

    @Test func whatWasWrittenSurvivesAnExpiredSession() async throws {
        let portal = try TestPortal()
        let path = "/permohonan/\(try portal.reference(.submitted))/pesan"
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        portal.pass(seconds: Store.sessionIdleSeconds + 1)
        let held = try await siti.post(path, ["csrf": csrf, "pesan": "Panjang & <penting>"], files: [])
        #expect(held.status == 403)
        #expect(held.text.contains("name=\"held.pesan\" value=\"Panjang &amp; &lt;penting&gt;\""))
    }

    @Test func strangersAndDraftsHaveNoConversation() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let lina = try await portal.client(DemoWorld.lina)
        let joko = try await portal.client(DemoWorld.joko)
        for (client, path) in [(lina, "/petugas/permohonan/\(reference)"), (joko, "/permohonan/\(reference)")] {
            let csrf = try await client.get("/").csrf
            let reply = try await client.post("\(path)/pesan", ["csrf": csrf, "pesan": "Halo"], files: [])
            #expect(reply.status == 404, "\(path): \(reply.status)")
            #expect(try await client.get("\(path)/pesan/1").status == 404)
        }
        let siti = try await portal.client(DemoWorld.siti)
        let draft = try await JourneyTests.filledDraft(portal, siti)
        let page = try await siti.get("/permohonan/\(draft)")
        #expect(!page.text.contains("id=\"percakapan\""))
        let reply = try await siti.post(
            "/permohonan/\(draft)/pesan", ["csrf": page.csrf, "pesan": "Halo"], files: [])
        #expect(reply.status == 409)
    }

    @Test func tooManyMessagesAreToldToWaitAndLoseNothing() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        var last: Client.Reply?
        for number in 0...20 {
            last = try await siti.post(
                "/permohonan/\(reference)/pesan", ["csrf": csrf, "pesan": "Pesan ke-\(number)"], files: [])
        }
        #expect(last?.status == 429)
        #expect(last?.text.contains("Terlalu banyak percobaan") == true)
        #expect(last?.text.contains("Pesan ke-20</textarea>") == true)
        portal.pass(seconds: 61)
        let reply = try await siti.post(
            "/permohonan/\(reference)/pesan", ["csrf": csrf, "pesan": "Pesan ke-20"], files: [])
        #expect(reply.status == 303)
    }

    @Test func aConversationEndsWithTheApplication() async throws {
        let portal = try TestPortal()
        let issued = try portal.reference(.issued)
        let siti = try await portal.client(DemoWorld.siti)
        #expect(try await siti.get("/permohonan/\(issued)").text.contains("/pesan\">Tulis pesan</a>"))
        let page = try await siti.get("/permohonan/\(issued)/pesan")
        let sent = try await siti.post(
            "/permohonan/\(issued)/pesan", Self.fields(page, "Terima kasih."), files: [])
        #expect(sent.status == 303)
        let budi = try await portal.client(DemoWorld.budi)
        let review = try await budi.get("/petugas/permohonan/\(issued)")
        _ = try await budi.post("/petugas/permohonan/\(issued)/pesan-dibaca", ["csrf": review.csrf])
        portal.pass(seconds: 31 * 86_400)
        let late = try await portal.client(DemoWorld.siti)
        let closed = try await late.get("/permohonan/\(issued)")
        #expect(closed.text.contains("Terima kasih.") && !closed.text.contains("/pesan\">Tulis pesan"))
        #expect(closed.text.contains("Percakapan ditutup 30 hari"))
        let withdrawn = try portal.reference(.submitted)
        _ = try await late.post("/permohonan/\(withdrawn)/penarikan", ["csrf": closed.csrf])
        #expect(try await !late.get("/permohonan/\(withdrawn)").text.contains("id=\"percakapan\""))
    }

    @Test func theArchiveHasTheFilesOfMessages() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(reference)/pesan"
        for words in ["Terlampir.", "Belum saya kirim"] {
            let fields = Self.fields(try await siti.get(path), words)
            let then = words == "Terlampir." ? fields : fields.merging(["then": "stay"]) { $1 }
            let sent = try await siti.post(path, then, files: [("lampiran-1", "jadwal baru.pdf", JourneyTests.pdf)])
            #expect(sent.status == 303)
        }
        let export = try DataExport.make(of: portal.viewer(DemoWorld.siti), at: portal.site.now(), portal.site)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: export.path))
        for name in ["pesan-", "belum-terkirim-"] {
            #expect(bytes.range(of: Data("berkas/\(reference)/\(name)".utf8)) != nil, "\(name)")
        }
    }

    @Test func aWithdrawalMayTellWhy() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(reference)/penarikan"
        #expect(try await siti.get("/permohonan/\(reference)").text.contains("href=\"\(path)\""))
        let page = try await siti.get(path)
        #expect(page.text.contains("Ya, batalkan permohonan ini") && page.text.contains("tidak diproses lagi"))
        let long = String(repeating: "b", count: 501)
        let refused = try await siti.post(path, ["csrf": page.csrf, "alasan": long])
        #expect(refused.status == 422 && refused.text.contains("\(long)</textarea>"))
        let done = try await siti.post(path, ["csrf": page.csrf, "alasan": "Pindah <kampus>"])
        #expect(done.status == 303)
        let budi = try await portal.client(DemoWorld.budi)
        #expect(try await budi.get("/petugas/permohonan/\(reference)").text.contains("Pindah &lt;kampus&gt;"))
        // What is over has nothing to be taken back, and others' applications are not there.
        for state in [ApplicationState.withdrawn, .issued] {
            let over = "/permohonan/\(try portal.reference(state))"
            #expect(try await siti.get("\(over)/penarikan").location == over)
        }
        let joko = try await portal.client(DemoWorld.joko)
        #expect(try await joko.get(path).status == 404)
    }
}
