public import Permits
import Foundation
import GRDB

/// The institution that an application is filed for, and by whom.
public struct FiledFor: Sendable {
    public let institution: String
    public let applicant: AccountID
    public let name: String
}

/// A line in a list of applications.
public struct ApplicationSummary: Sendable {
    public let reference: Reference
    public let type: LetterType
    public let applicantName: String
    /// Nil for an application that is filed for its applicant alone.
    public let filedFor: FiledFor?
    public let subject: String
    public let state: ApplicationState
    public let createdAt: Moment
    public let submittedAt: Moment?
    public let changedAt: Moment
    /// Nil while the office does not hold it.
    public let dueOn: Day?
    public let claimedByName: String?
    public let turn: Turn
    /// What became of its letter; only in lists for applicants, and nil while there is none.
    public let letter: LetterOutcome?
    /// Its place in the queue; only in lists for applicants, and nil while it stands in none.
    public let place: QueuePlace?
    /// Who withdrew it; in the same lists, and nil while nobody did.
    public let withdrawnBy: (account: AccountID, name: String)?
}

/// The parts of an office's work.
public enum WorkQueue: String, CaseIterable, Sendable {
    case toVerify, waiting, toSign, done
    /// Whatever its state: a message of the applicant waits for an answer.
    case messages

    public var states: [ApplicationState] {
        switch self {
        case .toVerify: [.submitted, .verified]
        case .waiting: [.needsCorrection]
        case .toSign: [.awaitingSignature]
        case .done: [.issued, .refused, .withdrawn]
        case .messages: ApplicationState.allCases
        }
    }

    var condition: String {
        if self == .messages { return "application.unanswered_at IS NOT NULL" }
        return "application.state IN (\(states.map { "'\($0.rawValue)'" }.joined(separator: ", ")))"
    }

    var order: String {
        switch self {
        case .done: "changed_at DESC, application.id DESC"
        case .messages: "unanswered_at, application.id"
        case .toVerify, .waiting, .toSign: "due_on, submitted_at, application.id"
        }
    }
}

extension Store {
    /// The applicant's own and those of the applicant's institutions: first those that wait for the applicant, each part
    /// newest first.
    public func applications(of viewer: Viewer, limit: Int, offset: Int = 0) throws -> [ApplicationSummary] {
        // Found in the indexes alone; only the rows of one page are read.
        let waiting = "application.state IN ('draft', 'needsCorrection')"
        let kept = """
            NOT EXISTS (SELECT 1 FROM draft_expiry WHERE application_id = application.id AND deleted_at IS NOT NULL)
            """
        let memberships = "SELECT institution_id FROM membership WHERE account_id = :account AND ended_at IS NULL"
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    WITH own (id, later) AS (
                        SELECT id, NOT \(waiting) FROM application WHERE applicant_id = :account AND \(kept)
                        UNION SELECT id, NOT \(waiting) FROM application WHERE institution_id IN (\(memberships)) AND \(kept)
                    ), page AS (SELECT id, later FROM own ORDER BY later, id DESC LIMIT :limit OFFSET :offset)
                    SELECT \(Self.summaryColumns), \(Self.outcomeColumns), \(Self.placeColumns),
                        withdrawer.id AS withdrawn_by, withdrawer.name AS withdrawn_by_name
                    FROM \(Self.summaryTables) \(Self.outcomeJoins)
                    JOIN page ON page.id = application.id
                    LEFT JOIN account AS withdrawer ON withdrawer.id = iif(application.state = 'withdrawn',
                        (SELECT actor_id FROM event WHERE event.application_id = application.id AND kind = 'withdrawn'
                            ORDER BY event.id DESC LIMIT 1), NULL)
                    ORDER BY later, application.id DESC
                    """, arguments: ["account": viewer.account.value, "limit": limit, "offset": offset]
            ).map { try summary($0, in: database) }
        }
    }

    /// One page of an office's queue, oldest deadline first; what is done, newest first.
    public func queue(_ tab: WorkQueue, for viewer: Viewer, limit: Int, offset: Int) throws -> [ApplicationSummary] {
        guard let unit = viewer.unit else { return [] }
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    \(Self.summarySQL) JOIN (
                        SELECT id AS page_id FROM application WHERE office_id = ? AND \(tab.condition)
                        AND submitted_at IS NOT NULL ORDER BY \(tab.order) LIMIT ? OFFSET ?
                    ) ON page_id = application.id ORDER BY \(tab.order)
                    """, arguments: [unit.value, limit, offset]
            ).map { try summary($0, in: database) }
        }
    }

    /// Counts end here: nobody reads a longer list, and counting a whole history would take seconds.
    public static let countLimit = 1000

    public func queueCounts(for viewer: Viewer) throws -> [WorkQueue: Int] {
        guard let unit = viewer.unit else { return [:] }
        return try read { database in
            var counts: [WorkQueue: Int] = [:]
            for tab in WorkQueue.allCases {
                counts[tab] = try Int.fetchOne(
                    database,
                    sql: """
                        SELECT count(*) FROM (SELECT 1 FROM application
                        WHERE office_id = ? AND \(tab.condition) AND submitted_at IS NOT NULL
                        LIMIT \(Self.countLimit))
                        """, arguments: [unit.value])
            }
            return counts
        }
    }

    private static let summaryColumns = """
        application.*, applicant.name || coalesce(' (' || institution.name || ')', '') AS applicant_name,
            claimant.name AS claimant_name, applicant.name AS own_name, institution.name AS institution_name
        """
    private static let summaryTables = """
        application JOIN account AS applicant ON applicant.id = applicant_id
        LEFT JOIN account AS claimant ON claimant.id = claimed_by
        LEFT JOIN institution ON institution.id = application.institution_id
        """
    private static let summarySQL = "SELECT \(summaryColumns) FROM \(summaryTables)"

    private func summary(_ row: Row, in database: Database) throws -> ApplicationSummary {
        guard let reference = Reference(row["reference"] as String) else {
            throw StoreCorruption(description: "reference of application \(row["id"] as Int64)")
        }
        return ApplicationSummary(
            reference: reference, type: try letterType(row["letter_type_id"], in: database),
            applicantName: row["applicant_name"],
            filedFor: (row["institution_name"] as String?).map {
                FiledFor(institution: $0, applicant: AccountID(row["applicant_id"]), name: row["own_name"])
            }, subject: row["subject"], state: try row.name("state"),
            createdAt: row.moment("created_at"), submittedAt: row.moment(ifPresent: "submitted_at"),
            changedAt: row.moment("changed_at"), dueOn: (row["due_on"] as String?).flatMap { Day(iso: $0) },
            claimedByName: row["claimant_name"],
            turn: Turn(
                askedAt: row.moment(ifPresent: "asked_at"), unansweredAt: row.moment(ifPresent: "unanswered_at")),
            letter: try Self.outcome(row), place: try Self.place(row),
            withdrawnBy: (row["withdrawn_by"] as Int64?).map { (AccountID($0), row["withdrawn_by_name"]) })
    }
}
