import HTTPServer
import Pages
import Permits
import Store

/// Another e-mail address: asked for with the password, in use once its mailbox was opened by somebody who is logged in.
/// A mistyped address is a stranger's mailbox: the link alone must open nothing.
enum EmailRoutes {
    static let table: [Route] = [
        .get("/akun/surel", access: .member) {
            .page(try form($0.form[AccessField.email.rawValue] ?? "", context: $0))
        },
        .post("/akun/surel", access: .member, body: .smallForm, keepsTyping: true, request),
        .post("/akun/surel/pembatalan", access: .member, body: .smallForm, withdraw),
        .get("/konfirmasi-surel/:token", access: .member, confirmation),
        .post("/konfirmasi-surel/:token", access: .member, body: .smallForm, confirm),
    ]

    @Sendable static func request(_ context: Context) throws -> Reply {
        guard let account = context.session?.account else { throw PermitError.forbidden }
        let typed = TypedText.cleaned(context.form[AccessField.email.rawValue] ?? "", keepingLines: false)
        let email = ContactChecks.email(typed)
        var fault: String?
        if email == nil {
            fault = context.texts(typed.isEmpty ? "problem.emailMissing" : "problem.emailForm")
        } else if email?.lowercased() == account.email.lowercased() {
            fault = context.texts("problem.sameEmail")
        }
        guard let email, fault == nil else {
            return .page(try form(typed, fault: fault, context: context), status: 422)
        }
        if case .wrong(let fault, let status) = try PresentPassword.check(context) {
            return .page(try form(typed, passwordFault: fault, context: context), status: status)
        }
        do {
            try context.site.limit(
                "messages of", "\(account.id.value)", context.site.settings.rates.messagesToOthers)
        } catch {
            let fault = context.texts.tooManyTries(seconds: error.seconds)
            let page = try form(typed, fault: fault, context: context)
            return .tooSoon(seconds: error.seconds, .page(page, status: 429))
        }
        try context.store.requestEmailChange(of: account.id, to: email, at: context.now)
        return .redirect(.account, notice: .emailChangeSent)
    }

    @Sendable static func withdraw(_ context: Context) throws -> Reply {
        try context.store.withdrawEmailChange(of: try context.viewer().account)
        return .redirect(.account, notice: .emailChangeWithdrawn)
    }

    /// Only shows a button: programs that look into mails follow links.
    @Sendable static func confirmation(_ context: Context) throws -> Reply {
        guard let token = Token.bytes(try context.parameter("token"), count: 32) else { return invalid(context) }
        do {
            let texts = context.texts
            let email = try context.store.email(
                confirmedBy: token, for: try context.viewer().account, at: context.now)
            return .page(
                AccountForm(
                    title: texts("emailConfirmation.heading"), lead: texts("emailConfirmation.text"),
                    rows: [SummaryRow(label: texts("emailChange.new"), value: email)],
                    action: Link.emailConfirmation(try context.parameter("token")).path,
                    button: texts("emailConfirmation.button")))
        } catch PermitError.notFound {
            return invalid(context)
        }
    }

    @Sendable static func confirm(_ context: Context) throws -> Reply {
        try context.site.limit("mailed link", context.network, context.site.settings.rates.mailedLink)
        guard let token = Token.bytes(try context.parameter("token"), count: 32) else { return invalid(context) }
        let account = try context.viewer().account
        do {
            try context.store.confirmEmail(token: token, for: account, at: context.now)
        } catch PermitError.notFound {
            guard try context.store.hasConfirmedEmail(token: token, for: account, at: context.now) else {
                return invalid(context)
            }
        }
        return .page(
            AccountNote(
                title: context.texts("emailConfirmation.done"), text: context.texts("emailConfirmation.done.text"),
                linkPath: Link.account.path, linkLabel: context.texts("emailConfirmation.done.button")))
    }

    private static func form(
        _ typed: String = "", fault: String? = nil, passwordFault: String? = nil, context: Context
    ) throws -> AccountForm {
        let texts = context.texts
        let fields = [
            FieldModel.email(texts("emailChange.new"), value: typed, fault: fault),
            FieldModel.presentPassword(
                texts("password.confirm"), hint: texts("password.confirm.hint"), fault: passwordFault),
        ]
        return AccountForm(
            title: texts("emailChange.heading"), lead: texts("emailChange.lead"),
            rows: [SummaryRow(label: texts("emailChange.present"), value: context.session?.account.email ?? "")],
            fields: fields, action: Link.emailChange.path, button: texts("emailChange.button"),
            backPath: Link.account.path, backLabel: texts("account.heading"), problems: ProblemSummary(fields: fields))
    }

    private static func invalid(_ context: Context) -> Reply {
        .page(
            AccountNote(
                title: context.texts("activation.invalid"), text: context.texts("emailConfirmation.invalid.text"),
                linkPath: Link.emailChange.path, linkLabel: context.texts("emailChange.heading")), status: 404)
    }
}
