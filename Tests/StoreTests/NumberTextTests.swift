import Foundation
import GRDB
import Permits
import Store
import Testing

/// No two letters read the same number, whatever series they are of.
@Suite struct NumberTextTests {
    private static func shape(_ pattern: String, _ classification: String = "000.9", _ unit: String = "BRIDA")
        -> NumberShape
    {
        NumberShape(pattern: pattern, classification: classification, unit: unit)
    }

    static let pairs: [(NumberShape, NumberShape, Bool)] = [
        (shape("{classification}/{number:4}/{unit}/{year}"), shape("{classification}/{number:4}/{unit}/{year}"), true),
        (shape("{classification}/{number:4}/{unit}/{year}"), shape("000.9/{number}/BRIDA/{year}"), true),
        (shape("{number:4}/{year}"), shape("{number:9}/{year}"), true),
        (shape("{number:4}/A/{year}"), shape("{number:4}/B/{year}"), false),
        (shape("{classification}/{number}/{year}"), shape("{classification}/{number}/{year}", "400.12"), false),
        (shape("{number}/{unit}/{year}"), shape("{number}/{unit}/{year}", "000.9", "DINKES"), false),
        (shape("{number}/{month:roman}/{year}"), shape("{number}/{unit}/{year}", "", "XI"), true),
        (shape("{number}/{month:roman}/{year}"), shape("{number}/{unit}/{year}", "", "XL"), false),
        (shape("{number}/{month}/{year}"), shape("{number}/12/{year}"), true),
        (shape("{number}/{month}/{year}"), shape("{number}/{month:roman}/{year}"), false),
        (shape("{number}/{year}"), shape("{year}/{number}"), true),
        (shape("{number}{year}"), shape("1{number}{year}"), true),
        (shape("{number:5}/{year}"), shape("12/{number}/{year}"), false),
        (shape("{number}/{year}"), shape("{broken}"), false),
    ]

    @Test(arguments: pairs)
    func shapesThatMayMeet(left: NumberShape, right: NumberShape, meet: Bool) {
        #expect(left.mayRead(like: right) == meet)
        #expect(right.mayRead(like: left) == meet)
    }

    /// The shipped letter type as another one, with numbers of its own.
    private func type(series: String, pattern: String, slug: String = "uji") throws -> LetterType {
        let file = URL(fileURLWithPath: "\(root)/migrations/start/letter-types/penelitian.json")
        var type = try JSONDecoder().decode(LetterType.self, from: Data(contentsOf: file))
        type.slug = slug
        type.number.series = series
        type.number.pattern = pattern
        return type
    }

    @Test(arguments: [
        ("lain", "{classification}/{number:4}/{unit}/{year}", true), ("lain", "000.9/{number}/{unit}/{year}", true),
        ("lain", "{classification}/{number:4}/{unit}-L/{year}", false),
        ("brida", "{classification}/{number:4}/{unit}/{year}", false),
    ])
    func definitionsWhoseNumbersMayMeetAreNotLoaded(series: String, pattern: String, isFault: Bool) throws {
        let world = try World()
        let start = StartData(offices: [], letterTypes: [try type(series: series, pattern: pattern)], holidays: [])
        if isFault {
            let fault = #expect(throws: StartDataFault.self) { try world.store.load(start, at: World.now) }
            #expect(fault?.description.contains("letter type uji") == true)
            #expect(fault?.description.contains("series brida") == true)
        } else {
            try world.store.load(start, at: World.now)
        }
    }

    /// Somebody's hand changed a definition: the letter is refused before it is made, and no number is gone.
    @Test func aNumberThatAnotherLetterHasIsRefused() throws {
        let world = try World()
        let first = try world.sign(world.awaitingSignature())
        let reference = try world.awaitingSignature()
        try world.raw().write { database in
            try database.execute(
                sql: """
                    UPDATE letter_type SET definition = json_set(definition, '$.number.series', 'lain')
                    WHERE slug = 'penelitian'
                    """)
        }
        let other = try Store(path: "\(world.directory)/suratizin.sqlite")
        defer { try? other.close() }
        let application = try other.application(reference, visibleTo: world.ratna)
        #expect(application.type.number.series == "lain")
        var made = 0
        #expect(throws: PermitError.conflict("conflict.numberTextTaken")) {
            try other.sign(
                reference, by: world.ratna, revision: application.revision, read: World.now.day, origin: "-",
                at: World.now
            ) {
                made += 1
                return World.made($0)
            }
        }
        #expect(made == 0)
        #expect(try other.application(reference, visibleTo: world.ratna).state == .awaitingSignature)
        #expect(try other.numberReports().map(\.series) == ["brida"])
        // The database itself would not take it either.
        let fault = #expect(throws: DatabaseError.self) {
            try world.raw().write { database in
                try database.execute(
                    sql: """
                        INSERT INTO letter (application_id, series, year, number, number_text, token, document, summary,
                            signatory_id, issued_at, valid_until)
                        SELECT application_id, 'lain', year, number, number_text, 'token-lain-yang-panjang', document,
                            summary, signatory_id, issued_at, valid_until FROM letter WHERE id = ?
                        """, arguments: [first.id])
            }
        }
        #expect(fault?.message?.contains("another letter has this number") == true)
    }

    /// Letters that somebody's patterns gave one number before are no reason not to open.
    @Test func aDatabaseWithDoublesStillMigrates() throws {
        let folder = NSTemporaryDirectory() + "suratizin-doubles-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: "\(folder)/m", withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(root)/migrations")
        // Accounts are written as they are today.
        where name.hasSuffix(".sql") && (name < "0012" || name.hasPrefix("0019")) {
            try FileManager.default.copyItem(atPath: "\(root)/migrations/\(name)", toPath: "\(folder)/m/\(name)")
        }
        let store = try Store(path: "\(folder)/db.sqlite")
        try store.migrate(directory: "\(folder)/m", at: World.now)
        try store.load(StartData(directory: "\(root)/migrations/start"), at: World.now)
        let staff = NewStaff(
            name: "Budi", email: "b@contoh.id", role: .verifier, unit: try store.unit(code: "brida-medan"), title: nil,
            passwordHash: "x")
        let account = try store.createStaff(staff, at: World.now)
        try DatabaseQueue(path: "\(folder)/db.sqlite").write { database in
            for (id, series) in [(1, "brida"), (2, "lain")] {
                try database.execute(
                    sql: """
                        INSERT INTO application (id, reference, letter_type_id, office_id, applicant_id, state, step,
                            answers, subject, clock, created_at, changed_at, submitted_at)
                        VALUES (:id, 'R7KQ2M9' || :id, 1, 1, :a, 'issued', 2, '{}', 'x', '{"promised":3,"used":0}', 1, 1, 1);
                        INSERT INTO letter (application_id, series, year, number, number_text, token, document, summary,
                            signatory_id, issued_at, valid_until)
                        VALUES (:id, :series, 2026, 1, '1/2026', 'token-yang-cukup-panjang' || :id, '{}', '{}', :a, 1,
                            '2027-01-01');
                        INSERT INTO number_series VALUES (:series, 2026, 1);
                        """, arguments: ["id": id, "series": series, "a": account.id.value])
            }
        }
        #expect(try store.migrate(directory: "\(root)/migrations", at: World.now).contains("0012_number_text.sql"))
        #expect(try store.numberReports().map(\.series) == ["brida", "lain"])
    }
}
