import HTTPServer
import Pages
import Permits
import Store

/// One's own account: data, password, devices.
enum AccountRoutes {
    static let table: [Route] = [
        .get("/akun", access: .member, account),
        .get("/akun/kata-sandi", access: .member) { .page(passwordForm(context: $0)) },
        .post("/akun/kata-sandi", access: .member, body: .smallForm, changePassword),
        .get("/akun/telepon", access: .citizen, phone),
        .post("/akun/telepon", access: .citizen, body: .smallForm, keepsTyping: true, changePhone),
        .get("/akun/perangkat", access: .member, devices),
        .post("/akun/perangkat", access: .member, body: .smallForm, logOutOthers),
        .post("/akun/perangkat/:id/penutupan", access: .member, body: .smallForm, logOutOne),
    ]

    @Sendable static func account(_ context: Context) throws -> Reply {
        guard let account = context.session?.account else { throw PermitError.forbidden }
        var page = AccountDetails(account, texts: context.texts)
        if let request = try context.store.deletionRequest(of: account.id) {
            page.rows.append(
                SummaryRow(
                    label: context.texts("deletion.heading"),
                    value: context.texts("account.deletionDue", ["day": context.formats.longDate(request.dueAt.day)]),
                    changePath: Link.privacy.path))
        }
        page.newMail = try context.store.pendingEmail(of: account.id, at: context.now)
        return .page(page)
    }

    // MARK: Password

    @Sendable static func changePassword(_ context: Context) throws -> Reply {
        guard let account = context.session?.account, let session = Cookies.session(context.request.head, context.site)
        else { throw PermitError.forbidden }
        let fresh = context.form[AccountField.newPassword.rawValue] ?? ""
        let freshFault = freshFault(fresh, for: account, context)
        switch try PresentPassword.check(context) {
        case .wrong(let fault, let status):
            if status == 422, try isSet(fresh, of: account, context) { break }
            return .page(passwordForm(presentFault: fault, freshFault: freshFault, context: context), status: status)
        case .right where freshFault != nil:
            return .page(passwordForm(freshFault: freshFault, context: context), status: 422)
        case .right(let known):
            let hash = try context.site.hasher.hash(fresh, salt: context.site.random(16))
            do {
                try context.store.changePassword(
                    of: account.id, from: known, to: hash, keeping: session, at: context.now)
            } catch PermitError.conflict(let key) {
                guard try isSet(fresh, of: account, context) else { throw PermitError.conflict(key) }
            }
        }
        return .redirect(.account, notice: .passwordChanged)
    }

    /// Whether the first of two clicks has set this password.
    private static func isSet(_ password: String, of account: Account, _ context: Context) throws -> Bool {
        guard try context.store.hasNewPassword(account.id, at: context.now),
            let known = try context.store.credentials(of: account.id)
        else { return false }
        return try context.site.hasher.verify(password, against: known.passwordHash)
    }

    /// All that is wrong with a new password, in sentences.
    private static func freshFault(_ fresh: String, for account: Account, _ context: Context) -> String? {
        let field = AccountField.newPassword.rawValue
        var problems = Password.problems(fresh, name: account.name, email: account.email, field: field)
        if !fresh.isEmpty, fresh == context.form[AccessField.password.rawValue] {
            problems.append(FieldProblem(field, "samePassword"))
        }
        return problems.isEmpty ? nil : problems.map { context.texts.problem($0) }.joined(separator: " ")
    }

    private static func passwordForm(
        presentFault: String? = nil, freshFault: String? = nil, context: Context
    ) -> AccountForm {
        let texts = context.texts
        let fields = [
            FieldModel.presentPassword(texts("password.current"), fault: presentFault),
            FieldModel.newPassword(
                AccountField.newPassword.rawValue, texts("password.new"), fault: freshFault, texts: texts),
        ]
        return AccountForm(
            title: texts("password.heading"), lead: texts("password.note"), fields: fields,
            action: Link.passwordChange.path, button: texts("password.button"), backPath: Link.account.path,
            backLabel: texts("account.heading"), problems: ProblemSummary(fields: fields))
    }

    // MARK: Phone

    @Sendable static func phone(_ context: Context) throws -> Reply {
        let typed =
            context.form[AccessField.phone.rawValue] ?? ContactChecks.domestic(context.session?.account.phone ?? "")
        return .page(phoneForm(typed, context: context))
    }

