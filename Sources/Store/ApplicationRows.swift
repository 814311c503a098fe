import Foundation
import GRDB
import Permits

// Applications as they are read from their rows.
extension Store {
    func application(_ reference: Reference, visibleTo viewer: Viewer, in database: Database) throws -> Application {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM application WHERE reference = ?", arguments: [reference.code])
        else { throw PermitError.notFound }
        let agents = try (row["institution_id"] as Int64?).map { try members(of: $0, in: database) } ?? []
        let isApplicant = row["applicant_id"] as Int64 == viewer.account.value || agents.contains(viewer.account)
        let isOfficer =
            [.verifier, .signatory].contains(viewer.role) && viewer.unit?.value == row["office_id"] as Int64
            && row["submitted_at"] as Int64? != nil
        guard isApplicant || isOfficer else { throw PermitError.notFound }
        var application = try application(row, reference: reference, in: database)
        application.agents = agents
        if application.isHeld(by: viewer.account) { try addTyping(to: &application, in: database) }
        return application
    }

    private func application(_ row: Row, reference: Reference, in database: Database) throws -> Application {
        let id: Int64 = row["id"]
        let attachments = try Row.fetchAll(
            database,
            sql: "\(Self.attachmentSQL) WHERE application_id = ? AND replaced_at IS NULL ORDER BY attachment.id",
            arguments: [id]
        ).map(Self.attachment)
        let findings = try Row.fetchAll(
            database, sql: "SELECT * FROM finding WHERE application_id = ? ORDER BY key", arguments: [id]
        ).map {
            Finding(
                key: $0["key"], verdict: try $0.name("verdict"), reason: $0["reason"], attachment: $0["attachment_id"])
        }
        return Application(
            id: ApplicationID(id), reference: reference, type: try letterType(row["letter_type_id"], in: database),
            unit: UnitID(row["office_id"]), applicant: AccountID(row["applicant_id"]), state: try row.name("state"),
            step: row["step"], answers: try JSON.value([String: String].self, row["answers"]), attachments: attachments,
            findings: findings, claimedBy: (row["claimed_by"] as Int64?).map { AccountID($0) },
            clock: try JSON.value(ServiceClock.self, row["clock"]), submittedAt: row.moment(ifPresent: "submitted_at"),
            revision: row["revision"], follows: try Self.follow(row),
            turn: Turn(
                askedAt: row.moment(ifPresent: "asked_at"), unansweredAt: row.moment(ifPresent: "unanswered_at")))
    }

    static let attachmentSQL = """
        SELECT attachment.*, file_scan.pages FROM attachment LEFT JOIN file_scan ON file_scan.sha256 = attachment.sha256
        """

    static func attachment(_ row: Row) throws -> Attachment {
        let origin = (row["given_for"] as String?).flatMap { Reference($0) }
        return Attachment(
            id: row["id"], requirement: row["requirement"], filename: row["filename"], kind: try row.name("kind"),
            size: row["size"], sha256: row["sha256"], addedAt: row.moment("added_at"),
            origin: origin.map {
                PaperOrigin(reference: $0, givenAt: row.moment(ifPresent: "given_at") ?? row.moment("added_at"))
            },
            pages: row["pages"])
    }
}
