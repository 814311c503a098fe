import Pages
import Permits
import Store

/// Where the rows of a group are filled in: a step of a draft, or a part of a returned application. The same page, kept
/// in another place and leading elsewhere.
struct RosterPlace {
    private enum Kind { case draft(FormSection), returned }

    private let kind: Kind
    let application: Application
    let field: FieldDefinition

    /// - Parameter section: Of `application`, with `field` as its group.
    init(_ field: FieldDefinition, in section: FormSection, of draft: Application) {
        kind = .draft(section)
        application = draft
        self.field = field
    }

    init(returned field: FieldDefinition, of application: Application) {
        kind = .returned
        self.application = application
        self.field = field
    }

    private var reference: String { application.reference.description }

    /// Under which the inputs of the page are left until they are saved.
    var section: String {
        switch kind {
        case .draft(let section): section.key
        case .returned: Application.returnedRows(of: field.key)
        }
    }

    var title: String {
        switch kind {
        case .draft(let section): section.title
        case .returned: field.label
        }
    }

    var rows: GroupRows { application.rows(of: field) }

    /// Whoever applies, where they belong among the rows.
    var ownRow: GroupRows.Row? { application.type.ownRow(of: field, in: application.answers) }

    /// What the officer wrote.
    var remark: String? { application.finding(field.key).flatMap { $0.verdict == .mend ? $0.reason : nil } }

    func progress(_ texts: Texts) -> FormProgress? {
        guard case .draft(let section) = kind else { return nil }
        return FormProgress(of: application, at: .section(reference, section.key), texts: texts)
    }

    /// A page of the list.
    func list(_ page: Int) -> Link {
        switch kind {
        case .draft(let section): .rows(reference, section.key, page: page)
        case .returned: .returnedRows(reference, field.key, page: page)
        }
    }

    /// The same with one row open.
    func row(_ number: Int, page: Int) -> Link {
        switch kind {
        case .draft(let section): .row(reference, section.key, page: page, number: number)
        case .returned: .returnedRows(reference, field.key, page: page, row: number)
        }
    }

    /// Where the form goes.
    func form(_ page: Int) -> Link {
        switch kind {
        case .draft(let section): .roster(reference, section.key, page: page)
        case .returned: .returnedRows(reference, field.key, page: page)
        }
    }

    /// The page by itself.
    var own: Link {
        switch kind {
        case .draft(let section): .section(reference, section.key)
        case .returned: .returnedRows(reference, field.key)
        }
    }

    var typing: Link {
        switch kind {
        case .draft(let section): .rosterTyping(reference, section.key)
        case .returned: .returnedRowsTyping(reference, field.key)
        }
    }

    var previous: Link {
        switch kind {
        case .draft: FormSteps(application).previous(before: own)
        case .returned: .correctionPart(reference, field.key)
        }
    }

    var next: Link {
        switch kind {
        case .draft: FormSteps(application).next(after: own)
        case .returned: .correctionPart(reference, field.key)
        }
    }

    var saved: NoticeText {
        switch kind {
        case .draft: .draftSaved
        case .returned: .rowsSaved
        }
    }

    /// The same place in the application as it is by now.
    func renewed(_ application: Application) -> RosterPlace {
        switch kind {
        case .draft(let section): RosterPlace(field, in: section, of: application)
        case .returned: RosterPlace(returned: field, of: application)
        }
    }

    /// What keeps the rows from leading on. That a returned list is as it was may be explained where this leads.
    func problem(_ context: Context) throws -> FieldProblem? {
        switch kind {
        case .draft: return application.problem(with: field, today: context.now.day)
        case .returned:
            let problems = application.problemsOfMending(
                with: application.typedToMend, explaining: CorrectionRoutes.explanations(for: application, context),
                by: try context.viewer(), at: context.now)
            return problems.first { $0.field == field.key && $0.key != "unchanged" }
        }
    }

    /// - Throws: `invalid` when these rows cannot be kept at all.
    func keep(_ rows: GroupRows, _ context: Context) throws {
        let typed = [field.key: rows.stored]
        let (answers, problems) = application.filled(with: typed, today: context.now.day)
        guard problems.isEmpty else { throw PermitError.invalid(problems) }
        let viewer = try context.viewer()
        switch kind {
        case .draft(let section):
            try context.store.saveDraft(
                application.reference, by: viewer, at: context.now, leaving: section.key
            ) {
                $0.filled(with: typed, today: context.now.day).answers
            }
        case .returned:
            try context.store.saveRows(
                answers[field.key] ?? "", of: field.key, in: application.reference, by: viewer, at: context.now)
        }
    }
}
