public import Permits
import Foundation
import GRDB

/// What came of asking for a new draft like an old application.
public enum AnotherDraft: Equatable, Sendable {
    case begun(Reference)
    /// There is an unfinished draft of this kind of letter; nothing in it was changed.
    case unfinished(Reference)
}

extension Store {
    /// Papers that the viewer gave for other applications and that their kind of letter lets be used again, newest
    /// first; none that an officer wants mended.
    public func givenPapers(by viewer: Viewer, besides reference: Reference) throws -> [GivenPaper] {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            return try givenPapers(by: viewer.account, besides: application.id, in: database)
        }
    }

    /// Puts a paper that was given before into a draft. It stays the same file of the vault, and as old as it is.
    /// - Parameters:
    ///   - id: Of the attachment that it was given as.
    ///   - scan: What was found out about it now, when that was not known yet.
    /// - Throws: `notFound` for what is not the viewer's or of another kind, `conflict` when its time is over.
    public func reuse(
        _ id: Int64, for requirement: String, in reference: Reference, scanned scan: FileScan?, by viewer: Viewer,
        at now: Moment
    ) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.isHeld(by: viewer.account),
                let wanted = application.askedPapers.first(where: { $0.key == requirement })
            else { throw PermitError.notFound }
            guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
            let papers = try givenPapers(by: viewer.account, besides: application.id, in: database)
            guard let paper = papers.first(where: { $0.attachment.id == id }) else { throw PermitError.notFound }
            switch wanted.offer(among: [paper], on: now.day) {
            case nil: throw PermitError.notFound
            case .expired: throw PermitError.conflict("conflict.paperExpired")
            case .usable: break
            }
            try dropFromDraft(requirement, of: application, in: database)
            try insert(paper, for: requirement, into: application.id, by: viewer.account, at: now, in: database)
            if let scan {
                let file = StoredFile(sha256: paper.attachment.sha256, size: paper.attachment.size)
                try keep(scan, of: file, in: database)
            }
            try touch(application, at: now, in: database)
        }
    }

    /// Begins a draft of the newest version with what still fits of an application that is over: answers, and papers
    /// whose time is not over yet.
    /// - Parameter references: Candidates for its public name; the first that is free is taken.
    /// - Throws: `conflict` while the application is not over.
    public func beginAnother(
        like reference: Reference, by viewer: Viewer, references: [Reference], origin: String, at now: Moment
    ) throws -> AnotherDraft {
        try write { database in
            let before = try application(reference, visibleTo: viewer, in: database)
            guard before.isHeld(by: viewer.account) else { throw PermitError.notFound }
            guard before.canBeginAnother else { throw PermitError.conflict("conflict.stillRunning") }
            if let known = try draft(slug: before.type.slug, of: viewer.account, in: database) {
                return .unfinished(known)
            }
            let published = try publishedLetterType(slug: before.type.slug, at: now, in: database)
            let prefilled = Application.prefilled(published.type, from: try account(viewer.account, in: database))
            let (id, name) = try insertDraft(
                published, answers: before.answersAgain(under: published.type, prefilled: prefilled, on: now.day),
                by: viewer.account, references: references, at: now, in: database)
            // Whoever has left an institution applies for themselves.
            if before.agents.contains(viewer.account) {
                try database.execute(
                    sql: """
                        UPDATE application SET institution_id = (SELECT institution_id FROM application WHERE id = ?)
                        WHERE id = ?
                        """, arguments: [before.id.value, id.value])
            }
            try append(
                NewEvent(kind: .created, actor: viewer.account, at: now), to: id, state: .draft, origin: origin,
                details: ["version": "\(published.type.version)", "like": before.reference.code], in: database)
            let draft = try application(name, visibleTo: viewer, in: database)
            let given = try givenPapers(by: viewer.account, besides: id, in: database)
                .filter { paper in before.attachments.contains { $0.id == paper.attachment.id } }
            for wanted in draft.askedPapers {
                guard case .usable(let paper, _) = wanted.offer(among: given, on: now.day) else { continue }
                try insert(paper, for: wanted.key, into: id, by: viewer.account, at: now, in: database)
            }
            return .begun(name)
        }
    }

    private func givenPapers(by account: AccountID, besides id: ApplicationID, in database: Database) throws
        -> [GivenPaper]
    {
        try Row.fetchAll(
            database,
            sql: """
                SELECT attachment.*, letter_type_id, reference FROM attachment
                JOIN application ON application.id = application_id
                WHERE given_by = ? AND application_id <> ? AND replaced_at IS NULL
                AND NOT EXISTS (SELECT 1 FROM finding WHERE finding.application_id = application.id
                    AND finding.key = requirement AND verdict = 'mend')
                ORDER BY attachment.id DESC LIMIT 200
                """, arguments: [account.value, id.value]
        ).compactMap { row in
            let type = try letterType(row["letter_type_id"], in: database)
            let attachment = try Self.attachment(row)
            guard let rule = type.requirement(attachment.requirement)?.reuse,
                let holder = Reference(row["reference"] as String)
            else { return nil }
            return GivenPaper(
                attachment: attachment, kind: rule.kind, reference: attachment.origin?.reference ?? holder,
                holder: holder,
                givenAt: row.moment(ifPresent: "given_at") ?? attachment.addedAt)
        }
    }

    private func insert(
        _ paper: GivenPaper, for requirement: String, into id: ApplicationID, by giver: AccountID, at now: Moment,
        in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO attachment (application_id, requirement, filename, kind, size, sha256, added_at, given_by,
                    given_at, given_for) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id.value, requirement, paper.attachment.filename, paper.attachment.kind.rawValue,
                paper.attachment.size, paper.attachment.sha256, now.seconds, giver.value, paper.givenAt.seconds,
                paper.reference.code,
            ])
    }
}
