import Foundation
@testable import Permits
import Testing

/// The calendar that the product ships with.
func shippedCalendar() throws -> WorkingCalendar {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let lines = try String(contentsOf: root.appendingPathComponent("migrations/start/holidays.csv"), encoding: .utf8)
        .split(whereSeparator: \.isNewline).dropFirst()
    return WorkingCalendar(holidays: Set(lines.compactMap { Day(iso: String($0.prefix(10))) }))
}

func day(_ iso: String) throws -> Day { try #require(Day(iso: iso)) }

@Suite struct DayTests {
    @Test(arguments: [
        ("1970-01-01", 0, 4), ("2000-02-29", 11016, 2), ("2026-11-21", 20778, 6), ("2027-12-31", 21183, 5),
    ])
    func ordinalAndWeekday(iso: String, ordinal: Int, weekday: Int) throws {
        let day = try day(iso)
        #expect(day.ordinal == ordinal)
        #expect(day.weekday == weekday)
        #expect(Day(ordinal: ordinal) == day)
        #expect(day.iso == iso)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", "2026/01/01", "", "２０２６-01-01",
    ])
    func refusesWhatIsNoDay(text: String) { #expect(Day(iso: text) == nil) }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2026-11-21", 3, "2027-02-21"), ("2027-10-31", 4, "2028-02-29"),
        ("2026-05-10", 12, "2027-05-10"),
    ])
    func addsMonths(from: String, months: Int, to: String) throws {
        #expect(try day(from).adding(months: months).iso == to)
    }

    @Test func dayChangesAtMidnightInMedan() throws {
        // 16:59:59Z is 23:59:59 in Medan, one second later it is the next day.
        #expect(Moment(seconds: 1_798_736_399).day.iso == "2026-12-31")
        #expect(Moment(seconds: 1_798_736_400).day.iso == "2027-01-01")
        #expect(try Moment(day("2027-01-01"), hour: 8, minute: 30).clock == (8, 30))
    }
}

@Suite struct WorkingCalendarTests {
    @Test(arguments: [
        // A plain week; a Friday file; a file that comes on a Saturday.
        ("2026-11-16", 3, "2026-11-19"), ("2026-11-20", 3, "2026-11-25"), ("2026-11-21", 1, "2026-11-23"),
        // Christmas and the turn of the year 2026/2027 with collective leave.
        ("2026-12-23", 3, "2026-12-30"), ("2026-12-31", 1, "2027-01-04"),
        // Idul Fitri 2026: 18 March to 24 March are no working days.
        ("2026-03-17", 1, "2026-03-25"), ("2026-03-13", 3, "2026-03-25"),
        // Idul Fitri 2027.
        ("2027-03-05", 1, "2027-03-16"), ("2027-03-05", 3, "2027-03-18"),
    ])
    func dueDays(from: String, count: Int, due: String) throws {
        #expect(try shippedCalendar().day(count, workingDaysAfter: day(from)).iso == due)
    }

    @Test(arguments: [
        ("2026-11-16", "2026-11-19", 3), ("2026-11-19", "2026-11-19", 0), ("2026-11-23", "2026-11-20", -1),
        ("2026-11-21", "2026-11-23", 1),
    ])
    func daysLeft(today: String, due: String, left: Int) throws {
        #expect(try shippedCalendar().workingDays(from: day(today), until: day(due)) == left)
    }

    @Test func everyHolidayIsReadAndNoneIsAWorkingDay() throws {
        let calendar = try shippedCalendar()
        #expect(calendar.holidays.count > 40)
        #expect(Set(calendar.holidays.map(\.year)) == [2026, 2027])
        for holiday in calendar.holidays { #expect(!calendar.isWorkingDay(holiday)) }
    }
}

@Suite struct ServiceClockTests {
    @Test func pausesWhileTheApplicantCorrects() throws {
        let calendar = try shippedCalendar()
        var clock = ServiceClock(promised: 3)
        clock.start(on: try day("2026-11-16"))
        #expect(clock.due(in: calendar)?.iso == "2026-11-19")
        // Returned on Wednesday: Tuesday is used up.
        clock.pause(on: try day("2026-11-18"), in: calendar)
        #expect(clock.due(in: calendar) == nil)
        #expect(clock.used == 1)
        // Back two weeks later: two days are left.
        clock.start(on: try day("2026-12-01"))
        #expect(clock.due(in: calendar)?.iso == "2026-12-03")
    }

    @Test func aFileThatComesBackLateStillHasADay() throws {
        let calendar = try shippedCalendar()
        var clock = ServiceClock(promised: 1)
        clock.start(on: try day("2026-11-02"))
        clock.pause(on: try day("2026-11-20"), in: calendar)
        clock.start(on: try day("2026-11-23"))
        #expect(clock.due(in: calendar)?.iso == "2026-11-24")
    }

    @Test func startingTwiceChangesNothing() throws {
        var clock = ServiceClock(promised: 3)
        clock.start(on: try day("2026-11-16"))
        let started = clock
        clock.start(on: try day("2026-11-20"))
        #expect(clock == started)
    }
}
