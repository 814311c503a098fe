import Foundation
import GRDB
import Permits
import Store
import Testing

/// Accounts of foreigners, and the migration that made room for them.
@Suite struct IdentityStoreTests {
    static let passport = Identity.passport(country: "MYS", number: "A12345678")

    static func registration(_ identity: Identity = passport, phone: String = "+60123456789") throws -> Registration {
        try Registration(
            name: "Amirah", email: "amirah@contoh.id", phone: phone, identity: identity, password: "kuda-biru-lompat")
    }

    private static func amirah(_ world: World) throws -> Viewer {
        let account = try world.store.register(registration(), passwordHash: "x", at: World.now)
        try world.store.activate(account.id, by: world.dewi, at: World.now)
        return Viewer(try world.store.account(account.id))
    }

    @Test func aForeignerIsKept() throws {
        let world = try World()
        guard case .created(let id) = try world.store.signUp(Self.registration(), passwordHash: "x", at: World.now)
        else {
            Issue.record("not created")
            return
        }
        let account = try world.store.account(id)
        #expect(account.identity == Self.passport && account.nik == nil && account.phone == "+60123456789")
        // Turned down, the address may sign up again, with another number.
        try world.store.reject(id, because: "Nama berbeda", by: world.dewi, at: World.now)
        let again = try Self.registration(.passport(country: "SGP", number: "E1234567"))
        #expect(try world.store.signUp(again, passwordHash: "x", at: World.now) == .renewed(id))
        #expect(try world.store.account(id).identity == again.identity)
    }

    @Test func theCopyNamesThePassport() throws {
        let world = try World()
        let data = try world.store.personalData(of: Self.amirah(world), at: World.now).account
        #expect(data.nik == nil && data.passport == "A12345678" && data.citizenship == "MYS")
        let own = try world.store.personalData(of: world.siti, at: World.now).account
        #expect(own.nik == "1271045203990001" && own.passport == nil && own.citizenship == nil)
    }

    /// As an NIK: kept where a letter speaks of it, else masked.
    @Test(arguments: [true, false]) func deletionTreatsItAsAnNIK(hasLetter: Bool) throws {
        let world = try World()
        let amirah = try Self.amirah(world)
        if hasLetter {
            let reference = try world.submitted(by: amirah)
            try world.store.change(reference, by: world.budi, origin: "127.0.0.1") {
                try $0.decide(.recommend, by: world.budi, at: World.now, in: $1)
            }
            _ = try world.sign(reference)
        }
        try world.store.requestDeletion(of: amirah, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: World.now.adding(hours: 8 * 24)) == 1)
        let left = try world.store.account(amirah.account).identity
        #expect(left == (hasLetter ? Self.passport : .passport(country: "MYS", number: "*******78")))
    }

    @Test func theLastDigitsOfAForeignNumberTrack() throws {
        let world = try World()
        let reference = try world.submitted(by: Self.amirah(world))
        #expect(try world.store.tracking(reference, digits: "6789") != nil)
        #expect(try world.store.tracking(reference, digits: "0000") == nil)
    }

    // MARK: The migration

    /// All rows of all tables, with names in place of numbers where a column was renamed.
    private static func contents(_ database: Database) throws -> [String: [String]] {
        let tables = try String.fetchAll(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return try Dictionary(
            uniqueKeysWithValues: tables.filter { $0 != "migration" }.map { table in
                (table, try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\(Array($0.databaseValues))" })
            })
    }

    private static func schema(_ database: Database) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT type || ' ' || name || ' ' || sql FROM sqlite_master
                WHERE sql IS NOT NULL AND name <> 'migration' ORDER BY type, name
                """
        ).map { $0.replacing("\"identity\"", with: "identity").replacing("\"nik\"", with: "nik") }
    }

    /// On a database in use, with a column that the migration knows nothing of.
    @Test func itLosesAndLoosensNothing() async throws {
        let world = try World()
        _ = try world.sign(world.awaitingSignature())
        _ = try world.submitted()
        let raw = try world.raw()
        let (before, rows) = try await raw.write { database in
            try database.execute(
                sql: """
                    ALTER TABLE account RENAME COLUMN identity TO nik;
                    ALTER TABLE account ADD COLUMN later TEXT NOT NULL DEFAULT 'kept';
                    CREATE INDEX account_later ON account (nik) WHERE later = 'kept';
                    CREATE TABLE account_later_note (account_id INTEGER NOT NULL REFERENCES account (id)) STRICT;
                    INSERT INTO account_later_note SELECT id FROM account;
                    CREATE TRIGGER account_later_watch AFTER UPDATE OF nik ON account BEGIN SELECT NEW.nik; END;
                    DELETE FROM migration WHERE name = '0019_identity.sql';
                    """)
            return (try Self.schema(database), try Self.contents(database))
        }
        #expect(try world.store.migrate(directory: "\(root)/migrations", at: World.now) == ["0019_identity.sql"])
        try await raw.read { database in
            let renamed = before.map { $0.replacing(/\bnik\b/.wordBoundaryKind(.simple), with: "identity") }
            #expect(try Self.schema(database) == renamed, "nothing but the name has changed")
            #expect(try Self.contents(database) == rows)
            #expect(try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").isEmpty)
            #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
            let referring = try Int.fetchOne(
                database,
                sql: """
                    SELECT count(*) FROM sqlite_master JOIN pragma_foreign_key_list(sqlite_master.name) AS key
                    WHERE type = 'table' AND key."table" = 'account'
                    """)
            #expect((referring ?? 0) > 20)
        }
        #expect(try world.store.firstBrokenEvent() == nil)
        #expect(try world.store.account(world.siti.account).nik == "1271045203990001")
        let foreign = try world.store.register(Self.registration(), passwordHash: "x", at: World.now)
        #expect(foreign.identity == Self.passport)
        // The checks still stand: every citizen has a number, of sixteen characters.
        for faulty in ["NULL", "'MYSA12345678'", "''"] {
            await #expect(throws: DatabaseError.self, "\(faulty)") {
                try await raw.write {
                    try $0.execute(sql: "UPDATE account SET identity = \(faulty) WHERE id = \(foreign.id.value)")
                }
            }
        }
    }
}
