import HTTPServer
import Pages
import Permits
import Store

/// The rows of a repeated group: in a draft, and what is the same in a returned application.
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
        return try save(RosterPlace(field, in: section, of: application), context)
    }

    /// The rows as they are, with what was left in the inputs.
    static func page(_ place: RosterPlace, _ context: Context) -> Reply {
        .page(RosterSheet(place: place, problem: nil, typed: RosterEdits.left(at: place), context: context).page)
    }

    static func save(_ place: RosterPlace, _ context: Context) throws -> Reply {
        let field = place.field
        var edits = RosterEdits(field: field, form: context.form)
        do {
            edits.fileText = try fileText(field, context)
            edits.offered = place.ownRow
            // Whoever only turns to another language has asked for nothing yet.
            if edits.readsNothing, try LanguageRoutes.asked(context) == nil {
                throw PermitError.invalid([FieldProblem(field.key, "rosterNothing")])
            }
            let before = place.rows
            let after = try edits.applied(to: before)
            guard after != before || !edits.addsNothing else {
                throw PermitError.invalid([FieldProblem(field.key, "rosterBlank")])
            }
            try place.keep(after, context)
        } catch PermitError.invalid(let problems) {
            // Nothing was kept: the page shows again all that was typed.
            let sheet = RosterSheet(place: place, problem: problems.first, typed: context.form, context: context)
            return .page(sheet.page, status: 422)
        }
        if let language = try LanguageRoutes.asked(context) { return .language(language, then: place.own.path) }
        return try next(place.renewed(context.application()), edits, context)
    }

    /// Rows that are wrong are kept too, but do not lead on. Nor do columns that were left out before somebody was told.
    private static func next(
        _ place: RosterPlace, _ edits: RosterEdits, _ context: Context
    ) throws -> Reply {
        let leftOut = edits.leftOut
        let wantsOn = context.form["then"] == "next"
        let problem = wantsOn ? try place.problem(context) : nil
        guard problem == nil, leftOut.isEmpty else {
            var sheet = RosterSheet(place: place, problem: problem, typed: nil, context: context)
            sheet.leftOut = leftOut
            return .page(sheet.page, status: problem == nil ? 200 : 422)
        }
        return wantsOn ? .redirect(place.next) : here(place, edits, context)
    }

    /// Back to where the reader was, with what became of the rows.
    private static func here(_ place: RosterPlace, _ edits: RosterEdits, _ context: Context) -> Reply {
        let rows = place.rows
        let count = rows.rows.count
        let faulty = place.field.checked(rows, today: context.now.day).problems
        let page = context.request.head.query["halaman"].flatMap { Int($0) } ?? 1
        let link = place.list(max(1, page)).path
        let then = context.form["then"]
        if then == nil, context.form["hapus"] != nil {
            return .place("\(link)#daftar", notice: .rowRemoved, counts: [count])
        }
        // Somebody who types a list row by row is stopped by a row that is wrong, and not by one before it.
        let isAdding = then == "add"
        if isAdding ? faulty[count - 1] != nil : !faulty.isEmpty {
            return .place(link, notice: .rowsToMend, counts: [count, faulty.count])
        }
        let imported = edits.importedCount
        if imported > 0 { return .place(link, notice: .rowsImported, counts: [count, 0, imported]) }
        return isAdding
            ? .place("\(link)#tambah", notice: .rowAdded, counts: [count]) : .place(link, notice: place.saved)
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
