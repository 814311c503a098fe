public import Mustache

/// One section of the application form.
public struct SectionForm: Page {
    public static let template = "citizen/section-form"

    public var reference: String
    public var kind: String
    public var title: String
    public var progress: FormProgress
    public var questions: [Question]
    public var action: String
    /// Where a script sends one file by itself, up to the paper's key.
    public var uploadPath: String
    public var backPath: String
    public var typing: TypingModel
    public var intro: String?
    /// When the draft was last kept, in words.
    public var savedAt: String?
    /// What stands here is not kept, since another page has kept something else meanwhile.
    public var isElsewhere: Bool
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, title: String, progress: FormProgress, questions: [Question],
        action: String, uploadPath: String, backPath: String, typing: TypingModel, intro: String? = nil,
        savedAt: String? = nil, isElsewhere: Bool = false, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.title = title
        self.progress = progress
        self.questions = questions
        self.action = action
        self.uploadPath = uploadPath
        self.backPath = backPath
        self.typing = typing
        self.intro = intro
        self.savedAt = savedAt
        self.isElsewhere = isElsewhere
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "title": title
        case "progress": progress
        case "questions": questions
        case "hasPapers": questions.contains { $0.upload != nil }
        case "action": action
        case "uploadPath": uploadPath
        case "backPath": backPath
        case "intro": intro as Any
        case "typing": typing
        case "savedAt": savedAt as Any
        case "isElsewhere": isElsewhere
        case "problems": problems as Any
        default: nil
        }
    }
}

/// One question of a section: a field, or a paper to upload.
public struct Question: MustacheParent, Sendable {
    public var field: FieldModel?
    public var upload: FileFieldModel?

    public init(_ field: FieldModel) { self.field = field }

    public init(_ upload: FileFieldModel) { self.upload = upload }

    var problem: ProblemItem? {
        (field?.error ?? upload?.error).map { ProblemItem(text: $0, target: "#\(field?.id ?? upload?.id ?? "")") }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "field": field as Any
        case "upload": upload as Any
        default: nil
        }
    }
}

/// All papers of the application; any number of them can be sent at a time.
public struct AttachmentsForm: Page {
    public static let template = "citizen/attachments-form"

    public var reference: String
    public var kind: String
    public var progress: FormProgress
    public var files: [FileFieldModel]
    public var action: String
    /// Where a script sends one file by itself, up to the paper's key.
    public var uploadPath: String
    public var nextPath: String
    public var backPath: String
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, progress: FormProgress, files: [FileFieldModel], action: String,
        uploadPath: String, nextPath: String, backPath: String, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.progress = progress
        self.files = files
        self.action = action
        self.uploadPath = uploadPath
        self.nextPath = nextPath
        self.backPath = backPath
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "progress": progress
        case "files": files
        case "action": action
        case "uploadPath": uploadPath
        case "nextPath": nextPath
        case "backPath": backPath
        case "problems": problems as Any
        default: nil
        }
    }
}

/// Check your answers, then send.
public struct Check: Page {
    public static let template = "citizen/check"

    public var reference: String
    public var kind: String
    public var progress: FormProgress
    /// Labels of what has changed since it was checked, so that it was not sent; nil when it was not tried.
    public var changes: [String]?
    public var sections: [SummarySection]
    public var papers: [PaperRow]
    /// What keeps it from being sent, each linked to its place.
    public var missing: [ProblemItem]
    public var action: String
    /// What this page shows, in short, for whoever sends it.
    public var content: String
    /// The checkbox under which the citizen vouches for the answers.
    public var statement: FieldModel
    public var backPath: String
    /// The account is not active yet, so the button is not there.
    public var isPending: Bool
    public var maskedMail: String
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, progress: FormProgress, changes: [String]? = nil, sections: [SummarySection],
        papers: [PaperRow], missing: [ProblemItem], action: String, content: String, statement: FieldModel,
        backPath: String, isPending: Bool, maskedMail: String, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.progress = progress
        self.changes = changes
        self.sections = sections
        self.papers = papers
        self.missing = missing
        self.action = action
        self.content = content
        self.statement = statement
        self.backPath = backPath
        self.isPending = isPending
        self.maskedMail = maskedMail
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "progress": progress
        case "hasChanged": changes != nil
        case "changes": changes ?? []
        case "sections": sections
        case "papers": papers
        case "missing": missing
        case "action": action
        case "content": content
        case "statement": statement
        case "backPath": backPath
        case "isPending": isPending
        case "maskedMail": maskedMail
        case "problems": problems as Any
        case "hasMissing": !missing.isEmpty
        case "canSend": !isPending && missing.isEmpty
        default: nil
        }
    }
}
