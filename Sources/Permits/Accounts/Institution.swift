public struct InstitutionID: Hashable, Codable, Sendable {
    public let value: Int64
    public init(_ value: Int64) { self.value = value }
}

/// What an institution says of itself; every field in its stored form.
public struct InstitutionProfile: Equatable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case campus, school, company, organisation, government, other

        public var textKey: String { "institution.kind.\(rawValue)" }
    }

    public let name: String
    public let kind: Kind
    public let address: String
    /// Who answers for it.
    public let head: String

    /// Checks a form (`nama`, `jenis`, `alamat`, `pimpinan`).
    /// - Throws: `PermitError.invalid` with every problem at once.
    public init(name: String, kind: String, address: String, head: String) throws(PermitError) {
        var problems: [FieldProblem] = []
        func checked(_ raw: String, _ field: String, _ label: String) -> String {
            let text = TypedText.cleaned(raw, keepingLines: false)
            if text.isEmpty { problems.append(FieldProblem(field, "required", ["labelKey": label])) }
            if text.count > 200 {
                problems.append(
                    FieldProblem(field, "tooLong", ["labelKey": label, "max": "200", "count": "\(text.count)"]))
            }
            return text
        }
        self.name = checked(name, "nama", "institution.name")
        let kind = Kind(rawValue: kind)
        if kind == nil { problems.append(FieldProblem("jenis", "notAnOption", ["labelKey": "institution.kind"])) }
        self.kind = kind ?? .other
        self.address = checked(address, "alamat", "institution.address")
        self.head = checked(head, "pimpinan", "institution.head")
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}

/// Somebody was asked to join, and has not answered yet.
public struct PendingInvitation: Equatable, Sendable {
    public let id: Int64
    public let email: String
    public let expiresAt: Moment

    public init(id: Int64, email: String, expiresAt: Moment) {
        self.id = id
        self.email = email
        self.expiresAt = expiresAt
    }
}

/// Somebody's place in an institution.
public struct Membership: Equatable, Sendable {
    public enum Role: String, Codable, Sendable, CaseIterable {
        /// May change the profile, invite and remove others, and make them owners too.
        case owner
        case member

        public var textKey: String { "membership.\(rawValue)" }
    }

    public let account: AccountID
    public let name: String
    public let role: Role

    public init(account: AccountID, name: String, role: Role) {
        self.account = account
        self.name = name
        self.role = role
    }
}

public struct Institution: Equatable, Sendable {
    /// How long an invitation stands, in hours.
    public static let invitationHours: Int64 = 7 * 24

    public let id: InstitutionID
    public let profile: InstitutionProfile
    /// Owners first.
    public let members: [Membership]

    public init(id: InstitutionID, profile: InstitutionProfile, members: [Membership]) {
        self.id = id
        self.profile = profile
        self.members = members
    }

    public func role(of account: AccountID) -> Membership.Role? { members.first { $0.account == account }?.role }

    /// Owners change the profile, invite, and make others owners.
    /// - Throws: `notFound` for strangers, `forbidden` for members.
    public func checkOwner(_ actor: AccountID) throws(PermitError) {
        guard let own = role(of: actor) else { throw .notFound }
        guard own == .owner else { throw .forbidden }
    }

    /// Whether nobody is left once this one has gone.
    public func closes(without account: AccountID) -> Bool { members.map(\.account) == [account] }

    /// Whether `actor` may end this membership: one's own, or as an owner another's. Somebody must be left to look
    /// after the others.
    /// - Throws: `notFound` for strangers, `forbidden` for members, `conflict` for the last owner of several people.
    public func checkRemoval(of account: AccountID, by actor: AccountID) throws(PermitError) {
        guard let own = role(of: actor), let role = role(of: account) else { throw .notFound }
        guard account == actor || own == .owner else { throw .forbidden }
        let owners = members.filter { $0.role == .owner }.count
        if role == .owner, owners == 1, members.count > 1 { throw .conflict("conflict.lastOwner") }
    }
}
