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
        .get("/petugas/permohonan/:ref/surat/:id", access: .officer, file),
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

    /// The file of a letter as it was issued, replaced and void ones included: a dispute may be about just that one.
    @Sendable static func file(_ context: Context) throws -> Reply {
        guard let id = Int64(try context.parameter("id")) else { throw PermitError.notFound }
        return try download(
            context.store.letter(id, of: context.reference(), visibleTo: context.viewer()), context)
    }

    static func download(_ letter: Letter, _ context: Context) throws -> Reply {
        let name = "\(letter.summary.typeName) \(letter.numberText).pdf".replacing("/", with: "-")
        return .file(try LetterFiles.file(of: letter, context.site), kind: .pdf, filename: name, isDownload: true)
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
            if kind == .revoke {
                if let reply = try sign(id, of: application, context, decide: decide) { return reply }
            } else {
                try keep(kind, id, of: application, context, decide: decide)
            }
        } catch PermitError.conflict(let key) {
            // Two clicks at once: the other one has done it.
            let now = try context.store.letters(of: application.reference, visibleTo: viewer)
            guard let letter = now.first(where: { $0.id == id }), isDone(letter, ends, try context.application())
            else { throw PermitError.conflict(key) }
            return .redirect(destination(application))
        } catch PermitError.invalid(let problems) {
            guard let sheet = try LetterSheet(context) else { throw PermitError.invalid(problems) }
            return .page(sheet.page(faults: problems, in: kind), status: 422)
        } catch  where Busy.isMeant(by: error) {
            guard let sheet = try LetterSheet(context) else { throw error }
            context.site.logger.warning("\(error)", metadata: ["request": "\(context.request.head.id)"])
            let problem = FieldProblem(LetterInput.reason.rawValue, "letterBusy")
            return .page(sheet.page(faults: [problem], in: kind), status: 503)
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
        if kind == .void, try !Consent.isOwnPassword(viewer, context) {
            throw PermitError.invalid([FieldProblem(LetterInput.password.rawValue, "wrongPasswordLetter")])
        }
        try context.store.changeLetter(
            id, of: application.reference, by: viewer, origin: context.origin, decide: decide)
    }

    /// Revokes with a letter that its signatory has read. Nil when that is done, or what they see next.
    private static func sign(
        _ id: Int64, of application: Application, _ context: Context,
        decide: (Application, Letter, WorkingCalendar) throws -> LetterChange
    ) throws -> Reply? {
        if OfficeLetterReading.wantsToMend(context), let sheet = try LetterSheet(context) {
            return .page(sheet.page(in: .revoke))
        }
        let viewer = try context.viewer()
        let texts = context.site.officeLetters
        let foreseen = try context.store.foresee(
            .revocation, ending: id, of: application.reference, by: viewer, at: context.now, texts: texts,
            decide: decide)
        let reading = try OfficeLetterReading.printable(.revocation, foreseen, context)
        var pen: SigningDesk.Pen?
        func page(fault: String? = nil, blocker: SigningError? = nil, status: Int = 422) throws -> Reply {
            .page(
                try reading.page(
                    pen: pen, asksPassword: true, fault: fault,
                    blockers: blocker.map { [context.texts($0.textKey)] } ?? [],
                    backTo: destination(application)), status: status)
        }
        do {
            let consent = try Consent(context, office: foreseen.office)
            pen = consent.pen
            guard reading.isRead else { return try page(status: 200) }
            guard let press = try consent.press() else { throw SigningError.wrongPassphrase }
            try context.store.changeLetter(
                id, of: application.reference, by: viewer, origin: context.origin, at: context.now,
                writing: .revocation, texts: texts, decide: decide, making: press.make)
            return nil
        } catch let error as SigningError where Consent.isWrongSecret(error) {
            let key = pen?.needsSecret == true ? error.textKey : "problem.wrongPassword"
            return try page(fault: context.texts(key))
        } catch let error as SigningError {
            context.site.logger.error("revocation of \(application.reference) was not signed: \(error)")
            return try page(blocker: error)
        }
    }

    private static func isDone(_ letter: Letter, _ ends: LetterEnd.Kind?, _ application: Application) -> Bool {
        if let ends { return letter.life.end?.kind == ends }
        return application.follows?.kind == .replace && application.follows?.letter == letter.id
    }

    private static func destination(_ application: Application) -> Link {
        .staffLetter(application.reference.description)
    }
}
