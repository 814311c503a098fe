/// The line of a table that names its columns.
struct TableHead {
    /// Keys of the columns in their order, nil for one that nobody asked for.
    var keys: [String?]
    /// What stands in the line.
    var titles: [String]
    /// Index of a column of running numbers.
    var runningNumbers: Int?

    /// Titles, the group's name and the like stand above it.
    private static let mostLinesAbove = 4

    /// - Returns: Nil when the lines are all data; `next` is the first line below the head.
    static func find(in lines: [DelimitedText.Line], columns: [FieldDefinition]) -> (head: TableHead, next: Int)? {
        let names = columns.map(ColumnNames.init)
        for index in lines.indices.prefix(mostLinesAbove + 1) {
            guard let head = TableHead(lines[index].cells, columns: names) else { continue }
            let filled = lines[index].cells.count { !$0.isEmpty }
            // What is as full as the head is no title but somebody's line.
            let isFirst = lines[..<index].allSatisfy { $0.cells.count { !$0.isEmpty } < filled }
            return isFirst ? (head, index + 1) : nil
        }
        return nil
    }

    /// Nil for a line of data.
    private init?(_ cells: [String], columns: [ColumnNames]) {
        guard !cells.contains(where: Self.isData) else { return nil }
        titles = cells
        keys = cells.map { _ in nil }
        var free = columns
        func take(_ index: Int, where matches: (ColumnNames) -> Bool) {
            guard keys[index] == nil, let place = free.firstIndex(where: matches) else { return }
            keys[index] = free.remove(at: place).key
        }
        // Whole names first: `Nomor` begins many a name.
        for index in cells.indices { take(index) { $0.isNamed(cells[index]) } }
        let exact = keys.count { $0 != nil }
        runningNumbers = cells.indices.first { keys[$0] == nil && ColumnNames.isRunningNumber(cells[$0]) }
        for index in cells.indices where index != runningNumbers { take(index) { $0.isMeant(by: cells[index]) } }
        let found = keys.count { $0 != nil }
        let filled = cells.count { !$0.isEmpty }
        let isHead =
            found >= 2 && (exact > 0 || found * 2 >= columns.count)
            || exact == 1 && (filled == 1 || filled == 2 && runningNumbers != nil)
        guard isHead else { return nil }
    }

    /// Numbers, dates and addresses name no column; `No. HP 1` does.
    private static func isData(_ cell: String) -> Bool {
        let digits = cell.utf8.count { (48...57).contains($0) }
        return cell.contains("@") || digits >= 5 || digits > 0 && !cell.contains(where: \.isLetter)
    }
}

/// By which words a column of a table may be called.
struct ColumnNames {
    let key: String
    private let label: String
    let names: Set<String>

    init(_ column: FieldDefinition) {
        key = column.key
        label = Self.folded(column.label)
        let all = [column.key, column.label] + (column.aliases ?? [])
        names = Set(all.flatMap(Self.spellings) + [Self.folded(column.key), label])
    }

    /// `NAMA LENGKAP`, `N.I.M.`, `No. HP`
    func isNamed(_ title: String) -> Bool {
        names.contains(Self.folded(title)) || !names.isDisjoint(with: Self.spellings(title))
    }

    /// `Nama mahasiswa`, `Prodi/Jurusan`, `No. HP 1`, `Program studi`: begins with a name, or is the beginning of the
    /// label.
    func isMeant(by title: String) -> Bool {
        let words = title.split { !$0.isLetter && !$0.isNumber }
        let isLonger = words.indices.contains { isNamed(words[...$0].joined(separator: " ")) }
        let title = Self.folded(title)
        return isLonger || title.utf8.count >= 3 && label.hasPrefix(title)
    }

    /// `No`, `No. urut`, `#`
    static func isRunningNumber(_ title: String) -> Bool {
        title == "#" || ["no", "nr", "nomor", "num", "number", "urut", "nourut", "nomorurut"].contains(folded(title))
    }

    /// Without case, dots and blanks; also without the `No.` or `Nomor` before it.
    static func spellings(_ name: String) -> [String] {
        let folded = folded(name)
        let short = ["nomor", "no"].first(where: folded.hasPrefix).map { String(folded.dropFirst($0.count)) }
        return [folded, short ?? ""].filter { $0.utf8.count >= 2 && !isRunningNumber($0) }
    }

    private static func folded(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
}
