import HTTPServer
import Pages
import Permits
import Store

/// Writing a message on the applicant's side: a page of its own, which keeps what is typed and each file as it comes.
enum WritingRoutes {
    static let table: [Route] = [
        .get("/permohonan/:ref/pesan", access: .citizen, form),
        .post(
            "/permohonan/:ref/pesan", access: .citizen, body: MessageRoutes.body, keepsTyping: true, savesDraft: true,
            send),
        .post("/permohonan/:ref/pesan/ketikan", access: .citizen, body: .longForm, keepTyping),
        .post("/permohonan/:ref/pesan/unggahan/:key", access: .citizen, body: MessageRoutes.body, upload),
        .get("/permohonan/:ref/belum-terkirim/:id", access: .citizen, UnsentFiles.open),
    ]

    @Sendable static func form(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.submittedAt != nil else { return .redirect(.application(application.reference.description)) }
        return .page(try MessageSheet(application, context).page())
    }

    @Sendable static func send(_ context: Context) throws -> Reply {
        let application = try context.application()
        let viewer = try context.viewer()
        let raw = context.form[MessageRules.textField] ?? ""
        let (text, faults) = MessageRules.checked(raw, files: 0)
        let status = Link.application(application.reference.description)
        if context.form["then"] == "discard" {
            try context.store.discardUnsent(.message, about: application.reference, by: viewer, at: context.now)
            return .redirect(status, notice: .messageDiscarded)
        }
        if try context.store.isSent(
            MessageRoutes.token(context), saying: text, about: application.reference, by: viewer)
        {
            // A second click: the first one has sent it.
            return .redirect(status, notice: .messageSent)
        }
        let sheet = try MessageSheet(application, context)
        guard sheet.isOpen else {
            guard application.submittedAt != nil else { throw PermitError.conflict("conflict.talkClosed") }
            return .page(try sheet.page(), status: 409)
        }
        return try sheet.answerTooMany {
            let files = try UnsentFiles(purpose: .message, context: context).keep(at: MessageRules.places) {
                MessageRules.requirement(MessageRoutes.label(of: $0, context), at: $1)
            }
            if let left = try leave(raw, files, of: application, sheet, context) { return left }
            try context.site.limit("write", "\(viewer.account.value)", context.site.settings.rates.messages)
            let problems = faults + files.problems
            guard problems.isEmpty else {
                guard try save(raw, of: application, context) else { return try sheet.elsewhere() }
                return .page(try sheet.page(problems), status: 422)
            }
            let sending = try context.store.sendMessage(
                text, token: MessageRoutes.token(context),
                shown: UnsentFiles(purpose: .message, context: context).shown(files), added: files.added,
                from: DraftPage(context.form), about: application.reference, by: viewer, origin: context.origin,
                at: context.now)
            switch sending {
            case .sent: return .redirect(status, notice: .messageSent)
            case .elsewhere: return try sheet.elsewhere()
            case .otherFiles:
                _ = try save(raw, of: application, context)
                return .page(try sheet.page(isOtherFiles: true), status: 409)
            }
        }
    }

    /// What other buttons than the one that sends do: nil when it was that one.
    private static func leave(
        _ raw: String, _ files: UnsentFiles.Outcome, of application: Application, _ sheet: MessageSheet,
        _ context: Context
    ) throws -> Reply? {
        let link = Link.messages(application.reference.description)
        let language = try LanguageRoutes.asked(context)
        guard language != nil || context.form["remove"] != nil || context.form["then"] == "stay" else { return nil }
        guard try save(raw, of: application, context) else { return try sheet.elsewhere() }
        if let language { return .language(language, then: link.path) }
        if let dropped = try UnsentFiles(purpose: .message, context: context).drop(then: link) { return dropped }
        return files.problems.isEmpty
            ? .redirect(link, notice: .messageKept) : .page(try sheet.page(files.problems), status: 422)
    }

    /// - Returns: False when another page has kept something else meanwhile.
    private static func save(_ raw: String, of application: Application, _ context: Context) throws -> Bool {
        try context.store.saveMessage(
            raw, about: application.reference, by: context.viewer(), from: DraftPage(context.form), at: context.now)
            != .elsewhere
    }

    @Sendable static func keepTyping(_ context: Context) throws -> Reply {
        try TypingRoutes.keep(context) {
            try context.store.keepMessageTyping(
                context.form[MessageRules.textField] ?? "", about: context.reference(), by: context.viewer(), from: $0,
                sequence: $1, at: context.now)
        }
    }

    /// Answers with the page of the message as it is then; the script takes this file's part out of it.
    @Sendable static func upload(_ context: Context) throws -> Reply {
        let place = try context.parameter("key")
        guard MessageRules.places.contains(place) else { throw PermitError.notFound }
        let application = try context.application()
        guard try MessageSheet(application, context).isOpen else {
            guard application.submittedAt != nil else { throw PermitError.conflict("conflict.talkClosed") }
            return .page(try MessageSheet(application, context).page(), status: 409)
        }
        let files = try UnsentFiles(purpose: .message, context: context).keep(at: [place]) {
            MessageRules.requirement(MessageRoutes.label(of: $0, context), at: $1)
        }
        let page = try MessageSheet(application, context).page(files.problems)
        return .page(page, status: files.problems.isEmpty ? 200 : 422)
    }
}
