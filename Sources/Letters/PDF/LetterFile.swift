import Permits

/// Paints a laid-out letter and writes it with everything that a tagged archive file carries.
struct LetterFile {
    private let document: LetterDocument
    private let created: LocalTime
    private let profile: ArchiveProfile
    private let fonts: LetterFonts
    private let signature: SignatureFacts?
    private var writer: PDFWriter
    private var use = FontUse()
    private var place = SignaturePlace()

    init(
        _ document: LetterDocument, created: Int64, profile: ArchiveProfile, fonts: LetterFonts,
        signature: SignatureFacts? = nil
    ) {
        self.signature = signature
        self.document = document
        self.created = LocalTime(secondsSince1970: created)
        self.profile = profile
        self.fonts = fonts
        writer = PDFWriter(version: profile.pdfVersion)
    }

    /// The bytes, and where the empty signature stands in them; nil when there is none.
    mutating func write(
        _ layout: Layout, footer: Footer
    ) throws(LetterError) -> (bytes: [UInt8], gap: Range<Int>?) {
        var tree = layout.tree
        let catalog = writer.reserve()
        let pageTree = writer.reserve()
        let resources = writer.reserve()
        let pages = layout.pages.map { _ in writer.reserve() }
        var streams: [PDFReference] = []
        for (index, page) in layout.pages.enumerated() {
            tree.startPage()
            var content = paint(page, number: index, tree: &tree)
            try footer.draw(page: index + 1, of: layout.pages.count, on: &content, fonts: &use)
            streams.append(writer.addStream([:], content.bytes))
        }
        let field = pages.isEmpty ? nil : signature.map { writeField($0, pages: pages, tree: &tree) }
        for (index, stream) in streams.enumerated() {
            var page: PDFDictionary = [
                "Type": .name("Page"), "Parent": .reference(pageTree),
                "MediaBox": .numbers([0, 0, Measures.pageWidth, Measures.pageHeight]),
                "Resources": .reference(resources), "Contents": .reference(stream),
                "StructParents": .integer(index), "Tabs": .name("S"),
            ]
            if let field, field.page == index { page.add("Annots", .array([.reference(field.widget)])) }
            writer.write(.dictionary(page), at: pages[index])
        }
        writer.write(
            .dictionary([
                "Type": .name("Pages"), "Kids": .array(pages.map(PDFValue.reference)), "Count": .integer(pages.count),
            ]), at: pageTree)
        try writeResources(at: resources)
        let structure = tree.write(to: &writer, pages: pages)
        let metadata = metadata
        let info = writer.add(metadata.info)
        writeCatalog(at: catalog, pages: pageTree, structure: structure, metadata: metadata, field: field)
        return writer.file(catalog: catalog, info: info)
    }

    private mutating func paint(
        _ page: [(row: Row, y: Double)], number: Int, tree: inout StructureTree
    ) -> PageContent {
        var content = PageContent()
        for (row, top) in page {
            for item in row.items {
                let x = Measures.left + item.x
                let y = Measures.top + top + item.y
                if let element = item.element { content.mark(element, in: &tree) }
                switch item.content {
                case .text(let line) where item.element == nil:
                    var used = use
                    content.artifact("/Type /Pagination /Subtype /Header") {
                        $0.text(line, x: x, y: y, fonts: &used)
                    }
                    use = used
                case .text(let line):
                    content.text(line, x: x, y: y, fonts: &use)
                case .grid(let columns, let height, let top):
                    content.artifact("/Type /Layout") {
                        $0.grid(x: x, y: y, columns: columns, height: height, top: top)
                    }
                case .code(let code, let side):
                    content.code(code, x: x, y: y, side: side)
                    if let element = item.element {
                        let bottom = Measures.pageHeight - y - side
                        let box = [x, bottom, x + side, bottom + side]
                        tree.place(element, box: box)
                        place = SignaturePlace(page: number, box: box, parent: tree.parent(of: element))
                    }
                case .rule(let width, let height):
                    content.artifact("/Type /Layout") { $0.rule(x: x, y: y, width: width, height: height) }
                case .frame(let width, let height):
                    content.artifact("/Type /Layout") { $0.frame(x: x, y: y, width: width, height: height) }
                }
            }
        }
        content.close()
        return content
    }

