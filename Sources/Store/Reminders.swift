public import Permits
import Foundation
import GRDB

extension Store {
    /// Queues the reminders that the calendar asks for, each once. Of several that are due at once for one letter,
    /// as after the portal stood still for weeks, the last one goes out and the others are passed over.
    /// - Returns: How many were queued.
    @discardableResult
    public func queueReminders(at now: Moment) throws -> Int {
        let waiting = try read { try remindable(on: now.day, in: $0) }
        var count = 0
        // Small transactions: nobody waits behind a thousand mails, and a crash loses none of those before it.
        for id in waiting {
            count += try write { try queueReminders(for: id, at: now, in: $0) }
        }
        return count
    }

    /// Nobody is reminded of what was due longer ago, in days, even when the portal stood still all the time. Looking
    /// through every letter of all years each hour would take seconds.
    private static let longestStandstill = 180

    /// Letters for which some reminder's day has come and was not noted.
    private func remindable(on today: Day, in database: Database) throws -> [Int64] {
        func noted(_ reminder: Reminder) -> String {
            "EXISTS (SELECT 1 FROM reminder WHERE letter_id = letter.id AND kind = '\(reminder.rawValue)')"
        }
        let running = """
            NOT EXISTS (SELECT 1 FROM letter_end WHERE letter_id = letter.id) AND NOT EXISTS (\(Self.aFollowerSQL))
            """
        let unreported = """
            NOT EXISTS (SELECT 1 FROM report WHERE report.application_id = letter.application_id AND state <> 'returned')
            """
        return try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM letter WHERE valid_until BETWEEN :today AND :soon AND NOT \(noted(.expiring))
                    AND \(running)
                UNION SELECT id FROM letter WHERE duty_due_on BETWEEN :before AND :soon
                    AND \(unreported) AND \(running) AND (
                    (duty_due_on <= :soon AND NOT \(noted(.dutyBefore)))
                    OR (duty_due_on <= :today AND NOT \(noted(.dutyToday)))
                    OR (duty_due_on <= :past AND NOT \(noted(.dutyLate))))
                """,
            arguments: [
                "today": today.iso, "soon": today.adding(days: 14).iso, "past": today.adding(days: -14).iso,
                "before": today.adding(days: -Self.longestStandstill).iso,
            ])
    }

    private func queueReminders(for id: Int64, at now: Moment, in database: Database) throws -> Int {
        let letter = try letter(sql: "letter.id = ?", [id], in: database)
        let noted = try String.fetchSet(
            database, sql: "SELECT kind FROM reminder WHERE letter_id = ?", arguments: [id])
        let due = Reminder.allCases.filter { reminder in
            guard !noted.contains(reminder.rawValue), let day = reminder.day(of: letter) else { return false }
            return day <= now.day
        }
        for reminder in due {
            try database.execute(
                sql: "INSERT INTO reminder (letter_id, kind, at) VALUES (?, ?, ?)",
                arguments: [id, reminder.rawValue, now.seconds])
        }
        var count = 0
        if due.contains(.expiring), letter.state(on: now.day) == .valid, letter.life.successor == nil {
            count += try queueReminder(.expiring, of: letter, at: now, in: database)
        }
        if let last = due.last(where: { $0 != .expiring }), try isReportMissing(on: letter, in: database) {
            count += try queueReminder(last, of: letter, at: now, in: database)
        }
        return count
    }

    private func isReportMissing(on letter: Letter, in database: Database) throws -> Bool {
        let isThere = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM report WHERE application_id = ? AND state <> 'returned')",
            arguments: [letter.application.value])
        return letter.owesReport && isThere == false
    }

    private func queueReminder(_ reminder: Reminder, of letter: Letter, at now: Moment, in database: Database) throws
        -> Int
    {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT reference, applicant_id, letter_type_id FROM application WHERE id = ?",
                arguments: [letter.application.value]),
            let reference = Reference(row["reference"] as String)
        else { throw StoreCorruption(description: "application of letter \(letter.id)") }
        let payload = MessagePayload(
            reference: reference.description, typeName: try letterType(row["letter_type_id"], in: database).name,
            letterNumber: letter.numberText, day: reminder == .expiring ? letter.validUntil : letter.life.dutyDue)
        let holder = AccountID(row["applicant_id"])
        return try queue(reminder.message, to: holder, payload, at: now, in: database) ? 1 : 0
    }
}

extension Reminder {
    fileprivate var message: MessageKind {
        switch self {
        case .expiring: .letterExpiring
        case .dutyBefore: .reportBefore
        case .dutyToday: .reportToday
        case .dutyLate: .reportLate
        }
    }
}
