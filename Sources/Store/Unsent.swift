public import Permits
import GRDB

// Messages and reports before they are sent: kept for their author alone, one of each for an application.
extension Store {
    /// What the viewer has not sent yet; empty when there is nothing.
    public func unsent(_ purpose: Unsent.Purpose, about reference: Reference, by viewer: Viewer) throws -> Unsent {
        try read { database in
            let application = try ownApplication(reference, viewer, in: database)
            return try unsentRow(purpose, application.id, viewer.account, in: database)?.value ?? Unsent()
        }
    }

    /// Keeps what was typed so far. Messages of one page are numbered; one that comes late changes nothing. What was
    /// written is kept even when the conversation has closed meanwhile: its author may need the words elsewhere.
    public func keepMessageTyping(
        _ text: String, about reference: Reference, by viewer: Viewer, from page: DraftPage, sequence: Int,
        at now: Moment
    ) throws -> DraftWriting {
        try write { database in
            let application = try sentApplication(reference, viewer, in: database)
            let row = try unsentRow(.message, application.id, viewer.account, in: database)
            if let row, row.page == page.name {
                guard sequence > row.sequence else { return .overtaken }
            } else if (row?.value.version ?? 0) != page.version {
                return .elsewhere
            }
            try keepText(
                text, (row?.value.version ?? 0) + 1, page: page.name, sequence, application.id, viewer.account, at: now,
                in: database)
            return .kept([])
        }
    }

    /// Keeps a message as its form was sent.
    /// - Parameter page: Nil when the form does not say what it was made from: then it is taken as it is.
    public func saveMessage(
        _ text: String, about reference: Reference, by viewer: Viewer, from page: DraftPage?, at now: Moment
    ) throws -> DraftWriting {
        try write { database in
            let application = try sentApplication(reference, viewer, in: database)
            let row = try unsentRow(.message, application.id, viewer.account, in: database)
            if try isOlder(page, than: row, text) { return .elsewhere }
            try keepText(
                text, (row?.value.version ?? 0) + 1, page: nil, 0, application.id, viewer.account, at: now, in: database
            )
            return .kept([])
        }
    }

