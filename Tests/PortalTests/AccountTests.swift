import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

extension TestPortal {
    /// Path of the first link with this part in the last mail to an address.
    fileprivate func mailedPath(_ part: String, to address: String) throws -> String {
        jobs.runOnce()
        let mail = try #require(mails.to(address).last { $0.body.contains(part) }, "no mail with \(part) to \(address)")
        let line = try #require(mail.body.split(whereSeparator: \.isNewline).first { $0.contains(part) })
        return String(line.dropFirst("http://127.0.0.1".count))
    }

    fileprivate func canLogIn(_ email: String, _ password: String) async throws -> Bool {
        let client = client()
        let page = try await client.get("/masuk")
        let reply = try await client.post("/masuk", ["surel": email, "kata_sandi": password, "csrf": page.csrf])
        return reply.status == 303
    }
}

private let fresh = "sepeda tua di teras"

@Suite struct PasswordTests {
    @Test func aForgottenPasswordIsSetOnceByMail() async throws {
        let portal = try TestPortal()
        let other = try await portal.client(DemoWorld.siti)
        let client = portal.client()
        let form = try await client.get("/lupa-sandi")
        let reply = try await client.post("/lupa-sandi", ["surel": "SITI@contoh.id", "csrf": form.csrf])
        #expect(reply.status == 303 && reply.location == "/lupa-sandi/terkirim")
        let path = try portal.mailedPath("/sandi-baru/", to: DemoWorld.siti.email)
        let page = try await client.get(path)
        #expect(page.status == 200)
        let weak = try await client.post(path, ["kata_sandi": "pendek", "csrf": page.csrf])
        #expect(weak.status == 422 && weak.text.contains("sedikitnya 10 karakter"))
        let set = try await client.post(path, ["kata_sandi": fresh, "csrf": page.csrf])
        #expect(set.status == 303 && set.location == "/masuk")
        #expect(try await portal.canLogIn(DemoWorld.siti.email, fresh))
        #expect(try await !portal.canLogIn(DemoWorld.siti.email, DemoWorld.password))
        #expect(try await other.get("/akun").status == 303, "every session has ended")
        #expect(try await client.get(path).status == 404)
        let another = ["kata_sandi": "payung merah di pintu", "csrf": page.csrf]
        #expect(try await client.post(path, another).status == 404)
        portal.jobs.runOnce()
        #expect(portal.mails.to(DemoWorld.siti.email).contains { $0.subject == "Kata sandi akun Anda diganti" })
    }

