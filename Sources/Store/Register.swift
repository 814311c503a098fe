public import Permits
import Foundation
import GRDB

/// A line of the register of outgoing letters (*buku agenda surat keluar*).
public struct RegisterEntry: Sendable {
    public let letter: Int64
    public let number: Int
    public let numberText: String
    public let issuedAt: Moment
    public let holder: String
    public let typeName: String
    public let subject: String
    public let signatoryName: String
    public let reference: Reference
    public let state: Letter.State
    public let endReason: String?
    /// The letter before and after this one, in words of the register: their numbers.
    public let life: LetterLife
}

/// A part of the register: a series in a year.
public struct RegisterPart: Equatable, Sendable {
    public let series: String
    public let year: Int
    /// The number that was taken last, by whichever office shares the series.
    public let last: Int

    public init(series: String, year: Int, last: Int) {
        self.series = series
        self.year = year
        self.last = last
    }
}

extension Store {
    /// The parts of an office's register, newest year first: of the series that its kinds of letters are numbered in.
    public func registerParts(for viewer: Viewer) throws -> [RegisterPart] {
        guard let unit = viewer.unit, viewer.role != .citizen else { return [] }
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT series, year, last FROM number_series WHERE series IN (
                        SELECT json_extract(definition, '$.number.series') FROM letter_type WHERE office_id = ?)
                    ORDER BY year DESC, series
                    """, arguments: [unit.value]
            ).map { RegisterPart(series: $0["series"], year: $0["year"], last: $0["last"]) }
        }
    }

    /// One page of a part of the office's own register, in the order of numbers.
    public func register(_ part: RegisterPart, for viewer: Viewer, on day: Day, limit: Int, offset: Int) throws
        -> [RegisterEntry]
    {
        guard let unit = viewer.unit, viewer.role != .citizen else { return [] }
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT entry.*, application.reference, application.subject, applicant.name AS applicant_name
                    FROM (\(Self.letterSQL) WHERE letter.series = ? AND letter.year = ?) AS entry
                    JOIN application ON application.id = entry.application_id
                    JOIN account AS applicant ON applicant.id = application.applicant_id
                    WHERE application.office_id = ? ORDER BY entry.number LIMIT ? OFFSET ?
                    """, arguments: [part.series, part.year, unit.value, limit, offset]
            ).map { try Self.entry($0, on: day) }
        }
    }

    private static func entry(_ row: Row, on day: Day) throws -> RegisterEntry {
        guard let reference = Reference(row["reference"] as String) else {
            throw StoreCorruption(description: "reference of letter \(row["id"] as Int64)")
        }
        let letter = try letter(row)
        return RegisterEntry(
            letter: letter.id, number: letter.number, numberText: letter.numberText, issuedAt: letter.issuedAt,
            holder: row["applicant_name"], typeName: letter.summary.typeName, subject: row["subject"],
            signatoryName: letter.summary.signatoryName, reference: reference, state: letter.state(on: day),
            endReason: letter.life.end?.reason, life: letter.life)
    }
}
