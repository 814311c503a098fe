public import Permits
import Foundation
import GRDB

/// One person's reading of one paper.
public struct DocumentView: Equatable, Sendable {
    public let reference: Reference
    public let typeName: String
    /// What the letter type calls the paper; nil for what came with a message.
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
    /// Who opened the papers of the viewer's own applications, the latest first. The owner's own reading is not noted.
    /// - Parameter reference: Nil for all of them.
    /// - Throws: `notFound` for an application of somebody else.
    public func documentViews(of viewer: Viewer, reference: Reference? = nil, on day: Day, limit: Int) throws
        -> [DocumentView]
    {
        try read { database in
            var application: ApplicationID?
            if let reference {
                let known = try self.application(reference, visibleTo: viewer, in: database)
                guard known.applicant == viewer.account else { throw PermitError.notFound }
                application = known.id
            }
            return try documentViews(
                of: viewer.account, application: application, on: day, limit: limit, in: database)
        }
    }

    func documentViews(
        of owner: AccountID, application: ApplicationID?, on day: Day, limit: Int, in database: Database
    ) throws -> [DocumentView] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT application.reference, letter_type_id, requirement, filename, account.name, account.role,
                    account.office_id, min(attachment_view.at) AS first, max(attachment_view.at) AS last,
                    count(*) AS times, attachment.id AS paper
                FROM application JOIN attachment ON attachment.application_id = application.id
                JOIN attachment_view ON attachment_view.attachment_id = attachment.id
                JOIN account ON account.id = attachment_view.viewer_id
                WHERE applicant_id = ?1 AND (?2 IS NULL OR application.id = ?2)
                GROUP BY attachment.id, account.id
                UNION ALL
                SELECT application.reference, letter_type_id, NULL, filename, account.name, account.role,
                    account.office_id, min(message_file_view.at), max(message_file_view.at), count(*), message_file.id
                FROM application JOIN message ON message.application_id = application.id
                JOIN message_file ON message_file.message_id = message.id
                JOIN message_file_view ON message_file_view.message_file_id = message_file.id
                JOIN account ON account.id = message_file_view.viewer_id
                WHERE applicant_id = ?1 AND (?2 IS NULL OR application.id = ?2)
                GROUP BY message_file.id, account.id
                ORDER BY last DESC, paper LIMIT ?3
                """, arguments: [owner.value, application?.value, limit]
        ).map { try documentView($0, on: day, in: database) }
    }

    private func documentView(_ row: Row, on day: Day, in database: Database) throws -> DocumentView {
        guard let reference = Reference(row["reference"] as String) else {
            throw StoreCorruption(description: "reference of a viewed paper")
        }
        let type = try letterType(row["letter_type_id"], in: database)
        let requirement: String? = row["requirement"]
        let unit = (row["office_id"] as Int64?).map { UnitID($0) }
        return DocumentView(
            reference: reference, typeName: type.name, paper: requirement.map { type.requirement($0)?.label ?? $0 },
            filename: row["filename"], viewerName: row["name"], viewerRole: try row.name("role"),
            officeName: try unit.map { try office($0, on: day, in: database).shortName },
            first: row.moment("first"), last: row.moment("last"), count: row["times"])
    }
}
