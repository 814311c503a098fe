public import Permits
import GRDB

/// What became of something that was to be sent.
public enum UnsentSending: Equatable, Sendable {
    /// Now, or by a first click on the same button.
    case sent
    /// Another page has kept another text since this one was made. Nothing was changed.
    case elsewhere
    /// The files that wait are not those that the sender saw. Nothing was changed.
    case otherFiles
}

extension Store {
    /// Whether a form was sent before: the first of two clicks has done it.
    public func isSent(_ token: String, saying text: String, about reference: Reference, by viewer: Viewer) throws
        -> Bool
    {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            return try sentText(token, application.id, viewer.account, in: database) == text
        }
    }

    /// Turns what an applicant has written into a message: with its files, its event, and nothing left behind.
    /// - Parameters:
    ///   - text: Checked by `MessageRules`.
    ///   - token: Made with the form: the same form sent twice is one message.
    ///   - shown: Marks of the files that the sender had before them.
    ///   - added: Marks of those among them that came with this very form.
    ///   - page: Nil when the form does not say what it was made from.
    public func sendMessage(
        _ text: String, token: String, shown: Set<String>, added: Set<String>, from page: DraftPage?,
        about reference: Reference, by viewer: Viewer, origin: String, at now: Moment
    ) throws -> UnsentSending {
        try write { database in
            let before = try application(reference, visibleTo: viewer, in: database)
            let row = try unsentRow(.message, before.id, viewer.account, in: database)
            if let sent = try sentText(token, before.id, viewer.account, in: database) {
                // The same words again bring nothing new, their files neither; other words are a message of their own.
                guard sent == text else { return .elsewhere }
                for file in row?.value.files ?? [] where added.contains(file.mark) {
                    try database.execute(sql: "DELETE FROM unsent_file WHERE id = ?", arguments: [file.id])
                }
                return .sent
            }
            if try isOlder(page, than: row, text) { return .elsewhere }
            guard (row?.value ?? Unsent()).isShown(by: shown) else { return .otherFiles }
            let files = (row?.value.files ?? []).map {
                SentFile(filename: $0.filename, kind: $0.kind, size: $0.size, sha256: $0.sha256)
            }
            try send(
                text, asking: false, files, token: token, about: before, by: viewer, origin: origin, at: now,
                in: database)
            // Also when nothing was kept before: what is still on its way from the page comes too late.
            try empty(
                row?.id ?? insertUnsent(.message, before.id, viewer.account, at: now, in: database), at: now,
                in: database)
            return .sent
        }
    }

    /// Hands over the report that waits, with event and receipt.
    /// - Parameter shown: Mark of the file that the sender had before them.
    /// - Throws: `invalid` when none waits, `conflict` when none is owed or one is there.
    public func handOverReport(
        shown: Set<String>, of reference: Reference, by viewer: Viewer, origin: String, at now: Moment
    ) throws -> UnsentSending {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            let row = try unsentRow(.report, application.id, viewer.account, in: database)
            try expectOpen(.report, application, viewer, at: now, in: database)
            guard let row, let file = row.value.files.first else {
                let label = application.type.duty?.label ?? ""
                throw PermitError.invalid([FieldProblem(Report.fieldName, "fileMissing", ["label": label])])
            }
            guard row.value.isShown(by: shown) else { return .otherFiles }
            try giveReport(file, of: application, by: viewer, origin: origin, at: now, in: database)
            try empty(row.id, at: now, in: database)
            return .sent
        }
    }

    private func sentText(_ token: String, _ application: ApplicationID, _ author: AccountID, in database: Database)
        throws -> String?
    {
        try String.fetchOne(
            database, sql: "SELECT text FROM message WHERE application_id = ? AND author_id = ? AND token = ?",
            arguments: [application.value, author.value, token])
    }
}
