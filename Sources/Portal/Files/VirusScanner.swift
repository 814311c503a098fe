import HTTPServer
import Synchronization

/// What clamd said about a file.
enum VirusVerdict: Equatable, Sendable {
    case clean
    /// Under this name.
    case found(String)
    /// More than clamd takes (its `StreamMaxLength`).
    case tooLarge
}

/// clamd could not be asked, or answered nothing that can be understood. The file must wait then.
struct VirusScannerAway: Error, Equatable, CustomStringConvertible {
    let reason: String
    var description: String { "clamd: \(reason)" }
}

/// Asks clamd about a file over its socket (clamd(8), `zINSTREAM`).
public struct VirusScanner: Sendable {
    private let endpoint: SocketEndpoint
    /// Seconds for the whole conversation.
    private let timeout: Double
    private let conversations: Conversations
    /// Bytes of each piece.
    private static let pieceBytes = 64 * 1024
    /// Answers are one short line.
    private static let maxAnswerBytes = 1024

    /// Nil when the address is none.
    /// - Parameters:
    ///   - address: Path of a unix socket, or `127.0.0.1:3310`.
    ///   - timeout: Seconds for the whole conversation.
    ///   - atOnce: Conversations. Each holds a thread of the server, and a silent clamd must not hold them all.
    public init?(_ address: String, timeout: Double = 30, atOnce: Int = 6) {
        guard let endpoint = SocketEndpoint(address) else { return nil }
        self.endpoint = endpoint
        self.timeout = timeout
        conversations = Conversations(limit: atOnce)
    }

    /// Conversations that run now.
    var running: Int { conversations.running }

    func scan(_ file: UploadedFile) throws -> VirusVerdict {
        guard conversations.begin() else { throw VirusScannerAway(reason: "too many files at once") }
        defer { conversations.end() }
        let deadline = Deadline(seconds: timeout)
        let socket = try ClientSocket(endpoint, connectSeconds: min(2, timeout), deadline: deadline)
        var answer: [UInt8]
        do {
            try socket.write(Array("zINSTREAM\0".utf8))
            try file.forEachPiece(of: Self.pieceBytes) { piece in
                try socket.write(Self.length(piece.count) + piece)
            }
            try socket.write(Self.length(0))
            answer = try socket.readLine(maxBytes: Self.maxAnswerBytes)
        } catch let fault as VirusScannerAway {
            // Of a file that is too large clamd says so and closes while we still send.
            guard let said = try? socket.readLine(maxBytes: Self.maxAnswerBytes), !said.isEmpty else { throw fault }
            answer = said
        }
        return try Self.verdict(String(decoding: answer, as: UTF8.self))
    }

    /// `stream: OK`, `stream: NAME FOUND` or a fault.
    static func verdict(_ answer: String) throws(VirusScannerAway) -> VirusVerdict {
        if answer == "stream: OK" { return .clean }
        if answer.hasPrefix("stream: "), answer.hasSuffix(" FOUND") {
            return .found(String(answer.dropFirst(8).dropLast(6)))
        }
        if answer.contains("size limit exceeded") { return .tooLarge }
        throw VirusScannerAway(
            reason: answer.isEmpty ? "closed without an answer" : "answered \(answer.debugDescription)")
    }

    /// Four bytes, big-endian.
    private static func length(_ count: Int) -> [UInt8] {
        (0..<4).reversed().map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
    }
}

/// How many files are being looked at.
private final class Conversations: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) { self.limit = limit }

    var running: Int { count.withLock { $0 } }

    func begin() -> Bool {
        count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
    }

    func end() { count.withLock { $0 -= 1 } }
}
