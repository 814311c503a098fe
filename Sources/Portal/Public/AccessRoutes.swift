import HTTPServer
import HTTPTypes
import Pages
import Permits
import Store

/// Signing up, activation, logging in and out.
enum AccessRoutes {
    static let table: [Route] = [
        .get("/daftar", access: .anyone, signUpForm),
        .post("/daftar", access: .anyone, body: .smallForm, onStale: signUpAgain, signUp),
        .get("/daftar/selesai", access: .anyone) { _ in .page(SignedUp()) },
        .get("/aktivasi/:token", access: .anyone, activation),
        .post("/aktivasi/:token", access: .anyone, body: .smallForm, onStale: activation, activate),
        .get("/masuk", access: .anyone, logInForm),
        .post("/masuk", access: .anyone, body: .longForm, onStale: logInStale, logIn),
        .post("/keluar", access: .member, body: .smallForm, logOut),
        .post("/akun/surel-aktivasi", access: .citizen, body: .smallForm, sendActivationMail),
    ]

    // MARK: Signing up

    /// The e-mail address after whose spelling was asked.
    private static let askedName = "surel_tertulis"

    /// Where the reader comes from waits in their browser until they log in: an activation lies between.
    @Sendable static func signUpForm(_ context: Context) -> Reply {
        let page = Reply.page(SignUp(values: typedSignUp(context), texts: context.texts))
        let back = context.request.head.query["next"].flatMap { Cookies.setWayBack($0, context.site) }
        return back.map { .setting(cookie: $0, page) } ?? page
    }

    @Sendable static func signUp(_ context: Context) throws -> Reply {
        let typed = typedSignUp(context)
        func value(_ field: AccessField) -> String { typed[field.rawValue] ?? "" }
        do {
            try context.site.limit("sign up", context.network, context.site.settings.rates.signUp)
            let password = context.form[AccessField.password.rawValue] ?? ""
            let registration = try Registration(
                name: value(.name), email: value(.email), phone: value(.phone), identity: typedIdentity(typed),
                password: password)
            // Asked once: any domain may exist.
            if let meant = EmailDomain.meant(by: registration.email), context.form[askedName] != registration.email {
                let faults = [AccessField.email.rawValue: context.texts("signUp.meant", ["meant": meant])]
                var page = SignUp(values: typed, faults: faults, texts: context.texts)
                page.asked = registration.email
                return .page(page, status: 422)
            }
            let hash = try context.site.hasher.hash(password, salt: context.site.random(16))
            // The same answer whatever came of it. Logging in with the new password would still tell, at the price of a
            // sign-up each and a mail to the owner: drafts may be begun before the address is confirmed.
            _ = try context.store.signUp(
                registration, passwordHash: hash, language: Cookies.language(context.request.head, context.site),
                at: context.now)
            return .redirect(.signedUp)
        } catch PermitError.invalid(let problems) {
            let faults = byField(problems).mapValues { context.texts.problem($0) }
            return .page(SignUp(values: typed, faults: faults, texts: context.texts), status: 422)
        } catch let tooMany as TooManyTries {
            let fault = context.texts.tooManyTries(seconds: tooMany.seconds)
            let faults = [AccessField.password.rawValue: fault]
            let page = SignUp(values: typed, faults: faults, texts: context.texts)
            return .tooSoon(seconds: tooMany.seconds, .page(page, status: 429))
        }
    }

    @Sendable static func signUpAgain(_ context: Context) throws -> Reply {
        let fault = context.texts("problem.formExpired")
        return .page(
            SignUp(
                values: typedSignUp(context), faults: [AccessField.password.rawValue: fault], texts: context.texts),
            status: 403)
    }

    /// What was typed for the other kind counts for nothing.
    private static func typedIdentity(_ typed: [String: String]) -> Identity {
        func value(_ field: AccessField) -> String { typed[field.rawValue] ?? "" }
        return switch Identity.Kind(rawValue: value(.identity)) {
        case .passport: .passport(country: value(.country), number: value(.passport))
        case .nik, nil: .nik(value(.nik))
        }
    }

    /// Never the password: it is typed again.
    private static func typedSignUp(_ context: Context) -> [String: String] {
        let fields = AccessField.allCases.filter { $0 != .password }.map {
            ($0.rawValue, context.form[$0.rawValue] ?? "")
        }
        return Dictionary(fields) { first, _ in first }
    }

    // MARK: Activation

    /// Only shows a button: programs that look into mails follow links, and must not activate anybody.
    @Sendable static func activation(_ context: Context) throws -> Reply {
        let text = try context.parameter("token")
        guard let token = Token.bytes(text, count: 32), try context.store.canActivate(token: token, at: context.now)
        else {
            return .page(Activation(isInvalid: true), status: 404)
        }
        return .page(Activation(action: Link.activation(text).path))
    }

    @Sendable static func activate(_ context: Context) throws -> Reply {
        try context.site.limit("activation", context.network, context.site.settings.rates.activation)
        do {
            guard let token = Token.bytes(try context.parameter("token"), count: 32) else { throw PermitError.notFound }
            _ = try context.store.activate(token: token, at: context.now)
            return .page(Activation(isConfirmed: true))
        } catch PermitError.notFound {
            return .page(Activation(isInvalid: true), status: 404)
        }
    }

    @Sendable static func sendActivationMail(_ context: Context) throws -> Reply {
        let isQueued = try context.store.requestActivationMail(for: context.viewer().account, at: context.now)
        return .redirect(.account, notice: isQueued ? .activationSent : .activationSentBefore)
    }

