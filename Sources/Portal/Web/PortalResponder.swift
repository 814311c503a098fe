public import HTTPServer
public import HTTPTypes
import Logging
import Pages
import Permits
import Store

/// Leads a request through its route: access before the body, form token before the handler, one reply to bytes.
public struct PortalResponder: Responder {
    let site: Site
    let router: Router<Route>
    let replies: Replies

    public init(site: Site) {
        self.site = site
        replies = Replies(site: site)
        var router = Router<Route>()
        for route in Self.routes { router.add(route.method, route.pattern, route) }
        self.router = router
    }

    /// Every route of the portal.
    static var routes: [Route] {
        PublicRoutes.table + AccessRoutes.table + CitizenRoutes.table + StaffRoutes.table + AdminRoutes.table
    }

    public func admit(_ head: RequestHead) -> Admission {
        if let asset = site.statics.respond(path: head.path, head: head) { return .refuse(asset, route: "/aset") }
        switch router.match(head.method, head.path) {
        case .notFound: return .refuse(failure(.notFound, head: head))
        case .methodNotAllowed(let allowed):
            var response = failure(.methodNotAllowed, head: head)
            response.fields[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
            return .refuse(response)
        case .found(let route, let parameters, let pattern):
            do {
                return try admit(head, to: route, parameters: parameters, pattern: pattern)
            } catch {
                return .refuse(replies.response(to: error, session: nil, head: head), route: pattern)
            }
        }
    }

    public func failure(_ status: HTTPResponse.Status, head: RequestHead?) -> Response {
        let session = head.flatMap { head in (try? self.session(head)) ?? nil }
        return replies.failure(status.code, session: session, head: head)
    }

    private func admit(
        _ head: RequestHead, to route: Route, parameters: [String: String], pattern: String
    ) throws -> Admission {
        let session = try session(head)
        if let roles = route.access.roles {
            guard let session else { return try admitStranger(head, to: route, pattern: pattern) }
            guard roles.contains(session.account.role) else {
                return .refuse(replies.failure(403, session: session, head: head), route: pattern)
            }
        }
        return .accept(route.body, parameters: parameters, route: pattern) { request in
            run(route, request, session: session)
        }
    }

    /// Somebody who is not logged in. A page leads to the log-in and back; a form is kept while they log in again.
    private func admitStranger(_ head: RequestHead, to route: Route, pattern: String) throws -> Admission {
        guard route.method == .post else {
            let next = head.rawQuery.isEmpty ? head.rawPath : "\(head.rawPath)?\(head.rawQuery)"
            let target = "\(Link.logIn.path)?next=\(URLEncodedForm.encode(next))"
            return .refuse(replies.redirect(to: target), route: pattern)
        }
        // Large bodies are only taken from people who were logged in a while ago.
        let isKnown = try Cookies.session(head, site).map { try site.store.isLapsedSession(token: $0) } ?? false
        if case .multipart = route.body, !isKnown {
            return .refuse(replies.failure(403, session: nil, head: head), route: pattern)
        }
        return .accept(route.body, route: pattern) { request in
            replies.respond(
                status: 403, session: nil, head: request.head, page: LogIn.holding(request, texts: site.renderer.texts))
        }
    }

    private func session(_ head: RequestHead) throws -> Session? {
        try Cookies.session(head, site).flatMap { try site.store.session(token: $0, at: site.now()) }
    }

    private func run(_ route: Route, _ request: Request, session: Session?) -> Response {
        let context = Context(site: site, request: request, session: session, now: site.now())
        do {
            if route.method == .post, let refusal = refusalOfForgedForm(context) { return refusal }
            return try replies.response(to: try route.handler(context), context: context)
        } catch {
            return replies.response(to: error, session: session, head: request.head)
        }
    }

    /// Forms must come from our own pages. One with an outdated token is offered again with everything in it.
    private func refusalOfForgedForm(_ context: Context) -> Response? {
        let head = context.request.head
        let isCrossSite = head.fields[.portal("Sec-Fetch-Site")].map { $0 != "same-origin" && $0 != "none" } ?? false
        let isForeign =
            head.fields[.portal("Origin")].map { $0 != "null" && !$0.hasSuffix("://\(head.authority)") } ?? false
        if isCrossSite || isForeign { return replies.failure(403, session: context.session, head: head) }
        let key = context.session?.csrfKey ?? Cookies.guest(head, site)
        if let key, FormToken.isValid(context.form["csrf"], key: key) { return nil }
        let page = Resume(
            action: head.rawPath, held: HeldField.all(in: context.form), lostFiles: !context.request.files.isEmpty)
        return replies.respond(status: 403, session: context.session, head: head, page: page)
    }
}

extension HeldField {
    /// Everything that was typed, without what a form carries for the server and without passwords.
    static func all(in form: FormFields) -> [HeldField] {
        let kept = form.pairs.filter { !["csrf", AccessField.password.rawValue].contains($0.name) }
        return kept.map { HeldField(name: $0.name, value: $0.value) }
    }
}

extension LogIn {
    /// The log-in page for somebody whose session ended while they filled in a form.
    static func holding(_ request: Request, texts: Texts) -> LogIn {
        LogIn(
            heldAction: request.head.rawPath, held: HeldField.all(in: request.form),
            lostFiles: !request.files.isEmpty, texts: texts)
    }
}
