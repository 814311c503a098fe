public import Mustache

/// A service with all components of its standard, and the way in.
public struct Service: Page {
    public static let template = "public/service"

    public var name: String
    public var summary: String
    public var office: String
    public var slug: String
    /// The promise: `3 hari kerja`.
    public var duration: String
    /// How long it really takes, or that it is not known yet.
    public var measured: String
    public var fee: String
    public var product: String
    public var validity: String
    public var requirements: [RequirementModel]
    /// What files all papers may be; nil where they differ.
    public var commonKinds: String?
    /// Whose papers are shown, one of several kinds of applicants; empty where all need the same.
    public var applicants: [ChoiceLink]
    public var steps: [String]
    /// Where to complain, lines kept.
    public var complaints: String
    /// The other components, told in sentences.
    public var details: [StandardDetail]
    /// The reader's own unsent application for this service.
    public var draft: DraftLink?
    /// As whom the reader chose to apply, for the draft.
    public var applicant: String?
    /// True for a signed-in citizen: the button posts.
    public var canApply: Bool
    /// For a visitor: log in first, then come back here.
    public var logInPath: String?
    /// For whoever has no account; back here afterwards.
    public var signUpPath: String?
    /// Where one can ask oneself whether to apply; nil where there are no questions.
    public var eligibilityPath: String?
    /// The requirements to be printed.
    public var listPath: String
    /// Where a campus makes a link to a half-filled form; nil where no field takes one.
    public var linkPath: String?
    public var share: ShareLinks
    public var tags: ShareTags

    public init(
        name: String, summary: String, office: String, slug: String, duration: String, measured: String, fee: String,
        product: String, validity: String, requirements: [RequirementModel], commonKinds: String? = nil,
        applicants: [ChoiceLink] = [], steps: [String], complaints: String, details: [StandardDetail],
        draft: DraftLink? = nil,
        applicant: String? = nil, canApply: Bool, logInPath: String? = nil, signUpPath: String? = nil,
        eligibilityPath: String? = nil,
        listPath: String, linkPath: String? = nil,
        share: ShareLinks, tags: ShareTags
    ) {
        self.name = name
        self.summary = summary
        self.office = office
        self.slug = slug
        self.duration = duration
        self.measured = measured
        self.fee = fee
        self.product = product
        self.validity = validity
        self.requirements = requirements
        self.commonKinds = commonKinds
        self.applicants = applicants
        self.steps = steps
        self.complaints = complaints
        self.details = details
        self.draft = draft
        self.applicant = applicant
        self.canApply = canApply
        self.logInPath = logInPath
        self.signUpPath = signUpPath
        self.eligibilityPath = eligibilityPath
        self.listPath = listPath
        self.linkPath = linkPath
        self.share = share
        self.tags = tags
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "summary": summary
        case "office": office
        case "slug": slug
        case "duration": duration
        case "measured": measured
        case "fee": fee
        case "product": product
        case "validity": validity
        case "requirements": requirements
        case "commonKinds": commonKinds as Any
        case "applicants": applicants
        case "hasApplicants": !applicants.isEmpty
        case "steps": steps
        case "complaints": complaints
        case "details": details
        case "draft": draft as Any
        case "applicant": applicant as Any
        case "mayApply": canApply || logInPath != nil
        case "canApply": canApply
        case "logInPath": logInPath as Any
        case "signUpPath": signUpPath as Any
        case "eligibilityPath": eligibilityPath as Any
        case "listPath": listPath
        case "linkPath": linkPath as Any
        case "share": share
        case "tags": tags
        default: nil
        }
    }
}

/// A component of the service standard.
public struct StandardDetail: MustacheParent, Sendable {
    public var title: String
    public var lines: [String]

    public init(title: String, lines: [String]) {
        self.title = title
        self.lines = lines
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "lines": lines
        default: nil
        }
    }
}

/// One of several, with the page that it leads to.
public struct ChoiceLink: MustacheParent, Sendable {
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
    public var sample: [SampleLine]
    public var isRequired: Bool
    /// `PDF, JPEG, atau PNG, paling besar 10 MB`; nil where it is said once for all papers.
    public var kinds: String?

    public init(
        name: String, explanation: String, reason: String? = nil, sample: [SampleLine] = [], isRequired: Bool,
        kinds: String?
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
        case "kinds": kinds as Any
        default: nil
        }
    }
}

/// A line of an example. Lines that are to be copied into an Indonesian paper stay Indonesian.
public struct SampleLine: MustacheParent, Sendable {
    public var text: String
    /// BCP 47 tag, where it is another language than the page's.
    public var language: String?

    public init(_ text: String, language: String? = nil) {
        self.text = text
        self.language = language
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "language": language as Any
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
