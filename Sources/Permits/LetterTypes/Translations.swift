/// What people read of a part of a letter type, as lists of key paths: whoever adds a text adds it here, and the shipped
/// definitions' tests then ask for its translation. Keys, examples, suggestions and the letter itself are not in it: what
/// is typed goes into an Indonesian letter.
protocol Displayed {
    static var texts: [WritableKeyPath<Self, String>] { get }
    static var optionalTexts: [WritableKeyPath<Self, String?>] { get }
    static var lists: [WritableKeyPath<Self, [String]>] { get }
    static var optionalLists: [WritableKeyPath<Self, [String]?>] { get }
}

extension Displayed {
    static var optionalTexts: [WritableKeyPath<Self, String?>] { [] }
    static var lists: [WritableKeyPath<Self, [String]>] { [] }
    static var optionalLists: [WritableKeyPath<Self, [String]?>] { [] }

    /// Hands over every text, in order, to be read or changed.
    mutating func ownTexts(_ visit: (inout String) -> Void) {
        for path in Self.texts { visit(&self[keyPath: path]) }
        for path in Self.optionalTexts {
            if var text = self[keyPath: path] {
                visit(&text)
                self[keyPath: path] = text
            }
        }
        for path in Self.lists {
            for index in self[keyPath: path].indices { visit(&self[keyPath: path][index]) }
        }
        for path in Self.optionalLists {
            guard var list = self[keyPath: path] else { continue }
            for index in list.indices { visit(&list[index]) }
            self[keyPath: path] = list
        }
    }
}

extension LetterType: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.name, \.summary, \.statement] }
    static var optionalLists: [WritableKeyPath<Self, [String]?>] { [\.keywords] }
}

extension ApplicantGroup: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.name] }
}

extension EligibilityQuestion: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.question, \.otherwise] }
    static var optionalTexts: [WritableKeyPath<Self, String?>] { [\.hint] }
}

extension StandardDetails: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [] }
    static var optionalLists: [WritableKeyPath<Self, [String]?>] {
        [
            \.legalBasis, \.facilities, \.competence, \.supervision, \.staff, \.guarantee, \.safety, \.evaluation,
        ]
    }
}

/// Names and address stay: so they stand on the door and on letters.
extension Office: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [] }
    static var optionalLists: [WritableKeyPath<Self, [String]?>] { [\.hours] }
}

extension ServiceStandard: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.fee, \.product, \.complaints] }
    static var lists: [WritableKeyPath<Self, [String]>] { [\.steps] }
}

extension FormSection: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.title] }
    static var optionalTexts: [WritableKeyPath<Self, String?>] { [\.intro] }
}

extension FieldDefinition: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.label] }
    static var optionalTexts: [WritableKeyPath<Self, String?>] { [\.noun, \.hint, \.suffix] }
}

extension FileRule: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [] }
    static var optionalTexts: [WritableKeyPath<Self, String?>] { [\.explain] }
    static var optionalLists: [WritableKeyPath<Self, [String]?>] { [\.sample] }
}

extension Requirement: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.label, \.hint] }
    static var optionalTexts: [WritableKeyPath<Self, String?>] { [\.explain] }
    static var optionalLists: [WritableKeyPath<Self, [String]?>] { [\.sample] }
}

extension Duty: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.label, \.hint] }
}

extension ChainStep: Displayed {
    static var texts: [WritableKeyPath<Self, String>] { [\.label] }
}

extension LetterType {
    /// Every text that people read, the parts' included.
    private mutating func allTexts(_ visit: (inout String) -> Void) {
        ownTexts(visit)
        service.ownTexts(visit)
        service.details?.ownTexts(visit)
        for index in (audiences ?? []).indices { audiences?[index].ownTexts(visit) }
        for index in (eligibility ?? []).indices { eligibility?[index].ownTexts(visit) }
        for section in sections.indices {
            sections[section].ownTexts(visit)
            for field in sections[section].fields.indices { sections[section].fields[field].allTexts(visit) }
        }
        for index in requirements.indices { requirements[index].ownTexts(visit) }
        for index in chain.indices { chain[index].ownTexts(visit) }
        duty?.ownTexts(visit)
    }
}

