public import Permits
import Foundation
import GRDB

/// The parts of an office's list of reports.
public enum ReportQueue: String, CaseIterable, Sendable {
    case given, overdue, upcoming, confirmed

    var condition: String {
        let isOpen = "(standing.id IS NULL AND letter_end.letter_id IS NULL AND NOT EXISTS (\(Store.aFollowerSQL)))"
        return switch self {
        case .given: "standing.state = 'given'"
        case .confirmed: "standing.state = 'confirmed'"
        case .overdue: "\(isOpen) AND letter.duty_due_on < :today"
        case .upcoming: "\(isOpen) AND letter.duty_due_on >= :today"
        }
    }
}

/// A line of the list of reports.
public struct ReportSummary: Sendable {
    public let reference: Reference
    public let typeName: String
    public let holder: String
    public let subject: String
    public let numberText: String
    public let dueOn: Day
    /// When the one that stands was given.
    public let givenAt: Moment?
    /// One before it was returned.
    public let isReturned: Bool
}

extension Store {
    /// One row where a letter was replaced or extended.
    static let aFollowerSQL = """
        SELECT 1 FROM letter AS follower WHERE follower.follows_letter_id = letter.id
        AND NOT EXISTS (SELECT 1 FROM letter_end AS gone WHERE gone.letter_id = follower.id AND gone.kind = 'void')
        """

    /// The newest report on an application; nil when none was given.
    public func report(of reference: Reference, visibleTo viewer: Viewer) throws -> Report? {
        try read { database in
            try report(of: try application(reference, visibleTo: viewer, in: database), in: database)
        }
    }

    /// The newest report, for reading its file. When anybody but its giver opens it, that is written down.
    public func openReport(of reference: Reference, by viewer: Viewer, at now: Moment) throws -> Report {
        let (known, giver) = try read { database -> (Report?, Int64?) in
            let known = try report(of: application(reference, visibleTo: viewer, in: database), in: database)
            let giver = try known.flatMap {
                try Int64.fetchOne(
                    database, sql: "SELECT \(Self.reportGiverSQL) FROM report WHERE id = ?", arguments: [$0.id])
            }
            return (known, giver)
        }
        guard let known else { throw PermitError.notFound }
        if giver == viewer.account.value { return known }
        try write { database in
            // Seen a moment ago: it may have been handed to somebody else since.
            _ = try application(reference, visibleTo: viewer, in: database)
            try database.execute(
                sql: "INSERT INTO report_view (report_id, viewer_id, at) VALUES (?, ?, ?)",
                arguments: [known.id, viewer.account.value, now.seconds])
        }
        return known
    }

    /// Whether the applicant may give a report now.
    /// - Throws: `conflict` when none is owed or one is there.
    public func expectReport(of reference: Reference, by viewer: Viewer) throws {
        try read { database in
            try expectReport(try application(reference, visibleTo: viewer, in: database), viewer, in: database)
        }
    }

    func expectReport(_ application: Application, _ viewer: Viewer, in database: Database) throws {
        guard let letter = try currentLetter(of: application, in: database) else { throw PermitError.notFound }
        try application.expectReport(on: letter, after: try report(of: application, in: database), by: viewer)
    }

    /// Takes a report that waits into the application, with event and receipt.
    func giveReport(
        _ file: UnsentFile, of application: Application, by viewer: Viewer, origin: String, at now: Moment,
        in database: Database
    ) throws {
        guard let letter = try currentLetter(of: application, in: database) else { throw PermitError.notFound }
        let transition = try application.giveReport(
            on: letter, after: try report(of: application, in: database), by: viewer, at: now)
        try database.execute(
            sql: """
                INSERT INTO report (application_id, filename, kind, size, sha256, given_at, state)
                VALUES (?, ?, ?, ?, ?, ?, 'given')
                """,
            arguments: [
                application.id.value, file.filename, file.kind.rawValue, file.size, file.sha256, now.seconds,
            ])
        try keep(
            transition, before: application, origin: origin, calendar: try calendar(in: database),
            letterNumber: letter.numberText, evidence: ["file": file.sha256], in: database)
    }

