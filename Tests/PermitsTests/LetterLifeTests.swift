@testable import Permits
import Testing

/// Who may do what with an issued letter, and when.
@Suite struct LetterLifeTests {
    static let calendar = WorkingCalendar(holidays: [])
    static let reason = "Nama lembaga keliru"

    static func letter(
        validUntil: Day = Fixture.now.day.adding(days: 90), life: LetterLife = LetterLife(), application: Int64 = 1
    ) -> Letter {
        Letter(
            id: 7, application: ApplicationID(application), number: 1, numberText: "000.9/0001/BRIDA/2026",
            document: LetterDocument(language: "id", title: "Surat", issuer: "BRIDA", blocks: [], footer: []),
            issuedAt: Fixture.now, validUntil: validUntil,
            summary: LetterSummary(
                typeName: "Surat", maskedName: "S***", rows: [], officeName: "BRIDA", signatoryName: "Ratna",
                signatoryPosition: "Kepala"), pdfSHA256: nil, token: String(repeating: "t", count: 32), life: life)
    }

    enum Act: CaseIterable { case revoke, void, reopen }

    static func change(_ act: Act, _ letter: Letter, _ application: Application, by viewer: Viewer) throws
        -> LetterChange
    {
        switch act {
        case .revoke:
            try application.revoke(
                letter, on: .untrueData, reason: reason, by: viewer, at: Fixture.now, in: calendar)
        case .void: try application.void(letter, reason: reason, by: viewer, at: Fixture.now)
        case .reopen: try application.reopen(letter, reason: reason, by: viewer, at: Fixture.now)
        }
    }

