extension FieldDefinition {
    /// What an institution is called in full, as letters print it. A suggestion may have what people call it behind its
    /// name, `Universitas Negeri Medan (Unimed)`: the whole, the name or what is in brackets all mean the name. Anything
    /// else stays as it was typed.
    public func fullName(ofInstitution typed: String) -> String {
        let wanted = Self.folded(typed)
        guard !wanted.isEmpty else { return typed }
        for suggestion in suggestions ?? [] {
            let (name, short) = Self.parts(of: suggestion)
            if ([suggestion, name] + short).contains(where: { Self.folded($0) == wanted }) { return name }
        }
        return typed
    }

    /// `Universitas Islam Negeri Sumatera Utara (UINSU, UIN SU)`
    private static func parts(of suggestion: String) -> (name: String, short: [String]) {
        guard suggestion.hasSuffix(")"), let open = suggestion.lastIndex(of: "("), open > suggestion.startIndex else {
            return (suggestion, [])
        }
        let short = suggestion[suggestion.index(after: open)...].dropLast().split(separator: ",").map(String.init)
        return (TypedText.cleaned(String(suggestion[..<open]), keepingLines: false), short)
    }

    private static func folded(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
