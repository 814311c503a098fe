public import Permits
import Foundation
import GRDB

/// A code that was asked for.
public struct CodeRequest: Equatable, Sendable {
    public let phone: String
    public let isSent: Bool
    /// The number takes no messages.
    public let hasFailed: Bool
    public let triesLeft: Int
}

/// Connecting a phone number by a code that is sent to it.
extension Store {
    /// A second click within this many seconds asks for no second code.
    private static let codeAgainSeconds: Int64 = 60

    /// Has a code sent to the account's own number.
    public func requestWhatsAppCode(of id: AccountID, at now: Moment) throws {
        try write { database in
            let account = try account(id, in: database)
            guard account.state == .active, account.role == .citizen, !account.phone.isEmpty else {
                throw PermitError.forbidden
            }
            let isAskedTwice = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM whatsapp_code
                    WHERE account_id = ? AND phone = ? AND failed_at IS NULL AND requested_at > ?)
                    """, arguments: [id.value, account.phone, now.seconds - Self.codeAgainSeconds])
            guard isAskedTwice != true else { return }
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO whatsapp_code (account_id, phone, requested_at, expires_at)
                    VALUES (?, ?, ?, ?)
                    """, arguments: [id.value, account.phone, now.seconds, now.seconds + ChannelCode.seconds])
            // One that still waits goes out in the name of this request.
            try database.execute(
                sql: "DELETE FROM outbox WHERE account_id = ? AND kind = ? AND \(Self.isWaiting)",
                arguments: [id.value, MessageKind.whatsAppCode.rawValue])
            try insert(
                .whatsAppCode, by: .whatsapp, to: id, MessagePayload(channel: .whatsapp), at: now, notBefore: now,
                in: database)
        }
    }

    /// The request that can still be met.
    public func whatsAppCodeRequest(of id: AccountID, at now: Moment) throws -> CodeRequest? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM whatsapp_code WHERE account_id = ? AND expires_at > ?",
                arguments: [id.value, now.seconds]
            ).map { row in
                CodeRequest(
                    phone: row["phone"], isSent: row["code_hash"] as Data? != nil,
                    hasFailed: row["failed_at"] as Int64? != nil,
                    triesLeft: max(0, ChannelCode.tries - (row["tries"] as Int)))
            }
        }
    }

    /// Notes the code that a message is about to carry, in place of one that went out before.
    /// - Returns: False when nobody waits for it any more.
    public func addWhatsAppCode(_ code: String, salt: [UInt8], for id: AccountID, at now: Moment) throws -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE whatsapp_code SET salt = ?, code_hash = ? WHERE account_id = ? AND expires_at > ?",
                arguments: [Data(salt), secretHash(salt + Array(code.utf8)), id.value, now.seconds])
            return database.changesCount == 1
        }
    }

    /// Connects the number that a code was sent to, if it is this one. Each try counts.
    public func connectWhatsApp(of id: AccountID, code: String, at now: Moment) throws -> ChannelCode.Outcome {
        try write { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT phone, salt, code_hash, tries FROM whatsapp_code
                        WHERE account_id = ? AND expires_at > ? AND code_hash IS NOT NULL AND tries < ?
                        """, arguments: [id.value, now.seconds, ChannelCode.tries])
            else {
                // The second of two clicks.
                return try isJustConnected(id, at: now, in: database) ? .connected : .void
            }
            let salt: Data = row["salt"]
            let expected: Data = row["code_hash"]
            guard secretHash(salt + Array(code.utf8)) == expected else {
                try database.execute(
                    sql: "UPDATE whatsapp_code SET tries = tries + 1 WHERE account_id = ?", arguments: [id.value])
                return .wrong(left: ChannelCode.tries - 1 - (row["tries"] as Int))
            }
            try forgetCode(of: id, in: database)
            try connect(.whatsapp, of: id, to: row["phone"], at: now, in: database)
            return .connected
        }
    }

    private func isJustConnected(_ id: AccountID, at now: Moment, in database: Database) throws -> Bool {
        guard let connection = try connection(.whatsapp, of: id, in: database) else { return false }
        return now.seconds - connection.connectedAt.seconds < Self.codeAgainSeconds
    }

    func codePhone(of id: AccountID, in database: Database) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT phone FROM whatsapp_code WHERE account_id = ?", arguments: [id.value])
    }

    func noteCodeFailed(of id: AccountID, at now: Moment, in database: Database) throws {
        try database.execute(
            sql: "UPDATE whatsapp_code SET failed_at = ? WHERE account_id = ?", arguments: [now.seconds, id.value])
    }

    /// What is left of a number that is not to be connected, or is connected now.
    func forgetCode(of id: AccountID, in database: Database) throws {
        try database.execute(sql: "DELETE FROM whatsapp_code WHERE account_id = ?", arguments: [id.value])
        try database.execute(
            sql: "DELETE FROM outbox WHERE account_id = ? AND kind = ? AND \(Self.isWaiting)",
            arguments: [id.value, MessageKind.whatsAppCode.rawValue])
    }
}
