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
            return .page(try form(typed, for: application, context: context))
        }
        let texts = context.texts
        let reference = application.reference.description
        return try .page(
            AccountForm(
                title: texts("transfer.offered"), lead: texts("transfer.offered.lead"),
                rows: [
                    SummaryRow(label: texts("transfer.offered.to"), value: open.email),
                    SummaryRow(label: texts("transfer.offered.until"), value: context.formats.dateTime(open.expiresAt)),
                ] + shared(application, context), action: Link.transferWithdrawal(reference).path,
                button: texts("transfer.offered.button"),
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
            return .page(try form(typed, fault: fault, for: application, context: context), status: 422)
        } catch let tooMany as TooManyTries {
            let fault = context.texts.tooManyTries(seconds: tooMany.seconds)
            return .page(try form(typed, fault: fault, for: application, context: context), status: 429)
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
    ) throws -> AccountForm {
        let texts = context.texts
        let reference = application.reference.description
        let fields = [
            FieldModel.email(texts("transfer.email"), value: typed, hint: texts("transfer.email.hint"), fault: fault)
        ]
        var notes = [texts("transfer.note1"), texts("transfer.note2"), texts("transfer.note3")]
        let viewer = try context.viewer()
        let institution = try context.store.institution(of: application.reference, visibleTo: viewer)
        var lead = "transfer.lead"
        if let institution, institution.members.contains(where: { $0.account != viewer.account }) {
            let isOwner = institution.role(of: viewer.account) == .owner
            notes = [texts("transfer.inside"), texts(isOwner ? "transfer.outside" : "transfer.ownersOnly")] + notes
            lead = isOwner ? "transfer.lead.owner" : "transfer.lead.member"
        }
        return AccountForm(
            title: texts("transfer.heading"), lead: texts(lead),
            rows: try shared(application, context), fields: fields, notes: notes,
            action: Link.transferOffer(reference).path,
            button: texts("transfer.button"), backPath: Link.application(reference).path,
            backLabel: application.type.name, problems: ProblemSummary(fields: fields))
    }

    /// For whom it is filed, and whose papers go along besides one's own.
    private static func shared(_ application: Application, _ context: Context) throws -> [SummaryRow] {
        let viewer = try context.viewer()
        let texts = context.texts
        var rows: [SummaryRow] = []
        if let institution = try context.store.institution(of: application.reference, visibleTo: viewer) {
            rows.append(SummaryRow(label: texts("status.institution"), value: institution.profile.name))
        }
        let papers = try context.store.papersOfOthers(in: application.reference, visibleTo: viewer)
        if !papers.isEmpty {
            let named = papers.map {
                texts(
                    "transfer.othersPaper",
                    [
                        "paper": application.type.translated($0.paper, to: context.language), "name": $0.giver,
                    ])
            }
            rows.append(SummaryRow(label: texts("transfer.othersPapers"), value: named.joined(separator: "; ")))
        }
        return rows
    }

    private static func invalid(_ context: Context) -> Reply {
        .page(
            AccountNote(
                title: context.texts("transfer.invalid.heading"), text: context.texts("transfer.invalid.text"),
                linkPath: Link.applications.path, linkLabel: context.texts("transfer.invalid.button")), status: 404)
    }
}
