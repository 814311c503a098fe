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
    /// Why the reader cannot leave now.
    public var stayNote: String?
    /// Nil for whoever may not change it.
    public var editPath: String?
    /// Nil for whoever may not invite.
    public var invitePath: String?
    public var invitations: [InvitationRow]
    /// Of the invitation.
    public var fields: [FieldModel]
    public var problems: ProblemSummary?

    public init(
        name: String, rows: [SummaryRow], members: [MemberRow], stayNote: String? = nil, editPath: String? = nil,
        invitePath: String? = nil, invitations: [InvitationRow] = [], fields: [FieldModel] = [],
        problems: ProblemSummary? = nil
    ) {
        self.name = name
        self.rows = rows
        self.members = members
        self.stayNote = stayNote
        self.editPath = editPath
        self.invitePath = invitePath
        self.invitations = invitations
        self.fields = fields
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "rows": rows
        case "members": members
        case "stayNote": stayNote as Any
        case "editPath": editPath as Any
        case "invitePath": invitePath as Any
        case "invitations": invitations
        case "hasInvitations": !invitations.isEmpty
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
    /// Of the page that asks before the membership ends; nil where the reader may not end it.
    public var endPath: String?
    /// Of the page that asks before the member becomes an owner; nil where the reader may not make them one.
    public var ownerPath: String?

    public init(
        name: String, role: String, isReader: Bool, endPath: String? = nil, ownerPath: String? = nil
    ) {
        self.name = name
        self.role = role
        self.isReader = isReader
        self.endPath = endPath
        self.ownerPath = ownerPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "role": role
        case "isReader": isReader
        case "endPath": endPath as Any
        case "ownerPath": ownerPath as Any
        default: nil
        }
    }
}

/// Somebody who was asked to join and has not answered.
public struct InvitationRow: MustacheParent, Sendable {
    public var email: String
    public var until: String
    /// Where a button takes it back.
    public var action: String

    public init(email: String, until: String, action: String) {
        self.email = email
        self.until = until
        self.action = action
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "email": email
        case "until": until
        case "action": action
        default: nil
        }
    }
}
