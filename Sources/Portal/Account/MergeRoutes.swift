import HTTPServer
import Pages
import Permits
import Store

/// Merging another account of the same person into this one: named with both passwords, looked at, done.
enum MergeRoutes {
    static let table: [Route] = [
        .get("/akun/penggabungan", access: .citizen, start),
        .post("/akun/penggabungan", access: .citizen, body: .smallForm, keepsTyping: true, prove),
        .get("/akun/penggabungan/:token", access: .citizen) { try check($0) },
        .post("/akun/penggabungan/:token", access: .citizen, body: .smallForm, merge),
    ]

    // MARK: Naming the other account

    @Sendable static func start(_ context: Context) throws -> Reply {
        if let refusal = try context.store.mergeRefusal(keeping: try context.viewer().account) {
            return refused(refusal, status: 200, context)
        }
        return .page(try form(context.form[AccessField.email.rawValue] ?? "", context: context))
    }

    /// Own password first: whoever holds a phone for a moment learns nothing about other accounts.
    @Sendable static func prove(_ context: Context) throws -> Reply {
        guard let own = context.session?.account, let session = Cookies.session(context.request.head, context.site)
        else { throw PermitError.forbidden }
        if let refusal = try context.store.mergeRefusal(keeping: own.id) {
            return refused(refusal, status: 409, context)
        }
        let typed = TypedText.cleaned(context.form[AccessField.email.rawValue] ?? "", keepingLines: false)
        guard let email = ContactChecks.email(typed) else {
            let fault = context.texts(typed.isEmpty ? "problem.emailMissing" : "problem.emailForm")
            return .page(try form(typed, emailFault: fault, context: context), status: 422)
        }
        guard email.lowercased() != own.email.lowercased() else {
            let fault = context.texts(AccountMerge.Refusal.sameAccount.textKey)
            return .page(try form(typed, emailFault: fault, context: context), status: 422)
        }
        switch try PresentPassword.check(context) {
        case .wrong(let fault, let status):
            return .page(try form(typed, ownFault: fault, context: context), status: status)
        case .right(let hash):
            let keeper = Credentials(account: own, passwordHash: hash)
            return try prove(email, typed, into: keeper, session, context)
        }
    }

    private static func prove(
        _ email: String, _ typed: String, into keeper: Credentials, _ session: [UInt8], _ context: Context
    ) throws -> Reply {
        let password = context.form[AccountField.otherPassword.rawValue] ?? ""
        do {
            guard let other = try LogInCheck.credentials(email, password, context),
                AccountMerge.mayBeNamed(other.account)
            else {
                let fault = context.texts("problem.noSuchOtherAccount")
                return .page(try form(typed, otherFault: fault, context: context), status: 422)
            }
            LogInCheck.forgive(email, context)
            if let refusal = try context.store.mergeRefusal(keeping: keeper.account.id, giving: other.account.id) {
                return refused(refusal, status: 409, context)
            }
            // Nobody needs many of these, right as their passwords may be.
            try context.site.limit(
                "merging into", "\(keeper.account.id.value)", context.site.settings.rates.presentPassword)
            let token = context.site.random(32)
            try context.store.addMergeProof(
                token, session: session, keeping: keeper, giving: other, at: context.now)
            return .redirect(.mergeCheck(Token.text(token)))
        } catch let tooMany as TooManyTries {
            let fault = context.texts.tooManyTries(seconds: tooMany.seconds)
            return .tooSoon(
                seconds: tooMany.seconds,
                .page(try form(typed, otherFault: fault, context: context), status: 429))
        }
    }

    // MARK: Looking at it, and doing it

    @Sendable static func check(_ context: Context, fault: String? = nil) throws -> Reply {
        guard let (token, session) = try secrets(context) else { return over(context) }
        do {
            switch try context.store.merge(
                provenBy: token, session: session, by: try context.viewer(), at: context.now)
            {
            case .done: return .redirect(.applications)
            case .open(let preview):
                return .page(
                    AccountMerging(
                        preview, action: Link.mergeCheck(Token.text(token)).path,
                        isAgreed: context.form[AccountMerging.statementName] != nil, fault: fault,
                        texts: context.texts), status: fault == nil ? 200 : 422)
            }
        } catch PermitError.notFound {
            return over(context)
        }
    }

