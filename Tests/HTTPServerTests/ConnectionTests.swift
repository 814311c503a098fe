import Glibc
import HTTPServer
import Testing

@Suite struct ConnectionTests {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func closesWhenAsked() throws {
        let client = try TestServer().client()
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: foo, CLOSE\r\n\r\n" + Self.get)
        #expect(try client.receive().fields["connection"] == "close")
        #expect(client.isAtEnd())
    }

    @Test func version10ClosesUnlessAsked() throws {
        let client = try TestServer().client()
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(try client.receive().fields["connection"] == "keep-alive")
        client.send("GET / HTTP/1.0\r\n\r\n")
        #expect(try client.receive().fields["connection"] == "close")
        #expect(client.isAtEnd())
    }

    @Test func readsRequestsByteByByte() throws {
        let client = try TestServer().client()
        let request =
            "POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;e\r\nabc\r\n2\r\nde\r\n0\r\nT: v\r\n\r\n"
        for byte in (request + Self.get).utf8 { client.send([byte]) }
        #expect(try client.receive().text == "abcde")
        #expect(try client.receive().text == "hello")
    }

    @Test func answersAClientThatHasFinishedSending() throws {
        let client = try TestServer().client()
        client.send(Self.get + Self.get)
        client.finishSending()
        #expect(try client.receive().status == 200)
        #expect(try client.receive().status == 200)
        #expect(client.isAtEnd())
    }

    @Test func continueIsSaidOnlyWhenTheBodyIsWanted() throws {
        let test = try TestServer()
        let client = try test.client()
        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n")
        #expect(try client.receive().status == 100)
        client.send("abc")
        #expect(try client.receive().text == "abc")

        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9000000\r\n\r\n")
        #expect(try client.receive().status == 413)

        let stranger = try test.client()
        stranger.send("POST /forbidden HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
        let answer = try stranger.receive()
        #expect(answer.status == 403)
        #expect(answer.fields["connection"] == "close")
    }

    @Test func refusalOfABodyIsReadableAfterSendingItAll() throws {
        let client = try TestServer().client()
        client.send("POST /forbidden HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n")
        client.send([UInt8](repeating: 0x61, count: 3_000_000))
        #expect(try client.receive().status == 403)
    }

    @Test func slowClientsDoNotHoldUpAFastOne() throws {
        let test = try TestServer()
        var slow: [RawClient] = []
        for number in 0..<100 {
            let client = try test.client()
            client.send(number % 2 == 0 ? "GET / HT" : "POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nab")
            slow.append(client)
        }
        for _ in 0..<10 { #expect(try test.answer(Self.get).status == 200) }
        for (number, client) in slow.enumerated() {
            client.send(number % 2 == 0 ? "TP/1.1\r\nHost: a\r\n\r\n" : "cdefghi")
            #expect(try client.receive().status == 200)
        }
    }

    @Test func sendsLargeAnswersToSlowReaders() throws {
        let test = try TestServer()
        let clients = try (0..<5).map { _ in try test.client(timeout: 20) }
        for client in clients { client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get) }
        usleep(100_000)
        for client in clients {
            #expect(try client.receive().body.count == 24_000_000)
            #expect(try client.receive().text == "hello")
        }
    }

    @Test func sendsFiles() throws {
        let test = try TestServer()
        let path = test.folder + "/file"
        let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let fd = open(path, O_WRONLY | O_CREAT, 0o600)
        #expect(write(fd, content, content.count) == content.count)
        close(fd)
        defer { unlink(path) }
        let client = try test.client()
        client.send("GET /file?path=\(path) HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get)
        #expect(try client.receive().body == content)
        #expect(try client.receive().text == "hello")
        client.send("GET /file?path=\(path)x HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive().status == 500)
        let link = test.folder + "/link"
        symlink(path, link)
        defer { unlink(link) }
        client.send("GET /file?path=\(link) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive().status == 500)
    }

    @Test func stopsGracefully() throws {
        let test = try TestServer()
        let idle = try test.client()
        idle.send(Self.get)
        #expect(try idle.receive().status == 200)
        let busy = try test.client()
        busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        usleep(100_000)
        test.server.stop(deadlineSeconds: 5)
        let answer = try busy.receive()
        #expect(answer.text == "slow")
        #expect(answer.fields["connection"] == "close")
        #expect(idle.isAtEnd())
        test.server.wait()
        #expect(throws: RawClient.Fault.self) { try test.client() }
    }

    @Test func logsEachRequestOnceWithoutItsQuery() throws {
        let test = try TestServer()
        let client = try test.client()
        client.send("GET /echo?secret=1 HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\nBAD\r\n\r\n")
        let first = try client.receive()
        _ = try client.receive(hasBody: false)
        #expect(try client.receive().status == 400)
        #expect(client.isAtEnd())
        let log = test.log.all
        #expect(log.map(\.route) == ["/echo", "/", "-"])
        #expect(log.map(\.method) == ["GET", "HEAD", "-"])
        #expect(log.map(\.status) == [200, 200, 400])
        #expect(log.first?.bytes == first.body.count)
        #expect(log.first?.id == first.fields["x-request-id"])
        #expect(log.dropFirst().first?.bytes == 0)
    }

    @Test func compressesTextUnlessItHoldsSecrets() throws {
        let client = try TestServer().client()
        client.send("GET /text HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br, gzip;q=0.5\r\n\r\n")
        let packed = try client.receive()
        #expect(packed.fields["content-encoding"] == "gzip")
        #expect(packed.fields["vary"] == "Accept-Encoding")
        #expect(packed.body.starts(with: [0x1F, 0x8B]))
        client.send("GET /text HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip;q=0\r\n\r\n")
        let plain = try client.receive()
        #expect(plain.fields["content-encoding"] == nil)
        #expect(plain.fields["vary"] == "Accept-Encoding")
        client.send("GET /secret HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n")
        #expect(try client.receive().fields["content-encoding"] == nil)
    }
}
