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
    static func asked(_ context: Context) throws -> Language? {
        guard let language = context.form[TypingModel.languageName].flatMap({ Language(rawValue: $0) }) else {
            return nil
        }
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

extension PortalResponder {
    private static let pages: Router<Route> = {
        var router = Router<Route>()
        for route in routes where route.method == .get { router.add(route.method, route.pattern, route) }
        return router
    }()

    /// Where to come back to from a page: its own address, or for the answer to a form the nearest page above.
    static func page(of head: RequestHead?) -> String {
        guard let head else { return Link.home.path }
        var path = head.rawQuery.isEmpty ? head.rawPath : "\(head.rawPath)?\(head.rawQuery)"
        if head.method == .post {
            path = head.rawPath
            while !path.isEmpty {
                if case .found = pages.match(.get, path) { break }
                path = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
            }
        }
        return AccessRoutes.safePath(path) ?? Link.home.path
    }
}
