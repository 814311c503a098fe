import Foundation
import Permits
import Store
import Testing

@Suite struct ReportStoreTests {
    static func give(_ world: World, _ reference: Reference, by viewer: Viewer? = nil, at now: Moment = World.later)
        throws
    {
        let viewer = viewer ?? world.siti
        let given = GivenFile(
            file: try world.vault.keep(Array("%PDF-laporan \(now.seconds)".utf8)), scan: World.scan,
            filename: "laporan.pdf")
        let mark = try world.store.keepUnsent(
            given, at: Report.fieldName, for: .report, about: reference, by: viewer, at: now
        ).mark
        let sending = try world.store.handOverReport(shown: [mark], of: reference, by: viewer, origin: "-", at: now)
        #expect(sending == .sent)
    }

    static func judge(_ world: World, _ reference: Reference, _ verdict: ReportVerdict) throws {
        let report = try #require(try world.store.report(of: reference, visibleTo: world.budi))
        try world.store.judgeReport(
            report.id, verdict, of: reference, by: world.budi, origin: "-", at: World.later)
    }

    @Test func aReportIsGivenReturnedAndConfirmed() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        #expect(letter.life.dutyDue?.iso == "2027-04-16")
        let today = World.now.day
        #expect(
            try world.store.reportCounts(for: world.budi, on: today) == [
                .given: 0, .overdue: 0, .upcoming: 1, .confirmed: 0,
            ])
        try Self.give(world, reference)
        #expect(throws: PermitError.conflict("conflict.reportGiven")) { try Self.give(world, reference) }
        #expect(try world.store.reportCounts(for: world.budi, on: today)[.given] == 1)
        try Self.judge(world, reference, .giveBack(reason: "Halaman hasil kosong"))
        #expect(throws: PermitError.conflict("conflict.reportJudged")) {
            try Self.judge(world, reference, .confirm)
        }
        let late = Day(ordinal: today.ordinal + 400)
        let overdue = try world.store.reports(.overdue, for: world.budi, on: late, limit: 9, offset: 0)
        #expect(overdue.map(\.reference) == [reference] && overdue.first?.isReturned == true)
        try Self.give(world, reference, at: World.later.adding(hours: 1))
        try Self.judge(world, reference, .confirm)
        #expect(
            try world.store.reportCounts(for: world.budi, on: late) == [
                .given: 0, .overdue: 0, .upcoming: 0, .confirmed: 1,
            ])
        #expect(
            try world.kinds(reference).suffix(4) == [.reportGiven, .reportReturned, .reportGiven, .reportConfirmed])
        for kind in [MessageKind.reportReturned, .reportConfirmed] { #expect(try world.messages(kind).count == 1) }
        #expect(try world.store.firstBrokenEvent() == nil)
        // Both files stay: one was judged, the other confirmed.
        let report = try #require(try world.store.report(of: reference, visibleTo: world.siti))
        #expect(try world.store.referredFiles(among: [report.sha256]) == [report.sha256])
        #expect(try world.store.reportCounts(for: world.dewi, on: today).isEmpty)
    }

    @Test func revokedAndReplacedLettersOweNoSecondReport() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        try world.reopen(letter, reference)
        try world.recommend(reference)
        _ = try world.sign(reference)
        let late = Day(ordinal: World.now.day.ordinal + 400)
        #expect(try world.store.reportCounts(for: world.budi, on: late)[.overdue] == 1)
        let current = try #require(try world.store.letter(of: reference, visibleTo: world.siti))
        try world.revoke(current, reference)
        #expect(try world.store.reportCounts(for: world.budi, on: late)[.overdue] == 0)
        #expect(throws: PermitError.conflict("conflict.noReportOwed")) { try Self.give(world, reference) }
    }

    /// Day by day: what goes out, and never twice.
    @Test func remindersComeOnce() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        let due = try #require(letter.life.dutyDue)
        let days: [(Day, [MessageKind])] = [
            (letter.validUntil.adding(days: -15), []), (letter.validUntil.adding(days: -14), [.letterExpiring]),
            (letter.validUntil, []), (due.adding(days: -15), []), (due.adding(days: -14), [.reportBefore]),
            (due.adding(days: -1), []), (due, [.reportToday]), (due.adding(days: 13), []),
            (due.adding(days: 14), [.reportLate]), (due.adding(days: 200), []),
        ]
        var sent: [MessageKind] = []
        for (day, kinds) in days {
            for hour in [8, 9] { try world.store.queueReminders(at: Moment(day, hour: hour)) }
            sent += kinds
            let known = try world.store.waitingMessages(at: Moment(day, hour: 10), limit: 500).filter {
                [.letterExpiring, .reportBefore, .reportToday, .reportLate].contains($0.kind)
            }
            #expect(known.map(\.kind).sorted { $0.rawValue < $1.rawValue } == sent.sorted { $0.rawValue < $1.rawValue })
            #expect(known.allSatisfy { $0.payload.reference == reference.description })
        }
    }

    @Test func afterAStandstillOnlyTheLastOneComes() throws {
        let world = try World()
        let (_, letter) = try world.issued()
        let late = Moment(try #require(letter.life.dutyDue).adding(days: 30), hour: 9)
        #expect(try world.store.queueReminders(at: late) == 1)
        #expect(try world.messages(.reportLate, at: late).count == 1)
        #expect(try world.store.queueReminders(at: late) == 0)
    }

    @Test func whoeverReportedIsLeftAlone() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        try Self.give(world, reference)
        let due = Moment(try #require(letter.life.dutyDue), hour: 9)
        #expect(try world.store.queueReminders(at: due) == 0)
        try Self.judge(world, reference, .giveBack(reason: "Halaman hasil kosong"))
        #expect(try world.store.queueReminders(at: due) == 1)
    }
}
