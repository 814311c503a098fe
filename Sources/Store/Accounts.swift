public import Permits
import Foundation
import GRDB

/// An account with the hash that its password is checked against.
public struct Credentials: Sendable {
    public let account: Account
    public let passwordHash: String

    public init(account: Account, passwordHash: String) {
        self.account = account
        self.passwordHash = passwordHash
    }
}

/// A member of staff or an admin to be made by command.
public struct NewStaff: Sendable {
    public var name: String
    public var email: String
    public var role: Role
    public var unit: UnitID?
    public var title: SignatoryTitle?
    public var passwordHash: String

    public init(name: String, email: String, role: Role, unit: UnitID?, title: SignatoryTitle?, passwordHash: String) {
        self.name = name
        self.email = email
        self.role = role
        self.unit = unit
        self.title = title
        self.passwordHash = passwordHash
    }
}

extension Store {
    /// Makes a pending account and queues the activation mail.
    /// - Throws: `invalid` when the e-mail address is taken. Strangers go through `signUp`, which does not tell.
    public func register(
        _ registration: Registration, passwordHash: String, language: Language? = nil, at now: Moment
    ) throws -> Account {
        try write { database in
            let id = try register(
                registration, passwordHash: passwordHash, language: language, at: now, in: database)
            return try account(id, in: database)
        }
    }

    func register(
        _ registration: Registration, passwordHash: String, language: Language?, at now: Moment, in database: Database
    ) throws -> AccountID {
        let id = try insertAccount(
            name: registration.name, email: registration.email, phone: registration.phone,
            identity: registration.identity, passwordHash: passwordHash, state: .pending, role: .citizen, unit: nil,
            at: now, in: database)
        try setLanguage(language, of: id, in: database)
        try noteAccount(id, "registered", actor: nil, at: now, in: database)
        try queue(.activation, to: id, MessagePayload(), at: now, in: database)
        return id
    }

    /// - Throws: `invalid` when the e-mail address is taken.
    public func createStaff(_ staff: NewStaff, at now: Moment) throws -> Account {
        try write { database in
            let id = try insertAccount(
                name: staff.name, email: staff.email, phone: "", identity: nil, passwordHash: staff.passwordHash,
                state: .active,
                role: staff.role, unit: staff.unit, at: now, in: database)
            try noteAccount(id, "createdByCommand", actor: nil, at: now, in: database)
            if let title = staff.title {
                try database.execute(
                    sql: "INSERT INTO signatory_title (account_id, valid_from, title) VALUES (?, '2000-01-01', ?)",
                    arguments: [id.value, JSON.text(title)])
            }
            return try account(id, in: database)
        }
    }

