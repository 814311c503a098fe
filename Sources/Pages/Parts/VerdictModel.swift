public import Mustache

/// An officer's verdict on one answer or paper: in order, or to be mended with a reason. A form sends
/// `verdict.<key>` = `ok` or `return`, and `reason.<key>`.
public struct VerdictModel: MustacheParent, Sendable {
    public var id: String
    public var name: String
    public var reasonName: String
    /// What is judged, for the legend.
    public var label: String
    public var isAccepted: Bool
    public var isReturned: Bool
    public var reason: String
    public var error: String?

    public init(
        key: String, label: String, isAccepted: Bool = false, isReturned: Bool = false, reason: String = "",
        error: String? = nil
    ) {
        name = "verdict.\(key)"
        reasonName = "reason.\(key)"
        id = FieldModel.identifier("verdict.\(key)")
        self.label = label
        self.isAccepted = isAccepted
        self.isReturned = isReturned
        self.reason = reason
        self.error = error
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "name": self.name
        case "reasonName": reasonName
        case "label": label
        case "isAccepted": isAccepted
        case "isReturned": isReturned
        case "reason": reason
        case "error": error as Any
        default: nil
        }
    }
}