    @Test(arguments: Act.allCases, Role.allCases)
    func who(act: Act, role: Role) throws {
        let viewer = Fixture.viewer(5, role, unit: Fixture.unit)
        let application = try Fixture.application(.issued)
        let may = role == .signatory || (role == .verifier && act == .reopen)
        if may {
            #expect(try Self.change(act, Self.letter(), application, by: viewer).transition.event.note == Self.reason)
        } else {
            #expect(throws: PermitError.forbidden) { try Self.change(act, Self.letter(), application, by: viewer) }
        }
        let stranger = Fixture.viewer(6, role, unit: UnitID(2))
        #expect(throws: PermitError.notFound) { try Self.change(act, Self.letter(), application, by: stranger) }
        #expect(throws: PermitError.notFound) {
            try Self.change(act, Self.letter(application: 2), application, by: viewer)
        }
    }

    /// A letter's state, and which of the three may follow.
    static let states: [(String, LetterLife, Int, [Act])] = [
        ("fresh", LetterLife(), 90, [.revoke, .void, .reopen]),
        ("last day", LetterLife(), 0, [.revoke, .void, .reopen]),
        ("handed over", LetterLife(handedOverAt: Fixture.now), 90, [.revoke, .reopen]),
        ("expired", LetterLife(handedOverAt: Fixture.now), -1, []),
        (
            "revoked", LetterLife(end: LetterEnd(kind: .revoked, at: Fixture.now, ground: .other, reason: reason)), 90,
            []
        ),
        ("replaced", LetterLife(end: LetterEnd(kind: .replaced, at: Fixture.now, reason: reason)), 90, []),
        ("void", LetterLife(end: LetterEnd(kind: .void, at: Fixture.now, reason: reason)), 90, []),
        ("replacing another", LetterLife(predecessor: related(.replace)), 90, [.revoke, .reopen]),
        ("extending another", LetterLife(predecessor: related(.extend)), 90, [.revoke, .void, .reopen]),
        ("extended", LetterLife(successor: related(.extend)), 90, [.revoke]),
    ]

    static func related(_ kind: FollowKind) -> RelatedLetter {
        RelatedLetter(id: 3, kind: kind, numberText: "000.9/0000/BRIDA/2026", token: "x", issuedAt: Fixture.now)
    }

    @Test(arguments: states.indices)
    func when(index: Int) throws {
        let (name, life, days, allowed) = Self.states[index]
        let letter = Self.letter(validUntil: Fixture.now.day.adding(days: days), life: life)
        for act in Act.allCases {
            let application = try Fixture.application(.issued)
            let result = Result { try Self.change(act, letter, application, by: Fixture.ratna) }
            #expect(((try? result.get()) != nil) == allowed.contains(act), "\(act) of a letter that is \(name)")
            if !allowed.contains(act) {
                guard case .failure(let error) = result, case .conflict? = error as? PermitError else {
                    Issue.record("\(act) of a letter that is \(name) is no conflict")
                    continue
                }
            }
        }
    }

    @Test(arguments: [("", true), ("pendek", true), ("Sepuluh hr", false), (String(repeating: "a", count: 2001), true)])
    func aReasonIsNeeded(reason: String, isRefused: Bool) throws {
        let application = try Fixture.application(.issued)
        let letter = Self.letter()
        let all = [
            problems {
                _ = try application.revoke(
                    letter, on: .other, reason: reason, by: Fixture.ratna, at: Fixture.now, in: Self.calendar)
            }, problems { _ = try application.void(letter, reason: reason, by: Fixture.ratna, at: Fixture.now) },
            problems { _ = try application.reopen(letter, reason: reason, by: Fixture.budi, at: Fixture.now) },
        ]
        for problems in all { #expect(problems.map(\.field) == (isRefused ? ["alasan"] : [])) }
    }

    @Test func revokingNeedsAGround() throws {
        let application = try Fixture.application(.issued)
        let found = problems {
            _ = try application.revoke(
                Self.letter(), on: nil, reason: "x", by: Fixture.ratna, at: Fixture.now, in: Self.calendar)
        }
        #expect(found.map(\.field) == ["sebab", "alasan"])
    }

    @Test func aVoidLettersFileIsDecidedAnew() throws {
        let letter = Self.letter(life: LetterLife(predecessor: Self.related(.extend)))
        let change = try Fixture.application(.issued).void(
            letter, reason: Self.reason, by: Fixture.ratna, at: Fixture.now)
        let next = change.transition.application
        #expect(next.state == .submitted && next.step == 0 && next.claimedBy == nil)
        #expect(next.clock.due(in: Self.calendar)?.iso == "2026-11-20")
        // It still extends what the void letter extended.
        #expect(next.follows?.letter == 3 && next.follows?.kind == .extend)
        #expect(change.end?.kind == .void && change.transition.event.kind == .voided)
    }

    @Test func aReplacementGoesTheWholeWay() throws {
        let letter = Self.letter(life: LetterLife(handedOverAt: Fixture.now))
        let reopened = try Fixture.application(.issued).reopen(
            letter, reason: Self.reason, by: Fixture.budi, at: Fixture.now)
        #expect(reopened.end == nil)
        let running = reopened.transition.application
        #expect(running.state == .submitted && running.follows?.letter == 7)
        // The applicant cannot drop it, and nobody starts a second one.
        #expect(throws: PermitError.conflict("conflict.replacementRunning")) {
            try running.withdraw(by: Fixture.siti, at: Fixture.now, in: Self.calendar)
        }
        #expect(throws: PermitError.conflict("conflict.replacementRunning")) {
            try running.reopen(letter, reason: Self.reason, by: Fixture.budi, at: Fixture.now)
        }
        #expect(throws: PermitError.conflict("conflict.replacementRunning")) {
            try running.void(Self.letter(), reason: Self.reason, by: Fixture.ratna, at: Fixture.now)
        }
        let refused = try running.decide(
            .refuse(reason: "Nama sudah benar"), by: Fixture.budi, at: Fixture.now, in: Self.calendar)
        #expect(refused.application.state == .issued && refused.application.follows == nil)
        #expect(refused.event.kind == .replacementRefused)
        let signed = try running.decide(.recommend, by: Fixture.budi, at: Fixture.now, in: Self.calendar).application
            .sign(by: Fixture.ratna, at: Fixture.now, in: Self.calendar).application
        #expect(signed.state == .issued && signed.follows == nil)
        let revoked = try running.revoke(
            letter, on: .untrueData, reason: Self.reason, by: Fixture.ratna, at: Fixture.now, in: Self.calendar)
        #expect(revoked.transition.application.state == .issued && revoked.transition.application.follows == nil)
    }

    @Test(arguments: [(-31, false), (-30, true), (0, true), (30, true), (31, false)])
    func extensionWindow(daysAfterEnd: Int, isOpen: Bool) {
        let letter = Self.letter()
        let day = letter.validUntil.adding(days: daysAfterEnd)
        #expect(letter.canBeExtended(on: day) == isOpen)
        let ended = Self.letter(life: LetterLife(end: LetterEnd(kind: .revoked, at: Fixture.now, reason: "x")))
        #expect(!ended.canBeExtended(on: day))
        #expect(!Self.letter(life: LetterLife(successor: Self.related(.extend))).canBeExtended(on: day))
    }

    @Test func anExtensionCopiesWhatStillFits() throws {
        let application = try Fixture.application(.issued)
        let letter = Self.letter(validUntil: Fixture.now.day.adding(days: 10))
        var type = application.type
        type.sections[1].fields.removeAll { $0.key == "program_studi" }
        let draft = try application.extensionDraft(
            of: letter, under: type, typed: ["lama": "2", "alasan": "Data belum lengkap"], by: Fixture.siti,
            on: Fixture.now.day)
        #expect(draft.answers["lama"] == "2" && draft.answers["nama"] == "Siti Aminah")
        #expect(draft.answers["program_studi"] == nil)
        #expect(draft.follow == Follow(letter: 7, kind: .extend, reason: "Data belum lengkap"))
        let faults = problems {
            _ = try application.extensionDraft(
                of: letter, under: type, typed: ["lama": "13"], by: Fixture.siti, on: Fixture.now.day)
        }
        #expect(faults.map(\.field) == ["lama", "alasan"])
        #expect(throws: PermitError.notFound) {
            try application.extensionDraft(of: letter, under: type, typed: [:], by: Fixture.budi, on: Fixture.now.day)
        }
        #expect(throws: PermitError.conflict("conflict.notExtendable")) {
            try application.extensionDraft(
                of: Self.letter(), under: type, typed: [:], by: Fixture.siti, on: Fixture.now.day)
        }
    }

    @Test func validityFollowsTheLetterBefore() throws {
        let type = try Fixture.research()
        let today = Fixture.now.day.adding(days: 60)
        let letter = Self.letter(validUntil: type.validUntil(from: Fixture.now.day, answers: Fixture.answers))
        // In its place: the same last day. After it: from the day after.
        #expect(type.validFrom(.replace, letter, answers: Fixture.answers, on: today) == Fixture.now.day)
        #expect(
            type.validFrom(.extend, letter, answers: Fixture.answers, on: today) == letter.validUntil.adding(days: 1))
        let late = letter.validUntil.adding(days: 20)
        #expect(type.validFrom(.replace, letter, answers: Fixture.answers, on: late) == late)
        #expect(type.validFrom(.extend, letter, answers: Fixture.answers, on: late) == late)
    }
}

