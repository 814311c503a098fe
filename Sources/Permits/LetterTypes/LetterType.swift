/// One version of a kind of letter: everything that form, checks, review, letter and verification are made from.
/// It is data, kept as JSON; a new kind of letter needs no code.
public struct LetterType: Codable, Equatable, Sendable {
    /// In addresses: `penelitian`.
    public var slug: String
    /// Counts up; files keep the version they were begun with.
    public var version: Int
    /// Code of the office that issues it.
    public var unit: String
    public var name: String
    /// One sentence for lists.
    public var summary: String
    /// What people may call it when they search.
    public var keywords: [String]?
    /// For whom it is; see `forWhom`.
    public var audiences: [ApplicantGroup]?
    public var service: ServiceStandard
    /// What somebody can ask themselves before applying.
    public var eligibility: [EligibilityQuestion]?
    public var sections: [FormSection]
    /// Papers that are given together, on a page of their own; see `papers`.
    public var requirements: [Requirement]
    /// What the applicant declares on submitting.
    public var statement: String
    /// Key of the field that tells one file from another in lists.
    public var subjectField: String
    public var chain: [ChainStep]
    public var number: NumberRule
    public var validity: ValidityRule
    public var letter: LetterTemplate
    /// Texts of its own for refusal, receipt and the like; the office's or the portal's where there is none.
    public var letters: OfficeLetters?
    public var verification: VerificationRule
    /// What the holder owes the office after the letter's last day.
    public var duty: Duty?
    /// By language, then by Indonesian text: what people read instead. `localized(to:)` applies it.
    public var translations: [String: [String: String]]?

    public var fields: [FieldDefinition] { sections.flatMap(\.fields) }
    public func field(_ key: String) -> FieldDefinition? {
        place(of: key).map { sections[$0.section].fields[$0.field] }
    }

    /// All papers: those that are given on a page of their own, then those that answer a question of a section.
    public var papers: [Requirement] { requirements + sections.flatMap(\.papers) }

    public func requirement(_ key: String) -> Requirement? {
        requirements.first { $0.key == key } ?? field(key)?.paper
    }

    /// Looks in place: definitions are large, and every letter and page asks for many of them.
    func place(of key: String) -> (section: Int, field: Int)? {
        for section in sections.indices {
            for field in sections[section].fields.indices where sections[section].fields[field].key == key {
                return (section, field)
            }
        }
        return nil
    }
}

public struct FormSection: Codable, Equatable, Sendable {
    public var key: String
    public var title: String
    /// What to know before answering.
    public var intro: String?
    /// A group stands alone in its section: its rows take a page of their own.
    public var fields: [FieldDefinition]

    public var group: FieldDefinition? { fields.first { $0.kind == .group } }

    /// Those of its questions that a file answers.
    public var papers: [Requirement] {
        fields.contains { $0.kind == .file } ? fields.compactMap(\.paper) : []
    }

    /// Without the questions that a file answers; nil when there is no other. Papers are shown and judged together.
    public var withoutPapers: FormSection? {
        var section = self
        section.fields.removeAll { $0.kind == .file }
        return section.fields.isEmpty ? nil : section
    }
}

/// A paper that the applicant must give.
public struct Requirement: Codable, Equatable, Sendable {
    public var key: String
    public var label: String
    public var hint: String
    /// What it is for and where to get it, in plain sentences.
    public var explain: String?
    /// Lines of a paper as it should be, to be copied; or what must be seen on it.
    public var sample: [String]?
    public var isRequired: Bool
    /// Asked only of those who answered so.
    public var showIf: AnswerCondition?
    /// Required of those too who answered so.
    public var requiredIf: AnswerCondition?
    public var kinds: [FileKind]
    public var maxBytes: Int
    /// Whether one that was given before may be used again; nil when it is asked for anew each time.
    public var reuse: ReuseRule?
}

/// Kinds of files that can be shown to an officer in a browser, recognised by their content.
public enum FileKind: String, Codable, Equatable, Sendable, CaseIterable {
    case pdf, jpeg, png

    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        }
    }

    public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

    /// Looks at the first bytes, never at the name.
    public init?(sniffing head: [UInt8]) {
        if head.starts(with: [0x25, 0x50, 0x44, 0x46, 0x2D]) {
            self = .pdf
        } else if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else {
            return nil
        }
    }
}

public struct ChainStep: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable { case verify, sign }
    public var kind: Kind
    public var label: String
}

/// How letters of a series are numbered.
public struct NumberRule: Codable, Equatable, Sendable {
    /// Letter types that share a series share its running number.
    public var series: String
    /// `{classification}/{number:4}/{unit}/{year}`; also `{month:roman}`.
    public var pattern: String
    public var classification: String
}

/// From the day of issue: a fixed number of months, or as many as a number field says; or until the last day of a date
/// range. With `months` and `untilField` it is the later one, so that no letter ends before what it permits.
public struct ValidityRule: Codable, Equatable, Sendable {
    public var months: Int?
    public var monthsField: String?
    public var untilField: String?
}

/// What the public page of a letter tells about it.
public struct VerificationRule: Codable, Equatable, Sendable {
    /// Field with the holder's name; it is shown masked.
    public var nameField: String
    /// Further fields, shown with their labels.
    public var fields: [String]
}
