import Foundation
import GRDB
import HTTPServer
import Letters
import Logging
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Many past applications are as the portal itself would have kept them.
@Suite struct DemoCrowdTests {
    static let now = TestPortal.start

    /// A folder with a crowd, and what was told of the progress.
    private static func crowd(_ count: Int, seed: UInt64 = 1) throws -> (path: String, store: Store, told: [Int]) {
        let folder = NSTemporaryDirectory() + "suratizin-crowd-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/suratizin.sqlite"
        let crowd = try settle(folder, path, count: count, seed: seed)
        let loader = try PastLoader(path: path)
        var told: [Int] = []
        try crowd.load(into: loader, passwordHash: "x") { told.append($0) }
        try loader.finish()
        return (path, try Store(path: path), told)
    }

    private static func settle(_ folder: String, _ path: String, count: Int, seed: UInt64) throws -> DemoCrowd {
        let store = try Store(path: path)
        defer { try? store.close() }
        try store.migrate(directory: "\(root)/migrations", at: now)
        try store.load(StartData(directory: "\(root)/migrations/start"), at: now)
        var signing = SigningDesk.Settings(folder: KeyFolder(path: "\(folder)/keys"))
        signing.passphrase = DemoWorld.password
        let site = Site(
            store: store, vault: try FileVault(directory: "\(folder)/vault"),
            renderers: try Renderers(templates: "\(root)/Templates"), letters: try LetterRenderer(),
            statics: try StaticFiles(directory: "\(root)/Public"), hasher: PasswordHasher(cost: 10),
            desk: SigningDesk(signing),
            officeLetters: try StartData.officeLetters(directory: "\(root)/migrations/start"),
            settings: Site.Settings(), logger: Logger(label: "test"), now: { now },
            random: { count in (0..<count).map { _ in UInt8.random(in: 0...255) } })
        #expect(try DemoWorld.settle(site, since: now.adding(hours: -1)))
        return try DemoCrowd(site, count: count, seed: seed)
    }

    @Test func theyHoldWhatThePortalHolds() throws {
        let (path, store, told) = try Self.crowd(5000)
        #expect(told == [4000, 5000])
        #expect(try store.firstBrokenEvent() == nil)
        let reports = try store.numberReports()
        #expect(reports.count >= 2 && reports.allSatisfy(\.isSound) && reports.contains { $0.void > 0 })
        let database = try DatabaseQueue(path: path)
        func texts(_ sql: String) throws -> [String] { try database.read { try String.fetchAll($0, sql: sql) } }
        // A second check, which no letter type asks for now, is the one state that none can be in.
        let states = try texts("SELECT DISTINCT state FROM application")
        #expect(Set(states) == Set(ApplicationState.allCases.map(\.rawValue)).subtracting(["verified"]))
        let slugs = try texts(
            "SELECT DISTINCT slug FROM application JOIN letter_type ON letter_type.id = letter_type_id")
        #expect(slugs.count == (try store.publishedLetterTypes(at: Self.now).count))
        #expect(try Set(texts("SELECT DISTINCT kind FROM letter")) == ["permit", "refusal", "revocation"])
        #expect(try Set(texts("SELECT DISTINCT kind FROM letter_end")) == ["revoked", "void"])
        #expect(try Set(texts("SELECT DISTINCT state FROM report")) == ["given", "returned", "confirmed"])
        for (fault, sql) in [
            ("a row refers to none", "SELECT \"table\" FROM pragma_foreign_key_check"),
            ("time runs backwards", "SELECT b.id FROM event a JOIN event b ON b.id = a.id + 1 WHERE b.at < a.at"),
            ("the future", "SELECT id FROM event WHERE at > \(Self.now.seconds)"),
            (
                "state and last event disagree",
                """
                SELECT application.id FROM application JOIN event ON event.id = (
                    SELECT max(id) FROM event WHERE application_id = application.id)
                WHERE event.state <> application.state
                """
            ),
            (
                "issued without a letter",
                """
                SELECT id FROM application WHERE state = 'issued' AND NOT EXISTS (
                    SELECT 1 FROM letter WHERE application_id = application.id AND kind = 'permit')
                """
            ),
            (
                "numbers out of the order of time",
                """
                SELECT b.id FROM letter a JOIN letter b ON b.series = a.series AND b.year = a.year
                    AND b.number = a.number + 1 WHERE b.issued_at < a.issued_at
                """
            ),
        ] { #expect(try texts("SELECT '1' FROM (\(sql))").isEmpty, "\(fault)") }
        // The portal sends no reminders of what happened long ago.
        #expect(try store.queueReminders(at: Self.now) == 0)
    }

    @Test func answersAreInTheFormThatThePortalKeeps() throws {
        let (path, store, _) = try Self.crowd(600)
        let rows = try DatabaseQueue(path: path).read {
            try Row.fetchAll($0, sql: "SELECT reference, applicant_id, created_at FROM application")
        }
        #expect(rows.count == 600)
        for row in rows {
            let account = try store.account(AccountID(row["applicant_id"]))
            let reference = try #require(Reference(row["reference"] as String))
            let application = try store.application(reference, visibleTo: Permits.Viewer(account))
            let day = Moment(seconds: row["created_at"]).day
            for (key, answer) in application.answers {
                let field = try #require(application.type.field(key))
                if answer.isEmpty { continue }
                #expect(try field.check(answer, today: day).get() == answer, "\(key)")
            }
            let letters = try store.letters(of: reference, visibleTo: Permits.Viewer(account))
            if application.state == .issued {
                #expect(letters.last?.summary.maskedName == TypedText.maskedName(account.name))
            }
        }
    }

    @Test func theSameSeedGivesTheSameOnes() throws {
        func hashes(_ seed: UInt64) throws -> [Data] {
            let (path, _, _) = try Self.crowd(300, seed: seed)
            return try DatabaseQueue(path: path).read {
                try Data.fetchAll($0, sql: "SELECT hash FROM event ORDER BY id")
            }
        }
        let first = try hashes(7)
        #expect(first.count > 1000)
        #expect(try hashes(7) == first)
        #expect(try hashes(8) != first)
    }

    @Test func referencesAreAllDifferent() throws {
        let references = try (0..<200_000).map { try DemoPast.reference($0).code }
        #expect(Set(references).count == references.count)
    }

    @Test func aUsedDatabaseIsRefused() throws {
        let (path, store, _) = try Self.crowd(20)
        try store.close()
        #expect(throws: StoreCorruption.self) { try PastLoader(path: path) }
    }
}
