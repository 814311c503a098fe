import HTTPServer
import Letters
import Logging
import Pages
import Permits
import Store

/// What an office does with an issued letter: revoking, making void, replacing.
enum LetterRoutes {
    static let table: [Route] = [
        .get("/petugas/permohonan/:ref/surat", access: .officer, letter),
        .post(
            "/petugas/permohonan/:ref/pencabutan", access: .signatory, body: .longForm, keepsTyping: true, revoke),
        .post("/petugas/permohonan/:ref/pembatalan", access: .signatory, body: .longForm, keepsTyping: true, void),
        .post("/petugas/permohonan/:ref/penggantian", access: .officer, body: .longForm, keepsTyping: true, replace),
    ]

    @Sendable static func letter(_ context: Context) throws -> Reply {
        guard let sheet = try LetterSheet(context) else {
            // Its only letter was made void: the file's own page says what comes next.
            return .redirect(.staffApplication(try context.reference().description))
        }
        return .page(sheet.page())
    }

    @Sendable static func revoke(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let ground = context.form[LetterInput.ground.rawValue].flatMap { RevocationGround(rawValue: $0) }
        return try act(.revoke, ends: .revoked, notice: .letterRevoked, context) { application, letter, calendar in
            try application.revoke(
                letter, on: ground, reason: reason(context), by: viewer, at: context.now, in: calendar)
        }
    }

    @Sendable static func void(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        return try act(.void, ends: .void, notice: .letterVoided, context) { application, letter, _ in
            try application.void(letter, reason: reason(context), by: viewer, at: context.now)
        }
    }

    @Sendable static func replace(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        return try act(.replace, ends: nil, notice: .replacementStarted, context) { application, letter, _ in
            try application.reopen(letter, reason: reason(context), by: viewer, at: context.now)
        }
    }

    private static func reason(_ context: Context) -> String { context.form[LetterInput.reason.rawValue] ?? "" }

    /// Keeps the change, or shows the page again with everything that was typed. A second click finds it done.
    private static func act(
        _ kind: LetterAction.Kind, ends: LetterEnd.Kind?, notice: NoticeText, _ context: Context,
        decide: (Application, Letter, WorkingCalendar) throws -> LetterChange
    ) throws -> Reply {
        let viewer = try context.viewer()
        let application = try context.application()
        guard let id = context.form[LetterInput.letter.rawValue].flatMap({ Int64($0) }) else {
            throw PermitError.notFound
        }
        let letters = try context.store.letters(of: application.reference, visibleTo: viewer)
        guard let letter = letters.first(where: { $0.id == id }) else { throw PermitError.notFound }
        if isDone(letter, ends, application) { return .redirect(destination(application)) }
        do {
            // Judged first, so that a password is only asked of somebody who may do it and gave a reason.
            _ = try decide(application, letter, try context.store.calendar())
            try keep(kind, id, of: application, context, decide: decide)
        } catch PermitError.invalid(let problems) {
            guard let sheet = try LetterSheet(context) else { throw PermitError.invalid(problems) }
            return .page(sheet.page(faults: problems, in: kind), status: 422)
        }
        return .redirect(
            ends == .revoked ? destination(application) : .staffApplication(application.reference.description),
            notice: notice)
    }

    private static func keep(
        _ kind: LetterAction.Kind, _ id: Int64, of application: Application, _ context: Context,
        decide: (Application, Letter, WorkingCalendar) throws -> LetterChange
    ) throws {
        let viewer = try context.viewer()
        let reference = application.reference
        switch kind {
        case .replace:
            try context.store.changeLetter(id, of: reference, by: viewer, origin: context.origin, decide: decide)
        case .void:
            guard try Consent.isOwnPassword(viewer, context) else { throw wrongPassword }
            try context.store.changeLetter(id, of: reference, by: viewer, origin: context.origin, decide: decide)
        case .revoke:
            let office = try context.store.office(application.unit, on: context.now.day)
            do {
                guard let press = try Consent(context, office: office).press() else { throw wrongPassword }
                try context.site.desk.taking {
                    try context.store.changeLetter(
                        id, of: reference, by: viewer, origin: context.origin, at: context.now, writing: .revocation,
                        texts: context.site.officeLetters, decide: decide, making: press.make)
                }
            } catch let error as SigningError {
                context.site.logger.error("revocation of \(reference) was not signed: \(error)")
                throw PermitError.invalid([FieldProblem(LetterInput.password.rawValue, "signing.\(error)")])
            }
        }
    }

    private static var wrongPassword: PermitError {
        .invalid([FieldProblem(LetterInput.password.rawValue, "wrongPasswordLetter")])
    }

    private static func isDone(_ letter: Letter, _ ends: LetterEnd.Kind?, _ application: Application) -> Bool {
        if let ends { return letter.life.end?.kind == ends }
        return application.follows?.kind == .replace && application.follows?.letter == letter.id
    }

    private static func destination(_ application: Application) -> Link {
        .staffLetter(application.reference.description)
    }
}