    public func credentials(email: String) throws -> Credentials? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM account WHERE email = ?", arguments: [email]).map {
                Credentials(account: try Self.account($0), passwordHash: $0["password"])
            }
        }
    }

    public func credentials(of id: AccountID) throws -> Credentials? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM account WHERE id = ?", arguments: [id.value]).map {
                Credentials(account: try Self.account($0), passwordHash: $0["password"])
            }
        }
    }

    public func account(_ id: AccountID) throws -> Account { try read { try account(id, in: $0) } }

    public func hasAccounts() throws -> Bool {
        try read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM account)") } ?? false
    }

    /// Accounts that wait for activation, longest first.
    public func pendingAccounts(limit: Int, offset: Int = 0) throws -> [Account] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM account WHERE state = 'pending' ORDER BY registered_at LIMIT ? OFFSET ?",
                arguments: [limit, offset]
            ).map(Self.account)
        }
    }

    /// All accounts with their office's code, staff first, newest first.
    public func accounts(limit: Int, offset: Int = 0) throws -> [(account: Account, unitCode: String?)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT account.*, office.code AS office_code FROM account LEFT JOIN office ON office.id = office_id
                    ORDER BY role = 'citizen', account.id DESC LIMIT ? OFFSET ?
                    """, arguments: [limit, offset]
            ).map { (try Self.account($0), $0["office_code"]) }
        }
    }

    /// By a member of staff. Activating an active account again changes nothing.
    public func activate(_ id: AccountID, by viewer: Viewer, at now: Moment) throws {
        guard viewer.role == .verifier || viewer.role == .admin else { throw PermitError.forbidden }
        try write { database in
            guard try Bool.fetchOne(database, sql: "SELECT 1 FROM account WHERE id = ?", arguments: [id.value]) != nil
            else {
                throw PermitError.notFound
            }
            try activate(id, "activatedByStaff", actor: viewer.account, at: now, in: database)
        }
    }

    /// By following the link in a mail.
    /// - Throws: `notFound` when the token is unknown, used or expired.
    public func activate(token: [UInt8], at now: Moment) throws -> Account {
        try write { database in
            let hash = secretHash(token)
            // A second click finds the account active: that is what it wanted.
            guard
                let id = try Int64.fetchOne(
                    database, sql: "SELECT account_id FROM activation_token WHERE token_hash = ? AND expires_at > ?",
                    arguments: [hash, now.seconds])
            else { throw PermitError.notFound }
            try database.execute(
                sql: "UPDATE activation_token SET used_at = ? WHERE token_hash = ?", arguments: [now.seconds, hash])
            try activate(AccountID(id), "activatedByMail", actor: AccountID(id), at: now, in: database)
            return try account(AccountID(id), in: database)
        }
    }

    /// Whether a link would still activate somebody.
    public func canActivate(token: [UInt8], at now: Moment) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM activation_token WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?)
                    """, arguments: [secretHash(token), now.seconds]) ?? false
        }
    }

    /// Notes the token that a mail is about to carry. Valid for seven days.
    public func addActivationToken(_ token: [UInt8], for id: AccountID, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO activation_token (token_hash, account_id, expires_at) VALUES (?, ?, ?)",
                arguments: [secretHash(token), id.value, now.adding(hours: Self.activationHours).seconds])
        }
    }

    /// Queues another activation mail, at most one in ten minutes.
    /// - Returns: False when one was queued a moment ago or the account is active already.
    public func requestActivationMail(for id: AccountID, at now: Moment) throws -> Bool {
        try write { database in
            guard try !wasQueued(.activation, to: id, within: 600, at: now, in: database),
                try account(id, in: database).state == .pending
            else { return false }
            try queue(.activation, to: id, MessagePayload(), at: now, in: database)
            return true
        }
    }

    func activate(_ id: AccountID, _ kind: String, actor: AccountID, at now: Moment, in database: Database)
        throws
    {
        try database.execute(
            sql: "UPDATE account SET state = 'active' WHERE id = ? AND state = 'pending'", arguments: [id.value])
        guard database.changesCount == 1 else { return }
        try noteAccount(id, kind, actor: actor, at: now, in: database)
        // Who followed the link knows.
        if actor != id { try queue(.accountActivated, to: id, MessagePayload(), at: now, in: database) }
    }

    private func insertAccount(
        name: String, email: String, phone: String, identity: Identity?, passwordHash: String, state: AccountState,
        role: Role, unit: UnitID?, at now: Moment, in database: Database
    ) throws -> AccountID {
        let taken = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM account WHERE email = ?)", arguments: [email])
        if taken == true { throw PermitError.invalid([FieldProblem("surel", "emailTaken")]) }
        try database.execute(
            sql: """
                INSERT INTO account (name, email, phone, identity, password, state, role, office_id, registered_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                name, email, phone, identity?.stored, passwordHash, state.rawValue, role.rawValue, unit?.value,
                now.seconds,
            ])
        return AccountID(database.lastInsertedRowID)
    }

    func noteAccount(_ id: AccountID, _ kind: String, actor: AccountID?, at now: Moment, in database: Database)
        throws
    {
        try database.execute(
            sql: "INSERT INTO account_event (account_id, kind, actor_id, at) VALUES (?, ?, ?, ?)",
            arguments: [id.value, kind, actor?.value, now.seconds])
    }

    func account(_ id: AccountID, in database: Database) throws -> Account {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM account WHERE id = ?", arguments: [id.value])
        else {
            throw PermitError.notFound
        }
        return try Self.account(row)
    }

    static func account(_ row: Row) throws -> Account {
        Account(
            id: AccountID(row["id"]), name: row["name"], email: row["email"], phone: row["phone"],
            identity: (row["identity"] as String?).map { Identity(stored: $0) },
            state: try row.name("state"), role: try row.name("role"),
            unit: (row["office_id"] as Int64?).map { UnitID($0) },
            registeredAt: row.moment("registered_at"),
            language: (row["language"] as String?).flatMap { Language(rawValue: $0) })
    }
}
