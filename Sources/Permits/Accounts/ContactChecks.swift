/// Forms in which contact data are kept. Each returns the stored form, or nil when the text has another shape.
public enum ContactChecks {
    /// Indonesian mobile number, kept as `62812...`: `0812-3456-789`, `+62 812...`, `+62 (0)812...`, and `812...` as
    /// spreadsheets keep it.
    public static func phone(_ raw: String) -> String? {
        var digits = String(raw.filter { $0 != " " && $0 != "-" && $0 != "." && $0 != "(" && $0 != ")" })
        if digits.hasPrefix("+") { digits.removeFirst() }
        guard digits.isAllDigits else { return nil }
        if digits.hasPrefix("620") { digits.removeFirst(2) }
        if digits.hasPrefix("0") { digits.removeFirst() }
        if digits.hasPrefix("8") { digits = "62" + digits }
        guard digits.hasPrefix("628") else { return nil }
        let rest = digits.dropFirst(3)
        guard (7...11).contains(rest.utf8.count), let first = rest.first, first != "0" else { return nil }
        return digits
    }

    /// A number of any country: an Indonesian mobile number as above, another as `+` and 8 to 15 digits (ITU-T E.164).
    /// `00` in front counts as `+`. A number of another country needs one of the two: without it, it is a mistyped one of
    /// this country more often than not.
    public static func worldwidePhone(_ raw: String) -> String? {
        if let domestic = phone(raw) { return domestic }
        let bare = raw.filter { $0 != " " && $0 != "-" && $0 != "." && $0 != "(" && $0 != ")" }
        let digits = bare.hasPrefix("+") ? bare.dropFirst() : bare.hasPrefix("00") ? bare.dropFirst(2) : ""
        if digits.hasPrefix("62") { return phone(String(digits)) }
        guard String(digits).isAllDigits, (8...15).contains(digits.utf8.count), digits.first != "0" else { return nil }
        return "+\(digits)"
    }

    /// A number as it is kept, as it is dialled from anywhere: `+628123456789`.
    public static func international(_ stored: String) -> String { stored.hasPrefix("+") ? stored : "+\(stored)" }

    /// A number as it is kept, as people write it: `0812 3456 789`. Anything else stays as it is.
    public static func domestic(_ stored: String) -> String {
        guard stored.hasPrefix("62"), phone(stored) == stored else { return stored }
        let digits = Array("0" + stored.dropFirst(2))
        return stride(from: 0, to: digits.count, by: 4).map {
            String(digits[$0..<Swift.min($0 + 4, digits.count)])
        }.joined(separator: " ")
    }

    /// One `@`, a domain with a dot, no blanks; at most 254 bytes (RFC 5321, 4.5.3.1.3). The domain is lower-cased. None
    /// below `.invalid` (RFC 2606, section 2), where the addresses of accounts that are gone stand.
    public static func email(_ raw: String) -> String? {
        let parts = raw.split(separator: "@", omittingEmptySubsequences: false)
        guard raw.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].utf8.count) else { return nil }
        let allowed = raw.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 32 && $0.value < 127 }
        let forbidden: Set<Character> = ["<", ">", "(", ")", "[", "]", ",", ";", ":", "\\", "\""]
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let hostCharacters = labels.allSatisfy { label in
            !label.isEmpty && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        }
        guard allowed, !raw.contains(where: forbidden.contains), labels.count >= 2, hostCharacters,
            !parts[0].hasPrefix("."), !parts[0].hasSuffix("."), !parts[0].contains(".."),
            (labels.last?.count ?? 0) >= 2,
            parts[1].lowercased().hasSuffix(".invalid") == false
        else { return nil }
        return "\(parts[0])@\(parts[1].lowercased())"
    }

    /// Passport number of any country, 5 to 12 letters and digits, kept in capitals without blanks and hyphens. ICAO Doc
    /// 9303 holds 9; some countries print more.
    public static func passport(_ raw: String) -> String? {
        let number = String(raw.filter { $0 != " " && $0 != "-" }).uppercased()
        let fits = number.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        return fits && (5...12).contains(number.utf8.count) && number.contains(where: \.isNumber) ? number : nil
    }

    /// Student number: `^[A-Za-z0-9./-]{5,20}$`, with a digit in it: a word is the title of a column, or a name.
    public static func studentNumber(_ raw: String) -> String? {
        let fits = raw.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || [45, 46, 47].contains($0)
        }
        return fits && (5...20).contains(raw.utf8.count) && raw.contains(where: \.isNumber) ? raw : nil
    }
}
