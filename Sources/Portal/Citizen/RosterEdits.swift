import HTTPServer
import Permits

/// What a form did to the rows of a group. Names of its inputs: `baru.KEY` for the blank row, `b17.KEY` for row 17 with
/// `b17.cap` saying which content it was, `hapus` = `17-cap`, `tempel` and `daftar` for a table, `ganti` to begin anew.
struct RosterEdits {
    static let pasteName = "tempel"
    static let fileName = "daftar"
    /// Each weighs as much as six rows of the list.
    static let mostOpen = 3

    /// What is done once, when the form is sent, and not left for later.
    private static let acts = ["hapus", "ganti", "then", "csrf"]

    let field: FieldDefinition
    let form: FormFields
    /// The table of the file, when one was sent and can be read.
    var fileText: String?

    /// The applicant's own row, as it was offered in an empty list.
    var offered: GroupRows.Row?

    private var columns: [FieldDefinition] { field.columns ?? [] }

    /// What stands in the inputs, to be kept until the form is sent.
    static func inputs(of form: FormFields) -> [String: String] {
        let kept = form.pairs.filter { !acts.contains($0.name) && !$0.name.hasPrefix("draf.") }
        return Dictionary(kept.map { ($0.name, $0.value) }) { first, _ in first }
    }

    /// What was left in the inputs, without that of rows that have become others since.
    static func left(at place: RosterPlace) -> FormFields? {
        let inputs = place.application.inputs(of: place.section)
        guard !inputs.isEmpty else { return nil }
        let rows = place.rows.rows
        let kept = inputs.filter { name, _ in
            let parts = name.split(separator: ".")
            guard parts.count == 2, parts[0].hasPrefix("b"), let number = Int(parts[0].dropFirst()) else { return true }
            return rows.indices.contains(number - 1) && inputs["b\(number).cap"] == rows[number - 1].fingerprint
        }
        return FormFields(kept.map { (name: $0.key, value: $0.value) })
    }

    /// The rows afterwards. Doing the same twice, as a double click does, changes nothing more.
    /// - Throws: `conflict` when a row has become another meanwhile.
    func applied(to before: GroupRows) throws(PermitError) -> GroupRows {
        var rows = try changed(before.rows)
        let removed = removed(before.rows)
        rows = rows.indices.filter { !removed.contains($0) }.map { rows[$0] }
        let imported = imports.flatMap(\.rows)
        if form["ganti"] != nil, !imported.isEmpty { rows = [] }
        append(imported, to: &rows)
        let blank = GroupRows.Row(cells: cells(prefix: "baru"))
        if let offered, isSame(blank.cells, offered.cells) {
            // Nobody typed it. It comes first, unless the table has it.
            if !field.lists(blank, in: rows) { rows.insert(blank, at: 0) }
        } else if !blank.isEmpty {
            append([blank], to: &rows)
        }
        return GroupRows(rows: rows)
    }

    /// Asked to take the new row in, and it is empty.
    var addsNothing: Bool {
        form["then"] == "add" && GroupRows.Row(cells: cells(prefix: "baru")).isEmpty
            && imports.allSatisfy(\.rows.isEmpty)
    }

    /// How many rows the tables hold.
    var importedCount: Int { imports.reduce(0) { $0 + $1.rows.count } }

    /// Asked to take a table in, or to replace the list by one, and there is no row in it.
    var readsNothing: Bool {
        let isAsked =
            form["then"] == "import" || form["ganti"] != nil || fileText != nil
            || !TypedText.cleaned(form[Self.pasteName] ?? "", keepingLines: false).isEmpty
        return isAsked && importedCount == 0
    }

    /// Indices of the rows to remove. One that is gone already, or has become another, is left alone.
    private func removed(_ rows: [GroupRows.Row]) -> Set<Int> {
        var removed: Set<Int> = []
        for value in form.all("hapus") {
            let parts = value.split(separator: "-")
            guard parts.count == 2, let number = Int(parts[0]), rows.indices.contains(number - 1),
                rows[number - 1].fingerprint == parts[1]
            else { continue }
            removed.insert(number - 1)
        }
        return removed
    }

    /// The tables of the paste and of the file.
    private var imports: [GroupImport] {
        [form[Self.pasteName] ?? "", fileText ?? ""].map { GroupImport(DelimitedText($0), columns: columns) }
    }

    /// Columns of them that are not taken.
    var leftOut: [GroupImport.LeftOut] { imports.flatMap(\.leftOut) }

    private func changed(_ before: [GroupRows.Row]) throws(PermitError) -> [GroupRows.Row] {
        var rows = before
        // A second click on what removed rows: those after them have moved up.
        let isRepeated = form["hapus"] != nil && removed(before).isEmpty
        for name in form.names where !isRepeated {
            guard name.hasPrefix("b"), name.hasSuffix(".cap"), let number = Int(name.dropFirst().dropLast(4)) else {
                continue
            }
            let cells = cells(prefix: "b\(number)")
            guard rows.indices.contains(number - 1) else { continue }
            if isSame(rows[number - 1].cells, cells) {
                // Saved as it is: whoever did has seen what was too much.
                if form["then"] == "stay" { rows[number - 1].cellCount = nil }
                continue
            }
            guard rows[number - 1].fingerprint == form[name] else {
                throw .conflict("conflict.rosterChanged")
            }
            rows[number - 1].cells = cells
            rows[number - 1].cellCount = nil
        }
        return rows
    }

    private func cells(prefix: String) -> [String: String] {
        var cells: [String: String] = [:]
        for column in columns {
            cells[column.key] = TypedText.cleaned(form["\(prefix).\(column.key)"] ?? "", keepingLines: false)
        }
        return cells
    }

    /// Not what already stands at the end.
    private func append(_ more: [GroupRows.Row], to rows: inout [GroupRows.Row]) {
        let isThere =
            more.count <= rows.count && zip(rows.suffix(more.count), more).allSatisfy { isSame($0.cells, $1.cells) }
        if !isThere { rows += more }
    }

    /// Also when one is as typed and the other as kept: `0812...` and `62812...`.
    private func isSame(_ one: [String: String], _ other: [String: String]) -> Bool {
        columns.allSatisfy { column in
            let (one, other) = (one[column.key] ?? "", other[column.key] ?? "")
            return one == other || stored(column, one) == stored(column, other)
        }
    }

    private func stored(_ column: FieldDefinition, _ raw: String) -> String {
        if case .success(let value) = column.check(raw, today: Day(ordinal: 0)) { return value }
        return TypedText.cleaned(raw, keepingLines: false)
    }
}
