public import Permits
import Foundation
import GRDB

public enum MessageKind: String, Sendable, CaseIterable {
    case activation, accountActivated, submitted, returned, refused, issued
    /// What happens to a letter after it is issued.
    case letterRevoked, letterVoided, letterReopened, replacementRefused, letterExpiring
    case reportBefore, reportToday, reportLate, reportGiven, reportReturned, reportConfirmed
    /// The office wrote, and waits for an answer or not.
    case messageReceived, questionAsked
    /// An application passed the check and goes to the signatory.
    case recommended
    /// Somebody signed up with an address that has an account.
    case signUpAgain
    case accountRejected, passwordReset, passwordChanged
    /// To the new address, to the present one, and then to both.
    case emailChange, emailChangeAsked, emailChanged
    /// Somebody wants to use an address that has an account.
    case emailWanted
    case phoneChanged
    case deletionRequested, accountDeleted
    case transferOffered
    /// To whoever has it now, to whoever gave it away, and to whoever keeps it after all.
    case transferAccepted, transferGiven, transferDeclined
    /// To whoever gave it to somebody of the same institution, and may still see it.
    case transferGivenInside
    /// To apply for an institution together with others.
    case invitation
    /// A draft is going to be deleted unless somebody goes on with it.
    case draftExpiring
    /// Two accounts became one: to the address of the one that stays, and to that of the one that was given up.
    case accountsMerged, accountGivenUp
    /// A chat was connected: told there, and to the account's address.
    case channelConnected
    /// A chat takes no messages any more.
    case channelLost
    /// The code that connects a number.
    case whatsAppCode
    /// An applicant's account went, and somebody of the same institution goes on: to them, and to the others there.
    case passedOnToYou, passedOn
    /// What is filed for an institution is offered to somebody outside of it, and was taken: to the others there.
    case institutionFileOffered, institutionFileGiven
    /// A draft is not the institution's any more: to those whose papers were taken out of it.
    case papersKeptBack
    /// Somebody else of the same institution did so.
    case colleagueWithdrew, colleagueResubmitted
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
    /// What the office wrote to whoever is told.
    public var reason: String?
    /// The offer that a link is for.
    public var transfer: Int64?
    public var invitation: Int64?
    /// An address, so that only its owner recognises it.
    public var masked: String?
    /// The way that it is about.
    public var channel: NotificationChannel?
    /// The account of whoever did what the message tells of; their name is looked up when it goes out.
    public var actor: Int64?

    init(
        reference: String? = nil, typeName: String? = nil, due: Day? = nil, count: Int? = nil,
        letterNumber: String? = nil, day: Day? = nil, reason: String? = nil, transfer: Int64? = nil,
        invitation: Int64? = nil, masked: String? = nil, channel: NotificationChannel? = nil, actor: Int64? = nil
    ) {
        self.reference = reference
        self.typeName = typeName
        self.due = due
        self.count = count
        self.letterNumber = letterNumber
        self.day = day
        self.reason = reason
        self.transfer = transfer
        self.invitation = invitation
        self.masked = masked
        self.channel = channel
        self.actor = actor
    }
}

/// A message that waits to be sent.
public struct OutboxMessage: Sendable {
    public let id: Int64
    public let kind: MessageKind
    public let channel: NotificationChannel
    public let recipient: Account
    /// Where it goes: the recipient's address unless it is about another, or their chat. Empty when that is connected no
    /// more.
    public let address: String
    public let payload: MessagePayload
    public let createdAt: Moment
    public let attempts: Int
}

extension Store {
    /// The condition of a message that is neither sent nor given up.
    static let isWaiting = "sent_at IS NULL AND undeliverable_at IS NULL"

