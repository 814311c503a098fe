extension LetterType {
    /// What is wrong with a definition, one line each; empty when forms and letters can be made from it.
    public var faults: [String] {
        var faults: [String] = []
        func expect(_ holds: Bool, _ fault: @autoclosure () -> String) { if !holds { faults.append(fault()) } }

        expect(Self.isKey(slug), "slug '\(slug)': use small letters, digits and hyphens")
        expect(!sections.isEmpty, "there is no section")
        expect(service.workingDays >= 1, "workingDays must be at least 1")
        let fieldKeys = fields.map(\.key)
        let keys = fieldKeys + requirements.map(\.key)
        for key in Set(keys) where keys.filter({ $0 == key }).count > 1 { faults.append("key '\(key)' is used twice") }
        for key in keys + sections.map(\.key) where !Self.isKey(key) {
            faults.append("key '\(key)': use small letters, digits and underscores")
        }
        expect(Set(sections.map(\.key)).count == sections.count, "a section's key is used twice")
        for field in fields {
            faults += field.faults
            expect(field.aliases == nil, "field '\(field.key)': only a column has aliases")
        }
        faults += conditionFaults + audienceFaults + eligibilityFaults
        for requirement in papers {
            expect(!requirement.kinds.isEmpty, "requirement '\(requirement.key)' takes no kind of file")
            expect(
                (1...52_428_800).contains(requirement.maxBytes),
                "requirement '\(requirement.key)': maxBytes is 1 to 52428800")
            faults += requirement.reuse?.faults(of: requirement.key) ?? []
        }
        expect(NumberPattern(number.pattern) != nil, "number pattern '\(number.pattern)' cannot be read")
        expect(
            number.pattern.contains("{year}"),
            "number pattern '\(number.pattern)' needs {year}: numbers begin again each year")
        expect(
            chain.last?.kind == .sign && chain.filter { $0.kind == .sign }.count == 1,
            "the chain must end with its one signature")
        expect(chain.first?.kind == .verify, "the chain must begin with a verification")
        expect(fieldKeys.contains(subjectField), "subjectField '\(subjectField)' is no field")
        for key in [verification.nameField] + verification.fields {
            expect(fieldKeys.contains(key), "verification field '\(key)' is no field")
        }
        for key in [subjectField, verification.nameField, validity.monthsField ?? subjectField] {
            let field = field(key)
            expect(
                field?.kind != .group && field?.kind != .file && field?.showIf == nil,
                "field '\(key)' must be a plain one, asked of everybody")
        }
        faults += validityFaults
        faults += duty?.faults ?? []
        faults += letter.faults(of: self)
        for kind in OfficeLetterKind.allCases {
            let own = letters?[kind]?.faults(of: self, needsSignature: kind.needsSignature) ?? []
            faults += own.map { "\(kind.rawValue): \($0)" }
        }
        return faults
    }

    private var validityFaults: [String] {
        var faults: [String] = []
        if let key = validity.untilField {
            let field = field(key)
            if field?.kind != .dateRange { faults.append("validity untilField '\(key)' is no date range") }
            if validity.months == nil, field?.showIf != nil || field?.isRequired != true {
                faults.append("validity untilField '\(key)' is not asked of everybody: months must come with it")
            }
        }
        switch (validity.months, validity.monthsField) {
        case (let months?, nil):
            if !(1...120).contains(months) { faults.append("validity months are 1 to 120") }
        case (nil, let key?) where validity.untilField == nil:
            let field = field(key)
            if field?.kind != .number { faults.append("validity monthsField '\(key)' is no number field") }
            if (field?.min ?? 0) < 1 || (field?.max ?? 999) > 120 {
                faults.append("validity monthsField '\(key)' must be bound to 1 to 120")
            }
        case (nil, nil) where validity.untilField != nil: break
        default: faults.append("validity needs either months or monthsField; untilField stands alone or with months")
        }
        return faults
    }

    static func isKey(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= 60
            && key.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 || $0 == 45 }
    }
}
