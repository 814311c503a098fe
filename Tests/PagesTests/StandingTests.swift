import Foundation
import Testing

@testable import Pages
@testable import Permits

/// In every state an applicant can see where it is, what comes next, who has to act and by when.
@Suite struct StandingTests {
    private static let today = Day(ordinal: 20774)
    private static let due = today.adding(days: 3)

    private static func application(_ state: ApplicationState, step: Int, asked: Bool = false, late: Bool = false)
        throws
        -> Application
    {
        let file = Repository.root + "/migrations/start/letter-types/penelitian.json"
        var type = try JSONDecoder().decode(LetterType.self, from: Data(contentsOf: URL(fileURLWithPath: file)))
        type.chain.insert(ChainStep(kind: .verify, label: "Paraf kepala bidang"), at: 1)
        return Application(
            id: ApplicationID(1), reference: try #require(Reference("R7KQ-2M9X")), type: type, unit: UnitID(1),
            applicant: AccountID(1), state: state, step: step, answers: [:], attachments: [], findings: [],
            claimedBy: nil, clock: ServiceClock(promised: 3),
            submittedAt: state == .draft ? nil : Moment(today), revision: 0,
            turn: Turn(askedAt: asked ? Moment(today) : nil))
    }

    /// State, index in the chain, the step that is lit (nil: none), whether the way ended there.
    static let ways: [(ApplicationState, Int, Int?, Bool)] = [
        (.draft, 0, 0, false), (.submitted, 0, 1, false), (.verified, 1, 2, false), (.needsCorrection, 0, 1, false),
        (.awaitingSignature, 2, 3, false), (.issued, 3, nil, false), (.refused, 0, 1, true), (.refused, 1, 2, true),
        (.withdrawn, 0, 1, true),
    ]

    @Test(arguments: Language.allCases, ApplicationState.allCases)
    func allFourAreAnswered(language: Language, state: ApplicationState) throws {
        let texts = try Texts(file: "\(Repository.templates)/strings/\(language.rawValue).json", language: language)
        let application = try Self.application(state, step: 0)
        let standing = Standing(
            application, due: state.isWithOffice ? Self.due : nil, endedOn: Self.today, today: Self.today,
            texts: texts)
        let all = [standing.headline, standing.next, standing.holder, standing.date, standing.dateLabel]
        for text in all { #expect(text.count >= 3 && !text.contains("[") && !text.contains("{"), "\(text)") }
        if state.isWithOffice { #expect(standing.date == texts.formats.longDate(Self.due)) }
        if [.issued, .refused, .withdrawn].contains(state) {
            #expect(standing.date == texts.formats.longDate(Self.today))
        }
        if [.draft, .needsCorrection].contains(state) { #expect(standing.date.contains("3")) }
    }

    @Test func lateAndAskedAreSaid() throws {
        let texts = try Texts(file: "\(Repository.templates)/strings/id.json")
        let asked = Standing(
            try Self.application(.submitted, step: 0, asked: true), due: Self.today.adding(days: -1), endedOn: nil,
            today: Self.today, texts: texts)
        #expect(asked.date.contains("terlambat") && asked.holder.contains("Anda"))
        let quiet = Standing(
            try Self.application(.submitted, step: 0), due: Self.today, endedOn: nil, today: Self.today, texts: texts)
        #expect(!quiet.date.contains("terlambat") && !quiet.holder.contains("Anda"))
    }

    @Test(arguments: ways.indices)
    func theWayShowsOnePlace(index: Int) throws {
        let (state, step, lit, isStopped) = Self.ways[index]
        let texts = try Texts(file: "\(Repository.templates)/strings/id.json")
        let way = WayStep.all(of: try Self.application(state, step: step), texts: texts)
        #expect(way.count == 5)
        let marked = way.indices.filter { way[$0].isHere || way[$0].isStopped }
        #expect(marked == (lit.map { [$0] } ?? []))
        #expect(way.filter(\.isDone).count == lit ?? way.count)
        #expect(way.contains(where: \.isStopped) == isStopped)
        if let lit { #expect(way[lit].note?.isEmpty == false) }
        #expect(Set(Self.ways.map(\.0)) == Set(ApplicationState.allCases))
    }

    @Test func whoseTurnItIsDependsOnTheReader() throws {
        let texts = try Texts(file: "\(Repository.templates)/strings/id.json")
        let now = Moment(Self.today)
        let cases: [(Turn, Side, String?)] = [
            (Turn(), .applicant, nil), (Turn(), .office, nil),
            (Turn(askedAt: now), .applicant, "Menunggu jawaban Anda"),
            (Turn(askedAt: now), .office, "Menunggu jawaban pemohon"),
            (Turn(unansweredAt: now), .applicant, "Menunggu jawaban kantor"),
            (Turn(unansweredAt: now), .office, "Pesan baru, menunggu jawaban kantor"),
            (Turn(askedAt: now, unansweredAt: now), .applicant, "Menunggu jawaban Anda"),
            (Turn(askedAt: now, unansweredAt: now), .office, "Pesan baru, menunggu jawaban kantor"),
        ]
        for (turn, side, label) in cases { #expect(TagModel(turn, readBy: side, texts: texts)?.label == label) }
    }
}
