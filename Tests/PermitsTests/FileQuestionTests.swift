import Testing

@testable import Permits

/// Questions that a file answers.
@Suite struct FileQuestionTests {
    static let rule = FileRule(kinds: [.pdf], maxBytes: 1000)

    /// The research letter with one such question, asked of groups only, in its last section.
    private static func application(
        _ state: ApplicationState = .draft, having papers: [String] = [], findings: [Finding] = [],
        performer: String = "Kelompok", isRequired: Bool = true
    ) throws -> Application {
        var application = try Fixture.application(
            state, answers: Fixture.answers.merging(["pelaksana": performer]) { $1 }, findings: findings)
        var question = FieldDefinition(key: "izin_etik", kind: .file, label: "Izin etik", isRequired: isRequired)
        question.showIf = AnswerCondition(field: "pelaksana", values: ["Kelompok"])
        question.file = rule
        application.type.sections[application.type.sections.count - 1].fields.append(question)
        application.attachments += papers.enumerated().map { Fixture.attachment(Int64(90 + $0.offset), $0.element) }
        return application
    }

    @Test func itIsAPaperOfItsSection() throws {
        let application = try Self.application()
        #expect(application.type.faults == [])
        let paper = try #require(application.type.requirement("izin_etik"))
        #expect(paper.kinds == [.pdf] && paper.maxBytes == 1000 && paper.label == "Izin etik")
        #expect(application.askedPapers.last == paper && !application.askedRequirements.contains(paper))
        #expect(application.askedKeys.filter { $0 == "izin_etik" }.count == 1)
        let last = try #require(application.askedSections.last)
        #expect(last.papers == [paper] && last.withoutPapers?.papers == [])
        #expect(try !Self.application(performer: "Saya sendiri").askedPapers.contains(paper))
    }

    @Test func nothingThatIsTypedAnswersIt() throws {
        let application = try Self.application()
        let field = try #require(application.type.field("izin_etik"))
        for raw in ["", "izin.pdf", "<b>", String(repeating: "a", count: 5000), "\u{0}"] {
            #expect(field.check(raw, today: Fixture.now.day) == .success(""))
        }
        #expect(application.missing(today: Fixture.now.day).map(\.field).filter { $0 == "izin_etik" } == ["izin_etik"])
        #expect(application.problem(with: field, today: Fixture.now.day)?.key == "problem.fileMissing")
    }

    @Test func theFileAnswersIt() throws {
        let given = try Self.application(having: ["izin_etik"])
        #expect(!given.missing(today: Fixture.now.day).map(\.field).contains("izin_etik"))
        let optional = try Self.application(isRequired: false)
        #expect(!optional.missing(today: Fixture.now.day).map(\.field).contains("izin_etik"))
        // What a changed choice made superfluous is not handed in.
        let alone = try Self.application(having: ["izin_etik"], performer: "Saya sendiri")
        let sent = try alone.submit(by: Fixture.siti, stating: true, at: Fixture.now).application
        #expect(sent.attachment(for: "izin_etik") == nil && sent.attachment(for: "ktp") != nil)
    }

    @Test func itIsMendedLikeAPaper() throws {
        let finding = Finding(key: "izin_etik", verdict: .mend, reason: "Buram", attachment: 90)
        let same = try Self.application(.needsCorrection, having: ["izin_etik"], findings: [finding])
        let unchanged = problems { _ = try same.resubmit(with: [:], by: Fixture.siti, at: Fixture.now) }
        #expect(unchanged.map(\.field) == ["izin_etik"] && unchanged.map(\.key) == ["problem.fileMissing"])
        let anew = try Self.application(.needsCorrection, having: ["x", "izin_etik"], findings: [finding])
        let sent = try anew.resubmit(with: [:], by: Fixture.siti, at: Fixture.now)
        #expect(sent.corrections.map(\.key) == ["izin_etik"])
        #expect(sent.corrections.first?.oldPaper == 90 && sent.corrections.first?.newPaper == 91)
    }

    @Test func faults() throws {
        var type = try Self.application().type
        let last = type.sections.count - 1
        let index = type.sections[last].fields.count - 1
        type.letter.blocks[3].text = "{field:izin_etik}"
        #expect(type.faults == ["unknown placeholder '{field:izin_etik}'"])
        type.letter.blocks[3].text = "-"
        type.sections[last].fields[index].file?.kinds = []
        #expect(type.faults == ["requirement 'izin_etik' takes no kind of file"])
        type.sections[last].fields[index].file = nil
        #expect(type.faults == ["field 'izin_etik' has no file rule"])
        type.sections[last].fields[index].kind = .text
        type.sections[last].fields[index].file = Self.rule
        #expect(type.faults == ["field 'izin_etik': only a file has a file rule"])
    }
}
