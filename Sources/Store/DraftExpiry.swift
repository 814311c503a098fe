public import Permits
import GRDB

extension Store {
    /// Stands in the chain in place of an address when the portal deleted a draft by itself.
    static let expiryOrigin = "expiry"

    /// Tells the owners of drafts that were not touched for long, each once for a time of rest.
    /// - Parameter limit: Most in one run; the next run goes on.
    /// - Returns: How many were told.
    @discardableResult
    public func remindOfDrafts(_ keeping: DraftKeeping, at now: Moment, limit: Int = 200) throws -> Int {
        // Before this moment: then their reminder's day is today, or was when the portal stood still.
        let resting = Moment(now.day.adding(days: 1 + DraftKeeping.notice - keeping.days)).seconds
        let due = try read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT id FROM application WHERE \(Self.unsent) AND changed_at < ? AND NOT \(Self.reminded)
                    ORDER BY changed_at, id LIMIT ?
                    """, arguments: [resting, limit])
        }
        // Small transactions: nobody waits behind a thousand mails, and a crash loses none of those before it.
        for id in due { try write { try remindOfDraft(id, keeping, before: resting, at: now, in: $0) } }
        return due.count
    }

    /// Deletes the drafts whose owners were told and did not go on with them. Their files are the sweeper's.
    /// - Returns: How many.
    @discardableResult
    public func deleteRestingDrafts(_ keeping: DraftKeeping, at now: Moment, limit: Int = 200) throws -> Int {
        let resting = Moment(now.day.adding(days: 1 - keeping.days)).seconds
        let sql = """
            SELECT id, applicant_id FROM application JOIN draft_expiry ON application_id = id
            WHERE \(Self.unsent) AND changed_at = touched_at AND changed_at < ? AND delete_on <= ?
            """
        let arguments: StatementArguments = [resting, now.day.iso]
        let due = try read { database in
            try Int64.fetchAll(
                database, sql: "\(sql) ORDER BY delete_on, id LIMIT ?", arguments: arguments + [limit])
        }
        var count = 0
        for id in due {
            count += try write { database in
                // Touched or sent in the moment between.
                guard let row = try Row.fetchOne(database, sql: "\(sql) AND id = ?", arguments: arguments + [id]) else {
                    return 0
                }
                try eraseDraft(
                    ApplicationID(id), of: AccountID(row["applicant_id"]), origin: Self.expiryOrigin, at: now,
                    in: database)
                try withdrawOffers(of: ApplicationID(id), at: now, in: database)
                try database.execute(
                    sql: "UPDATE draft_expiry SET deleted_at = ? WHERE application_id = ?",
                    arguments: [now.seconds, id])
                return 1
            }
        }
        return count
    }

    /// The days on which an applicant's drafts go, of those that a reminder was sent for.
    public func draftDeletions(of viewer: Viewer) throws -> [Reference: Day] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT reference, delete_on FROM application JOIN draft_expiry ON application_id = id
                    WHERE applicant_id = ? AND \(Self.unsent) AND changed_at = touched_at
                    """, arguments: [viewer.account.value])
            return try rows.reduce(into: [:]) { days, row in
                if let reference = Reference(row["reference"] as String) { days[reference] = try row.day("delete_on") }
            }
        }
    }

    /// Whether what a reminder says of a draft still holds.
    public func isResting(_ reference: Reference) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM application JOIN draft_expiry ON application_id = id
                    WHERE reference = ? AND \(Self.unsent) AND changed_at = touched_at)
                    """, arguments: [reference.code]) ?? false
        }
    }

    private static let unsent = "state = 'draft' AND submitted_at IS NULL"
    /// Since it was touched last.
    private static let reminded = """
        EXISTS (SELECT 1 FROM draft_expiry WHERE application_id = application.id AND touched_at = changed_at)
        """

    private func remindOfDraft(
        _ id: Int64, _ keeping: DraftKeeping, before resting: Int64, at now: Moment, in database: Database
    ) throws {
        guard
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM application WHERE id = ? AND \(Self.unsent) AND changed_at < ? AND NOT \(Self.reminded)
                    """,
                arguments: [id, resting]),
            let reference = Reference(row["reference"] as String)
        else { return }
        let touched = row.moment("changed_at")
        let day = keeping.deletion(touched: touched, remindedOn: now.day)
        try database.execute(
            sql: """
                INSERT INTO draft_expiry (application_id, touched_at, reminded_at, delete_on) VALUES (?, ?, ?, ?)
                ON CONFLICT (application_id) DO UPDATE SET touched_at = excluded.touched_at,
                    reminded_at = excluded.reminded_at, delete_on = excluded.delete_on
                """, arguments: [id, touched.seconds, now.seconds, day.iso])
        let payload = MessagePayload(
            reference: reference.description, typeName: try letterType(row["letter_type_id"], in: database).name,
            due: day)
        try queue(.draftExpiring, to: AccountID(row["applicant_id"]), payload, at: now, in: database)
    }
}
