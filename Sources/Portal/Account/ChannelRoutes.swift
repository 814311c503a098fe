import HTTPServer
import Letters
import Pages
import Permits
import Store

/// Connecting chats, and ending that. Ways that the portal does not have are not found.
enum ChannelRoutes {
    static let table: [Route] = [
        .get("/akun/pemberitahuan/telegram", access: .citizen, telegram),
        .post("/akun/pemberitahuan/telegram", access: .citizen, body: .smallForm, linkTelegram),
        .post("/akun/pemberitahuan/telegram/pemutusan", access: .citizen, body: .smallForm) {
            try end(.telegram, $0)
        },
        .get("/akun/pemberitahuan/whatsapp", access: .citizen, whatsApp),
        .post("/akun/pemberitahuan/whatsapp", access: .citizen, body: .smallForm, keepsTyping: true, connectWhatsApp),
        .post("/akun/pemberitahuan/whatsapp/pengiriman", access: .citizen, body: .smallForm, sendCode),
        .post("/akun/pemberitahuan/whatsapp/pemutusan", access: .citizen, body: .smallForm) {
            try end(.whatsapp, $0)
        },
    ]

    private static func end(_ channel: NotificationChannel, _ context: Context) throws -> Reply {
        guard context.store.channels.contains(channel) else { throw PermitError.notFound }
        try context.store.disconnect(channel, of: try context.viewer().account, at: context.now)
        return .redirect(.notifications, notice: .channelDisconnected)
    }

    /// Somebody whose account is active, and whether the way is connected already.
    private static func reader(of channel: NotificationChannel, _ context: Context) throws
        -> (account: Account, isConnected: Bool)
    {
        let account = try NotificationRoutes.account(context)
        guard context.store.channels.contains(channel), account.state == .active else { throw PermitError.notFound }
        return (account, try context.store.connections(of: account.id).contains { $0.channel == channel })
    }

    // MARK: Telegram

    @Sendable static func linkTelegram(_ context: Context) throws -> Reply {
        let (account, isConnected) = try reader(of: .telegram, context)
        if isConnected { return .redirect(.notifications, notice: .telegramConnected) }
        try context.site.limit("telegram links of", "\(account.id.value)", context.site.settings.rates.telegramLinks)
        let token = context.site.random(32)
        try context.store.addTelegramToken(token, for: account.id, at: context.now)
        return .redirect(.telegramLink(Token.text(token), isPressed: false))
    }

    /// The link of a moment ago and what came of it.
    @Sendable static func telegram(_ context: Context) throws -> Reply {
        let (account, isConnected) = try reader(of: .telegram, context)
        if isConnected { return .redirect(.notifications, notice: .telegramConnected) }
        let text = context.request.head.query[Link.telegramTokenName] ?? ""
        guard let bot = context.site.messengers.telegram, let token = Token.bytes(text, count: 32),
            let end = try context.store.telegramTokenEnd(token, of: account.id, at: context.now)
        else { return .page(TelegramChat()) }
        let address = bot.startLink(text)
        let system = Device(userAgent: Browser(context.request.head).name).system
        // Whoever reads on the phone itself has nothing to scan.
        let code = ["Android", "iPhone", "iPad"].contains(system) ? nil : try QRCode(address)
        return .page(
            TelegramChat(
                link: TelegramLink(
                    address: address, bot: "@\(bot.name)", until: context.texts.formats.time(end),
                    code: code?.svgPath(), codeBox: code.map { "-4 -4 \($0.size + 8) \($0.size + 8)" } ?? "",
                    checkPath: Link.telegramLink(text, isPressed: true).path,
                    isMissed: context.request.head.query[Link.telegramPressedName] != nil)))
    }

    // MARK: WhatsApp

    @Sendable static func sendCode(_ context: Context) throws -> Reply {
        let (account, isConnected) = try reader(of: .whatsapp, context)
        if isConnected { return .redirect(.notifications, notice: .whatsAppConnected) }
        let rates = context.site.settings.rates
        try context.site.limit("codes of", "\(account.id.value)", rates.codesByAccount)
        try context.site.limit("codes to", account.phone, rates.codesByNumber)
        try context.store.requestWhatsAppCode(of: account.id, at: context.now)
        return .redirect(.whatsApp, notice: .codeSent)
    }

    @Sendable static func whatsApp(_ context: Context) throws -> Reply {
        let (account, isConnected) = try reader(of: .whatsapp, context)
        if isConnected { return .redirect(.notifications, notice: .whatsAppConnected) }
        return .page(try codeForm(of: account, context))
    }

    @Sendable static func connectWhatsApp(_ context: Context) throws -> Reply {
        let (account, isConnected) = try reader(of: .whatsapp, context)
        if isConnected { return .redirect(.notifications, notice: .whatsAppConnected) }
        let texts = context.texts
        guard let code = ChannelCode.typed(context.form[AccountField.code.rawValue] ?? "") else {
            return .page(try codeForm(of: account, fault: texts("problem.codeForm"), context), status: 422)
        }
        do {
            try context.site.limit("typed codes of", "\(account.id.value)", context.site.settings.rates.typedCodes)
        } catch {
            let fault = texts.tooManyTries(seconds: error.seconds)
            return .tooSoon(
                seconds: error.seconds, .page(try codeForm(of: account, fault: fault, context), status: 429))
        }
        switch try context.store.connectWhatsApp(of: account.id, code: code, at: context.now) {
        case .connected: return .redirect(.notifications, notice: .whatsAppConnected)
        case .wrong(let left) where left > 0:
            let fault = texts("problem.wrongCode", ["left": texts.formats.number(left)])
            return .page(try codeForm(of: account, fault: fault, context), status: 422)
        case .wrong, .void:
            return .page(try codeForm(of: account, fault: texts("problem.voidCode"), context), status: 422)
        }
    }

    /// A button that has a code sent, or, once that is asked for, the box for it.
    private static func codeForm(of account: Account, fault: String? = nil, _ context: Context) throws -> AccountForm {
        let texts = context.texts
        let values = ["phone": ContactChecks.domestic(account.phone)]
        let request = try context.store.whatsAppCodeRequest(of: account.id, at: context.now)
        let isWaiting = request.map { !$0.hasFailed && $0.triesLeft > 0 && $0.phone == account.phone } ?? false
        guard isWaiting || fault != nil else {
            let hasFailed = request?.hasFailed == true
            return AccountForm(
                title: texts("whatsapp.heading"),
                lead: texts(hasFailed ? "whatsapp.failed" : "whatsapp.lead", values),
                notes: [texts("whatsapp.note1"), texts("whatsapp.note2"), texts("whatsapp.note3")],
                action: Link.whatsAppCode.path, button: texts("whatsapp.send"), backPath: Link.notifications.path,
                backLabel: texts("topics.heading"))
        }
        let field = FieldModel(
            .digits, name: AccountField.code.rawValue, label: texts("whatsapp.code"),
            value: context.form[AccountField.code.rawValue] ?? "", hint: texts("whatsapp.code.hint"), error: fault,
            autocomplete: "one-time-code", maxLength: 10)
        return AccountForm(
            title: texts("whatsapp.heading"), lead: texts("whatsapp.sent", values), fields: [field],
            action: Link.whatsApp.path, button: texts("whatsapp.button"), secondAction: Link.whatsAppCode.path,
            secondButton: texts("whatsapp.again"), backPath: Link.notifications.path,
            backLabel: texts("topics.heading"), problems: ProblemSummary(fields: [field]))
    }
}
