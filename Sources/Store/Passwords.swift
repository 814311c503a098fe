public import Permits
import Foundation
import GRDB

extension Store {
    /// How long the same form sent once more counts as another click on its button, in seconds.
    static let secondClickSeconds: Int64 = 300

    /// How long a link to a new password lasts, in seconds.
    public static let passwordLinkSeconds: Int64 = 3600

    /// Notes that somebody forgot the password of an address. Looks nothing up, so that it takes as long whether or not
    /// the address has an account; `resolvePasswordRequests` does the rest.
    public func requestPasswordReset(email: String, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO password_request (email, at) VALUES (?, ?)", arguments: [email, now.seconds])
        }
    }

    /// Queues the mails of all requests whose address has an account that may log in, one in two minutes at most.
    public func resolvePasswordRequests(at now: Moment) throws {
        let isWaiting = try read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM password_request)") }
        guard isWaiting == true else { return }
        try write { database in
            let ids = try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT account.id FROM password_request JOIN account USING (email)
                    WHERE account.state <> 'suspended'
                    """)
            for id in ids.map({ AccountID($0) })
            where try !wasQueued(.passwordReset, to: id, within: 120, at: now, in: database) {
                try queue(.passwordReset, to: id, MessagePayload(), at: now, in: database)
            }
            try database.execute(sql: "DELETE FROM password_request")
        }
    }

    /// Notes the secret that a mail is about to carry to the account's own address.
    public func addPasswordToken(_ token: [UInt8], for id: AccountID, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO account_token (token_hash, account_id, purpose, expires_at) VALUES (?, ?, 'password', ?)
                    """, arguments: [secretHash(token), id.value, now.seconds + Self.passwordLinkSeconds])
        }
    }

    /// Whose password a link would set.
    /// - Throws: `notFound` when it is unknown, used or expired.
    public func account(passwordToken token: [UInt8], at now: Moment) throws -> Account {
        try read { try account(passwordToken: token, at: now, in: $0) }
    }

    /// Sets the password by a mailed link: once. Whoever is logged in anywhere has to log in again. The link proves the
    /// address, so it activates a pending account too.
    public func resetPassword(token: [UInt8], passwordHash: String, at now: Moment) throws {
        try write { database in
            let account = try account(passwordToken: token, at: now, in: database)
            try setPassword(passwordHash, of: account.id, keeping: nil, "passwordReset", at: now, in: database)
            try activate(account.id, "activatedByMail", actor: account.id, at: now, in: database)
        }
    }

    /// Changes a password whose present hash the caller has checked. Every other session ends.
    /// - Throws: `conflict` when it was changed meanwhile.
    public func changePassword(
        of id: AccountID, from oldHash: String, to passwordHash: String, keeping session: [UInt8], at now: Moment
    ) throws {
        try write { database in
            let current = try String.fetchOne(
                database, sql: "SELECT password FROM account WHERE id = ?", arguments: [id.value])
            guard current == oldHash else { throw PermitError.conflict("conflict.passwordChangedMeanwhile") }
            try setPassword(passwordHash, of: id, keeping: session, "passwordChanged", at: now, in: database)
        }
    }

    /// The account whose password a link has set within the last minutes, with the hash of the password of now: a second
    /// click on the same button asks for what is done.
    public func account(passwordTokenUsed token: [UInt8], at now: Moment) throws -> (account: Account, hash: String)? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT account.* FROM account_token JOIN account ON account.id = account_id
                    WHERE token_hash = ? AND purpose = 'password' AND used_at > ? AND state <> 'suspended'
                    """, arguments: [secretHash(token), now.seconds - Self.secondClickSeconds]
            ).map { (try Self.account($0), $0["password"]) }
        }
    }

    /// Whether the account's password was set within the last minutes.
    public func hasNewPassword(_ id: AccountID, at now: Moment) throws -> Bool {
        try read { try wasQueued(.passwordChanged, to: id, within: Self.secondClickSeconds, at: now, in: $0) }
    }

    private func setPassword(
        _ hash: String, of id: AccountID, keeping session: [UInt8]?, _ kind: String, at now: Moment,
        in database: Database
    ) throws {
        try database.execute(sql: "UPDATE account SET password = ? WHERE id = ?", arguments: [hash, id.value])
        try database.execute(
            sql: "UPDATE account_token SET used_at = ? WHERE account_id = ? AND used_at IS NULL",
            arguments: [now.seconds, id.value])
        try database.execute(sql: "DELETE FROM email_change WHERE account_id = ?", arguments: [id.value])
        try closeSessions(of: id, keeping: session, at: now, in: database)
        try noteAccount(id, kind, actor: id, at: now, in: database)
        try queue(.passwordChanged, to: id, MessagePayload(), at: now, in: database)
    }

    private func account(passwordToken token: [UInt8], at now: Moment, in database: Database) throws -> Account {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT account.* FROM account_token JOIN account ON account.id = account_id
                WHERE token_hash = ? AND purpose = 'password' AND used_at IS NULL AND expires_at > ?
                AND state <> 'suspended'
                """, arguments: [secretHash(token), now.seconds])
        guard let row else { throw PermitError.notFound }
        return try Self.account(row)
    }
}
