public import Mustache

/// What merging two accounts will do, before it is done.
public struct AccountMerging: Page {
    public static let template = "account/merging"

    /// What stays, and what moves.
    public var parts: [MergingPart]
    /// What will be different afterwards.
    public var notes: [String]
    public var action: String
    /// Under which the reader agrees.
    public var statement: FieldModel
    public var backPath: String
    public var problems: ProblemSummary?

    public static let statementName = "setuju"

    public init(parts: [MergingPart], notes: [String], action: String, statement: FieldModel, backPath: String) {
        self.parts = parts
        self.notes = notes
        self.action = action
        self.statement = statement
        self.backPath = backPath
        problems = ProblemSummary(fields: [statement])
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "parts": parts
        case "notes": notes
        case "action": action
        case "statement": statement
        case "backPath": backPath
        case "problems": problems as Any
        default: nil
        }
    }
}

public struct MergingPart: MustacheParent, Sendable {
    public var title: String
    public var rows: [SummaryRow]

    public init(title: String, rows: [SummaryRow]) {
        self.title = title
        self.rows = rows
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "rows": rows
        default: nil
        }
    }
}
