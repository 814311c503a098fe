public import Mustache
public import Permits

/// An office and how it is reached: in the foot of pages about its letters, and at length on the help page.
public struct OfficeModel: MustacheParent, Sendable {
    /// Its code; where it stands on the help page.
    public var id: String
    public var name: String
    /// Of its counter, line by line.
    public var address: [String]
    public var phone: String?
    /// `tel:+62614512345`
    public var phoneLink: String?
    public var email: String?
    /// Without scheme.
    public var website: String?
    /// In the reader's language.
    public var hours: [String]

    public init(
        id: String, name: String, address: [String] = [], phone: String? = nil, email: String? = nil,
        website: String? = nil, hours: [String] = []
    ) {
        self.id = id
        self.name = name
        self.address = address
        self.phone = phone
        phoneLink = phone.map(Self.link)
        self.email = email
        self.website = website
        self.hours = hours
    }

    /// As it stands in the foot of a page: by its short name, without address and hours.
    public init(short office: Office) {
        let contact = office.reach
        self.init(id: office.code, name: office.shortName, phone: contact.phone, email: contact.email)
    }

    public init(_ office: Office, in language: Language) {
        let contact = office.reach
        self.init(
            id: office.code, name: office.name, address: contact.address, phone: contact.phone, email: contact.email,
            website: contact.website, hours: office.localized(to: language).hours ?? [])
    }

    /// Numbers are written as people of the place dial them.
    private static func link(to phone: String) -> String {
        let digits = phone.filter { $0.isASCII && $0.isNumber }
        if digits.hasPrefix("0") { return "tel:+62\(digits.dropFirst())" }
        return digits.hasPrefix("62") ? "tel:+\(digits)" : "tel:\(digits)"
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "name": self.name
        case "address": address
        case "phone": phone as Any
        case "phoneLink": phoneLink as Any
        case "email": email as Any
        case "website": website as Any
        case "hasWays": phone != nil || email != nil || website != nil
        case "hours": hours
        case "hasHours": !hours.isEmpty
        default: nil
        }
    }
}
