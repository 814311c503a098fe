/// One thing to fill in or to agree to, about an account or who owns something.
public struct AccountForm: Page {
    public static let template = "account/form"

    public var title: String
    public var lead: String?
    /// What the form is about, above it.
    public var rows: [SummaryRow]
    public var fields: [FieldModel]
    /// What the notes have in common.
    public var notesTitle: String?
    /// What the reader should know before pressing the button.
    public var notes: [String]
    public var action: String
    public var button: String
    /// Undoing is hard: the button warns.
    public var isDangerous: Bool
    /// A second button's address, with its label.
    public var secondAction: String?
    public var secondButton: String?
    public var backPath: String?
    public var backLabel: String?
    public var problems: ProblemSummary?

    public init(
        title: String, lead: String? = nil, rows: [SummaryRow] = [], fields: [FieldModel] = [],
        notesTitle: String? = nil, notes: [String] = [],
        action: String, button: String, isDangerous: Bool = false, secondAction: String? = nil,
        secondButton: String? = nil, backPath: String? = nil, backLabel: String? = nil, problems: ProblemSummary? = nil
    ) {
        self.title = title
        self.lead = lead
        self.rows = rows
        self.fields = fields
        self.notesTitle = notesTitle
        self.notes = notes
        self.action = action
        self.button = button
        self.isDangerous = isDangerous
        self.secondAction = secondAction
        self.secondButton = secondButton
        self.backPath = backPath
        self.backLabel = backLabel
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "lead": lead as Any
        case "rows": rows
        case "fields": fields
        case "notesTitle": notesTitle as Any
        case "notes": notes
        case "action": action
        case "button": button
        case "isDangerous": isDangerous
        case "secondAction": secondAction as Any
        case "secondButton": secondButton as Any
        case "backPath": backPath as Any
        case "backLabel": backLabel as Any
        case "problems": problems as Any
        case "hasRows": !rows.isEmpty
        case "hasNotes": !notes.isEmpty
        default: nil
        }
    }
}

/// What came of it, or why it cannot be done, and where to go on.
public struct AccountNote: Page {
    public static let template = "account/note"

    public var title: String
    public var text: String
    public var linkPath: String
    public var linkLabel: String
    /// Another way to go on, with its label.
    public var secondPath: String?
    public var secondLabel: String?

    public init(
        title: String, text: String, linkPath: String, linkLabel: String, secondPath: String? = nil,
        secondLabel: String? = nil
    ) {
        self.title = title
        self.text = text
        self.linkPath = linkPath
        self.linkLabel = linkLabel
        self.secondPath = secondPath
        self.secondLabel = secondLabel
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "text": text
        case "linkPath": linkPath
        case "linkLabel": linkLabel
        case "secondPath": secondPath as Any
        case "secondLabel": secondLabel as Any
        default: nil
        }
    }
}
