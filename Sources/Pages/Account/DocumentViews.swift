public import Mustache

/// Who opened one's papers, and when.
public struct DocumentViews: Page {
    public static let template = "account/document-views"

    public var backPath: String
    public var backLabel: String
    /// Reference and kind when it is about one application.
    public var subject: String?
    public var rows: [DocumentViewRow]
    public var pager: Pager?

    public init(
        backPath: String, backLabel: String, subject: String? = nil, rows: [DocumentViewRow], pager: Pager? = nil
    ) {
        self.backPath = backPath
        self.backLabel = backLabel
        self.subject = subject
        self.rows = rows
        self.pager = pager
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "backPath": backPath
        case "backLabel": backLabel
        case "subject": subject as Any
        case "rows": rows
        case "pager": pager as Any
        case "hasRows": !rows.isEmpty
        default: nil
        }
    }
}

/// One person's reading of one paper.
public struct DocumentViewRow: MustacheParent, Sendable {
    public var paper: String
    public var filename: String
    public var reference: String
    /// Of the application; nil when the reader may not see it any more.
    public var path: String?
    public var viewer: String
    /// With the office, such as `Petugas pemeriksa, BRIDA`.
    public var role: String
    public var first: String
    public var last: String
    public var count: Int

    public init(
        paper: String, filename: String, reference: String, path: String?, viewer: String, role: String, first: String,
        last: String, count: Int
    ) {
        self.paper = paper
        self.filename = filename
        self.reference = reference
        self.path = path
        self.viewer = viewer
        self.role = role
        self.first = first
        self.last = last
        self.count = count
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "paper": paper
        case "filename": filename
        case "reference": reference
        case "path": path as Any
        case "viewer": viewer
        case "role": role
        case "first": first
        case "last": last
        case "count": count
        default: nil
        }
    }
}
