import Crypto
import CryptoExtras
import Foundation
import Store
import Synchronization

/// Tokens in addresses and cookies: base64url without padding (RFC 4648, section 5).
enum Token {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    /// Nil when it is none of ours: another alphabet or length.
    static func bytes(_ text: String, count: Int) -> [UInt8]? {
        guard text.utf8.count == (count * 4 + 2) / 3,
            text.utf8.allSatisfy({
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 45 || $0 == 95
            })
        else { return nil }
        let standard = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        let padded = standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: padded), data.count == count else { return nil }
        return [UInt8](data)
    }
}

/// Form tokens against forged requests. The token is masked anew in each answer, so that a compressed page does not
/// give it away bit by bit (BREACH).
enum FormToken {
    static let length = 16

    static func make(key: [UInt8], mask: [UInt8]) -> String {
        Token.text(mask + zip(mask, tag(key)).map { $0 ^ $1 })
    }

    static func isValid(_ text: String?, key: [UInt8]) -> Bool {
        guard let text, let bytes = Token.bytes(text, count: length * 2) else { return false }
        let tag = tag(key)
        // Every byte is looked at, whatever the ones before it were.
        return (0..<length).reduce(UInt8(0)) { $0 | (bytes[$1] ^ bytes[length + $1] ^ tag[$1]) } == 0
    }

    private static func tag(_ key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("form".utf8), using: SymmetricKey(data: key)).prefix(length))
    }
}

/// Too much at once; the same again in a moment will do.
struct Busy: Error {
    /// Whether an error says so, of the portal or of its store.
    static func isMeant(by error: any Error) -> Bool { error is Busy || error is StoreBusy }
}

/// Password hashes, `scrypt$15$8$1$salt$hash`. Hashing is slow and large on purpose, so only a few run at once and a
/// burst of log-ins cannot starve the readers.
///
/// Each waits on a server thread, so few may wait as well: the next is told to come again.
public final class PasswordHasher: Sendable {
    private let cost: Int
    private let slots: DispatchSemaphore
    private let waiting = Atomic<Int>(0)
    private let maximumWaiting: Int

    /// - Parameter cost: log2 of scrypt's N; 15 takes about 60 ms and 32 MiB.
    public init(cost: Int = 15, concurrency: Int = 1, maximumWaiting: Int = 6) {
        self.cost = cost
        self.maximumWaiting = maximumWaiting
        slots = DispatchSemaphore(value: concurrency)
    }

    /// How many hashes run or wait.
    var waitingNow: Int { waiting.load(ordering: .relaxed) }

    public func hash(_ password: String, salt: [UInt8]) throws -> String {
        let key = try derive(password, salt: salt, cost: cost)
        return "scrypt$\(cost)$8$1$\(Data(salt).base64EncodedString())$\(key.base64EncodedString())"
    }

    public func verify(_ password: String, against stored: String) throws -> Bool {
        let parts = stored.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let cost = Int(parts[1]), (10...20).contains(cost),
            parts[2] == "8", parts[3] == "1",
            let salt = Data(base64Encoded: String(parts[4])), let expected = Data(base64Encoded: String(parts[5]))
        else { return false }
        let key = try derive(password, salt: Array(salt), cost: cost)
        return key.count == expected.count && zip(key, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Takes as long as a real check, so that an unknown address cannot be told from a wrong password.
    func pretend(_ password: String) throws {
        _ = try derive(password, salt: Array(repeating: 0, count: 16), cost: cost)
    }

    private func derive(_ password: String, salt: [UInt8], cost: Int) throws -> Data {
        guard waiting.add(1, ordering: .relaxed).oldValue < maximumWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            throw Busy()
        }
        slots.wait()
        defer {
            slots.signal()
            waiting.subtract(1, ordering: .relaxed)
        }
        let key = try KDF.Scrypt.deriveKey(
            from: Data(password.precomposedStringWithCanonicalMapping.utf8), salt: salt, outputByteCount: 32,
            rounds: 1 << cost,
            blockSize: 8, parallelism: 1, maxMemory: 256 << 20)
        return key.withUnsafeBytes { Data($0) }
    }
}
