/// Rows of a table that was pasted or sent as a file, and which of its columns found no question.
///
/// Columns go by the head where there is one, else by their order; a column of running numbers is passed over, and numbers
/// that stand where names belong change places with them.
public struct GroupImport: Equatable, Sendable {
    public struct LeftOut: Equatable, Sendable {
        /// As it stands in the head; empty when nothing does.
        public var title: String
        /// Counted from 1.
        public var number: Int
    }

    public private(set) var rows: [GroupRows.Row] = []
    /// Columns with something in them that nobody asked for.
    public private(set) var leftOut: [LeftOut] = []

    public init(_ table: DelimitedText, columns: [FieldDefinition]) {
        let found = TableHead.find(in: table.lines, columns: columns)
        let lines = table.lines[(found?.next ?? 0)...]
        let head = found?.head
        let isNumbered = head == nil && columns.first?.kind != .number && Self.areNumbered(lines)
        let order: [String?] = head?.keys ?? columns.map { Optional($0.key) }
        let table = lines.map { line in
            var cells = line.cells.map(TypedText.withoutTextMark)
            if isNumbered, Self.runningNumber(cells[0]) != nil { cells.removeFirst() }
            return cells
        }
        let swap = head == nil ? NameSwap(table, columns: columns) : nil
        rows = zip(lines, table).map { line, cells in
            var cells = swap?.mended(cells) ?? cells
            while cells.count > order.count, cells.last?.isEmpty == true { cells.removeLast() }
            var row = GroupRows.Row(cells: [:], line: line.number, source: TypedText.visible(line.raw))
            for (cell, key) in zip(cells, order) {
                if let key { row.cells[key] = cell }
            }
            if cells.count > order.count {
                row.cellCount = cells.count
                // Nothing is dropped: whoever mends the row sees what was too much.
                if row.isEmpty, let first = columns.first { row.cells[first.key] = line.raw }
            }
            return row
        }
        guard let head else { return }
        leftOut = order.indices.compactMap { index in
            guard order[index] == nil, index != head.runningNumbers else { return nil }
            let cells = lines.compactMap { $0.cells.indices.contains(index) ? $0.cells[index] : nil }
            let isRunning =
                head.titles[index].isEmpty && cells.allSatisfy { $0.isEmpty || Self.runningNumber($0) != nil }
            guard !isRunning, cells.contains(where: { !$0.isEmpty }) else { return nil }
            return LeftOut(title: head.titles[index], number: index + 1)
        }
    }

    /// Whether nearly all lines begin with their running number; a bad line does not change what the others are.
    private static func areNumbered(_ lines: ArraySlice<DelimitedText.Line>) -> Bool {
        let numbers = lines.compactMap { $0.cells.count > 1 ? runningNumber($0.cells[0]) : nil }
        let isRising = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        return !numbers.isEmpty && isRising && numbers.count * 10 >= lines.count * 8
    }

    private static func runningNumber(_ cell: String) -> Int? {
        let digits = cell.hasSuffix(".") ? String(cell.dropLast()) : cell
        return digits.isAllDigits && digits.utf8.count <= 4 ? Int(digits) : nil
    }
}

extension GroupRows {
    public init(table: DelimitedText, columns: [FieldDefinition]) {
        self.init(rows: GroupImport(table, columns: columns).rows)
    }
}
