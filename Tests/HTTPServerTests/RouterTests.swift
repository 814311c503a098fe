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
}
