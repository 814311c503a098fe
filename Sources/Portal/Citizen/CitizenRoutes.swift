import HTTPServer
import Pages
import Permits
import Store

/// What an applicant does, from the first draft to the letter.
enum CitizenRoutes {
    /// Several papers at once. How large each may be is its requirement's to say, up to 50 MiB.
    static let papers = BodyPolicy.multipart(max: 64 << 20, maxFile: 50 << 20, maxFiles: 20, maxFields: 200)

    static let table: [Route] = [
        .get("/permohonan", access: .citizen, applications),
        .post("/permohonan", access: .citizen, body: .smallForm, keepsTyping: true, begin),
        .get("/permohonan/:ref", access: .citizen, ApplicationRoutes.status),
        .get("/permohonan/:ref/isian/:key", access: .citizen, DraftRoutes.section),
        .post(
            "/permohonan/:ref/isian/:key", access: .citizen, body: papers, keepsTyping: true, savesDraft: true,
            DraftRoutes.saveSection),
        .get("/permohonan/:ref/daftar/:key", access: .citizen, RosterRoutes.open),
        .post(
            "/permohonan/:ref/daftar/:key", access: .citizen, body: RosterRoutes.body, keepsTyping: true,
            savesDraft: true,
            RosterRoutes.save),
        .get("/permohonan/:ref/berkas", access: .citizen, DraftRoutes.attachments),
        .post(
            "/permohonan/:ref/berkas", access: .citizen, body: papers, keepsTyping: true, DraftRoutes.saveAttachments),
        .get("/permohonan/:ref/berkas/:id", access: .citizen, ApplicationRoutes.attachment),
        .get("/permohonan/:ref/periksa", access: .citizen, DraftRoutes.check),
        .post(
            "/permohonan/:ref/pengajuan", access: .citizen, body: .smallForm, keepsTyping: true, DraftRoutes.submit),
        .get("/permohonan/:ref/perbaikan", access: .citizen, CorrectionRoutes.form),
        .post(
            "/permohonan/:ref/perbaikan", access: .citizen, body: papers, keepsTyping: true, savesDraft: true,
            CorrectionRoutes.resubmit),
        .get("/permohonan/:ref/surat.pdf", access: .citizen, ApplicationRoutes.letter),
    ]

    @Sendable static func applications(_ context: Context) throws -> Reply {
        let texts = context.texts
        let reader = try context.viewer().account
        let promised = try context.store.draftDeletions(of: try context.viewer())
        let paging = Paging(context, length: 20)
        let rows = try context.store.applications(
            of: try context.viewer(), limit: paging.limit, offset: paging.offset)
        let items = rows.prefix(paging.length).map { row in
            let standing = BriefStanding(
                row.state, isClaimed: row.claimedByName != nil, isAsked: row.turn.askedAt != nil,
                letter: row.letter?.state(on: context.now.day), place: row.place,
                withdrawnBy: row.withdrawnBy.map { Withdrawer($0.account, name: $0.name, reader: reader) },
                texts: texts)
            return ApplicationItem(
                reference: row.reference.description, path: Link.application(row.reference.description).path,
                kind: row.type.translated(row.type.name, to: texts.language),
                summary: row.subject, tag: standing.tag, next: standing.next,
                changed: texts.formats.shortDateTime(row.changedAt),
                needsAction: [.draft, .needsCorrection].contains(row.state) || row.turn.askedAt != nil,
                filed: row.filedFor.map { texts.filed($0.institution, by: $0.applicant == reader ? nil : $0.name) },
                turn: TagModel(row.turn, readBy: .applicant, texts: texts),
                deletion: row.state == .draft
                    ? deletion(touched: row.changedAt, promised: promised[row.reference], context) : nil)
        }
        let pager = paging.pager(hasMore: rows.count > paging.length) { .applicationsPage($0) }
        return .page(Applications(items: items, pager: pager))
    }

    @Sendable static func begin(_ context: Context) throws -> Reply {
        let slug = context.form["slug"] ?? ""
        guard let applicant = context.form["untuk"] else { return try begin(slug, linked: [:], context) }
        // Chosen on the service's page; it is taken as from a link.
        let type = try context.store.publishedLetterType(slug: slug, at: context.now).type
        let field = type.applicantField?.key
        return try begin(slug, linked: field.map { [$0: applicant] } ?? [:], context)
    }

    /// When a draft goes that nobody goes on with.
    /// - Parameter promised: The day that its owner was told.
    static func deletion(touched: Moment, promised: Day?, _ context: Context) -> String {
        let keeping = context.site.settings.drafts
        let day =
            promised
            ?? keeping.deletion(
                touched: touched, remindedOn: max(context.now.day, keeping.reminder(touched: touched)))
        return context.texts("applications.deletion", ["date": context.formats.date(day)])
    }

    /// Opens the unfinished draft of this kind, or begins one.
    /// - Parameter linked: What a link brought, for where there is no answer yet.
    static func begin(_ slug: String, linked: [String: String], _ context: Context) throws -> Reply {
        let references = (0..<8).compactMap { _ in Reference(random: context.site.random(64)) }
        let reference = try context.store.beginDraft(
            slug: slug, linked: linked, by: try context.viewer(), references: references, origin: context.origin,
            at: context.now)
        let application = try context.store.application(reference, visibleTo: try context.viewer())
        // Whoever belongs to an institution says first for whom: once it is sent, that stays as it is.
        if application.revision == 0, application.applicant == context.session?.account.id,
            try !context.store.institutions(of: context.viewer()).isEmpty
        {
            return .redirect(.filing(reference.description))
        }
        return .redirect(FormSteps(application).unfinished(today: context.now.day))
    }
}
