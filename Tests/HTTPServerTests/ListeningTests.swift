import CLinux
import Glibc
import HTTPTypes
import Logging
import Synchronization
import Testing

@testable import HTTPServer

@Suite struct ListeningTests {
    private static let get = "GET /origin HTTP/1.1\r\nHost: a\r\n\r\n"

    private static func temporaryPath() -> String { "/tmp/suratizin-\(UInt32.random(in: .min ... .max)).sock" }

    @Test func unixSocket() throws {
        let path = Self.temporaryPath()
        let test = try TestServer {
            $0.sockets = [.unix(path: path, mode: 0o600), .tcp(address: "127.0.0.1", port: 0)]
        }
        var about = stat()
        #expect(lstat(path, &about) == 0)
        #expect(about.st_mode == S_IFSOCK | 0o600)
        let local = try RawClient(path: path, server: test)
        local.send(Self.get + Self.get)
        #expect(try local.receive().text == "unix http")
        #expect(try local.receive().text == "unix http")
        #expect(try test.answer(Self.get).text == "127.0.0.1 http")
        test.server.stop(deadlineSeconds: 0.2)
        #expect(access(path, F_OK) != 0)
        #expect(throws: RawClient.Fault.self) { try RawClient(path: path) }
    }

    @Test func proxyOnAUnixSocket() throws {
        let path = Self.temporaryPath()
        let proxies = try TrustedProxies(["unix"])
        let test = try TestServer {
            $0.sockets = [.unix(path: path)]
            $0.trustedProxies = proxies
        }
        #expect(test.port == 0)
        let client = try RawClient(path: path, server: test)
        client.send("GET /origin HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n")
        #expect(try client.receive().text == "203.0.113.9 http")
    }

    @Test func onlyAStaleSocketFileIsReplaced() throws {
        let path = Self.temporaryPath()
        defer { unlink(path) }
        var file = clx_file_id()
        let stale = clx_listen_unix(path, 0o600, 5, &file)
        #expect(stale >= 0)
        #expect(throws: ServerError.self) { try TestServer { $0.sockets = [.unix(path: path)] } }
        #expect(access(path, F_OK) == 0)
        close(stale)
        do {
            let test = try TestServer { $0.sockets = [.unix(path: path)] }
            let client = try RawClient(path: path, server: test)
            client.send(Self.get)
            #expect(try client.receive().status == 200)
        }
        #expect(access(path, F_OK) != 0)
        close(open(path, O_WRONLY | O_CREAT, 0o600))
        #expect(throws: ServerError.self) { try TestServer { $0.sockets = [.unix(path: path)] } }
        #expect(access(path, F_OK) == 0)
        #expect(throws: ServerError.self) {
            try TestServer { $0.sockets = [.unix(path: "/tmp/" + String(repeating: "x", count: 108))] }
        }
    }

    @Test func anotherServersSocketFileIsLeftAlone() throws {
        let path = Self.temporaryPath()
        let first = try TestServer { $0.sockets = [.unix(path: path)] }
        unlink(path)
        let second = try TestServer { $0.sockets = [.unix(path: path)] }
        first.server.stop(deadlineSeconds: 0.1)
        let client = try RawClient(path: path, server: second)
        client.send(Self.get)
        #expect(try client.receive().status == 200)
    }

    @Test func takenPortIsAFault() throws {
        let test = try TestServer()
        #expect(throws: ServerError.self) { try TestServer { $0.port = test.port } }
    }

    @Test func systemdHandsSocketsOver() throws {
        let fd = clx_listen("127.0.0.1", 0, 5)
        defer { close(fd) }
        func activated(_ environment: [String: String]) throws -> [ListeningSocket] {
            try ListeningSocket.activated(environment, process: 77, first: fd)
        }
        #expect(try activated([:]).isEmpty)
        #expect(try activated(["LISTEN_PID": "77"]).isEmpty)
        #expect(try activated(["LISTEN_PID": "78", "LISTEN_FDS": "1"]).isEmpty)
        #expect(try activated(["LISTEN_PID": "77", "LISTEN_FDS": "0"]).isEmpty)
        #expect(try activated(["LISTEN_PID": "77", "LISTEN_FDS": "x"]).isEmpty)
        #expect(try activated(["LISTEN_PID": "77", "LISTEN_FDS": "1"]) == [.inherited(descriptor: fd)])
        let plain = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(plain) }
        #expect(throws: ServerError.self) {
            try ListeningSocket.activated(["LISTEN_PID": "77", "LISTEN_FDS": "1"], process: 77, first: plain)
        }
        #expect(throws: ServerError.self) { try TestServer { $0.sockets = [.inherited(descriptor: plain)] } }
    }

    /// A client that works without pause, and reconnects when it is told to.
    private final class Busy: Sendable {
        let answers = Atomic<Int>(0)
        let closes = Atomic<Int>(0)
        let losses = Atomic<Int>(0)
        let isDone = Atomic<Bool>(false)
        let running = Gate(1)

        func run(port: Int, pause: UInt32) {
            defer { running.add(-1) }
            var client: RawClient?
            while !isDone.load(ordering: .relaxed) {
                do {
                    let open = try client ?? RawClient(port: port)
                    client = open
                    open.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                    let answer = try open.receive()
                    answers.add(answer.status == 200 ? 1 : 0, ordering: .relaxed)
                    if answer.fields["connection"] == "close" {
                        closes.add(1, ordering: .relaxed)
                        client = nil
                    }
                    if pause > 0 { usleep(pause) }
                } catch {
                    losses.add(1, ordering: .relaxed)
                    client = nil
                }
            }
        }
    }

    @Test func restartOnAnInheritedSocketLosesNoRequest() throws {
        let fd = clx_listen("127.0.0.1", 0, 128)
        defer { close(fd) }
        let port = Int(clx_local_port(fd))
        let clients = [UInt32(0), 0, 3000, 50_000].map { pause in
            let client = Busy()
            #expect(startThread { client.run(port: port, pause: pause) })
            return client
        }
        for _ in 0..<3 {
            let test = try TestServer { $0.sockets = [.inherited(descriptor: fd)] }
            #expect(test.port == port)
            let before = clients.map { $0.answers.load(ordering: .relaxed) }
            #expect(
                TestServer.eventually {
                    zip(clients, before).allSatisfy { $0.answers.load(ordering: .relaxed) > $1 + 3 }
                })
            test.server.stop(deadlineSeconds: 5)
            #expect(test.server.openConnections == 0)
        }
        let last = try TestServer { $0.sockets = [.inherited(descriptor: fd)] }
        for client in clients {
            client.isDone.store(true, ordering: .relaxed)
            client.running.waitForZero(seconds: 10)
            #expect(client.losses.load(ordering: .relaxed) == 0)
            #expect(client.closes.load(ordering: .relaxed) >= 3)
        }
        #expect(last.server.openConnections <= clients.count)
        #expect(clx_adopt_listener(fd) == 0)
    }
}
