public import Permits
import Foundation
import GRDB

/// The chats that an account gets messages in.
extension Store {
    /// Those connected on ways that the portal has, in the order in which they are shown.
    public func connections(of id: AccountID) throws -> [ChannelConnection] {
        try read { try connections(of: id, in: $0) }
    }

    func connections(of id: AccountID, in database: Database) throws -> [ChannelConnection] {
        try channels.compactMap { try connection($0, of: id, in: database) }
    }

    func connection(_ channel: NotificationChannel, of id: AccountID, in database: Database) throws
        -> ChannelConnection?
    {
        try Row.fetchOne(
            database, sql: "SELECT address, connected_at FROM channel_connection WHERE account_id = ? AND channel = ?",
            arguments: [id.value, channel.rawValue]
        ).map {
            ChannelConnection(channel: channel, address: $0["address"], connectedAt: $0.moment("connected_at"))
        }
    }

    /// When the way ended by itself and nobody connected it or ended it since.
    public func lostSince(_ channel: NotificationChannel, of id: AccountID) throws -> Moment? {
        try read { database in
            let last = try Row.fetchOne(
                database,
                sql: """
                    SELECT kind, at FROM account_event WHERE account_id = ? AND kind IN (?, ?, ?) ORDER BY id DESC LIMIT 1
                    """,
                arguments: [id.value] + StatementArguments(ChannelEvent.allCases.map { $0.name(of: channel) }))
            return last.flatMap { row in
                row["kind"] == ChannelEvent.lost.name(of: channel) ? row.moment("at") : nil
            }
        }
    }

    /// Ends a way as its owner wants. One that is not there is what was wanted, too.
    public func disconnect(_ channel: NotificationChannel, of id: AccountID, at now: Moment) throws {
        try write { try disconnect(channel, of: id, .disconnected, at: now, in: $0) }
    }

    /// Ends the way that a message was for: nobody is there any more. Its owner is told by e-mail.
    public func noteGone(_ message: OutboxMessage, fault: String, at now: Moment) throws {
        try write { database in
            // Connected anew to another chat meanwhile.
            guard try connection(message.channel, of: message.recipient.id, in: database)?.address == message.address
            else { return }
            try database.execute(
                sql: "UPDATE outbox SET attempts = attempts + 1, undeliverable_at = ?, fault = ? WHERE id = ?",
                arguments: [now.seconds, String(fault.prefix(500)), message.id])
            try disconnect(message.channel, of: message.recipient.id, .lost, at: now, in: database)
        }
    }

    func connect(
        _ channel: NotificationChannel, of id: AccountID, to address: String, at now: Moment, in database: Database
    ) throws {
        guard try connection(channel, of: id, in: database)?.address != address else { return }
        // What waits for the chat of before is for this one now.
        try database.execute(
            sql: """
                INSERT INTO channel_connection (account_id, channel, address, connected_at) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET address = excluded.address, connected_at = excluded.connected_at
                """, arguments: [id.value, channel.rawValue, address, now.seconds])
        try noteAccount(id, ChannelEvent.connected.name(of: channel), actor: id, at: now, in: database)
        let payload = MessagePayload(channel: channel)
        try queue(.channelConnected, to: id, payload, at: now, in: database)
        try insert(.channelConnected, by: channel, to: id, payload, at: now, notBefore: now, in: database)
    }

    func disconnect(
        _ channel: NotificationChannel, of id: AccountID, _ event: ChannelEvent, at now: Moment, in database: Database
    ) throws {
        try database.execute(
            sql: "DELETE FROM channel_connection WHERE account_id = ? AND channel = ?",
            arguments: [id.value, channel.rawValue])
        guard database.changesCount == 1 else { return }
        try dropWaiting(channel, of: id, in: database)
        try noteAccount(id, event.name(of: channel), actor: event == .lost ? nil : id, at: now, in: database)
        if event == .lost {
            try queue(.channelLost, to: id, MessagePayload(channel: channel), at: now, in: database)
        }
    }

    private func dropWaiting(_ channel: NotificationChannel, of id: AccountID, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM outbox WHERE account_id = ? AND channel = ? AND \(Self.isWaiting)",
            arguments: [id.value, channel.rawValue])
    }

    /// Takes away what connects nothing any more.
    public func forgetOldSecretsOfChannels(at now: Moment) throws {
        try write { database in
            // A day later the page still says that its link was used or is too old.
            let end = now.seconds - 86_400
            try database.execute(sql: "DELETE FROM telegram_token WHERE expires_at < ?", arguments: [end])
            try database.execute(sql: "DELETE FROM whatsapp_code WHERE expires_at < ?", arguments: [end])
        }
    }
}

/// What happens to a way, as the account's events name it: `telegramConnected`.
enum ChannelEvent: String, CaseIterable {
    case connected = "Connected"
    case disconnected = "Disconnected"
    case lost = "Lost"

    func name(of channel: NotificationChannel) -> String { channel.rawValue + rawValue }
}
