import HTTPServer
import HTTPTypes
import Pages
import Permits
import Store

/// Choosing the language of the pages, and of mails for those who are logged in.
enum LanguageRoutes {
    static let table: [Route] = [
        .post("/bahasa", access: .anyone, body: .smallForm, onStale: remember, change)
    ]

    @Sendable static func change(_ context: Context) throws -> Reply {
        let language = try chosen(context)
        if let session = context.session { try context.store.setLanguage(language, of: session.account.id) }
        return .language(language, then: back(context))
    }

    /// The language that a form's own language button asks for, from now on the reader's; nil when another was pressed.
    /// The reader's own, when a draft's form is only to be saved.
    static func asked(_ context: Context) throws -> Language? {
        if context.onlyKeeps { return context.language }
        let sent = context.request.head.method == .post ? context.form : context.request.head.query
        guard let language = sent[LanguageSwitch.fieldName].flatMap({ Language(rawValue: $0) }) else { return nil }
        if let session = context.session { try context.store.setLanguage(language, of: session.account.id) }
        return language
    }

    /// Of a visitor whose form is outdated: nobody is harmed by it, so there is nothing to ask again.
    @Sendable private static func remember(_ context: Context) throws -> Reply {
        .language(try chosen(context), then: back(context))
    }

    private static func chosen(_ context: Context) throws -> Language {
        guard let language = context.form["bahasa"].flatMap({ Language(rawValue: $0) }) else {
            throw PermitError.notFound
        }
        return language
    }

    private static func back(_ context: Context) -> String {
        context.form["kembali"].flatMap(AccessRoutes.safePath) ?? Link.home.path
    }
}

extension Site {
    /// What somebody reads: their account's choice, else their browser's.
    func language(_ session: Session?, _ head: RequestHead?) -> Language {
        session?.account.language ?? head.flatMap { Cookies.language($0, self) } ?? .standard
    }

    func texts(_ session: Session?, _ head: RequestHead?) -> Texts { renderers[language(session, head)].texts }
}

/// The language button of a page with a form comes with everything that was typed. One mechanism for all of them: what
/// stands in an address stays there, a draft is saved by its own handler, and any other page is shown once more, its
/// handler finding what was typed in `Context.form`. Nothing is done with it yet.
extension PortalResponder {
    func answer(_ route: Route, _ context: Context) throws -> Response {
        let head = context.request.head
        guard !route.savesDraft, head.method == .post || !isForeign(head),
            let language = try LanguageRoutes.asked(context)
        else { return try replies.response(to: try route.handler(context), context: context) }
        guard head.method == .post else {
            return try replies.response(to: .language(language, then: Self.withoutButton(head)), context: context)
        }
        let path = Self.page(of: head)
        // The address of a page can be opened again, that of its form cannot: only what was typed is worth that.
        guard path == head.rawPath || context.request.hasFiles || Self.holdsWords(context.form) else {
            return try replies.response(to: .language(language, then: path), context: context)
        }
        guard case .found(let page, let parameters, _) = Self.pages.match(.get, path),
            page.access.roles.map({ $0.contains(context.session?.account.role ?? .citizen) }) ?? true
        else { throw PermitError.notFound }
        let typed = context.form.pairs.filter {
            $0.name != LanguageSwitch.fieldName && !$0.name.hasPrefix(AccessField.password.rawValue)
        }
        var again = Context(
            site: site, request: Request(head: head, parameters: parameters, form: FormFields(typed)),
            session: context.session, now: context.now)
        again.turned = Turned(language: language, lostFiles: context.request.hasFiles)
        var response = try replies.response(to: try page.handler(again), context: again)
        response.fields.append(HTTPField(name: .setCookie, value: Cookies.setLanguage(language, site)))
        return response
    }

    /// Besides what every form carries.
    static func holdsWords(_ form: FormFields) -> Bool {
        let carried: Set = ["csrf", MessageForm.tokenName, LanguageSwitch.fieldName]
        return form.pairs.contains { !carried.contains($0.name) && !$0.value.isEmpty }
    }

    /// The address of a form that is sent by its address, with what was typed; what was left empty says nothing there.
    private static func withoutButton(_ head: RequestHead) -> String {
        let rest = head.rawQuery.split(separator: "&").filter {
            !$0.hasPrefix("\(LanguageSwitch.fieldName)=") && !$0.hasSuffix("=")
        }
        let path = rest.isEmpty ? head.rawPath : "\(head.rawPath)?\(rest.joined(separator: "&"))"
        return AccessRoutes.safePath(path) ?? head.rawPath
    }

    static let pages = router(of: .get)
    static let forms = router(of: .post)
    private static let pagePatterns = Set(pages.routes.map(\.pattern))

    private static func router(of method: HTTPRequest.Method) -> Router<Route> {
        var router = Router<Route>()
        for route in routes where route.method == method { router.add(route.method, route.pattern, route) }
        return router
    }

    /// Where to come back to from a page: its own address, or for the answer to a form the nearest page above.
    static func page(of head: RequestHead?) -> String {
        guard let head else { return Link.home.path }
        var path = head.rawQuery.isEmpty ? head.rawPath : "\(head.rawPath)?\(head.rawQuery)"
        if head.method == .post {
            path = head.rawPath
            if case .found(_, let parameters, var pattern) = forms.match(.post, head.path) {
                if let page = Interrupted.page(of: pattern, parameters) {
                    return AccessRoutes.safePath(page) ?? Link.home.path
                }
                // By pattern: `/verifikasi/cari` is not the page of a letter of that name.
                while !pattern.isEmpty, !pagePatterns.contains(pattern) {
                    (pattern, path) = (above(pattern), above(path))
                }
            } else {
                while !path.isEmpty, !isPage(path) { path = above(path) }
            }
        }
        return AccessRoutes.safePath(path) ?? Link.home.path
    }

    private static func isPage(_ path: String) -> Bool {
        if case .found = pages.match(.get, path) { true } else { false }
    }

    private static func above(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
