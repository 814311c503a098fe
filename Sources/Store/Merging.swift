public import Permits
import Foundation
import GRDB

/// What merging two accounts would do, as it is now.
public struct MergePreview: Sendable {
    /// Stays as it is.
    public let keeper: Account
    /// Is given up.
    public let other: Account
    /// What the other one has that its owner can see: sent applications, drafts, letters of either, institutions.
    public let applications: Int
    public let drafts: Int
    public let letters: Int
    public let institutions: Int
}

/// How far a merge is that was proven.
public enum MergeStanding: Sendable {
    case open(MergePreview)
    /// The first of two clicks did it.
    case done
}

extension Store {
    /// All accounts of a person: `?1`, and those that were merged into it.
    static let selves = "SELECT ?1 UNION ALL SELECT id FROM account WHERE merged_into = ?1"

    /// Why an account can have no other merged into it now.
    public func mergeRefusal(keeping id: AccountID) throws -> AccountMerge.Refusal? {
        try read { database in
            AccountMerge.refusal(
                keeping: try account(id, in: database), isLeaving: try isLeaving(id, in: database))
        }
    }

    /// Why these two accounts cannot be merged now.
    public func mergeRefusal(keeping keeper: AccountID, giving other: AccountID) throws -> AccountMerge.Refusal? {
        try read { try mergeRefusal(keeping: account(keeper, in: $0), giving: account(other, in: $0), in: $0) }
    }

