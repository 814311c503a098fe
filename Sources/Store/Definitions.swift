public import Permits
import Foundation
import GRDB
import Synchronization

/// A version of a kind of letter, as lists of them tell.
public struct LetterTypeVersion: Equatable, Sendable {
    public let slug: String
    public let version: Int
    public let name: String
    /// Code of its office.
    public let office: String
    /// From when on new files are begun with it.
    public let from: Moment
}

/// Offices and kinds of letters are data: a new one, or a new version, needs no new program and no restart.
extension Store {
    /// Publishes versions of kinds of letters, all or none. Files that were begun keep theirs.
    /// - Parameter start: From when on new files are begun with them.
    /// - Throws: `StartDataFault` for what no letters can be made from, an office that is not there or another one, or a
    ///   version that does not follow the last one.
    public func publish(_ types: [LetterType], from start: Moment) throws {
        try types.forEach(StartData.expectSound)
        do {
            try write { database in
                for type in types { try insert(type, from: start, in: database) }
                try expectOneSeriesForEachPattern(in: database)
            }
        } catch {
            // What was read of rows that are not there after all: their ids go to others.
            letterTypes.withLock { $0 = [:] }
            throw error
        }
    }

    private func insert(_ type: LetterType, from start: Moment, in database: Database) throws {
        guard
            let office = try Int64.fetchOne(
                database, sql: "SELECT id FROM office WHERE code = ?", arguments: [type.unit])
        else { throw StartDataFault(description: "letter type \(type.slug): there is no office '\(type.unit)'") }
        let last = try Row.fetchOne(
            database,
            sql: """
                SELECT version, office_id, published_at FROM letter_type WHERE slug = ? ORDER BY version DESC LIMIT 1
                """, arguments: [type.slug])
        if let last { try Self.expect(type, of: office, from: start, toFollow: last) }
        try database.execute(
            sql:
                "INSERT INTO letter_type (slug, version, office_id, definition, published_at) VALUES (?, ?, ?, ?, ?)",
            arguments: [type.slug, type.version, office, JSON.text(type), start.seconds])
    }

    private static func expect(_ type: LetterType, of office: Int64, from start: Moment, toFollow last: Row) throws {
        let version: Int = last["version"]
        guard office == last["office_id"] as Int64 else {
            throw StartDataFault(description: "letter type \(type.slug) belongs to another office; take another slug")
        }
        guard type.version > version else {
            throw StartDataFault(
                description: "letter type \(type.slug): version \(version) is there; publish a change as \(version + 1)"
            )
        }
        guard start >= last.moment("published_at") else {
            throw StartDataFault(
                description: "letter type \(type.slug): version \(version) begins later than this one would")
        }
    }

    /// Publishes an office, or how it presents itself from its `validFrom` on.
    /// - Throws: `StartDataFault` when it presents itself otherwise from that day on already.
    public func publish(_ office: Office) throws {
        try write { database in
            try Self.insert(office, in: database)
            let kept = try String.fetchOne(
                database,
                sql: """
                    SELECT presentation FROM office_version JOIN office ON office.id = office_id
                    WHERE code = ? AND valid_from = ?
                    """, arguments: [office.code, office.validFrom.iso])
            guard try kept.map({ try JSON.value(Office.self, $0) }) == office else {
                throw StartDataFault(
                    description:
                        "office \(office.code): there is another text from \(office.validFrom.iso) on; take a later day"
                )
            }
            try expectOneSeriesForEachPattern(in: database)
        }
    }

    /// Every version of every kind of letter, by slug and version.
    public func letterTypeVersions() throws -> [LetterTypeVersion] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT letter_type.id, slug, version, code, published_at FROM letter_type
                    JOIN office ON office.id = office_id ORDER BY slug, version
                    """
            ).map { row in
                LetterTypeVersion(
                    slug: row["slug"], version: row["version"],
                    name: try letterType(row["id"], in: database).name, office: row["code"],
                    from: row.moment("published_at"))
            }
        }
    }

    /// - Parameter version: The newest one, when nil.
    /// - Throws: `PermitError.notFound`.
    public func letterType(slug: String, version: Int? = nil) throws -> LetterType {
        try read { database in
            guard
                let id = try Int64.fetchOne(
                    database,
                    sql: """
                        SELECT id FROM letter_type WHERE slug = ?1 AND (?2 IS NULL OR version = ?2)
                        ORDER BY version DESC LIMIT 1
                        """, arguments: [slug, version])
            else { throw PermitError.notFound }
            return try letterType(id, in: database)
        }
    }
}

extension StartData {
    /// Reads one letter type; its translation may stand beside it as in the folder of start data.
    public static func letterType(file path: String, completedWith lists: FieldLists) throws -> LetterType {
        var type = try decode(LetterType.self, from: path)
        let tables = try translations(of: type.slug, from: URL(fileURLWithPath: path).deletingLastPathComponent().path)
        if let tables { type.translations = (type.translations ?? [:]).merging(tables) { $1 } }
        type = type.completed(with: lists)
        try expectSound(type)
        return type
    }

    /// Reads one office; its translation may stand beside it.
    public static func office(file path: String) throws -> Office {
        var office = try decode(Office.self, from: path)
        let tables = try translations(
            of: office.code, from: URL(fileURLWithPath: path).deletingLastPathComponent().path)
        if let tables { office.translations = (office.translations ?? [:]).merging(tables) { $1 } }
        return office
    }

    static func expectSound(_ type: LetterType) throws {
        if let fault = type.faults.first { throw StartDataFault(description: "letter type \(type.slug): \(fault)") }
    }
}