    private mutating func writeResources(at reference: PDFReference) throws(LetterError) {
        var dictionary: PDFDictionary = [:]
        for face in Face.allCases {
            guard !use[face].isEmpty else { continue }
            let font = try EmbeddedFont(font: fonts[face], use: use[face]).write(to: &writer, profile: profile)
            dictionary.add(use.name(face), .reference(font))
        }
        writer.write(.dictionary(["Font": .dictionary(dictionary)]), at: reference)
    }

    private var metadata: Metadata {
        var subject = document.title
        for case .title(let text, _) in document.blocks {
            subject = text
            break
        }
        return Metadata(
            title: Metadata.oneLine(document.title), author: Metadata.oneLine(document.issuer),
            subject: Metadata.oneLine(subject), keywords: Metadata.oneLine(document.printedNumber ?? document.title),
            identifier: document.sealText.map(Metadata.oneLine), language: language,
            created: created, profile: profile)
    }

    private var language: String {
        document.language.isEmpty || document.language == "id" ? "id-ID" : Metadata.oneLine(document.language)
    }

    private mutating func writeCatalog(
        at catalog: PDFReference, pages: PDFReference, structure: PDFReference, metadata: Metadata,
        field: SignatureField?
    ) {
        let xmp = writer.addStream(
            ["Type": .name("Metadata"), "Subtype": .name("XML")], metadata.xmp, compressed: false)
        let color = writer.addStream(["N": .integer(3)], ColorProfile.sRGB)
        let intent: PDFDictionary = [
            "Type": .name("OutputIntent"), "S": .name("GTS_PDFA1"),
            "OutputConditionIdentifier": .text("sRGB IEC61966-2.1"), "Info": .text("sRGB IEC61966-2.1"),
            "RegistryName": .text("http://www.color.org"), "DestOutputProfile": .reference(color),
        ]
        var dictionary: PDFDictionary = [
            "Type": .name("Catalog"), "Pages": .reference(pages), "Lang": .text(language),
            "MarkInfo": .dictionary(["Marked": .bool(true)]), "StructTreeRoot": .reference(structure),
            "ViewerPreferences": .dictionary(["DisplayDocTitle": .bool(true)]),
            "Metadata": .reference(xmp), "OutputIntents": .array([.dictionary(intent)]),
        ]
        if let field {
            // Bits 1 and 2: there is a signature, and the file may only be appended to (12.7.2).
            dictionary.add(
                "AcroForm", .dictionary(["SigFlags": .integer(3), "Fields": .array([.reference(field.widget)])]))
            dictionary.add("Perms", .dictionary(["DocMDP": .reference(field.signature)]))
        }
        writer.write(.dictionary(dictionary), at: catalog)
    }

    /// The signature, and its field with a widget over the QR code: who clicks there in a reader sees who signed.
    private mutating func writeField(
        _ facts: SignatureFacts, pages: [PDFReference], tree: inout StructureTree
    ) -> SignatureField {
        let widget = writer.reserve()
        let element = tree.add(.form, to: place.parent ?? tree.root)
        let number = tree.tie(element, to: widget, page: place.page)
        let label = Metadata.oneLine(
            (language.hasPrefix("id") ? "Tanda tangan elektronik " : "Signature of ") + facts.name)
        tree.describe(element, alternative: label)
        let signature = writer.addSignature(facts.dictionary(at: created))
        let appearance = writer.addStream(
            [
                "Type": .name("XObject"), "Subtype": .name("Form"),
                "BBox": .numbers([0, 0, place.box[2] - place.box[0], place.box[3] - place.box[1]]),
                "Resources": .dictionary([:]),
            ], [], compressed: false)
        writer.write(
            .dictionary([
                "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Sig"), "T": .text("Signature1"),
                "TU": .text(label), "V": .reference(signature), "P": .reference(pages[place.page]),
                "Rect": .numbers(place.box), "F": .integer(132),  // printed and locked
                "AP": .dictionary(["N": .reference(appearance)]), "StructParent": .integer(number),
            ]), at: widget)
        return SignatureField(widget: widget, signature: signature, page: place.page)
    }
}

private struct SignatureField {
    let widget: PDFReference
    let signature: PDFReference
    let page: Int
}

/// Where the QR code stands, in page space; a letter without one has an invisible field on its first page.
private struct SignaturePlace {
    var page = 0
    var box = [0.0, 0, 0, 0]
    var parent: ElementID?
}
