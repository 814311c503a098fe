public import Mustache

/// Where somebody is logged in.
public struct Devices: Page {
    public static let template = "account/devices"

    public var items: [DeviceItem]
    /// Whether there is anywhere else to log out.
    public var hasOthers: Bool

    public init(
        items: [DeviceItem], hasOthers: Bool
    ) {
        self.items = items
        self.hasOthers = hasOthers
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "items": items
        case "hasOthers": hasOthers
        default: nil
        }
    }
}

/// One place where somebody is logged in.
public struct DeviceItem: MustacheParent, Sendable {
    /// `Chrome di Android`
    public var label: String
    public var opened: String
    /// Network address that the log-in came from; nil when it was not kept.
    public var origin: String?
    public var seen: String
    public var isCurrent: Bool
    /// Where a button logs out there; nil for this place.
    public var endPath: String?

    public init(
        label: String, opened: String, origin: String? = nil, seen: String, isCurrent: Bool, endPath: String? = nil
    ) {
        self.label = label
        self.opened = opened
        self.origin = origin
        self.seen = seen
        self.isCurrent = isCurrent
        self.endPath = endPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "opened": opened
        case "origin": origin as Any
        case "seen": seen
        case "isCurrent": isCurrent
        case "endPath": endPath as Any
        default: nil
        }
    }
}
