public import Permits
import Foundation
import GRDB

/// What came of a sign-up. Its sender must not learn which: it would tell strangers who has an account.
public enum SignUpOutcome: Equatable, Sendable {
    case created(AccountID)
    /// The address had only an account that nobody confirmed in time, or that the office turned down.
    case renewed(AccountID)
    /// The address has an account; its owner is told.
    case taken
}

extension Store {
    /// How long an activation link lasts, and a sign-up that nobody confirms holds its address.
    static let activationHours: Int64 = 7 * 24

    /// Makes a pending account and queues the activation mail, or tells the owner of the address that somebody tried.
    /// - Parameter language: What its sender was reading; the mails come in it.
    public func signUp(
        _ registration: Registration, passwordHash: String, language: Language? = nil, at now: Moment
    ) throws -> SignUpOutcome {
        try write { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT * FROM account WHERE email = ?", arguments: [registration.email])
            else {
                return .created(
                    try register(
                        registration, passwordHash: passwordHash, language: language, at: now, in: database))
            }
            let id = AccountID(row["id"])
            if try isAbandoned(row, at: now, in: database) {
                try renew(
                    id, with: registration, passwordHash: passwordHash, language: language, at: now, in: database)
                return .renewed(id)
            }
            // The same form once more, as a second click sends it, is nobody else's.
            if Self.isSame(row, registration, at: now) { return .taken }
            // One warning an hour is enough for its owner.
            let state: String = row["state"]
            if state != AccountState.suspended.rawValue,
                try !wasQueued(.signUpAgain, to: id, within: 3600, at: now, in: database)
            {
                try queue(.signUpAgain, to: id, MessagePayload(), at: now, in: database)
            }
            return .taken
        }
    }

    /// Turns a waiting sign-up down. The address may sign up again.
    /// - Throws: `conflict` when the account was activated or turned down meanwhile.
    public func reject(_ id: AccountID, because reason: String, by viewer: Viewer, at now: Moment) throws {
        guard viewer.role == .verifier || viewer.role == .admin else { throw PermitError.forbidden }
        let reason = TypedText.cleaned(reason, keepingLines: true)
        guard !reason.isEmpty else { throw PermitError.invalid([FieldProblem("alasan", "rejectionReason")]) }
        guard reason.count <= 1000 else {
            let values = ["labelKey": "rejection.reason", "max": "1000", "count": "\(reason.count)"]
            throw PermitError.invalid([FieldProblem("alasan", "tooLong", values)])
        }
        try write { database in
            _ = try account(id, in: database)
            try database.execute(
                sql: "UPDATE account SET state = 'suspended', rejected_at = ? WHERE id = ? AND state = 'pending'",
                arguments: [now.seconds, id.value])
            guard database.changesCount == 1 else { throw PermitError.conflict("conflict.accountDecided") }
            try closeSessions(of: id, keeping: nil, at: now, in: database)
            try noteAccount(id, "rejected", actor: viewer.account, at: now, in: database)
            try queue(.accountRejected, to: id, MessagePayload(reason: reason), at: now, in: database)
        }
    }

    private static func isSame(_ row: Row, _ registration: Registration, at now: Moment) -> Bool {
        row["state"] as String == AccountState.pending.rawValue
            && row["registered_at"] as Int64 > now.seconds - secondClickSeconds
            && row["name"] as String == registration.name && row["phone"] as String == registration.phone
            && row["identity"] as String? == registration.identity.stored
    }

    private func isAbandoned(_ row: Row, at now: Moment, in database: Database) throws -> Bool {
        if row["rejected_at"] as Int64? != nil { return true }
        let state: String = row["state"]
        let registeredAt: Int64 = row["registered_at"]
        guard state == AccountState.pending.rawValue,
            registeredAt <= now.adding(hours: -Self.activationHours).seconds
        else { return false }
        let hasLink = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM activation_token WHERE account_id = ? AND expires_at > ?)",
            arguments: [row["id"] as Int64, now.seconds])
        return hasLink != true
    }

    /// Whoever signs up now may be somebody else than the one before: nothing of that one is left to them.
    private func renew(
        _ id: AccountID, with registration: Registration, passwordHash: String, language: Language?, at now: Moment,
        in database: Database
    ) throws {
        try eraseDrafts(of: id, at: now, in: database)
        try dropSessions(of: id, in: database)
        for table in ["account_token", "activation_token", "email_change"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE account_id = ?", arguments: [id.value])
        }
        try database.execute(
            sql: """
                UPDATE account SET name = ?, email = ?, phone = ?, identity = ?, password = ?, state = 'pending',
                    rejected_at = NULL, registered_at = ? WHERE id = ?
                """,
            arguments: [
                registration.name, registration.email, registration.phone, registration.identity.stored, passwordHash,
                now.seconds, id.value,
            ])
        try setLanguage(language, of: id, in: database)
        try noteAccount(id, "renewed", actor: nil, at: now, in: database)
        try queue(.activation, to: id, MessagePayload(), at: now, in: database)
    }
}