extension FieldDefinition {
    /// Options are answers as they are stored: they stay, and get a label beside them.
    fileprivate mutating func allTexts(_ visit: (inout String) -> Void) {
        ownTexts(visit)
        file?.ownTexts(visit)
        if var inner = columns {
            for index in inner.indices { inner[index].allTexts(visit) }
            columns = inner
        }
        guard let options else { return }
        optionLabels = Dictionary(
            options.map { option in
                var label = option
                visit(&label)
                return (option, label)
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension LetterType {
    /// The same kind of letter with every text that people read in `language`, where there is a translation. For
    /// showing only: files, events and letters keep the Indonesian one.
    public func localized(to language: Language) -> LetterType {
        guard let table = translations?[language.rawValue] else { return self }
        var type = self
        type.allTexts { $0 = table[$0] ?? $0 }
        return type
    }

    /// A text of this kind of letter, as it was kept somewhere, in `language`.
    public func translated(_ text: String, to language: Language) -> String {
        translations?[language.rawValue]?[text] ?? text
    }

    /// Whether a text that is shown to readers of `language` is Indonesian all the same: a line to be copied into an
    /// Indonesian paper, or one without a translation.
    public func isIndonesian(_ shown: String, for language: Language) -> Bool {
        guard language != .standard else { return false }
        guard let table = translations?[language.rawValue] else { return true }
        return table[shown] == shown || !table.values.contains(shown)
    }

    /// A note that lists labels, divided by `, `, each of them translated; anything else in it stays.
    public func translatedList(_ note: String, to language: Language) -> String {
        guard let table = translations?[language.rawValue] else { return note }
        // The longest first: a label may hold a comma itself.
        let labels = (fields.map(\.label) + requirements.map(\.label)).sorted { $0.count > $1.count }
        var parts: [String] = []
        var rest = note[...]
        while !rest.isEmpty {
            let label = labels.first { rest == $0 || rest.hasPrefix("\($0), ") }
            let part = label.map { rest.prefix($0.count) } ?? rest.prefix { $0 != "," }
            parts.append(table[String(part)] ?? String(part))
            rest = rest.dropFirst(part.count)
            guard rest.hasPrefix(", ") else {
                if !rest.isEmpty { parts[parts.count - 1] += rest }
                break
            }
            rest = rest.dropFirst(2)
        }
        return parts.joined(separator: ", ")
    }

    /// Texts without a translation, and translations of nothing, one line each; empty when `language` is complete.
    public func translationFaults(in language: Language) -> [String] {
        var type = self
        var texts: Set<String> = []
        type.allTexts { if !$0.isEmpty { texts.insert($0) } }
        return faultsOfTranslation(of: texts, by: translations?[language.rawValue] ?? [:])
    }
}

private func faultsOfTranslation(of texts: Set<String>, by table: [String: String]) -> [String] {
    texts.filter { table[$0, default: ""].isEmpty }.sorted().map { "'\($0)' has no translation" }
        + table.keys.filter { !texts.contains($0) }.sorted().map { "'\($0)' is translated but stands nowhere" }
}

extension Office {
    private mutating func allTexts(_ visit: (inout String) -> Void) {
        ownTexts(visit)
        standard?.ownTexts(visit)
    }

    /// With every text that people read in `language`, where there is a translation. For showing only.
    public func localized(to language: Language) -> Office {
        guard let table = translations?[language.rawValue] else { return self }
        var office = self
        office.allTexts { $0 = table[$0] ?? $0 }
        return office
    }

    /// As of a letter type.
    public func translationFaults(in language: Language) -> [String] {
        var office = self
        var texts: Set<String> = []
        office.allTexts { if !$0.isEmpty { texts.insert($0) } }
        return faultsOfTranslation(of: texts, by: translations?[language.rawValue] ?? [:])
    }
}

extension Application {
    /// For showing to somebody who reads `language`; never to be kept.
    public func localized(to language: Language) -> Application {
        var application = self
        application.type = type.localized(to: language)
        return application
    }
}
