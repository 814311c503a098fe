extension FieldDefinition {
    /// What is wrong with the question by itself.
    var faults: [String] {
        var faults: [String] = []
        func expect(_ holds: Bool, _ fault: String) { if !holds { faults.append("field '\(key)'\(fault)") } }

        let options = options ?? []
        expect(![.choice, .multiChoice].contains(kind) || !options.isEmpty, " has no options")
        expect(Set(options).count == options.count, " has an option twice")
        expect(
            options.allSatisfy { TypedText.cleaned($0, keepingLines: false) == $0 },
            " has an option that cannot be typed")
        expect(kind != .district || places?.isEmpty == false, " has no places")
        expect(maximumLength <= 4000, ": maxLength is at most 4000")
        expect((min ?? 0) <= (max ?? .max), ": min is above max")
        expect(withinDays == nil || kind == .date || kind == .dateRange, ": only days lie withinDays")
        expect((withinDays ?? 1) >= 1, ": withinDays is at least 1")
        expect(recentDays == nil || kind == .date && (recentDays ?? 0) >= 1, ": only a date has recentDays, at least 1")
        expect(birthOf == nil || kind == .date, ": only a date is the day of a birth")
        expect(includes == nil || kind == .group, ": only a group includes the applicant")
        expect(prefillIf == nil || prefill?.hasPrefix("account.") == true, ": prefillIf needs a prefill by the account")
        expect(
            prefill != "account.citizenship"
                || kind == .choice && Set(options) == [Citizenship.indonesian, Citizenship.foreign],
            ": citizenship is a choice between '\(Citizenship.indonesian)' and '\(Citizenship.foreign)'")
        expect(!takesLink || Self.linkKinds.contains(kind), " tells who somebody is: no link may fill it in")
        expect((kind == .file) == (file != nil), kind == .file ? " has no file rule" : ": only a file has a file rule")
        guard kind == .group else {
            expect(columns == nil, ": only a group has columns")
            return faults
        }
        let columns = columns ?? []
        expect((1...8).contains(columns.count), ": a group has 1 to 8 columns")
        expect(maximumRows <= Self.mostRows, ": a group has at most \(Self.mostRows) rows")
        expect(Set(columns.map(\.key)).count == columns.count, " has a column twice")
        for column in columns {
            expect(LetterType.isKey(column.key), ": column '\(column.key)': use small letters, digits and underscores")
            expect(Self.columnKinds.contains(column.kind), ": column '\(column.key)' is of a kind that fits no row")
            expect(!column.takesLink, ": column '\(column.key)' cannot be filled in by a link")
            expect(column.showIf == nil && column.requiredIf == nil, ": column '\(column.key)' has a condition")
            faults += column.faults
        }
        let names = columns.map(ColumnNames.init)
        for (index, column) in columns.enumerated() {
            for alias in column.aliases ?? [] {
                let spellings = ColumnNames.spellings(alias)
                expect(!spellings.isEmpty, ": column '\(column.key)': alias '\(alias)' names no column")
                for other in names.indices where other != index && !names[other].names.isDisjoint(with: spellings) {
                    expect(false, ": alias '\(alias)' names two columns, '\(column.key)' and '\(columns[other].key)'")
                }
            }
        }
        return faults
    }

    private static let columnKinds: Set<Kind> = [
        .text, .name, .number, .date, .choice, .nik, .passport, .studentNumber, .phone, .email, .institution,
    ]
}

extension LetterType {
    /// Conditions look back: without a script, a page can only ask what earlier pages decided.
    var conditionFaults: [String] {
        var faults: [String] = []
        var earlier: [FieldDefinition] = []
        for section in sections {
            if section.group != nil, section.fields.count > 1 {
                faults.append("section '\(section.key)': a group stands alone in its section")
            }
            for field in section.fields {
                if let nik = field.birthOf, self.field(nik)?.kind != .nik {
                    faults.append("'\(field.key)': birthOf names no NIK, '\(nik)'")
                }
                for (column, key) in field.includes?.columns ?? [:] {
                    if field.columns?.contains(where: { $0.key == column }) != true
                        || !earlier.contains(where: { $0.key == key })
                    {
                        faults.append(
                            "'\(field.key)': includes needs a column and an earlier field, '\(column)' and '\(key)'")
                    }
                }
                let conditions = [field.showIf, field.requiredIf, field.prefillIf, field.includes?.showIf]
                for condition in conditions.compactMap({ $0 }) {
                    faults += condition.parts.flatMap { $0.faults(of: field.key, among: earlier) }
                }
            }
            earlier += section.fields
        }
        for requirement in requirements {
            for condition in [requirement.showIf, requirement.requiredIf].compactMap({ $0 }) {
                faults += condition.parts.flatMap { $0.faults(of: requirement.key, among: earlier) }
            }
        }
        return faults
    }
}

extension AnswerCondition {
    fileprivate func faults(of key: String, among earlier: [FieldDefinition]) -> [String] {
        guard let steering = earlier.first(where: { $0.key == field }), let options = steering.options,
            [.choice, .multiChoice].contains(steering.kind)
        else { return ["'\(key)': its condition needs a choice of an earlier section, '\(field)' is none"] }
        if values.isEmpty { return ["'\(key)': its condition names no answer"] }
        return values.filter { !options.contains($0) }.map {
            "'\(key)': its condition names '\($0)', which '\(field)' does not offer"
        }
    }
}
