public import Permits

extension FieldModel {
    /// An input for a question of a letter type.
    /// - Parameters:
    ///   - value: as typed or as stored.
    ///   - isNeeded: whether it may not stay empty; by itself what the definition says.
    ///   - finding: the officer's verdict, when this is to be mended; `judged` is the value that was judged.
    public init(
        _ definition: FieldDefinition, value: String, isNeeded: Bool? = nil, problem: FieldProblem? = nil,
        finding: Finding? = nil, judged: String? = nil, today: Day, texts: Texts
    ) {
        let kind: Kind =
            switch definition.kind {
            case .text, .name, .passport, .studentNumber, .institution: .line
            case .longText: .textarea(rows: 4)
            case .group: .textarea(rows: 12)
            case .number, .nik: .digits
            case .date: .date
            case .dateRange: .dates
            case .multiChoice: .checks
            case .district: .select
            case .choice: (definition.options?.count ?? 0) <= 6 ? .radios : .select
            case .phone: .phone
            case .email: .email
            // Drawn by `FileFieldModel`, never as a box.
            case .file: .line
            }
        let limit: Int? =
            switch definition.kind {
            case .text, .name, .longText, .institution: definition.maximumLength
            case .number: 11
            case .passport, .studentNumber, .nik, .phone: 24
            case .email: 254
            case .date, .dateRange, .choice, .multiChoice, .district, .file, .group: nil
            }
        let autocomplete: String? =
            // Where it may be about somebody else, the browser's own data would mislead.
            switch definition.prefillIf == nil ? definition.prefill : nil {
            case "account.name": "name"
            case "account.phone": "tel"
            case "account.email": "email"
            default: nil
            }
        let isGroup = definition.kind == .group
        self.init(
            kind, name: definition.key, label: definition.label, value: definition.editable(value),
            hint: isGroup
                ? texts("roster.columns", ["columns": (definition.columns ?? []).map(\.label).joined(separator: ", ")])
                : definition.hint,
            example: definition.example, error: problem.map { texts.problem($0, label: definition.called) },
            isRequired: isNeeded ?? definition.isRequired,
            autocomplete: autocomplete, maxLength: limit, suffix: isGroup ? nil : definition.suffix,
            remark: finding?.reason, judged: judged,
            options: (definition.options ?? []).map { ($0, definition.label(of: $0)) },
            groups: definition.placeGroups(selected: value), suggestions: definition.suggestions ?? [])
        if [.date, .dateRange].contains(definition.kind), let days = definition.days(today: today) {
            (firstDay, lastDay) = (days.lowerBound.iso, days.upperBound.iso)
        }
    }
}

extension FieldDefinition {
    /// An answer, stored or typed, as it stands in an input.
    fileprivate func editable(_ value: String) -> String {
        switch kind {
        case .dateRange:
            let (first, last) = DayRange.halves(of: value)
            return "\(first)\t\(last)"
        case .group:
            guard let rows = GroupRows(stored: value)?.rows else { return value }
            return rows.map { row in
                (columns ?? []).map { DelimitedText.cell($0.editable(row.cells[$0.key] ?? "")) }.joined(separator: "\t")
            }.joined(separator: "\n")
        case .phone: return ContactChecks.domestic(value)
        default: return value
        }
    }

    /// Kelurahan by kecamatan, both in the order of the list.
    fileprivate func placeGroups(selected: String) -> [OptionGroup] {
        var groups: [OptionGroup] = []
        for place in places ?? [] {
            let option = OptionModel(
                id: "", value: place.code, label: place.kelurahan, isSelected: place.code == selected)
            if groups.last?.label == place.kecamatan {
                groups[groups.count - 1].options.append(option)
            } else {
                groups.append(OptionGroup(label: place.kecamatan, options: [option]))
            }
        }
        return groups
    }
}

extension FileFieldModel {
    /// An upload for a paper that a letter type asks for.
    /// - Parameter type: Tells which lines of the sample are Indonesian for a reader of another language.
    public init(
        _ requirement: Requirement, isNeeded: Bool? = nil, file: FileModel? = nil, problem: FieldProblem? = nil,
        finding: Finding? = nil, in type: LetterType? = nil, texts: Texts
    ) {
        self.init(
            name: requirement.key, label: requirement.label, hint: requirement.hint, explain: requirement.explain,
            sample: (requirement.sample ?? []).map {
                let isIndonesian = type?.isIndonesian($0, for: texts.language) ?? false
                return SampleLine($0, language: isIndonesian ? Language.standard.rawValue : nil)
            },
            kinds: requirement.kindsText(texts), limit: texts.formats.fileSize(requirement.maxBytes),
            maxBytes: requirement.maxBytes,
            accept: requirement.kinds.map(\.accepted).joined(separator: ","),
            isRequired: isNeeded ?? requirement.isRequired,
            error: problem.map { texts.problem($0, label: requirement.label) },
            remark: finding?.reason, file: file)
    }
}

extension RequirementModel {
    /// - Parameters:
    ///   - original: the same in Indonesian. What reads alike in both stays Indonesian: lines to be copied.
    ///   - isNeeded: for the reader that the page is for; by itself what the definition says.
    public init(_ requirement: Requirement, original: Requirement, isNeeded: Bool? = nil, texts: Texts) {
        let standing = texts.language == .standard ? [] : Set(original.sample ?? [])
        self.init(
            name: requirement.label, explanation: requirement.hint, reason: requirement.explain,
            sample: (requirement.sample ?? []).map {
                SampleLine($0, language: standing.contains($0) ? Language.standard.rawValue : nil)
            },
            isRequired: isNeeded ?? requirement.isRequired,
            kinds: texts(
                "requirement.kinds",
                ["kinds": requirement.kindsText(texts), "limit": texts.formats.fileSize(requirement.maxBytes)]))
    }
}

extension FileModel {
    public init(_ attachment: Attachment, at link: Link, isRemovable: Bool = false, texts: Texts) {
        self.init(
            name: attachment.filename, size: texts.formats.fileSize(attachment.size), path: link.path,
            pages: attachment.pages.map { texts("file.pages", ["count": "\($0)"]) },
            picture: attachment.kind == .pdf ? nil : link.path,
            removal: isRemovable ? attachment.mark : nil)
    }
}

extension FileModel {
    /// A file that was not sent yet; its form says that it stood there.
    public init(_ file: UnsentFile, of reference: String, texts: Texts) {
        let path = Link.unsentFile(reference, "\(file.id)").path
        self.init(
            name: file.filename, size: texts.formats.fileSize(file.size), path: path,
            pages: file.pages.map { texts("file.pages", ["count": "\($0)"]) },
            picture: file.kind == .pdf ? nil : path, removal: file.mark, mark: file.mark)
    }
}

extension Requirement {
    /// `PDF, JPEG, atau PNG`
    func kindsText(_ texts: Texts) -> String {
        texts.alternatives(kinds.map { $0.rawValue.uppercased() })
    }
}

extension FileKind {
    /// For `accept`: endings and media type, since phones honour one or the other.
    var accepted: String {
        switch self {
        case .pdf: ".pdf,application/pdf"
        case .jpeg: ".jpg,.jpeg,image/jpeg"
        case .png: ".png,image/png"
        }
    }
}
