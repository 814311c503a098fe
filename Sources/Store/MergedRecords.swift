import Foundation
import GRDB
import Permits

// What moves from an account that is given up to the one that stays. Nobody is told anything in here, and nothing that
// an officer is deciding on is disturbed: an application's revision stays.
extension Store {
    /// Messages about the safety of one account, of no use for another. What an address was told goes out all the same.
    private static let ownMessages: [MessageKind] = [
        .activation, .accountActivated, .signUpAgain, .accountRejected, .passwordReset, .passwordChanged, .emailChange,
        .emailChangeAsked, .emailWanted, .phoneChanged, .deletionRequested, .accountsMerged,
    ]
    /// Sent or not, these speak of the account that they were queued for.
    private static let keptMessages = ownMessages + [.emailChanged, .accountGivenUp]

    /// Leaves a mark that nobody can log in to, and that frees the address.
    func giveUp(_ other: Account, to keeper: Account, at now: Moment, in database: Database) throws {
        // What was merged into the one that goes belongs to the one that stays: marks never point to marks.
        try database.execute(
            sql: "UPDATE account SET merged_into = ? WHERE merged_into = ?",
            arguments: [keeper.id.value, other.id.value])
        try database.execute(
            sql: """
                UPDATE account SET email = ?, phone = '', identity = ?, password = '!', state = 'suspended',
                    rejected_at = NULL, merged_into = ? WHERE id = ?
                """,
            arguments: [
                MergedAccount.email(other.id), other.identity?.masked.stored, keeper.id.value,
                other.id.value,
            ])
        // Whoever was typing there gets it back after logging in to the account that stays.
        try database.execute(
            sql: "UPDATE session SET account_id = ?, ended_at = coalesce(ended_at, ?) WHERE account_id = ?",
            arguments: [keeper.id.value, now.seconds, other.id.value])
        // A chat goes on where the one that stays has none; a number is the account's own.
        try database.execute(
            sql: """
                UPDATE OR IGNORE channel_connection SET account_id = ? WHERE account_id = ? AND channel = 'telegram'
                """, arguments: [keeper.id.value, other.id.value])
        for table in [
            "account_token", "activation_token", "email_change", "notification_choice", "channel_connection",
            "telegram_token", "whatsapp_code",
        ] {
            try database.execute(sql: "DELETE FROM \(table) WHERE account_id = ?", arguments: [other.id.value])
        }
        try database.execute(sql: "DELETE FROM password_request WHERE email = ?", arguments: [other.email])
    }

    /// A place that both have becomes one with the higher role; what ended stays on record where it was.
    func moveMemberships(of other: AccountID, to keeper: AccountID, at now: Moment, in database: Database) throws {
        let places = try Row.fetchAll(
            database,
            sql: """
                SELECT theirs.institution_id, theirs.role, theirs.since, theirs.ended_at IS NOT NULL AS is_over,
                    own.role AS own_role, own.since AS own_since, own.ended_at IS NOT NULL AS own_is_over
                FROM membership AS theirs LEFT JOIN membership AS own
                    ON own.institution_id = theirs.institution_id AND own.account_id = ?
                WHERE theirs.account_id = ?
                """, arguments: [keeper.value, other.value])
        for place in places {
            let id: Int64 = place["institution_id"]
            guard place["own_role"] as String? != nil else {
                try database.execute(
                    sql: "UPDATE membership SET account_id = ? WHERE institution_id = ? AND account_id = ?",
                    arguments: [keeper.value, id, other.value])
                continue
            }
            if place["is_over"] { continue }
            let isRunning: Bool = !place["own_is_over"]
            let theirs: Membership.Role = try place.name("role")
            let own: Membership.Role = try place.name("own_role")
            let since: Int64 = place["since"]
            let ownSince: Int64 = place["own_since"]
            try database.execute(
                sql: """
                    UPDATE membership SET role = ?, since = ?, ended_at = NULL
                    WHERE institution_id = ? AND account_id = ?
                    """,
                arguments: [
                    (isRunning ? own.higher(theirs) : theirs).rawValue, isRunning ? min(since, ownSince) : since, id,
                    keeper.value,
                ])
            try database.execute(
                sql: "UPDATE membership SET ended_at = ? WHERE institution_id = ? AND account_id = ?",
                arguments: [now.seconds, id, other.value])
        }
    }

    /// Applications with all that hangs on them, papers given for others too, and messages. Drafts count as touched: what
    /// an address was told of their end may have been read by nobody.
    func moveApplications(
        of other: AccountID, to keeper: AccountID, origin: String, at now: Moment, in database: Database
    ) throws {
        let moved = try Row.fetchAll(
            database, sql: "SELECT id, state FROM application WHERE applicant_id = ? ORDER BY id",
            arguments: [other.value])
        try database.execute(
            sql: """
                UPDATE application SET applicant_id = ?, changed_at = iif(state = 'draft', ?, changed_at)
                WHERE applicant_id = ?
                """, arguments: [keeper.value, now.seconds, other.value])
        for row in moved {
            let state: ApplicationState = try row.name("state")
            // Nobody but their owner knows of drafts, and the chain says nothing of them.
            guard state != .draft else { continue }
            try append(
                NewEvent(kind: .accountsMerged, actor: keeper, at: now), to: ApplicationID(row["id"]), state: state,
                origin: origin, details: ["from": "\(other.value)", "to": "\(keeper.value)"], in: database)
        }
        try database.execute(
            sql: "UPDATE attachment SET given_by = ? WHERE given_by = ?", arguments: [keeper.value, other.value])
        // Their forms are gone; no two of one author may have the same token.
        try database.execute(
            sql: "UPDATE message SET author_id = ?, token = hex(randomblob(16)) WHERE author_id = ?",
            arguments: [keeper.value, other.value])
        try moveUnsent(of: other, to: keeper, in: database)
    }

