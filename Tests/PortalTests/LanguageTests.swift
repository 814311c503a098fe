import Foundation
import HTTPServer
import HTTPTypes
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Choosing a language: the switch, what remembers it, and where it leads.
@Suite struct LanguageTests {
    /// Presses the switch of a page.
    static func press(_ page: Client.Reply, _ client: Client, to language: Language = .english) async throws
        -> Client.Reply
    {
        try await client.post(
            "/bahasa",
            ["csrf": page.csrf, "kembali": page.value(of: "kembali") ?? "", "bahasa": language.rawValue])
    }

    static func english(_ portal: TestPortal, _ person: DemoWorld.Person? = nil) async throws -> Client {
        let client = if let person { try await portal.client(person) } else { portal.client() }
        try #require(try await press(client.get("/layanan"), client).status == 303)
        return client
    }

    @Test func aVisitorsChoiceIsRemembered() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let page = try await client.get("/bantuan?dari=kampus")
        #expect(page.text.contains("<html lang=\"id\">") && page.headers["content-language"] == "id")
        #expect(page.text.contains("name=\"bahasa\" value=\"en\" lang=\"en\">English</button>"))
        let reply = try await Self.press(page, client)
        #expect(reply.status == 303 && reply.location == "/bantuan?dari=kampus")
        let cookie = try #require(reply.headers["set-cookie"])
        #expect(cookie.contains("bahasa=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"))
        let english = try await client.get("/")
        #expect(english.text.contains("<html lang=\"en\">") && english.headers["content-language"] == "en")
        #expect(english.text.contains("lang=\"id\">Bahasa Indonesia</button>"))
        #expect(try await client.get("/tidak-ada").text.contains("Page not found"))
        #expect(try await Self.press(english, client, to: .indonesian).location == "/")
        #expect(try await client.get("/").text.contains("<html lang=\"id\">"))
    }

    @Test func theSwitchNeverLeavesTheSite() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let csrf = try await client.get("/").csrf
        for path in [
            "//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\r\nX: y",
        ] {
            let reply = try await client.post("/bahasa", ["csrf": csrf, "kembali": path, "bahasa": "en"])
            #expect(reply.status == 303 && reply.location == "/", "\(path): \(reply.location ?? "-")")
        }
        #expect(try await client.post("/bahasa", ["csrf": csrf, "kembali": "/", "bahasa": "xx"]).status == 404)
        let foreign = try await client.post(
            "/bahasa", ["csrf": csrf, "bahasa": "id"], headers: ["Sec-Fetch-Site": "cross-site"])
        #expect(foreign.status == 403)
        // Left open for so long that its token is gone: it still does what it says.
        let other = portal.client()
        let outdated = try await other.post("/bahasa", ["kembali": "/layanan", "bahasa": "en"])
        #expect(outdated.status == 303 && outdated.location == "/layanan")
    }

    @Test func anAccountTakesItsLanguageAlong() async throws {
        let portal = try TestPortal()
        let first = try await Self.english(portal, DemoWorld.siti)
        #expect(try portal.site.store.credentials(email: DemoWorld.siti.email)?.account.language == .english)
        let second = try await portal.client(DemoWorld.siti)
        #expect(try await second.get("/permohonan").text.contains("My applications"))
        let out = try await second.post("/keluar", ["csrf": second.get("/akun").csrf])
        #expect(out.status == 303)
        #expect(try await second.get("/masuk").text.contains("<h1>Log in</h1>"))
        // The account decides, not what the browser was set to by somebody before.
        #expect(try await Self.press(first.get("/akun"), first, to: .indonesian).status == 303)
        let third = try await Self.english(portal)
        let page = try await third.get("/masuk")
        let reply = try await third.post(
            "/masuk", ["surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": page.csrf])
        #expect(reply.status == 303 && reply.headers["set-cookie"]?.contains("bahasa=id") == true)
        #expect(try await third.get("/permohonan").text.contains("Permohonan saya"))
    }

    @Test func whoeverNeverChoseTakesTheBrowsersLanguage() async throws {
        let portal = try TestPortal()
        let client = try await Self.english(portal)
        let page = try await client.get("/masuk")
        #expect(page.text.contains("Email address"))
        let reply = try await client.post(
            "/masuk", ["surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": page.csrf])
        #expect(reply.status == 303)
        #expect(try portal.site.store.credentials(email: DemoWorld.siti.email)?.account.language == .english)
    }

    /// Where the switch leads from each kind of page.
    @Test(arguments: [
        ("GET", "/layanan", "a=b", "/layanan?a=b"), ("GET", "/tidak-ada", "", "/tidak-ada"),
        ("POST", "/masuk", "", "/masuk"),
        ("POST", "/permohonan/ABCD-EFGH/pengajuan", "", "/permohonan/ABCD-EFGH/periksa"),
        ("POST", "/permohonan/ABCD-EFGH/penarikan", "", "/permohonan/ABCD-EFGH/penarikan"),
        ("POST", "/permohonan/ABCD-EFGH/isian/peneliti", "", "/permohonan/ABCD-EFGH/isian/peneliti"),
        ("POST", "/petugas/permohonan/ABCD-EFGH/keputusan", "", "/petugas/permohonan/ABCD-EFGH"),
        ("POST", "/verifikasi/cari", "", "/verifikasi"), ("POST", "/layanan", "", "/layanan"),
        ("POST", "/petugas/akun/5/aktivasi", "", "/petugas/akun"), ("POST", "/akun/surel-aktivasi", "", "/akun"),
        ("POST", "/keluar", "", "/"), ("POST", "/entah/apa", "", "/"), ("GET", "//evil.example", "", "/"),
    ])
    func theWayBack(method: String, path: String, query: String, back: String) throws {
        let head = RequestHead(method: try #require(HTTPRequest.Method(method)), path: path, rawQuery: query)
        #expect(PortalResponder.page(of: head) == back)
    }

    /// The button of a form that is sent by its address: what was typed stays in the address.
    @Test func theButtonOfAFormThatAsksKeepsItsAddress() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let path = "/layanan/penelitian/kelayakan"
        let reply = try await client.get("\(path)?di_medan=ya&isian.bahasa=en&peneliti_asing=tidak")
        #expect(reply.status == 303 && reply.location == "\(path)?di_medan=ya&peneliti_asing=tidak")
        #expect(reply.headers["set-cookie"]?.contains("bahasa=en") == true)
        let other = portal.client()
        let foreign = try await other.get("\(path)?isian.bahasa=en", headers: ["Sec-Fetch-Site": "cross-site"])
        #expect(foreign.status == 200 && foreign.text.contains("<html lang=\"id\">"))
        #expect(try await other.get("\(path)?isian.bahasa=xx").text.contains("<html lang=\"id\">"))
        let siti = try await portal.client(DemoWorld.siti)
        #expect(try await siti.get("/layanan?cari=riset&isian.bahasa=en").location == "/layanan?cari=riset")
        #expect(try await siti.get("/layanan").text.contains("<html lang=\"en\">"))
        // The front page searches elsewhere, but its language button stays on it; what is empty is not carried along.
        let home = try await other.get("/?cari=izin%20riset%20%22A%22&isian.bahasa=id")
        #expect(home.location == "/?cari=izin%20riset%20%22A%22")
        let front = try await other.get("/?cari=izin%20riset%20%22A%22")
        #expect(front.value(of: "cari") == "izin riset &quot;A&quot;")
        #expect(front.text.contains("name=\"isian.bahasa\" form=\"isian\" formaction=\"/\""))
        #expect(try await other.get("/?cari=&isian.bahasa=id").location == "/")
    }

    @Test func theButtonKeepsTheTickAndTheReason() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let reference = try await JourneyTests.filledDraft(portal, siti)
        let path = "/permohonan/\(reference)"
        let csrf = try await siti.get("/akun").csrf
        let ticked = try await siti.post(
            "\(path)/pengajuan", ["csrf": csrf, "pernyataan": "1", "isian.bahasa": "en"])
        #expect(ticked.status == 200 && ticked.text.contains("<html lang=\"en\">"))
        #expect(ticked.text.contains("name=\"pernyataan\" value=\"1\" checked"))
        #expect(ticked.text.contains("<h1>Check your answers</h1>") && ticked.value(of: "kembali") == "\(path)/periksa")
        #expect(try portal.application(reference, as: DemoWorld.siti).state == .draft)
        let bare = try await siti.post("\(path)/pengajuan", ["csrf": csrf, "isian.bahasa": "id"])
        #expect(bare.status == 303 && bare.location == "\(path)/periksa")
        let form = ["csrf": csrf, "alasan": "Pindah <kampus>", "isian.bahasa": "en"]
        let sent = try portal.reference(.submitted)
        let reason = try await siti.post("/permohonan/\(sent)/penarikan", form)
        #expect(reason.status == 200 && reason.text.contains("Pindah &lt;kampus&gt;</textarea>"))
        #expect(reason.text.contains("<h1>Withdraw the application</h1>"))
        #expect(try portal.application(sent, as: DemoWorld.siti).state == .submitted)
    }

    /// The button of any other form: its page once more, with everything but secrets, and nothing done.
    @Test func theButtonOfAFormShowsItsPageAgain() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let typed = [
            "csrf": try await client.get("/daftar").csrf, "nama": "Rina <b>", "surel": "rina@contoh.id",
            "kata_sandi": "kuda-biru-lompat", "isian.bahasa": "en",
        ]
        let page = try await client.post("/daftar", typed)
        #expect(
            page.status == 200 && page.text.contains("<html lang=\"en\">") && page.text.contains("<h1>Sign up</h1>"))
        #expect(page.value(of: "nama") == "Rina &lt;b&gt;" && page.text.contains("value=\"rina@contoh.id\""))
        #expect(!page.text.contains("kuda-biru-lompat") && !page.text.contains("role=\"alert\""))
        #expect(page.headers["content-language"] == "en" && page.value(of: "kembali") == "/daftar")
        #expect(try portal.site.store.credentials(email: "rina@contoh.id") == nil)
        // Not for a stranger's page, nor for an address that its sender may not open.
        let foreign = try await client.post("/daftar", typed, headers: ["Sec-Fetch-Site": "cross-site"])
        #expect(foreign.status == 403 && !foreign.text.contains("Rina"))
        let budi = try await portal.client(DemoWorld.budi)
        let csrf = try await budi.get("/petugas").csrf
        #expect(try await budi.post("/akun/telepon", ["csrf": csrf, "isian.bahasa": "en"]).status == 403)
        #expect(try await budi.get("/petugas").text.contains("<html lang=\"id\">"))
    }

    @Test func theButtonOfAnOfficersMessageKeepsItAndSendsNothing() async throws {
        let portal = try TestPortal()
        let budi = try await portal.client(DemoWorld.budi)
        let path = "/petugas/permohonan/\(try portal.reference(.submitted))"
        let page = try await budi.post(
            "\(path)/pesan", ["csrf": budi.get("/petugas").csrf, "pesan": "Kapan selesai?", "isian.bahasa": "en"],
            files: [("lampiran", "jadwal.pdf", Data("%PDF-1.7".utf8))])
        #expect(page.status == 200 && page.text.contains("Kapan selesai?</textarea>"))
        #expect(page.text.contains("Choose your files again") && page.value(of: "kembali") == path)
        #expect(try await !budi.get(path).text.contains("Kapan selesai?"))
        // Nothing to keep: back to the page's own address.
        let empty = try await budi.post(
            "\(path)/pesan", ["csrf": page.csrf, "pesan": "", "kunci": "x", "isian.bahasa": "id"], files: [])
        #expect(empty.status == 303 && empty.location == path)
    }

    /// Words and files: both are there in the other language, and nothing was sent.
    @Test func theButtonOfAnApplicantsMessageKeepsAllOfIt() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(try portal.reference(.submitted))/pesan"
        let page = try await siti.get(path)
        #expect(page.text.contains("name=\"isian.bahasa\" form=\"isian\" value=\"en\""))
        let fields = ConversationTests.fields(page, "Kapan selesai?").merging(["isian.bahasa": "en"]) { $1 }
        let reply = try await siti.post(path, fields, files: [("lampiran-2", "jadwal.pdf", JourneyTests.pdf)])
        #expect(reply.status == 303 && reply.location == path)
        let english = try await siti.get(path).text
        #expect(english.contains("<h1>Write a message</h1>") && english.contains("Kapan selesai?</textarea>"))
        #expect(english.contains("id=\"f-lampiran-2-file\"") && english.contains("jadwal.pdf"))
        let viewer = try portal.viewer(DemoWorld.siti)
        let reference = try #require(Reference(try portal.reference(.submitted)))
        #expect(
            try portal.site.store.conversation(reference, visibleTo: viewer, at: portal.site.now()).messages.isEmpty)
    }

    @Test func anAnswerToAFormLeadsBackToThatForm() async throws {
        let portal = try TestPortal()
        let siti = try await Self.english(portal, DemoWorld.siti)
        let path = "/permohonan/\(try portal.reference(.needsCorrection))/perbaikan"
        let reply = try await siti.post(path, ["csrf": siti.get("/akun").csrf], files: [])
        #expect(reply.status == 422 && reply.value(of: "kembali") == path)
        #expect(try await Self.press(reply, siti, to: .indonesian).location == path)
        #expect(try await siti.get(path).text.contains("Perbaiki permohonan"))
    }
}

