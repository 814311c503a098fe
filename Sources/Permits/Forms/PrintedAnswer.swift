extension FieldDefinition {
    /// A stored answer in words, as letters print it.
    public func printed(_ raw: String) -> String {
        switch kind {
        case .date: Day(typed: raw).map(IndonesianText.date) ?? raw
        case .dateRange: DayRange(raw).map(IndonesianText.range) ?? raw
        // What counts nothing, such as a year, has no thousands.
        case .number: suffix.flatMap { suffix in Int(raw).map { IndonesianText.counted($0, suffix) } } ?? raw
        case .multiChoice: IndonesianText.list(raw.split(separator: "\n").map(String.init))
        case .district: places?.first { $0.code == raw }?.printed ?? raw
        case .phone: ContactChecks.domestic(raw)
        case .group: GroupRows(stored: raw).map { IndonesianText.counted($0.rows.count, suffix ?? "orang") } ?? raw
        default: raw
        }
    }

    /// The rows of a group, each in a line: `1. Siti Aminah, 190501023`.
    /// - Parameter shown: a cell that is filled in, in words.
    public func lines(_ raw: String, shown: (FieldDefinition, String) -> String = { $0.printed($1) }) -> [String] {
        (GroupRows(stored: raw)?.rows ?? []).enumerated().map { index, row in
            let cells = (columns ?? []).compactMap { column in
                row.cells[column.key].flatMap { $0.isEmpty ? nil : shown(column, $0) }
            }
            return "\(index + 1). \(cells.joined(separator: ", "))"
        }
    }
}
