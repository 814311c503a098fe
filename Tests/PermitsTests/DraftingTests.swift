@testable import Permits
import Testing

@Suite struct DraftingTests {
    let today = Fixture.now.day

    /// What was typed, and then the answer and what is kept beside it.
    @Test(arguments: [
        ("12", "12", nil), ("  6 ", "6", nil), ("tiga", "3", "tiga"), ("99", "3", "99"), ("1 2", "3", "1 2"),
        ("", "", nil),
    ])
    func whatIsNotRightYetIsKeptAsItWasTyped(typed: String, answer: String, beside: String?) throws {
        let (draft, problems) = try Fixture.application().drafted(with: ["lama": typed, "asing": "x"], today: today)
        #expect(draft.answers["lama"] == answer)
        #expect(draft.typed == (beside.map { ["lama": $0] } ?? [:]))
        #expect(draft.shownAnswers["lama"] == beside ?? answer)
        #expect(problems.map(\.field) == (beside == nil ? [] : ["lama"]))
        // Nothing that is not right is handed in, and it is named.
        #expect(draft.missing(today: today).map(\.field) == (answer == "3" || answer == "" ? ["lama"] : []))
    }

    @Test func mendingLeavesNothingBeside() throws {
        let wrong = try Fixture.application().drafted(with: ["lama": "tiga"], today: today).application
        let right = wrong.drafted(with: ["lama": "4"], today: today).application
        #expect(right.typed.isEmpty && right.answers["lama"] == "4")
    }

    /// A letter of tomorrow may not be named today; tomorrow it may.
    @Test func whatHasBecomeRightIsHandedIn() throws {
        let tomorrow = today.adding(days: 1)
        let draft = try Fixture.application().drafted(with: ["tanggal_pengantar": tomorrow.iso], today: today)
            .application
        #expect(draft.typed["tanggal_pengantar"] == tomorrow.iso)
        #expect(problems { _ = try draft.submit(by: Fixture.siti, stating: true, at: Fixture.now) }.count == 1)
        let sent = try draft.submit(by: Fixture.siti, stating: true, at: Fixture.now.adding(hours: 24)).application
        #expect(sent.answers["tanggal_pengantar"] == tomorrow.iso && sent.typed.isEmpty)
    }

    @Test func aReturnedFileStaysAsItWasJudged() throws {
        let returned = try Fixture.application(
            .needsCorrection, findings: [Finding(key: "judul", verdict: .mend, reason: "Tulis lengkap")])
        let typed = returned.drafted(
            with: ["judul": "Judul baru yang lengkap", "lama": "9"], today: today
        ).application
        #expect(typed.answers == returned.answers)
        #expect(typed.typed == ["judul": "Judul baru yang lengkap"])
    }

    /// Day of the last change, day of the reminder, day of the deletion.
    @Test(arguments: [(23, 30), (24, 31), (40, 47)])
    func aDraftIsKeptForItsDaysAndTheWholeNotice(reminded: Int, deleted: Int) {
        let keeping = DraftKeeping()
        let touched = Moment(today, hour: 23, minute: 59)
        #expect(keeping.reminder(touched: touched) == today.adding(days: 23))
        let day = keeping.deletion(touched: touched, remindedOn: today.adding(days: reminded))
        #expect(day == today.adding(days: deleted))
    }
}
