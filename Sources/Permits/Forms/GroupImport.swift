extension GroupRows {
    /// Rows of a pasted or exported table. Columns go by the head row where there is one, else by their order; a
    /// column of running numbers before them is passed over.
    public init(table: DelimitedText, columns: [FieldDefinition]) {
        var lines = table.lines[...]
        let head = lines.first.flatMap { Self.head($0.cells, columns: columns) }
        if head != nil { lines.removeFirst() }
        let isNumbered = head == nil && columns.first?.kind != .number && Self.areNumbered(lines)
        rows = lines.map { line in
            var cells = line.cells
            if isNumbered, Self.runningNumber(cells[0]) != nil { cells.removeFirst() }
            while cells.count > (head?.count ?? columns.count), cells.last?.isEmpty == true { cells.removeLast() }
            let order: [String?] = head ?? columns.map { Optional($0.key) }
            var row = Row(cells: [:], line: line.number, source: line.raw)
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
    }

    /// Keys of the columns in the order of the head row, nil for a column that nobody asked for. Nil for a line of data.
    private static func head(_ cells: [String], columns: [FieldDefinition]) -> [String?]? {
        guard !cells.contains(where: { $0.utf8.contains { (48...57).contains($0) } }) else { return nil }
        var order: [String?] = []
        for cell in cells {
            let column = columns.first { !order.contains($0.key) && names($0, cell) }
            order.append(column?.key)
        }
        let found = order.count { $0 != nil }
        let isHead =
            columns.count > 1
            ? found >= 2 && found * 2 >= columns.count
            : cells.count == 1 && columns.first.map { folded($0.label) == folded(cells[0]) } == true
        return isHead ? order : nil
    }

    /// `Nama`, `NAMA LENGKAP` and `Nama mahasiswa` all name the column `nama`.
    private static func names(_ column: FieldDefinition, _ cell: String) -> Bool {
        let cell = folded(cell)
        guard cell.utf8.count >= 2 else { return false }
        let (key, label) = (folded(column.key), folded(column.label))
        return cell == key || label.hasPrefix(cell) || (key.utf8.count >= 3 && cell.hasPrefix(key))
    }

    private static func folded(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }

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
