import Answer
import Glibc
import HTTPServer
import HTTPTypes
import Logging

/// Our server with a few routes, the access log on. Usage: bench-server PORT LOG-FILE [TEMPORARY-FOLDER]
@main struct Main {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let port = Int(arguments[1]) else {
            print("usage: bench-server PORT LOG-FILE [TEMPORARY-FOLDER]")
            exit(2)
        }
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_BLOCK, &signals, nil)

        let log = try AccessLog(descriptor: open(arguments[2], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600))
        var configuration = ServerConfiguration()
        configuration.port = port
        configuration.accessLog = { log.write($0) }
        configuration.temporaryDirectory = arguments.count > 3 ? arguments[3] : "/tmp"
        // The load comes from one address and in one go.
        configuration.connections = 20_000
        configuration.connectionsPerAddress = 20_000
        configuration.requestsPerConnection = .max
        configuration.idleTimeout = 600
        let server = try Server(
            configuration: configuration, responder: Application(), logger: Logger(label: "bench"))
        try server.start()
        var received: Int32 = 0
        sigwait(&signals, &received)
        server.stop(deadlineSeconds: 1)
        log.flush()
    }
}

/// Routes like the portal's: found by the router, with a policy for the body each.
struct Application: Responder {
    struct Route: Sendable {
        let body: BodyPolicy
        let respond: @Sendable (Request) -> Response
    }

    private let router: Router<Route>

    init() {
        var router = Router<Route>()
        router.add(.get, "/layanan", Route(body: .none) { _ in Self.page })
        router.add(.get, "/layanan/:slug", Route(body: .none) { _ in Self.page })
        let upload = BodyPolicy.multipart(
            max: 200 * 1024 * 1024, maxFile: 100 * 1024 * 1024, maxFiles: 5, maxFields: 20)
        router.add(.post, "/unggah", Route(body: upload) { .text("\($0.files.reduce(0) { $0 + $1.size })\n") })
        self.router = router
    }

    func admit(_ head: RequestHead) -> Admission {
        switch router.match(head.method, head.path) {
        case .found(let route, let parameters, let pattern):
            .accept(route.body, parameters: parameters, route: pattern, respond: route.respond)
        case .methodNotAllowed: .refuse(.text("405\n", status: .methodNotAllowed))
        case .notFound: .refuse(.text("404\n", status: .notFound))
        }
    }

    private static var page: Response { Response(fields: Answer.fields, body: .bytes(Answer.body)) }
}
