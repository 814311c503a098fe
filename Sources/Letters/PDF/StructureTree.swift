/// Index of an element in the structure tree.
struct ElementID: Hashable {
    fileprivate let index: Int
}

/// Standard structure types that letters use (ISO 32000-1, 14.8.4).
enum Tag: String {
    case document = "Document"
    case section = "Sect"
    case division = "Div"
    case paragraph = "P"
    case title = "H1"
    case heading = "H2"
    case list = "L"
    case item = "LI"
    case label = "Lbl"
    case body = "LBody"
    case table = "Table"
    case row = "TR"
    case tableHead = "THead"
    case tableBody = "TBody"
    /// Head of a row.
    case headCell = "TH"
    /// Head of a column, `TH` as well.
    case columnHead
    case cell = "TD"
    case figure = "Figure"
    case caption = "Caption"
    case form = "Form"

    var name: String { self == .columnHead ? Tag.headCell.rawValue : rawValue }
}

/// The letter as a tree of meaning, in reading order (14.7). Elements are made while the letter is laid out; painted
/// content is tied to them later by marked-content identifiers, unique within a page.
struct StructureTree {
    private struct Element {
        let tag: Tag
        let parent: Int?
        var kids: [Kid] = []
        var alternative: String?
        var box: [Double]?
    }

    private enum Kid {
        case element(Int)
        case content(page: Int, identifier: Int)
        case annotation(PDFReference, page: Int)
    }

    private var elements = [Element(tag: .document, parent: nil)]
    /// Element of each identifier, by page: the parent tree.
    private var owners: [[Int]] = []
    /// Elements of annotations, in the order of their numbers, which follow those of the pages.
    private var annotated: [Int] = []

    let root = ElementID(index: 0)

    mutating func add(_ tag: Tag, to parent: ElementID) -> ElementID {
        elements.append(Element(tag: tag, parent: parent.index))
        elements[parent.index].kids.append(.element(elements.count - 1))
        return ElementID(index: elements.count - 1)
    }

    mutating func describe(_ element: ElementID, alternative: String) {
        elements[element.index].alternative = alternative
    }

    /// Bounding box of a figure in page space.
    mutating func place(_ element: ElementID, box: [Double]) {
        elements[element.index].box = box
    }

    func tag(_ element: ElementID) -> Tag { elements[element.index].tag }

    /// The element that holds this one; the root holds itself.
    func parent(of element: ElementID) -> ElementID { ElementID(index: elements[element.index].parent ?? 0) }

    /// Ties an annotation to an element of its own (14.7.4.4) and returns its `/StructParent`. Only after all pages
    /// were started.
    mutating func tie(_ element: ElementID, to annotation: PDFReference, page: Int) -> Int {
        elements[element.index].kids.append(.annotation(annotation, page: page))
        annotated.append(element.index)
        return owners.count + annotated.count - 1
    }

    mutating func startPage() { owners.append([]) }

    /// Identifier of the next content on the page last started, which belongs to `element`.
    mutating func mark(_ element: ElementID) -> Int {
        if owners.isEmpty { startPage() }
        let page = owners.count - 1
        let identifier = owners[page].count
        owners[page].append(element.index)
        elements[element.index].kids.append(.content(page: page, identifier: identifier))
        return identifier
    }

    /// Writes all elements, the parent tree and the root, whose reference it returns.
    func write(to writer: inout PDFWriter, pages: [PDFReference]) -> PDFReference {
        let root = writer.reserve()
        let used = usedElements()
        let references = elements.indices.map { used[$0] ? writer.reserve() : root }
        for (index, element) in elements.enumerated() where used[index] {
            // A long roster has tens of thousands of elements: their entries go to bytes without a dictionary between.
            var body: [UInt8] = []
            body.reserveCapacity(96)
            body.append("<</Type /StructElem/S /\(element.tag.name)/P ")
            body.append(element.parent.map { references[$0] } ?? root)
            if let text = element.alternative {
                body.append("/Alt ")
                body.append(.text(text))
            }
            if let attributes = attributes(of: element) {
                body.append("/A ")
                body.append(attributes)
            }
            if element.kids.count == 1, case .content(let page, let identifier) = element.kids[0] {
                // The short form (14.7.4.2), which a cell of a long roster has.
                body.append("/Pg ")
                body.append(pages[page])
                body.append("/K ")
                body.append(digits: identifier.magnitude)
            } else {
                let kids = element.kids.compactMap { value(of: $0, used: used, references: references, pages: pages) }
                if !kids.isEmpty {
                    body.append("/K ")
                    body.append(.array(kids))
                }
            }
            body.append(">>")
            writer.write(body, at: references[index])
        }
        var numbers: [PDFValue] = []
        for (page, owners) in owners.enumerated() {
            numbers += [.integer(page), .array(owners.map { .reference(references[$0]) })]
        }
        for (index, element) in annotated.enumerated() {
            numbers += [.integer(owners.count + index), .reference(references[element])]
        }
        let parents = writer.add(.dictionary(["Nums": .array(numbers)]))
        writer.write(
            .dictionary([
                "Type": .name("StructTreeRoot"), "K": .array([.reference(references[0])]),
                "ParentTree": .reference(parents), "ParentTreeNextKey": .integer(owners.count + annotated.count),
            ]), at: root)
        return root
    }

    private func value(
        of kid: Kid, used: [Bool], references: [PDFReference], pages: [PDFReference]
    ) -> PDFValue? {
        switch kid {
        case .element(let child): used[child] ? .reference(references[child]) : nil
        case .content(let page, let identifier):
            .dictionary(["Type": .name("MCR"), "Pg": .reference(pages[page]), "MCID": .integer(identifier)])
        case .annotation(let reference, let page):
            .dictionary(["Type": .name("OBJR"), "Pg": .reference(pages[page]), "Obj": .reference(reference)])
        }
    }

    /// Elements without any content below them are left out, but for empty cells of a row.
    private func usedElements() -> [Bool] {
        var used = elements.map { element in
            element.kids.contains { if case .element = $0 { false } else { true } }
        }
        used[0] = true
        // Children come after their parents, so one pass from the end is enough.
        for (index, element) in elements.enumerated().reversed() where used[index] {
            if let parent = element.parent { used[parent] = true }
        }
        for (index, element) in elements.enumerated() where element.tag == .cell || element.tag == .columnHead {
            if let parent = element.parent, used[parent] { used[index] = true }
        }
        return used
    }

    private func attributes(of element: Element) -> PDFDictionary? {
        switch element.tag {
        case .list: ["O": .name("List"), "ListNumbering": .name("Decimal")]
        case .headCell: ["O": .name("Table"), "Scope": .name("Row")]
        case .columnHead: ["O": .name("Table"), "Scope": .name("Column")]
        case .figure:
            ["O": .name("Layout"), "Placement": .name("Block"), "BBox": .numbers(element.box ?? [0, 0, 0, 0])]
        default: nil
        }
    }
}
