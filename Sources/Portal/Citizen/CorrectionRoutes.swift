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
        let part = context.request.head.query[Link.correctionPartName]
        return .page(try sheet(application, faults: [:], context).page(with: part))
    }

    @Sendable static func resubmit(_ context: Context) throws -> Reply {
        let application = try context.application()
        let reference = application.reference
        // A second click: the first one has handed it back.
        guard application.state == .needsCorrection else { return .redirect(.application(reference.description)) }
        let papers = try Uploads.keep(
            context.request.files, for: application.papersToMend(with: context.form), of: application, context)
        let fields = heldFields(of: application, context) ?? application.fieldsToMend(with: context.form)
        let sent = typedAnswers(fields, in: context.form)
        if let language = try LanguageRoutes.asked(context) {
            try leave(sent, of: application, context)
            return .language(language, then: Link.correctionPart(reference.description, held(context)?.first).path)
        }
        if let list = rows(of: application, context), papers.isEmpty {
            try leave(sent, of: application, context)
            return .redirect(list)
        }
        guard let held = held(context) else { return try send(sent, of: application, papers, context) }
        // One part of several, or the list of them all: the rest of it is kept, and so is this.
        try leave(sent, of: application, context)
        let saved = try context.application()
        if !held.isEmpty { return try next(after: held, sent, of: saved, papers, context) }
        let open = saved.problemsOfMending(
            with: saved.typedToMend, explaining: explanations(for: saved, context), by: try context.viewer(),
            at: context.now)
        return try send(saved.typedToMend, of: saved, papers + open, context)
    }

    /// - Parameter typed: All of it.
    private static func send(
        _ typed: [String: String], of application: Application, _ problems: [FieldProblem], _ context: Context
    ) throws -> Reply {
        let reference = application.reference
        // The rows of lists were saved on their own pages.
        let lists = application.type.fields.filter { $0.kind == .group }.map(\.key)
        let typed = application.typedToMend.filter { lists.contains($0.key) }.merging(typed) { $1 }
        let problems = problems + application.filled(with: typed, today: context.now.day).problems
        let explanations = explanations(for: application, context)
        let viewer = try context.viewer()
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
            let page = try sheet(try context.application(), faults: byField(problems), context).page(with: nil)
            return .page(page, status: 422)
        } catch PermitError.conflict("conflict.alreadySubmitted") {
            return .redirect(.application(reference.description))
        }
        return .redirect(.application(reference.description), notice: .resubmitted)
    }

    /// Leads on from a part that was saved, unless something on it cannot be taken as it is. What is not mended yet may
    /// stay so: the list of all parts says it.
    private static func next(
        after held: [String], _ typed: [String: String], of saved: Application, _ problems: [FieldProblem],
        _ context: Context
    ) throws -> Reply {
        let asked = Set(
            saved.fieldsToMend(with: context.form).map(\.key) + saved.papersToMend(with: context.form).map(\.key))
        let wrong =
            saved.filled(with: typed, today: context.now.day).problems
            + saved.problems(ofExplaining: explanations(for: saved, context).filter { held.contains($0.key) })
        // A choice may have made superfluous what stood below it.
        let problems = problems + wrong.filter { asked.contains(Correction.key(ofInput: $0.field)) }
        let sheet = try sheet(saved, faults: byField(problems), context)
        guard problems.isEmpty else { return .page(sheet.page(holding: held), status: 422) }
        return .redirect(.correctionPart(saved.reference.description, sheet.key(after: held)))
    }

    /// The rows of the list whose button was pressed.
    private static func rows(of application: Application, _ context: Context) -> Link? {
        guard let key = context.form[Corrections.rowsName], application.type.field(key)?.kind == .group,
            application.isOpen(key)
        else { return nil }
        return .returnedRows(application.reference.description, key)
    }

    /// Keeps what was typed for when the page is opened again.
    private static func leave(_ typed: [String: String], of application: Application, _ context: Context) throws {
        _ = try context.store.saveSection(
            typed, besides: explanationInputs(of: application, context), in: Store.corrections,
            of: application.reference, by: context.viewer(), from: nil, at: context.now)
    }

    /// With what was typed before.
    static func sheet(
        _ application: Application, faults: [String: FieldProblem], _ context: Context
    ) throws -> CorrectionSheet {
        let viewer = try context.viewer()
        let returned = try context.store.timeline(application.reference, visibleTo: viewer).last {
            $0.kind == .returned
        }
        let judged = try context.store.papers(
            application.findings.compactMap(\.attachment), of: application.reference, visibleTo: viewer)
        return CorrectionSheet(
            application: application, faults: faults, judged: judged, returnedAt: returned?.at, context: context)
    }
}

/// What a form of corrections holds.
extension CorrectionRoutes {
    /// Keys of what a part of the page has inputs for; none on the list of all parts. Nil where everything stands on one
    /// page.
    private static func held(_ context: Context) -> [String]? {
        context.form[Corrections.heldName]?.split(separator: " ").map(String.init)
    }

    /// The questions that a part has inputs for: boxes that nobody has ticked are sent by no browser. Nil where everything
    /// stands on one page.
    static func heldFields(of application: Application, _ context: Context) -> [FieldDefinition]? {
        guard let held = held(context) else { return nil }
        return application.type.fields.filter { held.contains($0.key) && application.isOpen($0.key) }
    }

    /// The explanations as they stand in the form's inputs, by name.
    static func explanationInputs(of application: Application, _ context: Context) -> [String: String] {
        var inputs: [String: String] = [:]
        for key in application.keysToMend {
            let name = Correction.explanationField(key)
            inputs[name] = context.form[name]
        }
        return inputs
    }

    /// Why what was returned is right as it is, by key, as typed here or left before.
    static func explanations(for application: Application, _ context: Context) -> [String: String] {
        var explanations: [String: String] = [:]
        let left = application.inputs(of: Store.corrections)
        for key in application.keysToMend {
            let name = Correction.explanationField(key)
            explanations[key] = context.form[name] ?? left[name]
        }
        return explanations
    }
}
