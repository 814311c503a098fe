public import Permits
import Foundation
import GRDB

/// A letter as it would be issued now, for the signatory to read.
public struct LetterProposal: Sendable {
    public let application: Application
    public let composed: ComposedLetter
    public let title: SignatoryTitle
}

extension Store {
    /// Composes the letter without a number.
    /// - Throws: `conflict` when the file does not wait for a signature or the signatory has no title yet.
    public func proposal(_ reference: Reference, by viewer: Viewer, at now: Moment) throws -> LetterProposal {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.canSign(viewer) else { throw PermitError.conflict("conflict.notAwaitingSignature") }
            let context = try letterContext(application, by: viewer, at: now, in: database)
            return LetterProposal(
                application: application, composed: application.type.compose(context), title: context.signatory)
        }
    }

    /// Signs: takes the next number of the series and year, and keeps letter, event and message with it.
    /// - Parameters:
    ///   - revision: What the signatory read.
    ///   - day: When they read it.
    ///   - token: Random, for the verification page.
    ///   - verificationURL: Absolute address that the QR code carries.
    public func sign(
        _ reference: Reference, by viewer: Viewer, revision: Int, read day: Day, token: String, verificationURL: String,
        origin: String, at now: Moment
    ) throws -> Letter {
        try write { database in
            let before = try application(reference, visibleTo: viewer, in: database)
            let calendar = try calendar(in: database)
            let transition = try before.sign(by: viewer, at: now, in: calendar)
            // Number, dates and validity hang on the day: what was read yesterday is another letter.
            guard revision == before.revision, day == now.day else {
                throw PermitError.conflict("conflict.changedMeanwhile")
            }
            var context = try letterContext(before, by: viewer, at: now, in: database)
            let number = try takeNumber(series: before.type.number.series, year: now.day.year, in: database)
            context.number = number
            context.verificationURL = verificationURL
            let composed = before.type.compose(context)
            let summary = before.type.summary(of: before.answers, office: context.office, signatory: context.signatory)
            let document = try JSON.text(composed.document)
            let followed = try followedLetter(of: before, in: database)
            if before.follows?.kind == .extend, followed?.life.end != nil {
                throw PermitError.conflict("conflict.extendsRevoked")
            }
            var evidence = ["number": composed.numberText, "document": sha256(document)]
            if let followed { evidence["follows"] = followed.numberText }
            try keep(
                transition, before: before, origin: origin, calendar: calendar, letterNumber: composed.numberText,
                evidence: evidence, in: database)
            try database.execute(
                sql: """
                    INSERT INTO letter (application_id, series, year, number, number_text, token, document, summary, signatory_id,
                        issued_at, valid_until, follows_letter_id, follow_kind, valid_from, duty_due_on)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    before.id.value, before.type.number.series, now.day.year, number, composed.numberText, token,
                    document, JSON.text(summary), viewer.account.value, now.seconds,
                    composed.validUntil.iso, followed?.id, before.follows?.kind.rawValue, context.validFrom?.iso,
                    before.type.duty?.due(after: composed.validUntil).iso,
                ])
            let letter = try letter(sql: "letter.id = ?", [database.lastInsertedRowID], in: database)
            if let followed {
                try noteFollowing(letter, after: followed, of: before, by: viewer, origin: origin, in: database)
            }
            return letter
        }
    }

    /// The letter of an application that the viewer may see, the newest of several; nil when there is none yet, or
    /// none any more because it was made void.
    public func letter(of reference: Reference, visibleTo viewer: Viewer) throws -> Letter? {
        try read { database in
            try currentLetter(of: try application(reference, visibleTo: viewer, in: database), in: database)
        }
    }

    /// The letter that a verification token names. Open to anybody who has the token.
    /// - Throws: `notFound`.
    public func letter(token: String) throws -> Letter {
        try read { try letter(sql: "letter.token = ?", [token], in: $0) }
    }

    /// Letters whose file was not made yet, because the process ended between signature and rendering.
    public func lettersWithoutFile(limit: Int) throws -> [Letter] {
        try read { database in
            try Row.fetchAll(
                database, sql: "\(Self.letterSQL) WHERE letter.pdf_sha256 IS NULL ORDER BY letter.id LIMIT ?",
                arguments: [limit]
            ).map(Self.letter)
        }
    }

    /// Notes the rendered file. The first one stands: an issued letter never changes.
    public func setFile(_ file: StoredFile, of letter: Letter) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE letter SET pdf_sha256 = ? WHERE id = ? AND pdf_sha256 IS NULL",
                arguments: [file.sha256, letter.id])
        }
    }

    private func letterContext(_ application: Application, by viewer: Viewer, at now: Moment, in database: Database)
        throws -> LetterContext
    {
        guard let title = try signatoryTitle(viewer.account, on: now.day, in: database) else {
            throw PermitError.conflict("conflict.noSignatoryTitle")
        }
        var context = LetterContext(
            answers: application.answers, office: try office(application.unit, on: now.day, in: database),
            signatory: title,
            date: now.day, number: nil, verificationURL: nil)
        if let kind = application.follows?.kind, let letter = try followedLetter(of: application, in: database) {
            context.validFrom = application.type.validFrom(
                kind, letter, answers: application.answers, on: now.day)
            context.previous = PreviousLetter(
                relation: kind == .replace ? .replaces : .extends, title: application.type.letter.title,
                numberText: letter.numberText, date: letter.issuedAt.day, validUntil: letter.validUntil)
        }
        return context
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
