public import Permits

extension FieldModel {
    /// An input for a question of a letter type.
    /// - Parameters:
    ///   - value: as typed or as stored.
    ///   - finding: the officer's verdict, when this is to be mended; `judged` is the value that was judged.
    public init(
        _ definition: FieldDefinition, value: String, problem: FieldProblem? = nil, finding: Finding? = nil,
        judged: String? = nil, texts: Texts
    ) {
        let kind: Kind =
            switch definition.kind {
            case .text, .studentNumber: .line
            case .longText: .textarea(rows: 4)
            case .number, .nik: .digits
            case .date: .date
            case .choice: (definition.options?.count ?? 0) <= 6 ? .radios : .select
            case .phone: .phone
            case .email: .email
            }
        let limit: Int? =
            switch definition.kind {
            case .text, .longText: definition.maximumLength
            case .number: 9
            case .studentNumber, .nik, .phone: 24
            case .email: 254
            case .date, .choice: nil
            }
        let autocomplete: String? =
            switch definition.prefill {
            case "account.name": "name"
            case "account.phone": "tel"
            case "account.email": "email"
            default: nil
            }
        self.init(
            kind, name: definition.key, label: definition.label, value: value, hint: definition.hint,
            example: definition.example, error: problem.map { texts.problem($0, label: definition.label) },
            isRequired: definition.isRequired,
            autocomplete: autocomplete, maxLength: limit, suffix: definition.suffix, remark: finding?.reason,
            judged: judged, options: (definition.options ?? []).map { ($0, definition.label(of: $0)) },
            suggestions: definition.suggestions ?? [])
    }
}

extension FileFieldModel {
    /// An upload for a paper that a letter type asks for.
    public init(
        _ requirement: Requirement, file: FileModel? = nil, problem: FieldProblem? = nil, finding: Finding? = nil,
        texts: Texts
    ) {
        self.init(
            name: requirement.key, label: requirement.label, hint: requirement.hint,
            kinds: requirement.kindsText(texts), limit: texts.formats.fileSize(requirement.maxBytes),
            maxBytes: requirement.maxBytes,
            accept: requirement.kinds.map(\.accepted).joined(separator: ","), isRequired: requirement.isRequired,
            error: problem.map { texts.problem($0, label: requirement.label) }, remark: finding?.reason, file: file)
    }
}

extension RequirementModel {
    public init(_ requirement: Requirement, texts: Texts) {
        self.init(
            name: requirement.label, explanation: requirement.hint, isRequired: requirement.isRequired,
            kinds: texts(
                "requirement.kinds",
                ["kinds": requirement.kindsText(texts), "limit": texts.formats.fileSize(requirement.maxBytes)]))
    }
}

extension FileModel {
    public init(_ attachment: Attachment, at link: Link, isRemovable: Bool = false, texts: Texts) {
        self.init(
            name: attachment.filename, size: texts.formats.fileSize(attachment.size), path: link.path,
            removal: isRemovable ? String(attachment.id) : nil)
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
