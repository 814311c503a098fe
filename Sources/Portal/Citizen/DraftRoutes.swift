import HTTPServer
import Pages
import Permits
import Store

/// Filling in and sending a draft. What is not a draft any more leads to its status page.
enum DraftRoutes {
    @Sendable static func section(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { return .redirect(.application(application.reference.description)) }
        return .page(try sectionPage(application, typed: application.answers, faults: [:], context))
    }

    @Sendable static func saveSection(_ context: Context) throws -> Reply {
        let application = try context.application()
        let section = try self.section(of: application, context)
        var typed: [String: String] = [:]
        for field in section.fields { typed[field.key] = context.form[field.key] ?? "" }
        guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
        var (answers, problems) = application.filled(with: typed, today: context.now.day)
        try context.store.saveDraft(application.reference, by: try context.viewer(), at: context.now) {
            $0.filled(with: typed, today: context.now.day).answers
        }
        let staysHere = context.form["then"] == "stay"
        if !staysHere {
            let named = Set(problems.map(\.field))
            problems += section.fields.filter {
                $0.isRequired && answers[$0.key, default: ""].isEmpty && !named.contains($0.key)
            }
            .map { FieldProblem($0.key, "required", ["label": $0.label]) }
        }
        if !problems.isEmpty {
            for problem in problems { answers[problem.field] = typed[problem.field] }
            return .page(
                try sectionPage(application, typed: answers, faults: byField(problems), context), status: 422)
        }
        let reference = application.reference.description
        if staysHere { return .redirect(.section(reference, section.key), notice: .draftSaved) }
        let sections = application.type.sections
        let next = (sections.firstIndex(of: section) ?? 0) + 1
        return .redirect(next < sections.count ? .section(reference, sections[next].key) : .attachments(reference))
    }

    @Sendable static func attachments(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { return .redirect(.application(application.reference.description)) }
        return .page(attachmentsPage(application, faults: [:], context))
    }

    @Sendable static func saveAttachments(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
        let reference = application.reference.description
        if let id = context.form["remove"] {
            guard let paper = application.attachments.first(where: { String($0.id) == id }) else {
                throw PermitError.notFound
            }
            try context.store.detach(
                paper.requirement, from: application.reference, by: try context.viewer(), at: context.now)
            return .redirect(.attachments(reference), notice: .fileRemoved)
        }
        let problems = try Uploads.keep(context.request.files, for: application, context)
        if !problems.isEmpty {
            return .page(attachmentsPage(try context.application(), faults: byField(problems), context), status: 422)
        }
        return context.form["then"] == "next"
            ? .redirect(.check(reference)) : .redirect(.attachments(reference), notice: .filesSaved)
    }

    @Sendable static func check(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { return .redirect(.application(application.reference.description)) }
        return .page(checkPage(application, statementFault: nil, context))
    }

    @Sendable static func submit(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let reference = try context.reference()
        do {
            try context.store.change(reference, by: viewer, origin: context.origin) { application, _ in
                try application.submit(by: viewer, stating: context.form[Check.statementName] != nil, at: context.now)
            }
        } catch PermitError.invalid(let problems) {
            let fault = byField(problems)[Check.statementName].map { context.texts.problem($0) }
            return .page(checkPage(try context.application(), statementFault: fault, context), status: 422)
        } catch PermitError.conflict("conflict.alreadySubmitted") {
            // A second click on the same button: the first one did it.
            return .redirect(.application(reference.description))
        }
        return .redirect(.application(reference.description), notice: .submitted)
    }

    // MARK: Pages

    private static func section(of application: Application, _ context: Context) throws -> FormSection {
        let key = try context.parameter("key")
        guard let section = application.type.sections.first(where: { $0.key == key }) else {
            throw PermitError.notFound
        }
        return section
    }

    private static func sectionPage(
        _ application: Application, typed: [String: String], faults: [String: FieldProblem], _ context: Context
    ) throws -> SectionForm {
        let section = try section(of: application, context)
        let reference = application.reference.description
        let here = Link.section(reference, section.key)
        let index = application.type.sections.firstIndex(of: section) ?? 0
        let back =
            index == 0 ? Link.application(reference) : .section(reference, application.type.sections[index - 1].key)
        let fields = section.fields.map {
            FieldModel($0, value: typed[$0.key] ?? "", problem: faults[$0.key], texts: context.texts)
        }
        return SectionForm(
            reference: reference, kind: application.type.name, title: section.title,
            progress: FormProgress(of: application, at: here, texts: context.texts), fields: fields, action: here.path,
            backPath: back.path, savedAt: nil, problems: ProblemSummary(fields: fields))
    }

    private static func attachmentsPage(_ application: Application, faults: [String: FieldProblem], _ context: Context)
        -> AttachmentsForm
    {
        let reference = application.reference.description
        let files = application.type.requirements.map {
            FileFieldModel($0, of: application, problem: faults[$0.key], texts: context.texts)
        }
        return AttachmentsForm(
            reference: reference, kind: application.type.name,
            progress: FormProgress(of: application, at: .attachments(reference), texts: context.texts), files: files,
            action: Link.attachments(reference).path, nextPath: Link.check(reference).path,
            backPath: Link.section(reference, application.type.sections.last?.key ?? "").path,
            problems: ProblemSummary(fields: [], files: files))
    }

    private static func checkPage(_ application: Application, statementFault: String?, _ context: Context) -> Check {
        let reference = application.reference.description
        let missing = application.missing(today: context.now.day).map { problem in
            let section = application.type.sections.first { $0.fields.contains { $0.key == problem.field } }
            let target = section.map { Link.section(reference, $0.key) } ?? .attachments(reference)
            return ProblemItem(
                text: context.texts.problem(problem), target: "\(target.path)#\(FieldModel.identifier(problem.field))")
        }
        let statement = FieldModel(
            .checkbox, name: Check.statementName, label: application.type.statement, error: statementFault)
        return Check(
            reference: reference, kind: application.type.name,
            progress: FormProgress(of: application, at: .check(reference), texts: context.texts),
            sections: SummarySection.all(of: application, changeable: true, texts: context.texts),
            papers: PaperRow.all(of: application, changeable: true, texts: context.texts),
            missing: missing, action: Link.submission(reference).path, statement: statement,
            backPath: Link.attachments(reference).path, isPending: context.session?.account.state == .pending,
            maskedMail: TypedText.maskedEmail(context.session?.account.email ?? ""),
            problems: ProblemSummary(fields: [statement]))
    }
}
