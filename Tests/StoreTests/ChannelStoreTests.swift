import Foundation
import GRDB
import Permits
import Store
import Testing

/// The same people with chats that the portal has.
private struct Chats {
    static let bot = "suratizin_bot"
    static let token = [UInt8](repeating: 4, count: 32)

    let world: World
    let store: Store
    var siti: AccountID { world.siti.account }

    init(_ channels: Set<NotificationChannel> = [.telegram, .whatsapp]) throws {
        world = try World()
        store = try Store(path: "\(world.directory)/suratizin.sqlite", channels: channels)
    }

    func take(
        _ id: Int64, _ act: TelegramUpdate.Act, chat: Int64? = 700, token: [UInt8]? = nil, at now: Moment = World.now
    ) throws -> TelegramOutcome {
        try store.take(
            TelegramUpdate(id: id, chat: chat, act: act, language: .english), token: token, bot: Self.bot, at: now)
    }

    func connectTelegram(_ id: Int64 = 1, at now: Moment = World.now) throws {
        try store.addTelegramToken(Self.token, for: siti, at: now)
        #expect(try take(id, .start(parameter: "x"), token: Self.token, at: now) == .connected)
    }

    func connectWhatsApp(at now: Moment = World.now) throws {
        try store.requestWhatsAppCode(of: siti, at: now)
        #expect(try store.addWhatsAppCode("000123", salt: [UInt8](repeating: 1, count: 16), for: siti, at: now))
        #expect(try store.connectWhatsApp(of: siti, code: "000123", at: now) == .connected)
    }

    /// Kinds that wait for Siti on one way.
    func waiting(_ channel: NotificationChannel, at now: Moment = World.now) throws -> [MessageKind] {
        try messages(channel, at: now).map(\.kind)
    }

    func messages(_ channel: NotificationChannel, at now: Moment = World.now) throws -> [OutboxMessage] {
        try store.waitingMessages(by: channel, at: now, limit: 500).filter { $0.recipient.id == siti }
    }

    func submit() throws -> Reference {
        let reference = try world.filledDraft()
        try store.change(reference, by: world.siti, origin: "127.0.0.1") { application, _ in
            try application.submit(by: world.siti, stating: true, at: World.now)
        }
        return reference
    }

    func events() throws -> [String] {
        try store.personalData(of: world.siti, at: World.now).accountEvents.map(\.kind)
    }
}

@Suite struct ChannelStoreTests {
    @Test func aLinkConnectsOnceAndTellsBothWays() throws {
        let chats = try Chats()
        try chats.store.addTelegramToken(Chats.token, for: chats.siti, at: World.now)
        #expect(try chats.store.telegramTokenEnd(Chats.token, of: chats.siti, at: World.now) != nil)
        #expect(try chats.store.telegramTokenEnd(Chats.token, of: chats.world.joko.account, at: World.now) == nil)
        #expect(try chats.take(1, .start(parameter: "x"), token: Chats.token) == .connected)
        #expect(try chats.store.connections(of: chats.siti).map(\.address) == ["700"])
        #expect(try chats.waiting(.telegram) == [.channelConnected])
        #expect(try chats.waiting(.email).last == .channelConnected)
        #expect(try chats.events().last == "telegramConnected")
        #expect(try chats.store.telegramTokenEnd(Chats.token, of: chats.siti, at: World.now) == nil)
        // Start pressed once more in the same chat, and the link opened by somebody else.
        #expect(try chats.take(2, .start(parameter: "x"), token: Chats.token) == .known(.indonesian))
        #expect(try chats.take(3, .start(parameter: "x"), chat: 701, token: Chats.token) == .invalidLink(.english))
        #expect(try chats.store.connections(of: chats.siti).map(\.address) == ["700"])
        #expect(try chats.waiting(.telegram).count == 1)
    }