    /// Confirms a report or gives it back.
    /// - Parameter id: The report that the officer read.
    public func judgeReport(
        _ id: Int64, _ verdict: ReportVerdict, of reference: Reference, by viewer: Viewer, origin: String,
        at now: Moment
    ) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard let report = try report(of: application, in: database) else { throw PermitError.notFound }
            guard report.id == id else { throw PermitError.conflict("conflict.reportJudged") }
            let transition = try application.judge(report, verdict, by: viewer, at: now)
            try database.execute(
                sql: "UPDATE report SET state = ?, decided_at = ?, decided_by = ?, reason = ? WHERE id = ?",
                arguments: [
                    verdict == .confirm ? "confirmed" : "returned", now.seconds, viewer.account.value,
                    transition.event.note, id,
                ])
            try keep(
                transition, before: application, origin: origin, calendar: try calendar(in: database),
                letterNumber: try currentLetter(of: application, in: database)?.numberText,
                evidence: ["file": report.sha256], in: database)
        }
    }

    /// One page of an office's list, the earliest day first; what is confirmed, newest first.
    public func reports(_ queue: ReportQueue, for viewer: Viewer, on today: Day, limit: Int, offset: Int) throws
        -> [ReportSummary]
    {
        guard let unit = viewer.unit, viewer.role != .citizen else { return [] }
        let order = queue == .confirmed ? "standing.decided_at DESC, standing.id DESC" : "letter.duty_due_on, letter.id"
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT letter.duty_due_on, letter.number_text, standing.given_at, application.reference,
                        application.subject, application.letter_type_id, account.name,
                        EXISTS (SELECT 1 FROM report WHERE application_id = application.id AND state = 'returned')
                            AS is_returned
                    \(Self.reportsSQL(queue)) AND \(queue.condition) ORDER BY \(order) LIMIT :limit OFFSET :offset
                    """,
                arguments: Self.arguments(queue, unit, today) + ["limit": limit, "offset": offset]
            ).map { try reportSummary($0, in: database) }
        }
    }

    public func reportCounts(for viewer: Viewer, on today: Day) throws -> [ReportQueue: Int] {
        guard let unit = viewer.unit, viewer.role != .citizen else { return [:] }
        return try read { database in
            var counts: [ReportQueue: Int] = [:]
            for queue in ReportQueue.allCases {
                counts[queue] = try Int.fetchOne(
                    database,
                    sql: """
                        SELECT count(*) FROM (SELECT 1 \(Self.reportsSQL(queue)) AND \(queue.condition)
                        LIMIT \(Self.countLimit))
                        """,
                    arguments: Self.arguments(queue, unit, today))
            }
            return counts
        }
    }

    /// An argument that the condition does not name would be an error.
    private static func arguments(_ queue: ReportQueue, _ unit: UnitID, _ today: Day) -> StatementArguments {
        queue.condition.contains(":today") ? ["unit": unit.value, "today": today.iso] : ["unit": unit.value]
    }

    /// The current letter of each application whose holder owes a report, with the report that was not returned. Those
    /// that were given are found from the report, the others from the letter's day.
    private static func reportsSQL(_ queue: ReportQueue) -> String {
        let joined =
            switch queue {
            case .given, .confirmed:
                """
                FROM report AS standing CROSS JOIN application ON application.id = standing.application_id
                CROSS JOIN letter ON letter.application_id = application.id
                """
            case .overdue, .upcoming:
                """
                FROM letter CROSS JOIN application ON application.id = letter.application_id
                LEFT JOIN report AS standing ON standing.application_id = application.id AND standing.state <> 'returned'
                """
            }
        return """
            \(joined)
            JOIN account ON account.id = application.applicant_id
            LEFT JOIN letter_end ON letter_end.letter_id = letter.id
            WHERE application.office_id = :unit AND letter.duty_due_on IS NOT NULL
            AND letter_end.kind IS NOT 'void' AND letter_end.kind IS NOT 'replaced'
            """
    }

    private func reportSummary(_ row: Row, in database: Database) throws -> ReportSummary {
        guard let reference = Reference(row["reference"] as String) else {
            throw StoreCorruption(description: "reference of letter \(row["number_text"] as String)")
        }
        return ReportSummary(
            reference: reference, typeName: try letterType(row["letter_type_id"], in: database).name,
            holder: row["name"], subject: row["subject"], numberText: row["number_text"],
            dueOn: try row.day("duty_due_on"), givenAt: row.moment(ifPresent: "given_at"),
            isReturned: row["is_returned"])
    }

    private func report(of application: Application, in database: Database) throws -> Report? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM report WHERE application_id = ? ORDER BY id DESC LIMIT 1",
            arguments: [application.id.value]
        ).map { row in
            Report(
                id: row["id"], filename: row["filename"], kind: try row.name("kind"), size: row["size"],
                sha256: row["sha256"], givenAt: row.moment("given_at"), state: try row.name("state"),
                decidedAt: row.moment(ifPresent: "decided_at"), reason: row["reason"])
        }
    }
}
