import Foundation
import GRDB
import Permits
import Store
import Testing

@Suite struct MigrationTests {
    private func folder() throws -> String {
        let path = NSTemporaryDirectory() + "suratizin-migrations-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    @Test func runsOnceAndInOrder() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try Store(path: "\(folder)/db.sqlite")
        try "CREATE TABLE a (x INTEGER) STRICT;".write(
            toFile: "\(folder)/0001_a.sql", atomically: true, encoding: .utf8)
        #expect(try store.migrate(directory: folder, at: World.now) == ["0001_a.sql"])
        try "ALTER TABLE a ADD COLUMN y INTEGER;".write(
            toFile: "\(folder)/0002_b.sql", atomically: true, encoding: .utf8)
        #expect(try store.migrate(directory: folder, at: World.now) == ["0002_b.sql"])
        #expect(try store.migrate(directory: folder, at: World.now) == [])
    }

    @Test func refusesEditedAndNewerOnesAndAnEmptyFolder() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try Store(path: "\(folder)/db.sqlite")
        #expect(throws: MigrationFault.noMigrations(directory: folder)) {
            try store.migrate(directory: folder, at: World.now)
        }
        try "CREATE TABLE a (x INTEGER) STRICT;".write(
            toFile: "\(folder)/0001_a.sql", atomically: true, encoding: .utf8)
        try store.migrate(directory: folder, at: World.now)
        try "CREATE TABLE a (x TEXT) STRICT;".write(toFile: "\(folder)/0001_a.sql", atomically: true, encoding: .utf8)
        #expect(throws: MigrationFault.edited(name: "0001_a.sql")) {
            try store.migrate(directory: folder, at: World.now)
        }
        try FileManager.default.moveItem(atPath: "\(folder)/0001_a.sql", toPath: "\(folder)/0001_other.sql")
        #expect(throws: MigrationFault.newerDatabase(name: "0001_a.sql")) {
            try store.migrate(directory: folder, at: World.now)
        }
    }

    @Test func aFailingOneLeavesNothingBehind() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let store = try Store(path: "\(folder)/db.sqlite")
        try "CREATE TABLE a (x INTEGER) STRICT; BROKEN;".write(
            toFile: "\(folder)/0001_a.sql", atomically: true, encoding: .utf8)
        #expect(throws: (any Error).self) { try store.migrate(directory: folder, at: World.now) }
        try "CREATE TABLE a (x INTEGER) STRICT;".write(
            toFile: "\(folder)/0001_a.sql", atomically: true, encoding: .utf8)
        #expect(try store.migrate(directory: folder, at: World.now) == ["0001_a.sql"])
    }

    /// What waited, was chosen and had happened before there were other ways than e-mail.
    @Test func mailsChoicesAndEventsFromBeforeChannelsStay() async throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let all = try FileManager.default.contentsOfDirectory(atPath: "\(root)/migrations")
        for name in all where name.hasSuffix(".sql") && name < "0015" {
            try FileManager.default.copyItem(atPath: "\(root)/migrations/\(name)", toPath: "\(folder)/\(name)")
        }
        let store = try Store(path: "\(folder)/db.sqlite", channels: [.telegram])
        try store.migrate(directory: folder, at: World.now)
        try await DatabaseQueue(path: "\(folder)/db.sqlite").write { database in
            try database.execute(
                sql: """
                    INSERT INTO account (id, name, email, phone, nik, password, state, role, registered_at)
                    VALUES (7, 'Siti', 'siti@contoh.id', '6281234567890', '1271045203990001', 'x', 'active', 'citizen', 1);
                    INSERT INTO outbox (kind, account_id, payload, created_at, not_before, sent_at)
                    VALUES ('submitted', 7, '{}', 1, 1, 2), ('issued', 7, '{}', 3, 3, NULL);
                    INSERT INTO outbox (kind, account_id, payload, created_at, not_before, address)
                    VALUES ('emailChange', 7, '{}', 4, 4, 'baru@contoh.id');
                    INSERT INTO notification_choice VALUES (7, 'receipt', 'email', 0);
                    INSERT INTO account_event (account_id, kind, at) VALUES (7, 'registered', 1), (7, 'phoneChanged', 2);
                    """)
        }
        for name in all where name.hasPrefix("0015") {
            try FileManager.default.copyItem(atPath: "\(root)/migrations/\(name)", toPath: "\(folder)/\(name)")
        }
        #expect(try store.migrate(directory: folder, at: World.now) == ["0015_channels.sql"])
        let waiting = try store.waitingMessages(at: World.now, limit: 9)
        #expect(waiting.map(\.kind) == [.issued, .emailChange])
        #expect(waiting.map(\.address) == ["siti@contoh.id", "baru@contoh.id"])
        #expect(try store.waitingMessages(by: .telegram, at: World.now, limit: 9).isEmpty)
        let choices = try store.notificationChoices(of: AccountID(7))
        #expect(choices[.email]?[.receipt] == false && choices[.email]?[.progress] == true && choices.count == 1)
        let kinds = try await DatabaseQueue(path: "\(folder)/db.sqlite").read { database in
            try String.fetchAll(database, sql: "SELECT kind FROM account_event ORDER BY id")
        }
        #expect(kinds == ["registered", "phoneChanged"])
    }

    @Test func loadingStartDataTwiceAddsNothing() throws {
        let world = try World()
        let before = try world.store.publishedLetterTypes(at: World.now).count
        try world.store.load(StartData(directory: "\(root)/migrations/start"), at: World.now)
        #expect(try world.store.publishedLetterTypes(at: World.now).count == before)
        #expect(try world.store.calendar().holidays.count > 40)
    }
}
