import Foundation
import GRDB
import Permits
import Store
import Testing

@Suite struct ServiceTimeTests {
    /// Copies of an issued application with its letter: `(came, done)` in days before `World.now`.
    static func addCopies(of reference: Reference, _ spans: [(came: Int, done: Int)], to world: World) throws {
        try world.raw().write { database in
            for (index, span) in spans.enumerated() {
                let application = 1000 + index
                try database.execute(
                    sql: """
                        INSERT INTO application (id, reference, letter_type_id, office_id, applicant_id, state, step, answers,
                            subject, clock, created_at, changed_at, submitted_at)
                        SELECT :id, :name, letter_type_id, office_id, applicant_id, state, step, answers, subject, clock,
                            created_at, changed_at, :came FROM application WHERE reference = :reference
                        """,
                    arguments: [
                        "id": application, "name": "X\(1_000_000 + index)", "reference": reference.code,
                        "came": World.now.seconds - Int64(span.came) * 86400,
                    ])
                try database.execute(
                    sql: """
                        INSERT INTO letter (application_id, series, year, number, number_text, token, document, summary,
                            signatory_id, issued_at, valid_until)
                        SELECT :id, series, year, :id, number_text || ' ' || :id, :token, document, summary, signatory_id, :done,
                            valid_until FROM letter WHERE id = (SELECT min(id) FROM letter)
                        """,
                    arguments: [
                        "id": application, "token": "token-of-a-copy-\(application)",
                        "done": World.now.seconds - Int64(span.done) * 86400,
                    ])
            }
        }
    }

    @Test func nineOfTenOfTheLastNinetyDays() throws {
        let world = try World()
        let (reference, _) = try world.issued()
        #expect(try world.store.measuredTime(slug: "penelitian", at: World.now) == nil)
        // Twelve that took a week, one that took two, and a slow one of long ago.
        let spans = Array(repeating: (came: 27, done: 20), count: 12) + [(came: 34, done: 20), (came: 130, done: 91)]
        try Self.addCopies(of: reference, spans, to: world)
        try world.store.measureServiceTimes(at: World.now)
        // With the issued one of today.
        let time = try #require(try world.store.measuredTime(slug: "penelitian", at: World.now))
        #expect(time == MeasuredTime(workingDays: 5, cases: 14) && time.isTelling)
        #expect(try world.store.measuredTime(slug: "magang", at: World.now) == nil)
        #expect(try world.store.measuredTimes(at: World.now) == ["penelitian": time])
        #expect(try world.store.measuredTimes(at: World.now.adding(hours: 49)).isEmpty)
        // What nobody measures any more is not told as if it were of today.
        #expect(try world.store.measuredTime(slug: "penelitian", at: World.now.adding(hours: 49)) == nil)
        let later = World.now.adding(hours: 24 * 80)
        try world.store.measureServiceTimes(at: later)
        #expect(try world.store.measuredTime(slug: "penelitian", at: later)?.cases == 1)
    }

    /// A letter that replaces another came long after the submission, and a void one was never handed out.
    @Test func replacementsAndVoidLettersDoNotCount() throws {
        let world = try World()
        let (reference, first) = try world.issued()
        try world.void(first, reference)
        try world.recommend(reference)
        let second = try world.sign(reference)
        let month = World.now.adding(hours: 24 * 30)
        try world.reopen(second, reference)
        try world.recommend(reference, at: month)
        _ = try world.sign(reference, at: month)
        try world.store.measureServiceTimes(at: month)
        #expect(
            try world.store.measuredTime(slug: "penelitian", at: month) == MeasuredTime(workingDays: 1, cases: 1))
    }

    /// However many letters there are, only those of the last days are read.
    @Test func theCountingUsesItsIndex() throws {
        let world = try World()
        let plan = try world.raw().read { database in
            try String.fetchAll(
                database,
                sql: """
                    EXPLAIN QUERY PLAN SELECT slug, count(*) FROM letter
                    JOIN application ON application.id = letter.application_id
                    JOIN letter_type ON letter_type.id = application.letter_type_id
                    WHERE issued_at >= 5 AND submitted_at IS NOT NULL AND letter.follow_kind IS NOT 'replace'
                        AND NOT EXISTS (SELECT 1 FROM letter_end WHERE letter_id = letter.id AND kind = 'void')
                    GROUP BY slug
                    """, adapter: SuffixRowAdapter(fromIndex: 3))
        }
        #expect(plan.contains { $0.contains("letter_issued") }, "\(plan)")
        #expect(!plan.contains { $0.hasPrefix("SCAN letter") && !$0.contains("letter_type") }, "\(plan)")
    }
}

@Suite struct LinkedDraftTests {
    let linked = ["lembaga": "Universitas Medan", "lama": "6", "nik": "1271045203990009", "judul": "pendek"]

    @Test func aNewDraftTakesWhatIsWellFormed() throws {
        let world = try World()
        let draft = try world.store.beginDraft(
            slug: "penelitian", linked: linked, by: world.siti, references: world.references(), origin: "-",
            at: World.now)
        let answers = try world.store.application(draft, visibleTo: world.siti).answers
        #expect(answers["lembaga"] == "Universitas Medan" && answers["lama"] == "6")
        #expect(answers["judul"] == nil && answers["nik"] == "1271045203990001")
    }

    @Test func aDraftThatIsThereKeepsWhatWasTyped() throws {
        let world = try World()
        let first = try world.store.beginDraft(
            slug: "penelitian", by: world.siti, references: world.references(), origin: "-", at: World.now)
        try world.store.saveDraft(first, by: world.siti, at: World.now) {
            $0.filled(with: ["lembaga": "Politeknik Negeri Medan"], today: World.now.day).answers
        }
        let title = "Pengaruh sarapan terhadap nilai ujian"
        let second = try world.store.beginDraft(
            slug: "penelitian", linked: linked.merging(["judul": title]) { $1 }, by: world.siti,
            references: world.references(), origin: "-", at: World.now)
        #expect(second == first)
        let application = try world.store.application(first, visibleTo: world.siti)
        #expect(application.answers["lembaga"] == "Politeknik Negeri Medan" && application.answers["lama"] == "6")
        // The list of applications names it by what the link brought.
        #expect(try world.store.applications(of: world.siti, limit: 5).map(\.subject) == [title])
    }
}
