public struct ApplicationID: Hashable, Codable, Sendable {
    public let value: Int64
    public init(_ value: Int64) { self.value = value }
}

public enum ApplicationState: String, Codable, Sendable, CaseIterable {
    case draft, submitted, needsCorrection, verified, awaitingSignature, issued, refused, withdrawn

    public var textKey: String { "state.\(rawValue)" }

    /// With the office, its clock running.
    public var isWithOffice: Bool { [.submitted, .verified, .awaitingSignature].contains(self) }
}

/// A file given for a requirement. Its content lies in the vault under `sha256`.
public struct Attachment: Equatable, Sendable {
    public let id: Int64
    public let requirement: String
    /// As the applicant called it; shown, never used as a path.
    public let filename: String
    public let kind: FileKind
    public let size: Int
    public let sha256: String
    public let addedAt: Moment
    /// Where it comes from when it was given for another application before.
    public let origin: PaperOrigin?
    /// Of a PDF; nil for pictures.
    public let pages: Int?

    /// Tells this file from any other that takes its number or its place after it.
    public var mark: String { "\(id)-\(sha256.prefix(16))" }

    public init(
        id: Int64, requirement: String, filename: String, kind: FileKind, size: Int, sha256: String, addedAt: Moment,
        origin: PaperOrigin? = nil, pages: Int? = nil
    ) {
        self.id = id
        self.requirement = requirement
        self.filename = filename
        self.kind = kind
        self.size = size
        self.sha256 = sha256
        self.addedAt = addedAt
        self.origin = origin
        self.pages = pages
    }
}

extension Attachment {
    /// As it comes into another application: it keeps where it came from first.
    public func given(for reference: Reference) -> Attachment {
        Attachment(
            id: id, requirement: requirement, filename: filename, kind: kind, size: size, sha256: sha256,
            addedAt: addedAt, origin: origin ?? PaperOrigin(reference: reference, givenAt: addedAt), pages: pages)
    }
}

/// The application that a paper was given for first, and when.
public struct PaperOrigin: Equatable, Sendable {
    public let reference: Reference
    public let givenAt: Moment

    public init(reference: Reference, givenAt: Moment) {
        self.reference = reference
        self.givenAt = givenAt
    }
}

/// An officer's verdict on one field or one paper, by its key.
public struct Finding: Equatable, Sendable {
    public enum Verdict: String, Codable, Sendable { case fine, mend }
    public let key: String
    public let verdict: Verdict
    /// What to mend and how, for the applicant. Never empty for `mend`.
    public let reason: String
    /// The paper that was judged; another one in its place is a mended one.
    public internal(set) var attachment: Int64?

    public init(key: String, verdict: Verdict, reason: String = "", attachment: Int64? = nil) {
        self.key = key
        self.verdict = verdict
        self.reason = reason
        self.attachment = attachment
    }
}

public struct Application: Equatable, Sendable {
    public let id: ApplicationID
    public let reference: Reference
    public internal(set) var type: LetterType
    public let unit: UnitID
    public let applicant: AccountID
    public internal(set) var state: ApplicationState
    /// Index into the type's chain of the step that is next.
    public internal(set) var step: Int
    /// Stored forms by field key.
    public internal(set) var answers: [String: String]
    public internal(set) var attachments: [Attachment]
    public internal(set) var findings: [Finding]
    public internal(set) var claimedBy: AccountID?
    public internal(set) var clock: ServiceClock
    public internal(set) var submittedAt: Moment?
    /// The letter that the next one replaces or extends; nil once that is signed.
    public internal(set) var follows: Follow?
    /// Counts changes, so that two people cannot both decide on what only one of them saw.
    public let revision: Int
    /// Whose turn it is in the conversation about it.
    public internal(set) var turn = Turn()
    /// By field key: what was typed and is no answer yet. Only for those who may fill it in.
    public var typed: [String: String] = [:]
    /// How often each section was saved, so that an older page does not write over a newer one. For the same people.
    public var sectionVersions: [String: Int] = [:]
    /// Who besides the applicant may act for it: the members of the institution that it is filed for.
    public var agents: Set<AccountID> = []

    public init(
        id: ApplicationID, reference: Reference, type: LetterType, unit: UnitID, applicant: AccountID,
        state: ApplicationState, step: Int, answers: [String: String], attachments: [Attachment], findings: [Finding],
        claimedBy: AccountID?, clock: ServiceClock, submittedAt: Moment?, revision: Int, follows: Follow? = nil,
        turn: Turn = Turn()
    ) {
        self.id = id
        self.reference = reference
        self.type = type
        self.unit = unit
        self.applicant = applicant
        self.state = state
        self.step = step
        self.answers = answers
        self.attachments = attachments
        self.findings = findings
        self.claimedBy = claimedBy
        self.clock = clock
        self.submittedAt = submittedAt
        self.revision = revision
        self.follows = follows
        self.turn = turn
    }

    /// Whether an account may fill in, send, mend and withdraw it.
    public func isHeld(by account: AccountID) -> Bool { account == applicant || agents.contains(account) }

    public func attachment(for requirement: String) -> Attachment? {
        attachments.last { $0.requirement == requirement }
    }

    /// Whether a paper that was to be mended has been given anew.
    public func isReplaced(_ requirement: String) -> Bool {
        guard let current = attachment(for: requirement) else { return false }
        return current.id != finding(requirement)?.attachment
    }

    public func finding(_ key: String) -> Finding? { findings.first { $0.key == key } }

    /// Keys that the officer wants mended.
    public var keysToMend: [String] { findings.filter { $0.verdict == .mend }.map(\.key) }

    /// One line that tells this file from another.
    public var subject: String { type.printed(type.subjectField, in: answers) }
}

/// A decision's result: the new state and what is written down about it, to be stored in one transaction.
public struct Transition: Equatable, Sendable {
    public let application: Application
    public let event: NewEvent
    /// What was mended, when that is what happened.
    public let corrections: [Correction]

    public init(application: Application, event: NewEvent, corrections: [Correction] = []) {
        self.application = application
        self.event = event
        self.corrections = corrections
    }
}
