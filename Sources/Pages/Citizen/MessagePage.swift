public import Mustache

/// Writing a message about an application, with what was said last above it.
public struct MessagePage: Page {
    public static let template = "citizen/message"

    public var reference: String
    public var kind: String
    /// `Tulis pesan`, or `Jawab petugas` while a question waits.
    public var title: String
    /// What was said last, oldest first.
    public var items: [MessageItem]
    /// Where the whole conversation is; nil when there is none yet.
    public var threadPath: String?
    public var action: String
    /// Where a script sends one file by itself, up to the name of its input.
    public var uploadPath: String
    public var backPath: String
    /// The same form sent twice is one message.
    public var token: String
    public var typing: TypingModel
    public var text: FieldModel
    /// The first file; the others stand in a box of their own.
    public var upload: FileFieldModel
    public var moreUploads: [FileFieldModel]
    /// Whether that box stands open.
    public var isMoreOpen: Bool
    /// Who sees it before it is sent, and for how long it is kept.
    public var note: String
    /// What stands here is not kept, since another page has kept something else meanwhile.
    public var isElsewhere: Bool
    /// The files are not those that the sender saw.
    public var isOtherFiles: Bool
    public var problems: ProblemSummary?

    /// Name of the hidden inputs that say which files stood on the page.
    public static let shownName = "berkas"

    public init(
        reference: String, kind: String, title: String, items: [MessageItem], threadPath: String?, action: String,
        uploadPath: String, backPath: String, token: String, typing: TypingModel, text: FieldModel,
        uploads: [FileFieldModel], note: String, isElsewhere: Bool = false, isOtherFiles: Bool = false
    ) {
        self.reference = reference
        self.kind = kind
        self.title = title
        self.items = items
        self.threadPath = threadPath
        self.action = action
        self.uploadPath = uploadPath
        self.backPath = backPath
        self.token = token
        self.typing = typing
        self.text = text
        upload = uploads[0]
        moreUploads = Array(uploads.dropFirst())
        isMoreOpen = moreUploads.contains { $0.file != nil || $0.error != nil }
        self.note = note
        self.isElsewhere = isElsewhere
        self.isOtherFiles = isOtherFiles
        problems = ProblemSummary(fields: [text], files: uploads)
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "title": title
        case "items": items
        case "hasItems": !items.isEmpty
        case "threadPath": threadPath as Any
        case "action": action
        case "uploadPath": uploadPath
        case "backPath": backPath
        case "token": token
        case "typing": typing
        case "text": text
        case "upload": upload
        case "moreUploads": moreUploads
        case "isMoreOpen": isMoreOpen
        case "note": note
        case "isElsewhere": isElsewhere
        case "isOtherFiles": isOtherFiles
        case "problems": problems as Any
        default: nil
        }
    }
}

/// A message that was not sent before the conversation closed: its words are there to be copied.
public struct MessageClosed: Page {
    public static let template = "citizen/message-closed"

    public var reference: String
    public var kind: String
    /// Why nothing can be written any more.
    public var note: String
    /// What was written; nil when there was nothing.
    public var text: String?
    public var files: [FileModel]
    /// Where it is thrown away; nil when there is nothing kept.
    public var action: String?
    public var backPath: String

    public init(
        reference: String, kind: String, note: String, text: String? = nil, files: [FileModel] = [],
        action: String? = nil, backPath: String
    ) {
        self.reference = reference
        self.kind = kind
        self.note = note
        self.text = text
        self.files = files
        self.action = action
        self.backPath = backPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "note": note
        case "text": text as Any
        case "files": files
        case "hasFiles": !files.isEmpty
        case "action": action as Any
        case "backPath": backPath
        default: nil
        }
    }
}

/// The way from a conversation to the page on which its next message is written.
public struct WritingLink: MustacheParent, Sendable {
    public var path: String
    /// `Tulis pesan`, or `Jawab`.
    public var label: String
    /// A question waits for the reader.
    public var isAsked: Bool
    /// Something was written and not sent.
    public var isWaiting: Bool

    public init(path: String, label: String, isAsked: Bool, isWaiting: Bool) {
        self.path = path
        self.label = label
        self.isAsked = isAsked
        self.isWaiting = isWaiting
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "path": path
        case "label": label
        case "isAsked": isAsked
        case "isWaiting": isWaiting
        default: nil
        }
    }
}
