/// What a kind of letter says of its own service standard. Requirements are `LetterType.requirements`.
public struct ServiceStandard: Codable, Equatable, Sendable {
    /// Promised working days from the next working day after a complete file.
    public var workingDays: Int
    public var fee: String
    public var product: String
    public var steps: [String]
    public var complaints: String
    /// Where this kind of letter differs from what its office says for all of its letters; the legal basis is added to
    /// the office's.
    public var details: StandardDetails?
}

/// Components of a service standard that are mostly the same for all letters of an office. Each is a list of sentences.
public struct StandardDetails: Codable, Equatable, Sendable {
    public var legalBasis: [String]?
    public var facilities: [String]?
    public var competence: [String]?
    public var supervision: [String]?
    /// How many people do the work.
    public var staff: [String]?
    public var guarantee: [String]?
    public var safety: [String]?
    public var evaluation: [String]?

    public init(
        legalBasis: [String]? = nil, facilities: [String]? = nil, competence: [String]? = nil,
        supervision: [String]? = nil, staff: [String]? = nil, guarantee: [String]? = nil, safety: [String]? = nil,
        evaluation: [String]? = nil
    ) {
        self.legalBasis = legalBasis
        self.facilities = facilities
        self.competence = competence
        self.supervision = supervision
        self.staff = staff
        self.guarantee = guarantee
        self.safety = safety
        self.evaluation = evaluation
    }
}

/// The fourteen components of a service standard, in the order of UU 25/2009, article 21, and PermenPANRB 15/2014.
public enum StandardComponent: String, CaseIterable, Sendable {
    case legalBasis, requirements, procedure, duration, fee, product, facilities, competence, supervision, complaints,
        staff, guarantee, safety, evaluation

    /// Told in sentences by office or letter type; nil for what the letter type says in fields of its own.
    var details: KeyPath<StandardDetails, [String]?>? {
        switch self {
        case .legalBasis: \.legalBasis
        case .facilities: \.facilities
        case .competence: \.competence
        case .supervision: \.supervision
        case .staff: \.staff
        case .guarantee: \.guarantee
        case .safety: \.safety
        case .evaluation: \.evaluation
        case .requirements, .procedure, .duration, .fee, .product, .complaints: nil
        }
    }

    /// Those that are told in sentences, in their order.
    public static var detailed: [StandardComponent] { allCases.filter { $0.details != nil } }
}

extension LetterType {
    /// What the standard says of a component, line by line; empty where nobody has written it. The duration is its
    /// number of working days.
    public func standard(_ component: StandardComponent, of office: Office) -> [String] {
        if let path = component.details {
            let own = service.details?[keyPath: path] ?? []
            let shared = office.standard?[keyPath: path] ?? []
            return (component == .legalBasis ? own + shared : own.isEmpty ? shared : own).filter { !$0.isEmpty }
        }
        let lines =
            switch component {
            case .requirements: papers.map(\.label)
            case .procedure: service.steps
            case .duration: service.workingDays > 0 ? ["\(service.workingDays)"] : []
            case .fee: [service.fee]
            case .product: [service.product]
            case .complaints: [service.complaints]
            default: [String]()
            }
        return lines.filter { !$0.isEmpty }
    }

    /// Components that nobody has written yet; a published standard has none.
    public func missingComponents(of office: Office) -> [StandardComponent] {
        StandardComponent.allCases.filter { standard($0, of: office).isEmpty }
    }
}
