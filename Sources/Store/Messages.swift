public import Permits
import Crypto
import Foundation
import GRDB

/// A file from the vault on its way into a message.
public struct GivenFile: Sendable {
    public let file: StoredFile
    public let scan: FileScan
    public let filename: String

    public init(file: StoredFile, scan: FileScan, filename: String) {
        self.file = file
        self.scan = scan
        self.filename = filename
    }
}

/// A message as it is to be kept; its text has been checked by `MessageRules`.
public struct MessageDraft: Sendable {
    public let text: String
    /// Whether an officer waits for an answer.
    public let isQuestion: Bool
    public let files: [GivenFile]
    /// Made with the form: the same form sent twice is one message.
    public let token: String

    public init(text: String, isQuestion: Bool, files: [GivenFile], token: String) {
        self.text = text
        self.isQuestion = isQuestion
        self.files = files
        self.token = token
    }
}

/// A file as a message has it; what was found out about it is kept already.
struct SentFile {
    let filename: String
    let kind: FileKind
    let size: Int
    let sha256: String
}

extension Store {
    /// The conversation about an application, oldest first, and whether it goes on.
    public func conversation(_ reference: Reference, visibleTo viewer: Viewer, at now: Moment, limit: Int = 500) throws
        -> (messages: [Message], isOpen: Bool)
    {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            return (
                try messages(of: application.id, limit: limit, in: database),
                application.isTalkOpen(decidedAt: try decidedAt(application.id, in: database), at: now)
            )
        }
    }

    /// Whether the viewer may write now; asked before files are looked into for nothing.
    /// - Throws: `notFound` or `conflict`.
    public func expectTalk(about reference: Reference, by viewer: Viewer, at now: Moment) throws {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            try expectTalk(application, viewer, at: now, in: database)
        }
    }

    /// Whether a message or a report of the viewer's could be sent now.
    /// - Throws: `notFound` or `conflict`.
    func expectOpen(
        _ purpose: Unsent.Purpose, _ application: Application, _ viewer: Viewer, at now: Moment, in database: Database
    ) throws {
        switch purpose {
        case .message: try expectTalk(application, viewer, at: now, in: database)
        case .report: try expectReport(application, viewer, in: database)
        }
    }

    private func expectTalk(_ application: Application, _ viewer: Viewer, at now: Moment, in database: Database) throws
    {
        _ = try application.write(
            asking: false, by: viewer, decidedAt: try decidedAt(application.id, in: database), at: now)
    }

    /// Keeps a message with its files, its event and its mail. What is being decided meanwhile is not disturbed: the
    /// application's revision stays.
    public func write(
        _ draft: MessageDraft, about reference: Reference, by viewer: Viewer, origin: String, at now: Moment
    ) throws {
        try write { database in
            let before = try application(reference, visibleTo: viewer, in: database)
            guard try !isKept(draft, of: before, by: viewer, in: database) else { return }
            for given in draft.files { try keep(given.scan, of: given.file, in: database) }
            let files = draft.files.map {
                SentFile(filename: $0.filename, kind: $0.scan.kind, size: $0.file.size, sha256: $0.file.sha256)
            }
            try send(
                draft.text, asking: draft.isQuestion, files, token: draft.token, about: before, by: viewer,
                origin: origin, at: now, in: database)
        }
    }

    func send(
        _ text: String, asking: Bool, _ files: [SentFile], token: String, about before: Application,
        by viewer: Viewer, origin: String, at now: Moment, in database: Database
    ) throws {
        let transition = try before.write(
            asking: asking, by: viewer, decidedAt: try decidedAt(before.id, in: database), at: now)
        guard let side = before.side(of: viewer) else { throw PermitError.notFound }
        try database.execute(
            sql: """
                INSERT INTO message (application_id, author_id, side, at, text, is_question, token)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                before.id.value, viewer.account.value, side.rawValue, now.seconds, text,
                transition.event.kind == .asked, token,
            ])
        let id = database.lastInsertedRowID
        for file in files { try insert(file, into: id, in: database) }
        try keepTurn(
            transition, origin: origin,
            details: [
                "message": "\(id)", "text": Self.hash(of: text), "files": files.map(\.sha256).joined(separator: " "),
            ], in: database)
        if side == .office {
            for person in try involved(in: before, database) {
                try queueBurst(
                    transition.event.kind == .asked ? .questionAsked : .messageReceived, about: before, to: person,
                    at: now, in: database)
            }
        }
    }

    public func noteMessagesSeen(_ reference: Reference, by viewer: Viewer, origin: String, at now: Moment) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            try keepTurn(
                try application.noteMessagesSeen(by: viewer, at: now), origin: origin, details: [:], in: database)
        }
    }

    /// A file of a message about an application that the viewer may see. When anybody but its author opens what the
    /// applicant's side sent, that is written down.
    public func openMessageFile(_ id: Int64, of reference: Reference, by viewer: Viewer, at now: Moment) throws
        -> MessageFile
    {
        let (file, isNoted) = try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT message_file.*, side, author_id FROM message_file JOIN message ON message.id = message_id
                        WHERE message_file.id = ? AND application_id = ? AND erased_at IS NULL
                        """, arguments: [id, application.id.value])
            else { throw PermitError.notFound }
            let side: Side = try row.name("side")
            let isAuthor = row["author_id"] as Int64 == viewer.account.value
            return (try Self.messageFile(row), side == .applicant && !isAuthor)
        }
        guard isNoted else { return file }
        try write { database in
            // Seen a moment ago: a file never changes hands between.
            _ = try application(reference, visibleTo: viewer, in: database)
            try database.execute(
                sql: "INSERT INTO message_file_view (message_file_id, viewer_id, at) VALUES (?, ?, ?)",
                arguments: [id, viewer.account.value, now.seconds])
        }
        return file
    }

    func messages(of id: ApplicationID, limit: Int, in database: Database) throws -> [Message] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM (SELECT message.*, name, role, deleted_at FROM message JOIN account ON account.id = author_id
                WHERE application_id = ? ORDER BY message.id DESC LIMIT ?) ORDER BY id
                """, arguments: [id.value, limit])
        let files = try Row.fetchAll(
            database,
            sql: """
                SELECT message_file.* FROM message_file JOIN message ON message.id = message_id
                WHERE application_id = ? ORDER BY message_file.id
                """, arguments: [id.value])
        let filesByMessage = Dictionary(grouping: files) { $0["message_id"] as Int64 }
        return try rows.map { row in
            let id: Int64 = row["id"]
            return Message(
                id: id, side: try row.name("side"), author: AccountID(row["author_id"]), authorName: row["name"],
                authorRole: try row.name("role"), at: row.moment("at"), text: row["text"],
                isQuestion: row["is_question"], isErased: row["erased_at"] as Int64? != nil,
                isAuthorGone: row["deleted_at"] as Int64? != nil,
                files: try (filesByMessage[id] ?? []).map(Self.messageFile))
        }
    }

    /// What somebody wrote whose account is deleted, and what the office wrote to nobody but them, goes where no letter
    /// came of it, and so do the files: free text may name anybody. What the office still works on for somebody else
    /// keeps it until it is over. The chain keeps that something was said.
    func eraseMessages(of id: AccountID, at now: Moment, in database: Database) throws {
        let isOver = """
            erased_at IS NULL AND NOT application.\(Self.isRunning)
            AND NOT EXISTS (SELECT 1 FROM letter WHERE letter.application_id = application.id)
            """
        let theirs = try Int64.fetchAll(
            database,
            sql: """
                SELECT message.id FROM message JOIN application ON application.id = message.application_id
                WHERE author_id = ?1 AND \(isOver)
                UNION SELECT message.id FROM application JOIN message ON message.application_id = application.id
                WHERE applicant_id = ?1 AND side = 'office' AND \(isOver)
                AND NOT EXISTS (SELECT 1 FROM membership WHERE institution_id = application.institution_id
                    AND ended_at IS NULL AND account_id <> ?1)
                """, arguments: [id.value])
        for message in theirs {
            let files = "SELECT id FROM message_file WHERE message_id = ?"
            try database.execute(
                sql: "DELETE FROM message_file_view WHERE message_file_id IN (\(files))", arguments: [message])
            try database.execute(sql: "DELETE FROM message_file WHERE message_id = ?", arguments: [message])
            try database.execute(
                sql: "UPDATE message SET text = '', erased_at = ? WHERE id = ?", arguments: [now.seconds, message])
        }
    }

    private func isKept(_ draft: MessageDraft, of application: Application, by viewer: Viewer, in database: Database)
        throws -> Bool
    {
        try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM message WHERE application_id = ? AND author_id = ? AND token = ?)",
            arguments: [application.id.value, viewer.account.value, draft.token]) ?? false
    }

    private func insert(_ file: SentFile, into message: Int64, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO message_file (message_id, filename, kind, size, sha256) VALUES (?, ?, ?, ?, ?)",
            arguments: [message, file.filename, file.kind.rawValue, file.size, file.sha256])
    }

    private func keepTurn(
        _ transition: Transition, origin: String, details: [String: String], in database: Database
    ) throws {
        let next = transition.application
        try database.execute(
            sql: "UPDATE application SET asked_at = ?, unanswered_at = ?, changed_at = ? WHERE id = ?",
            arguments: [
                next.turn.askedAt?.seconds, next.turn.unansweredAt?.seconds, transition.event.at.seconds,
                next.id.value,
            ])
        try append(
            transition.event, to: next.id, state: next.state, origin: origin, details: details, in: database)
    }

    /// When the office last decided something that the applicant may want to talk about.
    private func decidedAt(_ id: ApplicationID, in database: Database) throws -> Moment? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT max(at) FROM event WHERE application_id = ?
                AND kind IN ('signed', 'refused', 'revoked', 'replacementRefused', 'reportReturned')
                """, arguments: [id.value]
        ).map { Moment(seconds: $0) }
    }

    private static func messageFile(_ row: Row) throws -> MessageFile {
        MessageFile(
            id: row["id"], filename: row["filename"], kind: try row.name("kind"), size: row["size"],
            sha256: row["sha256"])
    }

    private static func hash(of text: String) -> String {
        SHA256.hash(data: Data(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension Store {
    /// Whether a question of the office still waits for this account's answer, or for somebody's of its institution.
    public func isAsked(_ reference: String, recipient: AccountID) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM application
                    WHERE reference = ?1 AND asked_at IS NOT NULL AND (applicant_id = ?2 OR EXISTS (
                        SELECT 1 FROM membership WHERE membership.institution_id = application.institution_id
                        AND account_id = ?2 AND ended_at IS NULL)))
                    """, arguments: [Reference(reference)?.code ?? "", recipient.value]) ?? false
        }
    }

    /// A mail waits this long, so that it tells of what follows at once too.
    public static let burstSettles: Int64 = 120
    /// No second one comes sooner than this after the one before it.
    public static let burstPause: Int64 = 600

    /// One mail for several messages: nothing is added to one that waits, save that a question is told as one. The same
    /// goes for each other way.
    private func queueBurst(
        _ kind: MessageKind, about application: Application, to account: AccountID, at now: Moment,
        in database: Database
    ) throws {
        guard try !isGone(account, in: database) else { return }
        let payload = MessagePayload(
            reference: application.reference.description, typeName: application.type.name)
        for channel in try channels(for: kind, to: account, in: database) {
            let last = try Row.fetchOne(
                database,
                sql: """
                    SELECT id, sent_at, undeliverable_at FROM outbox WHERE account_id = ?1 AND created_at > ?2
                    AND kind IN (?3, ?4) AND json_extract(payload, '$.reference') = ?5 AND channel = ?6
                    ORDER BY id DESC LIMIT 1
                    """,
                arguments: [
                    account.value, now.seconds - 86_400, MessageKind.questionAsked.rawValue,
                    MessageKind.messageReceived.rawValue, payload.reference, channel.rawValue,
                ])
            if let last, last["sent_at"] as Int64? == nil, last["undeliverable_at"] as Int64? == nil {
                guard kind == .questionAsked else { continue }
                try database.execute(
                    sql: "UPDATE outbox SET kind = ? WHERE id = ?", arguments: [kind.rawValue, last["id"] as Int64])
                continue
            }
            let next = (last?["sent_at"] as Int64?).map { $0 + Self.burstPause } ?? 0
            try insert(
                kind, by: channel, to: account, payload, at: now,
                notBefore: Moment(seconds: max(now.seconds + Self.burstSettles, next)), in: database)
        }
    }
}
