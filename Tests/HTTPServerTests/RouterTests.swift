import HTTPServer
import HTTPTypes
import Testing

@Suite struct RouterTests {
    private static func router() -> Router<String> {
        var router = Router<String>()
        router.add(.get, "/", "home")
        router.add(.get, "/permohonan/baru", "new")
        router.add(.get, "/permohonan/:ref", "show")
        router.add(.post, "/permohonan/:ref", "change")
        router.add(.get, "/permohonan/:ref/berkas/:key", "file")
        router.add(.get, "/permohonan/baru/cetak", "print")
        router.add(.get, "/aset/*path", "asset")
        return router
    }

    private static func match(_ method: HTTPRequest.Method, _ path: String) -> String {
        switch router().match(method, path) {
        case .found(let value, let parameters, _):
            value + parameters.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        case .methodNotAllowed(let methods): "allow " + methods.map(\.rawValue).joined(separator: ",")
        case .notFound: "-"
        }
    }

    @Test(arguments: [
        ("/", "home"), ("/permohonan/baru", "new"), ("/permohonan/7", "show ref=7"), ("/permohonan/", "-"),
        ("/permohonan", "-"), ("/permohonan/baru/berkas/k", "file key=k ref=baru"), ("/permohonan/baru/cetak", "print"),
        ("/permohonan/7/cetak", "-"), ("/aset/css/app.css", "asset path=css/app.css"), ("/permohonan/7/", "-"),
        ("/permohonan/a b/berkas/é", "file key=é ref=a b"), ("//", "-"),
    ])
    func finds(_ path: String, _ expected: String) {
        #expect(Self.match(.get, path) == expected)
    }

    @Test func methods() {
        #expect(Self.match(.head, "/permohonan/7") == "show ref=7")
        #expect(Self.match(.post, "/permohonan/7") == "change ref=7")
        #expect(Self.match(.post, "/permohonan/baru") == "change ref=baru")
        #expect(Self.match(.delete, "/permohonan/7") == "allow GET,HEAD,POST")
        #expect(Self.match(.delete, "/nothing") == "-")
        #expect(Self.router().routes.count == 7)
    }

    @Test(arguments: [
        ("/", "GET, HEAD, OPTIONS"), ("/permohonan/7", "GET, HEAD, OPTIONS, POST"),
        // Both the fixed segment and the parameter count.
        ("/permohonan/baru", "GET, HEAD, OPTIONS, POST"), ("/aset/a/b", "GET, HEAD, OPTIONS"),
        ("/nothing", nil), ("/permohonan/7/", nil), ("*", nil),
    ])
    func allow(_ path: String, _ expected: String?) {
        let answer = Self.router().options(path)
        #expect(answer?.fields[.allow] == expected)
        #expect(answer?.status.code == expected.map { _ in 204 })
        #expect(Self.router().methods(path).isEmpty == (expected == nil))
    }

    @Test func ownOptionsRouteIsListedOnce() {
        var router = Self.router()
        router.add(.options, "/", "own")
        #expect(router.options("/")?.fields[.allow] == "GET, HEAD, OPTIONS")
    }

    @Test func optionsOverTheWire() throws {
        let client = try TestServer().client()
        client.send("OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\nOPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
        let known = try client.receive()
        #expect(known.status == 204)
        #expect(known.fields["allow"] == "GET, OPTIONS")
        #expect(known.fields["content-length"] == nil)
        #expect(try client.receive().fields["allow"] == "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS")
    }

    @Test(arguments: [
        "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
        "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", "PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n",
        "get / HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
    func otherMethodsAre501(_ request: String) throws {
        let client = try TestServer().client()
        client.send(request)
        #expect(try client.receive().status == 501)
        #expect(client.isAtEnd())
    }

    /// Answers from the table above, as a responder of real use does.
    private struct RoutedApp: Responder {
        func admit(_ head: RequestHead) -> Admission {
            let router = RouterTests.router()
            switch router.match(head.method, head.path) {
            case .found(let value, _, let pattern):
                return .accept(head.method == .post ? .form(max: 100) : .none, route: pattern) { _ in .text(value) }
            case .methodNotAllowed:
                if head.method == .options, let answer = router.options(head.path) { return .refuse(answer) }
                var answer = Response.text("no", status: .methodNotAllowed)
                answer.allow(router.methods(head.path))
                return .refuse(answer)
            case .notFound: return .refuse(.text("nothing", status: .notFound))
            }
        }
    }

    @Test(arguments: [
        ("GET", "/permohonan/7", 200, nil), ("POST", "/permohonan/7", 200, nil),
        ("PUT", "/permohonan/7", 405, "GET, HEAD, OPTIONS, POST"), ("DELETE", "/", 405, "GET, HEAD, OPTIONS"),
        ("OPTIONS", "/permohonan/7", 204, "GET, HEAD, OPTIONS, POST"), ("OPTIONS", "/nothing", 404, nil),
    ])
    func overTheWire(_ method: String, _ path: String, _ status: Int, _ allow: String?) throws {
        let answer = try TestServer(responder: RoutedApp()).answer(
            "\(method) \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
        #expect(answer.status == status)
        #expect(answer.fields["allow"] == allow)
    }
}
