public import Permits
import GRDB

/// A letter of the office as a decision would write it now, before anything is decided and without a number: for the
/// one who decides to read.
public struct ForeseenLetter: Sendable {
    public let document: LetterDocument
    /// Office whose letter it will be.
    public let office: Office
    /// SHA-256 of the document, lower-case hexadecimal: who sends it back has read just this.
    public let digest: String
}

extension Store {
    /// The letter with which `decide` would end an application.
    public func foresee(
        _ kind: OfficeLetterKind, about reference: Reference, by viewer: Viewer, revision: Int?, at now: Moment,
        texts: OfficeLetters, decide: (Application, WorkingCalendar) throws -> Transition
    ) throws -> ForeseenLetter {
        try read { database in
            let before = try application(reference, visibleTo: viewer, in: database)
            let transition = try decide(before, calendar(in: database))
            if let revision, revision != before.revision { throw PermitError.conflict("conflict.changedMeanwhile") }
            let office = try office(before.unit, on: now.day, in: database)
            return try foreseen(
                OfficeLetterFacts(
                    kind: kind, application: before, note: transition.event.note, office: office,
                    signatory: office.seal, date: now.day), texts)
        }
    }

    /// The letter with which `decide` would end another one.
    public func foresee(
        _ kind: OfficeLetterKind, ending id: Int64, of reference: Reference, by viewer: Viewer, at now: Moment,
        texts: OfficeLetters, decide: (Application, Letter, WorkingCalendar) throws -> LetterChange
    ) throws -> ForeseenLetter {
        try read { database in
            let (before, letter) = try current(id, of: reference, visibleTo: viewer, in: database)
            let change = try decide(before, letter, calendar(in: database))
            return try foreseen(
                OfficeLetterFacts(
                    kind: kind, application: before, note: change.transition.event.note,
                    office: office(before.unit, on: now.day, in: database),
                    signatory: try expectedTitle(viewer, on: now.day, in: database),
                    previous: PreviousLetter(revoked: letter, of: before.type),
                    date: now.day),
                texts)
        }
    }

    private func foreseen(_ facts: OfficeLetterFacts, _ texts: OfficeLetters) throws -> ForeseenLetter {
        let document = try facts.composed(number: nil, texts).document
        return ForeseenLetter(document: document, office: facts.office, digest: sha256(try JSON.text(document)))
    }

    func expectedTitle(_ viewer: Viewer, on day: Day, in database: Database) throws -> SignatoryTitle {
        guard let title = try signatoryTitle(viewer.account, on: day, in: database) else {
            throw PermitError.conflict("conflict.noSignatoryTitle")
        }
        return title
    }
}

/// What a letter of the office besides the permit is made from.
struct OfficeLetterFacts {
    let kind: OfficeLetterKind
    let application: Application
    /// The reasons, as they were typed.
    let note: String
    let office: Office
    let signatory: SignatoryTitle
    /// The letter that it takes back.
    var previous: PreviousLetter?
    let date: Day

    /// - Parameter number: Nil while it is only read.
    func composed(number: Int?, _ texts: OfficeLetters) throws -> ComposedLetter {
        let type = application.type
        var context = LetterContext(
            answers: application.answers, office: office, signatory: signatory, date: date, number: number,
            verificationURL: nil)
        context.reasons = LetterContext.reasons(in: note)
        context.application = ApplicationFacts(application, due: nil)
        context.previous = previous
        guard let composed = type.compose(kind, context, defaults: texts) else {
            throw StoreCorruption(description: "there is no text for a letter of kind \(kind.rawValue)")
        }
        return composed
    }
}

extension PreviousLetter {
    /// A letter that another one takes back.
    init(revoked letter: Letter, of type: LetterType) {
        self.init(
            relation: .revokes, title: type.letter.title, numberText: letter.numberText, date: letter.issuedAt.day,
            validUntil: letter.validUntil)
    }
}
