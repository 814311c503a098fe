public import Permits
import Foundation
import GRDB

/// One person's reading of one paper.
public struct DocumentView: Equatable, Sendable {
    /// What a paper was part of.
    public enum Source: String, Sendable {
        case application, message, report
    }

    public let reference: Reference
    public let typeName: String
    public let source: Source
    /// What the letter type calls the paper; nil for what came with a message, and for a report without a name.
    public let paper: String?
    public let filename: String
    public let viewerName: String
    public let viewerRole: Role
    /// Short name of the viewer's office; nil for somebody without one.
    public let officeName: String?
    public let first: Moment
    public let last: Moment
    public let count: Int
}

extension Store {
    /// Who opened the papers of the viewer's own applications: those of the newest application first, of each the latest
    /// reading. The owner's own reading is not noted, and what they opened with an account that was merged into theirs, or
    /// before the application was theirs, is left out.
    /// - Parameters:
    ///   - reference: Nil for all of them.
    ///   - limit: How many applications, of those with papers that somebody opened.
    /// - Returns: Also whether there are further applications.
    /// - Throws: `notFound` for an application of somebody else.
    public func documentViews(
        of viewer: Viewer, reference: Reference? = nil, on day: Day, applications limit: Int, offset: Int = 0
    ) throws -> (views: [DocumentView], hasMore: Bool) {
        try read { database in
            if let reference {
                let known = try self.application(reference, visibleTo: viewer, in: database)
                guard known.applicant == viewer.account else { throw PermitError.notFound }
                return (try documentViews(of: [known.id.value], on: day, in: database), false)
            }
            let opened = try openedApplications(of: viewer.account, limit: limit + 1, offset: offset, in: database)
            let views = try documentViews(of: Array(opened.prefix(limit)), on: day, in: database)
            return (views, opened.count > limit)
        }
    }

    /// The applicant's applications with papers that somebody opened, newest first.
    func openedApplications(of owner: AccountID, limit: Int, offset: Int, in database: Database) throws -> [Int64] {
        try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM application WHERE applicant_id = ?1 AND (
                    EXISTS (
                        SELECT 1 FROM attachment JOIN attachment_view ON attachment_id = attachment.id
                        JOIN account AS reader ON reader.id = viewer_id
                        WHERE application_id = application.id AND coalesce(reader.merged_into, reader.id) <> ?1)
                    OR EXISTS (
                        SELECT 1 FROM message JOIN message_file ON message_id = message.id
                        JOIN message_file_view ON message_file_id = message_file.id
                        JOIN account AS reader ON reader.id = viewer_id
                        WHERE application_id = application.id AND coalesce(reader.merged_into, reader.id) <> ?1)
                    OR EXISTS (
                        SELECT 1 FROM report JOIN report_view ON report_id = report.id
                        JOIN account AS reader ON reader.id = viewer_id
                        WHERE application_id = application.id AND coalesce(reader.merged_into, reader.id) <> ?1))
                ORDER BY id DESC LIMIT ?2 OFFSET ?3
                """, arguments: [owner.value, limit, offset])
    }

    func documentViews(of applications: [Int64], on day: Day, in database: Database) throws -> [DocumentView] {
        try applications.flatMap { application in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT application.reference, letter_type_id, requirement, filename, account.name, account.role,
                        account.office_id, min(attachment_view.at) AS first, max(attachment_view.at) AS last,
                        count(*) AS times, attachment.id AS paper, 'application' AS source
                    FROM application JOIN attachment ON attachment.application_id = application.id
                    JOIN attachment_view ON attachment_view.attachment_id = attachment.id
                    JOIN account AS reader ON reader.id = attachment_view.viewer_id
                    JOIN account ON account.id = coalesce(reader.merged_into, reader.id)
                    WHERE application.id = ?1 AND account.id <> applicant_id GROUP BY attachment.id, account.id
                    UNION ALL
                    SELECT application.reference, letter_type_id, NULL, filename, account.name, account.role,
                        account.office_id, min(message_file_view.at), max(message_file_view.at), count(*),
                        message_file.id, 'message'
                    FROM application JOIN message ON message.application_id = application.id
                    JOIN message_file ON message_file.message_id = message.id
                    JOIN message_file_view ON message_file_view.message_file_id = message_file.id
                    JOIN account AS reader ON reader.id = message_file_view.viewer_id
                    JOIN account ON account.id = coalesce(reader.merged_into, reader.id)
                    WHERE application.id = ?1 AND account.id <> applicant_id GROUP BY message_file.id, account.id
                    UNION ALL
                    SELECT application.reference, letter_type_id, NULL, filename, account.name, account.role,
                        account.office_id, min(report_view.at), max(report_view.at), count(*), report.id, 'report'
                    FROM application JOIN report ON report.application_id = application.id
                    JOIN report_view ON report_view.report_id = report.id
                    JOIN account AS reader ON reader.id = report_view.viewer_id
                    JOIN account ON account.id = coalesce(reader.merged_into, reader.id)
                    WHERE application.id = ?1 AND account.id <> applicant_id GROUP BY report.id, account.id
                    ORDER BY last DESC, paper
                    """, arguments: [application]
            ).map { try documentView($0, on: day, in: database) }
        }
    }

    private func documentView(_ row: Row, on day: Day, in database: Database) throws -> DocumentView {
        guard let reference = Reference(row["reference"] as String) else {
            throw StoreCorruption(description: "reference of a viewed paper")
        }
        let type = try letterType(row["letter_type_id"], in: database)
        let requirement: String? = row["requirement"]
        let unit = (row["office_id"] as Int64?).map { UnitID($0) }
        let source: DocumentView.Source = try row.name("source")
        return DocumentView(
            reference: reference, typeName: type.name, source: source,
            paper: source == .report
                ? type.duty?.label : requirement.map { type.requirement($0)?.label ?? $0 },
            filename: row["filename"], viewerName: row["name"], viewerRole: try row.name("role"),
            officeName: try unit.map { try office($0, on: day, in: database).shortName },
            first: row.moment("first"), last: row.moment("last"), count: row["times"])
    }
}
