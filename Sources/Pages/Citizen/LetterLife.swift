public import Mustache
public import Permits

/// Asking for more time on a letter.
public struct ExtensionForm: Page {
    public static let template = "citizen/extension"

    public var reference: String
    public var kind: String
    public var number: String
    public var until: String
    public var fields: [FieldModel]
    public var action: String
    public var backPath: String
    public var problems: ProblemSummary?

    public init(
        reference: String, kind: String, number: String, until: String, fields: [FieldModel], action: String,
        backPath: String, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.number = number
        self.until = until
        self.fields = fields
        self.action = action
        self.backPath = backPath
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "number": number
        case "until": until
        case "fields": fields
        case "action": action
        case "backPath": backPath
        case "problems": problems as Any
        default: nil
        }
    }
}

extension ExtensionForm {
    public static let reasonName = "alasan"

    public static func reasonField(value: String, fault: String?, texts: Texts) -> FieldModel {
        FieldModel(
            .textarea(rows: 3), name: reasonName, label: texts("extension.reason"), value: value,
            hint: texts("extension.reason.hint"), error: fault, maxLength: 2000)
    }
}

/// The letter that an application is going to replace or extend.
public struct FollowNote: MustacheParent, Sendable {
    public var text: String
    public var reason: String
    public var verificationPath: String

    public init(text: String, reason: String, verificationPath: String) {
        self.text = text
        self.reason = reason
        self.verificationPath = verificationPath
    }

    /// - Parameter letter: The letter that is followed.
    public init(_ follow: Follow, _ letter: Letter, texts: Texts) {
        self.init(
            text: texts("follow.\(follow.kind.rawValue)", ["number": letter.numberText]), reason: follow.reason,
            verificationPath: Link.verification(letter.token).path)
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "reason": reason
        case "verificationPath": verificationPath
        default: nil
        }
    }
}

/// More time for a letter: where it is asked for, or where it was.
public struct ExtensionOffer: MustacheParent, Sendable {
    public var text: String
    public var path: String
    public var label: String

    public init(text: String, path: String, label: String) {
        self.text = text
        self.path = path
        self.label = label
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "path": path
        case "label": label
        default: nil
        }
    }
}

/// What the holder owes the office, in one sentence, with the way to hand it over while it is open.
public struct DutyNote: MustacheParent, Sendable {
    public var label: String
    public var tag: TagModel
    public var sentence: String
    /// Why the one before was returned.
    public var reason: String?
    /// The report that was given.
    public var file: FileModel?
    /// Where it is handed over.
    public var path: String?
    /// A file was uploaded and not handed over.
    public var isWaiting: Bool

    public init(
        label: String, tag: TagModel, sentence: String, reason: String? = nil, file: FileModel? = nil,
        path: String? = nil, isWaiting: Bool = false
    ) {
        self.label = label
        self.tag = tag
        self.sentence = sentence
        self.reason = reason
        self.file = file
        self.path = path
        self.isWaiting = isWaiting
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "tag": tag
        case "sentence": sentence
        case "reason": reason as Any
        case "file": file as Any
        case "path": path as Any
        case "isWaiting": isWaiting
        default: nil
        }
    }
}
