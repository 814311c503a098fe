public import Mustache

/// Work of an office, the nearest due date first.
public struct Queue: Page {
    public static let template = "staff/queue"

    public var tabs: [QueueTab]
    public var heading: String
    public var rows: [QueueRow]
    public var pager: Pager?

    public init(
        tabs: [QueueTab], heading: String, rows: [QueueRow], pager: Pager? = nil
    ) {
        self.tabs = tabs
        self.heading = heading
        self.rows = rows
        self.pager = pager
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "tabs": tabs
        case "heading": heading
        case "rows": rows
        case "pager": pager as Any
        case "hasRows": !rows.isEmpty
        default: nil
        }
    }
}

public struct QueueTab: MustacheParent, Sendable {
    public var label: String
    public var count: String
    public var path: String
    public var isCurrent: Bool

    public init(label: String, count: String, path: String, isCurrent: Bool) {
        self.label = label
        self.count = count
        self.path = path
        self.isCurrent = isCurrent
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "count": count
        case "path": path
        case "isCurrent": isCurrent
        default: nil
        }
    }
}

public struct QueueRow: MustacheParent, Sendable {
    public var reference: String
    public var path: String
    public var applicant: String
    public var kind: String
    public var summary: String
    public var submitted: String
    /// `Terlambat 1 hari kerja`, `Hari ini`, `3 hari kerja lagi`, `Dijeda`
    public var due: String
    /// Urgency: `.bad` late, `.warn` today or tomorrow, `.neutral` otherwise.
    public var tone: Tone
    public var claimedBy: String?
    /// Whose answer is waited for in its conversation.
    public var turn: TagModel?

    public init(
        reference: String, path: String, applicant: String, kind: String, summary: String, submitted: String,
        due: String, tone: Tone, claimedBy: String? = nil, turn: TagModel? = nil
    ) {
        self.reference = reference
        self.path = path
        self.applicant = applicant
        self.kind = kind
        self.summary = summary
        self.submitted = submitted
        self.due = due
        self.tone = tone
        self.claimedBy = claimedBy
        self.turn = turn
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "path": path
        case "applicant": applicant
        case "kind": kind
        case "summary": summary
        case "submitted": submitted
        case "due": due
        case "tone": tone.rawValue
        case "claimedBy": claimedBy as Any
        case "turn": turn as Any
        default: nil
        }
    }
}

/// Accounts that wait for the office, the oldest first.
public struct Activations: Page {
    public static let template = "staff/activations"

    public var rows: [PendingAccount]
    public var pager: Pager?

    public init(rows: [PendingAccount], pager: Pager? = nil) {
        self.rows = rows
        self.pager = pager
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "rows": rows
        case "pager": pager as Any
        case "hasRows": !rows.isEmpty
        default: nil
        }
    }
}

public struct PendingAccount: MustacheParent, Sendable {
    public var name: String
    public var mail: String
    public var phone: String
    /// NIK, or country and number of a passport.
    public var maskedIdentity: String
    /// What is strange about the NIK, though nothing is wrong with it.
    public var doubt: String?
    public var registered: String
    /// Of the promised 24 hours: `5 jam lagi`, `Lewat 2 jam`.
    public var left: String
    public var tone: Tone
    public var action: String
    /// Of the page that turns the sign-up down.
    public var rejection: String

    public init(
        name: String, mail: String, phone: String, maskedIdentity: String, doubt: String? = nil, registered: String,
        left: String, tone: Tone, action: String, rejection: String
    ) {
        self.name = name
        self.mail = mail
        self.phone = phone
        self.maskedIdentity = maskedIdentity
        self.doubt = doubt
        self.registered = registered
        self.left = left
        self.tone = tone
        self.action = action
        self.rejection = rejection
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "mail": mail
        case "phone": phone
        case "maskedIdentity": maskedIdentity
        case "doubt": doubt as Any
        case "registered": registered
        case "left": left
        case "tone": tone.rawValue
        case "action": action
        case "rejection": rejection
        default: nil
        }
    }
}

/// Every account with its roles.
public struct AdminAccounts: Page {
    public static let template = "admin/accounts"

    public var rows: [AccountRow]
    public var pager: Pager?

    public init(rows: [AccountRow], pager: Pager? = nil) {
        self.rows = rows
        self.pager = pager
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "rows": rows
        case "pager": pager as Any
        default: nil
        }
    }
}

public struct AccountRow: MustacheParent, Sendable {
    public var name: String
    public var mail: String
    public var roles: String
    public var unit: String
    public var tag: TagModel

    public init(name: String, mail: String, roles: String, unit: String, tag: TagModel) {
        self.name = name
        self.mail = mail
        self.roles = roles
        self.unit = unit
        self.tag = tag
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "mail": mail
        case "roles": roles
        case "unit": unit
        case "tag": tag
        default: nil
        }
    }
}
