public import Permits
import Crypto
import Foundation
import GRDB

/// Why the database cannot be brought up to date. Nothing was changed.
public enum MigrationFault: Error, Equatable, CustomStringConvertible {
    case noMigrations(directory: String)
    case edited(name: String)
    case newerDatabase(name: String)

    public var description: String {
        switch self {
        case .noMigrations(let directory): "no migrations found in \(directory)"
        case .edited(let name): "migration \(name) was edited after it was applied; restore its original text"
        case .newerDatabase(let name):
            "the database has migration \(name), which this release does not know; install the newer release"
        }
    }
}

extension Store {
    /// Applies `NNNN_name.sql` files in order, each in its own transaction with its checksum.
    /// - Returns: Names of those applied now.
    @discardableResult
    public func migrate(directory: String, at now: Moment) throws -> [String] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
            .filter { $0.hasSuffix(".sql") }.sorted()
        guard !names.isEmpty else { throw MigrationFault.noMigrations(directory: directory) }
        let files = try names.map { name in
            let sql = try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
            return (name: name, sql: sql, checksum: Data(SHA256.hash(data: Data(sql.utf8))))
        }
        try write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS migration (
                        name TEXT PRIMARY KEY, checksum BLOB NOT NULL, applied_at INTEGER NOT NULL) STRICT
                    """)
        }
        let applied = try read { database in
            try Row.fetchAll(database, sql: "SELECT name, checksum FROM migration ORDER BY name")
                .map { (name: $0["name"] as String, checksum: $0["checksum"] as Data) }
        }
        for row in applied {
            guard let file = files.first(where: { $0.name == row.name }) else {
                throw MigrationFault.newerDatabase(name: row.name)
            }
            guard file.checksum == row.checksum else { throw MigrationFault.edited(name: row.name) }
        }
        let pending = files.filter { file in !applied.contains { $0.name == file.name } }
        for file in pending {
            try write { database in
                try database.execute(sql: file.sql)
                try database.execute(
                    sql: "INSERT INTO migration (name, checksum, applied_at) VALUES (?, ?, ?)",
                    arguments: [file.name, file.checksum, now.seconds])
            }
        }
        return pending.map(\.name)
    }
}
