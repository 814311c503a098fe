public import Mustache

/// The citizen's own applications, those that wait for the citizen first.
public struct Applications: Page {
    public static let template = "citizen/applications"

    public var items: [ApplicationItem]
    public var pager: Pager?

    public init(items: [ApplicationItem], pager: Pager? = nil) {
        self.items = items
        self.pager = pager
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "items": items
        case "pager": pager as Any
        default: nil
        }
    }
}

public struct ApplicationItem: MustacheParent, Sendable {
    public var reference: String
    public var path: String
    public var kind: String
    /// What tells it from others, such as the title of the research.
    public var summary: String
    /// For which institution, and by whom when not by the reader.
    public var filed: String?
    public var tag: TagModel
    /// One sentence: what happens next or what to do.
    public var next: String
    public var changed: String
    public var needsAction: Bool
    /// Whose answer is waited for in its conversation.
    public var turn: TagModel?
    /// When it goes unless somebody goes on with it; nil for what was sent.
    public var deletion: String?

    public init(
        reference: String, path: String, kind: String, summary: String, tag: TagModel, next: String, changed: String,
        needsAction: Bool, filed: String? = nil, turn: TagModel? = nil, deletion: String? = nil
    ) {
        self.reference = reference
        self.path = path
        self.kind = kind
        self.summary = summary
        self.tag = tag
        self.next = next
        self.changed = changed
        self.needsAction = needsAction
        self.filed = filed
        self.turn = turn
        self.deletion = deletion
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "path": path
        case "kind": kind
        case "summary": summary
        case "tag": tag
        case "next": next
        case "changed": changed
        case "needsAction": needsAction
        case "filed": filed as Any
        case "turn": turn as Any
        case "deletion": deletion as Any
        default: nil
        }
    }
}

/// The citizen's own data.
public struct AccountDetails: Page {
    public static let template = "citizen/account"

    /// NIK masked.
    public var rows: [SummaryRow]
    public var tag: TagModel
    public var isPending: Bool
    public var maskedMail: String
    /// An address that waits to be confirmed.
    public var newMail: String?
    /// What else there is to see and set.
    public var menu: [MenuLink]

    public init(
        rows: [SummaryRow], tag: TagModel, isPending: Bool, maskedMail: String, newMail: String? = nil,
        menu: [MenuLink]
    ) {
        self.rows = rows
        self.tag = tag
        self.isPending = isPending
        self.maskedMail = maskedMail
        self.newMail = newMail
        self.menu = menu
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "rows": rows
        case "tag": tag
        case "isPending": isPending
        case "maskedMail": maskedMail
        case "newMail": newMail as Any
        case "menu": menu
        default: nil
        }
    }
}