    /// What was not sent yet. Where the one that stays is writing about the same, the words stand one below the other, and
    /// files go to places that are free; a file whose place is taken is the only thing that stays behind.
    private func moveUnsent(of other: AccountID, to keeper: AccountID, in database: Database) throws {
        // What was sent leaves an empty row, which a message that waits takes the place of.
        let kept = """
            SELECT 1 FROM unsent AS own WHERE own.author_id = ?1 AND own.application_id = unsent.application_id
            AND own.purpose = unsent.purpose
            """
        let hasSomething = "(own.text <> '' OR EXISTS (SELECT 1 FROM unsent_file WHERE unsent_id = own.id))"
        let ids: StatementArguments = [keeper.value, other.value]
        try database.execute(
            sql: """
                DELETE FROM unsent AS own WHERE author_id = ?1 AND NOT \(hasSomething) AND EXISTS (
                    SELECT 1 FROM unsent WHERE author_id = ?2 AND application_id = own.application_id
                    AND purpose = own.purpose)
                """, arguments: ids)
        let ownText = """
            (SELECT text FROM unsent AS other WHERE other.author_id = ?2 AND other.application_id = unsent.application_id
                AND other.purpose = unsent.purpose)
            """
        try database.execute(
            sql: """
                UPDATE unsent SET text = ltrim(text || char(10, 10) || \(ownText), char(10)), version = version + 1
                WHERE author_id = ?1 AND \(ownText) <> ''
                """, arguments: ids)
        try database.execute(
            sql: """
                UPDATE OR IGNORE unsent_file SET unsent_id = (
                    SELECT own.id FROM unsent AS own JOIN unsent AS other USING (application_id, purpose)
                    WHERE own.author_id = ?1 AND other.id = unsent_file.unsent_id)
                WHERE unsent_id IN (SELECT id FROM unsent WHERE author_id = ?2 AND EXISTS (\(kept)))
                """, arguments: ids)
        try database.execute(
            sql: """
                DELETE FROM unsent_file WHERE unsent_id IN (SELECT id FROM unsent WHERE author_id = ?2 AND EXISTS (\(kept)))
                """, arguments: ids)
        try database.execute(sql: "DELETE FROM unsent WHERE author_id = ?2 AND EXISTS (\(kept))", arguments: ids)
        try database.execute(sql: "UPDATE unsent SET author_id = ?1 WHERE author_id = ?2", arguments: ids)
    }

    /// What was offered or invited to, by either of them or to them.
    func moveOffers(of other: Account, to keeper: Account, at now: Moment, in database: Database) throws {
        let ids: StatementArguments = [keeper.id.value, other.id.value]
        for (table, column) in [
            ("application_transfer", "from_id"), ("application_transfer", "to_id"),
            ("institution_invitation", "invited_by"), ("institution_invitation", "accepted_by"),
        ] {
            try database.execute(sql: "UPDATE \(table) SET \(column) = ? WHERE \(column) = ?", arguments: ids)
        }
        // Whoever has the link from the other mailbox is the one that stays, or somebody who signs up with that address.
        for (table, isOpen) in [
            ("application_transfer", "state = 'offered'"), ("institution_invitation", "accepted_at IS NULL"),
        ] {
            try database.execute(
                sql: "UPDATE \(table) SET meant_for = ?1 WHERE (email = ?2 OR meant_for = ?3) AND \(isOpen)",
                arguments: [keeper.id.value, other.email, other.id.value])
        }
        // Nobody hands anything to themselves, or joins where they are.
        try database.execute(
            sql: """
                UPDATE application_transfer SET state = 'withdrawn', decided_at = ?
                WHERE from_id = ? AND state = 'offered' AND (email = ? OR meant_for = from_id)
                """, arguments: [now.seconds, keeper.id.value, keeper.email])
        try database.execute(
            sql: """
                DELETE FROM institution_invitation WHERE (email = ?2 OR meant_for = ?1) AND accepted_at IS NULL
                AND institution_id IN (SELECT institution_id FROM membership WHERE account_id = ?1 AND ended_at IS NULL)
                """, arguments: [keeper.id.value, keeper.email])
    }

    /// News about what has moved, as far as the account that stays wants such.
    func moveMessages(to other: AccountID, to keeper: AccountID, in database: Database) throws {
        func names(_ kinds: [MessageKind]) -> String { kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ") }
        try database.execute(
            sql: "DELETE FROM outbox WHERE account_id = ? AND sent_at IS NULL AND kind IN (\(names(Self.ownMessages)))",
            arguments: [other.value])
        for kind in MessageKind.allCases where !Self.keptMessages.contains(kind) {
            let ways = try channels(for: kind, to: keeper, in: database).map { "'\($0.rawValue)'" }
            try database.execute(
                sql: """
                    DELETE FROM outbox WHERE account_id = ? AND sent_at IS NULL AND kind = ?
                    AND channel NOT IN (\(ways.joined(separator: ", ")))
                    """, arguments: [other.value, kind.rawValue])
        }
        try database.execute(
            sql: "UPDATE outbox SET account_id = ? WHERE account_id = ? AND kind NOT IN (\(names(Self.keptMessages)))",
            arguments: [keeper.value, other.value])
    }
}
