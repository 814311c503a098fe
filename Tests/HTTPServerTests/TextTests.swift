import HTTPServer
import HTTPTypes
import Testing

@Suite struct TextTests {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
    ])
    func dates(_ seconds: Int, _ text: String) {
        #expect(httpDate(seconds) == text)
        #expect(parseHTTPDate(text) == seconds)
    }

    @Test func everyDayGoesThereAndBack() {
        for day in stride(from: 0, to: 80_000, by: 1) { #expect(parseHTTPDate(httpDate(day * 86_400)) == day * 86_400) }
    }

    @Test(arguments: [
        "", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 99 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
    ])
    func otherDatesAreIgnored(_ text: String) {
        #expect(parseHTTPDate(text) == nil)
    }

    @Test func dispositions() {
        #expect(contentDisposition(.attachment, filename: "surat.pdf") == "attachment; filename=\"surat.pdf\"")
        #expect(
            contentDisposition(.inline, filename: "é \"x\".pdf")
                == "inline; filename=\"_ _x_.pdf\"; filename*=UTF-8''%C3%A9%20%22x%22.pdf")
        #expect(contentDisposition(.attachment, filename: "a/b\\c\r\nd") == "attachment; filename=\"a_b_c__d\"")
        #expect(contentDisposition(.attachment, filename: "x\u{202E}fdp.exe") == "attachment; filename=\"x_fdp.exe\"")
    }

    @Test func urlencodedForms() throws {
        let fields = try URLEncodedForm.decode(Array("a=1&b=%C3%A9+x&a=2&&c&=d".utf8)[...])
        #expect(fields.names == ["a", "b", "c", ""])
        #expect(fields.all("a") == ["1", "2"])
        #expect(fields["b"] == "é x")
        #expect(fields["c"] == "")
        #expect(fields["z"] == nil)
        #expect(throws: URLEncodedForm.Fault.invalidEscape) { try URLEncodedForm.decode(Array("a=%2".utf8)[...]) }
        #expect(throws: URLEncodedForm.Fault.invalidText) { try URLEncodedForm.decode(Array("a=%ff".utf8)[...]) }
        #expect(throws: URLEncodedForm.Fault.tooManyFields) {
            try URLEncodedForm.decode(Array("a&b&c".utf8)[...], maxFields: 2)
        }
        #expect(URLEncodedForm.decodeQuery("a=100%&b=%41")["a"] == "100%")
        #expect(URLEncodedForm.encode(FormFields([("a b", "é&"), ("c", "")])) == "a+b=%C3%A9%26&c=")
    }

    @Test func cookies() {
        let fields: HTTPFields = [.cookie: "a=1; b=\"2\"; a=3;c = 4 ; bad; =x; d=e=f"]
        let head = RequestHead(path: "/", fields: fields)
        #expect(head.cookies == ["a": "1", "b": "2", "c": "4", "d": "e=f"])
        #expect(RequestHead(path: "/a/b").segments == ["a", "b"])
    }

    @Test(arguments: [
        ("gzip", true), ("GZIP", true), ("br, gzip;q=0.1", true), ("*", true), ("x-gzip", true), ("", false),
        ("br", false), ("gzip;q=0", false), ("gzip; q=0.000", false), ("*, gzip;q=0", false), ("*;q=0", false),
        ("identity", false), ("gzip;q=x", false),
    ])
    func acceptEncoding(_ value: String, _ accepts: Bool) {
        #expect(acceptsGzip([.acceptEncoding: value]) == accepts)
    }

    @Test func uploadedFilesReadInPieces() throws {
        let file = UploadedFile(name: "f", filename: "x", bytes: Array(0..<10))
        #expect(try file.prefix(3) == [0, 1, 2])
        #expect(try file.readAll(limit: 10) == Array(0..<10))
        #expect(throws: UploadFault.tooLarge) { try file.readAll(limit: 9) }
        var pieces: [[UInt8]] = []
        try file.forEachPiece(of: 4) { pieces.append($0) }
        #expect(pieces == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
    }
}