    @Test func theLinkLapsesAfterAnHour() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let form = try await client.get("/lupa-sandi")
        _ = try await client.post("/lupa-sandi", ["surel": DemoWorld.siti.email, "csrf": form.csrf])
        let path = try portal.mailedPath("/sandi-baru/", to: DemoWorld.siti.email)
        portal.pass(seconds: 3599)
        #expect(try await client.get(path).status == 200)
        portal.pass(seconds: 1)
        #expect(try await client.get(path).status == 404)
    }

    @Test func nobodyLearnsWhoHasAnAccount() async throws {
        let portal = try TestPortal()
        var answers: [String] = []
        for email in [DemoWorld.siti.email, "tidak-ada@contoh.id"] {
            let client = portal.client()
            let form = try await client.get("/lupa-sandi")
            let reply = try await client.post("/lupa-sandi", ["surel": email, "csrf": form.csrf])
            answers.append("\(reply.status) \(reply.location ?? "") \(reply.bytes.count)")
        }
        #expect(answers[0] == answers[1])
        portal.jobs.runOnce()
        #expect(portal.mails.to("tidak-ada@contoh.id").isEmpty)
        #expect(portal.mails.to(DemoWorld.siti.email).contains { $0.body.contains("/sandi-baru/") })
    }

    @Test func asksAreLimitedByAddressAndKeepWhatWasTyped() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let form = try await client.get("/lupa-sandi")
        var last = form
        for _ in 0..<4 {
            last = try await client.post("/lupa-sandi", ["surel": "siapa@contoh.id", "csrf": form.csrf])
        }
        #expect(last.status == 429)
        #expect(last.text.contains("value=\"siapa@contoh.id\""))
        let bad = try await client.post("/lupa-sandi", ["surel": "siapa@", "csrf": form.csrf])
        #expect(bad.status == 422 && bad.text.contains("value=\"siapa@\""))
    }

    @Test func changingAsksForTheOldOne() async throws {
        let portal = try TestPortal()
        let here = try await portal.client(DemoWorld.siti)
        let there = try await portal.client(DemoWorld.siti)
        let csrf = try await here.get("/akun/kata-sandi").csrf
        for (old, new, part) in [
            ("salah", fresh, "Kata sandi tidak cocok"), (DemoWorld.password, "pendek", "sedikitnya 10"),
            (DemoWorld.password, DemoWorld.password, "sama dengan yang sekarang"),
            (DemoWorld.password, "siti@contoh.id", "terlalu umum"),
        ] {
            let reply = try await here.post(
                "/akun/kata-sandi", ["kata_sandi": old, "kata_sandi_baru": new, "csrf": csrf])
            #expect(reply.status == 422 && reply.text.contains(part), "\(part)")
            #expect(!reply.text.contains("value=\"\(new)\"") && !reply.text.contains("value=\"\(old)\""))
        }
        let both = try await here.post(
            "/akun/kata-sandi", ["kata_sandi": "salah", "kata_sandi_baru": "pendek", "csrf": csrf])
        #expect(both.text.contains("Kata sandi tidak cocok") && both.text.contains("sedikitnya 10"))
        let done = try await here.post(
            "/akun/kata-sandi", ["kata_sandi": DemoWorld.password, "kata_sandi_baru": fresh, "csrf": csrf])
        #expect(done.status == 303)
        #expect(try await here.get("/akun").status == 200)
        #expect(try await there.get("/akun").status == 303)
        #expect(try await portal.canLogIn(DemoWorld.siti.email, fresh))
    }

    @Test func guessingThePresentPasswordIsLimited() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/penghapusan").csrf
        var statuses: [Int] = []
        for _ in 0..<9 {
            statuses.append(try await siti.post("/akun/penghapusan", ["kata_sandi": "salah", "csrf": csrf]).status)
        }
        #expect(statuses.last == 429 && statuses.dropLast().allSatisfy { $0 == 422 })
    }

    /// A form that is held while somebody logs in again carries no password.
    @Test func passwordsAreNotHeld() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        portal.pass(seconds: Store.sessionIdleSeconds + 1)
        let reply = try await siti.post(
            "/akun/surel",
            ["surel": "baru@contoh.id", "kata_sandi": "rahasia-satu", "kata_sandi_baru": "rahasia-dua", "csrf": "x"])
        #expect(reply.status == 403 && reply.text.contains("baru@contoh.id"))
        #expect(!reply.text.contains("rahasia-satu") && !reply.text.contains("rahasia-dua"))
    }
}

