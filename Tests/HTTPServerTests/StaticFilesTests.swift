import Glibc
import HTTPServer
import HTTPTypes
import Testing

@Suite final class StaticFilesTests {
    private let folder: String
    private let files: StaticFiles
    private let css = "/* Ours */\n" + String(repeating: "body { color: black; }\n", count: 200)

    init() throws {
        var template = Array("/tmp/httpserver-static-XXXXXX".utf8CString)
        #expect(mkdtemp(&template) != nil)
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        mkdir(folder + "/css", 0o700)
        Self.write(folder + "/css/app.css", css)
        Self.write(folder + "/a.bin", "\u{1}\u{2}")
        Self.write(folder + "/.hidden", "x")
        symlink("/etc/passwd", folder + "/link.txt")
        symlink("/etc", folder + "/etc")
        files = try StaticFiles(directory: folder, prefix: "/aset")
    }

    deinit {
        for name in ["/css/app.css", "/a.bin", "/.hidden", "/link.txt", "/etc"] { unlink(folder + name) }
        rmdir(folder + "/css")
        rmdir(folder)
    }

    private static func write(_ path: String, _ text: String) {
        let fd = open(path, O_WRONLY | O_CREAT, 0o600)
        Glibc.write(fd, text, text.utf8.count)
        close(fd)
    }

    private func get(_ path: String, _ fields: HTTPFields = [:], method: HTTPRequest.Method = .get) -> Response? {
        files.respond(path: path, head: RequestHead(method: method, path: path, fields: fields))
    }

    @Test func hashedAddressesAreCachedForAYear() throws {
        let url = try #require(files.url("css/app.css"))
        #expect(url.hasPrefix("/aset/css/app.") && url.hasSuffix(".css") && url != "/aset/css/app.css")
        #expect(files.url("/aset/css/app.css") == url)
        let response = try #require(get(url))
        #expect(response.fields[.cacheControl] == "public, max-age=31536000, immutable")
        #expect(response.fields[.contentType] == "text/css; charset=utf-8")
        let plain = try #require(get("/aset/css/app.css"))
        #expect(plain.fields[.cacheControl]?.contains("immutable") == false)
        #expect(files.names == ["a.bin", "css/app.css"])
    }

    @Test func gzipIsPreparedAndHasItsOwnTag() throws {
        let plain = try #require(get("/aset/css/app.css"))
        let packed = try #require(get("/aset/css/app.css", [.acceptEncoding: "gzip"]))
        #expect(packed.fields[.contentEncoding] == "gzip")
        #expect(plain.fields[.eTag] != packed.fields[.eTag])
        #expect(plain.fields[.vary] == "Accept-Encoding")
        guard case .bytes(let bytes) = packed.body else { throw RawClient.Fault(description: "no bytes") }
        #expect(bytes.count < css.utf8.count / 2)
        #expect(get("/aset/a.bin", [.acceptEncoding: "gzip"])?.fields[.contentEncoding] == nil)
    }

    private static let tight: [(String, String, String)] = [
        ("a.css", "a, b {\n  margin: 0 auto;\n}\n\n/* x */\nc > d {}", "a,b{margin:0 auto}c > d{}"),
        ("a.css", "a :is(b, c) + d { width: calc(1px + 2px) }", "a :is(b,c) + d{width:calc(1px + 2px)}"),
        ("a.css", "a { content: \"\\\" /* { ; \" ; b: ':  '; }", "a{content:\"\\\" /* { ; \";b:':  '}"),
        ("a.css", "@media (min-width: 40rem) and (x) { a { b: c } }", "@media (min-width:40rem) and (x){a{b:c}}"),
        ("a.css", "a/* between */b { c: d } /* open", "a b{c:d}"), ("a.css", "\"open", "\"open"),
        ("a.js", "// Why\n{\n  f(1); // stays\r\n\n  g('//');\n}\n", "{\nf(1); // stays\ng('//');\n}\n"),
        ("a.js", "f(`a\n  // b\n`);\n", "f(`a\n  // b\n`);\n"), ("a.js", "a\n  .b(`c`)", "a\n.b(`c`)\n"),
        ("a.txt", "a  {\n  b }", "a  {\n  b }"),
    ]

