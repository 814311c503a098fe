public import Permits
import Foundation
import GRDB

public enum MessageKind: String, Sendable, CaseIterable {
    case activation, accountActivated, submitted, returned, refused, issued
    /// What happens to a letter after it is issued.
    case letterRevoked, letterVoided, letterReopened, replacementRefused, letterExpiring
    case reportBefore, reportToday, reportLate, reportGiven, reportReturned, reportConfirmed
}

/// What a message is filled from: never identity data, never a secret.
public struct MessagePayload: Codable, Sendable {
    public var reference: String?
    public var typeName: String?
    /// The day on which the office owes its answer.
    public var due: Day?
    /// How many things are to be mended.
    public var count: Int?
    public var letterNumber: String?
    /// The last day of a letter, or the day by which its holder owes a report.
    public var day: Day?

    init(
        reference: String? = nil, typeName: String? = nil, due: Day? = nil, count: Int? = nil,
        letterNumber: String? = nil, day: Day? = nil
    ) {
        self.reference = reference
        self.typeName = typeName
        self.due = due
        self.count = count
        self.letterNumber = letterNumber
        self.day = day
    }
}

/// A message that waits to be sent.
public struct OutboxMessage: Sendable {
    public let id: Int64
    public let kind: MessageKind
    public let recipient: Account
    public let payload: MessagePayload
    public let createdAt: Moment
    public let attempts: Int
}

extension Store {
    /// Messages whose time has come, oldest first.
    public func waitingMessages(at now: Moment, limit: Int) throws -> [OutboxMessage] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: "SELECT * FROM outbox WHERE sent_at IS NULL AND not_before <= ? ORDER BY not_before, id LIMIT ?",
                arguments: [now.seconds, limit]
            ).map { row in
                OutboxMessage(
                    id: row["id"], kind: try row.name("kind"),
                    recipient: try account(AccountID(row["account_id"]), in: database),
                    payload: try JSON.value(MessagePayload.self, row["payload"]), createdAt: row.moment("created_at"),
                    attempts: row["attempts"])
            }
        }
    }

    public func noteSent(_ message: OutboxMessage, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE outbox SET sent_at = ?, attempts = attempts + 1, fault = NULL WHERE id = ?",
                arguments: [now.seconds, message.id])
        }
    }

    /// Tries again later: after 1, 2, 4 ... minutes, at most a day.
    public func noteFailed(_ message: OutboxMessage, fault: String, at now: Moment) throws {
        let delay = min(Int64(60) << Int64(min(message.attempts, 12)), 86_400)
        try write { database in
            try database.execute(
                sql: "UPDATE outbox SET attempts = attempts + 1, not_before = ?, fault = ? WHERE id = ?",
                arguments: [now.seconds + delay, String(fault.prefix(500)), message.id])
        }
    }

    public func outboxDepth() throws -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM outbox WHERE sent_at IS NULL") ?? 0 }
    }

    func queue(
        _ kind: MessageKind, to account: AccountID, _ payload: MessagePayload, at now: Moment, in database: Database
    ) throws {
        try database.execute(
            sql: "INSERT INTO outbox (kind, account_id, payload, created_at, not_before) VALUES (?, ?, ?, ?, ?)",
            arguments: [kind.rawValue, account.value, JSON.text(payload), now.seconds, now.seconds])
    }
}
