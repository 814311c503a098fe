/// Something that happened in a chat with the portal's bot. Names and whatever else strangers choose are never read.
public struct TelegramUpdate: Equatable, Sendable {
    public enum Act: Equatable, Sendable {
        /// Start was pressed, through a link of ours or without one.
        case start(parameter: String?)
        case stop
        /// The bot was blocked, or the chat is gone.
        case left
        /// Any other words, a picture and the like.
        case other
    }

    public let id: Int64
    /// Nil when it is about nothing that the portal deals with, a group among them.
    public let chat: Int64?
    public let act: Act
    public let language: Language

    public init(id: Int64, chat: Int64?, act: Act, language: Language = .standard) {
        self.id = id
        self.chat = chat
        self.act = act
        self.language = language
    }

    /// What somebody wrote to the bot: `/start TOKEN`, `/stop`, with or without the bot's name.
    public static func act(_ text: String) -> Act {
        let words = text.prefix(200).split(whereSeparator: \.isWhitespace)
        guard let command = words.first?.split(separator: "@").first?.lowercased() else { return .other }
        switch command {
        case "/start": return .start(parameter: words.count == 2 ? String(words[1]) : nil)
        case "/stop": return .stop
        default: return .other
        }
    }

    /// `id`, `en-GB`; Indonesian when nothing is said, English for everybody else.
    public static func language(_ code: String?) -> Language {
        guard let code else { return .standard }
        return Language(rawValue: String(code.lowercased().prefix(2))) ?? .english
    }
}

/// Where the bot's list of updates goes on. Telegram numbers them anew at random after a week without any.
public struct UpdatePosition: Equatable, Sendable {
    public let next: Int64
    public let movedAt: Moment

    public init(next: Int64, movedAt: Moment) {
        self.next = next
        self.movedAt = movedAt
    }

    /// A day less than Telegram's week; updates wait there for a day at most.
    private static let restSeconds: Int64 = 6 * 86_400

    private func isAtRest(at now: Moment) -> Bool { now.seconds - movedAt.seconds > Self.restSeconds }

    /// What to ask from; nil for whatever there is.
    public func offset(at now: Moment) -> Int64? { isAtRest(at: now) ? nil : next }

    public func isNew(_ id: Int64, at now: Moment) -> Bool { isAtRest(at: now) || id >= next }
}
