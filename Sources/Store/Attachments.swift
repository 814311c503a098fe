public import Permits
import Foundation
import GRDB

/// What was found out about an accepted file, kept by its content.
public struct FileScan: Equatable, Sendable {
    public let kind: FileKind
    /// Of a PDF; nil for pictures.
    public let pages: Int?
    /// Pixels; nil for PDFs.
    public let width: Int?
    public let height: Int?
    /// Which rules and programs looked at it.
    public let scanner: String
    /// What they said beyond accepting it.
    public let detail: String
    public let scannedAt: Moment

    public init(
        kind: FileKind, pages: Int? = nil, width: Int? = nil, height: Int? = nil, scanner: String, detail: String = "",
        scannedAt: Moment
    ) {
        self.kind = kind
        self.pages = pages
        self.width = width
        self.height = height
        self.scanner = scanner
        self.detail = detail
        self.scannedAt = scannedAt
    }
}

extension Store {
    /// The last scan of a file; nil when it came before there were any, or from nobody outside.
    public func scan(of sha256: String) throws -> FileScan? {
        try read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT * FROM file_scan WHERE sha256 = ?", arguments: [sha256])
            else { return nil }
            return FileScan(
                kind: try row.name("kind"), pages: row["pages"], width: row["width"], height: row["height"],
                scanner: row["scanner"], detail: row["detail"], scannedAt: row.moment("scanned_at"))
        }
    }

    /// The same content may come again, and newer rules may have looked at it.
    func keep(_ scan: FileScan, of file: StoredFile, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO file_scan (sha256, size, kind, pages, width, height, scanner, verdict, detail, scanned_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, 'accepted', ?, ?)
                ON CONFLICT (sha256) DO UPDATE SET kind = excluded.kind, pages = excluded.pages, width = excluded.width,
                    height = excluded.height, scanner = excluded.scanner, detail = excluded.detail,
                    scanned_at = excluded.scanned_at
                """,
            arguments: [
                file.sha256, file.size, scan.kind.rawValue, scan.pages, scan.width, scan.height, scan.scanner,
                scan.detail, scan.scannedAt.seconds,
            ])
    }

    /// A paper of an application that the viewer may see, or one that the viewer gave, wherever it is by now. When anybody
    /// but its giver opens it, that is written down.
    public func openAttachment(_ id: Int64, of reference: Reference, by viewer: Viewer, at now: Moment) throws
        -> Attachment
    {
        // Givers only read; somebody else's reading is a write.
        if let own = try read({ try attachment(id, of: reference, givenBy: viewer, in: $0) }) { return own }
        return try write { database in
            let attachment = try attachment(id, of: reference, visibleTo: viewer, in: database)
            try database.execute(
                sql: "INSERT INTO attachment_view (attachment_id, viewer_id, at) VALUES (?, ?, ?)",
                arguments: [id, viewer.account.value, now.seconds])
            return attachment
        }
    }

    /// Of papers from before givers were written down, the applicant's.
    private func attachment(_ id: Int64, of reference: Reference, givenBy viewer: Viewer, in database: Database) throws
        -> Attachment?
    {
        guard viewer.role == .citizen else { return nil }
        return try Row.fetchOne(
            database,
            sql: """
                \(Self.attachmentSQL) JOIN application ON application.id = application_id
                WHERE attachment.id = ? AND reference = ? AND coalesce(given_by, applicant_id) = ?
                """, arguments: [id, reference.code, viewer.account.value]
        ).map(Self.attachment)
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
                database, sql: "\(Self.attachmentSQL) WHERE attachment.id = ? AND application_id = ?",
                arguments: [id, application.id.value]),
            application.isHeld(by: viewer.account) || (row["added_at"] as Int64) <= (handedIn ?? 0)
        else { throw PermitError.notFound }
        return try Self.attachment(row)
    }

    /// Which of these files something refers to: an attachment, replaced ones included, a file
    /// of a message, a letter or a report, sent or not.
    public func referredFiles(among hashes: [String]) throws -> Set<String> {
        try read { database in
            var known: Set<String> = []
            for hash in hashes {
                let isKnown = try Bool.fetchOne(
                    database,
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)
                        OR EXISTS (SELECT 1 FROM letter WHERE pdf_sha256 = ?1)
                        OR EXISTS (SELECT 1 FROM report WHERE sha256 = ?1)
                        OR EXISTS (SELECT 1 FROM message_file WHERE sha256 = ?1)
                        OR EXISTS (SELECT 1 FROM unsent_file WHERE sha256 = ?1)
                        """, arguments: [hash])
                if isKnown == true { known.insert(hash) }
            }
            return known
        }
    }
}
