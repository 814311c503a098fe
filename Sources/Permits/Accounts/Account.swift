public struct AccountID: Hashable, Codable, Sendable {
    public let value: Int64
    public init(_ value: Int64) { self.value = value }
}

public struct UnitID: Hashable, Codable, Sendable {
    public let value: Int64
    public init(_ value: Int64) { self.value = value }
}

/// What somebody may do. Staff roles belong to an office (*unit*); staff apply with an account of their own.
public enum Role: String, Codable, Sendable, CaseIterable {
    case citizen, verifier, signatory, admin

    public var textKey: String { "role.\(rawValue)" }
}

public enum AccountState: String, Codable, Sendable, CaseIterable {
    /// May fill in drafts, not submit.
    case pending
    case active
    case suspended

    public var textKey: String { "accountState.\(rawValue)" }
}

public struct Account: Equatable, Sendable {
    public let id: AccountID
    public var name: String
    public var email: String
    /// `628...` or `+60...`, empty for staff.
    public var phone: String
    /// Nil for staff.
    public var identity: Identity?
    public var state: AccountState
    public var role: Role
    /// The office of a member of staff.
    public var unit: UnitID?
    public var registeredAt: Moment
    /// Nil until they choose one.
    public var language: Language?

    public init(
        id: AccountID, name: String, email: String, phone: String, identity: Identity?, state: AccountState, role: Role,
        unit: UnitID?, registeredAt: Moment, language: Language? = nil
    ) {
        self.id = id
        self.name = name
        self.email = email
        self.phone = phone
        self.identity = identity
        self.state = state
        self.role = role
        self.unit = unit
        self.registeredAt = registeredAt
        self.language = language
    }

    /// Sixteen digits; nil for staff and for foreigners.
    public var nik: String? {
        if case .nik(let digits) = identity { digits } else { nil }
    }

    /// The office promises to process an activation within 24 hours.
    public static let activationHours: Int64 = 24

    /// Whole hours left of that promise, rounded up; negative when it is broken.
    public func activationHoursLeft(at now: Moment) -> Int {
        let left = registeredAt.adding(hours: Self.activationHours).seconds - now.seconds
        return Int(left >= 0 ? (left + 3599) / 3600 : left / 3600 - (left % 3600 == 0 ? 0 : 1))
    }
}

/// Who looks or acts. Records are loaded through it.
public struct Viewer: Equatable, Sendable {
    public let account: AccountID
    public let name: String
    public let role: Role
    public let unit: UnitID?
    public let state: AccountState

    public init(_ account: Account) {
        self.account = account.id
        name = account.name
        role = account.role
        unit = account.unit
        state = account.state
    }
}
