import HTTPServer
import Pages
import Permits
import Store

/// The rows of a group that was returned, on the page that drafts have for them. They are kept beside the judged answer
/// until everything is handed in.
enum ReturnedRosterRoutes {
    static let table: [Route] = [
        .get("/permohonan/:ref/perbaikan/daftar/:key", access: .citizen, form),
        .post(
            "/permohonan/:ref/perbaikan/daftar/:key", access: .citizen, body: RosterRoutes.body, keepsTyping: true,
            savesDraft: true, save),
        .post(
            "/permohonan/:ref/perbaikan/daftar/:key/ketikan", access: .citizen, body: .form(max: 1 << 20), typing),
    ]

    @Sendable static func form(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .needsCorrection else {
            return .redirect(.application(application.reference.description))
        }
        return RosterRoutes.page(try place(in: application, context), context)
    }

    @Sendable static func save(_ context: Context) throws -> Reply {
        let application = try context.application()
        // Handed in from another window: there is nothing to mend any more.
        guard application.state == .needsCorrection else { throw PermitError.conflict("conflict.alreadySubmitted") }
        return try RosterRoutes.save(place(in: application, context), context)
    }

    @Sendable static func typing(_ context: Context) throws -> Reply {
        try TypingRoutes.keepRows(at: place(in: context.application(), context), context)
    }

    private static func place(in application: Application, _ context: Context) throws -> RosterPlace {
        let key = try context.parameter("key")
        guard let field = application.fieldsToMend(with: FormFields()).first(where: { $0.key == key }),
            field.kind == .group
        else { throw PermitError.notFound }
        return RosterPlace(returned: field, of: application)
    }
}
