/// One person has two accounts: one of them stays, the other gives everything up to it and is no more.
public enum AccountMerge {
    /// How long it stays proven that somebody knows both passwords, in seconds.
    public static let proofSeconds: Int64 = 600

    /// Why two accounts, both passwords of which are known, are not merged as they are.
    public enum Refusal: String, Sendable, CaseIterable {
        /// The account that would stay is not active yet.
        case keeperPending
        case sameAccount
        /// Two identity numbers are two people, as far as the portal can know.
        case otherNumber
        /// One of them is about to be deleted.
        case keeperLeaving, otherLeaving

        public var textKey: String { "merge.refused.\(rawValue)" }
    }

    /// Whether an account may be named as the one to give up. Of others it is not even told that they exist.
    public static func mayBeNamed(_ other: Account) -> Bool { other.role == .citizen && other.state != .suspended }

    /// What is wrong with the account that would stay, whichever other one is meant.
    public static func refusal(keeping keeper: Account, isLeaving: Bool) -> Refusal? {
        guard keeper.state == .active, keeper.role == .citizen else { return .keeperPending }
        return isLeaving ? .keeperLeaving : nil
    }

    /// - Parameters:
    ///   - isLeaving: Whether the account that would stay has an open request to be deleted.
    ///   - isOtherLeaving: Whether the other one has.
    /// - Returns: The first thing that somebody has to do something about; nil when the two may be merged.
    public static func refusal(
        keeping keeper: Account, isLeaving: Bool, giving other: Account, isOtherLeaving: Bool
    ) -> Refusal? {
        if let refusal = refusal(keeping: keeper, isLeaving: isLeaving) { return refusal }
        if keeper.id == other.id { return .sameAccount }
        guard let identity = keeper.identity, identity == other.identity else { return .otherNumber }
        return isOtherLeaving ? .otherLeaving : nil
    }
}

/// What stands in an account's place once it is merged into another.
public enum MergedAccount {
    /// An address that can receive nothing (RFC 2606, section 2), and that nobody can sign up with: `ContactChecks` takes
    /// no colon.
    public static func email(_ id: AccountID) -> String { "digabung:\(id.value)@digabung.invalid" }
}

extension Membership.Role {
    /// What somebody is who had a place twice.
    public func higher(_ other: Membership.Role) -> Membership.Role { self == .owner ? self : other }
}
