public import Mustache

/// `label: value`, with a link to change it where that is possible.
public struct SummaryRow: MustacheParent, Sendable {
    public var label: String
    /// Lines are kept. Empty means not filled in.
    public var value: String
    public var changePath: String?
    /// The value is Indonesian whatever the page is in, such as what stands in a letter.
    public var isIndonesian: Bool
    /// What is strange about the value, though nothing is wrong with it.
    public var doubt: String?

    public init(
        label: String, value: String, changePath: String? = nil, isIndonesian: Bool = false, doubt: String? = nil
    ) {
        self.label = label
        self.value = value
        self.changePath = changePath
        self.isIndonesian = isIndonesian
        self.doubt = doubt
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "value": value
        case "changePath": changePath as Any
        case "isIndonesian": isIndonesian
        case "doubt": doubt as Any
        default: nil
        }
    }
}

/// Answers of one section of a form.
public struct SummarySection: MustacheParent, Sendable {
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

/// A stored file as a reader sees it.
public struct FileModel: MustacheParent, Sendable {
    public var name: String
    /// `2,3 MB`
    public var size: String
    public var path: String
    /// `12 halaman`; nil for pictures.
    public var pages: String?
    /// Where a picture can be looked at in the page; nil for other files.
    public var picture: String?
    /// Value of the remove button; nil where it may not be removed.
    public var removal: String?
    /// By which a form says that this file stood on its page; nil where that does not matter.
    public var mark: String?

    public init(
        name: String, size: String, path: String, pages: String? = nil, picture: String? = nil, removal: String? = nil,
        mark: String? = nil
    ) {
        self.name = name
        self.size = size
        self.path = path
        self.pages = pages
        self.picture = picture
        self.removal = removal
        self.mark = mark
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "size": size
        case "path": path
        case "pages": pages as Any
        case "picture": picture as Any
        case "removal": removal as Any
        case "mark": mark as Any
        default: nil
        }
    }
}

/// A required paper and the file that was given for it.
public struct PaperRow: MustacheParent, Sendable {
    public var label: String
    public var file: FileModel?
    public var isRequired: Bool
    public var changePath: String?

    public init(label: String, file: FileModel? = nil, isRequired: Bool, changePath: String? = nil) {
        self.label = label
        self.file = file
        self.isRequired = isRequired
        self.changePath = changePath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "file": file as Any
        case "isRequired": isRequired
        case "changePath": changePath as Any
        default: nil
        }
    }
}
