public import Permits
import Foundation
import GRDB

extension Store {
    /// A paper of an application that the viewer may see. When an officer opens it, that is written down.
    public func openAttachment(_ id: Int64, of reference: Reference, by viewer: Viewer, at now: Moment) throws
        -> Attachment
    {
        // Applicants read; an officer's reading is a write.
        viewer.role == .citizen
            ? try read { try attachment(id, of: reference, visibleTo: viewer, in: $0) }
            : try write { database in
                let attachment = try attachment(id, of: reference, visibleTo: viewer, in: database)
                try database.execute(
                    sql: "INSERT INTO attachment_view (attachment_id, viewer_id, at) VALUES (?, ?, ?)",
                    arguments: [id, viewer.account.value, now.seconds])
                return attachment
            }
    }

    private func attachment(
        _ id: Int64, of reference: Reference, visibleTo viewer: Viewer, in database: Database
    ) throws -> Attachment {
        let application = try application(reference, visibleTo: viewer, in: database)
        // Officers see what was handed in: not the mended paper that its owner has not sent yet.
        let handedIn = try Int64.fetchOne(
            database,
            sql: "SELECT max(at) FROM event WHERE application_id = ? AND kind IN ('submitted', 'resubmitted')",
            arguments: [application.id.value])
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM attachment WHERE id = ? AND application_id = ?",
                arguments: [id, application.id.value]),
            application.applicant == viewer.account || (row["added_at"] as Int64) <= (handedIn ?? 0)
        else { throw PermitError.notFound }
        return try Self.attachment(row)
    }

    /// Which of these files something refers to: an attachment, replaced ones included, or a letter.
    public func referredFiles(among hashes: [String]) throws -> Set<String> {
        try read { database in
            var known: Set<String> = []
            for hash in hashes {
                let isKnown = try Bool.fetchOne(
                    database,
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)
                        OR EXISTS (SELECT 1 FROM letter WHERE pdf_sha256 = ?1)
                        """, arguments: [hash])
                if isKnown == true { known.insert(hash) }
            }
            return known
        }
    }
}
