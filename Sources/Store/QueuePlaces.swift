public import Permits
import GRDB

// The place of an application in the queue of its office, in the order in which officers see that queue.
extension Store {
    /// Nil for what stands in no line.
    /// - Parameter application: As its reader loaded it; only numbers come back.
    public func place(of application: Application) throws -> QueuePlace? {
        guard application.waitsInLine != nil else { return nil }
        return try read { try place(of: application.id, in: $0) }
    }

    func place(of id: ApplicationID, in database: Database) throws -> QueuePlace? {
        let row = try Row.fetchOne(
            database, sql: "SELECT \(Self.placeColumns) FROM application WHERE id = ?", arguments: [id.value])
        return try row.flatMap(Self.place)
    }

    /// Of a row of `application`. Both counts read an index alone and end soon after the limit.
    static let placeColumns = """
        \(column("line") { "'\($0.rawValue)'" }), \(column("line_ahead") { count($0, isAhead: true) }),
            \(column("line_total") { count($0, isAhead: false) })
        """

    private static func column(_ name: String, _ value: (QueuePlace.Line) -> String) -> String {
        let cases = QueuePlace.Line.allCases.map { "WHEN \($0.condition(on: "application")) THEN \(value($0))" }
        return "CASE \(cases.joined(separator: " ")) END AS \(name)"
    }

    /// Nil too for rows that were read without these columns.
    static func place(_ row: Row) throws -> QueuePlace? {
        guard let line: QueuePlace.Line = try row.name(ifPresent: "line") else { return nil }
        return QueuePlace(line: line, ahead: row["line_ahead"], total: row["line_total"], limit: countLimit)
    }

    private static func count(_ line: QueuePlace.Line, isAhead: Bool) -> String {
        // Without the plus, SQLite would compare the second column as a number of any kind and not look it up in the
        // index, but read all that is due on the same day.
        let before = """
             AND (other.due_on, other.submitted_at, other.id)
                < (+application.due_on, +application.submitted_at, application.id)
            """
        return """
            (SELECT count(*) FROM (SELECT 1 FROM application AS other WHERE other.office_id = application.office_id
                AND \(line.condition(on: "other"))\(isAhead ? before : "") LIMIT \(countLimit + 1)))
            """
    }
}

extension QueuePlace.Line {
    /// Spelt as in the index `application_unclaimed`, so that SQLite sees that it may be used.
    fileprivate func condition(on table: String) -> String {
        switch self {
        case .check: "\(table).state IN ('submitted', 'verified') AND \(table).claimed_by IS NULL"
        case .signature: "\(table).state = 'awaitingSignature'"
        }
    }
}
