public import Permits
import Foundation
import GRDB

/// What became of a draft: the letter as it was signed, and its file, which lies in the vault already.
public struct SignedLetter: Sendable {
    public let document: LetterDocument
    /// Random; names its verification page.
    public let token: String
    public let file: StoredFile

    public init(document: LetterDocument, token: String, file: StoredFile) {
        self.document = document
        self.token = token
        self.file = file
    }
}

/// Makes a letter out of its draft: seals, signs and puts the file into the vault. It runs outside every transaction
/// and may take as long as a signing service does.
public typealias LetterMaker = (LetterDraft) throws -> SignedLetter

/// Another process took the number meanwhile. The letter is made again with the next one.
private struct NumberTaken: Error {}

extension Store {
    /// Signs the permit itself.
    /// - Parameters:
    ///   - revision: What the signatory read.
    ///   - day: When they read it.
    ///   - texts: The portal's own, for extensions.
    ///   - make: Whatever it throws, nothing is kept and no number is used.
    public func sign(
        _ reference: Reference, by viewer: Viewer, revision: Int, read day: Day, origin: String, at now: Moment,
        texts: OfficeLetters = OfficeLetters(), making make: LetterMaker
    ) throws -> Letter {
        let series = try read { try application(reference, visibleTo: viewer, in: $0).type.number.series }
        return try issuing(
            series,
            draft: { database in
                let before = try application(reference, visibleTo: viewer, in: database)
                _ = try before.sign(by: viewer, at: now, in: calendar(in: database))
                // Number, dates and validity hang on the day: what was read yesterday is another letter.
                guard revision == before.revision, day == now.day else {
                    throw PermitError.conflict("conflict.changedMeanwhile")
                }
                try expectSomethingToExtend(before, in: database)
                return try permit(before, by: viewer, texts: texts, at: now, in: database)
            }, make: make
        ) { database, draft, signed in
            try keepPermit(
                draft, signed, of: reference, revision: revision, by: viewer, origin: origin, at: now, in: database)
        }
    }

    /// Decides about an application and keeps the office's letter about it in the same transaction.
    /// - Parameters:
    ///   - kind: Of the letter.
    ///   - texts: The portal's own, for offices and letter types without.
    public func change(
        _ reference: Reference, by viewer: Viewer, revision: Int? = nil, origin: String, at now: Moment,
        writing kind: OfficeLetterKind, texts: OfficeLetters,
        decide: (Application, WorkingCalendar) throws -> Transition, making make: LetterMaker
    ) throws {
        let series = try read { try application(reference, visibleTo: viewer, in: $0).type.number.series }
        try issuing(
            series,
            draft: { database in
                let before = try application(reference, visibleTo: viewer, in: database)
                let transition = try decide(before, calendar(in: database))
                if let revision, revision != before.revision { throw PermitError.conflict("conflict.changedMeanwhile") }
                let office = try office(before.unit, on: now.day, in: database)
                return try officeLetter(
                    OfficeLetterFacts(
                        kind: kind, application: before, note: transition.event.note, office: office,
                        signatory: office.seal, date: now.day), texts: texts, in: database)
            }, make: make
        ) { database, draft, signed in
            let before = try application(reference, visibleTo: viewer, in: database)
            let calendar = try calendar(in: database)
            let transition = try decide(before, calendar)
            if let revision, revision != before.revision { throw PermitError.conflict("conflict.changedMeanwhile") }
            try keep(
                transition, before: before, origin: origin, calendar: calendar, letterNumber: draft.numberText,
                evidence: try evidence(draft, signed), in: database)
            _ = try insert(draft, signed, of: before, by: viewer, at: now, in: database)
        }
    }

    /// Ends a letter and keeps the office's letter that says so in the same transaction.
    public func changeLetter(
        _ id: Int64, of reference: Reference, by viewer: Viewer, origin: String, at now: Moment,
        writing kind: OfficeLetterKind, texts: OfficeLetters,
        decide: (Application, Letter, WorkingCalendar) throws -> LetterChange, making make: LetterMaker
    ) throws {
        let series = try read { try application(reference, visibleTo: viewer, in: $0).type.number.series }
        try issuing(
            series,
            draft: { database in
                let (before, letter) = try current(id, of: reference, visibleTo: viewer, in: database)
                let change = try decide(before, letter, calendar(in: database))
                return try officeLetter(
                    OfficeLetterFacts(
                        kind: kind, application: before, note: change.transition.event.note,
                        office: office(before.unit, on: now.day, in: database),
                        signatory: expectedTitle(viewer, on: now.day, in: database),
                        previous: PreviousLetter(revoked: letter, of: before.type),
                        date: now.day),
                    texts: texts, in: database)
            }, make: make
        ) { database, draft, signed in
            let (before, letter) = try current(id, of: reference, visibleTo: viewer, in: database)
            let change = try decide(before, letter, calendar(in: database))
            try keep(
                change, of: letter, before: before, origin: origin, evidence: evidence(draft, signed), in: database)
            _ = try insert(draft, signed, of: before, by: viewer, at: now, in: database)
        }
    }

