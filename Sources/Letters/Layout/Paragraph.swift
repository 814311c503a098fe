enum Alignment {
    case left
    case centre
    case right
}

/// Lines of one text at a place of the page, not yet cut into rows.
struct Column {
    let x: Double
    let lines: [TextLine]
    let element: ElementID
}

extension Typesetter {
    /// Rows of one line each that hold the columns side by side. The first two and the last two lines stay together
    /// on a page.
    static func rows(_ columns: [Column], size: Double, leading: Double, before: Double, hint: String) -> [Row] {
        let count = max(1, columns.map(\.lines.count).max() ?? 1)
        return (0..<count).map { index in
            var row = Row(height: size * leading, hint: hint)
            row.before = index == 0 ? before : 0
            row.keepsNext = count > 1 && (index == 0 || index == count - 2)
            for column in columns where index < column.lines.count {
                row.items.append(
                    Row.Item(
                        x: column.x, y: baseline(size: size, leading: leading), content: .text(column.lines[index]),
                        element: column.element))
            }
            return row
        }
    }

    /// Rows of a text that stands alone in `width`.
    func paragraph(
        _ text: String, _ style: TextStyle, x: Double = 0, width: Double, alignment: Alignment = .left,
        balanced: Bool = false, leading: Double, before: Double = 0, element: ElementID
    ) throws(LetterError) -> [Row] {
        let lines = try lines(text, style, width: width, balanced: balanced || alignment != .left)
        guard !lines.isEmpty else { return [] }
        let column = Column(x: x, lines: lines, element: element)
        var rows = Self.rows(
            [column], size: style.size, leading: leading, before: before, hint: String(text.prefix(40)))
        guard alignment != .left else { return rows }
        for index in rows.indices {
            let room = width - lines[index].width
            rows[index] = rows[index].moved(right: alignment == .centre ? room / 2 : room)
        }
        return rows
    }

    /// The line's box is centred on ascender and descender of Liberation Sans (0.905 and 0.212 em).
    static func baseline(size: Double, leading: Double) -> Double {
        size * ((leading - 1.117) / 2 + 0.905)
    }
}
