import HTTPServer
import Pages
import Permits
import Store

/// Handing an application to another account.
enum TransferRoutes {
    static let table: [Route] = [
        .get("/permohonan/:ref/pengalihan", access: .citizen, offer),
        .post("/permohonan/:ref/pengalihan", access: .citizen, body: .smallForm, keepsTyping: true, makeOffer),
        .post("/permohonan/:ref/pengalihan/pembatalan", access: .citizen, body: .smallForm, withdraw),
        .get("/pengalihan/:token", access: .citizen, acceptance),
        .post("/pengalihan/:token", access: .citizen, body: .smallForm, accept),
        .post("/pengalihan/:token/penolakan", access: .citizen, body: .smallForm, decline),
    ]

    @Sendable static func offer(_ context: Context) throws -> Reply {
        let application = try context.application()
        let viewer = try context.viewer()
        guard application.applicant == viewer.account else { throw PermitError.notFound }
        guard let open = try context.store.openTransfer(of: application.reference, by: viewer, at: context.now) else {
            let typed = context.form[AccessField.email.rawValue] ?? ""
            return .page(form(typed, for: application, context: context))
        }
        let texts = context.texts
        let reference = application.reference.description
        return .page(
            AccountForm(
                title: texts("transfer.offered"), lead: texts("transfer.offered.lead"),
                rows: [
                    SummaryRow(label: texts("transfer.offered.to"), value: open.email),
                    SummaryRow(label: texts("transfer.offered.until"), value: context.formats.dateTime(open.expiresAt)),
                ], action: Link.transferWithdrawal(reference).path, button: texts("transfer.offered.button"),
                backPath: Link.application(reference).path, backLabel: application.type.name))
    }

    @Sendable static func makeOffer(_ context: Context) throws -> Reply {
        guard let account = context.session?.account else { throw PermitError.forbidden }
        let application = try context.application()
        let typed = TypedText.cleaned(context.form[AccessField.email.rawValue] ?? "", keepingLines: false)
        do {
            let email = try application.transferAddress(typed, by: account)
            try context.site.limit(
                "messages of", "\(account.id.value)", context.site.settings.rates.messagesToOthers)
            try context.store.offerTransfer(
                of: application.reference, to: email, by: try context.viewer(), at: context.now)
        } catch PermitError.invalid(let problems) {
            let fault = problems.first.map { context.texts.problem($0) }
            return .page(form(typed, fault: fault, for: application, context: context), status: 422)
        } catch let tooMany as TooManyTries {
            let fault = context.texts.tooManyTries(seconds: tooMany.seconds)
            return .page(form(typed, fault: fault, for: application, context: context), status: 429)
        }
        return .redirect(.transferOffer(application.reference.description), notice: .transferOffered)
    }

    @Sendable static func withdraw(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        try context.store.withdrawTransfer(of: reference, by: try context.viewer(), at: context.now)
        return .redirect(.application(reference.description), notice: .transferWithdrawn)
    }

    /// Kind and reference; nothing else before it is accepted.
    @Sendable static func acceptance(_ context: Context) throws -> Reply {
        guard let token = Token.bytes(try context.parameter("token"), count: 32) else { return invalid(context) }
        do {
            let texts = context.texts
            let text = try context.parameter("token")
            let offer = try context.store.transfer(token: token, for: try context.viewer(), at: context.now)
            return .page(
                AccountForm(
                    title: texts("transfer.accept.heading"), lead: texts("transfer.accept.lead"),
                    rows: [
                        SummaryRow(
                            label: texts("tracking.kind"),
                            value: try context.translated(offer.typeName, of: offer.reference)),
                        SummaryRow(label: texts("tracking.reference"), value: offer.reference.description),
                    ], action: Link.transfer(text).path, button: texts("transfer.accept.button"),
                    secondAction: Link.transferRefusal(text).path, secondButton: texts("transfer.accept.refuse")))
        } catch PermitError.notFound {
            return invalid(context)
        }
    }

    @Sendable static func accept(_ context: Context) throws -> Reply {
        guard let token = Token.bytes(try context.parameter("token"), count: 32) else { return invalid(context) }
        do {
            let reference = try context.store.acceptTransfer(
                token: token, by: try context.viewer(), origin: context.origin, at: context.now)
            return .redirect(.application(reference.description), notice: .transferAccepted)
        } catch PermitError.notFound {
            return invalid(context)
        }
    }

    @Sendable static func decline(_ context: Context) throws -> Reply {
        guard let token = Token.bytes(try context.parameter("token"), count: 32) else { return invalid(context) }
        do {
            try context.store.declineTransfer(
                token: token, by: try context.viewer(), origin: context.origin, at: context.now)
            return .redirect(.applications, notice: .transferDeclined)
        } catch PermitError.notFound {
            return invalid(context)
        }
    }

    private static func form(
        _ typed: String = "", fault: String? = nil, for application: Application, context: Context
    ) -> AccountForm {
        let texts = context.texts
        let reference = application.reference.description
        let fields = [
            FieldModel.email(texts("transfer.email"), value: typed, hint: texts("transfer.email.hint"), fault: fault)
        ]
        return AccountForm(
            title: texts("transfer.heading"), lead: texts("transfer.lead"), fields: fields,
            notes: [texts("transfer.note1"), texts("transfer.note2")], action: Link.transferOffer(reference).path,
            button: texts("transfer.button"), backPath: Link.application(reference).path,
            backLabel: application.type.name, problems: ProblemSummary(fields: fields))
    }

    private static func invalid(_ context: Context) -> Reply {
        .page(
            AccountNote(
                title: context.texts("transfer.invalid.heading"), text: context.texts("transfer.invalid.text"),
                linkPath: Link.applications.path, linkLabel: context.texts("transfer.invalid.button")), status: 404)
    }
}