@Suite struct SignUpPageTests {
    /// A slip in the address is asked about once, and nobody is turned away.
    @Test func aStrangeDomainIsAskedAboutOnce() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let form = try await client.get("/daftar")
        let typed = [
            "csrf": form.csrf, "nama": "Rina", "surel": "rina@gmial.com", "telepon": "081362001234",
            "nik": "1271054503990123", "kata_sandi": "kopi gayo pagi hari",
        ]
        let asked = try await client.post("/daftar", typed)
        #expect(asked.status == 422 && asked.text.contains("Mungkin maksudnya rina@gmail.com?"))
        #expect(asked.text.contains("name=\"surel\" value=\"rina@gmial.com\"") && asked.text.contains("081362001234"))
        #expect(asked.text.contains("name=\"surel_tertulis\" value=\"rina@gmial.com\""))
        // Another slip is another question.
        let other = typed.merging(["surel_tertulis": "rina@gmial.com", "surel": "rina@gmai.com"]) { $1 }
        #expect(try await client.post("/daftar", other).status == 422)
        let again = typed.merging(["surel_tertulis": "rina@gmial.com"]) { $1 }
        #expect(try await client.post("/daftar", again).status == 303)
        #expect(!portal.mails.to("rina@gmail.com").contains { $0.body.contains("rina") })
    }

    private static func fields(_ email: String) -> [String: String] {
        [
            "nama": "Rina Siagian", "surel": email, "telepon": "0813 6200 1234", "nik": "1271054503990001",
            "kata_sandi": "kopi gayo pagi hari",
        ]
    }

    @Test func aTakenAddressGetsTheSameAnswerAndItsOwnerAMail() async throws {
        let portal = try TestPortal()
        var answers: [String] = []
        for email in ["rina@contoh.id", DemoWorld.siti.email] {
            let client = portal.client()
            let csrf = try await client.get("/daftar").csrf
            let reply = try await client.post("/daftar", Self.fields(email).merging(["csrf": csrf]) { $1 })
            let cookies = (reply.headers["set-cookie"] ?? "").contains("sesi=")
            let page = try await client.get(reply.location ?? "/")
            let text = page.text.replacing(/name="csrf" value="[^"]*"|<code>[^<]*<\/code>/, with: "")
            answers.append("\(reply.status) \(reply.location ?? "") \(cookies) \(page.status) \(text)")
        }
        #expect(answers[0] == answers[1])
        portal.jobs.runOnce()
        #expect(portal.mails.to("rina@contoh.id").contains { $0.body.contains("/aktivasi/") })
        let warning = try #require(portal.mails.to(DemoWorld.siti.email).last)
        #expect(warning.subject == "Seseorang mendaftar dengan alamat surel Anda")
        #expect(warning.body.contains("/lupa-sandi") && !warning.body.contains("/aktivasi/"))
        #expect(try await portal.canLogIn(DemoWorld.siti.email, DemoWorld.password))
        #expect(try await portal.canLogIn("rina@contoh.id", "kopi gayo pagi hari"), "drafts may be begun at once")
    }

    @Test func tooManySignUpsKeepWhatWasTyped() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let csrf = try await client.get("/daftar").csrf
        var last = 0
        var text = ""
        for _ in 0..<31 {
            // A problem costs a try like a success, and no hash.
            let reply = try await client.post("/daftar", ["nama": "Rina Siagian", "surel": "rina@", "csrf": csrf])
            (last, text) = (reply.status, reply.text)
        }
        #expect(last == 429 && text.contains("value=\"Rina Siagian\"") && text.contains("Terlalu banyak"))
    }

    @Test func turningDownTellsWhy() async throws {
        let portal = try TestPortal()
        let budi = try await portal.client(DemoWorld.budi)
        let joko = try await portal.client(DemoWorld.joko)
        let id = try portal.viewer(DemoWorld.joko).account.value
        let path = "/petugas/akun/\(id)/penolakan"
        let page = try await budi.get(path)
        #expect(page.text.contains(DemoWorld.joko.name))
        let empty = try await budi.post(path, ["alasan": " ", "csrf": page.csrf])
        #expect(empty.status == 422 && empty.text.contains("Tulis alasannya"))
        #expect(try await budi.post(path, ["alasan": "NIK tidak terbaca", "csrf": page.csrf]).status == 303)
        #expect(try await joko.get("/akun").status == 303)
        #expect(try await budi.get(path).status == 409)
        #expect(try await !budi.get("/petugas/akun").text.contains(DemoWorld.joko.email))
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.joko.email).last)
        #expect(mail.body.contains("NIK tidak terbaca") && mail.body.contains("/daftar"))
        let staff = try portal.viewer(DemoWorld.ratna).account.value
        #expect(try await budi.get("/petugas/akun/\(staff)/penolakan").status == 404)
    }
}

