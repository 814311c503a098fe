import Testing

@testable import Letters

/// Files that viewers read otherwise than the standard says: whatever one of them would run is refused.
@Suite struct DisguiseTests {
    private static let script = "<</S/JavaScript/JS(app.alert\\(1\\))>>"
    private static let run = "/OpenAction\(script)"
    private static let names = "/Names<</JavaScript<</Names[(a)\(script)]>>>>"
    private static let address = "<</S/URI/URI(http://a.id)>>"

    /// Pdfium takes these bytes for blanks; in the texts here `~` stands for the first and `|` for the second.
    private static func torn(_ paper: [UInt8]) -> [UInt8] {
        paper.map { $0 == 0x7E ? 0x80 : $0 == 0x7C ? 0xFF : $0 }
    }

    /// Ways to write `1 0 obj` so that some viewer still finds the object.
    private static let labels = [
        "1 0%x\nobj\n", "1 0%x\robj\n", "1 0 % a % b\n%c\n \n%d\nobj", "1%x\n0 obj\n", "1%x\n0%y\nobj\n",
        "%(100%) 1 0\n1 0%x\nobj", "1 0" + String(repeating: " ", count: 40) + "obj\n",
        "1" + String(repeating: "\n", count: 400) + "0 obj", "1 0obj", "1.0 0 obj", "+1 0 obj", "1+0 obj", "1 0.0 obj",
        "1e0 0 obj", "1 0~obj ", "1|0 obj ", "1 0 obj~", "1 0 obj",
    ]

    /// What keeps the standard from reading on, and no viewer.
    private static let stumblingBlocks = ["<</X } ", "<</X 1 > ", "<</X ) ", "<</X stream ", "<</X endobj ", "] <<"]

    static let scripts: [(String, [UInt8])] =
        labels.flatMap { label in
            (stumblingBlocks + ["<<"]).flatMap { block in
                [run, run + names].map { (label + block, torn(PaperMaker.paper(opening: label + block, catalog: $0))) }
            }
        }
        + [
            "/OpenAction~<</S/JavaScript~/JS~(app.alert\\(1\\))>>", "/OpenAction|<</S/JavaScript|/JS|(x)>>",
            "/OpenAction<</S/JavaScript~x/JS|y(x)>>", "/OpenAction<</S/JavaScript#00x/J#53#00(x)>>",
            // Pdfium passes over what is no key up to its first bracket only, and leaves arrays at words it does not know.
            "(\(run))", "</X\(run)>", "/X y(\(run))", "/X[y(\(run))]", "/X[[1e-5](\(run))]", "/X[1e-5 </X\(run)>]",
            "/X 1(\(run))", "</X(a)\(run)", "/X~y(\(run))", "/X[/Y~y(\(run))]", "/X~<<\(run)>>",
            // J is 4A in hexadecimal, and as pdfium reckons ;A and KA too.
            "/OpenAction<</S/#;AavaScript/#;AS(x)>>", "/OpenAction<</S/#KAavaScript>>",
        ].map { ($0, torn(PaperMaker.paper(catalog: $0))) }

    @Test(arguments: scripts.indices)
    func refusesScript(index: Int) {
        let (name, bytes) = Self.scripts[index]
        #expect(throws: FileFault.self, "\(name)") { try FileInspection.inspect(bytes) }
    }

