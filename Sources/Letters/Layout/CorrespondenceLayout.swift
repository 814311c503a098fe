import Permits

extension LetterComposer {
    /// Place and date at the right, number and subject below at the left, then the addressee.
    mutating func addCorrespondence(_ head: CorrespondenceHead) throws(LetterError) {
        let section = tree.add(.section, to: tree.root)
        let date = tree.add(.paragraph, to: section)
        append(
            try typesetter.paragraph(
                head.placeAndDate, text, width: Measures.textWidth, alignment: .right, leading: measures.leading,
                before: measures.largeGap * 0.75, element: date))
        let table = tree.add(.table, to: section)
        let labels = try Self.labelWidth(head.rows.map(\.label), least: 40, typesetter: typesetter)
        try addFields(head.rows, labelWidth: labels, width: Measures.textWidth * 0.85, to: table)
        try addAddressee(head.addressee, x: 0, before: measures.largeGap, section: section)
        try addAddressee(Array(head.addresseePlace.prefix(1)), x: 0, before: 0, section: section)
        let rest = Array(head.addresseePlace.dropFirst())
        try addAddressee(rest, x: Measures.textSize * 1.5, before: 0, section: section)
        // Air between the head and what it is about.
        addSpace(measures.largeGap - measures.blockGap)
    }

    private mutating func addAddressee(
        _ lines: [String], x: Double, before: Double, section: ElementID
    ) throws(LetterError) {
        for (index, line) in lines.enumerated() {
            let element = tree.add(.paragraph, to: section)
            var rows = try typesetter.paragraph(
                line, text, x: x, width: Measures.textWidth * 0.62 - x, leading: measures.leading,
                before: index == 0 ? before : 0, element: element)
            for index in rows.indices { rows[index].keepsNext = true }
            append(rows)
        }
    }
}
