public import Mustache

/// Questions that tell somebody whether to apply. Nothing is kept.
public struct EligibilityForm: Page {
    public static let template = "public/eligibility"

    /// Of the service.
    public var name: String
    public var servicePath: String
    public var action: String
    /// As whom the reader chose to apply, to be kept on the way.
    public var applicant: String?
    public var fields: [FieldModel]
    public var problems: ProblemSummary?
    public var tags: ShareTags

    public init(
        name: String, servicePath: String, action: String, applicant: String? = nil, fields: [FieldModel],
        problems: ProblemSummary? = nil, tags: ShareTags
    ) {
        self.name = name
        self.servicePath = servicePath
        self.action = action
        self.applicant = applicant
        self.fields = fields
        self.problems = problems
        self.tags = tags
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "servicePath": servicePath
        case "action": action
        case "fields": fields
        case "problems": problems as Any
        case "applicant": applicant as Any
        case "tags": tags
        default: nil
        }
    }
}

/// What the answers say: go on, begin and get what is missing, or what to do instead.
public struct EligibilityOutcome: Page {
    public static let template = "public/eligibility-outcome"

    public var name: String
    public var servicePath: String
    public var slug: String
    public var tone: Tone
    public var heading: String
    public var text: String
    /// Nothing tells against applying.
    public var canGoOn: Bool
    /// Each with what to do about it.
    public var hindrances: [Hindrance]
    /// Back to the questions, with the answers.
    public var againPath: String
    public var listPath: String
    /// As whom the reader chose to apply, for the draft.
    public var applicant: String?
    public var canApply: Bool
    public var logInPath: String?
    /// For whoever has no account; back here afterwards.
    public var signUpPath: String?
    public var tags: ShareTags

    public init(
        name: String, servicePath: String, slug: String, tone: Tone, heading: String, text: String, canGoOn: Bool,
        hindrances: [Hindrance] = [], againPath: String, listPath: String, applicant: String? = nil, canApply: Bool,
        logInPath: String? = nil, signUpPath: String? = nil, tags: ShareTags
    ) {
        self.name = name
        self.servicePath = servicePath
        self.slug = slug
        self.tone = tone
        self.heading = heading
        self.text = text
        self.canGoOn = canGoOn
        self.hindrances = hindrances
        self.againPath = againPath
        self.listPath = listPath
        self.applicant = applicant
        self.canApply = canApply
        self.logInPath = logInPath
        self.signUpPath = signUpPath
        self.tags = tags
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "servicePath": servicePath
        case "slug": slug
        case "heading": heading
        case "text": text
        case "tone": tone.rawValue
        case "canGoOn": canGoOn
        case "hindrances": hindrances
        case "hasHindrances": !hindrances.isEmpty
        case "againPath": againPath
        case "listPath": listPath
        case "applicant": applicant as Any
        case "canApply": canApply
        case "logInPath": logInPath as Any
        case "signUpPath": signUpPath as Any
        case "tags": tags
        default: nil
        }
    }
}

/// What tells against applying, with what to do about it.
public struct Hindrance: MustacheParent, Sendable {
    public var title: String
    public var text: String
    /// Name and page of the letter to apply for instead; nil where there is none.
    public var link: String?
    public var path: String?

    public init(title: String, text: String, link: String? = nil, path: String? = nil) {
        self.title = title
        self.text = text
        self.link = link
        self.path = path
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "text": text
        case "link": link as Any
        case "path": path as Any
        default: nil
        }
    }
}
