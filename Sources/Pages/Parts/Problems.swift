public import Mustache

/// What is wrong with a form, above it, each linked to its place.
public struct ProblemSummary: MustacheParent, Sendable {
    public var items: [ProblemItem]

    public init(items: [ProblemItem]) { self.items = items }

    /// Nil when nothing is wrong. `other` are problems of the form as a whole; they come first.
    public init?(fields: [FieldModel], files: [FileFieldModel] = [], other: [String] = []) {
        items =
            other.map { ProblemItem(text: $0, target: "#main") }
            + fields.compactMap { field in field.error.map { ProblemItem(text: $0, target: "#\(field.id)") } }
            + files.compactMap { file in file.error.map { ProblemItem(text: $0, target: "#\(file.id)") } }
        if items.isEmpty { return nil }
    }

    /// In the order of the questions; nil when nothing is wrong.
    public init?(_ questions: [Question]) {
        items = questions.compactMap(\.problem)
        if items.isEmpty { return nil }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "items": items
        default: nil
        }
    }
}

public struct ProblemItem: MustacheParent, Sendable {
    public var text: String
    /// `#f-nik` on the same page, or the address of the page that mends it.
    public var target: String

    public init(text: String, target: String) {
        self.text = text
        self.target = target
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "target": target
        default: nil
        }
    }
}