    @Test(arguments: tight) func stylesAndScriptsGoOutTight(_ name: String, _ written: String, _ sent: String) throws {
        let path = "\(folder)/css/\(name)"
        Self.write(path, written)
        defer { unlink(path) }
        let files = try StaticFiles(directory: folder + "/css", prefix: "/")
        let answer = files.respond(path: "/\(name)", head: RequestHead(method: .get, path: "/\(name)", fields: [:]))
        guard case .bytes(let bytes) = answer?.body else { throw RawClient.Fault(description: "no bytes") }
        #expect(String(decoding: bytes, as: UTF8.self) == sent)
    }

    @Test func conditionsAreHonoured() throws {
        let tag = try #require(get("/aset/css/app.css")?.fields[.eTag])
        let date = try #require(get("/aset/css/app.css")?.fields[.lastModified])
        for value in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
            #expect(get("/aset/css/app.css", [.ifNoneMatch: value])?.status == .notModified)
        }
        #expect(get("/aset/css/app.css", [.ifNoneMatch: "\"x\""])?.status == .ok)
        #expect(get("/aset/css/app.css", [.ifModifiedSince: date])?.status == .notModified)
        #expect(get("/aset/css/app.css", [.ifModifiedSince: httpDate(0)])?.status == .ok)
        #expect(get("/aset/css/app.css", [.ifNoneMatch: "\"x\"", .ifModifiedSince: date])?.status == .ok)
    }

    @Test(arguments: [
        "/aset/", "/aset", "/aset/css", "/aset/css/", "/aset/../etc/passwd", "/aset/link.txt", "/aset/etc/passwd",
        "/aset/.hidden", "/aset//css/app.css", "/aset/css/app.css/", "/css/app.css", "/asetcss/app.css",
    ])
    func nothingElseIsServed(_ path: String) {
        #expect(get(path) == nil)
    }

    @Test func onlyForReading() {
        #expect(get("/aset/a.bin", method: .head) != nil)
        #expect(get("/aset/a.bin", method: .post) == nil)
    }

    private struct App: Responder {
        let files: StaticFiles
        func admit(_ head: RequestHead) -> Admission {
            .refuse(files.respond(path: head.path, head: head) ?? .text("", status: .notFound))
        }
    }

    @Test func rangesAndConditionsOverTheWire() throws {
        let client = try TestServer(responder: App(files: files)).client()
        func ask(_ fields: String, method: String = "GET") throws -> RawClient.Answer {
            client.send("\(method) /aset/css/app.css HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
            return try client.receive(hasBody: method == "GET")
        }
        let whole = try ask("")
        #expect(whole.fields["accept-ranges"] == "bytes")
        let part = try ask("Range: bytes=17-33\r\n")
        #expect(part.status == 206)
        #expect(part.text == "body{color:black}")
        #expect(part.fields["content-range"] == "bytes 17-33/\(17 * 200)")
        #expect(part.fields["etag"] == whole.fields["etag"])
        // A part of the packed form is one of other bytes, under another tag.
        let packed = try ask("Accept-Encoding: gzip\r\n")
        let packedPart = try ask("Accept-Encoding: gzip\r\nRange: bytes=-5\r\n")
        #expect(packedPart.body == Array(packed.body.suffix(5)))
        #expect(packedPart.fields["content-encoding"] == "gzip")
        #expect(packedPart.fields["etag"] == packed.fields["etag"])
        let tag = try #require(packed.fields["etag"])
        #expect(try ask("Range: bytes=0-0\r\nIf-Range: \(tag)\r\n").status == 200)
        let unchanged = try ask("Accept-Encoding: gzip\r\nIf-None-Match: \(tag)\r\nRange: bytes=0-0\r\n")
        #expect(unchanged.status == 304)
        #expect(unchanged.fields["etag"] == tag)
        #expect(unchanged.fields["cache-control"] != nil)
        #expect(try ask("Range: bytes=0-0\r\n", method: "HEAD").fields["content-length"] == "\(17 * 200)")
        #expect(try ask("Range: bytes=99999-\r\n").status == 416)
    }

    @Test func methodsOfAFile() {
        #expect(files.methods("/aset/a.bin") == [.get, .head, .options])
        #expect(files.methods("/aset/none").isEmpty)
    }
}
