import HTTPServer
import Pages
import Permits
import Store

/// Links to half-filled forms: making one, opening one, and beginning a draft with what it brings. A link may come from
/// anywhere, so its reader sees everything before any of it is used.
enum LinkedFormRoutes {
    static let table: [Route] = [
        .get("/layanan/:slug/tautan", access: .anyone, build),
        .get("/layanan/:slug/ajukan", access: .anyone, open),
        .post("/layanan/:slug/ajukan", access: .citizen, body: .smallForm, keepsTyping: true, begin),
    ]

    @Sendable static func build(_ context: Context) throws -> Reply {
        let type = try type(context)
        guard !type.linkSections.isEmpty else { return .redirect(.service(type.slug)) }
        let shown = type.localized(to: context.language)
        let query = context.request.head.query
        let fields = shown.linkSections.flatMap(\.fields)
        let brought = LinkedAnswers(type, query)
        let wanted = query["buat"] != nil
        let faults = wanted ? byField(type.linked(brought.typed, today: context.now.day).problems) : [:]
        let models = fields.map { field in
            FieldModel(
                field, value: brought.typed[field.key] ?? "", isNeeded: false, problem: faults[field.key],
                today: context.now.day, texts: context.texts)
        }
        var page = LinkBuilder(
            name: shown.name, servicePath: Link.service(type.slug).path, action: Link.linkBuilder(type.slug).path,
            fields: models)
        guard wanted else { return .page(page) }
        let fault = brought.isTooLong ? "link.tooLong" : brought.pairs.isEmpty ? "link.empty" : nil
        page.problems = ProblemSummary(fields: models, other: fault.map { [context.texts($0)] } ?? [])
        guard page.problems == nil else { return .page(page, status: 422) }
        page.share = ShareLinks(url: context.site.url(brought.link), text: shown.name)
        return .page(page)
    }

    @Sendable static func open(_ context: Context) throws -> Reply {
        let type = try type(context)
        let shown = type.localized(to: context.language)
        let brought = LinkedAnswers(type, context.request.head.query)
        let (answers, problems) = type.linked(brought.typed, today: context.now.day)
        let isGuest = context.session == nil
        let page = LinkedForm(
            name: shown.name, servicePath: Link.service(type.slug).path, action: Link.linkedForm(type.slug, []).path,
            rows: shown.linkSections.flatMap(\.fields).compactMap { field in
                answers[field.key].map { SummaryRow(label: field.label, value: field.shown($0, context.texts)) }
            },
            held: brought.pairs.map { HeldField(name: $0.name, value: $0.value) },
            refused: (problems.map(\.field) + brought.refused).compactMap { shown.field($0)?.label },
            isTooLong: brought.isTooLong, draft: try DraftLink.unfinished(type.slug, context),
            canApply: context.session?.account.role == .citizen,
            logInPath: isGuest ? Link.logInThen(brought.link.path).path : nil,
            // The whole address: sites that pass on what it says here would else lose what the link brings. The words are
            // ours, whatever it brings.
            tags: Shown.tags(shown.name, context.texts("linked.share"), at: brought.link, context))
        // Somebody who has to sign up first comes back by another way than the address.
        let cookie = isGuest ? Cookies.setLinkedForm(brought.link, context.site) : Cookies.clearLinkedForm(context.site)
        return .setting(cookie: cookie, .page(page))
    }

    @Sendable static func begin(_ context: Context) throws -> Reply {
        let type = try type(context)
        let brought = LinkedAnswers(type, context.form)
        let reply = try CitizenRoutes.begin(type.slug, linked: brought.typed, context)
        return .setting(cookie: Cookies.clearLinkedForm(context.site), reply)
    }

    private static func type(_ context: Context) throws -> LetterType {
        try context.store.publishedLetterType(slug: context.parameter("slug"), at: context.now).type
    }
}

/// What a link or its form says, as far as its letter type takes that from links. Not checked yet.
struct LinkedAnswers {
    /// Bytes of a link's path: it also has to pass as a cookie and on the way through the log-in.
    static let longest = 1800

    let slug: String
    /// Names and values as they are sent; nothing when the link is too long.
    let pairs: [(name: String, value: String)]
    /// By field, as a form would have typed it.
    let typed: [String: String]
    /// Fields of the letter type that no link may fill in.
    let refused: [String]
    let isTooLong: Bool

    var link: Link { .linkedForm(slug, pairs) }

    init(_ type: LetterType, _ sent: FormFields) {
        slug = type.slug
        let fields = type.linkSections.flatMap(\.fields)
        let names = Set(fields.flatMap { [$0.key, "\($0.key).mulai", "\($0.key).sampai"] })
        let wanted = sent.pairs.filter { names.contains($0.name) && !$0.value.isEmpty }
        isTooLong = Link.linkedForm(type.slug, wanted).path.utf8.count > Self.longest
        pairs = isTooLong ? [] : wanted
        typed = typedAnswers(fields, in: FormFields(pairs)).filter { !$0.value.isEmpty }
        refused = type.fields.map(\.key).filter { !names.contains($0) && !(sent[$0] ?? "").isEmpty }
    }
}