    /// Notes that somebody has shown both passwords.
    /// - Parameters:
    ///   - token: Names the proof; only its hash is kept.
    ///   - session: The only session that may use it.
    public func addMergeProof(
        _ token: [UInt8], session: [UInt8], keeping keeper: Credentials, giving other: Credentials, at now: Moment
    ) throws {
        try write { database in
            try database.execute(
                sql: "DELETE FROM merge_proof WHERE expires_at <= ?", arguments: [now.seconds - 86_400])
            try database.execute(
                sql: """
                    INSERT INTO merge_proof (token_hash, session_hash, keeper_id, other_id, passwords, expires_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    secretHash(token), secretHash(session), keeper.account.id.value, other.account.id.value,
                    Self.passwords(keeper.passwordHash, other.passwordHash),
                    now.seconds + AccountMerge.proofSeconds,
                ])
        }
    }

    /// What a proof would do.
    /// - Throws: `notFound` when it is unknown, of another session, over, or a password was changed since; `conflict` when
    ///   the accounts cannot be merged any more.
    public func merge(provenBy token: [UInt8], session: [UInt8], by viewer: Viewer, at now: Moment) throws
        -> MergeStanding
    {
        try read { database in
            guard let (keeper, other) = try proven(token, session, by: viewer, at: now, in: database) else {
                return .done
            }
            return .open(try preview(keeping: keeper, giving: other, in: database))
        }
    }

    /// Merges the two accounts of a proof and tells both addresses. Once more is what was wanted, too.
    /// - Throws: As `merge(provenBy:)`; nothing was changed then.
    public func merge(
        provenBy token: [UInt8], session: [UInt8], by viewer: Viewer, origin: String, at now: Moment
    ) throws {
        try write { database in
            guard let (keeper, other) = try proven(token, session, by: viewer, at: now, in: database) else { return }
            try database.execute(
                sql: "UPDATE merge_proof SET used_at = ? WHERE token_hash = ?",
                arguments: [now.seconds, secretHash(token)])
            try giveUp(other, to: keeper, at: now, in: database)
            try moveMemberships(of: other.id, to: keeper.id, at: now, in: database)
            try moveApplications(of: other.id, to: keeper.id, origin: origin, at: now, in: database)
            try moveOffers(of: other, to: keeper, at: now, in: database)
            try moveMessages(to: other.id, to: keeper.id, in: database)
            try noteAccount(other.id, "merged", actor: keeper.id, at: now, in: database)
            try noteAccount(keeper.id, "mergedOther", actor: keeper.id, at: now, in: database)
            let gone = TypedText.maskedEmail(other.email)
            let left = TypedText.maskedEmail(keeper.email)
            try queue(.accountsMerged, to: keeper.id, MessagePayload(masked: gone), at: now, in: database)
            try queue(
                .accountGivenUp, to: other.id, addressed: other.email, MessagePayload(masked: left), at: now,
                in: database)
        }
    }

    /// Whoever acts for an account that was merged into another a moment ago, while what they sent was on its way.
    /// - Throws: `conflict`, since nobody would find again what is kept for it.
    func checkStanding(_ id: AccountID, in database: Database) throws {
        let isMerged = try Bool.fetchOne(
            database, sql: "SELECT merged_into IS NOT NULL FROM account WHERE id = ?", arguments: [id.value])
        if isMerged == true { throw PermitError.conflict("conflict.accountMerged") }
    }

    /// Accounts that were merged into this one, oldest first.
    func formerAccounts(of id: AccountID, in database: Database) throws -> [AccountID] {
        try Int64.fetchAll(
            database, sql: "SELECT id FROM account WHERE merged_into = ? ORDER BY id", arguments: [id.value]
        ).map { AccountID($0) }
    }

    /// - Returns: Nil when it is done already.
    private func proven(
        _ token: [UInt8], _ session: [UInt8], by viewer: Viewer, at now: Moment, in database: Database
    ) throws -> (keeper: Account, other: Account)? {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM merge_proof WHERE token_hash = ? AND session_hash = ? AND keeper_id = ?",
            arguments: [secretHash(token), secretHash(session), viewer.account.value])
        guard let row else { throw PermitError.notFound }
        if row["used_at"] as Int64? != nil { return nil }
        guard row["expires_at"] as Int64 > now.seconds,
            let keeper = try credentials(row["keeper_id"], in: database),
            let other = try credentials(row["other_id"], in: database), AccountMerge.mayBeNamed(other.account),
            row["passwords"] as Data == Self.passwords(keeper.passwordHash, other.passwordHash)
        else { throw PermitError.notFound }
        if let refusal = try mergeRefusal(keeping: keeper.account, giving: other.account, in: database) {
            throw PermitError.conflict(refusal.textKey)
        }
        return (keeper.account, other.account)
    }

    private func credentials(_ id: Int64, in database: Database) throws -> Credentials? {
        try Row.fetchOne(database, sql: "SELECT * FROM account WHERE id = ?", arguments: [id]).map {
            Credentials(account: try Self.account($0), passwordHash: $0["password"])
        }
    }

    private func mergeRefusal(keeping keeper: Account, giving other: Account, in database: Database) throws
        -> AccountMerge.Refusal?
    {
        AccountMerge.refusal(
            keeping: keeper, isLeaving: try isLeaving(keeper.id, in: database), giving: other,
            isOtherLeaving: try isLeaving(other.id, in: database))
    }

    private func isLeaving(_ id: AccountID, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM deletion_request
                WHERE account_id = ? AND withdrawn_at IS NULL AND done_at IS NULL)
                """, arguments: [id.value]) ?? false
    }

    private func preview(keeping keeper: Account, giving other: Account, in database: Database) throws -> MergePreview {
        // Drafts that went because nobody touched them are on no list.
        let own = """
            FROM application WHERE applicant_id = ?
            AND NOT EXISTS (SELECT 1 FROM draft_expiry WHERE application_id = application.id AND deleted_at IS NOT NULL)
            """
        func count(_ sql: String) throws -> Int {
            try Int.fetchOne(database, sql: sql, arguments: [other.id.value]) ?? 0
        }
        return MergePreview(
            keeper: keeper, other: other, applications: try count("SELECT count(*) \(own) AND state <> 'draft'"),
            drafts: try count("SELECT count(*) \(own) AND state = 'draft'"),
            letters: try count(
                """
                SELECT count(*) FROM application JOIN letter ON letter.application_id = application.id
                WHERE applicant_id = ?
                """),
            institutions: try count("SELECT count(*) FROM membership WHERE account_id = ? AND ended_at IS NULL"))
    }

    /// One hash of both, so that the proof itself holds neither.
    private static func passwords(_ keeper: String, _ other: String) -> Data {
        secretHash("\(keeper)\n\(other)".utf8)
    }
}