    @Sendable static func merge(_ context: Context) throws -> Reply {
        guard context.form[AccountMerging.statementName] != nil else {
            return try check(context, fault: context.texts("problem.mergeStatement"))
        }
        guard let (token, session) = try secrets(context) else { return over(context) }
        do {
            try context.store.merge(
                provenBy: token, session: session, by: try context.viewer(), origin: context.origin,
                at: context.now)
            return .redirect(.applications, notice: .accountsMerged)
        } catch PermitError.notFound {
            return over(context)
        }
    }

    private static func secrets(_ context: Context) throws -> (token: [UInt8], session: [UInt8])? {
        guard let token = Token.bytes(try context.parameter("token"), count: 32),
            let session = Cookies.session(context.request.head, context.site)
        else { return nil }
        return (token, session)
    }

    // MARK: Pages

    private static func form(
        _ typed: String, emailFault: String? = nil, otherFault: String? = nil, ownFault: String? = nil,
        context: Context
    ) throws -> AccountForm {
        let texts = context.texts
        let own = context.session?.account
        let fields = [
            FieldModel.email(
                texts("merge.email"), value: typed, hint: texts("merge.email.hint"), fault: emailFault),
            FieldModel(
                .password, name: AccountField.otherPassword.rawValue, label: texts("merge.otherPassword"),
                error: otherFault, autocomplete: "current-password", maxLength: 200),
            FieldModel.presentPassword(
                texts("merge.ownPassword"), hint: texts("password.confirm.hint"), fault: ownFault),
        ]
        return AccountForm(
            title: texts("merge.heading"), lead: texts("merge.lead"),
            rows: [SummaryRow(label: texts("merge.stays"), value: own?.email ?? "")], fields: fields,
            notes: [texts("merge.note1"), texts("merge.note2")], action: Link.merging.path,
            button: texts("merge.button"), backPath: Link.account.path, backLabel: texts("account.heading"),
            problems: ProblemSummary(fields: fields))
    }

    /// Says what can be done instead or first.
    private static func refused(_ refusal: AccountMerge.Refusal, status: Int, _ context: Context) -> Reply {
        let texts = context.texts
        let (link, label): (Link, String) =
            switch refusal {
            case .keeperLeaving: (.privacy, texts("privacy.heading"))
            case .otherNumber: (.applications, texts("transfer.invalid.button"))
            case .keeperPending, .sameAccount, .otherLeaving: (.account, texts("account.heading"))
            }
        let isForOffice = refusal == .otherNumber
        return .page(
            AccountNote(
                title: texts("merge.refused.heading"), text: texts(refusal.textKey), linkPath: link.path,
                linkLabel: label, secondPath: isForOffice ? Link.contact.path : nil,
                secondLabel: isForOffice ? texts("help.contact") : nil), status: status)
    }

    private static func over(_ context: Context) -> Reply {
        .page(
            AccountNote(
                title: context.texts("merge.over.heading"), text: context.texts("merge.over.text"),
                linkPath: Link.merging.path, linkLabel: context.texts("merge.over.button")), status: 404)
    }
}

extension AccountMerging {
    init(_ preview: MergePreview, action: String, isAgreed: Bool, fault: String?, texts: Texts) {
        let formats = texts.formats
        let phone = ContactChecks.domestic(preview.keeper.phone)
        let digits = String(preview.keeper.phone.suffix(TrackedApplication.digitCount))
        let values = ["other": preview.other.email, "own": preview.keeper.email, "digits": digits]
        let moving = [
            ("merge.check.applications", preview.applications), ("merge.check.drafts", preview.drafts),
            ("merge.check.letters", preview.letters), ("merge.check.institutions", preview.institutions),
        ]
        self.init(
            parts: [
                MergingPart(
                    title: texts("merge.check.stays"),
                    rows: [
                        SummaryRow(label: texts("signUp.email"), value: preview.keeper.email),
                        SummaryRow(label: texts("signUp.phone"), value: phone),
                        SummaryRow(
                            label: texts("account.menu.passwordChange"), value: texts("merge.check.password")),
                    ]),
                MergingPart(
                    title: texts("merge.check.moves", values),
                    rows: moving.map { SummaryRow(label: texts($0.0), value: formats.number($0.1)) }),
            ],
            notes: ["merge.check.address", "merge.check.news", "merge.check.tracking", "merge.check.devices"].map {
                texts($0, values)
            } + [texts("merge.check.final")], action: action,
            statement: FieldModel(
                .checkbox, name: Self.statementName, label: texts("merge.check.statement"),
                value: isAgreed ? "1" : "", error: fault), backPath: Link.merging.path)
    }
}