    static let others: [(String, [UInt8])] =
        [
            "/OpenAction 5.0 0 R", "/OpenAction 5 0R", "/OpenAction 5+0 R", "/OpenAction 5~ 0 R", "/OpenAction +5 0 R",
            "/OpenAction 5 0. R", "/OpenAction 0000000000000005 0 R", "/X~y/OpenAction 5 0 R", "/X~y/AA<</WC 5 0 R>>",
            "/OpenAction<</X~y/S/URI/URI(http://a.id)>>", "/OpenAction<</S/GoTo~/D(a)>>", "/OpenAction<</S~/URI>>",
            "/OpenAction<</#53#00x/URI>>", "[/OpenAction 5 0 R]", "<</OpenAction 5 0 R>>", "/X[y/OpenAction 5 0 R]",
            "/X[[1e-5]/AA 5 0 R]",
        ].map { ($0, torn(PaperMaker.paper(catalog: $0, objects: [address]))) } + [
            ("script between objects", PaperMaker.paper(raw: Array("/JavaScript \n".utf8))),
            ("key between objects", PaperMaker.paper(raw: Array("<</Encrypt 9 0 R>>\n".utf8))),
            ("kind of stream elsewhere", PaperMaker.paper(objects: ["/ObjStm"])),
            (
                "object stream that begins on the next line",
                PaperMaker.paper(
                    raw: PaperMaker.packed(["<</A/B>>"], start: "stream") {
                        (deflate($0) ?? []) + [0x0A] + (deflate($0) ?? [])
                    })
            ),
            (
                "list of parameters for one filter",
                PaperMaker.paper(
                    raw: PaperMaker.packed(
                        ["<</A/B>>"],
                        entries: "/Filter/FlateDecode/DecodeParms[<</Predictor 12/Columns 4>>]",
                        encode: { deflate(PaperMaker.predicted($0)) ?? [] }))
            ),
            (
                "parameters without a list for a list of filters",
                PaperMaker.paper(
                    raw: PaperMaker.packed(
                        ["<</A/B>>"],
                        entries: "/Filter[/FlateDecode]/DecodeParms<</Predictor 12/Columns 4>>",
                        encode: { deflate(PaperMaker.predicted($0)) ?? [] }))
            ),
            (
                "key of an object stream torn",
                torn(PaperMaker.paper(raw: PaperMaker.packed(["7"], entries: "/First~ 0")))
            ),
        ]

    @Test(arguments: others.indices)
    func refuses(index: Int) {
        let (name, bytes) = Self.others[index]
        #expect(throws: FileFault.self, "\(name)") { try FileInspection.inspect(bytes) }
    }

    static let good: [(String, [UInt8])] = [
        ("comments in an object's beginning", PaperMaker.paper(opening: "1 % satu\n0 % nol\nobj % mulai\n<<")),
        ("many blanks", PaperMaker.paper(opening: "1 0" + String(repeating: " ", count: 100) + "obj<<")),
        // The dash is E2 80 93.
        ("font named in UTF-8", PaperMaker.paper(page: "/Resources<</Font<</F–1 5 0 R>>>>")),
        ("number sign in a name", PaperMaker.paper(page: "/Resources<</Font<</C# 5 0 R/F#/A>>>>")),
        ("odd numbers", PaperMaker.paper(page: "/A[-.5 +1.5 --3 1.2.3 4-5 6.]/B[1e-5 2 3.5]/C[[1E5]]/D NaN/E 1e5")),
        (
            "broken off in data",
            PaperMaker.paper(objects: ["<</Length 30>>stream\n% obj ) } obj > 50% obj ]\nendstream"])
        ),
        ("address in a string", PaperMaker.paper(page: "/Annots[<</A<</S/URI/URI(http://a.id/JS/AA)>>>>]")),
        (
            "percent signs and words before objects",
            PaperMaker.paper(raw: Array("% 100%: obj )\n% lihat objek\n".utf8))
        ),
    ]

    @Test(arguments: good.indices)
    func accepts(index: Int) {
        let (name, bytes) = Self.good[index]
        #expect(throws: Never.self, "\(name)") { try FileInspection.inspect(bytes) }
    }

    /// Work stays in proportion to the file: were it in proportion to its square, these would take minutes.
    @Test func endsSoon() {
        let parts = [
            "obj ", "%obj ", "1 0%obj\n", "% % % obj\n", " obj", "1 0 obj<<>>stream ", "%\nobj ", "(obj", "/obj ",
            "0 obj(",
            "trailer<<",
        ]
        let clock = ContinuousClock()
        for part in parts {
            let raw = Array(String(repeating: part, count: (1 << 20) / part.utf8.count).utf8)
            let bytes = PaperMaker.paper(raw: raw)
            let time = clock.measure { _ = try? FileInspection.inspect(bytes) }
            #expect(time < .seconds(10), "\(part): \(time)")
        }
    }
}
