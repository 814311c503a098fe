import HTTPServer
import Pages
import Permits
import Store

/// What pages that are being filled in send by themselves: what was typed so far, and each file as it is chosen. The same
/// forms work without.
enum TypingRoutes {
    /// One paper. How large it may be is its requirement's to say.
    static let paper = BodyPolicy.multipart(max: 51 << 20, maxFile: 50 << 20, maxFiles: 1, maxFields: 10)

    static let table: [Route] = [
        .post("/permohonan/:ref/isian/:key/ketikan", access: .citizen, body: .longForm, section),
        .post("/permohonan/:ref/daftar/:key/ketikan", access: .citizen, body: .form(max: 1 << 20), roster),
        .post("/permohonan/:ref/perbaikan/ketikan", access: .citizen, body: .longForm, corrections),
        .post("/permohonan/:ref/unggahan/:key", access: .citizen, body: paper, upload),
    ]

    @Sendable static func section(_ context: Context) throws -> Reply {
        let key = try context.parameter("key")
        let type = try context.application().type
        guard let section = type.sections.first(where: { $0.key == key }) else { throw PermitError.notFound }
        return try keep(typedAnswers(section.fields, in: context.form), in: key, context)
    }

    /// Rows are saved when the form is sent; until then the inputs are kept as they are.
    @Sendable static func roster(_ context: Context) throws -> Reply {
        let key = try context.parameter("key")
        let application = try context.application()
        guard let section = application.type.sections.first(where: { $0.key == key }), let field = section.group
        else { throw PermitError.notFound }
        return try keepRows(at: RosterPlace(field, in: section, of: application), context)
    }

    static func keepRows(at place: RosterPlace, _ context: Context) throws -> Reply {
        let edits = RosterEdits(field: place.field, form: context.form)
        let rows = place.rows
        // Rows that stand open and are as they were are nothing that could be lost.
        let inputs = (try? edits.applied(to: rows)) == rows ? [:] : RosterEdits.inputs(of: context.form)
        let saved = inputs.isEmpty ? nil : "typing.row"
        return try keep(context, saying: saved) {
            try context.store.keepInputs(
                inputs, in: place.section, of: context.reference(), by: context.viewer(), from: $0, sequence: $1,
                at: context.now)
        }
    }

    @Sendable static func corrections(_ context: Context) throws -> Reply {
        let application = try context.application()
        let open = application.type.fields.filter { application.isOpen($0.key) }
        let fields = CorrectionRoutes.heldFields(of: application, context) ?? open.sent(in: context.form)
        return try keep(
            typedAnswers(fields, in: context.form),
            besides: CorrectionRoutes.explanationInputs(of: application, context), in: Store.corrections, context)
    }

    /// Answers with the page of the papers as it is then; the script takes this paper's part out of it.
    @Sendable static func upload(_ context: Context) throws -> Reply {
        let key = try context.parameter("key")
        let application = try context.application()
        let isDraft = application.state == .draft
        let papers = isDraft ? application.askedPapers : application.type.papers
        guard let paper = papers.first(where: { $0.key == key }) else { throw PermitError.notFound }
        guard application.isOpen(key) else { throw PermitError.conflict("conflict.closed") }
        let faults = byField(try Uploads.keep(context.request.files, for: [paper], of: application, context))
        let fresh = try context.application()
        let status = faults.isEmpty ? 200 : 422
        if isDraft { return try DraftRoutes.page(withPaper: key, of: fresh, faults: faults, status: status, context) }
        return .page(try CorrectionRoutes.sheet(fresh, faults: faults, context).page(with: key), status: status)
    }

    private static func keep(
        _ typed: [String: String], besides inputs: [String: String]? = nil, in section: String, _ context: Context
    ) throws -> Reply {
        try keep(context) {
            try context.store.keepTyping(
                typed, besides: inputs, in: section, of: context.reference(), by: context.viewer(), from: $0,
                sequence: $1, at: context.now)
        }
    }

    /// - Parameter text: Key of what is told besides the time.
    static func keep(
        _ context: Context, saying text: String? = nil, _ writing: (DraftPage, Int) throws -> DraftWriting
    ) throws -> Reply {
        let viewer = try context.viewer()
        try context.site.limit("typing", "\(viewer.account.value)", context.site.settings.rates.typing)
        guard let page = DraftPage(context.form),
            let sequence = context.form[TypingModel.sequenceName].flatMap({ Int($0) })
        else { throw PermitError.notFound }
        if try writing(page, sequence) == .elsewhere { return .message(["state": "elsewhere"], status: 409) }
        let time = context.formats.time(context.now)
        return .message(["state": "kept", "at": text.map { context.texts($0, ["time": time]) } ?? time], status: 200)
    }
}

extension DraftPage {
    /// What a form says of the page that it stands on; nil for one that says nothing.
    init?(_ form: FormFields) {
        guard let version = form[TypingModel.versionName].flatMap({ Int($0) }), version >= 0,
            let name = form[TypingModel.pageName], !name.isEmpty, name.utf8.count <= 40
        else { return nil }
        self.init(version: version, name: name)
    }
}

extension TypingModel {
    /// For a page that is made now.
    init(_ path: Link, in section: String, of application: Application, _ context: Context) {
        self.init(
            path: path.path, version: application.sectionVersions[section] ?? 0,
            page: Token.text(context.site.random(12)))
    }
}
