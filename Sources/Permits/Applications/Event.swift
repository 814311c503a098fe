/// What happened to an application. Rows are only ever added, each in the transaction of its change.
public enum EventKind: String, Codable, Sendable, CaseIterable {
    case created, submitted, claimed, judged, returned, resubmitted, recommended, refused, signed,
        withdrawn, sentBack
    /// What applicant and office write to each other; a question is one that waits for the applicant's answer.
    case messaged, asked, messagesSeen
    /// What happens to a letter after it is issued.
    case voided, revoked, reopened, replacementRefused, extended, reportGiven, reportReturned, reportConfirmed
    /// Kept with the offer, not in the chain.
    case transferred
    /// The applicant's account took over another one of theirs, which had applied.
    case accountsMerged
    /// A draft that nobody touched for long. In the chain it is withdrawn, by the portal instead of a person.
    case expired

    public var textKey: String { "event.\(rawValue)" }

    /// Whether it stands in a timeline: messages are read where the conversation is.
    public var isMilestone: Bool { self != .messaged }
}

/// An event that a decision produced; the store adds its place in the chain.
public struct NewEvent: Equatable, Sendable {
    public let kind: EventKind
    public let actor: AccountID
    public let at: Moment
    /// What the applicant may read of why.
    public let note: String

    public init(kind: EventKind, actor: AccountID, at: Moment, note: String = "") {
        self.kind = kind
        self.actor = actor
        self.at = at
        self.note = note
    }
}

public struct EventRecord: Equatable, Sendable {
    public let kind: EventKind
    public let at: Moment
    public let actor: AccountID
    public let actorName: String
    public let actorRole: Role
    public let note: String

    public init(kind: EventKind, at: Moment, actor: AccountID, actorName: String, actorRole: Role, note: String) {
        self.kind = kind
        self.at = at
        self.actor = actor
        self.actorName = actorName
        self.actorRole = actorRole
        self.note = note
    }
}
