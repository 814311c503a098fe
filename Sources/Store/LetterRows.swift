import Permits
import Foundation
import GRDB

extension Store {
    /// Letters with what happened to them since. A void letter follows no other.
    static let letterSQL = """
        SELECT letter.*, letter_end.kind AS end_kind, letter_end.at AS end_at, letter_end.ground,
            letter_end.reason AS end_reason, letter_handover.at AS handed_over_at,
            before.number_text AS before_number, before.token AS before_token, before.issued_at AS before_at,
            after.id AS after_id, after.follow_kind AS after_kind, after.number_text AS after_number,
            after.token AS after_token, after.issued_at AS after_at
        FROM letter LEFT JOIN letter_end ON letter_end.letter_id = letter.id
        LEFT JOIN letter_handover ON letter_handover.letter_id = letter.id
        LEFT JOIN letter AS before ON before.id = letter.follows_letter_id
        LEFT JOIN letter AS after ON after.id = (\(followerSQL))
        """

    /// The letter that replaced or extended `letter`.
    static let followerSQL = """
        SELECT max(follower.id) FROM letter AS follower WHERE follower.follows_letter_id = letter.id
        AND NOT EXISTS (SELECT 1 FROM letter_end WHERE letter_id = follower.id AND kind = 'void')
        """

    /// Of the newest letter of an application in a list that was not made void: what `outcome` reads.
    static let outcomeColumns = "current_letter.valid_until AS letter_until, current_end.kind AS letter_end_kind"
    static let outcomeJoins = """
        LEFT JOIN letter AS current_letter ON current_letter.id = (
            SELECT max(own_letter.id) FROM letter AS own_letter
            LEFT JOIN letter_end AS own_end ON own_end.letter_id = own_letter.id
            WHERE own_letter.application_id = application.id AND own_letter.kind = 'permit'
            AND own_end.kind IS NOT 'void')
        LEFT JOIN letter_end AS current_end ON current_end.letter_id = current_letter.id
        """

    static func outcome(_ row: Row) throws -> LetterOutcome? {
        try row.day(ifPresent: "letter_until").map {
            LetterOutcome(end: try row.name(ifPresent: "letter_end_kind"), validUntil: $0)
        }
    }

    func letter(sql condition: String, _ arguments: StatementArguments, in database: Database) throws -> Letter {
        guard
            let row = try Row.fetchOne(
                database, sql: "\(Self.letterSQL) WHERE \(condition)", arguments: arguments)
        else { throw PermitError.notFound }
        return try Self.letter(row)
    }

    /// The newest letter of an application that was not made void.
    func currentLetter(of application: Application, in database: Database) throws -> Letter? {
        try Row.fetchOne(
            database,
            sql: """
                \(Self.letterSQL) WHERE letter.application_id = ? AND letter_end.kind IS NOT 'void' AND letter.kind = 'permit'
                ORDER BY letter.id DESC LIMIT 1
                """, arguments: [application.id.value]
        ).map(Self.letter)
    }

    /// The letter that the application's next one will replace or extend. An extension goes with the letter that has
    /// meanwhile taken the place of the one it was asked for.
    func followedLetter(of application: Application, in database: Database) throws -> Letter? {
        guard let follows = application.follows else { return nil }
        var letter = try letter(sql: "letter.id = ?", [follows.letter], in: database)
        while follows.kind == .extend, letter.life.end?.kind == .replaced, let next = letter.life.successor {
            letter = try self.letter(sql: "letter.id = ?", [next.id], in: database)
        }
        return letter
    }

    static func letter(_ row: Row) throws -> Letter {
        Letter(
            id: row["id"], kind: try row.name("kind"), application: ApplicationID(row["application_id"]),
            number: row["number"],
            numberText: row["number_text"], document: try JSON.value(LetterDocument.self, row["document"]),
            issuedAt: row.moment("issued_at"), validFrom: try row.day(ifPresent: "valid_from"),
            validUntil: try row.day("valid_until"), summary: try JSON.value(LetterSummary.self, row["summary"]),
            pdfSHA256: row["pdf_sha256"], token: row["token"], life: try life(row))
    }

    private static func life(_ row: Row) throws -> LetterLife {
        var life = LetterLife(
            handedOverAt: row.moment(ifPresent: "handed_over_at"), dutyDue: try row.day(ifPresent: "duty_due_on"))
        if let at = row.moment(ifPresent: "end_at") {
            life.end = LetterEnd(
                kind: try row.name("end_kind"), at: at, ground: try row.name(ifPresent: "ground"),
                reason: row["end_reason"])
        }
        if let id = row["follows_letter_id"] as Int64? {
            life.predecessor = RelatedLetter(
                id: id, kind: try row.name("follow_kind"), numberText: row["before_number"],
                token: row["before_token"], issuedAt: row.moment("before_at"))
        }
        if let id = row["after_id"] as Int64? {
            life.successor = RelatedLetter(
                id: id, kind: try row.name("after_kind"), numberText: row["after_number"],
                token: row["after_token"], issuedAt: row.moment("after_at"))
        }
        return life
    }

    static func follow(_ row: Row) throws -> Follow? {
        guard let id = row["follows_letter_id"] as Int64? else { return nil }
        return Follow(letter: id, kind: try row.name("follow_kind"), reason: row["follow_reason"] ?? "")
    }
}

extension Row {
    func day(ifPresent column: String) throws -> Day? {
        (self[column] as String?) == nil ? nil : try day(column)
    }

    func name<T: RawRepresentable>(ifPresent column: String, as type: T.Type = T.self) throws -> T?
    where T.RawValue == String {
        (self[column] as String?) == nil ? nil : try name(column, as: type)
    }
}
