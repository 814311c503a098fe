import Testing

@testable import Permits

/// How long letters hold.
@Suite struct ValidityTests {
    static func type(_ rule: ValidityRule) throws -> LetterType {
        var type = try Fixture.shipped("magang")
        type.validity = rule
        return type
    }

    @Test(arguments: [
        // Later than the months, earlier than them, and over before the letter came.
        (ValidityRule(months: 1, untilField: "waktu"), "2027-06-01/2027-11-30", "2027-11-30"),
        (ValidityRule(months: 1, untilField: "waktu"), "2026-11-20/2026-11-30", "2026-12-16"),
        (ValidityRule(months: 1, untilField: "waktu"), "2026-11-02/2026-11-06", "2026-12-16"),
        (ValidityRule(untilField: "waktu"), "2026-11-20/2026-11-30", "2026-11-30"),
        (ValidityRule(untilField: "waktu"), "2026-11-02/2026-11-06", "2026-11-17"),
        (ValidityRule(months: 6), "2027-06-01/2027-11-30", "2027-05-16"),
    ])
    func theLaterOfMonthsAndLastDay(rule: ValidityRule, days: String, end: String) throws {
        let type = try Self.type(rule)
        #expect(type.validUntil(from: Fixture.now.day, answers: ["waktu": days]).iso == end)
    }

    @Test func oneDayIsWrittenOnce() throws {
        let field = try #require(try Fixture.shipped("surat-pengantar").field("waktu_acara"))
        #expect(field.printed("2027-01-30/2027-01-30") == "30 Januari 2027")
        #expect(field.printed("2027-01-30/2027-01-31") == "30 Januari 2027 s.d. 31 Januari 2027")
    }

    /// A range that is not asked of an applicant does not count, whatever was typed there before.
    @Test func daysThatAreNotAskedDoNotCount() throws {
        let type = try Fixture.shipped("surat-pengantar")
        let party = ["keperluan": "Izin keramaian", "waktu_acara": "2027-01-30/2027-01-31"]
        #expect(type.validUntil(from: Fixture.now.day, answers: party).iso == "2027-01-31")
        let police = party.merging(["keperluan": "Mengurus SKCK"]) { $1 }
        #expect(type.validUntil(from: Fixture.now.day, answers: police).iso == "2026-12-16")
        #expect(type.extensionField(for: party)?.key == "waktu_acara" && type.extensionField(for: police) == nil)
    }

    /// Whatever somebody may ask for when they apply, the letter holds on its last day.
    @Test(arguments: ["magang", "kkn", "observasi", "survei"])
    func noLetterEndsBeforeWhatItPermits(slug: String) throws {
        let type = try Fixture.shipped(slug)
        let field = try #require(type.field("waktu"))
        let today = Fixture.now.day
        let first = today.adding(days: try #require(field.withinDays))
        let last = first.adding(days: try #require(field.max) - 1)
        let days = try #require(DayRange("\(first.iso)/\(last.iso)"))
        guard case .success(let answer) = field.check(days.iso, today: today) else {
            Issue.record("\(slug): \(days.iso)")
            return
        }
        #expect(type.validUntil(from: today, answers: ["waktu": answer]) == days.last)
        let problems = ["2020-03-01/2020-03-05", "2030-03-01/2030-03-05"].map { range -> String in
            if case .failure(let problem) = field.check(range, today: today) { problem.key } else { "none" }
        }
        #expect(problems == ["problem.dateInPast", "problem.dateTooFar"])
    }

    @Test(arguments: [
        (ValidityRule(), "either months or monthsField"),
        (ValidityRule(months: 1, monthsField: "waktu"), "either months or monthsField"),
        (ValidityRule(monthsField: "waktu"), "is no number field"),
        (ValidityRule(untilField: "lokasi"), "'lokasi' is no date range"),
        (ValidityRule(months: 121, untilField: "waktu"), "months are 1 to 120"),
    ])
    func faultyRules(rule: ValidityRule, fault: String) throws {
        #expect(try Self.type(rule).faults.contains { $0.contains(fault) })
    }

    @Test func aRangeThatNotAllAreAskedNeedsMonths() throws {
        var type = try Fixture.shipped("surat-pengantar")
        #expect(type.faults == [])
        type.validity.months = nil
        #expect(type.faults.contains { $0.contains("months must come with it") })
    }

    @Test func anExtensionAsksForTheFurtherDays() throws {
        let type = try Fixture.shipped("magang")
        var application = try Fixture.application(.issued, answers: ["waktu": "2026-08-20/2026-11-20"])
        application.type = type
        let letter = LetterLifeTests.letter(validUntil: Fixture.now.day.adding(days: 3))
        func draft(_ days: String) throws -> ExtensionDraft {
            try application.extensionDraft(
                of: letter, under: type, typed: ["waktu": days, "alasan": "Masih ada tugas"], by: Fixture.siti,
                on: Fixture.now.day)
        }
        let days = "2026-11-21/2027-01-15"
        let answers = try draft(days).answers
        #expect(answers["waktu"] == days)
        let start = type.validFrom(.extend, letter, answers: answers, on: Fixture.now.day)
        #expect(start.iso == "2026-11-21" && type.validUntil(from: start, answers: answers).iso == "2027-01-15")
        let end = type.validUntil(from: start, answers: answers)
        #expect(type.validityText(from: start, until: end, answers: answers) == "56 (lima puluh enam) hari")
        #expect(problems { _ = try draft("2026-11-18/2026-11-20") }.map(\.key) == ["problem.notAfterLetter"])
        #expect(problems { _ = try draft("") }.map(\.key) == ["problem.required"])
    }

    /// Its answers say until when, also those that were mended meanwhile.
    @Test func aReplacementHoldsAsLongAsItsAnswersSay() throws {
        let type = try Fixture.shipped("magang")
        let letter = LetterLifeTests.letter(validUntil: Fixture.now.day.adding(days: 90))
        let answers = ["waktu": "2027-01-04/2027-02-26"]
        let today = Fixture.now.day.adding(days: 5)
        let start = type.validFrom(.replace, letter, answers: answers, on: today)
        #expect(start == Fixture.now.day && type.validUntil(from: start, answers: answers).iso == "2027-02-26")
    }
}
