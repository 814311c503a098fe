public import Mustache

/// The six published components of a service standard, and the way in.
public struct Service: Page {
    public static let template = "public/service"

    public var name: String
    public var summary: String
    public var office: String
    public var slug: String
    public var duration: String
    public var fee: String
    public var product: String
    public var validity: String
    public var requirements: [RequirementModel]
    /// Whose papers are shown, one of several kinds of applicants; empty where all need the same.
    public var applicants: [ApplicantLink]
    public var steps: [String]
    /// Where to complain, lines kept.
    public var complaints: String
    public var legalBasis: [String]
    /// The reader's own unsent application for this service.
    public var draft: DraftLink?
    /// True for a signed-in citizen: the button posts.
    public var canApply: Bool
    /// For a visitor: log in first, then come back here.
    public var logInPath: String?

    public init(
        name: String, summary: String, office: String, slug: String, duration: String, fee: String, product: String,
        validity: String, requirements: [RequirementModel], applicants: [ApplicantLink] = [], steps: [String],
        complaints: String, legalBasis: [String],
        draft: DraftLink? = nil, canApply: Bool, logInPath: String? = nil
    ) {
        self.name = name
        self.summary = summary
        self.office = office
        self.slug = slug
        self.duration = duration
        self.fee = fee
        self.product = product
        self.validity = validity
        self.requirements = requirements
        self.applicants = applicants
        self.steps = steps
        self.complaints = complaints
        self.legalBasis = legalBasis
        self.draft = draft
        self.canApply = canApply
        self.logInPath = logInPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "summary": summary
        case "office": office
        case "slug": slug
        case "duration": duration
        case "fee": fee
        case "product": product
        case "validity": validity
        case "requirements": requirements
        case "applicants": applicants
        case "hasApplicants": !applicants.isEmpty
        case "steps": steps
        case "complaints": complaints
        case "legalBasis": legalBasis
        case "draft": draft as Any
        case "canApply": canApply
        case "logInPath": logInPath as Any
        case "hasBasis": !legalBasis.isEmpty
        default: nil
        }
    }
}

/// A kind of applicant, with the page that shows its papers.
public struct ApplicantLink: MustacheParent, Sendable {
    public var label: String
    public var path: String
    public var isCurrent: Bool

    public init(label: String, path: String, isCurrent: Bool) {
        self.label = label
        self.path = path
        self.isCurrent = isCurrent
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "path": path
        case "isCurrent": isCurrent
        default: nil
        }
    }
}

public struct RequirementModel: MustacheParent, Sendable {
    public var name: String
    public var explanation: String
    /// What the paper is for and where to get it.
    public var reason: String?
    /// How it should look, line by line.
    public var sample: [String]
    public var isRequired: Bool
    /// `PDF, JPEG, atau PNG, paling besar 10 MB`
    public var kinds: String

    public init(
        name: String, explanation: String, reason: String? = nil, sample: [String] = [], isRequired: Bool, kinds: String
    ) {
        self.name = name
        self.explanation = explanation
        self.reason = reason
        self.sample = sample
        self.isRequired = isRequired
        self.kinds = kinds
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "explanation": explanation
        case "reason": reason as Any
        case "sample": sample
        case "hasHelp": reason != nil || !sample.isEmpty
        case "hasSample": !sample.isEmpty
        case "isRequired": isRequired
        case "kinds": kinds
        default: nil
        }
    }
}

public struct DraftLink: MustacheParent, Sendable {
    public var reference: String
    public var path: String
    public var savedAt: String

    public init(reference: String, path: String, savedAt: String) {
        self.reference = reference
        self.path = path
        self.savedAt = savedAt
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "path": path
        case "savedAt": savedAt
        default: nil
        }
    }
}
