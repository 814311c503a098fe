public import Permits
import Foundation
import GRDB

/// What a fresh installation begins with: offices, calendar and letter types, read from files.
public struct StartData: Sendable {
    public struct Holiday: Equatable, Sendable {
        public let day: Day
        public let name: String
        public let kind: String
    }

    public var offices: [Office]
    public var letterTypes: [LetterType]
    public var holidays: [Holiday]

    public init(offices: [Office], letterTypes: [LetterType], holidays: [Holiday]) {
        self.offices = offices
        self.letterTypes = letterTypes
        self.holidays = holidays
    }

    /// Reads `offices/*.json`, `letter-types/*.json`, `holidays.csv` and the lists that letter types share. The translation
    /// of an office or letter type may stand beside it, in `letter-types/<language>/<slug>.json`: an object from Indonesian
    /// text to the other.
    public init(directory: String) throws {
        offices = try Self.files(in: "\(directory)/offices").map { try Self.office(file: $0) }
        let lists = try FieldLists(directory: directory)
        letterTypes = try Self.files(in: "\(directory)/letter-types").map {
            try Self.letterType(file: $0, completedWith: lists)
        }
        let lines = try String(contentsOfFile: "\(directory)/holidays.csv", encoding: .utf8).split(
            whereSeparator: \.isNewline)
        holidays = try lines.dropFirst().map { line in
            let cells = line.split(separator: ",", maxSplits: 1)
            guard let first = cells.first, let day = Day(iso: String(first)), cells.count == 2,
                let comma = cells[1].lastIndex(of: ",")
            else { throw StartDataFault(description: "holidays.csv: cannot read '\(line)'") }
            let name = cells[1][..<comma].trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
            return Holiday(day: day, name: name, kind: String(cells[1][cells[1].index(after: comma)...]))
        }
    }

    /// Reads `office-letters/<kind>.json`: the portal's own texts of further letters.
    public static func officeLetters(directory: String) throws -> OfficeLetters {
        var letters = OfficeLetters()
        for kind in OfficeLetterKind.allCases {
            letters[kind] = try decode(
                LetterTemplate.self, from: "\(directory)/office-letters/\(kind.rawValue).json")
        }
        if let fault = letters.faults.first { throw StartDataFault(description: "office letter \(fault)") }
        return letters
    }

    static func translations(of name: String, from directory: String) throws -> [String: [String: String]]? {
        var tables: [String: [String: String]] = [:]
        for language in Language.allCases where language != .standard {
            let path = "\(directory)/\(language.rawValue)/\(name).json"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            tables[language.rawValue] = try decode([String: String].self, from: path)
        }
        return tables.isEmpty ? nil : tables
    }

    private static func files(in directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".json") }.sorted()
            .map { "\(directory)/\($0)" }
    }

    static func decode<T: Decodable>(_ type: T.Type, from path: String) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch let error as DecodingError {
            throw StartDataFault(description: "\(path): \(error)")
        } catch {
            throw StartDataFault(description: "\(path) cannot be read")
        }
    }
}

extension FieldLists {
    /// Reads `medan-kelurahan.csv` (code, kecamatan, kelurahan) and `institutions.txt`, one name per line.
    public init(directory: String) throws {
        let table = DelimitedText(try String(contentsOfFile: "\(directory)/medan-kelurahan.csv", encoding: .utf8))
        let places = try table.lines.dropFirst().map { line in
            guard line.cells.count == 3 else {
                throw StartDataFault(description: "medan-kelurahan.csv: cannot read '\(line.raw)'")
            }
            return Place(code: line.cells[0], kecamatan: line.cells[1], kelurahan: line.cells[2])
        }
        let names = try String(contentsOfFile: "\(directory)/institutions.txt", encoding: .utf8)
        self.init(places: places, institutions: names.split(whereSeparator: \.isNewline).map(String.init))
    }
}

public struct StartDataFault: Error, CustomStringConvertible {
    public let description: String
}

extension Store {
    /// Loads start data into a database that never had any.
    public func loadOnce(_ start: () throws -> StartData, at now: Moment) throws {
        let isLoaded = try read { try Bool.fetchOne($0, sql: "SELECT EXISTS (SELECT 1 FROM start_data)") }
        if isLoaded == true { return }
        try load(try start(), at: now)
    }

    /// Adds what is not there yet and touches nothing that is: an office may have changed it since.
    public func load(_ start: StartData, at now: Moment) throws {
        try write { database in
            for office in start.offices { try Self.insert(office, in: database) }
            for type in start.letterTypes {
                guard
                    let office = try Int64.fetchOne(
                        database, sql: "SELECT id FROM office WHERE code = ?", arguments: [type.unit])
                else {
                    throw StartDataFault(description: "letter type \(type.slug): there is no office '\(type.unit)'")
                }
                try database.execute(
                    sql: """
                        INSERT INTO letter_type (slug, version, office_id, definition, published_at) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (slug, version) DO NOTHING
                        """, arguments: [type.slug, type.version, office, JSON.text(type), now.seconds])
            }
            for holiday in start.holidays {
                try database.execute(
                    sql: "INSERT INTO holiday (day, name, kind) VALUES (?, ?, ?) ON CONFLICT (day) DO NOTHING",
                    arguments: [holiday.day.iso, holiday.name, holiday.kind])
            }
            try expectOneSeriesForEachPattern(in: database)
            try database.execute(sql: "INSERT INTO start_data (loaded_at) VALUES (?)", arguments: [now.seconds])
        }
    }

    static func insert(_ office: Office, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO office (code) VALUES (?) ON CONFLICT (code) DO NOTHING", arguments: [office.code])
        try database.execute(
            sql: """
                INSERT INTO office_version (office_id, valid_from, presentation)
                SELECT id, ?, ? FROM office WHERE code = ? ON CONFLICT (office_id, valid_from) DO NOTHING
                """, arguments: [office.validFrom.iso, JSON.text(office), office.code])
    }
}
