/// Which days an office works: Monday to Friday, less public holidays and collective leave (cuti bersama).
public struct WorkingCalendar: Sendable {
    public let holidays: Set<Day>

    public init(holidays: Set<Day>) { self.holidays = holidays }

    public func isWorkingDay(_ day: Day) -> Bool {
        (1...5).contains(day.weekday) && !holidays.contains(day)
    }

    /// The `count`-th working day after `day`; the next working day is number 1. With 0, `day` itself.
    public func day(_ count: Int, workingDaysAfter day: Day) -> Day {
        var result = day
        var left = count
        while left > 0 {
            result = result.adding(days: 1)
            if isWorkingDay(result) { left -= 1 }
        }
        return result
    }

    /// Working days strictly between two days.
    public func workingDays(after start: Day, before end: Day) -> Int {
        var count = 0
        var day = start.adding(days: 1)
        while day < end {
            if isWorkingDay(day) { count += 1 }
            day = day.adding(days: 1)
        }
        return count
    }

    /// Working days left until `due`, counting `due`; 0 on the due day, negative when it is past.
    public func workingDays(from today: Day, until due: Day) -> Int {
        today <= due
            ? workingDays(after: today, before: due.adding(days: 1))
            : -workingDays(after: due, before: today.adding(days: 1))
    }
}

/// The promise of a service time, in working days. It runs while the file is with the office and stands
/// still while the applicant corrects it.
public struct ServiceClock: Codable, Equatable, Sendable {
    /// Promised working days, at least 1.
    public let promised: Int
    /// Whole working days that the office has used up in earlier rounds.
    public private(set) var used: Int
    /// The day on which the file came (back) to the office; nil while it is not there.
    public private(set) var runningSince: Day?

    public init(promised: Int) {
        self.promised = max(1, promised)
        used = 0
        runningSince = nil
    }

    /// Counting begins on the next working day.
    public mutating func start(on day: Day) {
        guard runningSince == nil else { return }
        runningSince = day
    }

    /// The day on which the office hands the file back counts for nobody: only whole days between are used.
    public mutating func pause(on day: Day, in calendar: WorkingCalendar) {
        guard let since = runningSince else { return }
        used += calendar.workingDays(after: since, before: day)
        runningSince = nil
    }

    /// Working days that the office has from when it gets the file back, or got it; always at least one.
    public var left: Int { max(1, promised - used) }

    /// Nil while paused. A file that comes back always has at least one working day left.
    public func due(in calendar: WorkingCalendar) -> Day? {
        runningSince.map { calendar.day(left, workingDaysAfter: $0) }
    }
}
