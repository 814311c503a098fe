public import Permits
import Foundation
import GRDB
import Synchronization

/// A published kind of letter with the office that issues it.
public struct PublishedLetterType: Sendable {
    public let id: Int64
    public let unit: UnitID
    public let type: LetterType
}

extension Store {
    /// The newest version of each kind of letter, by name.
    public func publishedLetterTypes(at now: Moment) throws -> [PublishedLetterType] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, office_id, max(version) FROM letter_type WHERE published_at <= ? GROUP BY slug ORDER BY slug
                    """, arguments: [now.seconds]
            ).map { row in
                PublishedLetterType(
                    id: row["id"], unit: UnitID(row["office_id"]), type: try letterType(row["id"], in: database))
            }
        }
    }

    /// - Throws: `PermitError.notFound`.
    public func publishedLetterType(slug: String, at now: Moment) throws -> PublishedLetterType {
        try read { try publishedLetterType(slug: slug, at: now, in: $0) }
    }

    public func office(_ unit: UnitID, on day: Day) throws -> Office {
        try read { try office(unit, on: day, in: $0) }
    }

    /// The office that handles an application. It tells nothing about who asked.
    /// - Throws: `notFound`.
    public func office(of reference: Reference, on day: Day) throws -> Office {
        try read { database in
            guard
                let unit = try Int64.fetchOne(
                    database, sql: "SELECT office_id FROM application WHERE reference = ?",
                    arguments: [reference.code])
            else { throw PermitError.notFound }
            return try office(UnitID(unit), on: day, in: database)
        }
    }

    /// Every office that presents itself on this day, by code.
    public func offices(on day: Day) throws -> [Office] {
        try read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT id FROM office WHERE EXISTS (
                        SELECT 1 FROM office_version WHERE office_id = office.id AND valid_from <= ?) ORDER BY code
                    """, arguments: [day.iso]
            ).map { try office(UnitID($0), on: day, in: database) }
        }
    }

    /// As whom an account signs on this day; nil when it does not sign.
    public func signatoryTitle(_ account: AccountID, on day: Day) throws -> SignatoryTitle? {
        try read { try signatoryTitle(account, on: day, in: $0) }
    }

    /// - Returns: Nil when there is no such office.
    public func unit(code: String) throws -> UnitID? {
        try read {
            try Int64.fetchOne($0, sql: "SELECT id FROM office WHERE code = ?", arguments: [code]).map { UnitID($0) }
        }
    }

    public func calendar() throws -> WorkingCalendar { try read { try calendar(in: $0) } }

    func publishedLetterType(slug: String, at now: Moment, in database: Database) throws -> PublishedLetterType {
        guard
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT id, office_id FROM letter_type WHERE slug = ? AND published_at <= ? ORDER BY version DESC LIMIT 1
                    """, arguments: [slug, now.seconds])
        else { throw PermitError.notFound }
        return PublishedLetterType(
            id: row["id"], unit: UnitID(row["office_id"]), type: try letterType(row["id"], in: database))
    }

    func letterType(_ id: Int64, in database: Database) throws -> LetterType {
        if let known = letterTypes.withLock({ $0[id] }) { return known }
        guard
            let text = try String.fetchOne(
                database, sql: "SELECT definition FROM letter_type WHERE id = ?", arguments: [id])
        else { throw PermitError.notFound }
        let type = try JSON.value(LetterType.self, text)
        letterTypes.withLock { $0[id] = type }
        return type
    }

    func office(_ unit: UnitID, on day: Day, in database: Database) throws -> Office {
        guard
            let text = try String.fetchOne(
                database,
                sql: """
                    SELECT presentation FROM office_version WHERE office_id = ? AND valid_from <= ?
                    ORDER BY valid_from DESC LIMIT 1
                    """, arguments: [unit.value, day.iso])
        else { throw PermitError.notFound }
        if let known = offices.withLock({ $0[text] }) { return known }
        let office = try JSON.value(Office.self, text)
        offices.withLock { $0[text] = office }
        return office
    }

    func calendar(in database: Database) throws -> WorkingCalendar {
        let days = try String.fetchAll(database, sql: "SELECT day FROM holiday").compactMap { Day(iso: $0) }
        return WorkingCalendar(holidays: Set(days))
    }

    func signatoryTitle(_ account: AccountID, on day: Day, in database: Database) throws -> SignatoryTitle? {
        try String.fetchOne(
            database,
            sql: """
                SELECT title FROM signatory_title WHERE account_id = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1
                """, arguments: [account.value, day.iso]
        ).map { try JSON.value(SignatoryTitle.self, $0) }
    }
}
