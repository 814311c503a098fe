/// What the next letter is to the one before it.
public enum FollowKind: String, Codable, Sendable, CaseIterable {
    /// In its place, from the signature on.
    case replace
    /// After it, once its time is over.
    case extend
}

/// A letter that an application's next letter will follow.
public struct Follow: Equatable, Sendable {
    /// Id of the letter that is followed.
    public let letter: Int64
    public let kind: FollowKind
    /// Why, as the office or the holder wrote.
    public let reason: String

    public init(letter: Int64, kind: FollowKind, reason: String) {
        self.letter = letter
        self.kind = kind
        self.reason = reason
    }
}

/// A letter before or after another one.
public struct RelatedLetter: Equatable, Sendable {
    public let id: Int64
    public let kind: FollowKind
    public let numberText: String
    public let token: String
    public let issuedAt: Moment

    public init(id: Int64, kind: FollowKind, numberText: String, token: String, issuedAt: Moment) {
        self.id = id
        self.kind = kind
        self.numberText = numberText
        self.token = token
        self.issuedAt = issuedAt
    }
}

/// Why a letter was revoked, in words that tell nothing about the holder: anybody who has the letter reads them.
public enum RevocationGround: String, Codable, Sendable, CaseIterable {
    case termsBroken, untrueData, holderAsked, issuedInError, other

    public var textKey: String { "ground.\(rawValue)" }
}

/// How a letter ended before its day.
public struct LetterEnd: Equatable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case revoked, replaced
        /// Never handed out: its number stays in the register, and the application gets another letter.
        case void
    }

    public let kind: Kind
    public let at: Moment
    /// Only of a revoked one.
    public let ground: RevocationGround?
    /// For the holder and the office.
    public let reason: String

    public init(kind: Kind, at: Moment, ground: RevocationGround? = nil, reason: String) {
        self.kind = kind
        self.at = at
        self.ground = ground
        self.reason = reason
    }
}

public struct LetterLife: Equatable, Sendable {
    public var end: LetterEnd?
    /// The letter that this one replaced or extended.
    public var predecessor: RelatedLetter?
    /// The letter that replaced or extended this one.
    public var successor: RelatedLetter?
    /// When the holder first fetched the file.
    public var handedOverAt: Moment?
    /// The day by which the holder owes the office a report.
    public var dutyDue: Day?

    public init(
        end: LetterEnd? = nil, predecessor: RelatedLetter? = nil, successor: RelatedLetter? = nil,
        handedOverAt: Moment? = nil, dutyDue: Day? = nil
    ) {
        self.end = end
        self.predecessor = predecessor
        self.successor = successor
        self.handedOverAt = handedOverAt
        self.dutyDue = dutyDue
    }
}

extension Letter {
    /// Days before and after its last day in which a letter may be extended.
    public static let extensionDays = 30

    public func canBeExtended(on day: Day) -> Bool {
        life.end == nil && life.successor == nil && day >= validUntil.adding(days: -Self.extensionDays)
            && day <= validUntil.adding(days: Self.extensionDays)
    }

    /// Whether a report on this letter is owed: one that ended early or goes on under another number owes none.
    public var owesReport: Bool { life.dutyDue != nil && life.end == nil && life.successor == nil }
}

extension LetterType {
    /// The day from which the months of a letter are counted that follows another one. A replacement holds as long as
    /// the letter in whose place it stands, unless that time is over; an extension begins where the other ends.
    public func validFrom(_ kind: FollowKind, _ letter: Letter, answers: [String: String], on today: Day) -> Day {
        switch kind {
        case .replace: validUntil(from: letter.validFrom, answers: answers) >= today ? letter.validFrom : today
        case .extend: max(today, letter.validUntil.adding(days: 1))
        }
    }
}

/// A decision on a letter: what becomes of its application, and how the letter ends if it does.
public struct LetterChange: Equatable, Sendable {
    public let transition: Transition
    public let end: LetterEnd?
}
