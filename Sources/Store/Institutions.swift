public import Permits
import Foundation
import GRDB

extension Store {
    /// Makes an institution whose first member and owner is the viewer.
    public func createInstitution(_ profile: InstitutionProfile, by viewer: Viewer, at now: Moment) throws
        -> InstitutionID
    {
        guard viewer.role == .citizen else { throw PermitError.forbidden }
        guard viewer.state == .active else { throw PermitError.conflict("conflict.accountPending") }
        return try write { database in
            try database.execute(
                sql: "INSERT INTO institution (name, kind, address, head, created_at) VALUES (?, ?, ?, ?, ?)",
                arguments: [profile.name, profile.kind.rawValue, profile.address, profile.head, now.seconds])
            let id = InstitutionID(database.lastInsertedRowID)
            try join(id, viewer.account, as: .owner, at: now, in: database)
            return id
        }
    }

    /// The viewer's institutions, by name.
    public func institutions(of viewer: Viewer) throws -> [Institution] {
        try read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT institution.id FROM institution JOIN membership ON institution_id = institution.id
                    WHERE account_id = ? AND ended_at IS NULL ORDER BY name, institution.id
                    """, arguments: [viewer.account.value]
            ).map { try institution(InstitutionID($0), in: database) }
        }
    }

    /// - Throws: `notFound` for anybody who is no member.
    public func institution(_ id: InstitutionID, visibleTo viewer: Viewer) throws -> Institution {
        try read { try institution(id, visibleTo: viewer, in: $0) }
    }

    /// Invites the owner of an address. Only owners may.
    /// - Parameter email: In its stored form.
    public func invite(_ email: String, to id: InstitutionID, by viewer: Viewer, at now: Moment) throws {
        try write { database in
            let institution = try institution(id, visibleTo: viewer, in: database)
            guard institution.role(of: viewer.account) == .owner else { throw PermitError.forbidden }
            try database.execute(
                sql: """
                    DELETE FROM institution_invitation WHERE institution_id = ? AND email = ? AND accepted_at IS NULL
                    """, arguments: [id.value, email])
            try database.execute(
                sql: """
                    INSERT INTO institution_invitation (institution_id, email, invited_by, invited_at, expires_at)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id.value, email, viewer.account.value, now.seconds,
                    now.adding(hours: Institution.invitationHours).seconds,
                ])
            let payload = MessagePayload(typeName: institution.profile.name, invitation: database.lastInsertedRowID)
            try queue(.invitation, to: viewer.account, addressed: email, payload, at: now, in: database)
        }
    }

    /// Notes the secret that the mail of an invitation is about to carry.
    /// - Returns: False when the invitation stands no more.
    public func addInvitationToken(_ token: [UInt8], for invitation: Int64) throws -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE institution_invitation SET token_hash = ? WHERE id = ? AND accepted_at IS NULL",
                arguments: [secretHash(token), invitation])
            return database.changesCount == 1
        }
    }

    /// The institution that a link invites the viewer to.
    /// - Throws: `notFound` when it is unknown, used, over, or meant for another address.
    public func invitation(token: [UInt8], for viewer: Viewer, at now: Moment) throws -> InstitutionProfile {
        try read { database in
            try institution(invitation(token, for: viewer, at: now, in: database).institution, in: database).profile
        }
    }

    public func acceptInvitation(token: [UInt8], by viewer: Viewer, at now: Moment) throws -> InstitutionID {
        try write { database in
            let (invitation, id) = try invitation(token, for: viewer, at: now, in: database)
            guard viewer.state == .active else { throw PermitError.conflict("conflict.accountPending") }
            try database.execute(
                sql: "UPDATE institution_invitation SET accepted_by = ?, accepted_at = ? WHERE id = ?",
                arguments: [viewer.account.value, now.seconds, invitation])
            if try institution(id, in: database).role(of: viewer.account) == nil {
                try join(id, viewer.account, as: .member, at: now, in: database)
            }
            return id
        }
    }

    /// Leaves, or as an owner removes somebody.
    public func endMembership(
        of account: AccountID, in id: InstitutionID, by viewer: Viewer, at now: Moment
    ) throws {
        try write { database in
            try institution(id, visibleTo: viewer, in: database).checkRemoval(of: account, by: viewer.account)
            try database.execute(
                sql: "UPDATE membership SET ended_at = ? WHERE institution_id = ? AND account_id = ?",
                arguments: [now.seconds, id.value, account.value])
        }
    }

    /// The institution that an application is filed for; nil when it is filed for its applicant alone.
    public func institution(of reference: Reference, visibleTo viewer: Viewer) throws -> Institution? {
        try read { database in
            let id = try application(reference, visibleTo: viewer, in: database).id
            return try Int64.fetchOne(
                database, sql: "SELECT institution_id FROM application WHERE id = ?", arguments: [id.value]
            ).map { try institution(InstitutionID($0), in: database) }
        }
    }

    /// Files a draft for one of its applicant's institutions, or for the applicant alone.
    public func file(_ reference: Reference, for id: InstitutionID?, by viewer: Viewer, at now: Moment) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.applicant == viewer.account else { throw PermitError.notFound }
            guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
            if let id { _ = try institution(id, visibleTo: viewer, in: database) }
            try database.execute(
                sql: """
                    UPDATE application SET institution_id = ?, changed_at = ?, revision = revision + 1 WHERE id = ?
                    """, arguments: [id?.value, now.seconds, application.id.value])
        }
    }

    /// Who may act for an institution besides the applicant.
    func members(of institution: Int64, in database: Database) throws -> Set<AccountID> {
        Set(
            try Int64.fetchAll(
                database, sql: "SELECT account_id FROM membership WHERE institution_id = ? AND ended_at IS NULL",
                arguments: [institution]
            ).map { AccountID($0) })
    }

    /// Ends all memberships of an account that goes; the longest-standing member looks after what has no owner then.
    func leaveInstitutions(_ account: AccountID, at now: Moment, in database: Database) throws {
        try database.execute(
            sql: "UPDATE membership SET ended_at = ? WHERE account_id = ? AND ended_at IS NULL",
            arguments: [now.seconds, account.value])
        try database.execute(
            sql: """
                UPDATE membership SET role = 'owner' WHERE ended_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE other.institution_id = membership.institution_id
                    AND other.ended_at IS NULL AND (other.role = 'owner'
                    OR (other.since, other.account_id) < (membership.since, membership.account_id)))
                """)
    }

    private func join(
        _ id: InstitutionID, _ account: AccountID, as role: Membership.Role, at now: Moment, in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO membership (institution_id, account_id, role, since) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET role = excluded.role, since = excluded.since, ended_at = NULL
                """, arguments: [id.value, account.value, role.rawValue, now.seconds])
    }

    private func institution(_ id: InstitutionID, visibleTo viewer: Viewer, in database: Database) throws
        -> Institution
    {
        let institution = try institution(id, in: database)
        guard institution.role(of: viewer.account) != nil else { throw PermitError.notFound }
        return institution
    }

    private func institution(_ id: InstitutionID, in database: Database) throws -> Institution {
        guard let row = try Row.fetchOne(database, sql: "SELECT * FROM institution WHERE id = ?", arguments: [id.value])
        else { throw PermitError.notFound }
        let members = try Row.fetchAll(
            database,
            sql: """
                SELECT account.id, account.name, membership.role FROM membership JOIN account ON account.id = account_id
                WHERE institution_id = ? AND ended_at IS NULL ORDER BY membership.role <> 'owner', since, account.id
                """, arguments: [id.value]
        ).map { Membership(account: AccountID($0["id"]), name: $0["name"], role: try $0.name("role")) }
        let profile = try InstitutionProfile(
            name: row["name"], kind: row["kind"], address: row["address"], head: row["head"])
        return Institution(id: id, profile: profile, members: members)
    }

    private func invitation(_ token: [UInt8], for viewer: Viewer, at now: Moment, in database: Database) throws
        -> (id: Int64, institution: InstitutionID)
    {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT institution_invitation.* FROM institution_invitation JOIN account USING (email)
                WHERE token_hash = ? AND accepted_at IS NULL AND expires_at > ? AND account.id = ?
                AND account.role = 'citizen'
                """, arguments: [secretHash(token), now.seconds, viewer.account.value])
        guard let row else { throw PermitError.notFound }
        return (row["id"], InstitutionID(row["institution_id"]))
    }
}
