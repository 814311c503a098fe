public import Mustache

/// An issued letter as the office looks after it: its facts, those before it, and what may be done with it.
public struct StaffLetter: Page {
    public static let template = "staff/letter"

    public var reference: String
    public var kind: String
    public var summary: String
    public var tag: TagModel
    public var rows: [SummaryRow]
    public var downloadPath: String
    public var verificationPath: String
    /// Every letter of the file, void ones included, newest first.
    public var history: [LetterHistoryRow]
    public var report: ReportPanel?
    public var actions: [LetterAction]
    public var backPath: String
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, summary: String, tag: TagModel, rows: [SummaryRow], downloadPath: String,
        verificationPath: String, history: [LetterHistoryRow], report: ReportPanel? = nil, actions: [LetterAction],
        backPath: String, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.summary = summary
        self.tag = tag
        self.rows = rows
        self.downloadPath = downloadPath
        self.verificationPath = verificationPath
        self.history = history
        self.report = report
        self.actions = actions
        self.backPath = backPath
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "summary": summary
        case "tag": tag
        case "rows": rows
        case "downloadPath": downloadPath
        case "verificationPath": verificationPath
        case "history": history
        case "report": report as Any
        case "actions": actions
        case "backPath": backPath
        case "problems": problems as Any
        case "hasActions": !actions.isEmpty
        default: nil
        }
    }
}

public struct LetterHistoryRow: MustacheParent, Sendable {
    public var number: String
    public var issued: String
    public var tag: TagModel
    /// Why it ended, or which letter it follows.
    public var note: String
    public var filePath: String

    public init(number: String, issued: String, tag: TagModel, note: String, filePath: String) {
        self.number = number
        self.issued = issued
        self.tag = tag
        self.note = note
        self.filePath = filePath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "number": number
        case "issued": issued
        case "tag": tag
        case "note": note
        case "filePath": filePath
        default: nil
        }
    }
}

/// One thing that may be done with a letter, folded up until it is wanted.
public struct LetterAction: MustacheParent, Sendable {
    public var heading: String
    public var explanation: String
    public var action: String
    /// The letter that the officer has before them.
    public var letter: String
    public var fields: [FieldModel]
    public var button: String
    public var isDangerous: Bool
    /// Something is wrong with what was typed.
    public var isOpen: Bool

    public init(
        heading: String, explanation: String, action: String, letter: String, fields: [FieldModel], button: String,
        isDangerous: Bool
    ) {
        self.heading = heading
        self.explanation = explanation
        self.action = action
        self.letter = letter
        self.fields = fields
        self.button = button
        self.isDangerous = isDangerous
        isOpen = fields.contains { $0.error != nil }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "heading": heading
        case "explanation": explanation
        case "action": action
        case "letter": letter
        case "fields": fields
        case "button": button
        case "isDangerous": isDangerous
        case "isOpen": isOpen
        default: nil
        }
    }
}

/// The report that a holder owes or has given, as the office sees it.
public struct ReportPanel: MustacheParent, Sendable {
    public var label: String
    public var tag: TagModel
    public var sentence: String
    public var file: FileModel?
    /// Where the officer confirms or returns it; nil when there is nothing to decide.
    public var decision: ReportDecision?

    public init(
        label: String, tag: TagModel, sentence: String, file: FileModel? = nil, decision: ReportDecision? = nil
    ) {
        self.label = label
        self.tag = tag
        self.sentence = sentence
        self.file = file
        self.decision = decision
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "tag": tag
        case "sentence": sentence
        case "file": file as Any
        case "decision": decision as Any
        default: nil
        }
    }
}

public struct ReportDecision: MustacheParent, Sendable {
    public var action: String
    /// The report that the officer has before them.
    public var report: String
    public var reason: FieldModel

    public init(action: String, report: String, reason: FieldModel) {
        self.action = action
        self.report = report
        self.reason = reason
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "action": action
        case "report": report
        case "reason": reason
        default: nil
        }
    }
}
