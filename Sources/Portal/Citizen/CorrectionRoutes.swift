import HTTPServer
import Pages
import Permits
import Store

/// Mending what an officer returned, and only that.
enum CorrectionRoutes {
    @Sendable static func form(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .needsCorrection else {
            return .redirect(.application(application.reference.description))
        }
        return .page(try page(application, typed: application.shownAnswers, faults: [:], context))
    }

    @Sendable static func resubmit(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let application = try context.application()
        let reference = application.reference
        // A second click: the first one has handed it back.
        guard application.state == .needsCorrection else { return .redirect(.application(reference.description)) }
        var problems = try Uploads.keep(
            context.request.files, for: application.papersToMend(with: context.form), of: application, context)
        let sent = typedAnswers(application.fieldsToMend(with: context.form), in: context.form)
        if let language = try LanguageRoutes.asked(context) {
            try leave(sent, of: application, context)
            return .language(language, then: Link.corrections(reference.description).path)
        }
        let (typed, leftOut) = withoutColumnsLeftOut(sent, in: application, context)
        problems += leftOut
        problems += application.filled(with: typed, today: context.now.day).problems
        let explanations = explanations(for: application, context)
        do {
            // Files that fit are kept already; the rest of the form must be right before it goes back.
            guard problems.isEmpty else { throw PermitError.invalid(problems) }
            try context.store.change(reference, by: viewer, origin: context.origin) { application, _ in
                let answers = application.filled(with: typed, today: context.now.day).answers
                return try application.resubmit(
                    with: answers, explaining: explanations, by: viewer, at: context.now)
            }
        } catch PermitError.invalid(let problems) {
            // What is not right yet is there again when the page is opened once more.
            try leave(typed, of: application, context)
            let fresh = try context.application()
            let page = try page(
                fresh, typed: fresh.shownAnswers, faults: byField(problems), context)
            return .page(page, status: 422)
        } catch PermitError.conflict("conflict.alreadySubmitted") {
            return .redirect(.application(reference.description))
        }
        return .redirect(.application(reference.description), notice: .resubmitted)
    }

    /// Takes out of each table what nobody asked for, and says so before it goes to the office.
    private static func withoutColumnsLeftOut(
        _ raw: [String: String], in application: Application, _ context: Context
    ) -> (typed: [String: String], problems: [FieldProblem]) {
        var typed = raw
        var problems: [FieldProblem] = []
        for field in application.type.fields where field.kind == .group {
            guard let text = typed[field.key], GroupRows(stored: text) == nil else { continue }
            let table = GroupImport(DelimitedText(text), columns: field.columns ?? [])
            guard !table.leftOut.isEmpty else { continue }
            typed[field.key] = GroupRows(rows: table.rows).stored
            let values = ["label": field.label, "columns": table.leftOut.named(context.texts)]
            problems.append(FieldProblem(field.key, "columnsLeftOut", values))
        }
        return (typed, problems)
    }

    /// Keeps what was typed for when the page is opened again.
    private static func leave(_ typed: [String: String], of application: Application, _ context: Context) throws {
        _ = try context.store.saveSection(
            typed, besides: explanationInputs(of: application, context), in: Store.corrections,
            of: application.reference, by: context.viewer(), from: nil, at: context.now)
    }

    /// The explanations as they stand in their inputs, by name.
    static func explanationInputs(of application: Application, _ context: Context) -> [String: String] {
        var inputs: [String: String] = [:]
        for (key, text) in explanations(for: application, context) where !text.isEmpty {
            inputs[Correction.explanationField(key)] = text
        }
        return inputs
    }

    /// Why what was returned is right as it is, by key, as typed.
    private static func explanations(for application: Application, _ context: Context) -> [String: String] {
        var explanations: [String: String] = [:]
        for key in application.keysToMend {
            explanations[key] = context.form[Correction.explanationField(key)]
        }
        return explanations
    }

    static func page(
        _ application: Application, typed: [String: String], faults: [String: FieldProblem], _ context: Context
    ) throws -> Corrections {
        let viewer = try context.viewer()
        let returned = try context.store.timeline(application.reference, visibleTo: viewer).last {
            $0.kind == .returned
        }
        let judged = try context.store.papers(
            application.findings.compactMap(\.attachment), of: application.reference, visibleTo: viewer)
        let sheet = CorrectionSheet(
            application: application, typed: typed, faults: faults, judged: judged, context: context)
        return sheet.page(returnedAt: returned?.at)
    }
}
