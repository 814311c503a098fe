import HTTPServer
import Pages
import Permits
import Store

/// A new password for somebody who forgot theirs: a link by mail, once. Nothing here tells who has an account.
enum PasswordRoutes {
    static let table: [Route] = [
        .get("/lupa-sandi", access: .anyone) { .page(form($0.form[AccessField.email.rawValue] ?? "", context: $0)) },
        .post("/lupa-sandi", access: .anyone, body: .smallForm, onStale: requestAgain, request),
        .get("/lupa-sandi/terkirim", access: .anyone, sent),
        .get("/sandi-baru/:token", access: .anyone, newPassword),
        .post("/sandi-baru/:token", access: .anyone, body: .smallForm, onStale: newPassword, setPassword),
    ]

    @Sendable static func request(_ context: Context) throws -> Reply {
        let typed = TypedText.cleaned(context.form[AccessField.email.rawValue] ?? "", keepingLines: false)
        guard let email = ContactChecks.email(typed) else {
            let fault = context.texts(typed.isEmpty ? "problem.emailMissing" : "problem.emailForm")
            return .page(form(typed, fault: fault, context: context), status: 422)
        }
        do {
            try context.site.limit(
                "password link from", context.network, context.site.settings.rates.passwordLinkByAddress)
            try context.site.limit(
                "password link for", email.lowercased(), context.site.settings.rates.passwordLinkByEmail)
        } catch {
            let fault = context.texts.tooManyTries(seconds: error.seconds)
            let page = form(typed, fault: fault, context: context)
            return .tooSoon(seconds: error.seconds, .page(page, status: 429))
        }
        try context.store.requestPasswordReset(email: email, at: context.now)
        return .redirect(.passwordSent)
    }

    @Sendable static func requestAgain(_ context: Context) throws -> Reply {
        let typed = context.form[AccessField.email.rawValue] ?? ""
        return .page(form(typed, fault: context.texts("problem.formExpired"), context: context), status: 403)
    }

    @Sendable static func sent(_ context: Context) throws -> Reply {
        .page(
            AccountNote(
                title: context.texts("forgotten.sent.heading"), text: context.texts("forgotten.sent.text"),
                linkPath: Link.logIn.path, linkLabel: context.texts("forgotten.sent.button")))
    }

    @Sendable static func newPassword(_ context: Context) throws -> Reply {
        guard try account(context) != nil else { return invalid(context) }
        return .page(try newPasswordForm(context))
    }

    @Sendable static func setPassword(_ context: Context) throws -> Reply {
        try context.site.limit("mailed link", context.network, context.site.settings.rates.mailedLink)
        guard let account = try account(context), let token = try token(context) else { return try done(context) }
        let password = context.form[AccessField.password.rawValue] ?? ""
        let problems = Password.problems(password, name: account.name, email: account.email)
        if let problem = problems.first {
            return .page(try newPasswordForm(context, fault: context.texts.problem(problem)), status: 422)
        }
        let hash = try context.site.hasher.hash(password, salt: context.site.random(16))
        do {
            try context.store.resetPassword(token: token, passwordHash: hash, at: context.now)
        } catch PermitError.notFound {
            return try done(context)
        }
        return .redirect(.logIn, notice: .passwordSet)
    }

    /// The same once more, as a second click sends it, is done already.
    private static func done(_ context: Context) throws -> Reply {
        let password = context.form[AccessField.password.rawValue] ?? ""
        guard password.utf8.count <= Password.maximumBytes, let token = try token(context),
            let known = try context.store.account(passwordTokenUsed: token, at: context.now),
            try context.site.hasher.verify(password, against: known.hash)
        else { return invalid(context) }
        return .redirect(.logIn, notice: .passwordSet)
    }

    private static func token(_ context: Context) throws -> [UInt8]? {
        Token.bytes(try context.parameter("token"), count: 32)
    }

    private static func account(_ context: Context) throws -> Account? {
        guard let token = try token(context) else { return nil }
        do { return try context.store.account(passwordToken: token, at: context.now) } catch PermitError.notFound {
            return nil
        }
    }

    private static func form(_ typed: String = "", fault: String? = nil, context: Context) -> AccountForm {
        let texts = context.texts
        let fields = [FieldModel.email(texts("signUp.email"), value: typed, fault: fault)]
        return AccountForm(
            title: texts("forgotten.heading"), lead: texts("forgotten.lead"), fields: fields,
            action: Link.forgottenPassword.path, button: texts("forgotten.button"), backPath: Link.logIn.path,
            backLabel: texts("logIn.heading"), problems: ProblemSummary(fields: fields))
    }

    private static func newPasswordForm(_ context: Context, fault: String? = nil) throws -> AccountForm {
        let texts = context.texts
        let fields = [
            FieldModel.newPassword(AccessField.password.rawValue, texts("password.new"), fault: fault, texts: texts)
        ]
        return AccountForm(
            title: texts("newPassword.heading"), lead: texts("newPassword.lead"), fields: fields,
            action: Link.newPassword(try context.parameter("token")).path, button: texts("newPassword.button"),
            problems: ProblemSummary(fields: fields))
    }

    private static func invalid(_ context: Context) -> Reply {
        .page(
            AccountNote(
                title: context.texts("newPassword.invalid"), text: context.texts("newPassword.invalid.text"),
                linkPath: Link.forgottenPassword.path, linkLabel: context.texts("newPassword.invalid.button")),
            status: 404)
    }
}
