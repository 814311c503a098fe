import Permits
import Testing

@testable import Letters

/// What a PDF from a stranger may and may not contain.
@Suite struct PDFScannerTests {
    private static let script = "<</S/JavaScript/JS(app.alert\\(1\\))>>"

    static let bad: [(String, [UInt8], FileFault)] = [
        ("script", PaperMaker.paper(catalog: "/OpenAction\(script)"), .script),
        ("escaped name", PaperMaker.paper(catalog: "/OpenAction<</S/J#61vaScript/#4a#53(x)>>"), .script),
        ("name with a zero byte", PaperMaker.paper(catalog: "/OpenAction<</S/Java#00Script>>"), .script),
        ("script by name", PaperMaker.paper(catalog: "/Names<</JavaScript<</Names[(a)\(script)]>>>>"), .script),
        ("script of a field", PaperMaker.paper(page: "/Annots[<</Subtype/Widget/AA<</K\(script)>>>>]"), .script),
        (
            "kind in an object of its own",
            PaperMaker.paper(catalog: "/OpenAction<</S 5 0 R>>", objects: ["/JavaScript"]), .script
        ),
        ("program", PaperMaker.paper(page: "/Annots[<</A<</S/Launch/F(cmd.exe)>>>>]"), .launch),
        ("carried file", PaperMaker.paper(catalog: "/Names<</EmbeddedFiles<</Names[(a) 5 0 R]>>>>"), .embedded),
        ("file specification", PaperMaker.paper(objects: ["<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>"]), .embedded),
        (
            "embedded stream", PaperMaker.paper(objects: ["<</Type/EmbeddedFile/Length 1>>stream\nx\nendstream"]),
            .embedded
        ),
        ("paper clip", PaperMaker.paper(page: "/Annots[<</Subtype/FileAttachment>>]"), .embedded),
        ("rich media", PaperMaker.paper(page: "/Annots[<</Subtype/RichMedia>>]"), .media),
        ("film", PaperMaker.paper(page: "/Annots[<</Subtype/Movie>>]"), .media),
        ("sound", PaperMaker.paper(page: "/Annots[<</A<</S/Sound>>>>]"), .media),
        ("model", PaperMaker.paper(page: "/Annots[<</Subtype/3D>>]"), .media),
        ("dynamic form", PaperMaker.paper(catalog: "/AcroForm<</XFA 5 0 R>>"), .dynamicForm),
        ("encryption", PaperMaker.paper(trailer: "/Encrypt 5 0 R"), .encrypted),
        ("address on opening", PaperMaker.paper(catalog: "/OpenAction<</S/URI/URI(http://a.id)>>"), .automatic),
        ("form sent on turning", PaperMaker.paper(page: "/AA<</O<</S/SubmitForm/F(http://a.id)>>>>"), .automatic),
        (
            "other document, by reference",
            PaperMaker.paper(catalog: "/OpenAction 5 0 R", objects: ["<</S/GoToR/F(a)>>"]), .automatic
        ),
        (
            "carried document", PaperMaker.paper(catalog: "/OpenAction 5 0 R", objects: ["<</S/GoToE/D(a)>>"]),
            .automatic
        ),
        (
            "data fetched",
            PaperMaker.paper(catalog: "/AA 5 0 R", objects: ["<</WC 6 0 R>>", "<</S/ImportData/F(a)>>"]), .automatic
        ),
        (
            "second of two actions",
            PaperMaker.paper(catalog: "/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[5 0 R]>>", objects: ["<</S/URI>>"]),
            .automatic
        ),
        ("unknown kind of action", PaperMaker.paper(catalog: "/OpenAction<</S 77 0 R>>"), .automatic),
        ("kind twice", PaperMaker.paper(catalog: "/OpenAction<</S/GoTo/S/URI>>"), .automatic),
        (
            "number hidden by a comment",
            PaperMaker.paper(catalog: "/OpenAction 5 0 R", raw: Array("5 0%\nobj<</S/URI>>endobj\n".utf8)), .automatic
        ),
        ("in an object stream", PaperMaker.paper(raw: PaperMaker.packed(["<</S/JavaScript>>"])), .script),
        (
            "in a stored object stream",
            PaperMaker.paper(raw: PaperMaker.packed(["<</S/Launch>>"], entries: "") { $0 }), .launch
        ),
        (
            "automatic in an object stream",
            PaperMaker.paper(catalog: "/OpenAction 22 0 R", raw: PaperMaker.packed(["<</A 1>>", "<</S/URI>>"])),
            .automatic
        ),
        (
            "behind a predictor",
            PaperMaker.paper(
                raw: PaperMaker.packed(
                    ["<</A/B>>", "<</S/JavaScript>>"],
                    entries: "/Filter[/FlateDecode]/DecodeParms[<</Predictor 12/Columns 4>>]",
                    encode: { deflate(PaperMaker.predicted($0)) ?? [] })), .script
        ),
        (
            "in an unnamed object stream",
            PaperMaker.paper(
                raw: PaperMaker.packed(["<</S/#4aavaScript>>"], entries: "/Type/Other/Fi#6cter/FlateDecode")), .script
        ),
        (
            "object stream in another code",
            PaperMaker.paper(raw: PaperMaker.packed(["<<>>"], entries: "/Filter/ASCIIHexDecode") { $0 }), .damaged
        ),
        (
            "object stream with two counts",
            PaperMaker.paper(raw: PaperMaker.packed(["<<>>"], entries: "/Filter/FlateDecode/N 0")), .damaged
        ),
        (
            "object stream cut off",
            PaperMaker.paper(raw: PaperMaker.packed(["<<>>"]) { Array((deflate($0) ?? []).prefix(6)) }), .damaged
        ),
        ("in an update", PaperMaker.updated(PaperMaker.paper(), catalog: "/OpenAction\(script)"), .script),
        (
            "before an update that removes it",
            PaperMaker.updated(PaperMaker.paper(catalog: "/OpenAction\(script)"), catalog: ""), .script
        ),
        (
            "in a stream's data",
            PaperMaker.paper(objects: ["<</Length 40>>stream\n9 0 obj<</S/JavaScript>>endobj\nendstream"]), .script
        ),
        ("in a string", PaperMaker.paper(trailer: "/A(9 0 obj<</S/JavaScript>>endobj)"), .script),
        ("in the trailer", PaperMaker.paper(trailer: "/A<</OpenAction\(script)>>"), .script),
        (
            "100 levels deep",
            PaperMaker.paper(
                catalog: String(repeating: "/A<<", count: 100) + "/S/JavaScript" + String(repeating: ">>", count: 100)),
            .script
        ),
        (
            "1,000 levels deep",
            PaperMaker.paper(catalog: String(repeating: "/A[", count: 1000) + String(repeating: "]", count: 1000)),
            .tooComplex
        ),
        (
            "1 MB of brackets",
            PaperMaker.paper(raw: Array("9 0 obj ".utf8) + [UInt8](repeating: 0x5B, count: 1 << 20)), .tooComplex
        ),
        (
            "strings in strings",
            PaperMaker.paper(
                raw: Array((String(repeating: "9 0 obj (", count: 4000) + String(repeating: ")", count: 4000)).utf8)),
            .tooComplex
        ),
        ("bomb", PaperMaker.paper(raw: PaperMaker.packed([String(repeating: " ", count: 9 << 20)])), .tooComplex),
        ("no page", Array("%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n".utf8), .noPages),
        ("no end", Array(PaperMaker.paper().dropLast(8)), .cutOff),
        ("half of it", Array(PaperMaker.paper().prefix(200)), .cutOff),
        ("dictionary without end", PaperMaker.paper(raw: Array("9 0 obj <</A (b) endobj\n".utf8)), .damaged),
        ("brackets crossed", PaperMaker.paper(raw: Array("9 0 obj <</A [>>] endobj\n".utf8)), .damaged),
    ]

