extension LetterDocument {
    /// The number alone, as the letter prints it: `000.9/0001/BRIDA/2026` where it says `NOMOR : 000.9/0001/BRIDA/2026`.
    /// Nil for one that prints none.
    public var printedNumber: String? {
        for block in blocks {
            switch block {
            case .title(_, let line): return Self.value(of: line)
            case .correspondence(let head):
                guard let row = head.rows.first(where: { $0.label.lowercased() == "nomor" }) else { continue }
                return Self.value(of: row.value)
            default: continue
            }
        }
        return nil
    }

    /// What stands behind a label and its colon.
    private static func value(of line: String) -> String? {
        let text = line.firstIndex(of: ":").map { line[line.index(after: $0)...] } ?? line[...]
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty ? nil : words
    }
}
