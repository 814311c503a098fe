import Permits

extension LetterComposer {
    /// The right half of the text, or more where a line of the block needs it.
    private func signatureWidth(_ signature: SignatureBlock) throws(LetterError) -> Double {
        var width = Measures.textWidth / 2
        for line in signature.placeLines + signature.nameLines {
            width = max(width, try typesetter.width(line, text))
        }
        for line in signature.positionLines + [signature.name] {
            width = max(width, try typesetter.width(line, bold))
        }
        return min(width + 0.1, Measures.textWidth * 0.62)
    }

    private var signatureLeading: Double { min(1.25, measures.leading) }

    mutating func addSignature(_ signature: SignatureBlock) throws(LetterError) {
        let section = tree.add(.section, to: tree.root)
        let width = try signatureWidth(signature)
        var block = try signatureLines(signature.placeLines, text, before: 0, width: width, section: section)
        block += try signatureLines(
            signature.positionLines, bold, before: signature.placeLines.isEmpty ? 0 : 4, width: width, section: section)
        block.append(try mark(signature.mark, width: width, section: section))
        block += try name(signature.name, width: width, section: section)
        block += try signatureLines(signature.nameLines, text, before: 1.5, width: width, section: section)
        var row = Row.stacked(block).moved(right: Measures.textWidth - width)
        row.before = measures.largeGap
        // Two lines of text go with it, and with widow control the last two of a paragraph.
        keepEnd(rows: 2)
        append([row])
        signatureLeft = Measures.textWidth - width
    }

    private mutating func signatureLines(
        _ lines: [String], _ style: TextStyle, before: Double, width: Double, section: ElementID
    ) throws(LetterError) -> [Row] {
        var rows: [Row] = []
        for line in lines {
            let element = tree.add(.paragraph, to: section)
            rows += try typesetter.paragraph(
                line, style, width: width, leading: signatureLeading, before: rows.isEmpty ? before : 0,
                element: element)
        }
        return rows
    }

    private mutating func name(_ name: String, width: Double, section: ElementID) throws(LetterError) -> [Row] {
        let element = tree.add(.paragraph, to: section)
        var rows = try typesetter.paragraph(
            name, bold, width: width, leading: signatureLeading, element: element)
        for index in rows.indices {
            guard let item = rows[index].items.first, case .text(let line) = item.content else { continue }
            let underline = Row.Content.rule(width: line.width, height: 0.7)
            rows[index].items.append(Row.Item(x: item.x, y: item.y + 1.5, content: underline, element: nil))
        }
        return rows
    }

    /// Side of the mark with the four light modules that a QR code needs around it. A draft and the signed letter take
    /// the same height up to version 15 (412 bytes), so that both break pages at the same places.
    private static let markSide = 28.5 * Measures.millimetre
    /// For a telephone held over paper.
    private static let leastModule = 0.33 * Measures.millimetre

    /// QR code with the caption at its right, or before signing a dashed frame that holds the caption.
    private mutating func mark(_ mark: ElectronicMark, width: Double, section: ElementID) throws(LetterError) -> Row {
        guard let url = mark.url else { return try emptyMark(mark.caption, width: width, section: section) }
        let code = try typesetter.codes.code(url)
        let module = max(Self.leastModule, Self.markSide / Double(code.size + 8))
        let side = module * Double(code.size)
        let quiet = module * 4
        let figure = tree.add(.figure, to: section)
        tree.describe(figure, alternative: phrases.code(url))
        let captionLeft = side + max(quiet, Self.captionGap)
        let caption = try captionRow(mark.caption, width: width - captionLeft, section: section)
        var row = Self.centred(caption.moved(right: captionLeft), height: side + quiet * 2)
        let top = (row.height - side) / 2
        row.items.insert(Row.Item(x: 0, y: top, content: .code(code, side: side), element: figure), at: 0)
        return row
    }

    private static let captionGap = 3 * Measures.millimetre

    private mutating func emptyMark(_ lines: [String], width: Double, section: ElementID) throws(LetterError) -> Row {
        let gap = Self.captionGap
        let caption = try captionRow(lines, width: width - gap * 2, section: section)
        var row = Self.centred(caption.moved(right: gap), height: max(Self.markSide, caption.height + gap * 4))
        let frame = Row.Content.frame(width: width, height: row.height - gap * 2)
        row.items.append(Row.Item(x: 0, y: gap, content: frame, element: nil))
        return row
    }

    /// The row in the middle of at least `height`.
    private static func centred(_ row: Row, height: Double) -> Row {
        var result = row
        result.height = max(height, row.height)
        for index in result.items.indices { result.items[index].y += (result.height - row.height) / 2 }
        return result
    }

    private mutating func captionRow(
        _ lines: [String], width: Double, section: ElementID
    ) throws(LetterError) -> Row {
        var rows: [Row] = []
        for line in lines {
            let element = tree.add(.paragraph, to: section)
            rows += try typesetter.paragraph(
                line, TextStyle(size: Measures.captionSize), width: width, balanced: true, leading: 1.3,
                before: rows.isEmpty ? 0 : 1, element: element)
        }
        return Row.stacked(rows)
    }

    /// Who gets a copy: small, at the lower left.
    mutating func addCopies(label: String, items: [String]) throws(LetterError) {
        if measures.copiesBeside, let left = signatureLeft, let signature = rows.popLast() {
            let before = rows
            rows = []
            try addCopies(label: label, items: items, width: left - Self.captionGap)
            let single = rows
            let copies = Row.stacked(single)
            rows = before + [signature]
            if copies.height <= signature.height {
                rows[rows.count - 1].items += copies.moved(down: signature.height - copies.height).items
                return
            }
            rows += single
        } else {
            try addCopies(label: label, items: items, width: Measures.textWidth)
        }
    }

    private mutating func addCopies(label: String, items: [String], width: Double) throws(LetterError) {
        let style = TextStyle(size: Measures.smallSize)
        let section = tree.add(.section, to: tree.root)
        let element = tree.add(.paragraph, to: section)
        let text = label.hasSuffix(":") ? label : label + ":"
        append(
            try typesetter.paragraph(
                text, style, width: width, leading: measures.leading, before: measures.largeGap, element: element))
        keepEnd(rows: 1)
        let list = tree.add(.list, to: section)
        try addItems(items, style: style, x: 0, label: nil, list: list, tight: true, width: width)
    }
}
