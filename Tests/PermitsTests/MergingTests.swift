import Testing

@testable import Permits

@Suite struct MergingTests {
    private static let nik = "1271045203990001"

    private static func account(
        _ id: Int64, nik: String? = nik, state: AccountState = .active, role: Role = .citizen
    ) -> Account {
        Account(
            id: AccountID(id), name: "Siti", email: "siti\(id)@contoh.id", phone: "6281234567890",
            identity: nik.map { .nik($0) },
            state: state,
            role: role, unit: nil, registeredAt: Moment(seconds: 0))
    }

    struct Case: Sendable {
        let what: String
        var keeper = MergingTests.account(1)
        var other = MergingTests.account(2)
        var isLeaving = false
        var isOtherLeaving = false
        let refusal: AccountMerge.Refusal?
    }

    static let cases = [
        Case(what: "two of one person", refusal: nil),
        Case(what: "the other one was never activated", other: account(2, state: .pending), refusal: nil),
        Case(what: "this one was not", keeper: account(1, state: .pending), refusal: .keeperPending),
        Case(what: "this one is suspended", keeper: account(1, state: .suspended), refusal: .keeperPending),
        Case(what: "itself", other: account(1), refusal: .sameAccount),
        Case(what: "somebody else", other: account(2, nik: "1271041203990002"), refusal: .otherNumber),
        Case(
            what: "no number at all", keeper: account(1, nik: nil), other: account(2, nik: nil), refusal: .otherNumber),
        Case(what: "this one goes", isLeaving: true, refusal: .keeperLeaving),
        Case(what: "the other one goes", isOtherLeaving: true, refusal: .otherLeaving),
        Case(
            what: "first what is nearest", keeper: account(1, state: .pending),
            other: account(2, nik: "1271041203990002"), isLeaving: true, isOtherLeaving: true,
            refusal: .keeperPending),
        Case(
            what: "another person's plans are not told", other: account(2, nik: "1271041203990002"),
            isOtherLeaving: true, refusal: .otherNumber),
    ]

    @Test(arguments: cases.indices)
    func refusals(index: Int) {
        let one = Self.cases[index]
        let refusal = AccountMerge.refusal(
            keeping: one.keeper, isLeaving: one.isLeaving, giving: one.other, isOtherLeaving: one.isOtherLeaving)
        #expect(refusal == one.refusal, "\(one.what)")
    }

    @Test(arguments: [
        (Role.citizen, AccountState.active, true), (.citizen, .pending, true), (.citizen, .suspended, false),
        (.verifier, .active, false), (.signatory, .active, false), (.admin, .active, false),
    ])
    func whoMayBeNamed(role: Role, state: AccountState, isAllowed: Bool) {
        #expect(AccountMerge.mayBeNamed(Self.account(2, state: state, role: role)) == isAllowed)
    }

    @Test(arguments: [
        (Membership.Role.owner, Membership.Role.owner, Membership.Role.owner), (.owner, .member, .owner),
        (.member, .owner, .owner), (.member, .member, .member),
    ])
    func theHigherRoleWins(one: Membership.Role, other: Membership.Role, both: Membership.Role) {
        #expect(one.higher(other) == both)
    }

    /// Or somebody could hold the place of another's mark.
    @Test func nobodySignsUpWithTheAddressOfAMark() {
        #expect(ContactChecks.email(MergedAccount.email(AccountID(7))) == nil)
    }
}
