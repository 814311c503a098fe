public import Mustache

/// An entry of a page that only leads on.
public struct MenuLink: MustacheParent, Sendable {
    public var label: String
    /// What is behind it, in one sentence.
    public var text: String
    public var path: String

    public init(
        label: String, text: String, path: String
    ) {
        self.label = label
        self.text = text
        self.path = path
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "text": text
        case "path": path
        default: nil
        }
    }
}
