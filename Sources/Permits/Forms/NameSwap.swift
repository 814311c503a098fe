/// A table without a head whose first two columns stand the other way round: the number of a person before the name.
struct NameSwap {
    /// Indices of the column of names and of that of numbers.
    private let name: Int
    private let number: Int
    private let numbers: FieldDefinition

    /// Nil when the lines are no such table: no line may be right as it stands, and most must be right when swapped.
    init?(_ lines: [[String]], columns: [FieldDefinition]) {
        guard let name = columns.firstIndex(where: \.isPersonName),
            let number = columns.firstIndex(where: { [.studentNumber, .nik].contains($0.kind) })
        else { return nil }
        (self.name, self.number, numbers) = (name, number, columns[number])
        let swapped = lines.count { isSwapped($0) }
        guard swapped * 2 > lines.count, !lines.contains(where: isInOrder) else { return nil }
    }

    /// Only a line that is better for it.
    func mended(_ cells: [String]) -> [String] {
        guard isSwapped(cells) else { return cells }
        var cells = cells
        while cells.count <= max(name, number) { cells.append("") }
        cells.swapAt(name, number)
        return cells
    }

    /// A line with a number only has no name, and is told so; the number stays a number.
    private func isSwapped(_ cells: [String]) -> Bool {
        let other = cell(number, of: cells)
        return isNumber(cell(name, of: cells)) && (other.isEmpty || isName(other))
    }

    private func isInOrder(_ cells: [String]) -> Bool {
        isName(cell(name, of: cells)) && !isName(cell(number, of: cells))
    }

    private func isName(_ cell: String) -> Bool {
        cell.contains(where: \.isLetter) && !cell.contains(where: \.isNumber)
    }

    private func isNumber(_ cell: String) -> Bool {
        guard !cell.contains(where: \.isLetter), case .success(let number) = numbers.check(cell, today: Day(ordinal: 0))
        else { return false }
        return !number.isEmpty
    }

    private func cell(_ index: Int, of cells: [String]) -> String { cells.indices.contains(index) ? cells[index] : "" }
}
