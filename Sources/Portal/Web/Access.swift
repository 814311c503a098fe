import Permits
import Pages

// Pages names its models after what a reader sees; here the records are meant.
typealias Viewer = Permits.Viewer
typealias Account = Permits.Account

/// Who may use a route. There is no default: every row of a table says it.
enum Access: Sendable, CaseIterable {
    case anyone
    /// Anybody who is logged in.
    case member
    case citizen
    /// Verifiers and signatories of an office.
    case officer
    case verifier
    case signatory
    /// Who may activate accounts: verifiers and admins.
    case registrar
    case admin

    /// Roles that may; nil when nobody need be logged in.
    var roles: Set<Role>? {
        switch self {
        case .anyone: nil
        case .member: Set(Role.allCases)
        case .citizen: [.citizen]
        case .officer: [.verifier, .signatory]
        case .verifier: [.verifier]
        case .signatory: [.signatory]
        case .registrar: [.verifier, .admin]
        case .admin: [.admin]
        }
    }
}
