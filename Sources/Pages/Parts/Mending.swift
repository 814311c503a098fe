public import Mustache

/// A returned answer as its applicant mends it: what was sent beside what is written now.
public struct FieldToMend: MustacheParent, Sendable {
    /// `remark` and `judged` are the officer's words and what they are about.
    public var field: FieldModel
    /// For an answer that is right as it is; nil for a question that was not returned itself.
    public var explanation: FieldModel?
    /// Whether the box for it stands open.
    public var isExplained: Bool
    /// `500 baris, 3 perlu dibetulkan`, for a list that is mended on a page of its own.
    public var listed: String?

    public init(field: FieldModel, explanation: FieldModel? = nil, isExplained: Bool = false, listed: String? = nil) {
        self.field = field
        self.listed = listed
        self.explanation = explanation
        self.isExplained = isExplained
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "field": field
        case "listed": listed as Any
        case "explanation": explanation as Any
        case "isExplained": isExplained
        default: nil
        }
    }
}

/// A returned paper as its applicant replaces it.
public struct PaperToMend: MustacheParent, Sendable {
    /// Its file is the new one; none as long as there is none.
    public var upload: FileFieldModel
    /// The file that was judged.
    public var old: FileModel?
    public var explanation: FieldModel?
    public var isExplained: Bool

    public init(
        upload: FileFieldModel, old: FileModel? = nil, explanation: FieldModel? = nil, isExplained: Bool = false
    ) {
        self.upload = upload
        self.old = old
        self.explanation = explanation
        self.isExplained = isExplained
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "upload": upload
        case "old": old as Any
        case "explanation": explanation as Any
        case "isExplained": isExplained
        default: nil
        }
    }
}

/// One part of what an applicant has mended, for themselves to read again.
public struct ChangeRow: MustacheParent, Sendable {
    public var label: String
    /// What the officer asked for.
    public var reason: String?
    /// Nil where the answer stayed as it was, and for papers.
    public var oldValue: String?
    public var newValue: String?
    public var oldFile: FileModel?
    public var newFile: FileModel?
    /// Why it is right as it was, in their words.
    public var explanation: String?

    public init(
        label: String, reason: String? = nil, oldValue: String? = nil, newValue: String? = nil,
        oldFile: FileModel? = nil, newFile: FileModel? = nil, explanation: String? = nil
    ) {
        self.label = label
        self.reason = reason
        self.oldValue = oldValue
        self.newValue = newValue
        self.oldFile = oldFile
        self.newFile = newFile
        self.explanation = explanation
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "reason": reason as Any
        case "oldValue": oldValue as Any
        case "newValue": newValue as Any
        case "oldFile": oldFile as Any
        case "newFile": newFile as Any
        case "explanation": explanation as Any
        default: nil
        }
    }
}

/// What was mended at one time.
public struct ChangeRound: MustacheParent, Sendable {
    /// `Dikirim 20 November 2026 pukul 10.15`
    public var title: String
    public var rows: [ChangeRow]

    public init(title: String, rows: [ChangeRow]) {
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

/// What an officer sees of a part that was returned and came back.
public struct MendedModel: MustacheParent, Sendable {
    /// What the office had asked for.
    public var reason: String?
    /// Why it is right as it was, in the applicant's words.
    public var explanation: String?
    /// The answer that was returned, when it is another now.
    public var oldValue: String?
    /// The paper that was returned, when there is another now.
    public var oldFile: FileModel?
    public var oldIsImage: Bool
    public var oldIsFramed: Bool

    public init(
        reason: String? = nil, explanation: String? = nil, oldValue: String? = nil, oldFile: FileModel? = nil,
        oldIsImage: Bool = false, oldIsFramed: Bool = false
    ) {
        self.reason = reason
        self.explanation = explanation
        self.oldValue = oldValue
        self.oldFile = oldFile
        self.oldIsImage = oldIsImage
        self.oldIsFramed = oldIsFramed
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reason": reason as Any
        case "explanation": explanation as Any
        case "oldValue": oldValue as Any
        case "oldFile": oldFile as Any
        case "oldIsImage": oldIsImage
        case "oldIsFramed": oldIsFramed
        default: nil
        }
    }
}
