@testable import Permits
import Testing

@Suite struct ConversationRuleTests {
    private static let question = Fixture.now.adding(hours: -30)

    private func application(_ state: ApplicationState, turn: Turn = Turn()) throws -> Application {
        var application = try Fixture.application(state)
        application.turn = turn
        return application
    }

    /// State, hours since the decision, who waits: whether either side may write.
    static let cases: [(ApplicationState, Int64?, Turn, Bool)] = [
        (.draft, nil, Turn(), false), (.submitted, nil, Turn(), true), (.needsCorrection, nil, Turn(), true),
        (.verified, nil, Turn(), true), (.awaitingSignature, nil, Turn(), true),
        (.issued, 1, Turn(), true), (.issued, 30 * 24, Turn(), true), (.issued, 30 * 24 + 1, Turn(), false),
        (.refused, 30 * 24, Turn(), true), (.refused, 31 * 24, Turn(), false), (.refused, nil, Turn(), false),
        // Whoever waits for an answer gets it.
        (.refused, 31 * 24, Turn(unansweredAt: question), true), (.issued, 90 * 24, Turn(askedAt: question), true),
        (.withdrawn, 1, Turn(), false), (.withdrawn, 1, Turn(askedAt: question), false),
    ]

    @Test(arguments: cases.indices)
    func whenMessagesMayBeWritten(index: Int) throws {
        let (state, hours, turn, isOpen) = Self.cases[index]
        let decided = hours.map { Fixture.now.adding(hours: -$0) }
        let application = try application(state, turn: turn)
        for viewer in [Fixture.siti, Fixture.budi, Fixture.ratna] {
            if isOpen {
                _ = try application.write(asking: false, by: viewer, decidedAt: decided, at: Fixture.now)
            } else {
                #expect(throws: PermitError.conflict("conflict.talkClosed")) {
                    try application.write(asking: false, by: viewer, decidedAt: decided, at: Fixture.now)
                }
            }
        }
    }

    @Test func everyStateIsDecidedUpon() {
        #expect(Set(Self.cases.map(\.0)) == Set(ApplicationState.allCases))
    }

    @Test func aQuestionWaitsUntilTheApplicantWrites() throws {
        let asked = try application(.submitted).write(
            asking: true, by: Fixture.budi, decidedAt: nil, at: Fixture.now)
        #expect(asked.event.kind == .asked)
        #expect(asked.application.turn == Turn(askedAt: Fixture.now))
        // Another message of the office does not make it younger, nor answer it.
        let later = Fixture.now.adding(hours: 1)
        let again = try asked.application.write(asking: true, by: Fixture.ratna, decidedAt: nil, at: later)
        #expect(again.application.turn == Turn(askedAt: Fixture.now))
        let remark = try again.application.write(asking: false, by: Fixture.budi, decidedAt: nil, at: later)
        #expect(remark.event.kind == .messaged && remark.application.turn == Turn(askedAt: Fixture.now))
        let answer = try remark.application.write(asking: false, by: Fixture.siti, decidedAt: nil, at: later)
        #expect(answer.event.kind == .messaged)
        #expect(answer.application.turn == Turn(unansweredAt: later))
    }

    @Test func anApplicantsMessageWaitsForTheOfficeFromTheFirstOn() throws {
        let first = try application(.verified).write(
            asking: true, by: Fixture.siti, decidedAt: nil, at: Fixture.now)
        // Applicants cannot mark anything as a question.
        #expect(first.event.kind == .messaged && first.application.turn == Turn(unansweredAt: Fixture.now))
        let second = try first.application.write(
            asking: false, by: Fixture.siti, decidedAt: nil, at: Fixture.now.adding(hours: 2))
        #expect(second.application.turn.unansweredAt == Fixture.now)
        let seen = try second.application.noteMessagesSeen(by: Fixture.budi, at: Fixture.now)
        #expect(seen.event.kind == .messagesSeen && seen.application.turn == Turn())
        let answered = try second.application.write(
            asking: false, by: Fixture.ratna, decidedAt: nil, at: Fixture.now)
        #expect(answered.application.turn == Turn())
        #expect(throws: PermitError.conflict("conflict.messagesSeen")) {
            try answered.application.noteMessagesSeen(by: Fixture.budi, at: Fixture.now)
        }
        #expect(throws: PermitError.notFound) {
            try second.application.noteMessagesSeen(by: Fixture.siti, at: Fixture.now)
        }
    }

    @Test func aQuestionDoesNotStopTheClock() throws {
        let calendar = WorkingCalendar(holidays: [])
        let sent = try Fixture.application().submit(by: Fixture.siti, stating: true, at: Fixture.now).application
        let asked = try sent.write(asking: true, by: Fixture.budi, decidedAt: nil, at: Fixture.now).application
        #expect(asked.clock == sent.clock && asked.clock.due(in: calendar) != nil && asked.state == .submitted)
    }

    @Test func decisionsAndWithdrawalsSettleWhatWaits() throws {
        let calendar = WorkingCalendar(holidays: [])
        let both = Turn(askedAt: Self.question, unansweredAt: Self.question)
        let refused = try application(.submitted, turn: both).decide(
            .refuse(reason: "Lokasi di luar kota"), by: Fixture.budi, at: Fixture.now, in: calendar
        ).application
        #expect(refused.turn == Turn(unansweredAt: Self.question))
        let signed = try application(.awaitingSignature, turn: both).sign(
            by: Fixture.ratna, at: Fixture.now, in: calendar
        ).application
        #expect(signed.turn == Turn(unansweredAt: Self.question))
        let withdrawn = try application(.submitted, turn: both).withdraw(
            because: "  Pindah kampus ", by: Fixture.siti, at: Fixture.now, in: calendar)
        #expect(withdrawn.application.turn == Turn() && withdrawn.event.note == "Pindah kampus")
    }

    @Test(arguments: [(500, true), (501, false)])
    func aWithdrawalMayHaveAShortReason(length: Int, isFine: Bool) throws {
        let faults = problems {
            _ = try Fixture.application(.submitted).withdraw(
                because: String(repeating: "a", count: length), by: Fixture.siti, at: Fixture.now,
                in: WorkingCalendar(holidays: []))
        }
        #expect(faults.isEmpty == isFine)
    }

    @Test func strangersHaveNoPart() throws {
        let strangers = [
            Fixture.viewer(9, .citizen), Fixture.viewer(8, .verifier, unit: UnitID(2)), Fixture.viewer(7, .admin),
            Fixture.viewer(6, .admin, unit: Fixture.unit),
        ]
        for stranger in strangers {
            #expect(throws: PermitError.notFound) {
                try Fixture.application(.submitted).write(
                    asking: false, by: stranger, decidedAt: nil, at: Fixture.now)
            }
        }
        var shared = try Fixture.application(.submitted)
        shared.agents = [AccountID(9)]
        #expect(shared.side(of: Fixture.viewer(9, .citizen)) == .applicant)
    }

    static let texts: [(String, Int, [String])] = [
        ("Selamat pagi.\r\nKapan selesai?", 0, []), ("<b>Halo</b>\t& \"kabar\"", 3, []),
        (String(repeating: "a", count: 4000), 0, []), (String(repeating: "a", count: 4001), 0, ["problem.tooLong"]),
        (String(repeating: "😀", count: 2001), 0, ["problem.tooLong"]), (" \n ", 0, ["problem.messageEmpty"]),
        ("", 4, ["problem.messageEmpty", "problem.tooManyFiles"]), ("a\u{0}b", 0, ["problem.controlCharacters"]),
        ("\u{1B}[31mmerah", 1, ["problem.controlCharacters"]), ("a\u{85}b", 0, ["problem.controlCharacters"]),
    ]

    @Test(arguments: texts.indices)
    func textsAreChecked(index: Int) {
        let (raw, files, faults) = Self.texts[index]
        let checked = MessageRules.checked(raw, files: files)
        #expect(checked.problems.map(\.key) == faults)
    }

    @Test func linesAreKeptAndTricksDropped() {
        let checked = MessageRules.checked("Baris satu\r\n\r\nBaris\u{202E} dua ", files: 0)
        #expect(checked.text == "Baris satu\n\nBaris dua" && checked.problems.isEmpty)
    }
}
