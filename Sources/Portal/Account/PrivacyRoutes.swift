import HTTPServer
import Pages
import Permits
import Store

/// What somebody may know and ask about their own data.
enum PrivacyRoutes {
    static let table: [Route] = [
        .get("/akun/data", access: .citizen, privacy),
        .post("/akun/data/salinan", access: .citizen, body: .smallForm, export),
        .get("/akun/penghapusan", access: .citizen, askForDeletion),
        .post("/akun/penghapusan", access: .citizen, body: .smallForm, requestDeletion),
        .post("/akun/penghapusan/pembatalan", access: .citizen, body: .smallForm, withdrawDeletion),
        .get("/akun/pembukaan-berkas", access: .citizen, views),
        .get("/permohonan/:ref/pembukaan-berkas", access: .citizen, viewsOfOne),
    ]

    @Sendable static func privacy(_ context: Context) throws -> Reply {
        let request = try context.store.deletionRequest(of: try context.viewer().account)
        return .page(
            Privacy(
                deletionDue: request.map { context.formats.longDate($0.dueAt.day) }, requestPath: Link.deletion.path))
    }

    /// Everything in one file, made for this answer and gone with it.
    @Sendable static func export(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        guard let pass = context.site.exports.enter(viewer.account) else {
            throw PermitError.conflict("conflict.exportRunning")
        }
        defer { pass.leave() }
        try context.site.limit("export", "\(viewer.account.value)", context.site.settings.rates.export)
        try context.store.notePersonalDataTaken(by: viewer, at: context.now)
        let file = try DataExport.make(
            of: viewer, in: context.language, at: context.now, context.site)
        return .made(
            file, mediaType: "application/zip",
            filename: "\(context.texts("privacy.copy.filename"))-\(context.now.day.iso).zip")
    }

    // MARK: Deletion

    @Sendable static func askForDeletion(_ context: Context) throws -> Reply {
        // Asked for already: the page that says when shows how to take it back.
        guard try context.store.deletionRequest(of: try context.viewer().account) == nil else {
            return .redirect(.privacy)
        }
        return .page(deletionForm(context: context))
    }

    @Sendable static func requestDeletion(_ context: Context) throws -> Reply {
        if case .wrong(let fault, let status) = try PresentPassword.check(context) {
            return .page(deletionForm(fault: fault, context: context), status: status)
        }
        try context.store.requestDeletion(of: try context.viewer(), at: context.now)
        return .redirect(.privacy, notice: .deletionRequested)
    }

    @Sendable static func withdrawDeletion(_ context: Context) throws -> Reply {
        try context.store.withdrawDeletion(of: try context.viewer(), at: context.now)
        return .redirect(.privacy, notice: .deletionWithdrawn)
    }

    private static func deletionForm(fault: String? = nil, context: Context) -> AccountForm {
        let texts = context.texts
        let fields = [
            FieldModel.presentPassword(texts("password.confirm"), hint: texts("password.confirm.hint"), fault: fault)
        ]
        return AccountForm(
            title: texts("deletion.heading"), lead: texts("deletion.lead"), fields: fields,
            action: Link.deletion.path, button: texts("deletion.button"), isDangerous: true,
            backPath: Link.privacy.path, backLabel: texts("privacy.heading"),
            problems: ProblemSummary(fields: fields))
    }

    // MARK: Who opened what

    @Sendable static func views(_ context: Context) throws -> Reply {
        let paging = Paging(context, length: 10)
        let (views, hasMore) = try context.store.documentViews(
            of: try context.viewer(), on: context.now.day, applications: paging.length, offset: paging.offset)
        return .page(
            DocumentViews(
                backPath: Link.account.path, backLabel: context.texts("account.heading"),
                rows: try rows(views, context), pager: paging.pager(hasMore: hasMore) { .documentViewsPage($0) }))
    }

    @Sendable static func viewsOfOne(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        let views = try context.store.documentViews(
            of: try context.viewer(), reference: reference, on: context.now.day, applications: 1, offset: 0
        ).views
        let kind = try context.application().type.name
        return .page(
            DocumentViews(
                backPath: Link.application(reference.description).path, backLabel: kind,
                subject: "\(kind) · \(reference)", rows: try rows(views, context)))
    }

    private static func rows(_ views: [DocumentView], _ context: Context) throws -> [DocumentViewRow] {
        var types: [Reference: LetterType] = [:]
        return try views.map { view in
            let type = try types[view.reference] ?? context.store.letterType(of: view.reference)
            types[view.reference] = type
            let paper =
                view.paper.map { type.translated($0, to: context.language) }
                ?? context.texts(view.source == .report ? "views.report" : "views.message")
            return DocumentViewRow(view, paper: paper, texts: context.texts)
        }
    }
}

extension DocumentViewRow {
    init(_ view: DocumentView, paper: String, texts: Texts) {
        let role = texts(view.viewerRole.textKey)
        self.init(
            paper: paper, filename: view.filename, reference: view.reference.description,
            path: view.isVisible ? Link.application(view.reference.description).path : nil, viewer: view.viewerName,
            role: view.officeName.map { "\(role), \($0)" } ?? role, first: texts.formats.shortDateTime(view.first),
            last: texts.formats.shortDateTime(view.last), count: view.count)
    }
}
