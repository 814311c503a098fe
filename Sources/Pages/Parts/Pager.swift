public import Mustache

/// The way to the other pages of a long list.
public struct Pager: MustacheParent, Sendable {
    public var previousPath: String?
    public var nextPath: String?

    public init(previousPath: String? = nil, nextPath: String? = nil) {
        self.previousPath = previousPath
        self.nextPath = nextPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "previousPath": previousPath as Any
        case "nextPath": nextPath as Any
        default: nil
        }
    }
}
