public import Permits
import Foundation
import GRDB

extension Store {
    /// Invites the owner of an address. Only owners may.
    /// - Parameter email: In its stored form.
    public func invite(_ email: String, to id: InstitutionID, by viewer: Viewer, at now: Moment) throws {
        try write { database in
            let institution = try institution(id, visibleTo: viewer, in: database)
            try institution.checkOwner(viewer.account)
            // A second click on the same button: the mail is on its way, and its link is to stay good.
            let isInvited = try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM institution_invitation WHERE institution_id = ? AND email = ?
                    AND accepted_at IS NULL AND invited_at > ?)
                    """, arguments: [id.value, email, now.seconds - Self.mailAgainSeconds])
            guard isInvited != true else { return }
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

    /// Invitations that stand, the newest first; of no interest to others than owners.
    public func pendingInvitations(to id: InstitutionID, visibleTo viewer: Viewer, at now: Moment) throws
        -> [PendingInvitation]
    {
        try read { database in
            try institution(id, visibleTo: viewer, in: database).checkOwner(viewer.account)
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT id, email, expires_at FROM institution_invitation
                    WHERE institution_id = ? AND accepted_at IS NULL AND expires_at > ? ORDER BY id DESC
                    """, arguments: [id.value, now.seconds]
            ).map { PendingInvitation(id: $0["id"], email: $0["email"], expiresAt: $0.moment("expires_at")) }
        }
    }

    /// Takes an invitation back. None to take back is what was wanted, too.
    public func withdrawInvitation(_ invitation: Int64, to id: InstitutionID, by viewer: Viewer) throws {
        try write { database in
            try institution(id, visibleTo: viewer, in: database).checkOwner(viewer.account)
            try database.execute(
                sql: """
                    DELETE FROM institution_invitation WHERE id = ? AND institution_id = ? AND accepted_at IS NULL
                    """, arguments: [invitation, id.value])
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
            if let joined = try joined(by: token, viewer, in: database) { return joined }
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

    /// Where the viewer is a member by this link already.
    private func joined(by token: [UInt8], _ viewer: Viewer, in database: Database) throws -> InstitutionID? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT institution_invitation.institution_id FROM institution_invitation
                JOIN membership ON membership.institution_id = institution_invitation.institution_id
                WHERE token_hash = ? AND accepted_by = ? AND account_id = accepted_by AND ended_at IS NULL
                """, arguments: [secretHash(token), viewer.account.value]
        ).map { InstitutionID($0) }
    }

    private func invitation(_ token: [UInt8], for viewer: Viewer, at now: Moment, in database: Database) throws
        -> (id: Int64, institution: InstitutionID)
    {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT institution_invitation.* FROM institution_invitation
                JOIN account ON account.email = institution_invitation.email OR account.id = meant_for
                JOIN institution ON institution.id = institution_id AND closed_at IS NULL
                WHERE token_hash = ? AND accepted_at IS NULL AND expires_at > ? AND account.id = ?
                AND account.role = 'citizen'
                """, arguments: [secretHash(token), now.seconds, viewer.account.value])
        guard let row else { throw PermitError.notFound }
        return (row["id"], InstitutionID(row["institution_id"]))
    }
}
