public import Mustache

/// A request that failed: what happened, what to do, and the number to quote.
public struct Failure: Page {
    public static let template = "public/failure"

    public var code: Int
    public var heading: String
    public var explanation: String
    public var advice: String
    public var actionPath: String
    public var actionLabel: String
    /// The same in another language, for somebody of whom nothing is known.
    public var other: FailureWords?

    public init(
        code: Int, heading: String, explanation: String, advice: String, actionPath: String, actionLabel: String,
        other: FailureWords? = nil
    ) {
        self.code = code
        self.heading = heading
        self.explanation = explanation
        self.advice = advice
        self.actionPath = actionPath
        self.actionLabel = actionLabel
        self.other = other
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "code": code
        case "heading": heading
        case "explanation": explanation
        case "advice": advice
        case "actionPath": actionPath
        case "actionLabel": actionLabel
        case "other": other as Any
        default: nil
        }
    }
}

/// What happened and what to do, in another language than the page's.
public struct FailureWords: MustacheParent, Sendable {
    /// BCP 47 tag.
    public var language: String
    public var heading: String
    public var explanation: String
    public var advice: String

    public init(language: String, heading: String, explanation: String, advice: String) {
        self.language = language
        self.heading = heading
        self.explanation = explanation
        self.advice = advice
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "language": language
        case "heading": heading
        case "explanation": explanation
        case "advice": advice
        default: nil
        }
    }
}