@Suite struct AccountPageTests {
    @Test func anAddressChangesByTheLinkInItsMailbox() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/surel").csrf
        for (typed, password, part) in [
            ("salah", DemoWorld.password, "alamat surel lengkap"), ("", DemoWorld.password, "Isi alamat surel"),
            (DemoWorld.siti.email, DemoWorld.password, "alamat yang sekarang"),
            ("siti.baru@contoh.id", "salah", "Kata sandi tidak cocok"),
        ] {
            let reply = try await siti.post("/akun/surel", ["surel": typed, "kata_sandi": password, "csrf": csrf])
            #expect(reply.status == 422 && reply.text.contains(part), "\(part)")
            #expect(reply.text.contains("value=\"\(typed)\""), "kept: \(typed)")
        }
        let sent = try await siti.post(
            "/akun/surel", ["surel": "siti.baru@contoh.id", "kata_sandi": DemoWorld.password, "csrf": csrf])
        #expect(sent.status == 303 && sent.location == "/akun")
        let path = try portal.mailedPath("/konfirmasi-surel/", to: "siti.baru@contoh.id")
        #expect(try await siti.get("/akun").text.contains("siti.baru@contoh.id"), "it waits to be confirmed")
        let asked = try #require(portal.mails.to(DemoWorld.siti.email).last)
        #expect(asked.subject == "Permintaan mengganti alamat surel akun Anda" && asked.body.contains("/akun\n"))
        // Whoever reads that mailbox is no owner of the account yet: a mistyped address is a stranger's.
        let stranger = portal.client()
        #expect(try await stranger.get(path).location == Link.logInThen(path).path)
        let csrfOfStranger = try await stranger.get("/masuk").csrf
        #expect(try await stranger.post(path, ["csrf": csrfOfStranger]).status == 403)
        let joko = try await portal.client(DemoWorld.joko)
        #expect(try await joko.get(path).status == 404)
        #expect(try await joko.post(path, ["csrf": joko.get("/akun").csrf]).status == 404)
        let page = try await siti.get(path)
        #expect(page.status == 200 && page.text.contains("siti.baru@contoh.id"))
        #expect(try await portal.canLogIn(DemoWorld.siti.email, DemoWorld.password), "looking changes nothing")
        #expect(try await siti.post(path, ["csrf": page.csrf]).status == 200)
        #expect(try await portal.canLogIn("siti.baru@contoh.id", DemoWorld.password))
        #expect(try await !portal.canLogIn(DemoWorld.siti.email, DemoWorld.password))
        portal.pass(seconds: 301)
        #expect(try await siti.post(path, ["csrf": page.csrf]).status == 404)
        portal.jobs.runOnce()
        for address in [DemoWorld.siti.email, "siti.baru@contoh.id"] {
            #expect(portal.mails.to(address).contains { $0.subject == "Alamat surel akun Anda diganti" })
        }
    }

    @Test func aMistypedAddressIsTakenBack() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/surel").csrf
        let fields = ["surel": "siti.bru@contoh.id", "kata_sandi": DemoWorld.password, "csrf": csrf]
        #expect(try await siti.post("/akun/surel", fields).status == 303)
        let path = try portal.mailedPath("/konfirmasi-surel/", to: "siti.bru@contoh.id")
        #expect(try await siti.get("/akun").text.contains("action=\"/akun/surel/pembatalan\""))
        #expect(try await siti.post("/akun/surel/pembatalan", ["csrf": csrf]).location == "/akun")
        let page = try await siti.get("/akun")
        #expect(page.text.contains("Penggantian alamat dibatalkan") && !page.text.contains("siti.bru@contoh.id"))
        #expect(try await siti.get(path).status == 404)
        #expect(try await siti.post(path, ["csrf": csrf]).status == 404)
        // The right one may be asked for at once.
        let right = fields.merging(["surel": "siti.baru@contoh.id"]) { $1 }
        #expect(try await siti.post("/akun/surel", right).status == 303)
        #expect(try portal.mailedPath("/konfirmasi-surel/", to: "siti.baru@contoh.id") != path)
    }

    /// Asking for an address tells nobody whether it has an account; its owner is told.
    @Test func somebodyElsesAddressGetsTheSameAnswerAndItsOwnerAMail() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/surel").csrf
        var pages: [String] = []
        for email in ["bebas@contoh.id", DemoWorld.joko.email] {
            let reply = try await siti.post(
                "/akun/surel", ["surel": email, "kata_sandi": DemoWorld.password, "csrf": csrf])
            #expect(reply.status == 303 && reply.location == "/akun")
            let fresh = try await siti.get("/akun").text
            portal.jobs.runOnce()
            let later = try await siti.get("/akun").text
            #expect(later.contains("Menunggu konfirmasi") && later.contains(email))
            for page in [fresh, later] {
                pages.append(
                    page.replacing(email, with: "-").replacing(
                        /name="csrf" value="[^"]*"|<code>[^<]*<\/code>/, with: ""))
            }
        }
        #expect(pages[0] == pages[2] && pages[1] == pages[3])
        let mail = try #require(portal.mails.to(DemoWorld.joko.email).last)
        #expect(mail.subject == "Seseorang ingin memakai alamat surel Anda")
        #expect(!mail.body.contains("/konfirmasi-surel/") && !mail.body.contains("Siti"))
        let link = try #require(portal.mails.to("bebas@contoh.id").last)
        #expect(link.body.contains("Yth. Bapak/Ibu,"), "no name for whoever reads it there")
    }

    @Test func phoneAndTopicsAreKept() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/telepon").csrf
        let wrong = try await siti.post("/akun/telepon", ["telepon": "12345", "csrf": csrf])
        #expect(wrong.status == 422 && wrong.text.contains("value=\"12345\""))
        for password in ["", "salah"] {
            let refused = try await siti.post(
                "/akun/telepon", ["telepon": "0811-222-3334", "kata_sandi": password, "csrf": csrf])
            #expect(refused.status == 422 && refused.text.contains("value=\"0811-222-3334\""))
        }
        #expect(try await !siti.get("/akun").text.contains("0811 2223 334"))
        let fields = ["telepon": "0811-222-3334", "kata_sandi": DemoWorld.password, "csrf": csrf]
        #expect(try await siti.post("/akun/telepon", fields).status == 303)
        #expect(try await siti.get("/akun").text.contains("0811 2223 334"))
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.siti.email).last)
        #expect(mail.subject == "Nomor ponsel akun Anda diubah" && !mail.body.contains("2223334"))
        #expect(try await siti.post("/akun/pemberitahuan", ["progress": "1", "csrf": csrf]).status == 303)
        let page = try await siti.get("/akun/pemberitahuan").text
        #expect(page.matches(of: /name="progress" value="1" checked/).count == 1)
        #expect(page.matches(of: /name="receipt" value="1" checked/).isEmpty)
        #expect(page.contains("Selalu dikirim"))
        #expect(page.contains("<li>draf yang akan dihapus;</li>"))
    }

    /// Whoever can do without some mails is told in each of them how.
    @Test(arguments: Language.allCases)
    func mailsThatCanBeTurnedOffSayHow(language: Language) throws {
        let renderer = try TestPortal().site.renderers[language]
        let menu = renderer.texts("topics.heading")
        for kind in MessageKind.allCases where kind.topic != nil {
            let families = ["message", "mail.news", "mail"].map { "\($0).\(kind.rawValue).advice" }
            let advice = families.compactMap { renderer.texts[$0] }
            #expect(advice.count == 1 && advice.allSatisfy { $0.contains(menu) }, "\(kind)")
        }
        #expect(
            MessageKind.allCases.filter { $0.topic == .receipt } == [.submitted, .reportGiven, .colleagueResubmitted])
    }

    @Test func devicesAreNamedAndTheOthersLoggedOut() async throws {
        let portal = try TestPortal()
        let here = portal.client()
        let csrf = try await here.get("/masuk").csrf
        _ = try await here.post(
            "/masuk", ["surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": csrf],
            headers: ["User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130.0.0.0 Mobile Safari/537.36"])
        let there = try await portal.client(DemoWorld.siti)
        let page = try await here.get("/akun/perangkat")
        #expect(page.text.contains("Chrome di Android") && page.text.contains("Perangkat ini"))
        #expect(page.text.matches(of: /Perangkat ini/).count == 1 && page.text.contains("dari alamat 127.0.0.1"))
        let ends = page.text.matches(of: /action="(\/akun\/perangkat\/[0-9a-f]{16}\/penutupan)"/).map { String($0.1) }
        let third = try await portal.client(DemoWorld.siti)
        #expect(ends.count == 1, "not for this place")
        #expect(try await here.post(try #require(ends.first), ["csrf": page.csrf]).location == "/akun/perangkat")
        #expect(try await there.get("/akun").status == 303)
        #expect(try await third.get("/akun").status == 200)
        #expect(try await here.post("/akun/perangkat", ["csrf": page.csrf]).status == 303)
        #expect(try await third.get("/akun").status == 303)
        #expect(try await here.get("/akun/perangkat").text.contains("tidak masuk di perangkat lain"))
    }

    @Test func theOwnerSeesWhoOpenedWhat() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let paper = try #require(try portal.application(reference, as: DemoWorld.siti).attachments.first)
        let budi = try await portal.client(DemoWorld.budi)
        #expect(try await budi.get("/petugas/permohonan/\(reference)/berkas/\(paper.id)").status == 200)
        let siti = try await portal.client(DemoWorld.siti)
        for path in ["/akun/pembukaan-berkas", "/permohonan/\(reference)/pembukaan-berkas"] {
            let page = try await siti.get(path).text
            #expect(page.contains(DemoWorld.budi.name) && page.contains("Petugas pemeriksa, "), "\(path)")
        }
        let joko = try await portal.client(DemoWorld.joko)
        #expect(try await joko.get("/permohonan/\(reference)/pembukaan-berkas").status == 404)
        #expect(try await siti.get("/permohonan/\(reference)").text.contains("/pembukaan-berkas"))
    }
}
