/// Where a campus makes a link to a half-filled form. Nothing is kept: the link holds everything.
public struct LinkBuilder: Page {
    public static let template = "public/link-builder"

    public var name: String
    public var servicePath: String
    public var action: String
    public var fields: [FieldModel]
    public var problems: ProblemSummary?
    /// The finished link.
    public var share: ShareLinks?

    public init(
        name: String, servicePath: String, action: String, fields: [FieldModel], problems: ProblemSummary? = nil,
        share: ShareLinks? = nil
    ) {
        self.name = name
        self.servicePath = servicePath
        self.action = action
        self.fields = fields
        self.problems = problems
        self.share = share
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "servicePath": servicePath
        case "action": action
        case "fields": fields
        case "problems": problems as Any
        case "share": share as Any
        default: nil
        }
    }
}

/// Where such a link leads: what it brings, before anything is begun.
public struct LinkedForm: Page {
    public static let template = "public/linked-form"

    public var name: String
    public var servicePath: String
    public var action: String
    /// What the link brings, in the reader's words.
    public var rows: [SummaryRow]
    /// The same for the form that begins the draft.
    public var held: [HeldField]
    /// Labels of what could not be taken.
    public var refused: [String]
    /// The link is longer than one may be; nothing of it was taken.
    public var isTooLong: Bool
    /// An unfinished draft that is there already.
    public var draft: DraftLink?
    public var canApply: Bool
    public var logInPath: String?
    public var tags: ShareTags

    public init(
        name: String, servicePath: String, action: String, rows: [SummaryRow], held: [HeldField],
        refused: [String] = [], isTooLong: Bool = false, draft: DraftLink? = nil, canApply: Bool,
        logInPath: String? = nil, tags: ShareTags
    ) {
        self.name = name
        self.servicePath = servicePath
        self.action = action
        self.rows = rows
        self.held = held
        self.refused = refused
        self.isTooLong = isTooLong
        self.draft = draft
        self.canApply = canApply
        self.logInPath = logInPath
        self.tags = tags
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "servicePath": servicePath
        case "action": action
        case "rows": rows
        case "hasRows": !rows.isEmpty
        case "held": held
        case "refused": refused
        case "hasRefused": !refused.isEmpty
        case "isTooLong": isTooLong
        case "draft": draft as Any
        case "canApply": canApply
        case "logInPath": logInPath as Any
        case "tags": tags
        default: nil
        }
    }
}
