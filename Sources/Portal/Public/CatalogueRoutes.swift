import HTTPServer
import Pages
import Permits
import Store

/// Finding a service and reading what it needs.
enum CatalogueRoutes {
    static let table: [Route] = [
        .get("/layanan", access: .anyone, services),
        .get("/layanan/:slug", access: .anyone, service),
        .get("/layanan/:slug/persyaratan", access: .anyone, requirementList),
    ]

    @Sendable static func services(_ context: Context) throws -> Reply {
        let catalogue = try ServiceCatalogue(context)
        let wish = wish(context)
        let answer = catalogue.answer(to: wish)
        let texts = context.texts
        var groups: [ServiceGroup] = []
        for entry in answer.entries {
            let card = entry.card(for: wish.who, namesOffice: false, texts: texts)
            if let index = groups.firstIndex(where: { $0.id == entry.office.code }) {
                groups[index].services.append(card)
            } else {
                groups.append(ServiceGroup(id: entry.office.code, office: entry.office.name, services: [card]))
            }
        }
        return .page(
            Services(
                search: wish.search, filters: filters(catalogue, wish, texts),
                found: sentence(answer, wish, texts), isNothing: answer.kind == .nothing,
                nothing: texts(wish.search.isEmpty ? "services.none.choice" : "services.none.text"), groups: groups,
                tags: Shown.tags(texts("services.heading"), texts("services.lead"), at: .services, context)))
    }

    private static func wish(_ context: Context) -> ServiceCatalogue.Wish {
        ServiceCatalogue.Wish(
            search: searched(context), who: asked("saya", context), office: asked("kantor", context))
    }

    /// What is searched for, as the address says it.
    static func searched(_ context: Context) -> String { asked("cari", context) }

    private static func asked(_ name: String, _ context: Context) -> String {
        String(TypedText.cleaned(context.request.head.query[name] ?? "", keepingLines: false).prefix(100))
    }

    private static func sentence(
        _ answer: ServiceCatalogue.Answer, _ wish: ServiceCatalogue.Wish, _ texts: Texts
    ) -> String? {
        let values = ["count": texts.formats.number(answer.entries.count), "search": wish.search]
        switch answer.kind {
        case .everything: return nil
        case .matching: return texts(wish.search.isEmpty ? "services.found" : "services.found.search", values)
        case .beyondFilters: return texts("services.found.beyond", values)
        case .partly: return texts("services.found.partly", values)
        case .nothing: return texts(wish.search.isEmpty ? "services.none" : "services.none.search", values)
        }
    }

    /// For whom; and which office, where there are several.
    private static func filters(
        _ catalogue: ServiceCatalogue, _ wish: ServiceCatalogue.Wish, _ texts: Texts
    ) -> [ServiceFilter] {
        let who = ServiceFilter(
            name: "saya", label: texts("services.who"), value: wish.who,
            options: [("", texts("services.everybody"))] + catalogue.audiences)
        let offices = catalogue.offices.map { ($0.code, $0.shortName) }
        let office = ServiceFilter(
            name: "kantor", label: texts("services.office"), value: wish.office,
            options: [("", texts("services.everyOffice"))] + offices, isIndonesian: true)
        return offices.count < 2 ? [who] : [who, office]
    }

    @Sendable static func service(_ context: Context) throws -> Reply {
        let slug = try context.parameter("slug")
        let published = try context.store.publishedLetterType(slug: slug, at: context.now)
        var page = Service(
            published.type, office: try context.store.office(published.unit, on: context.now.day),
            measured: try context.store.measuredTime(slug: slug, at: context.now), context)
        page.draft = try DraftLink.unfinished(slug, context)
        return .page(page)
    }

    @Sendable static func requirementList(_ context: Context) throws -> Reply {
        let slug = try context.parameter("slug")
        let published = try context.store.publishedLetterType(slug: slug, at: context.now)
        let office = try context.store.office(published.unit, on: context.now.day)
        return .page(try RequirementList(published.type, office: office, context))
    }
}

extension DraftLink {
    /// The reader's own draft of this kind, where there is one.
    static func unfinished(_ slug: String, _ context: Context) throws -> DraftLink? {
        guard let account = context.session?.account, account.role == .citizen,
            let draft = try context.store.draft(slug: slug, of: account.id)
        else { return nil }
        let viewer = try context.viewer()
        let application = try context.store.application(draft, visibleTo: viewer)
        return DraftLink(
            reference: draft.description,
            path: FormSteps(application).unfinished(today: context.now.day).path,
            savedAt: context.formats.shortDateTime(try context.store.changedAt(draft, visibleTo: viewer)))
    }
}
