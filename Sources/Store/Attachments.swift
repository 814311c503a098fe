public import Permits
import Foundation
import GRDB

extension Store {
    /// A paper of an application that the viewer may see. When an officer opens it, that is written down.
    public func openAttachment(_ id: Int64, of reference: Reference, by viewer: Viewer, at now: Moment) throws
        -> Attachment
    {
        let found = try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            // Replaced papers too: officers compare old and new.
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT * FROM attachment WHERE id = ? AND application_id = ?",
                    arguments: [id, application.id.value])
            else { throw PermitError.notFound }
            return (attachment: try Self.attachment(row), isOwner: application.applicant == viewer.account)
        }
        if !found.isOwner {
            try write { database in
                try database.execute(
                    sql: "INSERT INTO attachment_view (attachment_id, viewer_id, at) VALUES (?, ?, ?)",
                    arguments: [id, viewer.account.value, now.seconds])
            }
        }
        return found.attachment
    }
}
