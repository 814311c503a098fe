/// From a day to a day, both included.
public struct DayRange: Equatable, Sendable {
    public let first: Day
    public let last: Day

    /// `2026-01-01/2026-03-31`, an interval of ISO 8601-1, 5.5.
    public var iso: String { "\(first.iso)/\(last.iso)" }

    /// Reads the stored form, and what people type: `1/1/2026 s.d. 31/3/2026`. The order of the days is not checked.
    public init?(_ text: String) {
        let (first, last) = Self.halves(of: text)
        guard let first = Day(typed: first), let last = Day(typed: last) else { return nil }
        self.first = first
        self.last = last
    }

    static let separator = "s.d."

    /// Both ends as they were typed, also when they are no days.
    public static func halves(of text: String) -> (first: String, last: String) {
        if text.utf8.count == 21, let slash = text.firstIndex(of: "/"), Day(iso: String(text[..<slash])) != nil {
            return (String(text[..<slash]), String(text[text.index(after: slash)...]))
        }
        for word in [separator, "s/d", "sampai dengan", "sampai", " - ", " \u{2013} "] {
            if let range = text.firstRange(of: word) {
                return (
                    TypedText.cleaned(String(text[..<range.lowerBound]), keepingLines: false),
                    TypedText.cleaned(String(text[range.upperBound...]), keepingLines: false)
                )
            }
        }
        return (text, "")
    }

    /// Two answers as one, to be checked together.
    public static func joined(_ first: String, _ last: String) -> String {
        first.isEmpty && last.isEmpty ? "" : "\(first) \(separator) \(last)"
    }

    /// Days, both ends included.
    public var count: Int { last.ordinal - first.ordinal + 1 }
}
