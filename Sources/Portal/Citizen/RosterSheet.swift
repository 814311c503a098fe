import HTTPServer
import Pages
import Permits

/// The page of a group's rows: those to mend first, a blank one, a place for a table, then the list.
struct RosterSheet {
    static let pageLength = 20
    private static let blankProblem = FieldProblem("", "rosterBlank").key
    /// What stands beside the box for a table.
    private static let tableProblems = ["rosterUnreadable", "rosterNothing", "tooManyRows"].map {
        FieldProblem("", $0).key
    }

    let place: RosterPlace
    /// Of the group as a whole.
    let problem: FieldProblem?
    /// The form that could not be kept, or what was left in its inputs; nil when the rows as they are kept are shown.
    let typed: FormFields?
    let context: Context
    /// Columns of a table that were not taken just now.
    var leftOut: [GroupImport.LeftOut] = []

    private var texts: Texts { context.texts }
    private var field: FieldDefinition { place.field }

    var page: RosterForm {
        let checked = field.checked(place.rows, today: context.now.day)
        let pages = max(1, (checked.rows.count + Self.pageLength - 1) / Self.pageLength)
        let query = context.request.head.query
        let page = max(1, min(pages, query["halaman"].flatMap { Int($0) } ?? 1))
        let faulty = checked.problems.keys.sorted()
        let chosen = ([query["baris"].flatMap { Int($0) }].compactMap { $0 } + openBefore).map { $0 - 1 }
        let openRows = (faulty.prefix(RosterEdits.mostOpen) + chosen.filter(checked.rows.indices.contains)).unique
        let open = openRows.map { row($0, checked) }
        let paste = paste
        var form = RosterForm(
            reference: place.application.reference.description, kind: place.application.type.name, title: place.title,
            progress: place.progress(texts), remark: place.remark, hint: field.hint, action: place.form(page).path,
            typing: TypingModel(place.typing, in: place.section, of: place.application, context),
            backPath: place.previous.path, count: count(checked),
            open: open, openHeading: texts(faulty.isEmpty ? "roster.change" : "roster.open"),
            moreOpen: faulty.count > RosterEdits.mostOpen
                ? texts("roster.more", ["count": "\(faulty.count - RosterEdits.mostOpen)"]) : nil,
            blank: blank, columns: (field.columns ?? []).map(\.label),
            rows: checked.rows.indices.dropFirst((page - 1) * Self.pageLength).prefix(Self.pageLength).map {
                line($0, checked, page: page)
            },
            pager: pages == 1
                ? nil
                : Pager(
                    number: page, previousPath: page > 1 ? listPath(page - 1) : nil,
                    nextPath: page < pages ? listPath(page + 1) : nil),
            paste: paste, fileName: RosterEdits.fileName,
            leftOut: leftOut.isEmpty ? nil : texts("roster.leftOut", ["columns": leftOut.named(texts)]),
            problems: summary(paste, open))
        if problem == nil {
            let notice = Cookies.notice(context.request.head, texts: texts, context.site)
            form.added = news == .rowAdded ? notice : nil
            form.removed = news == .rowRemoved ? notice : nil
        }
        return form
    }

    private var news: NoticeText? { Cookies.notice(context.request.head, context.site) }

    private func listPath(_ page: Int) -> String {
        "\(place.list(page).path)#daftar"
    }

    /// Numbers of the rows that stood open on the form that is shown again.
    private var openBefore: [Int] {
        (typed?.names ?? []).compactMap { name in
            name.hasPrefix("b") && name.hasSuffix(".cap") ? Int(name.dropFirst().dropLast(4)) : nil
        }
    }

    /// `500 baris, 3 perlu dibetulkan`
    private func count(_ checked: CheckedGroup) -> String { field.counted(checked, texts) }

    private func row(_ index: Int, _ checked: CheckedGroup) -> RosterRow {
        let row = checked.rows[index]
        let problems = checked.problems[index] ?? []
        let own = problems.filter { $0.field == field.key }.map { texts.problem($0) }
        let number = "\(index + 1)"
        return RosterRow(
            id: "b\(number)",
            legend: texts("roster.row", ["row": number]),
            source: row.source, error: own.isEmpty ? nil : own.joined(separator: " "),
            fields: fields(prefix: "b\(number)", cells: row.cells, problems: problems), stampName: "b\(number).cap",
            stamp: row.fingerprint, removal: "\(number)-\(row.fingerprint)")
    }

