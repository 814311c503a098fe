import HTTPServer
import Letters
import Logging
import Pages
import Permits
import Store

/// Reading the letter as it will print, and signing it with the password.
enum SigningRoutes {
    @Sendable static func preview(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        let viewer = try context.viewer()
        let application = try context.application()
        // Signed already, or not there yet: the file's own page says which.
        guard application.canSign(viewer) else { return .redirect(.staffApplication(reference.description)) }
        return .page(
            try page(
                try context.store.proposal(
                    reference, by: viewer, at: context.now, texts: context.site.officeLetters),
                reason: context.form[DecisionModel.reasonName] ?? "", context))
    }

    @Sendable static func sign(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        let viewer = try context.viewer()
        let application = try context.application()
        guard application.canSign(viewer) else {
            // A second click: the first one has issued it.
            if application.state == .issued { return .redirect(.staffApplication(reference.description)) }
            throw PermitError.conflict("conflict.notAwaitingSignature")
        }
        let proposal = try context.store.proposal(
            reference, by: viewer, at: context.now, texts: context.site.officeLetters)
        // Before any number is taken: a letter that cannot be drawn or signed is never begun.
        guard case .success(let consent) = consent(proposal, context), faults(proposal, context).isEmpty else {
            return .page(try page(proposal, context), status: 422)
        }
        do {
            guard let press = try consent.press() else { throw SigningError.wrongPassphrase }
            try issue(reference, by: viewer, press, context)
        } catch PermitError.conflict where (try? context.application().state) == .issued {
            // Two clicks at once: the other one has issued it.
            return .redirect(.staffApplication(reference.description))
        } catch let error as SigningError where Consent.isWrongSecret(error) {
            let key = consent.pen.needsSecret ? error.textKey : "problem.wrongPassword"
            return .page(try page(proposal, fault: context.texts(key), context), status: 422)
        } catch let error as SigningError {
            context.site.logger.error("\(reference) was not signed: \(error)")
            return .page(try page(proposal, trouble: error.textKey, context), status: 422)
        } catch  where Busy.isMeant(by: error) {
            context.site.logger.warning("\(error)", metadata: ["request": "\(context.request.head.id)"])
            return .page(try page(proposal, trouble: "problem.letterBusy", context), status: 503)
        }
        context.site.limiter.reset("sign as \(viewer.account.value)")
        return .redirect(.staffApplication(reference.description), notice: .signed)
    }

    @Sendable static func sendBack(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        let viewer = try context.viewer()
        let reason = context.form[DecisionModel.reasonName] ?? ""
        do {
            try context.store.change(reference, by: viewer, revision: context.revision, origin: context.origin) {
                application, _ in
                try application.sendBack(reason: reason, by: viewer, at: context.now)
            }
        } catch PermitError.invalid(let problems) {
            let proposal = try context.store.proposal(
                reference, by: viewer, at: context.now, texts: context.site.officeLetters)
            let fault = problems.first.map { context.texts.problem($0) }
            return .page(try page(proposal, reason: reason, reasonFault: fault, context), status: 422)
        }
        return .redirect(.staffApplication(reference.description), notice: .sentBack)
    }

    private static func issue(
        _ reference: Reference, by viewer: Viewer, _ press: LetterPress, _ context: Context
    ) throws {
        let letter = try context.store.sign(
            reference, by: viewer, revision: context.revision ?? -1,
            read: context.form["hari"].flatMap { Day(iso: $0) } ?? context.now.day.adding(days: -1),
            origin: context.origin, at: context.now, texts: context.site.officeLetters, making: press.make)
        context.site.logger.notice("issued letter \(letter.id)", metadata: ["request": "\(context.request.head.id)"])
    }

    /// Who signs with what; or why nobody can now.
    private static func consent(_ proposal: LetterProposal, _ context: Context) -> Result<Consent, any Error> {
        Result { try Consent(context, office: proposal.office) }
    }

    /// What keeps this letter from being drawn.
    private static func faults(_ proposal: LetterProposal, _ context: Context) -> [String] {
        do {
            try LetterPress.tryDrawing(proposal.composed.document, context.site, at: context.now)
            return []
        } catch LetterError.glyphMissing(let character, let text) {
            return [context.texts("blocker.glyph", ["character": String(character), "text": String(text.prefix(80))])]
        } catch LetterError.tooLong(let text) {
            return [context.texts("blocker.tooLong", ["text": String(text.prefix(80))])]
        } catch {
            context.site.logger.error("letter of \(proposal.application.reference) cannot be drawn: \(error)")
            return [context.texts("blocker.other")]
        }
    }

    private static func page(
        _ proposal: LetterProposal, fault: String? = nil, trouble: String? = nil, reason: String = "",
        reasonFault: String? = nil, _ context: Context
    ) throws -> Signing {
        let application = proposal.application.localized(to: context.language)
        let reference = application.reference.description
        let viewer = try context.viewer()
        let events = try context.store.timeline(application.reference, visibleTo: viewer)
        let consent = consent(proposal, context)
        var blockers = faults(proposal, context)
        if case .failure(let error) = consent {
            blockers.append(context.texts((error as? SigningError)?.textKey ?? "blocker.other"))
        }
        let pen = try? consent.get().pen
        let password = Signing.passwordField(
            isPassphrase: pen?.needsSecret ?? false, fault: fault, texts: context.texts)
        let sendBackReason = FieldModel(
            .textarea(rows: 3), name: DecisionModel.reasonName, label: context.texts("signing.sendBack.reason"),
            value: reason, hint: context.texts("signing.sendBack.hint"), error: reasonFault, maxLength: 2000)
        return Signing(
            reference: reference, kind: application.type.name,
            applicant: try context.store.applicant(of: application.reference, visibleTo: viewer).name,
            recommendedBy: events.last { $0.kind == .recommended }?.actorName ?? "",
            sheet: LetterModel(document: pen?.marked(proposal.composed.document) ?? proposal.composed.document),
            revision: application.revision,
            day: context.now.day.iso,
            sendBackAction: Link.sendingBack(reference).path, sendBackReason: sendBackReason,
            warnings: [trouble.map { context.texts($0) }].compactMap { $0 }
                + proposal.composed.emptyLabels.map {
                    context.texts("warning.empty", ["label": application.type.translated($0, to: context.language)])
                },
            blockers: blockers,
            password: password, action: Link.signing(reference).path, backPath: Link.staffApplication(reference).path,
            canSign: blockers.isEmpty, problems: ProblemSummary(fields: [password, sendBackReason]))
    }
}
