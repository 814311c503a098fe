public import Permits
import Foundation
import GRDB

/// What came back at one time.
public struct CorrectionRound: Equatable, Sendable {
    public let at: Moment
    public internal(set) var corrections: [Correction] = []
}

extension Store {
    /// Old and new of what was mended last; empty as long as nothing was returned and came back.
    public func corrections(of reference: Reference, visibleTo viewer: Viewer) throws -> [Correction] {
        try read { database in
            let id = try application(reference, visibleTo: viewer, in: database).id.value
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM correction WHERE application_id = ?1
                    AND at = (SELECT max(at) FROM correction WHERE application_id = ?1) ORDER BY id
                    """, arguments: [id]
            ).map(Self.correction)
        }
    }

    /// The same of every time that it came back, the last one first.
    public func correctionRounds(of reference: Reference, visibleTo viewer: Viewer) throws -> [CorrectionRound] {
        try read { database in
            let id = try application(reference, visibleTo: viewer, in: database).id.value
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM correction WHERE application_id = ? ORDER BY at DESC, id", arguments: [id]
            )
            return rows.reduce(into: [CorrectionRound]()) { rounds, row in
                let at = row.moment("at")
                if rounds.last?.at != at { rounds.append(CorrectionRound(at: at)) }
                rounds[rounds.count - 1].corrections.append(Self.correction(row))
            }
        }
    }

    private static func correction(_ row: Row) -> Correction {
        Correction(
            key: row["key"], reason: row["reason"], oldValue: row["old_value"], newValue: row["new_value"],
            oldPaper: row["old_attachment_id"], newPaper: row["new_attachment_id"], explanation: row["explanation"])
    }

    /// These attachments of an application, those included that another one has replaced, by id.
    public func papers(_ ids: [Int64], of reference: Reference, visibleTo viewer: Viewer) throws
        -> [Int64: Permits.Attachment]
    {
        guard !ids.isEmpty else { return [:] }
        return try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            var papers: [Int64: Permits.Attachment] = [:]
            for id in Set(ids) {
                let row = try Row.fetchOne(
                    database, sql: "SELECT * FROM attachment WHERE id = ? AND application_id = ?",
                    arguments: [id, application.id.value])
                if let row { papers[id] = try Self.attachment(row) }
            }
            return papers
        }
    }

    func keep(_ corrections: [Correction], of id: ApplicationID, at now: Moment, in database: Database) throws {
        for correction in corrections {
            try database.execute(
                sql: """
                    INSERT INTO correction (application_id, at, key, reason, old_value, new_value, old_attachment_id,
                        new_attachment_id, explanation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id.value, now.seconds, correction.key, correction.reason, correction.oldValue,
                    correction.newValue, correction.oldPaper, correction.newPaper, correction.explanation,
                ])
        }
    }
}
