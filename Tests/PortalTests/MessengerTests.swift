import Foundation
import HTTPServer
import HTTPTypes
import Permits
import Testing

@testable import Portal

/// What the services answer, and what the portal makes of it.
@Suite struct MessengerTests {
    private static let news = ChatMessage(
        address: "700", language: .english, siteName: "Suratizin",
        content: .news("Application <b>BR7K</b> & more", link: "https://izin.example/permohonan/BR7K-2QMX"))

    /// What `send` throws; nil when it went out.
    private func fault(_ sender: any ChatSender, _ message: ChatMessage = news) -> ChatFault? {
        do {
            try sender.send(message)
            return nil
        } catch {
            return error
        }
    }

    @Test func telegramGetsPlainText() throws {
        let telegram = try FakeTelegram()
        #expect(fault(try telegram.bot()) == nil)
        #expect(
            telegram.said == [
                .init(
                    chat: 700, text: "Application <b>BR7K</b> & more\n\nhttps://izin.example/permohonan/BR7K-2QMX")
            ])
        #expect(telegram.strange.isEmpty)
        #expect(try telegram.bot().startLink("k7m2") == "https://t.me/suratizin_bot?start=k7m2")
    }

    @Test func telegramFailsInEveryWay() throws {
        let telegram = try FakeTelegram()
        let bot = try telegram.bot(timeout: 1)
        func expect(_ what: String, _ failure: @escaping @Sendable () -> Response, _ isRight: (ChatFault) -> Bool) {
            telegram.fail(failure)
            let found = fault(bot)
            #expect(found.map(isRight) == true, "\(what): \(String(describing: found))")
            #expect(found?.description.contains("AbCdEf") != true, "\(what): no token")
        }
        func isUnavailable(_ fault: ChatFault) -> Bool { if case .unavailable = fault { true } else { false } }
        func isGone(_ fault: ChatFault) -> Bool { if case .gone = fault { true } else { false } }
        func isRejected(_ fault: ChatFault) -> Bool { if case .rejected = fault { true } else { false } }
        func waits(_ seconds: Int64) -> (ChatFault) -> Bool {
            { if case .wait(seconds, _) = $0 { true } else { false } }
        }
        expect("token", FakeTelegram.refusal(401, "Unauthorized"), isUnavailable)
        expect("blocked", FakeTelegram.refusal(403, "Forbidden: bot was blocked by the user"), isGone)
        expect("no chat", FakeTelegram.refusal(400, "Bad Request: chat not found"), isGone)
        expect("no text", FakeTelegram.refusal(400, "Bad Request: message text is empty"), isRejected)
        expect(
            "flood", FakeTelegram.refusal(429, "Too Many Requests", more: ",\"parameters\":{\"retry_after\":7}"),
            waits(7))
        expect(
            "flood for ever", FakeTelegram.refusal(429, "x", more: ",\"parameters\":{\"retry_after\":99999999}"),
            waits(ChatFault.longestWait))
        expect("flood, no word", { .text("slow down", status: .tooManyRequests) }, waits(30))
        expect("down", { .text("<html>bad gateway</html>", status: .badGateway) }, isUnavailable)
        expect("moved", { .redirect(to: "/elsewhere") }, isUnavailable)
        expect("garbage", { .text("{\"ok\":") }, isUnavailable)
        expect("half", { .text("{\"ok\":true}") }, isUnavailable)
        expect("no", { .text("{\"ok\":false,\"description\":\"later\"}") }, isUnavailable)
        expect("too much", { .text(String(repeating: "x", count: 5 << 20)) }, isUnavailable)
        expect(
            "echo",
            FakeTelegram.refusal(
                500, "POST /bot\(FakeTelegram.token)/sendMessage\\u0000\\n\(String(repeating: "x", count: 900))"),
            { isUnavailable($0) && $0.description.count < 250 && !$0.description.contains("\n") })
        expect(
            "late",
            {
                Thread.sleep(forTimeInterval: 2)
                return .text("{\"ok\":true,\"result\":{}}")
            }, isUnavailable)
        let gone = try FakeTelegram().bot()
        #expect(fault(gone).map(isUnavailable) == true)
    }

    @Test func onlySafeAddressesAreAsked() {
        for address in [
            "http://api.telegram.org", "http://127.0.0.1.evil.example", "http://localhost.evil.example", "ftp://a.id",
            "", "telegram", "https://u@a.id",
        ] {
            #expect(TelegramBot(address: address, token: FakeTelegram.token, name: "bot_a") == nil, "\(address)")
            #expect(!Messengers.isAddress(address), "\(address)")
        }
        for address in [
            "https://api.telegram.org", "http://127.0.0.1:8081", "http://localhost:8081", "http://[::1]:8081",
        ] {
            #expect(Messengers.isAddress(address), "\(address)")
        }
        for token in ["", "123", "123456:abc/../def-ghi", "123456:abcdefghij klm", "a:bcdefghijklm"] {
            #expect(TelegramBot(address: "https://a.id", token: token, name: "bot_a") == nil, "\(token)")
        }
        #expect(TelegramBot(address: "https://a.id", token: FakeTelegram.token, name: "bot/a") == nil)
        #expect(
            WhatsAppNumber(
                address: "https://a.id", number: "12/3456", token: FakeWhatsApp.token, newsTemplate: "a",
                codeTemplate: "b") == nil)
    }

    /// Names, texts and shapes that strangers choose.
    @Test func hostileUpdatesStopNothing() throws {
        let telegram = try FakeTelegram()
        telegram.write(1, "/start \u{202E}evil", name: "<script>\u{0}\"';DROP TABLE account;--")
        telegram.tell(2, "\"message\":{\"chat\":{\"id\":\"700\"},\"text\":5}")
        telegram.tell(3, "\"message\":null")
        telegram.tell(4, "\"edited_message\":{\"chat\":{\"id\":700,\"type\":\"private\"},\"text\":\"/stop\"}")
        telegram.write(5, "/stop", chat: -100, type: "supergroup")
        telegram.write(6, String(repeating: "/stop ", count: 700))
        telegram.tell(7, "\"message\":{\"chat\":{\"id\":700,\"type\":\"private\"}}")
        telegram.tell(
            8,
            "\"my_chat_member\":{\"chat\":{\"id\":700,\"type\":\"private\"},\"new_chat_member\":{\"status\":\"kicked\"}}"
        )
        let updates = try telegram.bot().updates(from: nil, waiting: 0)
        #expect(updates.map(\.id) == Array(1...8))
        #expect(updates.map(\.chat) == [700, nil, nil, nil, nil, 700, 700, 700])
        #expect(
            updates.map(\.act) == [
                .start(parameter: "\u{202E}evil"), .other, .other, .other, .stop, .stop, .other, .left,
            ])
        #expect(updates.first?.language == .english)
        // Nothing in it can be moved on behind: that is no answer of Telegram's.
        let server = try ServiceDouble { _ in .text("{\"ok\":true,\"result\":[{\"a\":1},[]]}") }
        let bot = try #require(TelegramBot(address: server.address, token: FakeTelegram.token, name: "bot_a"))
        #expect(throws: ChatFault.unavailable("answered something else")) { try bot.updates(from: 3, waiting: 0) }
    }

    @Test func whatsAppGetsTemplates() throws {
        let service = try FakeWhatsApp()
        let number = try service.number()
        let message = ChatMessage(
            address: "6281234567890", language: .english, siteName: "Suratizin",
            content: .news("Line one\nline two    and\tthree", link: "https://izin.example/x"))
        #expect(fault(number, message) == nil)
        let code = ChatMessage(
            address: "6281234567890", language: .indonesian, siteName: "Suratizin", content: .code("012345"))
        #expect(fault(number, code) == nil)
        #expect(
            service.sent == [
                .init(
                    to: "6281234567890", template: "suratizin_kabar", language: "en",
                    body: ["Suratizin", "Line one line two and three", "https://izin.example/x"], button: nil),
                .init(
                    to: "6281234567890", template: "suratizin_kode", language: "id", body: ["012345"], button: "012345"),
            ])
    }

    /// An office that has its template in Indonesian only.
    @Test func whatsAppFallsBackToIndonesian() throws {
        let service = try FakeWhatsApp()
        service.fail { sent in
            sent.language == "en" ? FakeWhatsApp.error(404, 132_001, "Template name does not exist") : nil
        }
        #expect(fault(try service.number()) == nil)
        #expect(service.sent.map(\.language) == ["id"])
        service.fail { _ in FakeWhatsApp.error(404, 132_001, "Template name does not exist") }
        guard case .unavailable = fault(try service.number()) else {
            Issue.record("the office can mend it")
            return
        }
    }

    @Test func whatsAppFailsInEveryWay() throws {
        let service = try FakeWhatsApp()
        let number = try service.number(timeout: 1)
        func expect(_ what: String, _ failure: @escaping @Sendable (FakeWhatsApp.Sent) -> Response?, _ kind: String) {
            service.fail(failure)
            let found = fault(number)
            let name = found.flatMap { Mirror(reflecting: $0).children.first?.label }
            #expect(name == kind, "\(what): \(String(describing: found))")
            #expect(found?.description.contains("rahasia") != true, "\(what): no token")
        }
        expect("token", { _ in FakeWhatsApp.error(401, 190, "Token \(FakeWhatsApp.token) expired") }, "unavailable")
        expect("no WhatsApp", { _ in FakeWhatsApp.error(400, 131_026, "Message undeliverable") }, "rejected")
        expect("opted out", { _ in FakeWhatsApp.error(403, 131_050, "User stopped") }, "rejected")
        expect("parameter", { _ in FakeWhatsApp.error(400, 100, "Invalid parameter") }, "rejected")
        expect("paused template", { _ in FakeWhatsApp.error(400, 132_015, "Template is paused") }, "unavailable")
        expect("rate", { _ in FakeWhatsApp.error(400, 130_429, "Rate limit hit") }, "wait")
        expect("too many", { _ in .text("", status: .tooManyRequests) }, "wait")
        expect("down", { _ in .text("", status: .serviceUnavailable) }, "unavailable")
        expect("garbage", { _ in .text("<html>") }, "unavailable")
        expect("nothing taken", { _ in .text("{\"messages\":[]}") }, "unavailable")
        expect(
            "late",
            { _ in
                Thread.sleep(forTimeInterval: 2)
                return nil
            }, "unavailable")
    }

    /// A mail program of a few lines; says what came of it, and what it was given.
    private func sendmail(_ script: String, timeout: Double = 20) throws -> (fault: String?, mail: String) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sendmail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("sendmail").path
        try Data("#!/bin/sh\ncd '\(folder.path)'\n\(script)\n".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        let sender = try #require(Sendmail(path: path, timeout: timeout))
        let mail = Mail(
            id: "00000001-issued", from: "kantor@contoh.id", to: "-oX@contoh.id", subject: "Surat terbit",
            body: String(repeating: "Baris.\n", count: 20_000), date: Moment(seconds: 1_800_000_000))
        var fault: String?
        do { try sender.send(mail) } catch { fault = "\(error)" }
        let text = (try? String(contentsOf: folder.appendingPathComponent("mail"), encoding: .utf8)) ?? ""
        return (fault, text)
    }

    @Test func mailsAreHandedToAProgram() throws {
        let (fault, mail) = try sendmail("printf '%s|' \"$@\" > mail; cat >> mail")
        #expect(fault == nil)
        #expect(mail.hasPrefix("-i|-f|kantor@contoh.id|--|-oX@contoh.id|From: Suratizin <kantor@contoh.id>\nTo: "))
        #expect(mail.utf8.count > 140_000 && !mail.contains("\r") && mail.contains("\n\nBaris.\n"))
    }

    @Test func aMailProgramFailsInEveryWay() throws {
        let (refused, _) = try sendmail("echo 'no route to host' >&2; echo more >&2; exit 75")
        #expect(refused == "exit 75: no route to host")
        let (noisy, _) = try sendmail("head -c 300000 /dev/zero | tr '\\0' x >&2; exit 1")
        #expect(noisy?.hasPrefix("exit 1: xxx") == true && (noisy?.count ?? 0) < 250)
        let (killed, _) = try sendmail("kill -9 $$")
        #expect(killed?.hasPrefix("signal 9") == true)
        let (late, _) = try sendmail("trap '' TERM; while :; do sleep 0.1; done", timeout: 1)
        #expect(late == "no end within 1 s")
        for path in ["sendmail", "/tidak/ada", ""] { #expect(Sendmail(path: path) == nil, "\(path)") }
    }
}
