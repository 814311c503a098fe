/// Builds the content stream of one page: marked content, text, rules, figures (ISO 32000-1, 8 and 9, 14.6).
/// Coordinates come as points from the upper left corner of the paper.
struct PageContent {
    private(set) var bytes: [UInt8] = []
    private var open: ElementID?
    private var style: TextStyle?

    /// Content of an element; calls in a row for the same element share one marked sequence.
    mutating func mark(_ element: ElementID, in tree: inout StructureTree) {
        guard open != element else { return }
        close()
        let identifier = tree.mark(element)
        bytes.append("/")
        bytes.append(tree.tag(element).name)
        bytes.append(" <</MCID ")
        bytes.append(digits: identifier.magnitude)
        bytes.append(">> BDC\n")
        open = element
    }

    mutating func close() {
        if open != nil { bytes.append("EMC\n") }
        open = nil
    }

    /// Content that is no part of the letter's meaning (14.8.2.2).
    mutating func artifact(_ properties: String, _ draw: (inout PageContent) -> Void) {
        close()
        bytes.append("/Artifact <<\(properties)>> BDC\n")
        draw(&self)
        bytes.append("EMC\n")
    }

    mutating func text(_ line: TextLine, x: Double, y: Double, fonts: inout FontUse) {
        bytes.append("BT ")
        if style != line.style {
            bytes.append("/\(fonts.name(line.style.face)) \(pdfNumber(line.style.size)) Tf ")
            style = line.style
        }
        append(x, Measures.pageHeight - y)
        bytes.append("Td [<")
        fonts.update(line.style.face) { use in
            for shaped in line.glyphs {
                bytes.append(hexDigitsOf: use.number(shaped.glyph))
                guard shaped.kerning != 0 else { continue }
                bytes.append("> ")
                bytes.append(number: -Double(shaped.kerning) * 1000 / Double(line.font.unitsPerEm))
                bytes.append(" <")
            }
        }
        bytes.append(">] TJ ET\n")
    }

    mutating func rule(x: Double, y: Double, width: Double, height: Double) {
        bytes.append(rectangle(x: x, y: y, width: width, height: height) + " re f\n")
    }

    /// Vertical lines at the distances, a line below, and one above.
    mutating func grid(x: Double, y: Double, columns: [Double], height: Double, top: Bool) {
        let thin = 0.5
        let left = x - thin / 2
        let lower = Measures.pageHeight - y - height
        let width = (columns.last ?? 0) + thin
        for column in columns { rectangle(left + column, lower, thin, height) }
        rectangle(left, lower, width, thin)
        if top { rectangle(left, lower + height - thin / 2, width, thin) }
        bytes.append("f\n")
    }

    private mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        append(x, y, width, height)
        bytes.append("re\n")
    }

    /// Numbers, each with a space after it.
    private mutating func append(_ numbers: Double...) {
        for number in numbers {
            bytes.append(number: number)
            bytes.append(UInt8(ascii: " "))
        }
    }

    mutating func frame(x: Double, y: Double, width: Double, height: Double) {
        bytes.append("q 0.6 w [3 2] 0 d " + rectangle(x: x, y: y, width: width, height: height) + " re S Q\n")
    }

    /// The symbol as one path, in units of its modules.
    mutating func code(_ code: QRCode, x: Double, y: Double, side: Double) {
        let module = side / Double(code.size)
        bytes.append("q \(pdfNumber(module)) 0 0 \(pdfNumber(-module)) ")
        bytes.append("\(pdfNumber(x)) \(pdfNumber(Measures.pageHeight - y)) cm\n")
        for run in code.runs { bytes.append("\(run.x) \(run.y) \(run.width) \(run.height) re\n") }
        bytes.append("f Q\n")
    }

    private func rectangle(x: Double, y: Double, width: Double, height: Double) -> String {
        [x, Measures.pageHeight - y - height, width, height].map(pdfNumber).joined(separator: " ")
    }
}

/// Subsets that grow while pages are painted.
struct FontUse {
    private var regular = GlyphUse()
    private var bold = GlyphUse()

    func name(_ face: Face) -> String { face == .regular ? "F1" : "F2" }

    subscript(face: Face) -> GlyphUse { face == .regular ? regular : bold }

    mutating func update(_ face: Face, _ change: (inout GlyphUse) -> Void) {
        if face == .regular { change(&regular) } else { change(&bold) }
    }
}
