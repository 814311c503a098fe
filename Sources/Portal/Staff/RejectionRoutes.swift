import HTTPServer
import Pages
import Permits
import Store

/// Turning a sign-up down, with the reason.
enum RejectionRoutes {
    @Sendable static func form(_ context: Context) throws -> Reply {
        .page(try page(context.form[AccountField.reason.rawValue] ?? "", context: context))
    }

    @Sendable static func reject(_ context: Context) throws -> Reply {
        let typed = context.form[AccountField.reason.rawValue] ?? ""
        do {
            try context.store.reject(
                try account(context).id, because: typed, by: try context.viewer(), at: context.now)
        } catch PermitError.invalid(let problems) {
            let fault = problems.first.map { context.texts.problem($0) }
            return .page(try page(typed, fault: fault, context: context), status: 422)
        }
        return .redirect(.activations, notice: .accountRejected)
    }

    private static func account(_ context: Context) throws -> Account {
        guard let id = Int64(try context.parameter("id")) else { throw PermitError.notFound }
        let account = try context.store.account(AccountID(id))
        // Staff and whoever was decided on already are none of this page's.
        guard account.role == .citizen else { throw PermitError.notFound }
        guard account.state == .pending else { throw PermitError.conflict("conflict.accountDecided") }
        return account
    }

    private static func page(_ typed: String = "", fault: String? = nil, context: Context) throws -> AccountForm {
        let texts = context.texts
        let account = try account(context)
        let fields = [
            FieldModel(
                .textarea(rows: 4), name: AccountField.reason.rawValue, label: texts("rejection.reason"), value: typed,
                error: fault, maxLength: 1000)
        ]
        return AccountForm(
            title: texts("rejection.heading"), lead: texts("rejection.lead"),
            rows: [
                SummaryRow(label: texts("signUp.name"), value: account.name),
                SummaryRow(label: texts("signUp.email"), value: account.email),
            ], fields: fields, action: Link.rejection("\(account.id.value)").path, button: texts("rejection.button"),
            isDangerous: true, backPath: Link.activations.path, backLabel: texts("activations.heading"),
            problems: ProblemSummary(fields: fields))
    }
}