    /// Messages for one way whose time has come, oldest first.
    public func waitingMessages(by channel: NotificationChannel = .email, at now: Moment, limit: Int) throws
        -> [OutboxMessage]
    {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM outbox WHERE channel = ? AND \(Self.isWaiting) AND not_before <= ?
                    ORDER BY not_before, id LIMIT ?
                    """, arguments: [channel.rawValue, now.seconds, limit]
            ).map { row in
                let recipient = try account(AccountID(row["account_id"]), in: database)
                let kind: MessageKind = try row.name("kind")
                return OutboxMessage(
                    id: row["id"], kind: kind, channel: channel, recipient: recipient,
                    address: try row["address"] ?? address(of: kind, to: recipient, by: channel, in: database),
                    payload: try JSON.value(MessagePayload.self, row["payload"]), createdAt: row.moment("created_at"),
                    attempts: row["attempts"])
            }
        }
    }

    private func address(
        of kind: MessageKind, to recipient: Account, by channel: NotificationChannel, in database: Database
    ) throws -> String {
        if channel == .email { return recipient.email }
        // A number that is about to be connected.
        if kind == .whatsAppCode { return try codePhone(of: recipient.id, in: database) ?? "" }
        return try connection(channel, of: recipient.id, in: database)?.address ?? ""
    }

    public func noteSent(_ message: OutboxMessage, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql:
                    "UPDATE outbox SET sent_at = ?, attempts = attempts + 1, fault = NULL, address = NULL WHERE id = ?",
                arguments: [now.seconds, message.id])
        }
    }

    /// Tries again later: after 1, 2, 4 ... minutes, at most a day.
    /// - Parameter wait: Seconds that the service wants to be left alone, at least.
    public func noteFailed(_ message: OutboxMessage, fault: String, wait: Int64 = 0, at now: Moment) throws {
        let delay = max(wait, min(Int64(60) << Int64(min(message.attempts, 12)), 86_400))
        try write { database in
            try database.execute(
                sql: "UPDATE outbox SET attempts = attempts + 1, not_before = ?, fault = ? WHERE id = ?",
                arguments: [now.seconds + delay, String(fault.prefix(500)), message.id])
        }
    }

    /// Gives a message up: trying again would change nothing.
    public func noteUndeliverable(_ message: OutboxMessage, fault: String, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE outbox SET attempts = attempts + 1, undeliverable_at = ?, fault = ?, address = NULL
                    WHERE id = ?
                    """, arguments: [now.seconds, String(fault.prefix(500)), message.id])
            if message.kind == .whatsAppCode {
                try noteCodeFailed(of: message.recipient.id, at: now, in: database)
            }
        }
    }

    public func outboxDepth() throws -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM outbox WHERE \(Self.isWaiting)") ?? 0 }
    }

    /// Adds a message for each way on which its account wants such.
    /// - Parameter address: Where it goes instead of the account's own address, by e-mail only.
    /// - Returns: Whether it was added for any.
    @discardableResult
    func queue(
        _ kind: MessageKind, to account: AccountID, addressed address: String? = nil, _ payload: MessagePayload,
        at now: Moment, notBefore: Moment? = nil, in database: Database
    ) throws -> Bool {
        // Nobody is there any more to be told.
        if address == nil, try isGone(account, in: database) { return false }
        let channels = address == nil ? try channels(for: kind, to: account, in: database) : [.email]
        for channel in channels {
            try insert(
                kind, by: channel, to: account, addressed: address, payload, at: now, notBefore: notBefore ?? now,
                in: database)
        }
        return !channels.isEmpty
    }

    func insert(
        _ kind: MessageKind, by channel: NotificationChannel, to account: AccountID, addressed address: String? = nil,
        _ payload: MessagePayload, at now: Moment, notBefore: Moment, in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO outbox (kind, account_id, payload, created_at, not_before, address, channel)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                kind.rawValue, account.value, JSON.text(payload), now.seconds, notBefore.seconds, address,
                channel.rawValue,
            ])
    }

    func isGone(_ account: AccountID, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: "SELECT deleted_at IS NOT NULL OR merged_into IS NOT NULL FROM account WHERE id = ?",
            arguments: [account.value]) ?? true
    }

    /// Whether such a message was queued for the account in the last `seconds`.
    func wasQueued(
        _ kind: MessageKind, to account: AccountID, within seconds: Int64, at now: Moment, in database: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM outbox WHERE kind = ? AND account_id = ? AND created_at > ?)",
            arguments: [kind.rawValue, account.value, now.seconds - seconds]) ?? false
    }
}
