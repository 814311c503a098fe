public import Mustache

/// Accounts that their owners want deleted, for the admin.
public struct Deletions: Page {
    public static let template = "admin/deletions"

    public var rows: [DeletionRow]

    public init(
        rows: [DeletionRow]
    ) {
        self.rows = rows
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "rows": rows
        case "hasRows": !rows.isEmpty
        default: nil
        }
    }
}

/// One request to be deleted.
public struct DeletionRow: MustacheParent, Sendable {
    public var name: String
    public var requested: String
    public var due: String
    public var tag: TagModel

    public init(
        name: String, requested: String, due: String, tag: TagModel
    ) {
        self.name = name
        self.requested = requested
        self.due = due
        self.tag = tag
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "requested": requested
        case "due": due
        case "tag": tag
        default: nil
        }
    }
}
