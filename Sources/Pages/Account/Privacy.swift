/// What somebody may do about the data that the portal keeps of them.
public struct Privacy: Page {
    public static let template = "account/privacy"

    /// The day on which a requested deletion is carried out; nil when none is requested.
    public var deletionDue: String?
    /// Of the page that asks for deletion.
    public var requestPath: String

    public init(
        deletionDue: String? = nil, requestPath: String
    ) {
        self.deletionDue = deletionDue
        self.requestPath = requestPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "deletionDue": deletionDue as Any
        case "requestPath": requestPath
        default: nil
        }
    }
}
