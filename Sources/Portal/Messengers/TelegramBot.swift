import Foundation
import Permits

/// The portal's bot at Telegram (Bot API, core.telegram.org/bots/api), or at a Bot API server of one's own.
public struct TelegramBot: ChatSender {
    /// As in `t.me/NAME`.
    public let name: String
    private let base: URL
    private let token: String
    private let exchange: Exchange

    var channel: NotificationChannel { .telegram }

    /// - Parameters:
    ///   - address: Of the API, `https://api.telegram.org`.
    ///   - token: As BotFather gives it, `123456:ABC-DEF`.
    ///   - name: The bot's user name, without `@`.
    ///   - timeout: For one message, in seconds.
    /// - Returns: Nil when one of them has another shape; plain HTTP goes to this machine only.
    public init?(address: String, token: String, name: String, timeout: Double = 15) {
        guard let base = Exchange.serviceURL(address), Self.isToken(token), Self.isName(name) else { return nil }
        self.base = base.appendingPathComponent("bot\(token)")
        self.token = token
        self.name = name
        exchange = Exchange(timeout: timeout, maximumBytes: 4 << 20)
    }

    public static func isToken(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9]{1,20}:[A-Za-z0-9_-]{10,100}/) != nil
    }
    public static func isName(_ text: String) -> Bool { text.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{3,31}/) != nil }

    /// Opens the chat with the bot, whose Start button then sends `/start TOKEN`.
    func startLink(_ token: String) -> String { "https://t.me/\(name)?start=\(token)" }

    func send(_ message: ChatMessage) throws(ChatFault) {
        guard case .news(let text, let link) = message.content else { throw .rejected("is no message for Telegram") }
        try say(ChatText.telegram([text, link]), in: message.address)
    }

    /// Plain text: without `parse_mode` nothing in it is markup.
    func say(_ text: String, in chat: String) throws(ChatFault) {
        guard let number = Int64(chat) else { throw .gone("is no chat") }
        let _: Anything = try call(
            "sendMessage", SendMessage(chat_id: number, text: text, link_preview_options: .init(is_disabled: true)),
            exchange)
    }

    /// What happened since `offset`, waiting up to `seconds` for something to happen.
    func updates(from offset: Int64?, waiting seconds: Int) throws(ChatFault) -> [TelegramUpdate] {
        var patient = exchange
        patient.timeout += Double(seconds)
        let request = GetUpdates(
            offset: offset, limit: 50, timeout: seconds, allowed_updates: ["message", "my_chat_member"])
        let list: [IncomingUpdate] = try call("getUpdates", request, patient)
        let updates = list.compactMap(\.update)
        // Nothing could be moved on behind.
        guard updates.isEmpty == list.isEmpty else { throw .unavailable("answered something else") }
        return updates
    }

    private func call<Result: Decodable>(_ method: String, _ body: some Encodable, _ exchange: Exchange)
        throws(ChatFault) -> Result
    {
        let answer = try exchange.send(body, to: base.appendingPathComponent(method))
        let content = try? JSONDecoder().decode(Envelope<Result>.self, from: Data(answer.body))
        if answer.status == 200, let content, content.ok, let result = content.result { return result }
        let words = ServiceWords.clean(content?.description ?? "", without: token)
        let reason = "\(answer.status) \(words)"
        switch answer.status {
        case 200: throw .unavailable("answered something else")
        case 400 where words.lowercased().contains("chat not found"): throw .gone(reason)
        case 400: throw .rejected(reason)
        case 403: throw .gone(reason)
        case 429: throw .wait(content?.parameters?.retry_after ?? answer.retryAfter, status: reason)
        default: throw .unavailable(reason)
        }
    }
}

private struct SendMessage: Encodable {
    struct Preview: Encodable { let is_disabled: Bool }
    let chat_id: Int64
    let text: String
    let link_preview_options: Preview
}

private struct GetUpdates: Encodable {
    let offset: Int64?
    let limit: Int
    let timeout: Int
    let allowed_updates: [String]
}

private struct Envelope<Result: Decodable>: Decodable {
    struct Parameters: Decodable { let retry_after: Int? }
    let ok: Bool
    let result: Result?
    let description: String?
    let parameters: Parameters?
}

private struct Anything: Decodable {
    init(from decoder: any Decoder) {}
}

/// An update as it comes. Whatever strangers put into one, the next can still be reached: only its number must be there.
private struct IncomingUpdate: Decodable {
    private struct Chat: Decodable {
        let id: Int64
        let type: String
    }
    private struct Sender: Decodable { let language_code: String? }
    private struct Message: Decodable {
        let chat: Chat
        let from: Sender?
        let text: String?
    }
    private struct Membership: Decodable {
        struct Member: Decodable { let status: String }
        let chat: Chat
        let new_chat_member: Member
    }
    private enum Key: CodingKey { case update_id, message, my_chat_member }

    let update: TelegramUpdate?

    init(from decoder: any Decoder) {
        guard let values = try? decoder.container(keyedBy: Key.self),
            let id = try? values.decode(Int64.self, forKey: .update_id)
        else {
            update = nil
            return
        }
        if let message = try? values.decode(Message.self, forKey: .message) {
            update = TelegramUpdate(
                id: id, chat: Self.isPrivate(message.chat) ? message.chat.id : nil,
                act: message.text.map(TelegramUpdate.act) ?? .other,
                language: TelegramUpdate.language(message.from?.language_code))
        } else if let change = try? values.decode(Membership.self, forKey: .my_chat_member),
            change.new_chat_member.status == "kicked"
        {
            update = TelegramUpdate(id: id, chat: Self.isPrivate(change.chat) ? change.chat.id : nil, act: .left)
        } else {
            update = TelegramUpdate(id: id, chat: nil, act: .other)
        }
    }

    /// What concerns one person is not for a group.
    private static func isPrivate(_ chat: Chat) -> Bool { chat.type == "private" }
}
