public import Mustache

/// Where more was returned than fits on one page: all of it, what is done, the way to each, and the sending.
public struct CorrectionList: Page {
    public static let template = "citizen/correction-list"

    public var reference: String
    public var kind: String
    public var returnedAt: String
    /// How much is done of how much.
    public var progress: String
    /// In the order of the pages.
    public var groups: [CorrectionGroup]
    /// Where the first of what is open is mended; nil when all is done.
    public var nextPath: String?
    public var action: String
    public var backPath: String
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, returnedAt: String, progress: String, groups: [CorrectionGroup],
        nextPath: String? = nil, action: String, backPath: String, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.returnedAt = returnedAt
        self.progress = progress
        self.groups = groups
        self.nextPath = nextPath
        self.action = action
        self.backPath = backPath
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "returnedAt": returnedAt
        case "progress": progress
        case "groups": groups
        case "nextPath": nextPath as Any
        case "action": action
        case "backPath": backPath
        case "problems": problems as Any
        default: nil
        }
    }
}

/// What stands on one page of the corrections.
public struct CorrectionGroup: MustacheParent, Sendable {
    public var title: String
    public var tasks: [TaskItem]

    public init(title: String, tasks: [TaskItem]) {
        self.title = title
        self.tasks = tasks
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "tasks": tasks
        default: nil
        }
    }
}
