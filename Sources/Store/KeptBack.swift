import GRDB
import Permits

// A draft that leaves an institution takes nothing along that others of it gave.
extension Store {
    /// Takes papers out of a draft that others than its applicant gave, and tells their givers. They would open it no
    /// more, and whoever has it could show it to anybody.
    func keepBackPapers(
        of draft: ApplicationID, leavingWith applicant: AccountID, at now: Moment, in database: Database
    )
        throws
    {
        let others = "application_id = ?1 AND given_by <> ?2"
        let arguments: StatementArguments = [draft.value, applicant.value]
        let givers = try Int64.fetchAll(
            database, sql: "SELECT DISTINCT given_by FROM attachment WHERE \(others) ORDER BY given_by",
            arguments: arguments)
        guard !givers.isEmpty else { return }
        try database.execute(
            sql: """
                DELETE FROM attachment_view WHERE attachment_id IN (SELECT id FROM attachment WHERE \(others))
                """, arguments: arguments)
        try database.execute(sql: "DELETE FROM attachment WHERE \(others)", arguments: arguments)
        let row = try Row.fetchOne(
            database, sql: "SELECT reference, letter_type_id FROM application WHERE id = ?", arguments: [draft.value])
        guard let row else { return }
        let news = MessagePayload(
            reference: Reference(row["reference"] as String)?.description,
            typeName: try letterType(row["letter_type_id"], in: database).name, actor: applicant.value)
        for giver in givers { try queue(.papersKeptBack, to: AccountID(giver), news, at: now, in: database) }
    }
}
