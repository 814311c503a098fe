import HTTPServer
import Pages
import Permits
import Store

/// The rows of a repeated group in a draft.
enum RosterRoutes {
    /// A table of 500 rows is some 100 KB; more than a megabyte is something else.
    static let body = BodyPolicy.multipart(max: 3 << 20, maxFile: 1 << 20, maxFiles: 1, maxFields: 400)

    /// The page is the section's.
    @Sendable static func open(_ context: Context) throws -> Reply {
        .redirect(.section(try context.reference().description, try context.parameter("key")))
    }

    @Sendable static func save(_ context: Context) throws -> Reply {
        let application = try context.application()
        guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
        let section = try section(of: application, context)
        guard let field = section.group else { throw PermitError.notFound }
        var edits = RosterEdits(field: field, form: context.form)
        do {
            edits.fileText = try fileText(field, context)
            let before = GroupRows(stored: application.answers[field.key] ?? "") ?? GroupRows()
            let after = try edits.applied(to: before)
            guard after != before || !edits.addsNothing else {
                throw PermitError.invalid([FieldProblem(field.key, "rosterBlank")])
            }
            try keep(after, of: field, in: application, context)
        } catch PermitError.invalid(let problems) {
            // Nothing was kept: the page shows again all that was typed.
            let page = RosterSheet(
                application: application, section: section, field: field, problem: problems.first, typed: context.form,
                context: context
            ).page
            return .page(page, status: 422)
        }
        if let language = try LanguageRoutes.asked(context) {
            return .language(language, then: Link.section(application.reference.description, section.key).path)
        }
        return try next(after: section, field, leavingOut: edits.leftOut, context)
    }

    /// Rows that are wrong are kept too, but do not lead on. Nor do columns that were left out before somebody was told.
    private static func next(
        after section: FormSection, _ field: FieldDefinition, leavingOut leftOut: [GroupImport.LeftOut],
        _ context: Context
    ) throws -> Reply {
        let application = try context.application()
        let wantsOn = context.form["then"] == "next"
        let problem = wantsOn ? application.problem(with: field, today: context.now.day) : nil
        guard problem == nil, leftOut.isEmpty else {
            var sheet = RosterSheet(
                application: application, section: section, field: field, problem: problem, typed: nil,
                context: context)
            sheet.leftOut = leftOut
            return .page(sheet.page, status: problem == nil ? 200 : 422)
        }
        let link = Link.section(application.reference.description, section.key)
        return wantsOn
            ? .redirect(FormSteps(application).next(after: link)) : here(section, field, application, context)
    }

    /// Back to where the reader was, with what became of the rows.
    private static func here(
        _ section: FormSection, _ field: FieldDefinition, _ application: Application, _ context: Context
    ) -> Reply {
        let rows = GroupRows(stored: application.answers[field.key] ?? "") ?? GroupRows()
        let count = rows.rows.count
        let faulty = field.checked(rows, today: context.now.day).problems
        let page = context.request.head.query["halaman"].flatMap { Int($0) } ?? 1
        let link = Link.rows(application.reference.description, section.key, page: max(1, page)).path
        let then = context.form["then"]
        if then == nil, context.form["hapus"] != nil {
            return .place("\(link)#daftar", notice: .rowRemoved, counts: [count])
        }
        // Somebody who types a list row by row is stopped by a row that is wrong, and not by one before it.
        let isAdding = then == "add"
        if isAdding ? faulty[count - 1] != nil : !faulty.isEmpty {
            return .place(link, notice: .rowsToMend, counts: [count, faulty.count])
        }
        return isAdding
            ? .place("\(link)#tambah", notice: .rowAdded, counts: [count]) : .place(link, notice: .draftSaved)
    }

    private static func keep(
        _ rows: GroupRows, of field: FieldDefinition, in application: Application, _ context: Context
    ) throws {
        let typed = [field.key: rows.stored]
        let problems = application.filled(with: typed, today: context.now.day).problems
        guard problems.isEmpty else { throw PermitError.invalid(problems) }
        let key = try context.parameter("key")
        try context.store.saveDraft(application.reference, by: try context.viewer(), at: context.now, leaving: key) {
            $0.filled(with: typed, today: context.now.day).answers
        }
    }

    private static func fileText(_ field: FieldDefinition, _ context: Context) throws -> String? {
        guard let file = context.request.file(RosterEdits.fileName), !file.filename.isEmpty || file.size > 0 else {
            return nil
        }
        guard !file.isTooLarge, let text = DelimitedText.decode(try file.readAll(limit: 1 << 20)) else {
            throw PermitError.invalid([FieldProblem(field.key, "rosterUnreadable", ["label": field.label])])
        }
        return text
    }

    private static func section(of application: Application, _ context: Context) throws -> FormSection {
        let key = try context.parameter("key")
        guard let section = application.askedSections.first(where: { $0.key == key }) else {
            throw PermitError.notFound
        }
        return section
    }
}
