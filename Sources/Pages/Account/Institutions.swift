public import Mustache

/// The reader's institutions.
public struct Institutions: Page {
    public static let template = "account/institutions"

    public var items: [MenuLink]

    public init(
        items: [MenuLink]
    ) {
        self.items = items
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "items": items
        case "hasItems": !items.isEmpty
        default: nil
        }
    }
}

/// One institution, for its members.
public struct InstitutionPage: Page {
    public static let template = "account/institution"

    public var name: String
    public var rows: [SummaryRow]
    public var members: [MemberRow]
    /// Nil for whoever may not invite.
    public var invitePath: String?
    /// Of the invitation.
    public var fields: [FieldModel]
    public var problems: ProblemSummary?

    public init(
        name: String, rows: [SummaryRow], members: [MemberRow], invitePath: String? = nil, fields: [FieldModel] = [],
        problems: ProblemSummary? = nil
    ) {
        self.name = name
        self.rows = rows
        self.members = members
        self.invitePath = invitePath
        self.fields = fields
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "rows": rows
        case "members": members
        case "invitePath": invitePath as Any
        case "fields": fields
        case "problems": problems as Any
        default: nil
        }
    }
}

/// One person of an institution.
public struct MemberRow: MustacheParent, Sendable {
    public var name: String
    public var role: String
    public var isReader: Bool
    /// Value of the button that ends the membership; nil where the reader may not.
    public var removal: String?
    public var action: String

    public init(
        name: String, role: String, isReader: Bool, removal: String? = nil, action: String
    ) {
        self.name = name
        self.role = role
        self.isReader = isReader
        self.removal = removal
        self.action = action
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "role": role
        case "isReader": isReader
        case "removal": removal as Any
        case "action": action
        default: nil
        }
    }
}
