public import Permits
import Foundation
import GRDB

extension Store {
    /// Begins an application that extends a letter: a draft with the answers and papers of the one before it. Asking
    /// twice leads to the one that was begun.
    /// - Parameters:
    ///   - typed: What the holder asks for, by name of input.
    ///   - references: Candidates for its public name; the first that is free is taken.
    /// - Throws: `conflict` outside the days in which it may be extended, `invalid` with what is wrong.
    public func beginExtension(
        of reference: Reference, typed: [String: String], by viewer: Viewer, references: [Reference], origin: String,
        at now: Moment
    ) throws -> Reference {
        try write { database in
            let before = try application(reference, visibleTo: viewer, in: database)
            guard let letter = try currentLetter(of: before, in: database) else { throw PermitError.notFound }
            if let begun = try openExtension(of: letter, by: viewer, in: database) { return begun }
            guard try !isExtended(letter, in: database) else { throw PermitError.conflict("conflict.extendedByOther") }
            let published = try publishedLetterType(slug: before.type.slug, at: now, in: database)
            let draft = try before.extensionDraft(
                of: letter, under: published.type, typed: typed, by: viewer, on: now.day)
            let (id, name) = try insert(draft, of: before, published, references: references, at: now, in: database)
            try copyPapers(from: before, to: id, under: published.type, at: now, in: database)
            try append(
                NewEvent(kind: .created, actor: viewer.account, at: now, note: draft.follow.reason), to: id,
                state: .draft, origin: origin,
                details: ["version": "\(published.type.version)", "extends": letter.numberText], in: database)
            return name
        }
    }

    /// The application that would extend this letter, begun and neither refused nor withdrawn.
    public func openExtension(of reference: Reference, by viewer: Viewer) throws -> Reference? {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            return try currentLetter(of: application, in: database).flatMap {
                try openExtension(of: $0, by: viewer, in: database)
            }
        }
    }

    private func openExtension(of letter: Letter, by viewer: Viewer, in database: Database) throws -> Reference? {
        try String.fetchOne(
            database,
            sql: """
                SELECT reference FROM application
                WHERE follows_letter_id IN (SELECT id FROM letter WHERE application_id = ?1)
                AND follow_kind = 'extend' AND state NOT IN ('refused', 'withdrawn')
                AND (applicant_id = ?2 OR institution_id IN
                    (SELECT institution_id FROM membership WHERE account_id = ?2 AND ended_at IS NULL))
                """, arguments: [letter.application.value, viewer.account.value]
        ).flatMap { Reference($0) }
    }

    /// Whether an extension of this very letter runs: its former applicant's, when the application was handed over.
    private func isExtended(_ letter: Letter, in database: Database) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM application WHERE follows_letter_id = ? AND follow_kind = 'extend'
                AND state NOT IN ('refused', 'withdrawn'))
                """, arguments: [letter.id]) ?? false
    }

    private func insert(
        _ draft: ExtensionDraft, of before: Application, _ published: PublishedLetterType, references: [Reference],
        at now: Moment, in database: Database
    ) throws -> (ApplicationID, Reference) {
        for reference in references {
            try database.execute(
                sql: """
                    INSERT INTO application (reference, letter_type_id, office_id, applicant_id, state, step, answers, subject,
                        clock, created_at, changed_at, follows_letter_id, follow_kind, follow_reason, institution_id)
                    VALUES (?, ?, ?, ?, 'draft', 0, ?, ?, ?, ?, ?, ?, ?, ?,
                        (SELECT institution_id FROM application WHERE id = ?)) ON CONFLICT (reference) DO NOTHING
                    """,
                arguments: [
                    reference.code, published.id, published.unit.value, before.applicant.value,
                    JSON.text(draft.answers), published.type.printed(published.type.subjectField, in: draft.answers),
                    JSON.text(ServiceClock(promised: published.type.service.workingDays)), now.seconds, now.seconds,
                    draft.follow.letter, draft.follow.kind.rawValue, draft.follow.reason, before.id.value,
                ])
            if database.changesCount == 1 { return (ApplicationID(database.lastInsertedRowID), reference) }
        }
        throw StoreCorruption(description: "no free reference among \(references.count)")
    }

    /// Papers that the kind of letter still asks for and that are not too old for it; the applicant may put others in
    /// their place.
    private func copyPapers(
        from before: Application, to id: ApplicationID, under type: LetterType, at now: Moment, in database: Database
    ) throws {
        for paper in before.attachments {
            guard let requirement = type.requirement(paper.requirement), requirement.kinds.contains(paper.kind),
                paper.size <= requirement.maxBytes,
                requirement.lastDay(of: paper.given(for: before.reference)).map({ $0 >= now.day }) != false
            else { continue }
            try database.execute(
                sql: """
                    INSERT INTO attachment (application_id, requirement, filename, kind, size, sha256, added_at,
                        given_by, given_at, given_for)
                    SELECT ?1, requirement, filename, kind, size, sha256, ?2, given_by, coalesce(given_at, added_at),
                        coalesce(given_for, ?3) FROM attachment WHERE id = ?4
                    """, arguments: [id.value, now.seconds, before.reference.code, paper.id])
        }
    }
}
