public import Permits
import GRDB

extension Store {
    /// How long files of this kind took lately; nil when none were done, or when nobody has measured for two days.
    public func measuredTime(slug: String, at now: Moment) throws -> MeasuredTime? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT working_days, cases FROM service_time WHERE slug = ? AND measured_at >= ?",
                arguments: [slug, now.adding(hours: -48).seconds]
            ).map { MeasuredTime(workingDays: $0["working_days"], cases: $0["cases"]) }
        }
    }

    /// The same for every kind, by slug.
    public func measuredTimes(at now: Moment) throws -> [String: MeasuredTime] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT slug, working_days, cases FROM service_time WHERE measured_at >= ?",
                arguments: [now.adding(hours: -48).seconds]
            ).reduce(into: [:]) { times, row in
                times[row["slug"]] = MeasuredTime(workingDays: row["working_days"], cases: row["cases"])
            }
        }
    }

    /// Measures anew. Reads first and writes then, so that nobody waits for the counting.
    public func measureServiceTimes(at now: Moment) throws {
        let since = now.adding(hours: Int64(-24 * MeasuredTime.window))
        let times = try read { database in
            let calendar = try calendar(in: database)
            return try spans(since: since, in: database).compactMapValues { MeasuredTime($0, in: calendar) }
        }
        try write { database in
            try database.execute(sql: "DELETE FROM service_time")
            for (slug, time) in times {
                try database.execute(
                    sql: "INSERT INTO service_time (slug, working_days, cases, measured_at) VALUES (?, ?, ?, ?)",
                    arguments: [slug, time.workingDays, time.cases, now.seconds])
            }
        }
    }

    /// From the first submission to the letter, by kind. Void letters were never handed out, and one that replaces
    /// another came long after the submission.
    private func spans(since: Moment, in database: Database) throws -> [String: [MeasuredTime.Span]] {
        var spans: [String: [MeasuredTime.Span]] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT slug, (submitted_at + :wib) / 86400 AS came, (issued_at + :wib) / 86400 AS done, count(*) AS cases
                FROM letter JOIN application ON application.id = letter.application_id
                    JOIN letter_type ON letter_type.id = application.letter_type_id
                WHERE issued_at >= :since AND submitted_at IS NOT NULL AND letter.follow_kind IS NOT 'replace'
                    AND NOT EXISTS (SELECT 1 FROM letter_end WHERE letter_id = letter.id AND kind = 'void')
                GROUP BY slug, came, done
                """, arguments: ["wib": Moment.wibOffset, "since": since.seconds])
        while let row = try rows.next() {
            let span = MeasuredTime.Span(
                came: Day(ordinal: row["came"]), done: Day(ordinal: row["done"]), cases: row["cases"])
            spans[row["slug"], default: []].append(span)
        }
        return spans
    }
}