    @Test(arguments: bad.indices)
    func refuses(index: Int) {
        let (name, bytes, fault) = Self.bad[index]
        #expect(throws: fault, "\(name)") { try FileInspection.inspect(bytes) }
    }

    static let good: [(String, [UInt8])] = [
        ("plain", PaperMaker.paper()),
        ("script in a title", PaperMaker.paper(trailer: "/Info<</Title(Belajar HTML/JavaScript \\( dan /Launch)>>")),
        ("script in a comment", PaperMaker.paper(objects: ["<<% /JavaScript\n/A/B>>"])),
        ("film as a font's name", PaperMaker.paper(page: "/Resources<</Font<</Movie 5 0 R/Sound 5 0 R>>>>")),
        ("first page on opening", PaperMaker.paper(catalog: "/OpenAction[3 0 R/XYZ null null 0]")),
        ("move on opening", PaperMaker.paper(catalog: "/OpenAction 5 0 R", objects: ["<</S/GoTo/D[3 0 R/Fit]>>"])),
        (
            "circle of actions",
            PaperMaker.paper(
                catalog: "/OpenAction 5 0 R",
                objects: ["<</S/GoTo/D(a)/Next 6 0 R>>", "<</S/Named/N/NextPage/Next 5 0 R>>"])
        ),
        ("circle of references", PaperMaker.paper(catalog: "/OpenAction 5 0 R/A 6 0 R", objects: ["6 0 R", "5 0 R"])),
        ("link to an address", PaperMaker.paper(page: "/Annots[<</Subtype/Link/A<</S/URI/URI(http://a.id)>>>>]")),
        ("empty object", PaperMaker.paper(objects: [""])),
        ("space behind the end", PaperMaker.paper() + [UInt8](repeating: 0x0A, count: 9 << 20)),
        ("little behind the end", PaperMaker.paper() + Array("<!-- saved -->".utf8)),
        ("update", PaperMaker.updated(PaperMaker.paper(), catalog: "/Lang(id)")),
        ("objects packed", PaperMaker.paper(raw: PaperMaker.packed(["<</A/B>>", "[1 2 3]", "(x)", "7"]))),
        ("wrong offsets", PaperMaker.paper(trailer: "/Prev 99999")),
        ("three letters in data", PaperMaker.paper(objects: ["<</Length 9>>stream\n\u{1} obj (<<[\nendstream"])),
        ("missing values", PaperMaker.paper(catalog: "/A/B/C>> <<", objects: ["<</A>>", "<</A/B/C>>", "<<1 2/A 3>>"])),
    ]

    @Test(arguments: good.indices)
    func accepts(index: Int) throws {
        let (name, bytes) = Self.good[index]
        #expect(try FileInspection.inspect(bytes) == FileFacts(kind: .pdf, pages: 1), "\(name)")
    }
}
