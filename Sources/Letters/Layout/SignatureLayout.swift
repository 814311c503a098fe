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
    }

    private mutating func signatureLines(
        _ lines: [String], _ style: TextStyle, before: Double, width: Double, section: ElementID
    ) throws(LetterError) -> [Row] {
        var rows: [Row] = []
        for line in lines {
            let element = tree.add(.paragraph, to: section)
            rows += try typesetter.paragraph(
                line, style, width: width, leading: 1.25, before: rows.isEmpty ? before : 0, element: element)
        }
        return rows
    }

    private mutating func name(_ name: String, width: Double, section: ElementID) throws(LetterError) -> [Row] {
        let element = tree.add(.paragraph, to: section)
        var rows = try typesetter.paragraph(
            name, bold, width: width, leading: 1.25, element: element)
        for index in rows.indices {
            guard let item = rows[index].items.first, case .text(let line) = item.content else { continue }
            let underline = Row.Content.rule(width: line.width, height: 0.7)
            rows[index].items.append(Row.Item(x: item.x, y: item.y + 1.5, content: underline, element: nil))
        }
        return rows
    }

    /// Side of the mark, and the space around it. A draft and the signed letter take the same height for addresses of
    /// up to 180 bytes, so that both break pages at the same places.
    private static let markSide = 24 * Measures.millimetre
    private static let markGap = markSide / 33 * 4

    /// QR code with the caption at its right, or before signing a dashed frame that holds the caption.
    private mutating func mark(_ mark: ElectronicMark, width: Double, section: ElementID) throws(LetterError) -> Row {
        guard let url = mark.url else { return try emptyMark(mark.caption, width: width, section: section) }
        let code = try QRCode(url)
        // Modules of 0.45 mm at least, for a telephone held over paper; a small symbol keeps its quiet zone in the gap.
        let module = max(0.45 * Measures.millimetre, Self.markSide / Double(max(code.size, 33)))
        let side = module * Double(code.size)
        let gap = max(Self.markGap, module * 4)
        let figure = tree.add(.figure, to: section)
        tree.describe(figure, alternative: phrases.code(url))
        let caption = try captionRow(mark.caption, width: width - side - gap, section: section)
        var row = Self.centred(caption.moved(right: side + gap), height: max(side, Self.markSide), gap: gap)
        let top = (row.height - side) / 2
        row.items.insert(Row.Item(x: 0, y: top, content: .code(code, side: side), element: figure), at: 0)
        return row
    }

    private mutating func emptyMark(_ lines: [String], width: Double, section: ElementID) throws(LetterError) -> Row {
        let gap = Self.markGap
        let caption = try captionRow(lines, width: width - gap * 2, section: section)
        let height = max(Self.markSide, caption.height + gap * 2)
        var row = Self.centred(caption.moved(right: gap), height: height, gap: gap)
        let frame = Row.Content.frame(width: width, height: height)
        row.items.append(Row.Item(x: 0, y: gap, content: frame, element: nil))
        return row
    }

    /// The row in the middle of at least `height`, with a gap above and below.
    private static func centred(_ row: Row, height: Double, gap: Double) -> Row {
        var result = row
        result.height = max(height, row.height) + gap * 2
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
        let style = TextStyle(size: Measures.smallSize)
        let section = tree.add(.section, to: tree.root)
        let element = tree.add(.paragraph, to: section)
        let text = label.hasSuffix(":") ? label : label + ":"
        append(
            try typesetter.paragraph(
                text, style, width: Measures.textWidth, leading: measures.leading, before: measures.largeGap,
                element: element))
        keepEnd(rows: 1)
        let list = tree.add(.list, to: section)
        try addItems(items, style: style, x: 0, label: nil, list: list, tight: true)
    }
}
