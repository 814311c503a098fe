import HTTPServer
import Pages
import Permits
import Store

/// Using again what was given before: papers for a draft, or a whole application for the next one.
enum AnotherRoutes {
    static let table: [Route] = [
        .post("/permohonan/:ref/pengajuan-ulang", access: .citizen, body: .smallForm, begin),
        .post(
            "/permohonan/:ref/berkas-lama", access: .citizen, body: CitizenRoutes.papers, keepsTyping: true, reuse),
    ]

    /// Begins a new draft like an application that is over, or leads to the unfinished one.
    @Sendable static func begin(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let references = (0..<8).compactMap { _ in Reference(random: context.site.random(64)) }
        switch try context.store.beginAnother(
            like: context.reference(), by: viewer, references: references, origin: context.origin, at: context.now)
        {
        case .unfinished(let draft): return .redirect(.application(draft.description), notice: .draftUnfinished)
        case .begun(let draft):
            let application = try context.store.application(draft, visibleTo: viewer)
            return .redirect(FormSteps(application).links[0], notice: .anotherBegun)
        }
    }

    /// Puts a paper that was given before into its place. Files that were chosen in the same form are kept too.
    @Sendable static func reuse(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
        let choice = (context.form[fieldName] ?? "").split(separator: ".").map(String.init)
        guard choice.count == 2, let id = Int64(choice[1]),
            let wanted = application.askedRequirements.first(where: { $0.key == choice[0] })
        else { throw PermitError.notFound }
        var problems = try Uploads.keep(
            context.request.files, for: application.askedRequirements.filter { $0.key != wanted.key }, of: application,
            context)
        switch try scan(id, for: wanted, of: application, context) {
        case .failure(let problem): problems.append(problem)
        case .success(let scan):
            try context.store.reuse(
                id, for: wanted.key, in: application.reference, scanned: scan, by: try context.viewer(),
                at: context.now)
        }
        guard problems.isEmpty else {
            let page = try DraftRoutes.attachmentsPage(
                try context.application(), faults: byField(problems), context)
            return .page(page, status: 422)
        }
        return .redirect(.attachments(application.reference.description), notice: .paperReused)
    }

    /// What there is to use again, by requirement; for papers that the draft does not have yet.
    static func offers(for application: Application, _ context: Context) throws -> [String: ReuseModel] {
        let given = try context.store.givenPapers(by: try context.viewer(), besides: application.reference)
        guard !given.isEmpty else { return [:] }
        var offers: [String: ReuseModel] = [:]
        for paper in application.askedRequirements where application.attachment(for: paper.key) == nil {
            guard let offer = paper.offer(among: given, on: context.now.day) else { continue }
            offers[paper.key] = ReuseModel(offer, for: paper, in: application, context)
        }
        return offers
    }

    private static let fieldName = "pakai"

    /// Looks into a file again that nobody has looked into as files are looked into now; nil when that was done.
    private static func scan(_ id: Int64, for paper: Requirement, of application: Application, _ context: Context)
        throws -> Result<FileScan?, FieldProblem>
    {
        let given = try context.store.givenPapers(by: try context.viewer(), besides: application.reference)
        guard let known = given.first(where: { $0.attachment.id == id })?.attachment else {
            throw PermitError.notFound
        }
        guard context.site.vault.size(of: known.sha256) != nil else {
            return .failure(FieldProblem(paper.key, "fileMissing", ["label": paper.label]))
        }
        if try context.store.scan(of: known.sha256)?.scanner == FileCheck.scanner(context.site) {
            return .success(nil)
        }
        let file = UploadedFile(
            name: paper.key, filename: known.filename, bytes: try context.site.vault.bytes(of: known.sha256))
        return try FileCheck(context: context).check(file, paper).map { $0 }
    }
}

extension ReuseModel {
    fileprivate init(_ offer: ReuseOffer, for paper: Requirement, in application: Application, _ context: Context) {
        let action = Link.reuse(application.reference.description).path
        let formats = context.formats
        func text(_ key: String, _ given: GivenPaper, _ last: Day) -> String {
            context.texts(
                key,
                [
                    "name": given.attachment.filename, "given": formats.date(given.givenAt.day),
                    "last": formats.date(last),
                ])
        }
        switch offer {
        case .usable(let given, let last):
            self.init(
                text: text("reuse.offer", given, last),
                path: Link.attachment(given.holder.description, "\(given.attachment.id)").path, action: action,
                value: "\(paper.key).\(given.attachment.id)")
        case .expired(let given, let last):
            self.init(text: text("reuse.expired", given, last), action: action, value: "")
        }
    }
}
