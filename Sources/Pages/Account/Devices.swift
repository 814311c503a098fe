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
    public var seen: String
    public var isCurrent: Bool

    public init(
        label: String, opened: String, seen: String, isCurrent: Bool
    ) {
        self.label = label
        self.opened = opened
        self.seen = seen
        self.isCurrent = isCurrent
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "opened": opened
        case "seen": seen
        case "isCurrent": isCurrent
        default: nil
        }
    }
}
