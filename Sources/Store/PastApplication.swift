public import Permits
import Foundation

/// A paper of an application, also one that another took the place of, and which officers opened it when.
public struct PastPaper: Sendable {
    public let attachment: Attachment
    public var replacedAt: Moment?
    public var readers: [(reader: AccountID, at: Moment)]

    public init(_ attachment: Attachment, replacedAt: Moment? = nil, readers: [(reader: AccountID, at: Moment)] = []) {
        self.attachment = attachment
        self.replacedAt = replacedAt
        self.readers = readers
    }
}

/// An application as it stands now, with ids of its own, ready to be written by a `PastLoader`.
public struct PastApplication: Sendable {
    let application: Application
    let letterType: Int64
    let institution: InstitutionID?
    let createdAt: Moment
    let changedAt: Moment
    let revision: Int
    let papers: [PastPaper]
    let answers: String
    let clock: String
    let due: Day?

    /// - Parameters:
    ///   - letterType: Id of the version that it was begun with.
    ///   - revision: How often it was changed.
    public init(
        _ application: Application, letterType: Int64, institution: InstitutionID?, createdAt: Moment,
        changedAt: Moment, revision: Int, papers: [PastPaper], in calendar: WorkingCalendar
    ) throws {
        self.application = application
        self.letterType = letterType
        self.institution = institution
        self.createdAt = createdAt
        self.changedAt = changedAt
        self.revision = revision
        self.papers = papers
        answers = try JSON.text(application.answers)
        clock = try JSON.text(application.clock)
        due = application.state.isWithOffice ? application.clock.due(in: calendar) : nil
    }
}

/// One thing that happened to an application in the past, before its place in the chain of events is known.
public struct PastStep: Sendable {
    /// What came of it besides the event.
    public enum Effect: Sendable {
        case none
        /// A letter was issued.
        case letter(PastWriting)
        /// The current letter ended, with a letter of the office that says so or without.
        case end(LetterEnd, PastWriting?)
        /// A report was given; as it stands now.
        case report(Report, decidedBy: AccountID?)
        /// A report was judged.
        case verdict(Report)
        /// The holder fetched the letter for the first time. That is no event.
        case handover
    }

    public let application: ApplicationID
    public let at: Moment
    let event: NewEvent?
    let state: ApplicationState
    let details: [String: String]
    let effect: Effect

    public init(_ transition: Transition, _ effect: Effect = .none) throws {
        application = transition.application.id
        event = transition.event
        at = transition.event.at
        state = transition.application.state
        details = try Store.details(of: transition)
        self.effect = effect
    }

    /// The first step of every application.
    public init(begunBy account: AccountID, _ draft: Application, at: Moment) {
        application = draft.id
        event = NewEvent(kind: .created, actor: account, at: at)
        self.at = at
        state = draft.state
        details = ["version": "\(draft.type.version)"]
        effect = .none
    }

    public init(handedOver application: ApplicationID, at: Moment) {
        self.application = application
        event = nil
        self.at = at
        state = .issued
        details = [:]
        effect = .handover
    }
}

/// A letter that was written then.
public struct PastWriting: Sendable {
    let kind: OfficeLetterKind?
    let application: Application
    let note: String
    let office: Office
    let signatory: SignatoryTitle
    let actor: AccountID
    let at: Moment
    let token: String
    let url: String

    /// - Parameters:
    ///   - kind: Nil for the permit itself.
    ///   - application: As it was before.
    ///   - note: Why, for letters that give reasons.
    ///   - url: In its QR code.
    public init(
        _ kind: OfficeLetterKind? = nil, about application: Application, note: String = "", from office: Office,
        signatory: SignatoryTitle, by actor: AccountID, at: Moment, token: String, url: String
    ) {
        self.kind = kind
        self.application = application
        self.note = note
        self.office = office
        self.signatory = signatory
        self.actor = actor
        self.at = at
        self.token = token
        self.url = url
    }
}
