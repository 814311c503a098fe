/// What anybody learns who knows an application's reference and the last digits of its owner's phone: how far it is,
/// and nothing about anybody.
public struct TrackedApplication: Equatable, Sendable {
    /// How many digits of the phone prove that somebody may ask.
    public static let digitCount = 4

    public struct Step: Equatable, Sendable {
        public let kind: EventKind
        public let at: Moment

        public init(kind: EventKind, at: Moment) {
            self.kind = kind
            self.at = at
        }
    }

    public let reference: Reference
    public let typeName: String
    public let state: ApplicationState
    /// Nil while the office owes nothing.
    public let expected: Day?
    /// Whether an officer has taken it up.
    public let isClaimed: Bool
    /// Whether the office waits for an answer of the applicant.
    public let isAsked: Bool
    /// What became of its letter; nil while there is none.
    public let letter: LetterOutcome?
    /// Its place in the queue; nil while it stands in none.
    public let place: QueuePlace?
    /// Oldest first.
    public let steps: [Step]

    public init(
        reference: Reference, typeName: String, state: ApplicationState, expected: Day?, isClaimed: Bool,
        isAsked: Bool, letter: LetterOutcome?, place: QueuePlace? = nil, steps: [Step]
    ) {
        self.reference = reference
        self.typeName = typeName
        self.state = state
        self.expected = expected
        self.isClaimed = isClaimed
        self.isAsked = isAsked
        self.letter = letter
        self.place = place
        self.steps = steps
    }

    /// `7890` as typed, with blanks or hyphens; nil when it is anything but four digits.
    public static func digits(_ typed: String) -> String? {
        let digits = String(typed.filter { $0 != " " && $0 != "-" && $0 != "." })
        return digits.isAllDigits && digits.utf8.count == digitCount ? digits : nil
    }

    /// Steps of work inside the office are not everybody's business.
    public static func isPublic(_ kind: EventKind) -> Bool {
        switch kind {
        case .submitted, .claimed, .returned, .resubmitted, .recommended, .refused, .signed, .withdrawn: true
        default: false
        }
    }
}
