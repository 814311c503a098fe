/// Questions that tell somebody whether to apply. Nothing is kept.
public struct EligibilityForm: Page {
    public static let template = "public/eligibility"

    /// Of the service.
    public var name: String
    public var servicePath: String
    public var action: String
    public var fields: [FieldModel]
    public var problems: ProblemSummary?

    public init(
        name: String, servicePath: String, action: String, fields: [FieldModel], problems: ProblemSummary? = nil
    ) {
        self.name = name
        self.servicePath = servicePath
        self.action = action
        self.fields = fields
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "servicePath": servicePath
        case "action": action
        case "fields": fields
        case "problems": problems as Any
        default: nil
        }
    }
}

/// What the answers say: go on, or what to do instead.
public struct EligibilityOutcome: Page {
    public static let template = "public/eligibility-outcome"

    public var name: String
    public var servicePath: String
    public var slug: String
    public var isEligible: Bool
    /// Each with what to do instead.
    public var hindrances: [HelpEntry]
    /// Back to the questions, with the answers.
    public var againPath: String
    public var listPath: String
    public var canApply: Bool
    public var logInPath: String?

    public init(
        name: String, servicePath: String, slug: String, hindrances: [HelpEntry], againPath: String, listPath: String,
        canApply: Bool, logInPath: String? = nil
    ) {
        self.name = name
        self.servicePath = servicePath
        self.slug = slug
        isEligible = hindrances.isEmpty
        self.hindrances = hindrances
        self.againPath = againPath
        self.listPath = listPath
        self.canApply = canApply
        self.logInPath = logInPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "servicePath": servicePath
        case "slug": slug
        case "isEligible": isEligible
        case "hindrances": hindrances
        case "againPath": againPath
        case "listPath": listPath
        case "canApply": canApply
        case "logInPath": logInPath as Any
        default: nil
        }
    }
}
