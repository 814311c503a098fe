/// Confirms the address of a new account.
public struct ActivationMail: Page {
    public static let template = "mail/activation"

    public var siteName: String
    public var name: String
    public var link: String

    public init(siteName: String, name: String, link: String) {
        self.siteName = siteName
        self.name = name
        self.link = link
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "name": self.name
        case "link": link
        default: nil
        }
    }
}

/// The office activated the account.
public struct AccountActivatedMail: Page {
    public static let template = "mail/account-activated"

    public var siteName: String
    public var name: String
    public var link: String

    public init(siteName: String, name: String, link: String) {
        self.siteName = siteName
        self.name = name
        self.link = link
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "name": self.name
        case "link": link
        default: nil
        }
    }
}

/// Receipt of a sent application.
public struct SubmittedMail: Page {
    public static let template = "mail/submitted"

    public var siteName: String
    public var name: String
    public var reference: String
    public var kind: String
    public var expected: String
    public var link: String

    public init(siteName: String, name: String, reference: String, kind: String, expected: String, link: String) {
        self.siteName = siteName
        self.name = name
        self.reference = reference
        self.kind = kind
        self.expected = expected
        self.link = link
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "name": self.name
        case "reference": reference
        case "kind": kind
        case "expected": expected
        case "link": link
        default: nil
        }
    }
}

public struct ReturnedMail: Page {
    public static let template = "mail/returned"

    public var siteName: String
    public var name: String
    public var reference: String
    public var kind: String
    /// How many things are to be mended; the reasons stay behind the log-in.
    public var count: Int
    public var link: String

    public init(siteName: String, name: String, reference: String, kind: String, count: Int, link: String) {
        self.siteName = siteName
        self.name = name
        self.reference = reference
        self.kind = kind
        self.count = count
        self.link = link
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "name": self.name
        case "reference": reference
        case "kind": kind
        case "count": count
        case "link": link
        default: nil
        }
    }
}

public struct RefusedMail: Page {
    public static let template = "mail/refused"

    public var siteName: String
    public var name: String
    public var reference: String
    public var kind: String
    public var link: String

    public init(siteName: String, name: String, reference: String, kind: String, link: String) {
        self.siteName = siteName
        self.name = name
        self.reference = reference
        self.kind = kind
        self.link = link
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "name": self.name
        case "reference": reference
        case "kind": kind
        case "link": link
        default: nil
        }
    }
}

public struct IssuedMail: Page {
    public static let template = "mail/issued"

    public var siteName: String
    public var name: String
    public var reference: String
    public var kind: String
    public var number: String
    public var link: String

    public init(siteName: String, name: String, reference: String, kind: String, number: String, link: String) {
        self.siteName = siteName
        self.name = name
        self.reference = reference
        self.kind = kind
        self.number = number
        self.link = link
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "name": self.name
        case "reference": reference
        case "kind": kind
        case "number": number
        case "link": link
        default: nil
        }
    }
}
