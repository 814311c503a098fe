import Permits

/// Lays the blocks of a letter out as rows and builds its structure tree on the way.
struct LetterComposer {
    let typesetter: Typesetter
    let measures: Measures
    let phrases: Phrases
    var tree = StructureTree()
    var rows: [Row] = []
    /// Head rows of tables that may go on over pages.
    private(set) var heads: [Row] = []
    /// Where the signature begins, while it is the last of `rows`.
    var signatureLeft: Double?
    /// Of `label : value`, the same in the whole letter, so that all colons stand in one line.
    private let labelWidth: Double

    static let colonGap = 5.0
    static let valueGap = 9.0

    init(_ document: LetterDocument, typesetter: Typesetter, measures: Measures) throws(LetterError) {
        self.typesetter = typesetter
        self.measures = measures
        phrases = Phrases(language: document.language)
        labelWidth = try Self.labelWidth(document, typesetter: typesetter)
        for (index, block) in document.blocks.enumerated() {
            let start = rows.count
            if case .copies = block {} else { signatureLeft = nil }
            try add(block)
            let next = document.blocks.indices.contains(index + 1) ? document.blocks[index + 1] : nil
            if rows.count > start, leadsIn(block, to: next) { rows[rows.count - 1].keepsNext = true }
        }
    }

    var text: TextStyle { TextStyle(size: Measures.textSize) }
    var bold: TextStyle { TextStyle(face: .bold, size: Measures.textSize) }

    mutating func append(_ new: [Row]) { rows += new }

    /// Index for `Row.head`.
    mutating func repeats(_ row: Row) -> Int {
        heads.append(row.asArtifact)
        return heads.count - 1
    }

    /// The rows before a signature go with it, so that it never stands alone on a page.
    mutating func keepEnd(rows count: Int) {
        for index in rows.indices.suffix(count) { rows[index].keepsNext = true }
    }

    private mutating func add(_ block: LetterBlock) throws(LetterError) {
        switch block {
        case .letterhead(let letterhead): try addLetterhead(letterhead)
        case .title(let text, let number): try addTitle(text, number: number)
        case .paragraph(let text): try addParagraph(text)
        case .heading(let text): try addHeading(text)
        case .numbered(let label, let items): try addNumbered(label: label, items: items)
        case .fields(let fields): try addFields(fields)
        case .signature(let signature): try addSignature(signature)
        case .copies(let label, let items): try addCopies(label: label, items: items)
        case .correspondence(let head): try addCorrespondence(head)
        case .annex(let annex): try addAnnex(annex)
        }
    }

    /// Headings, and paragraphs that announce what follows with a colon, do not end a page.
    private func leadsIn(_ block: LetterBlock, to next: LetterBlock?) -> Bool {
        switch (block, next) {
        case (.letterhead, _), (.title, _), (.heading, _), (.correspondence, _): true
        case (.paragraph(let text), .numbered), (.paragraph(let text), .fields): text.hasSuffix(":")
        default: false
        }
    }

    private mutating func addTitle(_ text: String, number: String) throws(LetterError) {
        let width = Measures.textWidth
        let style = TextStyle(face: .bold, size: 12)
        let title = tree.add(.title, to: tree.root)
        var lines = try typesetter.paragraph(
            text, style, width: width, alignment: .centre, leading: 1.35, before: measures.largeGap, element: title)
        for index in lines.indices {
            lines[index].keepsNext = true
            guard let item = lines[index].items.first, case .text(let line) = item.content else { continue }
            let underline = Row.Content.rule(width: line.width, height: 0.8)
            lines[index].items.append(Row.Item(x: item.x, y: item.y + 1.6, content: underline, element: nil))
        }
        append(lines)
        let paragraph = tree.add(.paragraph, to: tree.root)
        // A number that brings its own label keeps it.
        let line = number.contains(":") ? number : "\(phrases.number) : \(number)"
        append(
            try typesetter.paragraph(
                line, self.text, width: width, alignment: .centre, leading: 1.35,
                before: 1.5, element: paragraph))
        // Air below the number, also where a list follows.
        addSpace(measures.largeGap - measures.blockGap)
    }

    /// Space below the last row.
    mutating func addSpace(_ height: Double) {
        if let last = rows.indices.last { rows[last].height += height }
    }

    private mutating func addParagraph(_ text: String) throws(LetterError) {
        let element = tree.add(.paragraph, to: tree.root)
        append(
            try typesetter.paragraph(
                text, self.text, width: Measures.textWidth, leading: measures.leading, before: measures.blockGap,
                element: element))
    }

