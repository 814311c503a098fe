extension LetterTemplate {
    /// What is wrong with a text, one line each; empty when letters can be made from it.
    /// Without a type, it serves all types and can name no field.
    func faults(of type: LetterType?, needsSignature: Bool = true) -> [String] {
        var faults: [String] = []
        let signatures = blocks.filter { $0.kind == .signature }
        if needsSignature, signatures.count != 1 { faults.append("the letter needs one signature block") }
        if needsSignature, signatures.contains(where: { $0.when != nil || $0.whenFilled != nil }) {
            faults.append("the signature block stands under a condition")
        }
        if !needsSignature, !signatures.isEmpty { faults.append("nobody signs this letter") }
        for text in texts {
            guard let parsed = PlaceholderText(text) else {
                faults.append("open brace in letter text '\(text)'")
                continue
            }
            if parsed.hasStrayBrace { faults.append("brace closes nothing in letter text '\(text)'") }
            for name in parsed.placeholders where !Self.isKnown(placeholder: name, of: type) {
                faults.append("unknown placeholder '{\(name)}'")
            }
        }
        for block in blocks {
            if let missing = block.missingPart { faults.append("\(block.kind.rawValue) block without \(missing)") }
            faults += block.columnFaults
            if let key = block.field, type?.field(key) == nil { faults.append("roster '\(key)' is no field") }
            for (when, whenFilled) in block.conditions {
                let parts = when?.parts ?? []
                let names = parts.map(\.field) + [whenFilled].compactMap { $0 }
                for name in names where !Self.isKnown(answer: name, of: type) {
                    faults.append("condition on '\(name)', which is no field")
                }
                if parts.contains(where: \.values.isEmpty) { faults.append("condition without answers") }
            }
        }
        return faults
    }

    private static func isKnown(placeholder name: String, of type: LetterType?) -> Bool {
        if name.hasPrefix("field:") { return isPrinted(String(name.dropFirst(6)), of: type) }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 3, parts[0] == "roster", parts[2] == "count" { return type?.field(String(parts[1])) != nil }
        return LetterContext.placeholders.contains(name) || LetterContext.lists.contains(name)
    }

    /// What a file answers cannot be printed.
    private static func isPrinted(_ key: String, of type: LetterType?) -> Bool {
        type?.field(key).map { $0.kind != .file } ?? false
    }

    private static func isKnown(answer name: String, of type: LetterType?) -> Bool {
        isPrinted(name, of: type) || isKnown(placeholder: name, of: type)
    }
}

extension BlockTemplate {
    /// A part without which the block would print nothing.
    fileprivate var missingPart: String? {
        func lacks(_ texts: [String]?) -> Bool { texts?.contains { !$0.isEmpty } != true }
        switch kind {
        case .letterhead, .signature: return nil
        case .title, .paragraph, .heading: return lacks([text ?? ""]) ? "text" : nil
        case .numbered, .copies: return lacks(items) ? "items" : nil
        case .fields: return rows?.isEmpty == false ? nil : "rows"
        case .correspondence:
            if lacks([text ?? ""]) { return "text" }
            if rows?.isEmpty != false { return "rows" }
            return lacks(addressee) ? "addressee" : nil
        case .roster:
            if lacks([text ?? ""]) { return "text" }
            if columns?.isEmpty != false { return "columns" }
            return field == nil ? "field" : nil
        }
    }

    /// More than eight columns are too narrow for words.
    fileprivate var columnFaults: [String] {
        let columns = columns ?? []
        var faults: [String] = []
        if columns.count > 8 { faults.append("roster block has more than 8 columns") }
        let widths = columns.map { $0.width ?? 1 }
        if let least = widths.min(), let most = widths.max(), !(least > 0 && most <= least * 20) {
            faults.append("roster block: a column's width is above 0 and at most 20 times another's")
        }
        return faults
    }
}
