import Permits

extension LetterComposer {
    /// Government over office in the ratio 3:4, address lines, and a thick rule over a thin one.
    mutating func addLetterhead(_ letterhead: Letterhead) throws(LetterError) {
        let section = tree.add(.section, to: tree.root)
        let width = Measures.textWidth
        var parts: [(text: String, style: TextStyle, before: Double)] = [
            (letterhead.government, TextStyle(size: 13.5), 0),
            (letterhead.office, TextStyle(face: .bold, size: 18), 1),
        ]
        for (index, line) in letterhead.lines.enumerated() {
            parts.append((line, TextStyle(size: Measures.smallSize), index == 0 ? 3 : 0))
        }
        var rows: [Row] = []
        for part in parts {
            let element = tree.add(.paragraph, to: section)
            rows += try typesetter.paragraph(
                part.text, part.style, width: width, alignment: .centre, leading: 1.2, before: part.before,
                element: element)
        }
        let rules = [
            Row.Item(x: 0, y: 6, content: .rule(width: width, height: 2.25), element: nil),
            Row.Item(x: 0, y: 9.75, content: .rule(width: width, height: 0.75), element: nil),
        ]
        rows.append(Row(items: rules, height: 10.5))
        append([Row.stacked(rows)])
    }
}
