public import Mustache

/// Front page: what this is, what can be asked for, how it goes.
public struct Home: Page {
    public static let template = "public/home"

    public var services: [ServiceCard]

    public init(services: [ServiceCard]) {
        self.services = services
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "services": services
        default: nil
        }
    }
}

/// All services of all offices.
public struct Services: Page {
    public static let template = "public/services"

    public var services: [ServiceCard]

    public init(services: [ServiceCard]) {
        self.services = services
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "services": services
        default: nil
        }
    }
}

public struct ServiceCard: MustacheParent, Sendable {
    public var name: String
    public var summary: String
    public var path: String
    /// `3 hari kerja`
    public var duration: String
    /// `Gratis`
    public var fee: String
    public var office: String

    public init(name: String, summary: String, path: String, duration: String, fee: String, office: String) {
        self.name = name
        self.summary = summary
        self.path = path
        self.duration = duration
        self.fee = fee
        self.office = office
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "summary": summary
        case "path": path
        case "duration": duration
        case "fee": fee
        case "office": office
        default: nil
        }
    }
}