    /// What the new row of an empty list begins with: the applicant, who belongs in it.
    private var offered: [String: String] {
        typed == nil && place.rows.rows.isEmpty ? place.ownRow?.cells ?? [:] : [:]
    }

    private var blank: RosterRow {
        RosterRow(
            id: "baru", legend: texts("roster.blank"), fields: fields(prefix: "baru", cells: offered, problems: []))
    }

    private func fields(prefix: String, cells: [String: String], problems: [FieldProblem]) -> [FieldModel] {
        (field.columns ?? []).map { column in
            var model = FieldModel(
                column, value: typed?["\(prefix).\(column.key)"] ?? cells[column.key] ?? "",
                problem: problems.first { $0.field == column.key }, today: context.now.day, texts: texts)
            model.name = "\(prefix).\(column.key)"
            model.id = FieldModel.identifier(model.name)
            for option in model.options.indices.dropFirst() { model.options[option].id = "\(model.id)-\(option + 1)" }
            if !model.options.isEmpty { model.options[0].id = model.id }
            return model
        }
    }

    private func line(_ index: Int, _ checked: CheckedGroup, page: Int) -> RosterLine {
        let row = checked.rows[index]
        let cells = (field.columns ?? []).map { column in
            RosterCell(label: column.label, value: column.shown(row.cells[column.key] ?? "", texts))
        }
        return RosterLine(
            number: "\(index + 1)", name: cells.first?.value ?? "", cells: Array(cells.dropFirst()),
            isFaulty: checked.problems[index] != nil,
            editPath: "\(place.row(index + 1, page: page).path)#b\(index + 1)",
            removal: "\(index + 1)-\(row.fingerprint)")
    }

    /// The box for a table. Problems of the whole group stand beside it.
    private var paste: FieldModel {
        let columns = (field.columns ?? []).map(\.label).joined(separator: ", ")
        let isOfTable = problem.map { Self.tableProblems.contains($0.key) } == true
        var model = FieldModel(
            .textarea(rows: 6), name: RosterEdits.pasteName, label: texts("roster.paste"),
            value: typed?[RosterEdits.pasteName] ?? "", hint: texts("roster.columns", ["columns": columns]),
            error: isOfTable ? problem.map { texts.problem($0) } : nil, isRequired: false)
        model.id = FieldModel.identifier(field.key)
        return model
    }

    /// What is wrong with the group as a whole, or with the rows that stand open, each linked to the input.
    private func summary(_ paste: FieldModel, _ open: [RosterRow]) -> ProblemSummary? {
        if paste.error != nil { return ProblemSummary(fields: [paste]) }
        guard problem != nil || news == .rowsToMend else { return nil }
        let faults = open.flatMap(faults)
        if !faults.isEmpty, problem?.key != Self.blankProblem { return ProblemSummary(items: faults) }
        return problem.map { problem in
            let target = blank.fields.first.map { "#\($0.id)" } ?? "#tambah"
            return ProblemSummary(items: [ProblemItem(text: texts.problem(problem), target: target)])
        }
    }

    private func faults(of row: RosterRow) -> [ProblemItem] {
        func item(_ fault: String, _ id: String) -> ProblemItem {
            ProblemItem(
                text: texts("roster.fault", ["row": "\(row.id.dropFirst())", "fault": fault]), target: "#\(id)")
        }
        let own = row.error.map { item($0, row.fields.first?.id ?? row.id) }
        return [own].compactMap { $0 } + row.fields.compactMap { field in field.error.map { item($0, field.id) } }
    }
}

extension Array where Element: Hashable {
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

extension FieldDefinition {
    /// `500 baris, 3 perlu dibetulkan`
    func counted(_ checked: CheckedGroup, _ texts: Texts) -> String {
        let rows = texts("roster.count", ["count": "\(checked.rows.count)", "max": "\(maximumRows)"])
        if checked.problems.isEmpty { return rows }
        return "\(rows), \(texts("roster.toMend", ["count": "\(checked.problems.count)"]))"
    }
}
