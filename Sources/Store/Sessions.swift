public import Permits
import Foundation
import GRDB
import Synchronization

/// A session's use that is not written down yet; seconds since 1970.
struct SessionUse {
    let seenAt: Int64
    let expiresAt: Int64
}

/// A place where somebody is logged in, for themselves to see.
public struct OpenSession: Equatable, Sendable {
    /// Names it to its owner; the start of its token's hash, so that it opens nothing.
    public let key: String
    public let agent: String
    /// Address that the log-in came from; empty when it was not kept.
    public let origin: String
    public let createdAt: Moment
    public let seenAt: Moment
    /// The one that asks.
    public let isCurrent: Bool
}

public struct Session: Sendable {
    public let account: Account
    /// 32 random bytes that this session's form tokens are made from.
    public let csrfKey: [UInt8]
}

extension Store {
    /// How long an unused session lasts, in seconds.
    public static let sessionIdleSeconds: Int64 = 2 * 3600
    /// How long any session lasts, in seconds.
    public static let sessionMaximumSeconds: Int64 = 12 * 3600

    /// How long an ended session is remembered, in seconds.
    static let lapsedSessionSeconds: Int64 = 7 * 86_400

    /// - Parameters:
    ///   - agent: What the browser calls itself, for its owner to recognise.
    ///   - origin: Address that the log-in comes from.
    public func openSession(
        for account: AccountID, token: [UInt8], csrfKey: [UInt8], agent: String = "", origin: String = "",
        at now: Moment
    ) throws {
        try write { database in
            try checkStanding(account, in: database)
            try database.execute(
                sql: "DELETE FROM session WHERE expires_at <= ?", arguments: [now.seconds - Self.lapsedSessionSeconds])
            try database.execute(
                sql: """
                    INSERT INTO session (token_hash, account_id, csrf_key, created_at, seen_at, expires_at, agent, origin)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    secretHash(token), account.value, Data(csrfKey), now.seconds, now.seconds,
                    now.seconds + Self.sessionIdleSeconds,
                    String(TypedText.cleaned(agent, keepingLines: false).prefix(300)), origin,
                ])
        }
    }

    /// Nil when the token is unknown or expired, or the account suspended.
    public func session(token: [UInt8], at now: Moment) throws -> Session? {
        let hash = secretHash(token)
        let found = try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT account.*, csrf_key, created_at, seen_at FROM session JOIN account ON account.id = account_id
                    WHERE token_hash = ? AND expires_at > ? AND ended_at IS NULL AND account.state <> 'suspended'
                    """, arguments: [hash, now.seconds]
            ).map { row in
                let csrfKey: Data = row["csrf_key"]
                let session = Session(account: try Self.account(row), csrfKey: [UInt8](csrfKey))
                return (session: session, createdAt: row["created_at"] as Int64, seenAt: row["seen_at"] as Int64)
            }
        }
        guard let found else { return nil }
        // Reading pages must not become writing: the time of use is noted and written later.
        if now.seconds - found.seenAt > 60 {
            let expiry = min(now.seconds + Self.sessionIdleSeconds, found.createdAt + Self.sessionMaximumSeconds)
            usedSessions.withLock { $0[hash] = SessionUse(seenAt: now.seconds, expiresAt: expiry) }
        }
        return found.session
    }

    /// Writes down which sessions were used since the last time. What a crash forgets is a minute of idling.
    public func noteUsedSessions() throws {
        let used = usedSessions.withLock { used in
            defer { used = [:] }
            return used
        }
        guard !used.isEmpty else { return }
        try write { database in
            for (hash, use) in used {
                try database.execute(
                    // What was ended meanwhile stays so.
                    sql: "UPDATE session SET seen_at = ?, expires_at = ? WHERE token_hash = ? AND ended_at IS NULL",
                    arguments: [use.seenAt, use.expiresAt, hash])
            }
        }
    }

    /// Whose session this token was until not long ago. Whoever still has it may send the form that they were filling
    /// in, to get it back after logging in again.
    public func lapsedSession(token: [UInt8]) throws -> AccountID? {
        try read { database in
            try Int64.fetchOne(
                database, sql: "SELECT account_id FROM session WHERE token_hash = ?", arguments: [secretHash(token)]
            ).map { AccountID($0) }
        }
    }

    public func closeSession(token: [UInt8], at now: Moment) throws {
        try write {
            try $0.execute(
                sql: "UPDATE session SET ended_at = ? WHERE token_hash = ? AND ended_at IS NULL",
                arguments: [now.seconds, secretHash(token)])
        }
    }

    /// Where the account is logged in now, this place first, then the latest used.
    /// - Parameter token: Of the session that asks.
    public func sessions(of account: AccountID, asking token: [UInt8], at now: Moment) throws -> [OpenSession] {
        // What the last minute's uses will be written down as.
        let used = usedSessions.withLock { $0 }
        let current = secretHash(token)
        return try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM session WHERE account_id = ? AND expires_at > ? AND ended_at IS NULL",
                arguments: [account.value, now.seconds]
            ).map { row in
                let hash: Data = row["token_hash"]
                return OpenSession(
                    key: hash.prefix(Self.sessionKeyBytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                        .joined(),
                    agent: row["agent"], origin: row["origin"], createdAt: row.moment("created_at"),
                    seenAt: Moment(seconds: used[hash]?.seenAt ?? row["seen_at"]), isCurrent: hash == current)
            }
        }.sorted { ($0.isCurrent ? 1 : 0, $0.seenAt) > ($1.isCurrent ? 1 : 0, $1.seenAt) }
    }

    private static let sessionKeyBytes = 8

    /// Logs the account out at one place. One that ended meanwhile is what was wanted, too.
    /// - Parameter key: Of one of its `sessions`.
    public func closeSession(_ key: String, of account: AccountID, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE session SET ended_at = ?
                    WHERE account_id = ? AND lower(hex(substr(token_hash, 1, ?))) = ? AND ended_at IS NULL
                    """, arguments: [now.seconds, account.value, Self.sessionKeyBytes, key])
            guard database.changesCount > 0 else { return }
            try noteAccount(account, "sessionsEnded", actor: account, at: now, in: database)
        }
    }

    /// Logs the account out everywhere but here.
    public func closeOtherSessions(of account: AccountID, keeping token: [UInt8], at now: Moment) throws {
        try write { database in
            try closeSessions(of: account, keeping: token, at: now, in: database)
            try noteAccount(account, "sessionsEnded", actor: account, at: now, in: database)
        }
    }

    /// Ends them. They are remembered as long as those that ran out, and open nothing any more.
    func closeSessions(of account: AccountID, keeping token: [UInt8]?, at now: Moment, in database: Database) throws {
        try database.execute(
            sql: "UPDATE session SET ended_at = ? WHERE account_id = ? AND token_hash IS NOT ? AND ended_at IS NULL",
            arguments: [now.seconds, account.value, token.map { secretHash($0) }])
    }

    /// Forgets them, of an account that is no more.
    func dropSessions(of account: AccountID, in database: Database) throws {
        try database.execute(sql: "DELETE FROM session WHERE account_id = ?", arguments: [account.value])
    }
}
