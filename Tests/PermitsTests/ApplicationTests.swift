@testable import Permits
import Testing

@Suite struct ApplyingTests {
    let calendar = WorkingCalendar(holidays: [])

    @Test func completeDraftIsSubmittedAndItsClockRuns() throws {
        let transition = try Fixture.application().submit(by: Fixture.siti, stating: true, at: Fixture.now)
        #expect(transition.application.state == .submitted)
        #expect(transition.application.clock.due(in: calendar)?.iso == "2026-11-20")
        #expect(transition.event.kind == .submitted)
    }

    @Test func everythingMissingIsNamed() throws {
        let empty = try Fixture.application(answers: [:], attachments: [])
        let asked = empty.askedSections.flatMap(\.fields)
        let required = asked.filter(\.isRequired).count + empty.askedPapers.filter(\.isRequired).count
        let problems = problems { _ = try empty.submit(by: Fixture.siti, stating: false, at: Fixture.now) }
        #expect(problems.count == required + 1)
    }

    @Test func pendingAccountMaySaveButNotSubmit() throws {
        let pending = Fixture.viewer(1, .citizen, state: .pending)
        #expect(throws: PermitError.conflict("conflict.accountPending")) {
            try Fixture.application().submit(by: pending, stating: true, at: Fixture.now)
        }
    }

    @Test func nobodyElseMaySubmit() throws {
        #expect(throws: PermitError.notFound) {
            try Fixture.application().submit(by: Fixture.viewer(9, .citizen), stating: true, at: Fixture.now)
        }
    }

    @Test func badAnswersKeepTheOldValueAndAreNamed() throws {
        let (answers, problems) = try Fixture.application().filled(
            with: ["lama": "13", "lokasi": " Kantor  Camat ", "kunci_asing": "x"], today: Fixture.now.day)
        #expect(answers["lama"] == "3")
        #expect(answers["lokasi"] == "Kantor Camat")
        #expect(answers["kunci_asing"] == nil)
        #expect(problems.map(\.field) == ["lama"])
    }

    @Test func onlyWhatWasReturnedIsOpen() throws {
        let returned = try Fixture.application(
            .needsCorrection,
            findings: [
                Finding(key: "judul", verdict: .mend, reason: "Tulis lengkap"), Finding(key: "lama", verdict: .fine),
            ])
        #expect(returned.isOpen("judul"))
        #expect(!returned.isOpen("lama"))
        #expect(!returned.isOpen("ktp"))
        let (answers, _) = returned.filled(
            with: ["judul": "Judul baru yang lengkap", "lama": "9"], today: Fixture.now.day)
        #expect(answers["lama"] == "3")
        #expect(answers["judul"] == "Judul baru yang lengkap")
    }

    @Test func resubmittingNeedsEachMended() throws {
        let findings = [
            Finding(key: "judul", verdict: .mend, reason: "x"),
            Finding(key: "ktp", verdict: .mend, reason: "buram", attachment: 3),
            Finding(key: "proposal", verdict: .fine),
        ]
        let returned = try Fixture.application(.needsCorrection, findings: findings)
        #expect(throws: PermitError.self) {
            try returned.resubmit(with: returned.answers, by: Fixture.siti, at: Fixture.now)
        }
        let papers = [
            Fixture.attachment(1, "surat_pengantar"), Fixture.attachment(2, "proposal"), Fixture.attachment(4, "ktp"),
            Fixture.attachment(5, "ktm"),
        ]
        let mended = try Fixture.application(.needsCorrection, attachments: papers, findings: findings)
        var answers = mended.answers
        answers["judul"] = "Judul yang sudah diperbaiki"
        answers["lama"] = "12"
        let next = try mended.resubmit(with: answers, by: Fixture.siti, at: Fixture.now).application
        #expect(next.state == .submitted)
        #expect(next.answers["judul"] == "Judul yang sudah diperbaiki")
        #expect(next.answers["lama"] == "3")
        #expect(next.findings == [Finding(key: "proposal", verdict: .fine)])
    }

    @Test(arguments: [
        (ApplicationState.draft, true), (.submitted, true), (.needsCorrection, true), (.verified, true),
        (.awaitingSignature, true),
        (.issued, false), (.refused, false), (.withdrawn, false),
    ])
    func withdrawing(state: ApplicationState, isPossible: Bool) throws {
        let result = try? Fixture.application(state).withdraw(by: Fixture.siti, at: Fixture.now, in: calendar)
        #expect((result?.application.state == .withdrawn) == isPossible)
    }
}

@Suite struct DecidingTests {
    let calendar = WorkingCalendar(holidays: [])

    @Test func recommendationLeadsToTheSignature() throws {
        let next = try Fixture.application(.submitted).decide(
            .recommend, by: Fixture.budi, at: Fixture.now, in: calendar)
        #expect(next.application.state == .awaitingSignature)
        #expect(next.event.kind == .recommended)
    }

