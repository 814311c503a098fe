/// Handing over the report that is owed: the file goes up first and waits here.
public struct ReportPage: Page {
    public static let template = "citizen/report"

    public var reference: String
    public var kind: String
    /// `Laporan hasil penelitian`
    public var label: String
    public var tag: TagModel
    /// By when, in a sentence.
    public var sentence: String
    /// Why the one before was returned, and that one.
    public var reason: String?
    public var returned: FileModel?
    public var action: String
    /// Where a script sends the file by itself, up to the name of its input.
    public var uploadPath: String
    public var backPath: String
    public var upload: FileFieldModel
    /// Who sees it before it is handed over, and for how long it is kept.
    public var note: String
    /// The file is not the one that its sender saw.
    public var isOtherFile: Bool
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, label: String, tag: TagModel, sentence: String, reason: String? = nil,
        returned: FileModel? = nil, action: String, uploadPath: String, backPath: String, upload: FileFieldModel,
        note: String, isOtherFile: Bool = false
    ) {
        self.reference = reference
        self.kind = kind
        self.label = label
        self.tag = tag
        self.sentence = sentence
        self.reason = reason
        self.returned = returned
        self.action = action
        self.uploadPath = uploadPath
        self.backPath = backPath
        self.upload = upload
        self.note = note
        self.isOtherFile = isOtherFile
        problems = ProblemSummary(fields: [], files: [upload])
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "label": label
        case "tag": tag
        case "sentence": sentence
        case "reason": reason as Any
        case "returned": returned as Any
        case "action": action
        case "uploadPath": uploadPath
        case "backPath": backPath
        case "upload": upload
        case "note": note
        case "isOtherFile": isOtherFile
        case "problems": problems as Any
        default: nil
        }
    }
}
