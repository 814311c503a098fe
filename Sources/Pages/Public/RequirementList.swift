/// What somebody needs, on one sheet to be ticked off and taken along.
public struct RequirementList: Page {
    public static let template = "public/requirement-list"

    public var name: String
    public var servicePath: String
    /// Whose list it is, where that matters.
    public var applicant: String?
    public var applicants: [ChoiceLink]
    public var requirements: [RequirementModel]
    /// What files all papers may be; nil where they differ.
    public var commonKinds: String?
    public var duration: String
    public var fee: String
    public var office: String
    public var address: [String]
    /// Telephone, e-mail and the like, each with what it is.
    public var ways: [String]
    /// Opening hours.
    public var hours: [String]
    /// The service's page, with scheme and host.
    public var url: String
    /// The same as a QR code: SVG path data in modules, and the box around it with its quiet zone.
    public var code: String
    public var codeBox: String
    /// The day of the list.
    public var date: String
    public var tags: ShareTags

    public init(
        name: String, servicePath: String, applicant: String? = nil, applicants: [ChoiceLink] = [],
        requirements: [RequirementModel], commonKinds: String? = nil, duration: String, fee: String, office: String,
        address: [String], ways: [String] = [],
        hours: [String], url: String, code: String, codeBox: String, date: String, tags: ShareTags
    ) {
        self.name = name
        self.servicePath = servicePath
        self.applicant = applicant
        self.applicants = applicants
        self.requirements = requirements
        self.commonKinds = commonKinds
        self.duration = duration
        self.fee = fee
        self.office = office
        self.address = address
        self.ways = ways
        self.hours = hours
        self.url = url
        self.code = code
        self.codeBox = codeBox
        self.date = date
        self.tags = tags
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "servicePath": servicePath
        case "applicant": applicant as Any
        case "applicants": applicants
        case "hasApplicants": !applicants.isEmpty
        case "requirements": requirements
        case "commonKinds": commonKinds as Any
        case "duration": duration
        case "fee": fee
        case "office": office
        case "address": address
        case "ways": ways
        case "hasWays": !ways.isEmpty
        case "hours": hours
        case "hasHours": !hours.isEmpty
        case "url": url
        case "code": code
        case "codeBox": codeBox
        case "date": date
        case "tags": tags
        default: nil
        }
    }
}
