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
    /// Whether its giver may still see the application that it is in.
    public let isVisible: Bool
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
    /// Who opened the viewer's papers: all of the viewer's own applications, and in those of others what the viewer gave
    /// or wrote; those of the newest application first, of each the latest reading. One's own reading is left out, also
    /// with an account that was merged into one's own.
    /// - Parameters:
    ///   - reference: Nil for all of them.
    ///   - limit: How many applications, of those with papers that somebody opened.
    /// - Returns: Also whether there are further applications.
    /// - Throws: `notFound` for an application that the viewer has no part in.
    public func documentViews(
        of viewer: Viewer, reference: Reference? = nil, on day: Day, applications limit: Int, offset: Int = 0
    ) throws -> (views: [DocumentView], hasMore: Bool) {
        try read { database in
            if let reference {
                let known = try self.application(reference, visibleTo: viewer, in: database)
                guard known.isHeld(by: viewer.account) else { throw PermitError.notFound }
                let views = try documentViews(of: [known.id.value], ownedBy: viewer.account, on: day, in: database)
                return (views, false)
            }
            let opened = try openedApplications(of: viewer.account, limit: limit + 1, offset: offset, in: database)
            let views = try documentViews(
                of: Array(opened.prefix(limit)), ownedBy: viewer.account, on: day, in: database)
            return (views, opened.count > limit)
        }
    }

    /// Who gave a report: the event has it.
    static let reportGiverSQL = """
        (SELECT coalesce(giver.merged_into, giver.id) FROM event JOIN account AS giver ON giver.id = event.actor_id
            WHERE event.application_id = report.application_id AND event.kind = 'reportGiven'
            AND event.at = report.given_at ORDER BY event.id DESC LIMIT 1)
        """

    /// Applications with papers of this person that somebody else opened, newest first.
    func openedApplications(of owner: AccountID, limit: Int, offset: Int, in database: Database) throws -> [Int64] {
        let isOther = "coalesce(reader.merged_into, reader.id) <> ?1"
        return try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM (
                    SELECT * FROM (SELECT id FROM application WHERE applicant_id = ?1 AND (
                        EXISTS (
                            SELECT 1 FROM attachment JOIN attachment_view ON attachment_id = attachment.id
                            JOIN account AS reader ON reader.id = viewer_id
                            WHERE application_id = application.id AND \(isOther))
                        OR EXISTS (
                            SELECT 1 FROM message JOIN message_file ON message_id = message.id
                            JOIN message_file_view ON message_file_id = message_file.id
                            JOIN account AS reader ON reader.id = viewer_id
                            WHERE application_id = application.id AND \(isOther))
                        OR EXISTS (
                            SELECT 1 FROM report JOIN report_view ON report_id = report.id
                            JOIN account AS reader ON reader.id = viewer_id
                            WHERE application_id = application.id AND \(isOther)))
                        -- Some have thousands: no more of them than are shown.
                        ORDER BY id DESC LIMIT ?2 + ?3)
                    UNION SELECT attachment.application_id FROM attachment
                        JOIN attachment_view ON attachment_id = attachment.id
                        JOIN account AS reader ON reader.id = viewer_id
                        WHERE given_by = ?1 AND \(isOther)
                    UNION SELECT message.application_id FROM message JOIN message_file ON message_id = message.id
                        JOIN message_file_view ON message_file_id = message_file.id
                        JOIN account AS reader ON reader.id = viewer_id
                        WHERE author_id = ?1 AND \(isOther)
                    UNION SELECT report.application_id FROM (
                        SELECT application_id FROM application_transfer WHERE from_id = ?1
                        UNION SELECT application.id FROM membership JOIN application USING (institution_id)
                            WHERE account_id = ?1 AND application.state = 'issued'
                        ) AS known CROSS JOIN report ON report.application_id = known.application_id
                        CROSS JOIN report_view ON report_id = report.id
                        JOIN account AS reader ON reader.id = viewer_id
                        WHERE \(isOther) AND \(Self.reportGiverSQL) = ?1
                ) ORDER BY id DESC LIMIT ?2 OFFSET ?3
                """, arguments: [owner.value, limit, offset])
    }

    func documentViews(of applications: [Int64], ownedBy owner: AccountID, on day: Day, in database: Database) throws
        -> [DocumentView]
    {
        let isVisible = """
            (applicant_id = ?2 OR EXISTS (SELECT 1 FROM membership
                WHERE membership.institution_id = application.institution_id AND membership.account_id = ?2
                AND ended_at IS NULL))
            """
        return try applications.flatMap { application in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT application.reference, letter_type_id, requirement, filename, account.name, account.role,
                        account.office_id, min(attachment_view.at) AS first, max(attachment_view.at) AS last,
                        count(*) AS times, attachment.id AS paper, 'application' AS source, \(isVisible) AS is_visible
                    FROM application JOIN attachment ON attachment.application_id = application.id
                    JOIN attachment_view ON attachment_view.attachment_id = attachment.id
                    JOIN account AS reader ON reader.id = attachment_view.viewer_id
                    JOIN account ON account.id = coalesce(reader.merged_into, reader.id)
                    WHERE application.id = ?1 AND account.id <> ?2 AND ?2 IN (applicant_id, given_by)
                    GROUP BY attachment.id, account.id
                    UNION ALL
                    SELECT application.reference, letter_type_id, NULL, filename, account.name, account.role,
                        account.office_id, min(message_file_view.at), max(message_file_view.at), count(*),
                        message_file.id, 'message', \(isVisible)
                    FROM application JOIN message ON message.application_id = application.id
                    JOIN message_file ON message_file.message_id = message.id
                    JOIN message_file_view ON message_file_view.message_file_id = message_file.id
                    JOIN account AS reader ON reader.id = message_file_view.viewer_id
                    JOIN account ON account.id = coalesce(reader.merged_into, reader.id)
                    WHERE application.id = ?1 AND account.id <> ?2 AND ?2 IN (applicant_id, author_id)
                    GROUP BY message_file.id, account.id
                    UNION ALL
                    SELECT application.reference, letter_type_id, NULL, filename, account.name, account.role,
                        account.office_id, min(report_view.at), max(report_view.at), count(*), report.id, 'report',
                        \(isVisible)
                    FROM application JOIN report ON report.application_id = application.id
                    JOIN report_view ON report_view.report_id = report.id
                    JOIN account AS reader ON reader.id = report_view.viewer_id
                    JOIN account ON account.id = coalesce(reader.merged_into, reader.id)
                    WHERE application.id = ?1 AND account.id <> ?2 AND ?2 IN (applicant_id, \(Self.reportGiverSQL))
                    GROUP BY report.id, account.id
                    ORDER BY last DESC, paper
                    """, arguments: [application, owner.value]
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
            reference: reference, isVisible: row["is_visible"], typeName: type.name, source: source,
            paper: source == .report
                ? type.duty?.label : requirement.map { type.requirement($0)?.label ?? $0 },
            filename: row["filename"], viewerName: row["name"], viewerRole: try row.name("role"),
            officeName: try unit.map { try office($0, on: day, in: database).shortName },
            first: row.moment("first"), last: row.moment("last"), count: row["times"])
    }
}
