import HTTPServer
import Pages
import Permits
import Store

/// Asking for more time on an issued letter.
enum ExtensionRoutes {
    static let table: [Route] = [
        .get("/permohonan/:ref/perpanjangan", access: .citizen, form),
        .post("/permohonan/:ref/perpanjangan", access: .citizen, body: .longForm, keepsTyping: true, begin),
    ]

    @Sendable static func form(_ context: Context) throws -> Reply {
        if let begun = try context.store.openExtension(of: context.reference(), by: context.viewer()) {
            return .redirect(.application(begun.description))
        }
        return .page(try page(typed: try typed(context), faults: [:], context))
    }

    /// Begins the application, or leads to the one that was begun: a second click changes nothing.
    @Sendable static func begin(_ context: Context) throws -> Reply {
        let reference = try context.reference()
        let typed = try typed(context)
        do {
            let references = (0..<8).compactMap { _ in Reference(random: context.site.random(64)) }
            let begun = try context.store.beginExtension(
                of: reference, typed: typed, by: try context.viewer(), references: references, origin: context.origin,
                at: context.now)
            return .redirect(.check(begun.description), notice: .extensionBegun)
        } catch PermitError.invalid(let problems) {
            return .page(try page(typed: typed, faults: byField(problems), context), status: 422)
        }
    }

    private static func typed(_ context: Context) throws -> [String: String] {
        let field = try newestType(context).extensionField(for: context.application().answers)
        let typed = typedAnswers([field].compactMap { $0 }, in: context.form)
        return typed.merging([ExtensionForm.reasonName: context.form[ExtensionForm.reasonName] ?? ""]) { $1 }
    }

    private static func newestType(_ context: Context) throws -> LetterType {
        let slug = try context.application().type.slug
        return try context.store.publishedLetterType(slug: slug, at: context.now).type
    }

    private static func page(typed: [String: String], faults: [String: FieldProblem], _ context: Context) throws
        -> ExtensionForm
    {
        let application = try context.application()
        let reference = application.reference.description
        guard let letter = try context.store.letter(of: application.reference, visibleTo: context.viewer()) else {
            throw PermitError.notFound
        }
        guard letter.canBeExtended(on: context.now.day) else { throw PermitError.conflict("conflict.notExtendable") }
        let field = try newestType(context).extensionField(for: application.answers)
        var length = field.map {
            FieldModel(
                $0, value: typed[$0.key] ?? "", problem: faults[$0.key], today: context.now.day, texts: context.texts)
        }
        // The question's own hint speaks of a first letter.
        length?.hint = context.texts(field?.kind == .number ? "extension.months.hint" : "extension.days.hint")
        let reason = ExtensionForm.reasonField(
            value: typed[ExtensionForm.reasonName] ?? "",
            fault: faults[ExtensionForm.reasonName].map { context.texts.problem($0) }, texts: context.texts)
        let fields = [length, reason].compactMap { $0 }
        return ExtensionForm(
            reference: reference, kind: application.type.name, number: letter.numberText,
            until: context.formats.date(letter.validUntil), fields: fields, action: Link.extending(reference).path,
            backPath: Link.application(reference).path, problems: ProblemSummary(fields: fields))
    }
}
