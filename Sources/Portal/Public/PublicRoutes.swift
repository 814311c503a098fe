import HTTPServer
import Pages
import Permits
import Store

/// Pages that anybody may read.
enum PublicRoutes {
    static let table: [Route] = [
        .get("/", access: .anyone, home),
        .get("/layanan", access: .anyone, services),
        .get("/layanan/:slug", access: .anyone, service),
        .get("/bantuan", access: .anyone, help),
        .get("/healthz", access: .anyone, health),
    ]

    @Sendable static func home(_ context: Context) throws -> Reply { .page(Home(services: try cards(context))) }

    @Sendable static func services(_ context: Context) throws -> Reply { .page(Services(services: try cards(context))) }

    @Sendable static func service(_ context: Context) throws -> Reply {
        let slug = try context.parameter("slug")
        let published = try context.store.publishedLetterType(slug: slug, at: context.now)
        let office = try context.store.office(published.unit, on: context.now.day)
        let isCitizen = context.session?.account.role == .citizen
        var page = Service(
            published.type.localized(to: context.language), office: office,
            applicant: context.request.head.query["untuk"], isGuest: context.session == nil, isCitizen: isCitizen,
            texts: context.texts)
        if isCitizen, let account = context.session?.account.id,
            let draft = try context.store.draft(slug: slug, of: account)
        {
            let application = try context.store.application(draft, visibleTo: context.viewer())
            page.draft = DraftLink(
                reference: draft.description,
                path: Link.section(draft.description, application.type.sections[0].key).path,
                savedAt: context.formats.shortDateTime(try context.store.changedAt(draft, visibleTo: context.viewer())))
        }
        return .page(page)
    }

    @Sendable static func help(_ context: Context) throws -> Reply {
        let offices = try context.store.offices(on: context.now.day)
        return .page(
            Help(
                steps: HelpStep.all(context.texts) { context.site.statics.url("img/guide/\($0).png") },
                questions: HelpEntry.questions(context.texts), words: HelpEntry.words(context.texts),
                offices: offices.map { HelpOffice(name: $0.name, lines: $0.letterhead.lines) }))
    }

    /// Truly reads the database.
    @Sendable static func health(_ context: Context) throws -> Reply {
        guard context.store.isAlive() else { return .text("database does not answer\n", status: 503) }
        return .text("ok\n", status: 200)
    }

    private static func cards(_ context: Context) throws -> [ServiceCard] {
        try context.store.publishedLetterTypes(at: context.now).map { published in
            let office = try context.store.office(published.unit, on: context.now.day)
            let type = published.type.localized(to: context.language)
            return ServiceCard(
                name: type.name, summary: type.summary, path: Link.service(type.slug).path,
                duration: Shown.duration(type, context.texts), fee: type.service.fee,
                office: office.shortName)
        }
    }
}

extension Service {
    /// - Parameter applicant: What the reader says to be, one of the answers on which the papers depend.
    init(_ type: LetterType, office: Office, applicant: String?, isGuest: Bool, isCitizen: Bool, texts: Texts) {
        let options = type.applicantField?.options ?? []
        let chosen = options.first { $0 == applicant } ?? options.first
        var answers: [String: String] = [:]
        if let key = type.applicantField?.key { answers[key] = chosen }
        self.init(
            name: type.name, summary: type.summary, office: office.name, slug: type.slug,
            duration: Shown.duration(type, texts),
            fee: type.service.fee, product: type.service.product, validity: Shown.validity(type, texts),
            requirements: type.requirements(for: answers).map {
                RequirementModel($0, isNeeded: type.isNeeded($0, in: answers), texts: texts)
            },
            applicants: options.map {
                ApplicantLink(
                    label: type.applicantField?.label(of: $0) ?? $0, path: Link.serviceFor(type.slug, $0).path,
                    isCurrent: $0 == chosen)
            },
            steps: type.service.steps, complaints: type.service.complaints, legalBasis: [], canApply: isCitizen,
            logInPath: isGuest ? Link.logInThen(Link.service(type.slug).path).path : nil)
    }
}
