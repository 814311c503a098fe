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
        return .page(try page(try context.store.proposal(reference, by: viewer, at: context.now), context))
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
        let proposal = try context.store.proposal(reference, by: viewer, at: context.now)
        guard try isOwnPassword(viewer, context) else {
            return .page(try page(proposal, fault: context.texts("problem.wrongPassword"), context), status: 422)
        }
        // Before any number is taken: a letter that cannot be drawn is never signed.
        guard blockers(proposal, context).isEmpty else { return .page(try page(proposal, context), status: 422) }
        try issue(reference, by: viewer, context)
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
            let proposal = try context.store.proposal(reference, by: viewer, at: context.now)
            let fault = problems.first.map { context.texts.problem($0) }
            return .page(try page(proposal, reason: reason, reasonFault: fault, context), status: 422)
        }
        return .redirect(.staffApplication(reference.description), notice: .sentBack)
    }

    private static func issue(_ reference: Reference, by viewer: Viewer, _ context: Context) throws {
        let token = Token.text(context.site.random(24))
        let letter = try context.store.sign(
            reference, by: viewer, revision: context.revision ?? -1,
            read: context.form["hari"].flatMap { Day(iso: $0) } ?? context.now.day.adding(days: -1), token: token,
            verificationURL: context.site.url(.verification(token)), origin: context.origin, at: context.now)
        do {
            _ = try LetterFiles.file(of: letter, context.site)
        } catch {
            // The letter is issued; its file will be made by the next round of the jobs.
            context.site.logger.error("letter \(letter.id) has no file yet: \(error)")
        }
    }

    static func isOwnPassword(_ viewer: Viewer, _ context: Context) throws -> Bool {
        try context.site.limit("sign as", "\(viewer.account.value)", context.site.settings.rates.signing)
        let password = context.form[AccessField.password.rawValue] ?? ""
        guard !password.isEmpty, password.utf8.count <= Password.maximumBytes,
            let known = try context.store.credentials(of: viewer.account)
        else { return false }
        let isRight = try context.site.hasher.verify(password, against: known.passwordHash)
        if isRight { context.site.limiter.reset("sign as \(viewer.account.value)") }
        return isRight
    }

    /// Draws the letter with a QR code of the true length and throws it away.
    private static func blockers(_ proposal: LetterProposal, _ context: Context) -> [String] {
        var document = proposal.composed.document
        document.setVerification(url: context.site.url(.verification(String(repeating: "x", count: 32))))
        do {
            _ = try context.site.letters.pdf(document, created: context.now.seconds)
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
        _ proposal: LetterProposal, fault: String? = nil, reason: String = "", reasonFault: String? = nil,
        _ context: Context
    ) throws -> Signing {
        let application = proposal.application.localized(to: context.language)
        let reference = application.reference.description
        let viewer = try context.viewer()
        let events = try context.store.timeline(application.reference, visibleTo: viewer)
        let blockers = blockers(proposal, context)
        let password = Signing.passwordField(fault: fault, texts: context.texts)
        let sendBackReason = FieldModel(
            .textarea(rows: 3), name: DecisionModel.reasonName, label: context.texts("signing.sendBack.reason"),
            value: reason, hint: context.texts("signing.sendBack.hint"), error: reasonFault, maxLength: 2000)
        return Signing(
            reference: reference, kind: application.type.name,
            applicant: try context.store.applicant(of: application.reference, visibleTo: viewer).name,
            recommendedBy: events.last { $0.kind == .recommended }?.actorName ?? "",
            sheet: LetterModel(document: proposal.composed.document), revision: application.revision,
            day: context.now.day.iso,
            sendBackAction: Link.sendingBack(reference).path, sendBackReason: sendBackReason,
            warnings: proposal.composed.emptyLabels.map {
                context.texts("warning.empty", ["label": application.type.translated($0, to: context.language)])
            },
            blockers: blockers,
            password: password, action: Link.signing(reference).path, backPath: Link.staffApplication(reference).path,
            canSign: blockers.isEmpty, problems: ProblemSummary(fields: [password, sendBackReason]))
    }
}

extension LetterDocument {
    fileprivate mutating func setVerification(url: String) {
        for (index, block) in blocks.enumerated() {
            if case .signature(var signature) = block {
                signature.mark.url = url
                blocks[index] = .signature(signature)
            }
        }
    }
}
