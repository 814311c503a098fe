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
