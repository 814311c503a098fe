/// A question of a form. Keys are data; texts are what people read.
public struct FieldDefinition: Codable, Equatable, Sendable {
    /// How an answer is stored, by kind:
    /// `dateRange` as an ISO 8601 interval of days, `2026-01-01/2026-03-31`; `multiChoice` one option per line;
    /// `district` as the code of a kelurahan, `12.71.01.1001`; `group` as JSON, see `GroupRows`; `file` not as an answer
    /// but as an attachment under the field's key.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case text, name, longText, number, date, dateRange, choice, multiChoice, nik, passport, studentNumber, phone,
            email, district, institution, file, group
    }

    public var key: String
    public var kind: Kind
    public var label: String
    /// How sentences call it where its label is a question or the beginning of one: `jenis pemohon`.
    public var noun: String?
    public var hint: String?
    public var example: String?
    public var isRequired: Bool
    /// Asked only of those who answered so in an earlier section.
    public var showIf: AnswerCondition?
    /// Required of those too who answered so in an earlier section.
    public var requiredIf: AnswerCondition?
    /// Characters, for texts.
    public var minLength: Int?
    public var maxLength: Int?
    /// Bounds of a number, of the days of a date range, of the choices of a multiple choice, of the rows of a group.
    public var min: Int?
    public var max: Int?
    /// Printed after a number, `bulan`; in letters "3 (tiga) bulan". After the number of rows of a group, `orang`.
    public var suffix: String?
    /// A date not before the day it is typed on.
    public var notBeforeToday: Bool?
    /// A date not after the day it is typed on.
    public var notAfterToday: Bool?
    /// A date, or the first of a date range, at most so many days after the day it is typed on.
    public var withinDays: Int?
    /// A date that lies further back is worth a second look: days before the day on which it is looked at.
    public var recentDays: Int?
    /// The date on which the holder of the NIK in this field was born: the two are compared.
    public var birthOf: String?
    /// What may be chosen.
    public var options: [String]?
    /// How the options read in the reader's language, by option; only in a localized definition.
    public var optionLabels: [String: String]?
    /// What a text is likely to be; anything else may be typed. Of an institution: the lists of the portal, when nil.
    public var suggestions: [String]?
    /// What a district may be; the lists of the portal, when nil.
    public var places: [Place]?
    /// What is asked in each row of a group.
    public var columns: [FieldDefinition]?
    /// The applicant is expected to stand in a row of the group.
    public var includes: OwnRowRule?
    /// In a column: no two rows may hold the same.
    public var isUnique: Bool?
    /// Of a column: how else tables of spreadsheets call it, `NPM`. Case, dots, blanks and a `No.` before it do not count.
    public var aliases: [String]?
    /// What a file must be.
    public var file: FileRule?
    /// `account.name`, `account.nik`, `account.passport`, `account.phone` or `account.email`: filled in when a draft is
    /// made. So is `account.citizenship`, the answer to a choice between the two words of `Citizenship`.
    /// `link`: a link from elsewhere, such as a campus, may bring the answer.
    public var prefill: String?
    /// Filled in from the account only for those who answered so in an earlier section; once they have.
    public var prefillIf: AnswerCondition?

    static let defaultMaxLength = 200

    /// Whether the answer is the name of a person: so is what the account's name fills in.
    var isPersonName: Bool { kind == .name || prefill == "account.name" }

    /// Its name within a sentence.
    public var called: String { noun ?? label }

    /// That it was left empty.
    var missingProblem: FieldProblem {
        let isChosen = [.choice, .multiChoice, .district].contains(kind)
        return isChosen
            ? FieldProblem(key, "notChosen", ["label": called]) : FieldProblem(key, "required", ["label": called])
    }

    public func label(of option: String) -> String { optionLabels?[option] ?? option }

    /// A question whose answer is a file is a paper, asked for beside other questions; nil for every other kind.
    public var paper: Requirement? {
        guard kind == .file, let file else { return nil }
        return Requirement(
            key: key, label: label, hint: hint ?? "", explain: file.explain, sample: file.sample,
            isRequired: isRequired,
            showIf: showIf, requiredIf: requiredIf, kinds: file.kinds, maxBytes: file.maxBytes)
    }

    public var maximumLength: Int { maxLength ?? (kind == .longText ? 2000 : Self.defaultMaxLength) }
}

/// How the row of a group is made in which the applicant stands: the first one that is offered, and one that is missed later.
public struct OwnRowRule: Codable, Equatable, Sendable {
    /// Keys of earlier fields, by the column that they fill in.
    public var columns: [String: String]
    /// Expected only of those who answered so.
    public var showIf: AnswerCondition?
}

/// What a file must be that answers a question; the same as of a `Requirement`.
public struct FileRule: Codable, Equatable, Sendable {
    public var explain: String?
    public var sample: [String]?
    public var kinds: [FileKind]
    /// Bytes.
    public var maxBytes: Int
}

/// Holds when the answer to `field` is one of `values`, or for a multiple choice when one of the answers is.
/// Never holds while that field is not asked itself. In the text of a letter, `field` may name a placeholder too.
public struct AnswerCondition: Codable, Equatable, Sendable {
    public var field: String
    public var values: [String]
    /// These must hold too.
    public var and: [AnswerCondition]?
    /// It holds as well when one of these does.
    public var or: [AnswerCondition]?

    enum CodingKeys: String, CodingKey {
        case field
        case values = "is"
        case and, or
    }

    public init(field: String, values: [String], and: [AnswerCondition]? = nil, or: [AnswerCondition]? = nil) {
        self.field = field
        self.values = values
        self.and = and
        self.or = or
    }

    /// Itself and all conditions within it.
    public var parts: [AnswerCondition] { [self] + ((and ?? []) + (or ?? [])).flatMap(\.parts) }

    /// - Parameter isGiven: Whether a field has one of these answers.
    func holds(where isGiven: (_ field: String, _ values: [String]) -> Bool) -> Bool {
        isGiven(field, values) && (and ?? []).allSatisfy { $0.holds(where: isGiven) }
            || (or ?? []).contains { $0.holds(where: isGiven) }
    }
}
