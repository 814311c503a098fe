/// Public name of an application: eight characters, random, so that it tells nothing and cannot be guessed on from
/// another; without letters and digits that look or sound alike. Written `R7KQ-2M9X`.
public struct Reference: Hashable, Codable, Sendable, CustomStringConvertible {
    static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
    public static let length = 8

    /// Without the hyphen.
    public let code: String

    /// From at least `length` random bytes; bytes that would favour some characters are passed over, so nil when too
    /// few are left.
    public init?(random bytes: some Sequence<UInt8>) {
        let fair = 256 - 256 % Self.alphabet.count
        var code = ""
        for byte in bytes where Int(byte) < fair && code.count < Self.length {
            code.append(Self.alphabet[Int(byte) % Self.alphabet.count])
        }
        guard code.count == Self.length else { return nil }
        self.code = code
    }

    /// As people type it: small letters, blanks and hyphens are fine.
    public init?(_ typed: String) {
        let code = typed.uppercased().filter { $0 != "-" && $0 != " " }
        guard code.count == Self.length, code.allSatisfy(Self.alphabet.contains) else { return nil }
        self.code = code
    }

    public var description: String { "\(code.prefix(4))-\(code.suffix(4))" }
}
