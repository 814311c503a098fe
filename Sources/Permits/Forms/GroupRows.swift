import Foundation

/// The answer to a repeated group: rows of cells by column key, in the order of the applicant.
///
/// Stored as JSON, an array of objects key -> text. A row that came from a file or a paste and is not right yet also
/// carries where it came from, under names that no column can have: `#` its line, `*` that line as it was, `+` how many
/// cells it had when that is not the number of columns.
public struct GroupRows: Equatable, Sendable {
    public struct Row: Equatable, Sendable {
        public var cells: [String: String]
        public var line: Int?
        public var source: String?
        public var cellCount: Int?

        public init(cells: [String: String], line: Int? = nil, source: String? = nil, cellCount: Int? = nil) {
            self.cells = cells
            self.line = line
            self.source = source
            self.cellCount = cellCount
        }

        public var isEmpty: Bool { cells.values.allSatisfy(\.isEmpty) }

        /// Whether nothing can be seen in it.
        var isBlank: Bool { cells.values.allSatisfy { TypedText.cleaned($0, keepingLines: false).isEmpty } }

        /// Tells this content from another (FNV-1a), so that a form does not change a row that moved meanwhile.
        public var fingerprint: String {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            let filled = cells.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
            for byte in filled.map({ "\($0.key)=\($0.value)\n" }).joined().utf8 {
                hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
            }
            return String(hash, radix: 36)
        }
    }

    public var rows: [Row]

    public init(rows: [Row] = []) { self.rows = rows }

    /// Reads the stored form; else a table as it is pasted or as a CSV file holds it.
    public init(_ text: String, columns: [FieldDefinition]) {
        self = GroupRows(stored: text) ?? GroupRows(table: DelimitedText(text), columns: columns)
    }

    /// Nil for what is no array of objects of texts.
    public init?(stored text: String) {
        guard let data = text.data(using: .utf8),
            let objects = try? JSONDecoder().decode([[String: String]].self, from: data)
        else { return nil }
        rows = objects.map { object in
            Row(
                cells: object.filter { !Self.reserved.contains($0.key) }, line: object["#"].flatMap { Int($0) },
                source: object["*"], cellCount: object["+"].flatMap { Int($0) })
        }
    }

    private static let reserved: Set<String> = ["#", "*", "+"]

    public var stored: String {
        guard !rows.isEmpty else { return "" }
        let objects = rows.map { row in
            var object = row.cells
            if let line = row.line { object["#"] = String(line) }
            if let source = row.source { object["*"] = source }
            if let count = row.cellCount { object["+"] = String(count) }
            return object
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(objects)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

/// A group after its check: cells in stored form where they are well formed, as typed where not.
public struct CheckedGroup: Equatable, Sendable {
    public var rows: [GroupRows.Row]
    /// What is wrong, by index of the row; each names its column as its field.
    public var problems: [Int: [FieldProblem]]
}

extension FieldDefinition {
    /// No roster of one application is longer.
    static let mostRows = 500

    public var maximumRows: Int { max ?? Self.mostRows }

    /// Checks every row by itself; rows without a cell are left out.
    public func checked(_ group: GroupRows, today: Day) -> CheckedGroup {
        var checked = CheckedGroup(rows: [], problems: [:])
        var seen: [String: Int] = [:]
        for typed in group.rows where !typed.isBlank {
            let index = checked.rows.count
            var row = typed
            var problems: [FieldProblem] = []
            row.cells = [:]
            for column in columns ?? [] {
                let raw = typed.cells[column.key] ?? ""
                switch column.check(raw, today: today) {
                case .success("") where column.isRequired:
                    row.cells[column.key] = ""
                    problems.append(column.missingProblem)
                case .success(let value):
                    row.cells[column.key] = value
                    guard column.isUnique == true, !value.isEmpty else { continue }
                    if let first = seen["\(column.key) \(value.lowercased())"] {
                        let values = ["label": column.called, "row": "\(first + 1)"]
                        problems.append(FieldProblem(column.key, "duplicateCell", values))
                    } else {
                        seen["\(column.key) \(value.lowercased())"] = index
                    }
                case .failure(let problem):
                    // Only what could break the page that shows it is taken out.
                    row.cells[column.key] = TypedText.cleaned(raw, keepingLines: false)
                    problems.append(problem)
                }
            }
            if let count = typed.cellCount {
                let values = ["count": "\(count)", "columns": "\(columns?.count ?? 0)"]
                problems.append(FieldProblem(key, "rowColumns", values))
            }
            if problems.isEmpty {
                (row.line, row.source, row.cellCount) = (nil, nil, nil)
            } else {
                checked.problems[index] = problems
            }
            checked.rows.append(row)
        }
        return checked
    }

    /// Whether somebody stands in one of the rows: by a number that no two of them share, else by name.
    public func lists(_ person: GroupRows.Row, in rows: [GroupRows.Row]) -> Bool {
        func isSame(_ column: FieldDefinition, _ row: GroupRows.Row) -> Bool {
            let (one, other) = (row.cells[column.key] ?? "", person.cells[column.key] ?? "")
            return !other.isEmpty && TypedText.cleaned(one, keepingLines: false).lowercased() == other.lowercased()
        }
        let telling = (columns ?? []).filter { $0.isUnique == true || $0.isPersonName }
        let numbers = telling.filter { $0.isUnique == true && person.cells[$0.key]?.isEmpty == false }
        return rows.contains { row in (numbers.isEmpty ? telling : numbers).contains { isSame($0, row) } }
    }

    /// All of it must be right: what is handed in.
    func checkGroup(_ raw: String, today: Day) -> Result<String, FieldProblem> {
        let checked = checked(GroupRows(raw, columns: columns ?? []), today: today)
        guard !checked.rows.isEmpty else { return .success("") }
        guard checked.rows.count <= maximumRows else { return tooManyRows(checked.rows.count) }
        if !checked.problems.isEmpty {
            let numbers = checked.problems.keys.sorted().map { "\($0 + 1)" }
            let named = numbers.prefix(10).joined(separator: ", ") + (numbers.count > 10 ? ", ..." : "")
            return fail("groupRows", ["count": "\(numbers.count)", "rows": named])
        }
        if let min, checked.rows.count < min {
            return fail("tooFewRows", ["min": "\(min)", "count": "\(checked.rows.count)"])
        }
        return .success(GroupRows(rows: checked.rows).stored)
    }

    func tooManyRows(_ count: Int) -> Result<String, FieldProblem> {
        fail("tooManyRows", ["max": "\(maximumRows)", "count": "\(count)"])
    }
}
