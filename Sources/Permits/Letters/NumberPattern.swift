/// A letter's number: pattern of its type plus the running number of its series and year.
public struct NumberPattern: Sendable, Equatable {
    enum Part: Equatable, Sendable {
        case literal(String)
        case classification, unit, year, month, romanMonth
        case number(padding: Int)
    }

    let parts: [Part]

    /// Nil when a tag is unknown, unclosed, or `{number}` is not there exactly once.
    public init?(_ pattern: String) {
        var parts: [Part] = []
        var rest = Substring(pattern)
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: "}") else { return nil }
            let tag = rest[rest.index(after: open)..<close]
            switch tag {
            case "classification": parts.append(.classification)
            case "unit": parts.append(.unit)
            case "year": parts.append(.year)
            case "month": parts.append(.month)
            case "month:roman": parts.append(.romanMonth)
            case "number": parts.append(.number(padding: 1))
            default:
                guard tag.hasPrefix("number:"), let padding = Int(tag.dropFirst(7)), (1...9).contains(padding) else {
                    return nil
                }
                parts.append(.number(padding: padding))
            }
            rest = rest[rest.index(after: close)...]
        }
        if rest.contains("}") { return nil }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        let running = parts.filter { if case .number = $0 { true } else { false } }
        guard running.count == 1 else { return nil }
        self.parts = parts
    }

    static let romanMonths = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]

    /// `number` nil stands for one that is not taken yet and leaves a gap of underscores to be read as such.
    public func text(number: Int?, classification: String, unit: String, on day: Day) -> String {
        parts.map { part in
            switch part {
            case .literal(let text): return text
            case .classification: return classification
            case .unit: return unit
            case .year: return String(day.year)
            case .month: return day.month < 10 ? "0\(day.month)" : "\(day.month)"
            case .romanMonth: return Self.romanMonths[day.month - 1]
            case .number(let padding):
                guard let number else { return String(repeating: "_", count: padding) }
                let digits = String(number)
                return String(repeating: "0", count: Swift.max(0, padding - digits.count)) + digits
            }
        }.joined()
    }
}