    @Sendable static func changePhone(_ context: Context) throws -> Reply {
        let typed = TypedText.cleaned(context.form[AccessField.phone.rawValue] ?? "", keepingLines: false)
        let kind = context.session?.account.identity?.kind ?? .nik
        guard let phone = kind.phone(typed) else {
            let fault = context.texts("problem.\(kind.phoneProblem)")
            return .page(phoneForm(typed, fault: fault, context: context), status: 422)
        }
        if case .wrong(let fault, let status) = try PresentPassword.check(context) {
            return .page(phoneForm(typed, passwordFault: fault, context: context), status: status)
        }
        try context.store.changePhone(of: try context.viewer().account, to: phone, at: context.now)
        return .redirect(.account, notice: .phoneChanged)
    }

    private static func phoneForm(
        _ typed: String, fault: String? = nil, passwordFault: String? = nil, context: Context
    ) -> AccountForm {
        let texts = context.texts
        let fields = [
            FieldModel(
                .phone, name: AccessField.phone.rawValue, label: texts("signUp.phone"), value: typed,
                hint: texts("signUp.phone.hint"), error: fault, autocomplete: "tel", maxLength: 24),
            FieldModel.presentPassword(
                texts("password.confirm"), hint: texts("password.confirm.hint"), fault: passwordFault),
        ]
        return AccountForm(
            title: texts("phoneChange.heading"), lead: texts("phoneChange.lead"), fields: fields,
            action: Link.phoneChange.path, button: texts("phoneChange.button"), backPath: Link.account.path,
            backLabel: texts("account.heading"), problems: ProblemSummary(fields: fields))
    }

    // MARK: Devices

    @Sendable static func devices(_ context: Context) throws -> Reply {
        let token = Cookies.session(context.request.head, context.site) ?? []
        let sessions = try context.store.sessions(
            of: try context.viewer().account, asking: token, at: context.now)
        return .page(
            Devices(
                items: sessions.map { DeviceItem($0, texts: context.texts) },
                hasOthers: sessions.contains { !$0.isCurrent }))
    }

    @Sendable static func logOutOthers(_ context: Context) throws -> Reply {
        guard let token = Cookies.session(context.request.head, context.site) else { throw PermitError.forbidden }
        try context.store.closeOtherSessions(of: try context.viewer().account, keeping: token, at: context.now)
        return .redirect(.sessions, notice: .othersLoggedOut)
    }

    @Sendable static func logOutOne(_ context: Context) throws -> Reply {
        try context.store.closeSession(
            try context.parameter("id"), of: try context.viewer().account, at: context.now)
        return .redirect(.sessions, notice: .oneLoggedOut)
    }
}

extension AccountDetails {
    init(_ account: Account, texts: Texts) {
        let isCitizen = account.role == .citizen
        var rows = [
            SummaryRow(label: texts("signUp.name"), value: account.name),
            SummaryRow(label: texts("signUp.email"), value: account.email, changePath: Link.emailChange.path),
        ]
        if isCitizen {
            rows += [
                SummaryRow(
                    label: texts("signUp.phone"), value: ContactChecks.domestic(account.phone),
                    changePath: Link.phoneChange.path)
            ]
            if let identity = account.identity {
                rows.append(
                    SummaryRow(label: texts.label(of: identity.kind), value: texts.identity(identity.masked)))
            }
        }
        let links: [Link] =
            isCitizen
            ? [.passwordChange, .sessions, .notifications, .institutions, .documentViews, .merging, .privacy]
            : [.passwordChange, .sessions]
        self.init(
            rows: rows, tag: TagModel(account.state, texts: texts), isPending: account.state == .pending,
            maskedMail: TypedText.maskedEmail(account.email),
            menu: links.map { link in
                let key = "account.menu.\(link)"
                return MenuLink(label: texts(key), text: texts("\(key).text"), path: link.path)
            })
    }
}

extension DeviceItem {
    init(_ session: OpenSession, texts: Texts) {
        let device = Device(userAgent: session.agent)
        let label: String =
            switch (device.browser, device.system) {
            case (let browser?, let system?): texts("device.both", ["browser": browser, "system": system])
            case (let name?, nil), (nil, let name?): name
            case (nil, nil): texts("device.unknown")
            }
        self.init(
            label: label, opened: texts.formats.shortDateTime(session.createdAt),
            origin: session.origin.isEmpty ? nil : session.origin,
            seen: texts.formats.shortDateTime(session.seenAt), isCurrent: session.isCurrent,
            endPath: session.isCurrent ? nil : Link.sessionEnd(session.key).path)
    }
}
