public import Permits
import Foundation
import GRDB

/// A letter as it would be issued now, for the signatory to read.
public struct LetterProposal: Sendable {
    public let application: Application
    public let composed: ComposedLetter
    public let title: SignatoryTitle
    public let office: Office
}

extension Store {
    /// Composes the letter without a number.
    /// - Parameter texts: The portal's own, for extensions.
    /// - Throws: `conflict` when the file does not wait for a signature or the signatory has no title yet.
    public func proposal(
        _ reference: Reference, by viewer: Viewer, at now: Moment, texts: OfficeLetters = OfficeLetters()
    ) throws -> LetterProposal {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.canSign(viewer) else { throw PermitError.conflict("conflict.notAwaitingSignature") }
            let context = try letterContext(application, by: viewer, at: now, in: database)
            return LetterProposal(
                application: application, composed: Self.composed(application, context, texts),
                title: context.signatory,
                office: context.office)
        }
    }

    /// The letter of an application that the viewer may see, the newest of several; nil when there is none yet, or
    /// none any more because it was made void.
    public func letter(of reference: Reference, visibleTo viewer: Viewer) throws -> Letter? {
        try read { database in
            try currentLetter(of: try application(reference, visibleTo: viewer, in: database), in: database)
        }
    }

    /// The letter that a verification token names. Open to anybody who has the token.
    /// - Throws: `notFound`.
    public func letter(token: String) throws -> Letter {
        try read { try letter(sql: "letter.token = ?", [token], in: $0) }
    }

    /// The newest letter of this kind that the office wrote about an application; nil when there is none.
    public func letter(_ kind: LetterKind, of reference: Reference, visibleTo viewer: Viewer) throws -> Letter? {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            return try Row.fetchOne(
                database,
                sql: """
                    \(Self.letterSQL) WHERE letter.application_id = ? AND letter.kind = ?
                    ORDER BY letter.id DESC LIMIT 1
                    """, arguments: [application.id.value, kind.rawValue]
            ).map(Self.letter)
        }
    }

    /// One of an application's letters, whatever its kind and however it ended.
    /// - Throws: `notFound`, also for the letter of another application.
    public func letter(_ id: Int64, of reference: Reference, visibleTo viewer: Viewer) throws -> Letter {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            return try letter(
                sql: "letter.id = ? AND letter.application_id = ?", [id, application.id.value], in: database)
        }
    }

    func letterContext(_ application: Application, by viewer: Viewer, at now: Moment, in database: Database)
        throws -> LetterContext
    {
        guard let title = try signatoryTitle(viewer.account, on: now.day, in: database) else {
            throw PermitError.conflict("conflict.noSignatoryTitle")
        }
        var context = LetterContext(
            answers: application.answers, office: try office(application.unit, on: now.day, in: database),
            signatory: title,
            date: now.day, number: nil, verificationURL: nil)
        if let kind = application.follows?.kind, let letter = try followedLetter(of: application, in: database) {
            context.validFrom = application.type.validFrom(
                kind, letter, answers: application.answers, on: now.day)
            context.previous = PreviousLetter(
                relation: kind == .replace ? .replaces : .extends, title: application.type.letter.title,
                numberText: letter.numberText, date: letter.issuedAt.day, validUntil: letter.validUntil)
            context.reasons = LetterContext.reasons(in: application.follows?.reason ?? "")
            context.application = ApplicationFacts(application, due: nil)
        }
        return context
    }

    /// An extension has a text of its own where there is one; every other permit has its type's.
    static func composed(
        _ application: Application, _ context: LetterContext, _ texts: OfficeLetters
    ) -> ComposedLetter {
        if application.follows?.kind == .extend,
            let composed = application.type.compose(.extension, context, defaults: texts)
        {
            return composed
        }
        return application.type.compose(context)
    }
}