    /// Drafts in one transaction, makes outside of any, keeps in another that finds the number still free.
    private func issuing<T>(
        _ series: String, draft: (Database) throws -> LetterDraft, make: LetterMaker,
        keep: (Database, LetterDraft, SignedLetter) throws -> T
    ) throws -> T {
        try turns.take(series) {
            for _ in 0..<3 {
                let draft = try read { database in
                    let draft = try draft(database)
                    try expectFreeNumberText(draft.numberText, in: database)
                    return draft
                }
                let signed = try make(draft)
                do {
                    return try write { try keep($0, draft, signed) }
                } catch is NumberTaken {
                    continue
                }
            }
            throw StoreBusy(description: "another process takes the numbers of series \(series)")
        }
    }

    private func keepPermit(
        _ draft: LetterDraft, _ signed: SignedLetter, of reference: Reference, revision: Int, by viewer: Viewer,
        origin: String, at now: Moment, in database: Database
    ) throws -> Letter {
        let before = try application(reference, visibleTo: viewer, in: database)
        guard revision == before.revision else { throw PermitError.conflict("conflict.changedMeanwhile") }
        let calendar = try calendar(in: database)
        let transition = try before.sign(by: viewer, at: now, in: calendar)
        try expectSomethingToExtend(before, in: database)
        let followed = try followedLetter(of: before, in: database)
        var evidence = try evidence(draft, signed)
        if let followed { evidence["follows"] = followed.numberText }
        try keep(
            transition, before: before, origin: origin, calendar: calendar, letterNumber: draft.numberText,
            evidence: evidence, in: database)
        let letter = try insert(
            draft, signed, of: before, follows: followed?.id, by: viewer, at: now, in: database)
        if let followed {
            try noteFollowing(letter, after: followed, of: before, by: viewer, origin: origin, in: database)
        }
        return letter
    }

    private func expectSomethingToExtend(_ application: Application, in database: Database) throws {
        guard application.follows?.kind == .extend else { return }
        if try followedLetter(of: application, in: database)?.life.end != nil {
            throw PermitError.conflict("conflict.extendsRevoked")
        }
    }

    /// What the chain of events keeps of a letter, so that neither can be exchanged later.
    private func evidence(_ draft: LetterDraft, _ signed: SignedLetter) throws -> [String: String] {
        [
            "number": draft.numberText, "document": sha256(try JSON.text(signed.document)),
            "file": signed.file.sha256,
        ]
    }

    private func insert(
        _ draft: LetterDraft, _ signed: SignedLetter, of application: Application, follows: Int64? = nil,
        by viewer: Viewer, at now: Moment, in database: Database
    ) throws -> Letter {
        guard try takeNumber(series: draft.series, year: draft.date.year, in: database) == draft.number else {
            throw NumberTaken()
        }
        try expectFreeNumberText(draft.numberText, in: database)
        let duty = draft.dutyDue(application.type)?.iso
        try database.execute(
            sql: """
                INSERT INTO letter (application_id, kind, series, year, number, number_text, token, document, summary,
                    signatory_id, issued_at, valid_until, follows_letter_id, follow_kind, valid_from, duty_due_on, pdf_sha256)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                application.id.value, draft.kind.rawValue, draft.series, draft.date.year, draft.number,
                draft.numberText, signed.token, JSON.text(signed.document), JSON.text(draft.summary),
                viewer.account.value, now.seconds, draft.validUntil.iso, follows,
                follows.flatMap { _ in application.follows?.kind.rawValue }, draft.validFrom?.iso, duty,
                signed.file.sha256,
            ])
        return try letter(sql: "letter.id = ?", [database.lastInsertedRowID], in: database)
    }
}

// What is drafted.
extension Store {
    /// The permit as it would be issued now.
    private func permit(
        _ application: Application, by viewer: Viewer, texts: OfficeLetters, at now: Moment, in database: Database
    ) throws -> LetterDraft {
        let context = try letterContext(application, by: viewer, at: now, in: database)
        let number = try nextNumber(series: application.type.number.series, year: now.day.year, in: database)
        return LetterDraft(permitFor: application, context, number: number, texts: texts)
    }

    private func officeLetter(
        _ facts: OfficeLetterFacts, texts: OfficeLetters, in database: Database
    ) throws -> LetterDraft {
        let number = try nextNumber(
            series: facts.application.type.number.series, year: facts.date.year, in: database)
        return try LetterDraft(facts, number: number, texts: texts)
    }

    private func nextNumber(series: String, year: Int, in database: Database) throws -> Int {
        let last = try Int.fetchOne(
            database, sql: "SELECT last FROM number_series WHERE series = ? AND year = ?", arguments: [series, year])
        return (last ?? 0) + 1
    }

    /// The write transaction is exclusive, so a number that is not used after all is rolled back with it.
    private func takeNumber(series: String, year: Int, in database: Database) throws -> Int {
        try database.execute(
            sql: """
                INSERT INTO number_series (series, year, last) VALUES (?, ?, 1)
                ON CONFLICT (series, year) DO UPDATE SET last = last + 1
                """, arguments: [series, year])
        guard
            let number = try Int.fetchOne(
                database, sql: "SELECT last FROM number_series WHERE series = ? AND year = ?",
                arguments: [series, year])
        else { throw StoreCorruption(description: "series \(series) of \(year) is gone") }
        return number
    }
}
