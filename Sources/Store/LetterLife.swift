public import Permits
import Foundation
import GRDB

extension Store {
    /// Loads an application with its letter, decides, and keeps what becomes of both with event and message.
    /// - Parameter id: The letter that the viewer saw; another one is there when somebody was faster.
    public func changeLetter(
        _ id: Int64, of reference: Reference, by viewer: Viewer, origin: String,
        decide: (Application, Letter, WorkingCalendar) throws -> LetterChange
    ) throws {
        try write { database in
            let (before, letter) = try current(id, of: reference, visibleTo: viewer, in: database)
            let change = try decide(before, letter, calendar(in: database))
            try keep(change, of: letter, before: before, origin: origin, evidence: [:], in: database)
        }
    }

    /// An application with the letter that the viewer saw.
    /// - Throws: `conflict` when another one has taken its place.
    func current(
        _ id: Int64, of reference: Reference, visibleTo viewer: Viewer, in database: Database
    ) throws -> (Application, Letter) {
        let application = try application(reference, visibleTo: viewer, in: database)
        guard let letter = try currentLetter(of: application, in: database) else { throw PermitError.notFound }
        guard letter.id == id else { throw PermitError.conflict("conflict.letterEnded") }
        return (application, letter)
    }

    func keep(
        _ change: LetterChange, of letter: Letter, before: Application, origin: String, evidence: [String: String],
        in database: Database
    ) throws {
        var evidence = evidence.merging(["letter": letter.numberText]) { first, _ in first }
        if let end = change.end {
            try insert(end, of: letter, by: change.transition.event.actor, in: database)
            evidence["ground"] = end.ground?.rawValue
        }
        try keep(
            change.transition, before: before, origin: origin, calendar: calendar(in: database),
            letterNumber: letter.numberText, evidence: evidence, in: database)
    }

    /// Every permit of an application, void ones included, oldest first.
    public func letters(of reference: Reference, visibleTo viewer: Viewer) throws -> [Letter] {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            return try Row.fetchAll(
                database,
                sql: "\(Self.letterSQL) WHERE letter.application_id = ? AND letter.kind = 'permit' ORDER BY letter.id",
                arguments: [application.id.value]
            ).map(Self.letter)
        }
    }

    /// The letter that an application's next one will replace or extend.
    public func followedLetter(of reference: Reference, visibleTo viewer: Viewer) throws -> Letter? {
        try read { database in
            try followedLetter(of: try application(reference, visibleTo: viewer, in: database), in: database)
        }
    }

    /// The letter whose issued file has exactly this content. Open to anybody who has the file.
    /// - Throws: `notFound`.
    public func letter(fileSHA256 hash: String) throws -> Letter {
        try read { try letter(sql: "letter.pdf_sha256 = ?", [hash], in: $0) }
    }

    /// The letter for somebody who fetches its file. When a holder does so for the first time, it is written down:
    /// from then on it cannot be made void.
    public func openLetter(of reference: Reference, by viewer: Viewer, at now: Moment) throws -> Letter? {
        let isFirst = try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            let letter = try currentLetter(of: application, in: database)
            return application.isHeld(by: viewer.account) && letter?.life.handedOverAt == nil
        }
        guard isFirst else { return try letter(of: reference, visibleTo: viewer) }
        return try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard let letter = try currentLetter(of: application, in: database) else { return nil }
            try database.execute(
                sql: "INSERT INTO letter_handover (letter_id, at) VALUES (?, ?) ON CONFLICT (letter_id) DO NOTHING",
                arguments: [letter.id, now.seconds])
            return letter
        }
    }

    /// Ends a letter that was replaced, or tells the file of one that was extended; inside the signature's transaction.
    func noteFollowing(
        _ letter: Letter, after followed: Letter, of application: Application, by viewer: Viewer, origin: String,
        in database: Database
    ) throws {
        switch application.follows?.kind {
        case .replace where followed.life.end == nil:
            let reason = application.follows?.reason ?? ""
            try insert(
                LetterEnd(kind: .replaced, at: letter.issuedAt, reason: reason), of: followed, by: viewer.account,
                in: database)
        case .extend:
            let state: ApplicationState =
                try Row.fetchOne(
                    database, sql: "SELECT state FROM application WHERE id = ?", arguments: [followed.application.value]
                )?.name("state") ?? .issued
            try append(
                NewEvent(kind: .extended, actor: viewer.account, at: letter.issuedAt, note: letter.numberText),
                to: followed.application, state: state, origin: origin, details: ["letter": followed.numberText],
                in: database)
        case .replace, nil: return
        }
    }

    private func insert(_ end: LetterEnd, of letter: Letter, by actor: AccountID, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO letter_end (letter_id, kind, at, actor_id, ground, reason) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                letter.id, end.kind.rawValue, end.at.seconds, actor.value, end.ground?.rawValue, end.reason,
            ])
    }
}