    @Test func oldAndUnknownLinksConnectNothing() throws {
        let chats = try Chats()
        try chats.store.addTelegramToken(Chats.token, for: chats.siti, at: World.now)
        let late = World.now.adding(seconds: Store.telegramTokenSeconds)
        #expect(try chats.take(1, .start(parameter: "x"), token: Chats.token, at: late) == .invalidLink(.english))
        #expect(try chats.take(2, .start(parameter: "x"), token: nil) == .invalidLink(.english))
        #expect(
            try chats.take(3, .start(parameter: "x"), token: [UInt8](repeating: 9, count: 32)) == .invalidLink(.english)
        )
        #expect(try chats.store.connections(of: chats.siti).isEmpty)
        // Of an account that is not active yet.
        try chats.store.addTelegramToken([UInt8](repeating: 5, count: 32), for: chats.world.joko.account, at: World.now)
        #expect(
            try chats.take(4, .start(parameter: "x"), token: [UInt8](repeating: 5, count: 32)) == .invalidLink(.english)
        )
    }

    /// A crash after an update was taken in makes Telegram send it again.
    @Test func anUpdateIsTakenInOnce() throws {
        let chats = try Chats()
        try chats.connectTelegram(10)
        #expect(try chats.take(11, .stop) == .stopped(.indonesian))
        try chats.store.addTelegramToken([UInt8](repeating: 6, count: 32), for: chats.siti, at: World.now)
        #expect(try chats.take(12, .start(parameter: "x"), token: [UInt8](repeating: 6, count: 32)) == .connected)
        // The stop of before comes once more: it ends nothing.
        #expect(try chats.take(11, .stop) == .nothing)
        #expect(try chats.store.connections(of: chats.siti).count == 1)
        #expect(try chats.store.telegramPosition(of: Chats.bot)?.next == 13)
        // After a long rest they are numbered anew.
        #expect(try chats.take(2, .stop, at: World.now.adding(hours: 24 * 8)) == .stopped(.indonesian))
        #expect(try chats.store.telegramPosition(of: Chats.bot)?.next == 3)
    }

    @Test func aMessageGoesOutOnEachWayAndFailsOnEachByItself() throws {
        let chats = try Chats()
        try chats.connectTelegram()
        try chats.connectWhatsApp()
        let before = try chats.messages(.email).count
        _ = try chats.submit()
        #expect(try chats.waiting(.telegram) == [.channelConnected, .submitted])
        #expect(try chats.waiting(.whatsapp).contains(.submitted))
        #expect(try chats.messages(.email).count == before + 1)
        let whatsApp = try #require(try chats.messages(.whatsapp).last)
        #expect(whatsApp.address == "6281234567890" && whatsApp.payload.reference != nil)
        try chats.store.noteFailed(whatsApp, fault: "away", at: World.now)
        try chats.store.noteUndeliverable(try #require(try chats.messages(.telegram).last), fault: "400", at: World.now)
        #expect(try chats.waiting(.telegram) == [.channelConnected])
        #expect(try !chats.waiting(.whatsapp).contains(.submitted))
        #expect(try chats.messages(.email).count == before + 1)
        // What was given up does not come back; what failed does.
        let later = World.now.adding(hours: 48)
        #expect(try !chats.waiting(.telegram, at: later).contains(.submitted))
        #expect(try chats.waiting(.whatsapp, at: later).contains(.submitted))
        try chats.store.noteFailed(whatsApp, fault: "429", wait: 3000, at: World.now)
        #expect(try !chats.waiting(.whatsapp, at: World.now.adding(seconds: 2999)).contains(.submitted))
    }

    @Test func choicesAreByTopicAndWay() throws {
        let chats = try Chats()
        try chats.connectTelegram()
        let siti = chats.siti
        #expect(Set(try chats.store.notificationChoices(of: siti).keys) == [.email, .telegram])
        #expect(
            try chats.store.notificationChoices(of: siti)[.telegram]?[.receipt] == true, "everything until unticked")
        try chats.store.setNotificationChoices([.email: [], .telegram: [.progress]], of: siti, at: World.now)
        let reference = try chats.submit()
        #expect(try !chats.waiting(.telegram).contains(.submitted) && !chats.waiting(.email).contains(.submitted))
        try chats.store.change(reference, by: chats.world.budi, origin: "-") { application, calendar in
            try application.decide(.recommend, by: chats.world.budi, at: World.now, in: calendar)
        }
        #expect(try chats.waiting(.telegram).contains(.recommended) && !chats.waiting(.email).contains(.recommended))
        // Those of one way stay when another's are set.
        try chats.store.setNotificationChoices([.email: [.receipt]], of: siti, at: World.now)
        #expect(try chats.store.notificationChoices(of: siti)[.telegram]?[.receipt] == false)
        #expect(try chats.store.notificationChoices(of: siti)[.telegram]?[.progress] == true)
    }

    @Test func secretsGoByEmailOnly() throws {
        let chats = try Chats()
        try chats.connectTelegram()
        let before = try chats.waiting(.telegram)
        try chats.store.requestEmailChange(of: chats.siti, to: "baru@contoh.id", at: World.now)
        try chats.store.requestDeletion(of: chats.world.siti, at: World.now)
        #expect(try chats.waiting(.telegram) == before)
        #expect(try chats.waiting(.email).contains(.deletionRequested))
        let bare = MessageKind.allCases.filter { !$0.goesToChats }
        #expect(bare.contains(.passwordReset) && bare.contains(.invitation) && bare.contains(.activation))
        #expect(bare.allSatisfy { $0.topic == nil }, "what may be chosen can go to chats")
    }

    /// News of several messages wait as one on each way.
    @Test func burstsAreGatheredOnEachWay() throws {
        let chats = try Chats()
        let reference = try chats.submit()
        func write(_ text: String, asking: Bool = false, at seconds: Int64) throws {
            let draft = MessageDraft(text: text, isQuestion: asking, files: [], token: text)
            try chats.store.write(
                draft, about: reference, by: chats.world.budi, origin: "-", at: World.now.adding(seconds: seconds))
        }
        try write("Satu", at: 0)
        try chats.connectTelegram(at: World.now.adding(seconds: 1))
        try write("Dua", at: 2)
        try write("Tiga?", asking: true, at: 3)
        let late = World.now.adding(hours: 1)
        for channel in [NotificationChannel.email, .telegram] {
            let kinds = try chats.waiting(channel, at: late).filter { [.messageReceived, .questionAsked].contains($0) }
            #expect(kinds == [.questionAsked], "\(channel)")
        }
    }

    @Test func whoBlocksTheBotIsToldByEmail() throws {
        let chats = try Chats()
        try chats.connectTelegram()
        _ = try chats.submit()
        let message = try #require(try chats.messages(.telegram).first)
        try chats.store.noteGone(message, fault: "403", at: World.now)
        #expect(try chats.store.connections(of: chats.siti).isEmpty)
        #expect(try chats.waiting(.telegram).isEmpty, "nothing waits for a chat that is gone")
        #expect(try chats.waiting(.email).last == .channelLost)
        #expect(try chats.store.lostSince(.telegram, of: chats.siti) == World.now)
        #expect(try chats.store.lostSince(.whatsapp, of: chats.siti) == nil)
        // A fault of the chat of before ends nothing of the one that is connected now.
        try chats.store.addTelegramToken([UInt8](repeating: 8, count: 32), for: chats.siti, at: World.now)
        #expect(
            try chats.take(5, .start(parameter: "x"), chat: 900, token: [UInt8](repeating: 8, count: 32)) == .connected)
        try chats.store.noteGone(message, fault: "403", at: World.now)
        #expect(try chats.store.connections(of: chats.siti).map(\.address) == ["900"])
        #expect(try chats.store.lostSince(.telegram, of: chats.siti) == nil)
        // Telegram says so itself, too.
        #expect(try chats.take(6, .left, chat: 900) == .nothing)
        #expect(try chats.store.connections(of: chats.siti).isEmpty)
        #expect(try chats.events().suffix(2) == ["telegramConnected", "telegramLost"])
    }

    @Test func aCodeConnectsTheNumberItWasSentTo() throws {
        let chats = try Chats()
        let salt = [UInt8](repeating: 3, count: 16)
        #expect(throws: PermitError.forbidden, "not active") {
            try chats.store.requestWhatsAppCode(of: chats.world.joko.account, at: World.now)
        }
        #expect(try chats.store.connectWhatsApp(of: chats.siti, code: "000000", at: World.now) == .void)
        try chats.store.requestWhatsAppCode(of: chats.siti, at: World.now)
        try chats.store.requestWhatsAppCode(of: chats.siti, at: World.now.adding(seconds: 2))
        #expect(try chats.waiting(.whatsapp, at: World.now.adding(seconds: 9)) == [.whatsAppCode], "one for two clicks")
        #expect(try chats.messages(.whatsapp).first?.address == "6281234567890")
        #expect(try chats.store.connectWhatsApp(of: chats.siti, code: "000000", at: World.now) == .void, "none is sent")
        #expect(try chats.store.addWhatsAppCode("271828", salt: salt, for: chats.siti, at: World.now))
        #expect(try chats.store.whatsAppCodeRequest(of: chats.siti, at: World.now)?.isSent == true)
        #expect(try chats.store.connectWhatsApp(of: chats.siti, code: "000000", at: World.now) == .wrong(left: 4))
        #expect(try chats.store.connectWhatsApp(of: chats.siti, code: "271828", at: World.now) == .connected)
        #expect(
            try chats.store.connectWhatsApp(of: chats.siti, code: "271828", at: World.now) == .connected, "2nd click")
        #expect(try chats.store.connections(of: chats.siti).map(\.address) == ["6281234567890"])
        #expect(try chats.events().filter { $0 == "whatsappConnected" }.count == 1)
        // Another number is not known to be theirs.
        try chats.store.changePhone(of: chats.siti, to: "628111222333", at: World.now)
        #expect(try chats.store.connections(of: chats.siti).isEmpty)
        #expect(try chats.waiting(.whatsapp).isEmpty)
        #expect(try chats.events().last == "whatsappDisconnected")
    }

    @Test func aCodeIsTriedFiveTimesAndForTenMinutes() throws {
        let chats = try Chats()
        func send() throws {
            #expect(
                try chats.store.addWhatsAppCode(
                    "271828", salt: [UInt8](repeating: 3, count: 16), for: chats.siti, at: World.now))
        }
        try chats.store.requestWhatsAppCode(of: chats.siti, at: World.now)
        try send()
        for left in [4, 3, 2, 1, 0] {
            #expect(
                try chats.store.connectWhatsApp(of: chats.siti, code: "111111", at: World.now) == .wrong(left: left))
        }
        #expect(try chats.store.connectWhatsApp(of: chats.siti, code: "271828", at: World.now) == .void)
        // Sending it once more, as after a crash, gives no tries back.
        try send()
        #expect(try chats.store.connectWhatsApp(of: chats.siti, code: "271828", at: World.now) == .void)
        let second = World.now.adding(seconds: 120)
        try chats.store.requestWhatsAppCode(of: chats.siti, at: second)
        #expect(
            try chats.store.addWhatsAppCode(
                "271828", salt: [UInt8](repeating: 3, count: 16), for: chats.siti, at: second))
        let late = second.adding(seconds: ChannelCode.seconds)
        #expect(try chats.store.connectWhatsApp(of: chats.siti, code: "271828", at: late) == .void)
        #expect(
            try !chats.store.addWhatsAppCode("1", salt: [UInt8](repeating: 3, count: 16), for: chats.siti, at: late))
        #expect(try chats.store.connections(of: chats.siti).isEmpty)
    }

    @Test func aNumberThatTakesNothingIsSaidSo() throws {
        let chats = try Chats()
        try chats.store.requestWhatsAppCode(of: chats.siti, at: World.now)
        let message = try #require(try chats.messages(.whatsapp).first)
        try chats.store.noteUndeliverable(message, fault: "131026", at: World.now)
        #expect(try chats.store.whatsAppCodeRequest(of: chats.siti, at: World.now)?.hasFailed == true)
        // It may be asked for again at once.
        try chats.store.requestWhatsAppCode(of: chats.siti, at: World.now)
        #expect(try chats.store.whatsAppCodeRequest(of: chats.siti, at: World.now)?.hasFailed == false)
        #expect(try chats.waiting(.whatsapp) == [.whatsAppCode])
    }

    /// A portal without the settings knows of no such way, and forgets nothing.
    @Test func withoutTheServiceNothingIsQueuedForIt() throws {
        let chats = try Chats()
        try chats.connectTelegram()
        let bare = try Store(path: "\(chats.world.directory)/suratizin.sqlite")
        #expect(try bare.connections(of: chats.siti).isEmpty)
        #expect(Array(try bare.notificationChoices(of: chats.siti).keys) == [.email])
        let before = try chats.messages(.telegram).count
        _ = try chats.world.submitted()
        #expect(try chats.messages(.telegram).count == before)
        #expect(try chats.store.connections(of: chats.siti).count == 1)
    }

    @Test func deletionErasesChatsAndCodes() async throws {
        let chats = try Chats()
        try chats.connectTelegram()
        try chats.connectWhatsApp()
        try chats.store.disconnect(.whatsapp, of: chats.siti, at: World.now)
        try chats.store.requestWhatsAppCode(of: chats.siti, at: World.now)
        _ = try chats.submit()
        let data = String(
            decoding: try chats.store.personalData(of: chats.world.siti, at: World.now).json(), as: UTF8.self)
        #expect(data.contains("\"address\" : \"700\"") && data.contains("\"channel\" : \"telegram\""))
        try chats.store.requestDeletion(of: chats.world.siti, at: World.now)
        #expect(try chats.store.deleteDueAccounts(at: World.now.adding(hours: 169)) == 1)
        let left = try await chats.world.raw().read { database in
            try ["channel_connection", "telegram_token", "whatsapp_code"].map { table in
                try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? -1
            }
        }
        #expect(left == [0, 0, 0])
        #expect(try chats.messages(.telegram, at: World.now.adding(hours: 500)).isEmpty)
        #expect(try chats.take(9, .stop) == .stranger(.english))
    }

    @Test func whoTakesAnApplicationOverGetsItsNewsOnTheirWays() throws {
        let chats = try Chats()
        let (store, world) = (chats.store, chats.world)
        try store.activate(world.joko.account, by: world.dewi, at: World.now)
        let joko = Viewer(try store.account(world.joko.account))
        try store.addTelegramToken([UInt8](repeating: 7, count: 32), for: joko.account, at: World.now)
        #expect(
            try chats.take(1, .start(parameter: "x"), chat: 800, token: [UInt8](repeating: 7, count: 32)) == .connected)
        try chats.connectWhatsApp()
        let reference = try chats.submit()
        try store.offerTransfer(of: reference, to: "joko@contoh.id", by: world.siti, at: World.now)
        let offer = try #require(try store.openTransfer(of: reference, by: world.siti, at: World.now))
        #expect(try store.addTransferToken([UInt8](repeating: 9, count: 32), for: offer.id))
        _ = try store.acceptTransfer(token: [UInt8](repeating: 9, count: 32), by: joko, origin: "-", at: World.now)
        #expect(try !chats.waiting(.whatsapp).contains(.submitted), "not to whoever gave it away")
        for channel in NotificationChannel.allCases {
            let kinds = try store.waitingMessages(by: channel, at: World.now, limit: 100)
                .filter { $0.recipient.id == joko.account }.map(\.kind)
            #expect(kinds.filter { $0 == .submitted }.count == (channel == .whatsapp ? 0 : 1), "\(channel)")
        }
    }

    @Test func oldSecretsAreTakenAway() async throws {
        let chats = try Chats()
        try chats.store.addTelegramToken(Chats.token, for: chats.siti, at: World.now)
        try chats.store.requestWhatsAppCode(of: chats.siti, at: World.now)
        func count() async throws -> Int {
            try await chats.world.raw().read { database in
                try Int.fetchOne(
                    database,
                    sql: "SELECT (SELECT count(*) FROM telegram_token) + (SELECT count(*) FROM whatsapp_code)") ?? -1
            }
        }
        try chats.store.forgetOldSecretsOfChannels(at: World.now.adding(hours: 24))
        #expect(try await count() == 2)
        try chats.store.forgetOldSecretsOfChannels(at: World.now.adding(hours: 25))
        #expect(try await count() == 0)
    }
}
