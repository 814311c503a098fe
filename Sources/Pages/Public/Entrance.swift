public import Mustache

/// Front page: what this is, what can be asked for, how it goes.
public struct Home: Page {
    public static let template = "public/home"

    /// What was typed before the language was changed.
    public var search: String
    public var services: [ServiceCard]
    public var tags: ShareTags

    public init(search: String = "", services: [ServiceCard], tags: ShareTags) {
        self.search = search
        self.services = services
        self.tags = tags
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "search": search
        case "services": services
        case "tags": tags
        default: nil
        }
    }
}

/// Services of all offices, all of them or those that were searched for.
public struct Services: Page {
    public static let template = "public/services"

    /// As typed.
    public var search: String
    public var filters: [ServiceFilter]
    /// How many were found, or what is shown instead, where something was asked for.
    public var found: String?
    /// Nothing answers what was asked for: all services are shown.
    public var isNothing: Bool
    /// What to do then.
    public var nothing: String?
    public var groups: [ServiceGroup]
    public var tags: ShareTags

    public init(
        search: String = "", filters: [ServiceFilter] = [], found: String? = nil, isNothing: Bool = false,
        nothing: String? = nil,
        groups: [ServiceGroup], tags: ShareTags
    ) {
        self.search = search
        self.filters = filters
        self.found = found
        self.isNothing = isNothing
        self.nothing = nothing
        self.groups = groups
        self.tags = tags
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "search": search
        case "filters": filters
        case "found": found as Any
        case "isNothing": isNothing
        case "nothing": nothing as Any
        case "groups": groups
        case "tags": tags
        default: nil
        }
    }
}

/// One question that narrows the list.
public struct ServiceFilter: MustacheParent, Sendable {
    /// In the address.
    public var name: String
    public var label: String
    public var options: [OptionModel]

    /// - Parameters:
    ///   - options: `(value, label)` in order; the one equal to `value` is selected.
    ///   - isIndonesian: Whether the labels are names that stay Indonesian, besides that of no choice at all.
    public init(
        name: String, label: String, value: String, options: [(String, String)], isIndonesian: Bool = false
    ) {
        self.name = name
        self.label = label
        self.options = options.map {
            OptionModel(
                id: "", value: $0.0, label: $0.1, isSelected: $0.0 == value,
                isIndonesian: isIndonesian && !$0.0.isEmpty)
        }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "label": label
        case "options": options
        default: nil
        }
    }
}

/// Services of one office.
public struct ServiceGroup: MustacheParent, Sendable {
    /// Of the heading, for those who jump to it.
    public var id: String
    public var office: String
    public var services: [ServiceCard]

    public init(id: String, office: String, services: [ServiceCard]) {
        self.id = id
        self.office = office
        self.services = services
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "office": office
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
    /// How long it really takes: `9 dari 10 selesai dalam 2 hari kerja`; nil where that is not known.
    public var measured: String?
    /// `Gratis`
    public var fee: String
    public var office: String

    public init(
        name: String, summary: String, path: String, duration: String, measured: String? = nil, fee: String,
        office: String
    ) {
        self.name = name
        self.summary = summary
        self.path = path
        self.duration = duration
        self.measured = measured
        self.fee = fee
        self.office = office
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "summary": summary
        case "path": path
        case "duration": duration
        case "measured": measured as Any
        case "fee": fee
        case "office": office
        default: nil
        }
    }
}
