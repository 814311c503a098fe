import Foundation
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

    @Test func loadingStartDataTwiceAddsNothing() throws {
        let world = try World()
        let before = try world.store.publishedLetterTypes(at: World.now).count
        try world.store.load(StartData(directory: "\(root)/migrations/start"), at: World.now)
        #expect(try world.store.publishedLetterTypes(at: World.now).count == before)
        #expect(try world.store.calendar().holidays.count > 40)
    }
}
