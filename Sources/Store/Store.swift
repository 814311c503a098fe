public import Permits
import Crypto
import Foundation
import GRDB
import Synchronization

/// The database. Every public method is one transaction; domain types go in and come out.
///
/// Write-ahead log with `synchronous = FULL`: what a method returned survives a loss of power.
public final class Store: Sendable {
    let pool: DatabasePool
    /// Published versions never change, so each is decoded once.
    let letterTypes = Mutex<[Int64: LetterType]>([:])
    /// By what they are decoded from.
    let offices = Mutex<[String: Office]>([:])
    /// By hash of the token.
    private let refusalCount = Atomic<Int>(0)
    let turns = SigningTurns()
    let usedSessions = Mutex<[Data: SessionUse]>([:])
    /// Ways on which messages go out beside e-mail. What is connected on others waits for them to come back.
    public let channels: [NotificationChannel]

    /// Opens or creates the database at `path`. Call `migrate` before anything else.
    /// - Parameters:
    ///   - channels: Ways on which messages go out beside e-mail.
    ///   - watcher: Is told every statement before it runs.
    public init(
        path: String, channels: Set<NotificationChannel> = [], watcher: (@Sendable (String) -> Void)? = nil
    ) throws {
        self.channels = NotificationChannel.chats.filter(channels.contains)
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 8
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            if let watcher {
                database.trace { event in
                    if case .statement(let statement) = event { watcher(statement.sql) }
                }
            }
        }
        pool = try DatabasePool(path: path, configuration: configuration)
    }

    /// Whether the database answers.
    public func isAlive() -> Bool {
        (try? pool.read { try Int.fetchOne($0, sql: "SELECT 1") }) == 1
    }

    /// How often the database could not take a change since the start.
    public var refusals: Int { refusalCount.load(ordering: .relaxed) }

    public func close() throws { try pool.close() }

    func read<T>(_ work: (Database) throws -> T) throws -> T { try naming { try pool.read(work) } }
    func write<T>(_ work: (Database) throws -> T) throws -> T { try naming { try pool.write(work) } }

    /// Faults of the machine rather than of ours get a name that others can act on.
    private func naming<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch let fault as DatabaseError
            where [.SQLITE_BUSY, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY].contains(fault.resultCode)
        {
            refusalCount.add(1, ordering: .relaxed)
            throw StoreBusy(description: "database: \(fault.message ?? "\(fault.resultCode)")")
        }
    }
}

/// The database could not take this now: another process holds it, or the disk is full. Nothing was changed.
public struct StoreBusy: Error, CustomStringConvertible {
    public let description: String
}

/// A stored value that no release of ours can have written: somebody changed the file.
public struct StoreCorruption: Error, CustomStringConvertible {
    public let description: String
}

enum JSON {
    /// The same text as below, for what is written most. Escapes are those of RFC 8259, section 7.
    static func text(_ value: [String: String]) throws -> String {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        bytes.reserveCapacity(value.reduce(2) { $0 + $1.key.utf8.count + $1.value.utf8.count + 6 })
        for (key, text) in value.sorted(by: { $0.key < $1.key }) {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            quote(key, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            quote(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func quote(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += Array("\\b".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0C: bytes += Array("\\f".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0..<0x20: bytes += Array((byte < 16 ? "\\u000" : "\\u00").utf8) + Array(String(byte, radix: 16).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        // One value has one text: hashes and comparisons rely on it.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func value<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

extension Row {
    /// A column that holds one of an enumeration's names.
    func name<T: RawRepresentable>(_ column: String, as type: T.Type = T.self) throws -> T where T.RawValue == String {
        let raw: String = self[column]
        guard let value = T(rawValue: raw) else { throw StoreCorruption(description: "\(column) is '\(raw)'") }
        return value
    }

    func moment(_ column: String) -> Moment { Moment(seconds: self[column]) }
    func moment(ifPresent column: String) -> Moment? { (self[column] as Int64?).map { Moment(seconds: $0) } }

    func day(_ column: String) throws -> Day {
        let raw: String = self[column]
        guard let day = Day(iso: raw) else { throw StoreCorruption(description: "\(column) is '\(raw)'") }
        return day
    }
}

/// SHA-256 of a secret that only its holder has.
func secretHash(_ secret: some Sequence<UInt8>) -> Data { Data(SHA256.hash(data: Data(secret))) }
