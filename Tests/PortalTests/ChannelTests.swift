import Foundation
import HTTPServer
import Permits
import Store
import Testing

@testable import Portal

/// Connecting chats in the browser, and what then goes out.
@Suite struct ChannelTests {
    static let path = "/akun/pemberitahuan"

    /// The token of the page to which `POST` led.
    private static func token(_ location: String?) throws -> String {
        try #require(location?.split(separator: "=").last.map(String.init))
    }

    /// Siti's chat 700, connected through the page.
    private static func connectTelegram(_ portal: TestPortal, _ telegram: FakeTelegram, _ siti: Client) async throws {
        let csrf = try await siti.get(path).csrf
        let made = try await siti.post("\(path)/telegram", ["csrf": csrf])
        telegram.write(1, "/start \(try token(made.location))", name: "<b>Siti</b> \u{202E}")
        portal.jobs.runOnce()
    }

    @Test func whatIsNotSetUpIsNowhere() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let page = try await siti.get(Self.path)
        #expect(page.status == 200)
        for text in [page.text, try await siti.get("/bantuan").text, try await siti.get("/akun").text] {
            #expect(!text.contains("Telegram") && !text.contains("WhatsApp"))
        }
        for rest in ["telegram", "whatsapp"] {
            #expect(try await siti.get("\(Self.path)/\(rest)").status == 404)
            #expect(try await siti.post("\(Self.path)/\(rest)", ["csrf": page.csrf]).status == 404)
            #expect(try await siti.post("\(Self.path)/\(rest)/pemutusan", ["csrf": page.csrf]).status == 404)
        }
        // One of two.
        let other = try TestPortal(messengers: Messengers(telegram: try FakeTelegram().bot()))
        let there = try await other.client(DemoWorld.siti)
        let offered = try await there.get(Self.path).text
        #expect(offered.contains("Hubungkan Telegram") && !offered.contains("WhatsApp"))
        #expect(try await there.get("/bantuan").text.contains("Telegram atau WhatsApp"))
    }

    @Test func telegramFromTheButtonToTheNews() async throws {
        let telegram = try FakeTelegram()
        let portal = try TestPortal(messengers: Messengers(telegram: try telegram.bot()))
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get(Self.path).csrf
        let made = try await siti.post("\(Self.path)/telegram", ["csrf": csrf])
        let location = try #require(made.location)
        let token = try Self.token(location)
        let page = try await siti.get(location)
        #expect(page.status == 200 && page.text.contains("href=\"https://t.me/suratizin_bot?start=\(token)\""))
        #expect(page.text.contains("<svg class=\"code\"") && page.text.contains("@suratizin_bot"))
        let phone = try await siti.get(location, headers: ["User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/140"])
        #expect(!phone.text.contains("<svg class=\"code\""), "nothing to scan on the phone itself")
        #expect(try await siti.get("\(location)&periksa=1").text.contains("Belum tersambung"))
        // Somebody else gets nothing by the address of the page.
        let joko = try await portal.client(DemoWorld.joko)
        #expect(try await !joko.get(location).text.contains("t.me"))
        telegram.write(41, "/start \(token)", name: "<script>")
        portal.jobs.runOnce()
        let pressed = try await siti.get("\(location)&periksa=1")
        #expect(pressed.status == 303 && pressed.location == Self.path)
        let after = try await siti.get(Self.path)
        #expect(after.text.contains("Telegram tersambung.") && after.text.contains("Tersambung sejak"))
        #expect(telegram.said.count == 1 && telegram.said[0].chat == 700)
        #expect(telegram.said[0].text.contains("sekarang menerima kabar"))
        #expect(portal.mails.to(DemoWorld.siti.email).contains { $0.subject == "Telegram dihubungkan ke akun Anda" })
        // News: its number, what happened, where to read more; no name, no identity number.
        let draft = try await JourneyTests.filledDraft(portal, siti)
        try await Self.submit(draft, siti)
        portal.jobs.runOnce()
        let news = try #require(telegram.said.last)
        #expect(news.text.contains("Permohonan \(draft) sudah kami terima"))
        #expect(news.text.hasSuffix("http://127.0.0.1/permohonan/\(draft)"))
        #expect(!news.text.contains("Siti") && !news.text.contains("1271"))
        #expect(portal.mails.to(DemoWorld.siti.email).contains { $0.subject.contains(draft) }, "and by e-mail")
        portal.jobs.runOnce()
        #expect(telegram.said.count == 2, "once")
        #expect(telegram.offsets.last == 42 && telegram.strange.isEmpty)
    }

    private static func submit(_ reference: String, _ client: Client) async throws {
        let csrf = try await client.get("/permohonan/\(reference)/periksa").csrf
        let sent = try await client.post("/permohonan/\(reference)/pengajuan", ["csrf": csrf, "pernyataan": "1"])
        try #require(sent.status == 303, "\(sent.status)")
    }

    @Test func choicesAreMadeForEachWay() async throws {
        let telegram = try FakeTelegram()
        let portal = try TestPortal(messengers: Messengers(telegram: try telegram.bot()))
        let siti = try await portal.client(DemoWorld.siti)
        let before = try await siti.get(Self.path)
        #expect(before.text.contains("name=\"saluran\" value=\"email\"") && !before.text.contains("value=\"telegram\""))
        try await Self.connectTelegram(portal, telegram, siti)
        let page = try await siti.get(Self.path)
        #expect(page.text.matches(of: /name="receipt" value="(email|telegram)" checked/).count == 2)
        #expect(page.text.contains("hanya lewat surel"))
        // A page from before the connection says nothing about it.
        let old = ["csrf": page.csrf, "saluran": "email", "progress": "1"]
        #expect(try await siti.post(Self.path, old).status == 303)
        let id = try portal.viewer(DemoWorld.siti).account
        #expect(try portal.site.store.notificationChoices(of: id)[.telegram]?[.receipt] == true)
        #expect(try portal.site.store.notificationChoices(of: id)[.email]?[.receipt] == false)
        let choice = ["csrf": page.csrf, "saluran": "telegram", "progress": "telegram"]
        #expect(try await siti.post(Self.path, choice).status == 303)
        let chosen = try portal.site.store.notificationChoices(of: id)
        #expect(chosen[.telegram] == [.receipt: false, .progress: true, .messages: false, .expiry: false])
        #expect(chosen[.email]?[.progress] == true)
        // Another language in the middle of ticking.
        let turned = try await siti.post(
            Self.path, ["csrf": page.csrf, "saluran": "telegram", "expiry": "telegram", "isian.bahasa": "en"])
        #expect(turned.status == 200 && turned.text.contains("<h1>Notifications</h1>"))
        #expect(turned.text.matches(of: /name="expiry" value="telegram" checked/).count == 1)
        #expect(turned.text.matches(of: /name="progress" value="telegram" checked/).isEmpty)
    }

    @Test func disconnectingEndsTheNews() async throws {
        let telegram = try FakeTelegram()
        let portal = try TestPortal(messengers: Messengers(telegram: try telegram.bot()))
        let siti = try await portal.client(DemoWorld.siti)
        try await Self.connectTelegram(portal, telegram, siti)
        let csrf = try await siti.get(Self.path).csrf
        for _ in 1...2 {
            let ended = try await siti.post("\(Self.path)/telegram/pemutusan", ["csrf": csrf])
            #expect(ended.status == 303 && ended.location == Self.path)
        }
        #expect(try await siti.get(Self.path).text.contains("Saluran diputuskan."))
        let count = telegram.said.count
        try await Self.submit(try await JourneyTests.filledDraft(portal, siti), siti)
        portal.jobs.runOnce()
        #expect(telegram.said.count == count)
    }

    /// In the chat, in the language of whoever owns the account.
    @Test func stoppingInTheChat() async throws {
        let telegram = try FakeTelegram()
        let portal = try TestPortal(messengers: Messengers(telegram: try telegram.bot()))
        let siti = try await portal.client(DemoWorld.siti)
        try await Self.connectTelegram(portal, telegram, siti)
        telegram.write(2, "halo")
        telegram.write(3, "/stop")
        portal.jobs.runOnce()
        #expect(telegram.said.map(\.text).contains { $0.hasPrefix("Obrolan ini sudah menerima kabar") })
        #expect(telegram.said.last?.text.hasPrefix("Obrolan ini tidak menerima kabar lagi.") == true)
        #expect(try await siti.get(Self.path).text.contains("Hubungkan Telegram"))
    }

    @Test func strangersGetAFewFriendlyAnswers() throws {
        let telegram = try FakeTelegram()
        let portal = try TestPortal(messengers: Messengers(telegram: try telegram.bot()))
        for number in 1...9 { telegram.write(Int64(number), "/start@suratizin_bot bukan-token", chat: 900) }
        telegram.write(10, "/start", chat: 901)
        telegram.write(11, "hello", chat: -5, type: "group")
        portal.jobs.runOnce()
        #expect(telegram.said.filter { $0.chat == 900 }.count == 3)
        #expect(telegram.said.filter { $0.chat == 900 }.allSatisfy { $0.text.hasPrefix("This link no longer works.") })
        #expect(telegram.said.filter { $0.chat == 901 }.count == 1)
        #expect(telegram.said.allSatisfy { $0.chat > 0 })
        portal.jobs.runOnce()
        #expect(telegram.said.count == 4 && telegram.offsets == [nil, 12])
    }

    @Test func whoBlocksTheBotIsToldByEmail() async throws {
        let telegram = try FakeTelegram()
        let portal = try TestPortal(messengers: Messengers(telegram: try telegram.bot()))
        let siti = try await portal.client(DemoWorld.siti)
        try await Self.connectTelegram(portal, telegram, siti)
        telegram.fail(FakeTelegram.refusal(403, "Forbidden: bot was blocked by the user"))
        try await Self.submit(try await JourneyTests.filledDraft(portal, siti), siti)
        portal.jobs.runOnce()
        portal.jobs.runOnce()
        let page = try await siti.get(Self.path).text
        #expect(page.contains("Terputus pada") && page.contains("Hubungkan Telegram"))
        #expect(portal.mails.to(DemoWorld.siti.email).contains { $0.subject == "Kabar lewat Telegram terputus" })
    }

    @Test func aServiceThatFailsDelaysNoMailAndIsLeftAlone() async throws {
        let telegram = try FakeTelegram()
        let whatsApp = try FakeWhatsApp()
        let portal = try TestPortal(
            messengers: Messengers(telegram: try telegram.bot(), whatsApp: try whatsApp.number()))
        let siti = try await portal.client(DemoWorld.siti)
        try await Self.connectTelegram(portal, telegram, siti)
        telegram.fail(FakeTelegram.refusal(429, "Too Many Requests", more: ",\"parameters\":{\"retry_after\":600}"))
        let draft = try await JourneyTests.filledDraft(portal, siti)
        try await Self.submit(draft, siti)
        portal.jobs.runOnce()
        let mails = portal.mails.to(DemoWorld.siti.email).filter { $0.subject.contains(draft) }.count
        #expect(mails == 1)
        telegram.fail(nil)
        portal.pass(seconds: 599)
        portal.jobs.runOnce()
        #expect(!telegram.said.contains { $0.text.contains(draft) }, "asked to wait for ten minutes")
        portal.pass(seconds: 1)
        portal.jobs.runOnce()
        #expect(telegram.said.filter { $0.text.contains(draft) }.count == 1)
        #expect(portal.mails.to(DemoWorld.siti.email).filter { $0.subject.contains(draft) }.count == mails)
    }

    /// News that nobody could be told for two days is told no more.
    @Test func oldNewsIsGivenUp() async throws {
        let telegram = try FakeTelegram()
        let portal = try TestPortal(messengers: Messengers(telegram: try telegram.bot()))
        let siti = try await portal.client(DemoWorld.siti)
        try await Self.connectTelegram(portal, telegram, siti)
        telegram.fail(FakeTelegram.refusal(502, "Bad Gateway"))
        let draft = try await JourneyTests.filledDraft(portal, siti)
        try await Self.submit(draft, siti)
        for _ in 1...5 {
            portal.jobs.runOnce()
            portal.pass(seconds: 86_400 / 2)
        }
        telegram.fail(nil)
        portal.jobs.runOnce()
        portal.pass(seconds: 86_400)
        portal.jobs.runOnce()
        #expect(!telegram.said.contains { $0.text.contains(draft) })
        #expect(try portal.site.store.waitingMessages(by: .telegram, at: portal.site.now(), limit: 9).isEmpty)
    }

    @Test func whatsAppByItsCode() async throws {
        let whatsApp = try FakeWhatsApp()
        let portal = try TestPortal(messengers: Messengers(whatsApp: try whatsApp.number()))
        let siti = try await portal.client(DemoWorld.siti)
        let path = "\(Self.path)/whatsapp"
        let page = try await siti.get(path)
        #expect(page.text.contains("Anda setuju menerima kabar") && page.text.contains("0812"))
        for _ in 1...2 { #expect(try await siti.post("\(path)/pengiriman", ["csrf": page.csrf]).location == path) }
        portal.jobs.runOnce()
        #expect(whatsApp.sent.count == 1, "one for two clicks")
        let code = try #require(whatsApp.sent.first?.button)
        #expect(whatsApp.sent.first?.template == "suratizin_kode" && ChannelCode.typed(code) == code)
        #expect(try await siti.get(path).text.contains("autocomplete=\"one-time-code\""))
        let short = try await siti.post(path, ["kode": "12", "csrf": page.csrf])
        #expect(short.status == 422 && short.text.contains("value=\"12\""))
        let other = code == "111111" ? "222222" : "111111"
        let wrong = try await siti.post(path, ["kode": other, "csrf": page.csrf])
        #expect(wrong.status == 422 && wrong.text.contains("4 kali lagi"))
        let typed = "\(code.prefix(3)) \(code.suffix(3))"
        for _ in 1...2 {
            let right = try await siti.post(path, ["kode": typed, "csrf": page.csrf])
            #expect(right.status == 303 && right.location == Self.path)
        }
        portal.jobs.runOnce()
        let draft = try await JourneyTests.filledDraft(portal, siti)
        try await Self.submit(draft, siti)
        portal.jobs.runOnce()
        let news = try #require(whatsApp.sent.last)
        #expect(news.template == "suratizin_kabar" && news.to.hasPrefix("628") && news.button == nil)
        #expect(news.body.count == 3 && news.body[1].contains(draft) && news.body[2].hasSuffix("/permohonan/\(draft)"))
        let csrf = try await siti.get(Self.path).csrf
        let fields = ["telepon": "0811-222-3334", "kata_sandi": DemoWorld.password, "csrf": csrf]
        #expect(try await siti.post("/akun/telepon", fields).status == 303)
        #expect(try await siti.get(Self.path).text.contains("Hubungkan WhatsApp"))
    }

    @Test func codesAreLimited() async throws {
        let whatsApp = try FakeWhatsApp()
        whatsApp.fail { _ in FakeWhatsApp.error(400, 131_026, "Message undeliverable") }
        let portal = try TestPortal(messengers: Messengers(whatsApp: try whatsApp.number()))
        let siti = try await portal.client(DemoWorld.siti)
        let path = "\(Self.path)/whatsapp"
        let csrf = try await siti.get(path).csrf
        var statuses: [Int] = []
        for _ in 1...4 {
            statuses.append(try await siti.post("\(path)/pengiriman", ["csrf": csrf]).status)
            portal.jobs.runOnce()
        }
        #expect(statuses == [303, 303, 303, 429])
        #expect(try await siti.get(path).text.contains("tidak dapat dikirim ke"))
    }
}