    @Test func aSecondVerifierComesBeforeTheSignatureWhereTheChainSaysSo() throws {
        var type = try Fixture.research()
        type.chain.insert(ChainStep(kind: .verify, label: "Paraf"), at: 1)
        #expect(type.faults.isEmpty)
        let first = Application(
            id: ApplicationID(1), reference: try #require(Reference("R7KQ-2M9X")), type: type, unit: Fixture.unit,
            applicant: Fixture.siti.account, state: .submitted, step: 0, answers: Fixture.answers, attachments: [],
            findings: [],
            claimedBy: nil, clock: ServiceClock(promised: 3), submittedAt: Fixture.now, revision: 0)
        let second = try first.decide(.recommend, by: Fixture.budi, at: Fixture.now, in: calendar).application
        #expect(second.state == .verified)
        #expect(
            try second.decide(.recommend, by: Fixture.budi, at: Fixture.now, in: calendar).application.state
                == .awaitingSignature)
    }

    @Test func returningNeedsSomethingToMendWithAReason() throws {
        let submitted = try Fixture.application(.submitted)
        #expect(throws: PermitError.invalid([FieldProblem("keputusan", "nothingReturned")])) {
            try submitted.decide(.returnForCorrection, by: Fixture.budi, at: Fixture.now, in: calendar)
        }
        #expect(throws: PermitError.invalid([FieldProblem("ktp", "noReason")])) {
            try submitted.judge([Finding(key: "ktp", verdict: .mend)], by: Fixture.budi, at: Fixture.now)
        }
        let judged = try submitted.judge(
            [Finding(key: "ktp", verdict: .mend, reason: "Buram")], by: Fixture.budi, at: Fixture.now)
        let returned = try judged.application.decide(
            .returnForCorrection, by: Fixture.budi, at: Fixture.now, in: calendar)
        #expect(returned.application.state == .needsCorrection)
        #expect(returned.event.note == "KTP")
        #expect(throws: PermitError.invalid([FieldProblem("keputusan", "stillToMend")])) {
            try judged.application.decide(.recommend, by: Fixture.budi, at: Fixture.now, in: calendar)
        }
    }

    @Test func refusalNeedsAReason() throws {
        let submitted = try Fixture.application(.submitted)
        #expect(throws: PermitError.self) {
            try submitted.decide(.refuse(reason: " \n"), by: Fixture.budi, at: Fixture.now, in: calendar)
        }
        let refused = try submitted.decide(
            .refuse(reason: "Lokasi di luar Kota Medan"), by: Fixture.budi, at: Fixture.now, in: calendar)
        #expect(refused.application.state == .refused)
        #expect(refused.event.note == "Lokasi di luar Kota Medan")
    }

    @Test(arguments: [Role.citizen, .signatory, .admin])
    func onlyVerifiersDecide(role: Role) throws {
        let other = Fixture.viewer(7, role, unit: Fixture.unit)
        #expect(throws: PermitError.forbidden) {
            try Fixture.application(.submitted).decide(.recommend, by: other, at: Fixture.now, in: calendar)
        }
    }

    @Test func otherOfficesFindNothing() throws {
        let other = Fixture.viewer(7, .verifier, unit: UnitID(2))
        #expect(throws: PermitError.notFound) { try Fixture.application(.submitted).claim(by: other, at: Fixture.now) }
    }

    @Test(arguments: ApplicationState.allCases)
    func signingNeedsAFileThatWaitsForIt(state: ApplicationState) throws {
        let signed = try? Fixture.application(state).sign(by: Fixture.ratna, at: Fixture.now, in: calendar)
        #expect((signed?.application.state == .issued) == (state == .awaitingSignature))
        #expect((try? Fixture.application(state).sign(by: Fixture.budi, at: Fixture.now, in: calendar)) == nil)
    }
}

@Suite struct ReferenceTests {
    @Test func isReadAsPeopleTypeIt() {
        #expect(Reference("r7kq 2m9x")?.description == "R7KQ-2M9X")
        #expect(Reference("R7KQ-2M9") == nil)
        for lookalike in "01OIL" { #expect(Reference("R7KQ-2M9\(lookalike)") == nil) }
    }

    @Test func everyCharacterIsAsLikely() throws {
        var counts: [Character: Int] = [:]
        for byte in UInt8.min...UInt8.max {
            if let reference = Reference(random: Array(repeating: byte, count: 8)) {
                counts[reference.code.first ?? "?", default: 0] += 1
            }
        }
        #expect(counts.count == 31 && Set(counts.values) == [8])
    }

    @Test func tooFewGoodBytesGiveNone() {
        #expect(Reference(random: [255, 254, 253, 252, 251, 250, 249, 248, 1]) == nil)
    }
}
