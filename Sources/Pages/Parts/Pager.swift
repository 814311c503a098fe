public import Mustache

/// The way to the other pages of a long list.
public struct Pager: MustacheParent, Sendable {
    /// Of this page, from 1.
    public var number: Int
    public var previousPath: String?
    public var nextPath: String?

    public init(number: Int, previousPath: String? = nil, nextPath: String? = nil) {
        self.number = number
        self.previousPath = previousPath
        self.nextPath = nextPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "number": number
        case "previousPath": previousPath as Any
        case "nextPath": nextPath as Any
        default: nil
        }
    }
}

/// The way to the other parts of a list that shows its newest part first.
public struct ListParts: MustacheParent, Sendable {
    /// Of which list, for those who hear the page.
    public var label: String
    public var olderPath: String?
    public var newerPath: String?

    public init(label: String, olderPath: String? = nil, newerPath: String? = nil) {
        self.label = label
        self.olderPath = olderPath
        self.newerPath = newerPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "olderPath": olderPath as Any
        case "newerPath": newerPath as Any
        default: nil
        }
    }
}
