import HTTPServer
import Pages
import Permits
import Store

/// Filling in and sending a draft. What is not a draft any more leads to its status page.
enum DraftRoutes {
    @Sendable static func section(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { return .redirect(.application(application.reference.description)) }
        guard let section = try section(of: application, context) else {
            return .redirect(FormSteps(application).links[0])
        }
        if let group = section.group {
            return RosterRoutes.page(RosterPlace(group, in: section, of: application), context)
        }
        return .page(try sectionPage(application, section, typed: application.shownAnswers, faults: [:], context))
    }

    @Sendable static func saveSection(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
        guard let section = try self.section(of: application, context) else {
            return .redirect(FormSteps(application).links[0])
        }
        let typed = typedAnswers(section.fields, in: context.form)
        let writing = try context.store.saveSection(
            typed, in: section.key, of: application.reference, by: try context.viewer(), from: DraftPage(context.form),
            at: context.now)
        let here = Link.section(application.reference.description, section.key)
        let papers = try Uploads.keep(context.request.files, for: section.papers, of: application, context)
        if let removed = try remove(from: section.papers, of: application, then: here, context) { return removed }
        let saved = try context.application()
        switch writing {
        case .kept(let problems):
            let problems = problems + papers
            if let language = try LanguageRoutes.asked(context) { return .language(language, then: here.path) }
            return try next(after: here, section, of: saved, problems, context)
        case .elsewhere, .overtaken:
            let shown = saved.shownAnswers.merging(typed) { $1 }
            let page = try sectionPage(saved, section, typed: shown, faults: [:], isElsewhere: true, context)
            return .page(page, status: 409)
        }
    }

    /// - Parameter problems: Of what was typed. Whoever wants to go on is also told what is missing.
    private static func next(
        after here: Link, _ section: FormSection, of saved: Application, _ problems: [FieldProblem], _ context: Context
    ) throws -> Reply {
        var problems = problems
        let staysHere = context.form["then"] == "stay"
        if !staysHere {
            let named = Set(problems.map(\.field))
            problems += section.fields.filter { !named.contains($0.key) }.compactMap {
                (saved.answers[$0.key] ?? "").isEmpty || $0.kind == .group
                    ? saved.problem(with: $0, today: context.now.day) : nil
            }
        }
        guard problems.isEmpty else {
            let page = try sectionPage(
                saved, section, typed: saved.shownAnswers, faults: byField(problems), context)
            return .page(page, status: 422)
        }
        return staysHere ? .redirect(here, notice: .draftSaved) : .redirect(FormSteps(saved).next(after: here))
    }

    @Sendable static func attachments(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { return .redirect(.application(application.reference.description)) }
        // Papers depend on who applies: that comes first.
        if let who = application.type.applicantField, (application.answers[who.key] ?? "").isEmpty,
            let section = application.askedSections.first(where: { $0.fields.contains(who) })
        {
            return .redirect(.section(application.reference.description, section.key))
        }
        return .page(try attachmentsPage(application, faults: [:], context))
    }

    @Sendable static func saveAttachments(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
        let reference = application.reference.description
        if let removed = try remove(
            from: application.askedRequirements, of: application, then: .attachments(reference), context)
        {
            return removed
        }
        let problems = try Uploads.keep(
            context.request.files, for: application.askedRequirements, of: application, context)
        if !problems.isEmpty {
            return .page(
                try attachmentsPage(try context.application(), faults: byField(problems), context), status: 422)
        }
        return context.form["then"] == "next"
            ? .redirect(.check(reference)) : .redirect(.attachments(reference), notice: .filesSaved)
    }

    /// Takes a paper away, when that is what was asked for. One that is gone already, or has given way to another since
    /// the page was made, is left alone.
    private static func remove(
        from papers: [Requirement], of application: Application, then link: Link, _ context: Context
    ) throws -> Reply? {
        guard let mark = context.form["remove"] else { return nil }
        guard let paper = application.attachments.first(where: { $0.mark == mark }),
            papers.contains(where: { $0.key == paper.requirement })
        else { return .redirect(link) }
        try context.store.detach(paper, from: application.reference, by: try context.viewer(), at: context.now)
        return .place("\(link.path)#\(FieldModel.identifier(paper.requirement))", notice: .fileRemoved)
    }

