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
        PublicRoutes.table + CatalogueRoutes.table + EligibilityRoutes.table + LinkedFormRoutes.table
            + LanguageRoutes.table + VerificationRoutes.table + PublicKeyRoutes.table + MetricsRoutes.table
            + AccessRoutes.table
            + CitizenRoutes.table + WithdrawalRoutes.table + ReturnedRosterRoutes.table + TypingRoutes.table
            + DocumentRoutes.table
            + ExtensionRoutes.table
            + ReportRoutes.table
            + StaffRoutes.table + LetterRoutes.table + RegisterRoutes.table + AdminRoutes.table + PasswordRoutes.table
            + EmailRoutes.table + TrackingRoutes.table + AccountRoutes.table + NotificationRoutes.table
            + ChannelRoutes.table + PrivacyRoutes.table + MergeRoutes.table + TransferRoutes.table
            + InstitutionRoutes.table + MessageRoutes.table + WritingRoutes.table + AnotherRoutes.table
    }

    public func admit(_ head: RequestHead) -> Admission {
        if let asset = site.statics.respond(path: head.path, head: head) { return .refuse(asset, route: "/aset") }
        let assetMethods = site.statics.methods(head.path)
        if !assetMethods.isEmpty { return .refuse(other(head, than: assetMethods), route: "/aset") }
        switch router.match(head.method, head.path) {
        case .notFound: return .refuse(failure(.notFound, head: head))
        case .methodNotAllowed:
            return .refuse(other(head, than: router.methods(head.path)))
        case .found(let route, let parameters, let pattern):
            do {
                return try admit(head, to: route, parameters: parameters, pattern: pattern)
            } catch {
                return .refuse(replies.response(to: error, session: nil, head: head), route: pattern)
            }
        }
    }

    /// The answer to a method that an address does not know, and to the question which it knows.
    private func other(_ head: RequestHead, than methods: [HTTPRequest.Method]) -> Response {
        if head.method == .options { return .allowing(methods) }
        var response = failure(.methodNotAllowed, head: head)
        response.allow(methods)
        return response
    }

    public func failure(_ status: HTTPResponse.Status, head: RequestHead?) -> Response {
        let session = head.flatMap { head in (try? self.session(head)) ?? nil }
        guard status.code == 413, let head, case .found(let route, _, _) = router.match(head.method, head.path) else {
            return replies.failure(status.code, session: session, head: head)
        }
        guard case .multipart = route.body else {
            return replies.failure(413, key: "failure.tooMuchText", session: session, head: head)
        }
        let texts = site.texts(session, head)
        let explanation = texts("failure.413.limit", ["limit": texts.formats.fileSize(route.body.max)])
        return replies.failure(413, explanation: explanation, session: session, head: head)
    }

    private func admit(
        _ head: RequestHead, to route: Route, parameters: [String: String], pattern: String
    ) throws -> Admission {
        if route.method == .post, isForeign(head) {
            return .refuse(replies.failure(403, session: nil, head: head), route: pattern)
        }
        let session = try session(head)
        if let roles = route.access.roles {
            guard let session else { return try admitStranger(head, to: route, pattern: pattern) }
            guard roles.contains(session.account.role) else {
                return .refuse(replies.failure(403, session: session, head: head), route: pattern)
            }
        }
        if let limit = route.limit {
            do {
                try site.limit(limit.name, head.clientNetwork, limit.rate(site.settings.rates))
            } catch {
                return .refuse(replies.response(to: error, session: session, head: head), route: pattern)
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
            return .refuse(replies.redirect(to: Link.logInThen(next).path), route: pattern)
        }
        // Only of somebody who was logged in until not long ago. A page elsewhere cannot have sent it: their browser
        // would have left the cookie out (SameSite).
        let isKnown = try Cookies.session(head, site).map { try site.store.lapsedSession(token: $0) != nil } ?? false
        guard route.keepsTyping, isKnown else {
            let texts = site.texts(nil, head)
            let page = isKnown ? LogIn.holding(nil, head, texts: texts) : LogIn(next: pageOfForm(head), texts: texts)
            var response = replies.respond(status: 403, session: nil, head: head, page: page)
            // A page that keeps what is typed by itself learns that its form will be held.
            if isKnown { response.fields[.portal("X-Session")] = "lapsed" }
            return .refuse(response, route: pattern)
        }
        return .accept(route.body, route: pattern) { request in
            replies.respond(
                status: 403, session: nil, head: request.head,
                page: LogIn.holding(request, request.head, texts: site.texts(nil, request.head)))
        }
    }

    /// Where a form stands.
    private func pageOfForm(_ head: RequestHead) -> String? {
        let page = Self.page(of: head)
        return page == Link.home.path ? nil : page
    }

    /// Whether a form was sent by a page of another site, as browsers tell.
    func isForeign(_ head: RequestHead) -> Bool {
        let isCrossSite = head.fields[.portal("Sec-Fetch-Site")].map { $0 != "same-origin" && $0 != "none" } ?? false
        // Behind a proxy the host that arrives here may be another than the one people see.
        let isElsewhere =
            head.fields[.portal("Origin")].map { origin in
                origin != site.settings.baseURL && !origin.hasSuffix("://\(head.authority)")
            } ?? false
        return isCrossSite || isElsewhere
    }

    private func session(_ head: RequestHead) throws -> Session? {
        try Cookies.session(head, site).flatMap { try site.store.session(token: $0, at: site.now()) }
    }

    private func run(_ route: Route, _ request: Request, session: Session?) -> Response {
        let context = Context(site: site, request: request, session: session, now: site.now())
        do {
            guard route.method == .get || isOurForm(context) else { return try answerToStaleForm(route, context) }
            if let kept = Interrupted(kept: context, by: route) {
                let (reply, request) = kept.resumed(for: session, in: context)
                return try replies.response(to: reply, context: request)
            }
            return try answer(route, context)
        } catch {
            return replies.response(to: error, session: session, head: request.head)
        }
    }

    private func isOurForm(_ context: Context) -> Bool {
        let key = context.session?.csrfKey ?? Cookies.guest(context.request.head, site)
        return key.map { FormToken.isValid(context.form["csrf"], key: $0) } ?? false
    }

    /// A form whose token is outdated does nothing yet, but is offered again with everything in it: a draft's to be saved,
    /// any other on its own page, where its button says what it does.
    private func answerToStaleForm(_ route: Route, _ context: Context) throws -> Response {
        if let onStale = route.onStale, context.session == nil {
            return try replies.response(to: try onStale(context), context: context)
        }
        let head = context.request.head
        let held = HeldField.all(in: context.form)
        if Interrupted.isForDraft(route) {
            let page = Resume(action: head.rawPath, held: held, lostFiles: context.request.hasFiles)
            return replies.respond(status: 403, session: context.session, head: head, page: page)
        }
        let form = FormFields(held.map { ($0.name, $0.value) })
        guard let sent = Interrupted(to: head.rawPath, form, lostFiles: context.request.hasFiles),
            case (.page(let page, _), let request) = sent.shown(for: context.session, in: context)
        else { return replies.failure(403, session: context.session, head: head) }
        return try replies.response(to: .page(page, status: 403), context: request)
    }
}

extension Request {
    var hasFiles: Bool { files.contains { !$0.isEmptyPart } }
}

extension HeldField {
    /// Everything that was typed, without what a form carries for the server and without passwords.
    static func all(in form: FormFields) -> [HeldField] {
        let kept = form.pairs.filter { $0.name != "csrf" && !$0.name.hasPrefix(AccessField.password.rawValue) }
        return kept.map { HeldField(name: $0.name, value: $0.value) }
    }
}
