/// Only what was returned, or one part of it, each with the officer's reason, the value that was judged and the one that is to be.
public struct Corrections: Page {
    public static let template = "citizen/corrections"
    /// Name of the field that says what a part holds.
    public static let heldName = "perbaikan.isi"
    /// Name of the buttons that save the page and lead to the rows of a list.
    public static let rowsName = "perbaikan.daftar"

    public var reference: String
    public var kind: String
    public var returnedAt: String
    /// What there is to do, each linked to its place below.
    public var tasks: [TaskItem]
    public var fields: [FieldToMend]
    public var files: [PaperToMend]
    public var action: String
    /// Where a script sends one file by itself, up to the paper's key.
    public var uploadPath: String
    public var typing: TypingModel
    public var backPath: String
    /// `Bagian 2 dari 4`; nil where everything stands on this page.
    public var part: String?
    /// Keys of what stands on this page, with spaces between; nil where everything does.
    public var held: String?
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, returnedAt: String, tasks: [TaskItem], fields: [FieldToMend],
        files: [PaperToMend], action: String, uploadPath: String, typing: TypingModel, backPath: String,
        part: String? = nil, held: String? = nil, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.returnedAt = returnedAt
        self.tasks = tasks
        self.fields = fields
        self.files = files
        self.action = action
        self.uploadPath = uploadPath
        self.typing = typing
        self.backPath = backPath
        self.part = part
        self.held = held
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "returnedAt": returnedAt
        case "tasks": tasks
        case "fields": fields
        case "files": files
        case "action": action
        case "uploadPath": uploadPath
        case "typing": typing
        case "backPath": backPath
        case "part": part as Any
        case "held": held as Any
        case "problems": problems as Any
        default: nil
        }
    }
}
