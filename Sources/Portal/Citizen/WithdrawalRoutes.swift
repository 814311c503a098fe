import HTTPServer
import Pages
import Permits
import Store

/// Taking an application back, on a page of its own that says what becomes of it.
enum WithdrawalRoutes {
    static let table: [Route] = [
        .get("/permohonan/:ref/penarikan", access: .citizen, form),
        .post("/permohonan/:ref/penarikan", access: .citizen, body: .smallForm, keepsTyping: true, withdraw),
    ]

    @Sendable static func form(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.canBeWithdrawn else { return .redirect(.application(application.reference.description)) }
        return .page(try page(application, fault: nil, context))
    }

    @Sendable static func withdraw(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let reference = try context.reference()
        do {
            try context.store.change(reference, by: viewer, origin: context.origin) { application, calendar in
                try application.withdraw(
                    because: context.form[Withdrawal.reasonName] ?? "", by: viewer, at: context.now, in: calendar)
            }
        } catch PermitError.invalid(let problems) {
            let fault = context.texts.sentences(problems)
            return .page(try page(try context.application(), fault: fault, context), status: 422)
        } catch PermitError.conflict("conflict.alreadyDecided") where (try? context.application().state) == .withdrawn {
            // A second click: the first one did it.
            return .redirect(.application(reference.description))
        }
        return .redirect(.application(reference.description), notice: .withdrawn)
    }

    /// - Parameter fault: What is wrong with the reason.
    private static func page(_ application: Application, fault: String?, _ context: Context) throws -> Withdrawal {
        let reference = application.reference.description
        let viewer = try context.viewer()
        let filed = try context.store.filedFor(application.reference, visibleTo: viewer)
        return Withdrawal(
            reference: reference, kind: application.type.name, summary: application.subject,
            isDraft: application.state == .draft,
            filed: filed.map {
                context.texts.filed($0.institution, by: $0.applicant == viewer.account ? nil : $0.name)
            },
            reason: application.state == .draft
                ? nil
                : Withdrawal.reasonField(
                    value: context.form[Withdrawal.reasonName] ?? "", fault: fault, texts: context.texts),
            action: Link.withdrawal(reference).path, backPath: Link.application(reference).path)
    }
}
