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
            try checkStanding(viewer.account, in: database)
            if let made = try institution(profile, madeBy: viewer.account, at: now, in: database) { return made }
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

    /// Changes what an institution says of itself. Only owners may; what it said before stays on record.
    public func changeInstitution(
        _ id: InstitutionID, to profile: InstitutionProfile, by viewer: Viewer, at now: Moment
    ) throws {
        try write { database in
            let institution = try institution(id, visibleTo: viewer, in: database)
            try institution.checkOwner(viewer.account)
            guard profile != institution.profile else { return }
            let before = institution.profile
            try database.execute(
                sql: "INSERT INTO institution_change (institution_id, account_id, at, before) VALUES (?, ?, ?, ?)",
                arguments: [
                    id.value, viewer.account.value, now.seconds,
                    JSON.text([
                        "name": before.name, "kind": before.kind.rawValue, "address": before.address,
                        "head": before.head,
                    ]),
                ])
            try database.execute(
                sql: "UPDATE institution SET name = ?, kind = ?, address = ?, head = ? WHERE id = ?",
                arguments: [profile.name, profile.kind.rawValue, profile.address, profile.head, id.value])
        }
    }

    /// Makes a member an owner beside those that there are. One who is an owner already stays one.
    public func makeOwner(_ account: AccountID, in id: InstitutionID, by viewer: Viewer) throws {
        try write { database in
            let institution = try institution(id, visibleTo: viewer, in: database)
            try institution.checkOwner(viewer.account)
            guard institution.role(of: account) != nil else { throw PermitError.notFound }
            try database.execute(
                sql: "UPDATE membership SET role = 'owner' WHERE institution_id = ? AND account_id = ?",
                arguments: [id.value, account.value])
        }
    }

    /// Leaves, or as an owner removes somebody. Whoever goes last closes it.
    public func endMembership(
        of account: AccountID, in id: InstitutionID, by viewer: Viewer, at now: Moment
    ) throws {
        try write { database in
            try institution(id, visibleTo: viewer, in: database).checkRemoval(of: account, by: viewer.account)
            try database.execute(
                sql: "UPDATE membership SET ended_at = ? WHERE institution_id = ? AND account_id = ?",
                arguments: [now.seconds, id.value, account.value])
            try releaseDrafts(of: account, from: id, at: now, in: database)
            try dropUnsent(of: account, leaving: id, in: database)
            try closeIfEmpty(id, at: now, in: database)
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

    /// Nil for an application that is filed for its applicant alone.
    public func filedFor(_ reference: Reference, visibleTo viewer: Viewer) throws -> FiledFor? {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            let name = try String.fetchOne(
                database,
                sql: """
                    SELECT name FROM institution WHERE id = (SELECT institution_id FROM application WHERE id = ?)
                    """, arguments: [application.id.value])
            return try name.map {
                FiledFor(
                    institution: $0, applicant: application.applicant,
                    name: try account(application.applicant, in: database).name)
            }
        }
    }

    /// Files a draft for one of its applicant's institutions, or for the applicant alone.
    public func file(_ reference: Reference, for id: InstitutionID?, by viewer: Viewer, at now: Moment) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.applicant == viewer.account else { throw PermitError.notFound }
            guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
            if let id { _ = try institution(id, visibleTo: viewer, in: database) }
            let before = try Int64.fetchOne(
                database, sql: "SELECT institution_id FROM application WHERE id = ?", arguments: [application.id.value])
            if before != nil, before != id?.value {
                try keepBackPapers(of: application.id, leavingWith: viewer.account, at: now, in: database)
            }
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

    /// Whoever has left files for themselves from now on; what was sent before stays filed as it was.
    private func releaseDrafts(
        of account: AccountID, from id: InstitutionID, at now: Moment, in database: Database
    ) throws {
        let drafts = try Int64.fetchAll(
            database,
            sql: "SELECT id FROM application WHERE institution_id = ? AND applicant_id = ? AND state = 'draft'",
            arguments: [id.value, account.value])
        for draft in drafts {
            try keepBackPapers(of: ApplicationID(draft), leavingWith: account, at: now, in: database)
        }
        try database.execute(
            sql: """
                UPDATE application SET institution_id = NULL, changed_at = ?, revision = revision + 1
                WHERE institution_id = ? AND applicant_id = ? AND state = 'draft'
                """, arguments: [now.seconds, id.value, account.value])
    }

    /// What somebody was about to send in the name of others, whose applications they see no more.
    private func dropUnsent(of account: AccountID, leaving id: InstitutionID, in database: Database) throws {
        try deleteUnsent(
            """
            author_id = ? AND application_id IN (SELECT application.id FROM unsent
            CROSS JOIN application ON application.id = application_id
            WHERE author_id = ? AND institution_id = ? AND applicant_id <> ?)
            """, [account.value, account.value, id.value, account.value], in: database)
    }

    /// Nobody could let anybody in again.
    private func closeIfEmpty(_ id: InstitutionID, at now: Moment, in database: Database) throws {
        guard try members(of: id.value, in: database).isEmpty else { return }
        try database.execute(
            sql: "UPDATE institution SET closed_at = ? WHERE id = ?", arguments: [now.seconds, id.value])
        try database.execute(
            sql: "DELETE FROM institution_invitation WHERE institution_id = ? AND accepted_at IS NULL",
            arguments: [id.value])
    }

    /// What is sent for an institution is sent by one of its people.
    func checkFiling(_ application: Application, in database: Database) throws {
        let institution = try Int64.fetchOne(
            database, sql: "SELECT institution_id FROM application WHERE id = ?", arguments: [application.id.value])
        guard let institution else { return }
        guard try members(of: institution, in: database).contains(application.applicant) else {
            throw PermitError.conflict("conflict.leftInstitution")
        }
    }

    /// Ends all memberships of an account that goes; the longest-standing member looks after what has no owner then.
    func leaveInstitutions(_ account: AccountID, at now: Moment, in database: Database) throws {
        let left = try Int64.fetchAll(
            database, sql: "SELECT institution_id FROM membership WHERE account_id = ? AND ended_at IS NULL",
            arguments: [account.value])
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
        for id in left { try closeIfEmpty(InstitutionID(id), at: now, in: database) }
    }

    /// The same institution that an account has made a moment ago: a second click on the same button.
    private func institution(
        _ profile: InstitutionProfile, madeBy account: AccountID, at now: Moment, in database: Database
    ) throws -> InstitutionID? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT institution.id FROM membership JOIN institution ON institution.id = institution_id
                WHERE account_id = ? AND ended_at IS NULL AND membership.role = 'owner' AND created_at > ?
                AND name = ? AND kind = ? AND address = ? AND head = ?
                """,
            arguments: [
                account.value, now.seconds - Self.secondClickSeconds, profile.name, profile.kind.rawValue,
                profile.address, profile.head,
            ]
        ).map { InstitutionID($0) }
    }

    func join(
        _ id: InstitutionID, _ account: AccountID, as role: Membership.Role, at now: Moment, in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO membership (institution_id, account_id, role, since) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET role = excluded.role, since = excluded.since, ended_at = NULL
                """, arguments: [id.value, account.value, role.rawValue, now.seconds])
    }

    func institution(_ id: InstitutionID, visibleTo viewer: Viewer, in database: Database) throws
        -> Institution
    {
        let institution = try institution(id, in: database)
        guard institution.role(of: viewer.account) != nil else { throw PermitError.notFound }
        return institution
    }

    func institution(_ id: InstitutionID, in database: Database) throws -> Institution {
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
}