    // MARK: Logging in and out

    @Sendable static func logInForm(_ context: Context) throws -> Reply {
        let next = context.form["next"] ?? context.request.head.query["next"]
        if let session = context.session {
            return .seeOther(next.flatMap(safePath) ?? landing(session.account.role).path)
        }
        return .page(logInPage(context.form[AccessField.email.rawValue] ?? "", next: next, context))
    }

    @Sendable static func logIn(_ context: Context) throws -> Reply {
        let form = context.form
        let email = TypedText.cleaned(form[AccessField.email.rawValue] ?? "", keepingLines: false)
        do {
            let known = try LogInCheck.credentials(email, form[AccessField.password.rawValue] ?? "", context)
            guard let account = known?.account else {
                return logInAgain(email, context.texts("problem.wrongCredentials"), context, status: 422)
            }
            guard account.state != .suspended else {
                return logInAgain(email, context.texts("problem.accountSuspended"), context, status: 422)
            }
            LogInCheck.forgive(email, context)
            let interrupted = try interrupted(for: account, context)
            let token = try openSession(for: account, context)
            try adoptLanguage(for: account, context)
            let session = try context.store.session(token: token.token, at: context.now)
            if let interrupted {
                let (reply, request) = interrupted.resumed(for: session, in: context)
                return .opened(token, then: reply, to: request)
            }
            let waiting = account.role == .citizen ? Cookies.wayBack(context.request.head, context.site) : nil
            let next = form["next"].flatMap(safePath) ?? waiting ?? landing(account.role).path
            let own = Context(site: context.site, request: context.request, session: session, now: context.now)
            let opened = Reply.opened(token, then: .seeOther(next), to: own)
            // Led there once. A half-filled form waits until it is opened.
            guard let waiting, !Cookies.isLinkedForm(waiting) else { return opened }
            return .setting(cookie: Cookies.clearLinkedForm(context.site), opened)
        } catch let tooMany as TooManyTries {
            let fault = context.texts.tooManyTries(seconds: tooMany.seconds)
            return .tooSoon(seconds: tooMany.seconds, logInAgain(email, fault, context, status: 429))
        }
    }

    @Sendable static func logOut(_ context: Context) throws -> Reply {
        if let token = Cookies.session(context.request.head, context.site) {
            try context.store.closeSession(token: token, at: context.now)
        }
        return .closed(.home, notice: .loggedOut)
    }

    /// Opens a session in place of the one that this browser had.
    private static func openSession(for account: Account, _ context: Context) throws -> SessionToken {
        if let old = Cookies.session(context.request.head, context.site) {
            try context.store.closeSession(token: old, at: context.now)
        }
        let token = SessionToken(token: context.site.random(32), csrfKey: context.site.random(32))
        try context.store.openSession(
            for: account.id, token: token.token, csrfKey: token.csrfKey,
            agent: context.request.head.fields[.userAgent] ?? "", origin: context.origin, at: context.now)
        return token
    }

    /// Somebody who never chose a language in their account takes the one of their browser along.
    private static func adoptLanguage(for account: Account, _ context: Context) throws {
        guard account.language == nil, let chosen = Cookies.language(context.request.head, context.site) else { return }
        try context.store.setLanguage(chosen, of: account.id)
    }

    private static func logInAgain(_ email: String, _ fault: String, _ context: Context, status: Int) -> Reply {
        .page(logInPage(email, next: context.form["next"], fault: fault, context), status: status)
    }

    private static func logInPage(_ email: String, next: String?, fault: String? = nil, _ context: Context) -> LogIn {
        let action = context.form["held_action"].flatMap(safePath)
        return LogIn(
            email: email, next: next.flatMap(safePath), fault: fault, heldAction: action,
            interruption: action.flatMap { Interrupted(to: $0)?.sentence(context.texts) },
            held: heldFields(context.form), lostFiles: context.form["held_files"] != nil, texts: context.texts)
    }

    @Sendable static func logInStale(_ context: Context) throws -> Reply {
        let email = context.form[AccessField.email.rawValue] ?? ""
        return logInAgain(email, context.texts("problem.formExpired"), context, status: 403)
    }

    /// What goes on after the log-in: only for the account whose session ended.
    private static func interrupted(for account: Account, _ context: Context) throws -> Interrupted? {
        guard let action = context.form["held_action"],
            let token = Cookies.session(context.request.head, context.site),
            try context.store.lapsedSession(token: token) == account.id
        else { return nil }
        let form = FormFields(heldFields(context.form).map { ($0.name, $0.value) })
        return Interrupted(to: action, form, lostFiles: context.form["held_files"] != nil)
    }

    private static func heldFields(_ form: FormFields) -> [HeldField] {
        form.pairs.filter { $0.name.hasPrefix("held.") }.map {
            HeldField(name: String($0.name.dropFirst(5)), value: $0.value)
        }
    }

    /// Where each kind of reader has their work.
    private static func landing(_ role: Role) -> Link {
        switch role {
        case .citizen: .applications
        case .verifier, .signatory: .queue
        case .admin: .adminAccounts
        }
    }

    /// A path on this site, never another host (`//evil.example`, `/\evil.example`).
    @Sendable static func safePath(_ path: String) -> String? {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.hasPrefix("/\\"), path.utf8.count <= 2000,
            path.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { return nil }
        return path
    }
}
