public import Permits
import Foundation
import GRDB

/// What came of an update.
public enum TelegramOutcome: Equatable, Sendable {
    /// It was taken in before, or asks for no answer.
    case nothing
    /// The greeting is on its way to the chat.
    case connected
    /// The link is unknown, too old, or was used in another chat.
    case invalidLink(Language)
    case stopped(Language)
    /// Words that the bot does not understand, from somebody whose chat is connected or not.
    case known(Language)
    case stranger(Language)
}

/// Connecting chats at Telegram.
extension Store {
    public static let telegramTokenSeconds: Int64 = 1800

    /// Notes the secret of a link that connects a chat.
    public func addTelegramToken(_ token: [UInt8], for id: AccountID, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO telegram_token (token_hash, account_id, expires_at) VALUES (?, ?, ?)",
                arguments: [secretHash(token), id.value, now.seconds + Self.telegramTokenSeconds])
        }
    }

    /// Until when a link of this account's still connects a chat; nil when it does not.
    public func telegramTokenEnd(_ token: [UInt8], of id: AccountID, at now: Moment) throws -> Moment? {
        try read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT expires_at FROM telegram_token
                    WHERE token_hash = ? AND account_id = ? AND used_at IS NULL AND expires_at > ?
                    """, arguments: [secretHash(token), id.value, now.seconds]
            ).map { Moment(seconds: $0) }
        }
    }

    /// Where a bot's updates go on; nil before the first.
    public func telegramPosition(of bot: String) throws -> UpdatePosition? {
        try read { try telegramPosition(of: bot, in: $0) }
    }

    private func telegramPosition(of bot: String, in database: Database) throws -> UpdatePosition? {
        try Row.fetchOne(
            database, sql: "SELECT next, moved_at FROM telegram_position WHERE bot = ?", arguments: [bot]
        ).map { UpdatePosition(next: $0["next"], movedAt: $0.moment("moved_at")) }
    }

    /// Does what an update asks for and moves on behind it, both or neither.
    /// - Parameter token: Secret of the link that Start was pressed through, when it has the shape of ours.
    public func take(_ update: TelegramUpdate, token: [UInt8]?, bot: String, at now: Moment) throws -> TelegramOutcome {
        try write { database in
            if let position = try telegramPosition(of: bot, in: database), !position.isNew(update.id, at: now) {
                return .nothing
            }
            try database.execute(
                sql: """
                    INSERT INTO telegram_position (bot, next, moved_at) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET next = excluded.next, moved_at = excluded.moved_at
                    """, arguments: [bot, update.id + 1, now.seconds])
            guard let chat = update.chat.map(String.init) else { return .nothing }
            let known = try accounts(inChat: chat, in: database)
            let language = known.first.map { $0.language ?? .standard } ?? update.language
            switch update.act {
            case .start(parameter: nil), .other: return known.isEmpty ? .stranger(language) : .known(language)
            case .start: return try connect(chat, by: token, language: language, at: now, in: database)
            case .stop, .left:
                let event: ChannelEvent = update.act == .left ? .lost : .disconnected
                for account in known { try disconnect(.telegram, of: account.id, event, at: now, in: database) }
                if update.act == .left { return .nothing }
                return known.isEmpty ? .stranger(language) : .stopped(language)
            }
        }
    }

    private func connect(
        _ chat: String, by token: [UInt8]?, language: Language, at now: Moment, in database: Database
    ) throws -> TelegramOutcome {
        guard let hash = token.map(secretHash),
            let row = try Row.fetchOne(
                database, sql: "SELECT account_id, expires_at, used_at, chat FROM telegram_token WHERE token_hash = ?",
                arguments: [hash])
        else { return .invalidLink(language) }
        let account = try account(AccountID(row["account_id"]), in: database)
        if row["used_at"] as Int64? != nil {
            let isHere = try connection(.telegram, of: account.id, in: database)?.address == chat
            return isHere && row["chat"] == chat ? .known(account.language ?? .standard) : .invalidLink(language)
        }
        guard row["expires_at"] as Int64 > now.seconds, account.state == .active else { return .invalidLink(language) }
        try database.execute(
            sql: "UPDATE telegram_token SET used_at = ?, chat = ? WHERE token_hash = ?",
            arguments: [now.seconds, chat, hash])
        let isHere = try connection(.telegram, of: account.id, in: database)?.address == chat
        try connect(.telegram, of: account.id, to: chat, at: now, in: database)
        return isHere ? .known(account.language ?? .standard) : .connected
    }

    private func accounts(inChat chat: String, in database: Database) throws -> [Account] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT account.* FROM channel_connection JOIN account ON account.id = account_id
                WHERE channel = 'telegram' AND address = ? ORDER BY account_id
                """, arguments: [chat]
        ).map(Self.account)
    }
}