    @Sendable static func check(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { return .redirect(.application(application.reference.description)) }
        // Filled in, when the session had ended: who ticked the statement need not tick it again for the same content.
        let seen = context.form[CheckedContent.fieldName]
        let changes = try seen.flatMap { try content(of: application, context).changes(since: $0) }
        let isStated = changes == nil && context.form[Check.statementName] != nil
        return .page(try checkPage(application, isStated: isStated, changes: changes, context))
    }

    @Sendable static func submit(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let draft = try context.application()
        let reference = draft.reference
        // A second click on the same button: the first one did it.
        guard draft.state == .draft else { return .redirect(.application(reference.description)) }
        let seen = context.form[CheckedContent.fieldName]
        if let seen, let changes = try content(of: draft, context).changes(since: seen) {
            return .page(try checkPage(draft, changes: changes, context), status: 409)
        }
        do {
            try context.store.change(
                reference, by: viewer, revision: seen.map { _ in draft.revision }, origin: context.origin
            ) { application, _ in
                try application.submit(by: viewer, stating: context.form[Check.statementName] != nil, at: context.now)
            }
        } catch PermitError.invalid(let problems) {
            let fault = byField(problems)[Check.statementName].map { context.texts.problem($0) }
            return .page(try checkPage(try context.application(), statementFault: fault, context), status: 422)
        } catch PermitError.conflict("conflict.changedMeanwhile") {
            let now = try context.application()
            let changes = try seen.flatMap { try content(of: now, context).changes(since: $0) }
            return .page(try checkPage(now, changes: changes ?? [], context), status: 409)
        } catch PermitError.conflict("conflict.alreadySubmitted") {
            return .redirect(.application(reference.description))
        }
        return .redirect(.application(reference.description), notice: .submitted)
    }

    private static func content(of draft: Application, _ context: Context) throws -> CheckedContent {
        let institution = try context.store.institution(of: draft.reference, visibleTo: context.viewer())
        return CheckedContent(draft.settled(today: context.now.day), for: institution?.id)
    }

    // MARK: Pages

    /// With the questions that are asked; nil when none of it is asked of this applicant.
    private static func section(of application: Application, _ context: Context) throws -> FormSection? {
        let key = try context.parameter("key")
        guard application.type.sections.contains(where: { $0.key == key }) else { throw PermitError.notFound }
        return application.askedSections.first { $0.key == key }
    }

    private static func sectionPage(
        _ application: Application, _ section: FormSection, typed: [String: String], faults: [String: FieldProblem],
        isElsewhere: Bool = false, _ context: Context
    ) throws -> SectionForm {
        let reference = application.reference.description
        let here = Link.section(reference, section.key)
        let questions = section.fields.map { field in
            if let paper = field.paper {
                return Question(
                    FileFieldModel(paper, of: application, problem: faults[field.key], texts: context.texts))
            }
            return Question(
                FieldModel(
                    field, value: typed[field.key] ?? "",
                    isNeeded: application.type.isNeeded(field, in: application.answers), problem: faults[field.key],
                    today: context.now.day, texts: context.texts))
        }
        let changed = try context.store.changedAt(application.reference, visibleTo: context.viewer())
        return SectionForm(
            reference: reference, kind: application.type.name, title: section.title,
            progress: FormProgress(of: application, at: here, texts: context.texts), questions: questions,
            action: here.path, uploadPath: Link.upload(reference, "").path,
            backPath: FormSteps(application).previous(before: here).path,
            typing: TypingModel(.typing(reference, section.key), in: section.key, of: application, context),
            intro: section.intro, savedAt: context.formats.shortDateTime(changed), isElsewhere: isElsewhere,
            problems: ProblemSummary(questions))
    }