    private mutating func addHeading(_ text: String) throws(LetterError) {
        let element = tree.add(.heading, to: tree.root)
        var rows = try typesetter.paragraph(
            text, bold, width: Measures.textWidth, alignment: .centre, leading: measures.leading,
            before: measures.blockGap * 1.4, element: element)
        for index in rows.indices { rows[index].keepsNext = true }
        append(rows)
        addSpace(measures.blockGap * 0.4)
    }

    private mutating func addNumbered(label: String?, items: [String]) throws(LetterError) {
        guard let label else {
            let list = tree.add(.list, to: tree.root)
            try addItems(items, style: text, x: 0, label: nil, list: list)
            return
        }
        let division = tree.add(.division, to: tree.root)
        let element = tree.add(.paragraph, to: division)
        let columns = try labelColumns(label, width: labelWidth, element: element)
        let list = tree.add(.list, to: division)
        try addItems(items, style: text, x: labelWidth + Self.colonGap + Self.valueGap, label: columns, list: list)
    }

    /// Items with hanging numbers; `label` stands left of the first.
    mutating func addItems(
        _ items: [String], style: TextStyle, x: Double, label: [Column]?, list: ElementID, tight: Bool = false,
        width: Double = Measures.textWidth
    ) throws(LetterError) {
        let numberWidth = try typesetter.width("\(items.count).", style) + style.size * 0.5
        let left = x + max(numberWidth, style.size * 1.5)
        var label = label ?? []
        for (index, item) in items.enumerated() {
            let entry = tree.add(.item, to: list)
            let number = tree.add(.label, to: entry)
            let body = tree.add(.body, to: entry)
            let columns = [
                Column(x: x, lines: try typesetter.lines("\(index + 1).", style, width: left - x), element: number),
                Column(
                    x: left, lines: try typesetter.lines(item, style, width: width - left), element: body),
            ]
            append(
                Typesetter.rows(
                    label + columns, size: style.size, leading: measures.leading,
                    before: tight ? 0 : index == 0 ? measures.blockGap : measures.itemGap, hint: String(item.prefix(40))
                ))
            label = []
        }
    }

    private mutating func addFields(_ fields: [LetterField]) throws(LetterError) {
        let table = tree.add(.table, to: tree.root)
        try addFields(fields, labelWidth: labelWidth, width: Measures.textWidth, to: table)
    }

    /// Rows of `label : value` that are `width` points wide.
    mutating func addFields(
        _ fields: [LetterField], labelWidth: Double, width: Double, to table: ElementID
    ) throws(LetterError) {
        let x = labelWidth + Self.colonGap + Self.valueGap
        for (index, field) in fields.enumerated() {
            let row = tree.add(.row, to: table)
            let head = tree.add(.headCell, to: row)
            let cell = tree.add(.cell, to: row)
            let value = try typesetter.lines(field.value, field.bold ? bold : text, width: width - x)
            let label = try labelColumns(field.label, width: labelWidth, element: head)
            append(
                Typesetter.rows(
                    label + [Column(x: x, lines: value, element: cell)],
                    size: Measures.textSize, leading: measures.leading,
                    before: index == 0 ? measures.blockGap : measures.itemGap, hint: field.label))
        }
    }

    private func labelColumns(
        _ label: String, width: Double, element: ElementID
    ) throws(LetterError) -> [Column] {
        [
            Column(x: 0, lines: try typesetter.lines(label, text, width: width), element: element),
            Column(
                x: width + Self.colonGap, lines: try typesetter.lines(":", text, width: Self.valueGap),
                element: element),
        ]
    }

    /// The widest label, within limits that leave the values room.
    private static func labelWidth(
        _ document: LetterDocument, typesetter: Typesetter
    ) throws(LetterError) -> Double {
        var labels: [String] = []
        for block in document.blocks {
            switch block {
            case .numbered(let label, _): labels += label.map { [$0] } ?? []
            case .fields(let fields): labels += fields.map(\.label)
            default: break
            }
        }
        return try labelWidth(labels, least: 60, typesetter: typesetter)
    }

    static func labelWidth(
        _ labels: [String], least: Double, typesetter: Typesetter
    ) throws(LetterError) -> Double {
        var widest = least
        for label in labels {
            widest = max(widest, try typesetter.width(label, TextStyle(size: Measures.textSize)))
        }
        return min(widest, 130) + 0.1
    }
}
