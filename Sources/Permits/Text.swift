/// Cleaning of what people type. Everything stored passes here once.
public enum TypedText {
    /// Trims, unifies line ends to `\n`, folds runs of blanks and drops what cannot be seen or would
    /// reorder the line (control characters, bidirectional overrides, zero-width spaces).
    public static func cleaned(_ raw: String, keepingLines: Bool) -> String {
        if isClean(raw) { return raw }
        var scalars = String.UnicodeScalarView()
        var pendingBlank = false
        for scalar in raw.replacingLineEnds.unicodeScalars {
            if scalar == "\n" && keepingLines {
                pendingBlank = false
                if !scalars.isEmpty { scalars.append(scalar) }
            } else if scalar.properties.isWhitespace {
                pendingBlank = !scalars.isEmpty && scalars.last != "\n"
            } else if !isInvisible(scalar) {
                if pendingBlank { scalars.append(" ") }
                pendingBlank = false
                scalars.append(scalar)
            }
        }
        while scalars.last == "\n" { scalars.removeLast() }
        return String(scalars)
    }

    /// Without the apostrophe by which spreadsheets mark digits as text: `'0812...`. That of a name stays: `'Aisyah`.
    static func withoutTextMark(_ text: String) -> String {
        guard let first = text.first, "'\u{2018}\u{2019}".contains(first) else { return text }
        let rest = text.dropFirst()
        return rest.utf8.first.map { (48...57).contains($0) || $0 == 43 } == true ? String(rest) : text
    }

    /// Whether somebody sent what no keyboard types: control characters besides tab and line ends.
    static func hasControls(_ raw: String) -> Bool {
        raw.unicodeScalars.contains { scalar in
            scalar.properties.generalCategory == .control && scalar != "\t" && scalar != "\n" && scalar != "\r"
        }
    }

    /// Most answers are plain letters with single blanks between: nothing to look up, and nothing to copy.
    private static func isClean(_ raw: String) -> Bool {
        var previous = UInt8(ascii: " ")
        for byte in raw.utf8 {
            guard byte >= 0x20, byte < 0x7F, byte != 0x20 || previous != 0x20 else { return false }
            previous = byte
        }
        return raw.isEmpty || previous != 0x20
    }

    /// Without what cannot be seen or would reorder the line; tabs and line ends stay.
    static func visible(_ raw: String) -> String {
        String(String.UnicodeScalarView(raw.unicodeScalars.filter { $0 == "\t" || $0 == "\n" || !isInvisible($0) }))
    }

    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return true
        case .format:
            // Zero-width joiners hold emoji and some scripts together; all other format characters are tricks.
            return scalar != "\u{200D}" && scalar != "\u{200C}"
        default: return false
        }
    }

    /// `Siti Aminah` -> `S*** A*****`: enough for its owner to recognise, too little for a stranger to learn.
    public static func maskedName(_ name: String) -> String {
        name.split(separator: " ").map { (word: Substring) -> String in
            word.prefix(1) + String(repeating: "*", count: max(0, word.count - 1))
        }.joined(separator: " ")
    }

    /// `siti@contoh.id` -> `s***@contoh.id`
    public static func maskedEmail(_ email: String) -> String {
        guard let at = email.lastIndex(of: "@") else { return "***" }
        return String(email.prefix(1)) + "***" + email[at...]
    }
}

extension String {
    fileprivate var replacingLineEnds: String {
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            if scalar == "\r" {
                result.append("\n")
            } else if !(scalar == "\n" && previous == "\r") {
                result.append(scalar)
            }
            previous = scalar
        }
        return String(result)
    }

    var isAllDigits: Bool { !isEmpty && utf8.allSatisfy { (48...57).contains($0) } }
}