    /// The page on which a paper is given.
    static func page(
        withPaper key: String, of application: Application, faults: [String: FieldProblem], status: Int,
        _ context: Context
    ) throws -> Reply {
        if let section = application.askedSections.first(where: { $0.fields.contains { $0.key == key } }) {
            let typed = application.shownAnswers
            return .page(
                try sectionPage(application, section, typed: typed, faults: faults, context), status: status)
        }
        return .page(try attachmentsPage(application, faults: faults, context), status: status)
    }

    static func attachmentsPage(
        _ application: Application, faults: [String: FieldProblem], _ context: Context
    ) throws -> AttachmentsForm {
        let reference = application.reference.description
        let offers = try AnotherRoutes.offers(for: application, context)
        let files = application.askedRequirements.map {
            let isOld = application.attachment(for: $0.key) != nil
            let problem = isOld ? application.problem(with: $0, today: context.now.day) : nil
            var field = FileFieldModel(
                $0, of: application, problem: faults[$0.key] ?? problem, texts: context.texts)
            field.offer = offers[$0.key]
            return field
        }
        return AttachmentsForm(
            reference: reference, kind: application.type.name,
            progress: FormProgress(of: application, at: .attachments(reference), texts: context.texts), files: files,
            action: Link.attachments(reference).path, uploadPath: Link.upload(reference, "").path,
            nextPath: Link.check(reference).path,
            backPath: FormSteps(application).previous(before: .attachments(reference)).path,
            problems: ProblemSummary(fields: [], files: files))
    }

    /// - Parameters:
    ///   - isStated: Whether the statement is ticked already.
    ///   - changes: Keys of what is not as its sender saw it; nil when nothing is known to be.
    private static func checkPage(
        _ draft: Application, statementFault: String? = nil, isStated: Bool = false, changes: [String]? = nil,
        _ context: Context
    ) throws -> Check {
        let application = draft.settled(today: context.now.day)
        let reference = application.reference.description
        let texts = context.texts
        let missing = application.missing(today: context.now.day).map { problem in
            let target = application.link(toPaper: problem.field).path
            return ProblemItem(
                text: texts.problem(problem), target: "\(target)#\(FieldModel.identifier(problem.field))")
        }
        let statement = FieldModel(
            .checkbox, name: Check.statementName, label: application.type.statement, value: isStated ? "1" : "",
            error: statementFault)
        return Check(
            reference: reference, kind: application.type.name,
            progress: FormProgress(of: application, at: .check(reference), texts: texts),
            changes: changes.map { keys in
                keys.map { key in
                    application.type.field(key)?.label ?? application.type.requirement(key)?.label
                        ?? texts("status.institution")
                }
            },
            sections: try filedFor(application, context)
                + SummarySection.all(of: application, changeable: true, today: context.now.day, texts: texts),
            papers: PaperRow.all(of: application, changeable: true, texts: texts),
            missing: missing, action: Link.submission(reference).path,
            content: try content(of: draft, context).text, statement: statement,
            backPath: FormSteps(application).previous(before: .check(reference)).path,
            isPending: context.session?.account.state == .pending,
            maskedMail: TypedText.maskedEmail(context.session?.account.email ?? ""),
            problems: ProblemSummary(fields: [statement]))
    }

    /// For whom it is sent, where that is a question.
    private static func filedFor(_ draft: Application, _ context: Context) throws -> [SummarySection] {
        let viewer = try context.viewer()
        let institution = try context.store.institution(of: draft.reference, visibleTo: viewer)
        let isOwn = draft.applicant == viewer.account
        guard try institution != nil || (isOwn && !context.store.institutions(of: viewer).isEmpty) else { return [] }
        return [
            SummarySection(
                title: context.texts("filing.heading"),
                rows: [
                    SummaryRow(
                        label: context.texts("status.institution"),
                        value: institution?.profile.name ?? context.texts("filing.self.short"),
                        changePath: isOwn ? Link.filing(draft.reference.description).path : nil)
                ])
        ]
    }
}
