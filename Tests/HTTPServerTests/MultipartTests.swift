import HTTPServer
import Testing

@Suite struct MultipartTests {
    struct Part: Equatable {
        var header: MultipartHeader
        var content: [UInt8]
        var isComplete = false
    }

    /// Parses pieces; nil for a fault.
    static func parse(_ pieces: [ArraySlice<UInt8>], boundary: String = "b") -> [Part]? {
        var parser = Multipart(boundary: boundary)
        var parts: [Part] = []
        do {
            for piece in pieces {
                try parser.consume(piece) { event in
                    switch event {
                    case .part(let header): parts.append(Part(header: header, content: []))
                    case .content(let bytes): parts[parts.count - 1].content += bytes
                    case .partEnd: parts[parts.count - 1].isComplete = true
                    }
                }
            }
            try parser.finish()
        } catch {
            return nil
        }
        return parts.allSatisfy(\.isComplete) ? parts : nil
    }

    static func one(_ disposition: String) -> MultipartHeader? {
        parse([Array("--b\r\nContent-Disposition: \(disposition)\r\n\r\n\r\n--b--".utf8)[...]])?.first?.header
    }

    @Test func everySplitGivesTheSame() throws {
        let text =
            "preamble\r\n--b \t\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--\r\n-\r\r\n--c\r\n--b\r\n"
            + "content-disposition:form-data; filename=\"f\"; name=g\r\nContent-Type: text/plain\r\n\r\n\r\n--b--\r\nepilogue"
        let bytes = Array(text.utf8)
        let whole = try #require(Self.parse([bytes[...]]))
        #expect(whole.map(\.header.name) == ["a", "g"])
        #expect(whole.map(\.content) == [Array("x\r\n--\r\n-\r\r\n--c".utf8), []])
        #expect(whole[1].header.filename == "f")
        #expect(whole[1].header.contentType == "text/plain")
        for cut in 0...bytes.count {
            #expect(Self.parse([bytes[..<cut], bytes[cut...]]) == whole, "cut at \(cut)")
            for second in stride(from: cut, to: bytes.count, by: 11) {
                #expect(Self.parse([bytes[..<cut], bytes[cut..<second], bytes[second...]]) == whole)
            }
        }
        #expect(Self.parse(bytes.indices.map { bytes[$0...$0] }) == whole)
    }

    @Test func namesInEveryForm() {
        #expect(Self.one("form-data; name=\"a b;c\"")?.name == "a b;c")
        #expect(Self.one("form-data; name=\"é\"; filename=\"ké.pdf\"")?.filename == "ké.pdf")
        #expect(Self.one("form-data; name=\"a\\\"b\"")?.name == "a\"b")
        #expect(Self.one("form-data; name=\"a%22b\"")?.name == "a\"b")
        #expect(Self.one("form-data; name=f; filename=\"C:\\dir\\x.pdf\"")?.filename == "C:\\dir\\x.pdf")
        #expect(Self.one("form-data; name=f; filename=\"x\"; filename*=UTF-8''k%C3%A9")?.filename == "ké")
        #expect(Self.one("FORM-DATA; NAME=f;")?.name == "f")
        #expect(Self.one("form-data; name=\"\"")?.name == "")
    }

    @Test(
        arguments: [
            "", "form-data", "attachment; name=a", "form-data; name=\"a", "form-data; name=a; name=b",
            "form-data; name=\"a\" x", "form-data; name", "form-data; name=f; filename*=latin1''x",
            "form-data; name=f; filename*=UTF-8''%C3", "form-data; name=f; filename*=x",
        ])
    func wrongDispositionsAreRefused(_ value: String) {
        #expect(Self.one(value) == nil)
    }

    @Test(
        arguments: [
            "", "--b", "--b\r\n", "--b--x", "x--b--", "--bc\r\n", "--b\r\n\r\n\r\n--b--", "--b\nContent",
            "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx",
            "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\n--b--",
            "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--bx--",
            "--b\r\nContent-Disposition : form-data; name=a\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=a\r\n folded\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=a\nX: y\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--b--",
        ])
    func malformedBodiesAreRefused(_ text: String) {
        let bytes = Array(text.utf8)
        // "--b--x" and the like may end in an epilogue; it is the missing parts that count then.
        let parts = Self.parse([bytes[...]])
        #expect(parts == nil || parts?.isEmpty == true && text.hasPrefix("--b--"))
        #expect(Self.parse(bytes.indices.map { bytes[$0...$0] }) == parts)
    }

    @Test func endlessHeaderAndPreambleAreRefused() {
        let header = "--b\r\nX: " + String(repeating: "x", count: 9000)
        #expect(Self.parse([Array(header.utf8)[...]]) == nil)
        let preamble = String(repeating: "x", count: 2000) + "\r\n--b--"
        #expect(Self.parse([Array(preamble.utf8)[...]]) == nil)
    }

    @Test func boundaryOfContentType() {
        #expect(Multipart.boundary(ofContentType: "multipart/form-data; boundary=abc") == "abc")
        #expect(Multipart.boundary(ofContentType: "Multipart/Form-Data; charset=x; BOUNDARY=\"a b\"") == "a b")
        #expect(Multipart.boundary(ofContentType: "multipart/mixed; boundary=abc") == nil)
        #expect(Multipart.boundary(ofContentType: "multipart/form-data") == nil)
        #expect(Multipart.boundary(ofContentType: "multipart/form-data; boundary=\"\"") == nil)
        let long = String(repeating: "x", count: 71)
        #expect(Multipart.boundary(ofContentType: "multipart/form-data; boundary=\(long)") == nil)
    }
}
