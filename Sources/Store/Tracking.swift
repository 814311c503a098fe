public import Permits
import Foundation
import GRDB

extension Store {
    /// How far a sent application is, for whoever knows its reference and the last digits of its owner's phone.
    /// - Returns: Nil for an unknown reference and for wrong digits alike; both cost one query.
    public func tracking(_ reference: Reference, digits: String) throws -> TrackedApplication? {
        try read { database in
            // A row comes back either way, so that the answer to a wrong guess takes as long.
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT application.*, phone, wanted.code, \(Self.outcomeColumns)
                    FROM (SELECT ? AS code) AS wanted
                    LEFT JOIN application ON application.reference = wanted.code AND submitted_at IS NOT NULL
                    LEFT JOIN account ON account.id = applicant_id \(Self.outcomeJoins)
                    """, arguments: [reference.code])
            let phone = row?["phone"] as String? ?? ""
            let known = Array(phone.utf8.suffix(TrackedApplication.digitCount))
            let given = Array(digits.utf8)
            guard known.count == TrackedApplication.digitCount, given.count == known.count, let row,
                zip(known, given).reduce(UInt8(0), { $0 | ($1.0 ^ $1.1) }) == 0
            else { return nil }
            let steps = try Row.fetchAll(
                database, sql: "SELECT kind, at FROM event WHERE application_id = ? ORDER BY id",
                arguments: [row["id"] as Int64]
            ).map { TrackedApplication.Step(kind: try $0.name("kind"), at: $0.moment("at")) }
            return TrackedApplication(
                reference: reference, typeName: try letterType(row["letter_type_id"], in: database).name,
                state: try row.name("state"), expected: (row["due_on"] as String?).flatMap { Day(iso: $0) },
                isClaimed: row["claimed_by"] as Int64? != nil, isAsked: row["asked_at"] as Int64? != nil,
                letter: try Self.outcome(row),
                // Counted only for those who may know it, so that a wrong guess takes as long as any other.
                place: try place(of: ApplicationID(row["id"]), in: database),
                steps: steps.filter { TrackedApplication.isPublic($0.kind) })
        }
    }
}
