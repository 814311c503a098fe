public import Permits
import Crypto
import Foundation
import GRDB
import Glibc
import Synchronization

/// Writes years of applications at once, row by row as the portal itself would have, chain of events included.
///
/// For a database that nobody else has open and that may be thrown away: without a journal, a crash ruins it.
public final class PastLoader: Sendable {
    private let queue: DatabaseQueue
    private let path: String
    /// Hash of the last event.
    private let chain = Mutex<Data>(Data(count: 32))

    /// - Parameter path: Of a migrated database without applications.
    public init(path: String) throws {
        self.path = path
        var configuration = GRDB.Configuration()
        configuration.prepareDatabase { database in
            for pragma in [
                "locking_mode = EXCLUSIVE", "journal_mode = DELETE", "journal_mode = OFF", "synchronous = OFF",
                "cache_size = -1500000",
            ] {
                _ = try Row.fetchAll(database, sql: "PRAGMA \(pragma)")
            }
        }
        queue = try DatabaseQueue(path: path, configuration: configuration)
        let isUsed = try queue.read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM application)") }
        guard isUsed == false else { throw StoreCorruption(description: "\(path) has applications already") }
    }

    /// Leaves the file as the portal expects it, on the disk.
    public func finish() throws {
        try queue.writeWithoutTransaction { database in
            _ = try Row.fetchAll(database, sql: "PRAGMA locking_mode = NORMAL")
            _ = try Row.fetchAll(database, sql: "PRAGMA journal_mode = WAL")
        }
        try queue.close()
        // An empty one is left behind by the time before the database had a log.
        unlink("\(path)-journal")
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw VaultFault.system(call: "open", code: errno) }
        defer { Glibc.close(file) }
        guard fsync(file) == 0 else { throw VaultFault.system(call: "fsync", code: errno) }
    }

    /// Accounts with ids of their own; who is active followed the link in the mail.
    public func load(_ accounts: [Account], passwordHash: String) throws {
        try queue.write { database in
            for account in accounts {
                try database.execute(
                    sql: """
                        INSERT INTO account (id, name, email, phone, identity, password, state, role, registered_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        account.id.value, account.name, account.email, account.phone, account.identity?.stored,
                        passwordHash, account.state.rawValue, account.role.rawValue, account.registeredAt.seconds,
                    ])
                let event = "INSERT INTO account_event (account_id, kind, actor_id, at) VALUES (?, ?, ?, ?)"
                let (id, at) = (account.id.value, account.registeredAt.seconds)
                try database.execute(sql: event, arguments: [id, "registered", nil, at])
                if account.state != .pending {
                    try database.execute(sql: event, arguments: [id, "activatedByMail", id, at + 1200])
                }
            }
        }
    }

    /// Institutions with ids of their own; the first of the members owns it.
    public func load(
        _ institutions: [(id: InstitutionID, profile: InstitutionProfile, members: [AccountID])], since: Moment
    ) throws {
        try queue.write { database in
            for (id, profile, members) in institutions {
                try database.execute(
                    sql:
                        "INSERT INTO institution (id, name, kind, address, head, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [
                        id.value, profile.name, profile.kind.rawValue, profile.address, profile.head, since.seconds,
                    ])
                for (index, member) in members.enumerated() {
                    try database.execute(
                        sql: "INSERT INTO membership (institution_id, account_id, role, since) VALUES (?, ?, ?, ?)",
                        arguments: [id.value, member.value, index == 0 ? "owner" : "member", since.seconds])
                }
            }
        }
    }

    /// What was found out about the files that papers and reports lie in.
    public func load(_ scans: [(file: StoredFile, scan: FileScan)]) throws {
        try queue.write { database in
            for (file, scan) in scans {
                try database.execute(
                    sql: """
                        INSERT INTO file_scan (sha256, size, kind, pages, width, height, scanner, verdict, detail, scanned_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, 'accepted', ?, ?) ON CONFLICT (sha256) DO NOTHING
                        """,
                    arguments: [
                        file.sha256, file.size, scan.kind.rawValue, scan.pages, scan.width, scan.height, scan.scanner,
                        scan.detail, scan.scannedAt.seconds,
                    ])
            }
        }
    }

    /// One large transaction.
    /// - Parameters:
    ///   - steps: In the order of time, after all that was loaded before; their applications are loaded already.
    ///   - register: As it stands after these steps.
    public func load(_ applications: [PastApplication], _ steps: [WrittenStep], register: PastRegister) throws {
        try queue.write { database in
            for application in applications { try insert(application, in: database) }
            for step in steps { try insert(step, in: database) }
            for (series, last) in register.last {
                try database.execute(
                    sql: """
                        INSERT INTO number_series (series, year, last) VALUES (?, ?, ?)
                        ON CONFLICT (series, year) DO UPDATE SET last = excluded.last
                        """, arguments: [series.name, series.year, last])
            }
        }
    }

    private func insert(_ past: PastApplication, in database: Database) throws {
        let application = past.application
        try run(
            """
            INSERT INTO application (id, reference, letter_type_id, office_id, applicant_id, state, step, answers, subject,
                claimed_by, clock, due_on, created_at, changed_at, submitted_at, revision, institution_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                application.id.value, application.reference.code, past.letterType, application.unit.value,
                application.applicant.value, application.state.rawValue, application.step, past.answers,
                application.subject, application.claimedBy?.value, past.clock, past.due?.iso, past.createdAt.seconds,
                past.changedAt.seconds, application.submittedAt?.seconds, past.revision, past.institution?.value,
            ], in: database)
        for paper in past.papers {
            let attachment = paper.attachment
            try run(
                """
                INSERT INTO attachment (id, application_id, requirement, filename, kind, size, sha256, added_at, replaced_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    attachment.id, application.id.value, attachment.requirement, attachment.filename,
                    attachment.kind.rawValue, attachment.size, attachment.sha256, attachment.addedAt.seconds,
                    paper.replacedAt?.seconds,
                ], in: database)
            for (reader, at) in paper.readers {
                try run(
                    "INSERT INTO attachment_view (attachment_id, viewer_id, at) VALUES (?, ?, ?)",
                    [attachment.id, reader.value, at.seconds], in: database)
            }
        }
        for finding in application.findings {
            try run(
                "INSERT INTO finding (application_id, key, verdict, reason, attachment_id) VALUES (?, ?, ?, ?, ?)",
                [
                    application.id.value, finding.key, finding.verdict.rawValue, finding.reason, finding.attachment,
                ], in: database)
        }
    }

    private func insert(_ written: WrittenStep, in database: Database) throws {
        let step = written.step
        if let event = step.event { try insert(event, of: written, in: database) }
        switch step.effect {
        case .handover:
            try run(
                "INSERT INTO letter_handover (letter_id, at) VALUES (?, ?)", [written.previous, step.at.seconds],
                in: database)
        case .end(let end, _):
            try run(
                "INSERT INTO letter_end (letter_id, kind, at, actor_id, ground, reason) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    written.previous, end.kind.rawValue, end.at.seconds, step.event?.actor.value,
                    end.ground?.rawValue, end.reason,
                ], in: database)
        case .report(let report, let judge): try insert(report, judgedBy: judge, of: step.application, in: database)
        case .none, .letter, .verdict: break
        }
        if let letter = written.letter { try insert(letter, of: step.application, in: database) }
    }

    private func insert(_ event: NewEvent, of written: WrittenStep, in database: Database) throws {
        let (application, state) = (written.step.application.value, written.step.state.rawValue)
        let hash = chain.withLock { chain in
            chain = Store.hash(
                after: chain, application: application, kind: event.kind.rawValue, actor: event.actor.value,
                at: event.at.seconds, origin: "demo", note: event.note, state: state, details: written.details)
            return chain
        }
        try run(
            """
            INSERT INTO event (application_id, kind, actor_id, at, origin, note, state, details, hash)
            VALUES (?, ?, ?, ?, 'demo', ?, ?, ?, ?)
            """,
            [
                application, event.kind.rawValue, event.actor.value, event.at.seconds, event.note, state,
                written.details, hash,
            ], in: database)
    }

    private func insert(_ row: PastLetterRow, of application: ApplicationID, in database: Database) throws {
        let draft = row.draft
        try run(
            """
            INSERT INTO letter (id, application_id, kind, series, year, number, number_text, token, document, summary,
                signatory_id, issued_at, valid_until, valid_from, duty_due_on)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                row.id, application.value, draft.kind.rawValue, draft.series, draft.date.year, draft.number,
                draft.numberText, row.writing.token, row.document, row.summary, row.writing.actor.value,
                row.writing.at.seconds, draft.validUntil.iso, draft.validFrom?.iso, row.duty?.iso,
            ], in: database)
        for (kind, day) in row.reminders {
            try run(
                "INSERT INTO reminder (letter_id, kind, at) VALUES (?, ?, ?)",
                [row.id, kind.rawValue, Moment(day, hour: 8).seconds], in: database)
        }
    }

    private func insert(
        _ report: Report, judgedBy judge: AccountID?, of application: ApplicationID, in database: Database
    ) throws {
        try run(
            """
            INSERT INTO report (application_id, filename, kind, size, sha256, given_at, state, decided_at, decided_by, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                application.value, report.filename, report.kind.rawValue, report.size, report.sha256,
                report.givenAt.seconds, report.state.rawValue, report.decidedAt?.seconds, judge?.value, report.reason,
            ], in: database)
    }

    private func run(_ sql: String, _ arguments: StatementArguments, in database: Database) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }
}
