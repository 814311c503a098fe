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
        for word in [separator, "s/d", "sampai dengan", "sampai"] {
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

extension Day {
    /// `2026-08-17`, or `17/08/2026` as people write it where the browser has no date picker.
    init?(typed text: String) {
        if let day = Day(iso: text) {
            self = day
            return
        }
        let parts = text.split(whereSeparator: { $0 == "/" || $0 == "-" || $0 == "." })
        guard parts.count == 3, parts.allSatisfy({ String($0).isAllDigits && $0.utf8.count <= 4 }),
            let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2]), year >= 1900,
            let typed = Day(year: year, month: month, day: day)
        else { return nil }
        self = typed
    }
}
