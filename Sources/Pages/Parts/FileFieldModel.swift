public import Mustache

/// One paper to upload, with what was uploaded before.
public struct FileFieldModel: MustacheParent, Sendable {
    public var id: String
    public var name: String
    public var label: String
    public var hint: String?
    /// What the paper is for and where to get it.
    public var explain: String?
    /// How it should look, line by line.
    public var sample: [SampleLine]
    /// `PDF, JPEG, atau PNG`
    public var kinds: String
    /// `10 MB`
    public var limit: String
    /// The same in bytes, so that a script can tell before the upload.
    public var maxBytes: Int
    /// For the `accept` attribute: `.pdf,.jpg,.jpeg,.png`
    public var accept: String
    public var isRequired: Bool
    public var error: String?
    /// What an officer wrote about the file that was judged.
    public var remark: String?
    public var file: FileModel?
    /// One that was given before.
    public var offer: ReuseModel?

    public init(
        name: String, label: String, hint: String? = nil, explain: String? = nil,
        sample: [SampleLine] = [], kinds: String, limit: String, maxBytes: Int, accept: String,
        isRequired: Bool, error: String? = nil, remark: String? = nil, file: FileModel? = nil
    ) {
        id = FieldModel.identifier(name)
        self.name = name
        self.label = label
        self.hint = hint
        self.explain = explain
        self.sample = sample
        self.kinds = kinds
        self.limit = limit
        self.maxBytes = maxBytes
        self.accept = accept
        self.isRequired = isRequired
        self.error = error
        self.remark = remark
        self.file = file
    }

    var describedBy: String {
        [
            remark.map { _ in "\(id)-remark" }, "\(id)-hint", error.map { _ in "\(id)-error" },
            file.map { _ in "\(id)-file" },
        ].compactMap { $0 }.joined(separator: " ")
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "name": self.name
        case "label": label
        case "hint": hint as Any
        case "explain": explain as Any
        case "sample": sample
        case "hasHelp": explain != nil || !sample.isEmpty
        case "hasSample": !sample.isEmpty
        case "kinds": kinds
        case "limit": limit
        case "maxBytes": maxBytes
        case "accept": accept
        case "isRequired": isRequired
        case "error": error as Any
        case "remark": remark as Any
        case "file": file as Any
        case "offer": offer as Any
        case "describedBy": describedBy
        default: nil
        }
    }
}

/// A paper that was given before, for a requirement that takes it again.
public struct ReuseModel: MustacheParent, Sendable {
    /// What it is called, when it was given, and until when it may be used or since when not any more.
    public var text: String
    /// Of the file; nil when it is too old to be offered.
    public var path: String?
    /// Where the button posts, and what it says: which paper, for which requirement.
    public var action: String
    public var value: String

    public init(text: String, path: String? = nil, action: String, value: String) {
        self.text = text
        self.path = path
        self.action = action
        self.value = value
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "path": path as Any
        case "action": action
        case "value": value
        default: nil
        }
    }
}
