public import Mustache

/// One question of a form, whatever its kind; `partials/field` draws it with label, hint and problem tied together.
public struct FieldModel: MustacheParent, Sendable {
    public enum Kind: Sendable, Equatable {
        /// `type` and `inputmode` of HTML; `.text(type: "date")` for a date.
        case text(type: String, mode: String?)
        case textarea(rows: Int)
        case radios
        case select
        /// Any number of options.
        case checks
        /// Two dates, sent as `name.mulai` and `name.sampai`.
        case dates
        /// One box; its label is the sentence that is agreed to.
        case checkbox

        public static let line = Kind.text(type: "text", mode: nil)
        public static let digits = Kind.text(type: "text", mode: "numeric")
        public static let email = Kind.text(type: "email", mode: "email")
        /// Log-in: HTML allows `autocomplete="username"` only on a plain text box.
        public static let username = Kind.text(type: "text", mode: "email")
        public static let phone = Kind.text(type: "tel", mode: "tel")
        public static let date = Kind.text(type: "date", mode: nil)
        public static let password = Kind.text(type: "password", mode: nil)
    }

    /// Also the fragment that the error summary links to.
    public var id: String
    public var name: String
    public var label: String
    /// As typed, kept even when it is wrong. Never fill it in for a password.
    public var value: String
    public var hint: String?
    public var example: String?
    public var error: String?
    public var isRequired: Bool
    public var autocomplete: String?
    public var maxLength: Int?
    /// The first and the last day that a box for dates offers, `2026-08-17`.
    public var firstDay: String?
    public var lastDay: String?
    /// Unit after the box, such as `bulan`.
    public var suffix: String?
    /// What an officer wrote about the value that was judged, and that value.
    public var remark: String?
    public var judged: String?
    public var options: [OptionModel]
    /// Further options of a list, under headings.
    public var groups: [OptionGroup]
    /// Ends of a range, as typed.
    public var first: String
    public var last: String
    /// Offered while typing; anything else may be typed too.
    public var suggestions: [String]
    public var isText: Bool
    public var isTextarea: Bool
    public var isRadios: Bool
    public var isSelect: Bool
    public var isCheckbox: Bool
    public var isChecks: Bool
    public var isDates: Bool
    public var inputType: String
    public var inputMode: String?
    public var rows: Int
    /// Width hint for short answers: `short` for numbers and dates, empty for the whole line.
    public var width: String

    /// - Parameters:
    ///   - value: of `.checks` one option per line, of `.dates` both ends with a tab between them.
    ///   - options: `(value, label)` in order; the one equal to `value` is selected.
    public init(
        _ kind: Kind, name: String, label: String, value: String = "", hint: String? = nil, example: String? = nil,
        error: String? = nil, isRequired: Bool = true, autocomplete: String? = nil, maxLength: Int? = nil,
        suffix: String? = nil, remark: String? = nil, judged: String? = nil, options: [(String, String)] = [],
        groups: [OptionGroup] = [], suggestions: [String] = []
    ) {
        id = Self.identifier(name)
        self.name = name
        self.label = label
        self.value = value
        self.hint = hint
        self.example = example
        self.error = error
        self.isRequired = isRequired
        self.autocomplete = autocomplete
        self.maxLength = maxLength
        self.suffix = suffix
        self.remark = remark
        self.judged = judged
        self.suggestions = suggestions
        isRadios = kind == .radios
        isSelect = kind == .select
        isCheckbox = kind == .checkbox
        isChecks = kind == .checks
        isDates = kind == .dates
        self.groups = groups
        let ends = kind == .dates ? value.split(separator: "\t", omittingEmptySubsequences: false) : []
        first = ends.first.map(String.init) ?? ""
        last = ends.dropFirst().first.map(String.init) ?? ""
        (isText, isTextarea, inputType, inputMode, rows) = (false, false, "text", nil, 0)
        switch kind {
        case .text(let type, let mode): (isText, inputType, inputMode) = (true, type, mode)
        case .textarea(let lines): (isTextarea, rows) = (true, lines)
        case .radios, .select, .checkbox, .checks, .dates: break
        }
        width = suffix != nil || inputType == "date" || inputType == "number" ? "short" : ""
        let id = id
        let chosen = kind == .checks ? value.split(separator: "\n").map(String.init) : [value]
        self.options = options.enumerated().map { index, option in
            OptionModel(
                id: index == 0 ? id : "\(id)-\(index + 1)", value: option.0, label: option.1,
                isSelected: chosen.contains(option.0))
        }
    }

    /// Ids of what explains the box, for `aria-describedby`.
    var describedBy: String {
        [
            remark.map { _ in "\(id)-remark" }, hint.map { _ in "\(id)-hint" }, example.map { _ in "\(id)-example" },
            error.map { _ in "\(id)-error" },
        ].compactMap { $0 }.joined(separator: " ")
    }

    /// Names may hold dots; fragments and CSS are happier without.
    public static func identifier(_ name: String) -> String {
        "f-" + String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "name": self.name
        case "label": label
        case "value": value
        case "hint": hint as Any
        case "example": example as Any
        case "error": error as Any
        case "isRequired": isRequired
        case "autocomplete": autocomplete as Any
        case "maxLength": maxLength as Any
        case "firstDay": firstDay as Any
        case "lastDay": lastDay as Any
        case "suffix": suffix as Any
        case "remark": remark as Any
        case "judged": judged as Any
        case "options": options
        case "groups": groups
        case "first": first
        case "last": last
        case "suggestions": suggestions
        case "hasSuggestions": !suggestions.isEmpty
        case "isText": isText
        case "isTextarea": isTextarea
        case "isRadios": isRadios
        case "isSelect": isSelect
        case "isCheckbox": isCheckbox
        case "isChecks": isChecks
        case "isDates": isDates
        case "inputType": inputType
        case "inputMode": inputMode as Any
        case "rows": rows
        case "width": width
        case "describedBy": describedBy
        default: nil
        }
    }
}

/// Options of a list that belong together, such as the kelurahan of a kecamatan.
public struct OptionGroup: MustacheParent, Sendable {
    public var label: String
    public var options: [OptionModel]

    public init(label: String, options: [OptionModel]) {
        self.label = label
        self.options = options
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "options": options
        default: nil
        }
    }
}

public struct OptionModel: MustacheParent, Sendable {
    public var id: String
    public var value: String
    public var label: String
    public var isSelected: Bool
    /// The label is a name that stays Indonesian.
    public var isIndonesian: Bool

    public init(id: String, value: String, label: String, isSelected: Bool, isIndonesian: Bool = false) {
        self.id = id
        self.value = value
        self.label = label
        self.isSelected = isSelected
        self.isIndonesian = isIndonesian
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "value": value
        case "label": label
        case "isSelected": isSelected
        case "isIndonesian": isIndonesian
        default: nil
        }
    }
}