    /// Keeps a file from the vault until it is sent, in the place of the one that was chosen there before.
    /// - Returns: Marks of the new file and of the one that it took the place of.
    /// - Throws: `conflict` when nothing can be sent any more, `invalid` when the account has too much of this.
    public func keepUnsent(
        _ given: GivenFile, at place: String, for purpose: Unsent.Purpose, about reference: Reference,
        by viewer: Viewer, at now: Moment
    ) throws -> (mark: String, replaced: String?) {
        try write { database in
            let application = try sentApplication(reference, viewer, in: database)
            try expectOpen(purpose, application, viewer, at: now, in: database)
            let row = try unsentRow(purpose, application.id, viewer.account, in: database)
            let old = row?.value.files.first { $0.place == place }
            if let problem = try self.problem(adding: given, at: place, for: viewer.account, besides: old, in: database)
            {
                throw PermitError.invalid([problem])
            }
            let id = try row?.id ?? insertUnsent(purpose, application.id, viewer.account, at: now, in: database)
            if let old {
                try database.execute(sql: "DELETE FROM unsent_file WHERE id = ?", arguments: [old.id])
            }
            try database.execute(
                sql: """
                    INSERT INTO unsent_file (unsent_id, place, filename, kind, size, sha256, added_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, place, given.filename, given.scan.kind.rawValue, given.file.size, given.file.sha256,
                    now.seconds,
                ])
            let new = UnsentFile(
                id: database.lastInsertedRowID, place: place, filename: given.filename, kind: given.scan.kind,
                size: given.file.size, sha256: given.file.sha256, pages: given.scan.pages)
            try keep(given.scan, of: given.file, in: database)
            try touchUnsent(id, at: now, in: database)
            return (new.mark, old?.mark)
        }
    }

    /// Takes a file away that was not sent yet.
    /// - Returns: The input that it was chosen in; nil when it is gone already, or has given way to another.
    public func dropUnsent(
        _ mark: String, for purpose: Unsent.Purpose, about reference: Reference, by viewer: Viewer, at now: Moment
    ) throws -> String? {
        try write { database in
            let application = try ownApplication(reference, viewer, in: database)
            guard let row = try unsentRow(purpose, application.id, viewer.account, in: database),
                let file = row.value.files.first(where: { $0.mark == mark })
            else { return nil }
            try database.execute(sql: "DELETE FROM unsent_file WHERE id = ?", arguments: [file.id])
            try touchUnsent(row.id, at: now, in: database)
            return file.place
        }
    }

    /// Takes away all that was not sent.
    public func discardUnsent(
        _ purpose: Unsent.Purpose, about reference: Reference, by viewer: Viewer, at now: Moment
    ) throws {
        try write { database in
            let application = try ownApplication(reference, viewer, in: database)
            guard let row = try unsentRow(purpose, application.id, viewer.account, in: database) else { return }
            try empty(row.id, at: now, in: database)
        }
    }

    /// A file that was not sent yet, for its author.
    public func unsentFile(_ id: Int64, of reference: Reference, by viewer: Viewer) throws -> UnsentFile {
        try read { database in
            let application = try ownApplication(reference, viewer, in: database)
            let row = try Row.fetchOne(
                database,
                sql: """
                    \(Self.unsentFileSQL) JOIN unsent ON unsent.id = unsent_id
                    WHERE unsent_file.id = ? AND application_id = ? AND author_id = ?
                    """, arguments: [id, application.id.value, viewer.account.value])
            guard let row else { throw PermitError.notFound }
            return try Self.unsentFile(row)
        }
    }

    /// Takes away what nobody has touched for as long as a draft may rest. The files are the sweeper's.
    /// - Returns: How many messages and reports.
    @discardableResult
    public func deleteRestingUnsent(_ keeping: DraftKeeping, at now: Moment, limit: Int = 500) throws -> Int {
        let resting = Moment(now.day.adding(days: 1 - keeping.days)).seconds
        return try write { database in
            let due = try Int64.fetchAll(
                database, sql: "SELECT id FROM unsent WHERE changed_at < ? ORDER BY changed_at LIMIT ?",
                arguments: [resting, limit])
            for id in due { try deleteUnsent("id = ?", [id], in: database) }
            return due.count
        }
    }
}

// What sending and other changes need.
extension Store {
    struct UnsentRow {
        let id: Int64
        let value: Unsent
        let page: String?
        let sequence: Int
    }

    func unsentRow(
        _ purpose: Unsent.Purpose, _ application: ApplicationID, _ author: AccountID, in database: Database
    ) throws -> UnsentRow? {
        let row = try Row.fetchOne(
            database, sql: "SELECT * FROM unsent WHERE application_id = ? AND author_id = ? AND purpose = ?",
            arguments: [application.value, author.value, purpose.rawValue])
        return try row.map { row in
            UnsentRow(
                id: row["id"],
                value: Unsent(
                    text: row["text"], version: row["version"], files: try unsentFiles(row["id"], in: database)),
                page: row["page"], sequence: row["sequence"])
        }
    }

    func unsentFiles(_ id: Int64, in database: Database) throws -> [UnsentFile] {
        try Row.fetchAll(
            database, sql: "\(Self.unsentFileSQL) WHERE unsent_id = ? ORDER BY place", arguments: [id]
        ).map(Self.unsentFile)
    }

    /// Whether a form is about an older text than the one that is kept. The same once more takes nothing from anybody.
    func isOlder(_ page: DraftPage?, than row: UnsentRow?, _ text: String) throws -> Bool {
        guard let page, row?.page != page.name, (row?.value.version ?? 0) != page.version else { return false }
        let kept = row?.value.text ?? ""
        return TypedText.cleaned(kept, keepingLines: true) != TypedText.cleaned(text, keepingLines: true)
    }

    /// It was sent, or is not wanted: what its older pages send comes too late from now on.
    func empty(_ id: Int64, at now: Moment, in database: Database) throws {
        try database.execute(sql: "DELETE FROM unsent_file WHERE unsent_id = ?", arguments: [id])
        try database.execute(
            sql: """
                UPDATE unsent SET text = '', version = version + 1, page = NULL, sequence = 0, changed_at = ?
                WHERE id = ?
                """, arguments: [now.seconds, id])
    }

    /// - Parameter condition: Which rows, in SQL.
    func deleteUnsent(_ condition: String, _ arguments: StatementArguments, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM unsent_file WHERE unsent_id IN (SELECT id FROM unsent WHERE \(condition))",
            arguments: arguments)
        try database.execute(sql: "DELETE FROM unsent WHERE \(condition)", arguments: arguments)
    }

    /// An application that the viewer files or acts for.
    private func ownApplication(_ reference: Reference, _ viewer: Viewer, in database: Database) throws -> Application {
        let application = try application(reference, visibleTo: viewer, in: database)
        guard viewer.role == .citizen, application.isHeld(by: viewer.account) else { throw PermitError.notFound }
        return application
    }

    /// The office knows of it: only then is there somebody to write to.
    private func sentApplication(_ reference: Reference, _ viewer: Viewer, in database: Database) throws -> Application
    {
        let application = try ownApplication(reference, viewer, in: database)
        guard application.submittedAt != nil else { throw PermitError.conflict("conflict.talkClosed") }
        return application
    }

    private func keepText(
        _ text: String, _ version: Int, page: String?, _ sequence: Int, _ application: ApplicationID,
        _ author: AccountID, at now: Moment, in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO unsent (application_id, author_id, purpose, text, version, page, sequence, changed_at)
                VALUES (?, ?, 'message', ?, ?, ?, ?, ?)
                ON CONFLICT (application_id, author_id, purpose) DO UPDATE SET text = excluded.text,
                    version = excluded.version, page = excluded.page, sequence = excluded.sequence,
                    changed_at = excluded.changed_at
                """,
            arguments: [
                application.value, author.value, text.replacing("\r\n", with: "\n").replacing("\0", with: ""), version,
                page, sequence, now.seconds,
            ])
    }

    func insertUnsent(
        _ purpose: Unsent.Purpose, _ application: ApplicationID, _ author: AccountID, at now: Moment,
        in database: Database
    ) throws -> Int64 {
        try database.execute(
            sql: """
                INSERT INTO unsent (application_id, author_id, purpose, text, version, sequence, changed_at)
                VALUES (?, ?, ?, '', 0, 0, ?)
                """, arguments: [application.value, author.value, purpose.rawValue, now.seconds])
        return database.lastInsertedRowID
    }

    private func touchUnsent(_ id: Int64, at now: Moment, in database: Database) throws {
        try database.execute(sql: "UPDATE unsent SET changed_at = ? WHERE id = ?", arguments: [now.seconds, id])
    }

    private func problem(
        adding given: GivenFile, at place: String, for author: AccountID, besides old: UnsentFile?,
        in database: Database
    ) throws -> FieldProblem? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes FROM unsent
                CROSS JOIN unsent_file ON unsent_id = unsent.id WHERE author_id = ?
                """, arguments: [author.value])
        guard let row else { return nil }
        let (files, bytes): (Int, Int) = (row["files"], row["bytes"])
        return UnsentRules.problem(
            files: files - (old == nil ? 0 : 1), bytes: bytes - (old?.size ?? 0), adding: given.file.size, at: place)
    }

    private static let unsentFileSQL = """
        SELECT unsent_file.*, file_scan.pages FROM unsent_file LEFT JOIN file_scan ON file_scan.sha256 = unsent_file.sha256
        """

    private static func unsentFile(_ row: Row) throws -> UnsentFile {
        UnsentFile(
            id: row["id"], place: row["place"], filename: row["filename"], kind: try row.name("kind"),
            size: row["size"],
            sha256: row["sha256"], pages: row["pages"])
    }
}