@Suite struct ReportRuleTests {
    static let due = Day(ordinal: 20900)

    static func report(_ state: Report.State) -> Report {
        Report(
            id: 1, filename: "a.pdf", kind: .pdf, size: 1, sha256: String(repeating: "a", count: 64),
            givenAt: Fixture.now, state: state, decidedAt: nil, reason: "")
    }

    @Test func theShippedDutyIsDueTwoMonthsAfterTheEnd() throws {
        let duty = try #require(try Fixture.research().duty)
        let end = try #require(Day(iso: "2026-12-31"))
        #expect(duty.due(after: end).iso == "2027-02-28")
        #expect(duty.faults == [])
        var type = try Fixture.research()
        type.duty?.dueDays = 3
        type.duty?.kinds = []
        #expect(type.faults.count == 2)
    }

    static let cases: [(LetterLife, Report.State?, String?)] = [
        (LetterLife(dutyDue: due), nil, nil), (LetterLife(dutyDue: due), .returned, nil),
        (LetterLife(dutyDue: due), .given, "conflict.reportGiven"),
        (LetterLife(dutyDue: due), .confirmed, "conflict.reportGiven"),
        (LetterLife(), nil, "conflict.noReportOwed"),
        (
            LetterLife(end: LetterEnd(kind: .revoked, at: Fixture.now, reason: "x"), dutyDue: due), nil,
            "conflict.noReportOwed"
        ),
        (
            LetterLife(successor: LetterLifeTests.related(.extend), dutyDue: due), nil, "conflict.noReportOwed"
        ),
    ]

    @Test(arguments: cases.indices)
    func giving(index: Int) throws {
        let (life, last, conflict) = Self.cases[index]
        let application = try Fixture.application(.issued)
        let letter = LetterLifeTests.letter(life: life)
        let result = Result {
            try application.giveReport(on: letter, after: last.map(Self.report), by: Fixture.siti, at: Fixture.now)
        }
        if let conflict {
            #expect(throws: PermitError.conflict(conflict)) { try result.get() }
        } else {
            #expect(try result.get().event.kind == .reportGiven)
        }
        #expect(throws: PermitError.notFound) {
            try application.giveReport(on: letter, after: nil, by: Fixture.viewer(9, .citizen), at: Fixture.now)
        }
    }

    @Test(arguments: Report.State.allCases)
    func judging(state: Report.State) throws {
        let application = try Fixture.application(.issued)
        let report = Self.report(state)
        let confirmed = try? application.judge(report, .confirm, by: Fixture.budi, at: Fixture.now)
        #expect((confirmed?.event.kind == .reportConfirmed) == (state == .given))
        #expect(throws: PermitError.forbidden) {
            try application.judge(report, .confirm, by: Fixture.ratna, at: Fixture.now)
        }
        #expect(throws: PermitError.notFound) {
            try application.judge(
                report, .confirm, by: Fixture.viewer(7, .verifier, unit: UnitID(2)), at: Fixture.now)
        }
        if state == .given {
            let found = problems {
                _ = try application.judge(report, .giveBack(reason: "kurang"), by: Fixture.budi, at: Fixture.now)
            }
            #expect(found.map(\.field) == ["alasan"])
        }
    }
}
