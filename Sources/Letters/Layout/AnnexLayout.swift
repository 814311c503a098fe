import Permits

extension LetterComposer {
    /// Whose annex it is, its title, and the table. A row of the table is never split.
    mutating func addAnnex(_ annex: AnnexTable) throws(LetterError) {
        let section = tree.add(.section, to: tree.root)
        let start = rows.count
        try addAnnexHead(annex, section: section)
        let grid = AnnexGrid(annex.columns)
        let table = tree.add(.table, to: section)
        let head = tree.add(.tableHead, to: table)
        try addHeadRow(annex, grid: grid, to: tree.add(.row, to: head))
        guard rows.count > start, let headRow = rows.last else { return }
        rows[start].startsPage = true
        let repeated = repeats(headRow)
        let body = tree.add(.tableBody, to: table)
        let style = TextStyle(size: grid.size)
        for texts in annex.rows {
            let element = tree.add(.row, to: body)
            var row = try annexRow(texts, grid: grid, style: style, cell: .cell, parent: element)
            row.head = repeated
            rows.append(row)
        }
    }

    private mutating func addAnnexHead(_ annex: AnnexTable, section: ElementID) throws(LetterError) {
        let left = Measures.textWidth * 0.5
        for line in annex.lines {
            let element = tree.add(.paragraph, to: section)
            append(
                try typesetter.paragraph(
                    line, TextStyle(size: Measures.annexSize), x: left, width: Measures.textWidth - left, leading: 1.25,
                    element: element))
        }
        let title = tree.add(.heading, to: section)
        append(
            try typesetter.paragraph(
                annex.title, bold, width: Measures.textWidth, alignment: .centre, leading: 1.35, before: 14,
                element: title))
        addSpace(6)
        keepEnd(rows: rows.count)
    }

    private mutating func addHeadRow(_ annex: AnnexTable, grid: AnnexGrid, to element: ElementID) throws(LetterError) {
        let style = TextStyle(face: .bold, size: grid.size)
        var row = try annexRow(
            annex.columns.map(\.label), grid: grid, style: style, cell: .columnHead, parent: element, isHead: true)
        row.keepsNext = true
        rows.append(row)
    }

    private mutating func annexRow(
        _ texts: [String], grid: AnnexGrid, style: TextStyle, cell: Tag, parent: ElementID, isHead: Bool = false
    ) throws(LetterError) -> Row {
        var row = Row(height: 0, hint: String(texts.joined(separator: " ").prefix(40)))
        var lines = 1
        for (index, width) in grid.widths.enumerated() {
            let element = tree.add(cell, to: parent)
            let text = index < texts.count ? texts[index] : ""
            let x = grid.edges[index] + AnnexGrid.padding
            let set = try typesetter.lines(text, style, width: width - AnnexGrid.padding * 2)
            lines = max(lines, set.count)
            for (number, line) in set.enumerated() {
                let y = AnnexGrid.inset + Double(number) * grid.lineHeight + grid.baseline
                row.items.append(Row.Item(x: x, y: y, content: .text(line), element: element))
            }
        }
        row.height = Double(lines) * grid.lineHeight + AnnexGrid.inset * 2
        let frame = Row.Content.grid(columns: grid.edges, height: row.height, top: isHead)
        row.items.append(Row.Item(x: 0, y: 0, content: frame, element: nil))
        return row
    }
}

/// Columns of an annex in points.
private struct AnnexGrid {
    static let padding = 4.0
    static let inset = 3.0
    private static let leading = 1.2

    let widths: [Double]
    /// Of the lines between columns, from the left edge of the text.
    let edges: [Double]
    /// Many columns are set smaller.
    let size: Double

    init(_ columns: [AnnexTable.Column]) {
        let shares = columns.map { $0.width.isFinite && $0.width > 0 ? $0.width : 1 }
        let total = shares.reduce(0, +)
        widths = shares.map { $0 / total * Measures.textWidth }
        edges = widths.reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1) }
        size = columns.count > 5 ? Measures.smallSize : Measures.annexSize
    }

    var lineHeight: Double { size * Self.leading }
    var baseline: Double { Typesetter.baseline(size: size, leading: Self.leading) }
}
