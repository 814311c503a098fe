/// What anyone who scans the QR code of a letter sees. Exactly one `is...` is true.
public struct Verification: Page {
    public static let template = "public/verification"

    public var isValid: Bool
    public var isExpired: Bool
    public var isRevoked: Bool
    public var isUnknown: Bool
    /// `Surat ini asli dan berlaku`
    public var heading: String
    public var explanation: String
    /// Number, kind, masked holder, dates, office, signatory. Empty when unknown.
    public var rows: [SummaryRow]
    public var checkedAt: String

    public init(
        isValid: Bool, isExpired: Bool, isRevoked: Bool, isUnknown: Bool, heading: String, explanation: String,
        rows: [SummaryRow], checkedAt: String
    ) {
        self.isValid = isValid
        self.isExpired = isExpired
        self.isRevoked = isRevoked
        self.isUnknown = isUnknown
        self.heading = heading
        self.explanation = explanation
        self.rows = rows
        self.checkedAt = checkedAt
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "isValid": isValid
        case "isExpired": isExpired
        case "isRevoked": isRevoked
        case "isUnknown": isUnknown
        case "heading": heading
        case "explanation": explanation
        case "rows": rows
        case "checkedAt": checkedAt
        default: nil
        }
    }
}

/// A request that failed: what happened, what to do, and the number to quote.
public struct Failure: Page {
    public static let template = "public/failure"

    public var code: Int
    public var heading: String
    public var explanation: String
    public var advice: String
    public var actionPath: String
    public var actionLabel: String

    public init(
        code: Int, heading: String, explanation: String, advice: String, actionPath: String, actionLabel: String
    ) {
        self.code = code
        self.heading = heading
        self.explanation = explanation
        self.advice = advice
        self.actionPath = actionPath
        self.actionLabel = actionLabel
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "code": code
        case "heading": heading
        case "explanation": explanation
        case "advice": advice
        case "actionPath": actionPath
        case "actionLabel": actionLabel
        default: nil
        }
    }
}
