/// A code of six digits that shows that somebody reads what is sent to a number.
public enum ChannelCode {
    public static let digits = 6
    public static let seconds: Int64 = 600
    public static let tries = 5

    /// As typed, `123 456` or `123-456` among it; nil when it has another shape.
    public static func typed(_ raw: String) -> String? {
        let text = raw.filter { $0 != " " && $0 != "-" }
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return text
    }

    /// Each of a million codes is as likely as any other, to within one in a trillion.
    /// - Parameter random: eight bytes.
    public static func make(random: [UInt8]) -> String {
        let number = random.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
        let text = String(number)
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }

    /// What came of typing one.
    public enum Outcome: Equatable, Sendable {
        case connected
        case wrong(left: Int)
        /// None was sent, it is too old, or it was tried too often.
        case void
    }
}