/// Mails come in the language that the reader's account has when they are sent.
@Suite struct MailLanguageTests {
    @Test func signingUpInEnglishBringsAnEnglishMail() async throws {
        let portal = try TestPortal()
        let client = try await LanguageTests.english(portal)
        let page = try await client.get("/daftar")
        let reply = try await client.post(
            "/daftar",
            [
                "csrf": page.csrf, "nama": "Rina Marpaung", "surel": "rina@contoh.id", "telepon": "081234567899",
                "nik": "1271045203990009", "kata_sandi": "kuda-biru-lompat",
            ])
        #expect(reply.status == 303)
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to("rina@contoh.id").first)
        #expect(mail.subject == "Activate your account at Suratizin")
        #expect(mail.body.hasPrefix("Dear Rina Marpaung,"))
        #expect(portal.mails.to(DemoWorld.joko.email).first?.subject == "Aktifkan akun Anda di Suratizin")
    }

    /// Those with a template of their own have their words there, and a code goes by a template of WhatsApp's.
    @Test(arguments: Language.allCases)
    func everyKindOfMessageHasItsWords(language: Language) throws {
        let texts = try TestPortal().site.renderers[language].texts
        let templates: Set<MessageKind> = [
            .activation, .accountActivated, .submitted, .returned, .refused, .issued, .whatsAppCode,
        ]
        for kind in MessageKind.allCases where !templates.contains(kind) {
            let families = ["message.\(kind.rawValue)", "mail.news.\(kind.rawValue)"]
            let whole = families.filter { texts["\($0).subject"] != nil && texts["\($0).text"] != nil }
            #expect(whole.count == 1, "\(kind)")
        }
    }

    /// What somebody sends to another's address comes in the language of whoever has that address.
    @Test func anOfferComesInTheLanguageOfItsReader() async throws {
        let portal = try TestPortal()
        try portal.site.store.setLanguage(.english, of: portal.viewer(DemoWorld.joko).account)
        let siti = try portal.viewer(DemoWorld.siti)
        let reference = try #require(Reference(try portal.reference(.submitted)))
        for (address, subject) in [
            (DemoWorld.joko.email, "An application is offered to you"),
            ("tamu@contoh.id", "Sebuah permohonan ditawarkan kepada Anda"),
        ] {
            try portal.site.store.offerTransfer(of: reference, to: address, by: siti, at: portal.site.now())
            portal.jobs.runOnce()
            #expect(portal.mails.to(address).last?.subject == subject)
            try portal.site.store.withdrawTransfer(of: reference, by: siti, at: portal.site.now())
        }
        let body = portal.mails.to(DemoWorld.joko.email).last?.body ?? ""
        #expect(body.contains("Research letter (permission to do research)") && !body.contains("Siti"))
    }

    @Test func theLanguageAtSendingCounts() async throws {
        let portal = try TestPortal()
        let viewer = try portal.viewer(DemoWorld.siti)
        try portal.site.store.setLanguage(.english, of: viewer.account)
        portal.jobs.runOnce()
        let mails = portal.mails.to(DemoWorld.siti.email)
        #expect(mails.contains { $0.subject.hasSuffix("needs correction") })
        #expect(mails.contains { $0.subject.hasPrefix("We have received application") })
        let receipt = try #require(mails.first { $0.subject.hasPrefix("We have received application") })
        #expect(receipt.body.contains("Service: Research letter (permission to do research)"))
        #expect(receipt.body.contains("Expected by: Friday 20 November 2026"))
    }
}
