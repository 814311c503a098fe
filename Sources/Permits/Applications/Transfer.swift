/// Handing an application to somebody else's account. Its owner offers it to an address; whoever logs in with that
/// address and has the link takes it or leaves it.
public struct TransferOffer: Equatable, Sendable {
    /// How long an offer stands, in hours.
    public static let hours: Int64 = 7 * 24

    public let id: Int64
    public let reference: Reference
    public let typeName: String
    public let email: String
    public let offeredAt: Moment
    public let expiresAt: Moment
    /// The account that took over the one with this address.
    public let meantFor: AccountID?

    public init(
        id: Int64, reference: Reference, typeName: String, email: String, offeredAt: Moment, expiresAt: Moment,
        meantFor: AccountID? = nil
    ) {
        self.id = id
        self.reference = reference
        self.typeName = typeName
        self.email = email
        self.offeredAt = offeredAt
        self.expiresAt = expiresAt
        self.meantFor = meantFor
    }

    /// Whether this account is the one that it was offered to.
    public func isFor(_ account: Account) -> Bool {
        account.role == .citizen && (account.email.lowercased() == email.lowercased() || account.id == meantFor)
    }
}

extension Application {
    /// The address that this application may be offered to, in its stored form.
    /// - Throws: `notFound` for anybody but the applicant, `conflict` once it is over, `invalid` for an address.
    public func transferAddress(_ typed: String, by owner: Account) throws(PermitError) -> String {
        guard owner.id == applicant else { throw .notFound }
        guard ![.refused, .withdrawn].contains(state) else { throw .conflict("conflict.closed") }
        guard owner.state == .active else { throw .conflict("conflict.accountPending") }
        let typed = TypedText.cleaned(typed, keepingLines: false)
        guard let email = ContactChecks.email(typed) else {
            throw .invalid([FieldProblem("surel", typed.isEmpty ? "emailMissing" : "emailForm")])
        }
        guard email.lowercased() != owner.email.lowercased() else {
            throw .invalid([FieldProblem("surel", "transferToSelf")])
        }
        return email
    }
}
