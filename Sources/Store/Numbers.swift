import Foundation
import GRDB

/// What the register says about one series in one year.
public struct NumberSeriesReport: Equatable, Sendable {
    public let series: String
    public let year: Int
    /// Letters in the register, void ones included.
    public let count: Int
    public let void: Int
    /// The number that was taken last.
    public let last: Int
    /// Numbers up to `last` that no letter has.
    public let missing: [Int]
    /// Numbers that several letters have, or that were never taken.
    public let surplus: [Int]

    public var isSound: Bool { missing.isEmpty && surplus.isEmpty }
}

extension Store {
    /// Compares every series with its letters, number by number. Gaps and doubles cannot come about through this
    /// program; this proves it of the file at hand.
    public func numberReports() throws -> [NumberSeriesReport] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT series, year FROM number_series UNION SELECT series, year FROM letter ORDER BY series, year
                    """
            ).map { try report(series: $0["series"], year: $0["year"], in: database) }
        }
    }

    /// Numbers of a series and year that are missing or taken twice. Empty by construction.
    public func numberFaults(series: String, year: Int) throws -> [Int] {
        try read { database in
            let report = try report(series: series, year: year, in: database)
            return (report.missing + report.surplus).sorted()
        }
    }

    private func report(series: String, year: Int, in database: Database) throws -> NumberSeriesReport {
        let last =
            try Int.fetchOne(
                database, sql: "SELECT last FROM number_series WHERE series = ? AND year = ?",
                arguments: [series, year]) ?? 0
        let numbers = try Int.fetchAll(
            database, sql: "SELECT number FROM letter WHERE series = ? AND year = ? ORDER BY number",
            arguments: [series, year])
        let void =
            try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM letter JOIN letter_end ON letter_id = letter.id AND letter_end.kind = 'void'
                    WHERE series = ? AND year = ?
                    """, arguments: [series, year]) ?? 0
        var missing: [Int] = []
        var surplus: [Int] = []
        var expected = 1
        for number in numbers {
            if number < expected || number > last {
                surplus.append(number)
            } else {
                missing += Array(expected..<number)
            }
            expected = max(expected, number + 1)
        }
        if expected <= last { missing += Array(expected...last) }
        return NumberSeriesReport(
            series: series, year: year, count: numbers.count, void: void, last: last, missing: missing,
            surplus: surplus)
    }
}
