public import Permits
import Foundation
import GRDB

extension Store {
    /// Before this time, in seconds, the same mail to the same address is not sent again.
    static let mailAgainSeconds: Int64 = 120

    /// How long a link to confirm an address lasts, in seconds.
    public static let emailLinkSeconds: Int64 = 24 * 3600

    /// Notes the address and queues the mail that confirms it. The owner of an address that has an account is told
    /// instead; whoever asked cannot see which of the two it was. The account's present address is told in both cases,
    /// once it is known to be its owner's. A newer request takes the place of the one before.
    public func requestEmailChange(of id: AccountID, to email: String, at now: Moment) throws {
        try write { database in
            try checkStanding(id, in: database)
            guard try !isAskedTwice(email, by: id, at: now, in: database) else { return }
            try forgetEmailChange(of: id, in: database)
            try database.execute(
                sql: "INSERT INTO email_change (account_id, email, requested_at, expires_at) VALUES (?, ?, ?, ?)",
                arguments: [id.value, email, now.seconds, now.seconds + Self.emailLinkSeconds])
            if try account(id, in: database).state == .active {
                try queue(.emailChangeAsked, to: id, MessagePayload(), at: now, in: database)
            }
            guard let owner = try owner(of: email, in: database) else {
                try queue(.emailChange, to: id, addressed: email, MessagePayload(), at: now, in: database)
                return
            }
            // One warning an hour is enough for its owner.
            if owner.state != .suspended,
                try !wasQueued(.emailWanted, to: owner.id, within: 3600, at: now, in: database)
            {
                try queue(.emailWanted, to: owner.id, MessagePayload(), at: now, in: database)
            }
        }
    }

    /// Takes the request back: its link opens nothing any more.
    public func withdrawEmailChange(of id: AccountID) throws {
        try write { try forgetEmailChange(of: id, in: $0) }
    }

    private func owner(of email: String, in database: Database) throws -> Account? {
        try Row.fetchOne(database, sql: "SELECT * FROM account WHERE email = ?", arguments: [email])
            .map(Self.account)
    }

    /// Notes the secret that a mail is about to carry to the new address.
    public func addEmailToken(_ token: [UInt8], for id: AccountID, email: String, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: """
                    INSERT INTO account_token (token_hash, account_id, purpose, email, expires_at)
                    VALUES (?, ?, 'email', ?, ?)
                    """, arguments: [secretHash(token), id.value, email, now.seconds + Self.emailLinkSeconds])
        }
    }

    /// The new address that a link would confirm.
    /// - Throws: `notFound` when the link is unknown, used, expired or another account's.
    public func email(confirmedBy token: [UInt8], for id: AccountID, at now: Moment) throws -> String {
        try read { try emailChange(token, for: id, at: now, in: $0).email }
    }

    /// Takes the new address into use and tells both addresses. Links to a new password that went to the old one are
    /// void from now on.
    /// - Throws: `notFound` also when somebody else took the address meanwhile.
    public func confirmEmail(token: [UInt8], for id: AccountID, at now: Moment) throws {
        try write { database in
            let change = try emailChange(token, for: id, at: now, in: database)
            let isTaken = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM account WHERE email = ? AND id <> ?)",
                arguments: [change.email, change.account.id.value])
            guard isTaken != true else { throw PermitError.notFound }
            try database.execute(
                sql: "UPDATE account SET email = ? WHERE id = ?", arguments: [change.email, id.value])
            try database.execute(
                sql: "DELETE FROM account_token WHERE account_id = ? AND token_hash <> ?",
                arguments: [id.value, secretHash(token)])
            try database.execute(
                sql: "UPDATE account_token SET used_at = ? WHERE token_hash = ?",
                arguments: [now.seconds, secretHash(token)])
            try database.execute(sql: "DELETE FROM email_change WHERE account_id = ?", arguments: [id.value])
            // Whoever wrote from this address has shown that it is theirs.
            try activate(id, "activatedByMail", actor: id, at: now, in: database)
            try noteAccount(id, "emailChanged", actor: id, at: now, in: database)
            for address in [change.account.email, change.email] {
                try queue(.emailChanged, to: id, addressed: address, MessagePayload(), at: now, in: database)
            }
        }
    }

    /// Whether a link has confirmed within the last minutes the address that its account has now: a second click on the
    /// same button asks for what is done.
    public func hasConfirmedEmail(token: [UInt8], for id: AccountID, at now: Moment) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM account_token JOIN account ON account.id = account_id
                    WHERE token_hash = ? AND account_id = ? AND purpose = 'email' AND used_at > ?
                        AND account.email = account_token.email)
                    """, arguments: [secretHash(token), id.value, now.seconds - Self.secondClickSeconds]) ?? false
        }
    }

    /// The address that waits to be confirmed, or that its owner will not give away.
    public func pendingEmail(of id: AccountID, at now: Moment) throws -> String? {
        try read { database in
            try String.fetchOne(
                database, sql: "SELECT email FROM email_change WHERE account_id = ? AND expires_at > ?",
                arguments: [id.value, now.seconds])
        }
    }

    /// Takes another number into use and tells the account's address: the number's end opens the public tracking.
    public func changePhone(of id: AccountID, to phone: String, at now: Moment) throws {
        try write { database in
            try checkStanding(id, in: database)
            try database.execute(
                sql: "UPDATE account SET phone = ? WHERE id = ? AND role = 'citizen'", arguments: [phone, id.value])
            guard database.changesCount == 1 else { throw PermitError.forbidden }
            try noteAccount(id, "phoneChanged", actor: id, at: now, in: database)
            // Nobody has shown that they read what is sent to the new one.
            try disconnect(.whatsapp, of: id, .disconnected, at: now, in: database)
            try forgetCode(of: id, in: database)
            try queue(.phoneChanged, to: id, MessagePayload(), at: now, in: database)
        }
    }

    /// Whether the mail to this address is on its way since a moment ago, or has just left.
    private func isAskedTwice(_ email: String, by id: AccountID, at now: Moment, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM email_change WHERE account_id = ? AND email = ? AND requested_at > ?)
                """, arguments: [id.value, email, now.seconds - Self.mailAgainSeconds]) ?? false
    }

    func forgetEmailChange(of id: AccountID, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM account_token WHERE account_id = ? AND purpose = 'email'", arguments: [id.value])
        try database.execute(sql: "DELETE FROM email_change WHERE account_id = ?", arguments: [id.value])
        try database.execute(
            sql: "DELETE FROM outbox WHERE account_id = ? AND kind = 'emailChange' AND \(Self.isWaiting)",
            arguments: [id.value])
    }

    private func emailChange(
        _ token: [UInt8], for id: AccountID, at now: Moment, in database: Database
    ) throws -> (account: Account, email: String) {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT account.*, account_token.email AS new_email FROM account_token
                JOIN account ON account.id = account_id
                WHERE token_hash = ? AND account_id = ? AND purpose = 'email' AND used_at IS NULL AND expires_at > ?
                AND state <> 'suspended'
                """, arguments: [secretHash(token), id.value, now.seconds])
        guard let row else { throw PermitError.notFound }
        return (try Self.account(row), row["new_email"])
    }
}
