import Glibc
import HTTPTypes
import Logging

@testable import HTTPServer

/// A server on a port of its own, with routes that show what arrived.
final class TestServer {
    let server: Server
    let port: Int
    let folder: String
    let log = AccessLog()

    final class AccessLog: Sendable {
        private let records = Protected<[AccessRecord]>([])
        func add(_ record: AccessRecord) { records.withLock { $0.append(record) } }
        var all: [AccessRecord] { records.withLock { $0 } }
    }

    init(
        responder: any Responder = TestApp(), _ change: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        var template = Array("/tmp/httpserver-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RawClient.Fault(description: "mkdtemp: \(errno)") }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.threads = 2
        configuration.temporaryDirectory = folder
        let log = log
        configuration.accessLog = { log.add($0) }
        change(&configuration)
        server = try Server(configuration: configuration, responder: responder, logger: Logger(label: "test"))
        try server.start()
        port = server.port
    }

    deinit {
        server.stop(deadlineSeconds: 0.2)
        rmdir(folder)
    }

    func client(timeout: Int = 5) throws -> RawClient { try RawClient(port: port, timeout: timeout, server: self) }

    /// A client on one end of a socket pair whose other end is served: exact bytes, and no network in between.
    func pair() throws -> RawClient {
        let (client, served) = try RawClient.pair(server: self)
        server.serve(served, from: "127.0.0.1")
        return client
    }

    /// One request on a socket pair of its own.
    func answer(_ request: String, hasBody: Bool = true) throws -> RawClient.Answer {
        let client = try pair()
        client.send(request)
        return try client.receive(hasBody: hasBody)
    }

    var temporaryFiles: [String] {
        guard let folder = opendir(folder) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// Waits a bounded time for something another thread does.
    static func eventually(_ condition: () -> Bool) -> Bool {
        for _ in 0..<250 {
            if condition() { return true }
            usleep(20_000)
        }
        return condition()
    }
}

struct TestApp: Responder {
    func admit(_ head: RequestHead) -> Admission {
        switch (head.method, head.path) {
        case (.get, "/"), (.head, "/"): return .accept(.none, route: "/") { _ in .text("hello") }
        case (.get, "/big"):
            return .accept(.none, route: "/big") { _ in .text(String(repeating: "large ", count: 4_000_000)) }
        case (.get, "/text"):
            return .accept(.none, route: "/text") { _ in .html(String(repeating: "<p>teks</p>", count: 400)) }
        case (.get, "/secret"):
            return .accept(.none, route: "/secret") { _ in
                var response = Response.html(String(repeating: "<p>teks</p>", count: 400))
                response.mayCompress = false
                return response
            }
        case (.get, "/slow"):
            return .accept(.none, route: "/slow") { _ in
                usleep(300_000)
                return .text("slow")
            }
        case (.get, "/file"), (.head, "/file"):
            return .accept(.none, route: "/file") { _ in
                let path = head.query["path"] ?? ""
                var about = stat()
                stat(path, &about)
                var response = Response.file(path: path, size: Int(about.st_size), type: "application/octet-stream")
                response.fields[.eTag] = head.query["etag"]
                response.fields[.lastModified] = head.query["modified"]
                return response
            }
        case (.get, "/echo"):
            return .accept(.none, route: "/echo") { request in
                let query = request.head.query.pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "|")
                return .text("\(request.head.path)?\(query);\(request.head.authority);\(request.head.remoteAddress)")
            }
        case (.get, "/origin"):
            return .accept(.none, route: "/origin") { _ in .text("\(head.remoteAddress) \(head.scheme)") }
        case (.options, "/echo"): return .refuse(.allowing([.get, .options]), route: "/echo")
        case (.post, "/raw"):
            return .accept(.raw(max: 1_000_000), route: "/raw") { request in
                .bytes(request.body, type: "application/octet-stream")
            }
        case (.post, "/form"):
            return .accept(.form(max: 1000), route: "/form") { request in
                .text(request.form.pairs.map { "\($0.name)=\($0.value)" }.joined(separator: "|"))
            }
        case (.post, "/upload"):
            let policy = BodyPolicy.multipart(max: 2_000_000, maxFile: 500_000, maxFiles: 3, maxFields: 5)
            return .accept(policy, route: "/upload") { .text(TestApp.describe($0)) }
        case (.post, "/forbidden"): return .refuse(.text("no", status: .forbidden), route: "/forbidden")
        default: return .refuse(.text("not found", status: .notFound))
        }
    }

    static func describe(_ request: Request) -> String {
        let fields = request.form.pairs.map { "\($0.name)=\($0.value)" }
        let files = request.files.map { file in
            let bytes = (try? file.readAll(limit: 10_000_000)) ?? []
            let sum = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }
            return "\(file.name):\(file.filename):\(file.contentType ?? "-"):\(file.size):\(sum)"
                + (file.isTooLarge ? ":large" : "") + (file.path == nil ? "" : ":disk")
        }
        return (fields + files).joined(separator: "|")
    }
}
