import Glibc
import HTTPServer
import Testing

@Suite struct LimitTests {
    @Test func longTargetIs414() throws {
        let target = "/" + String(repeating: "a", count: 9000)
        #expect(try TestServer().answer("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n").status == 414)
    }

    @Test func endlessRequestLineIs414() throws {
        #expect(try TestServer().answer("GET /" + String(repeating: "a", count: 40_000)).status == 414)
    }

    @Test func largeHeadIs431() throws {
        let field = "X: " + String(repeating: "a", count: 17_000)
        #expect(try TestServer().answer("GET / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n").status == 431)
    }

    @Test func manyFieldsAre431() throws {
        let fields = String(repeating: "X: y\r\n", count: 100)
        #expect(try TestServer().answer("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n").status == 431)
        let fewer = String(repeating: "X: y\r\n", count: 99)
        #expect(try TestServer().answer("GET / HTTP/1.1\r\nHost: a\r\n\(fewer)\r\n").status == 200)
    }

    @Test func announcedBodyOverTheLimitIs413WithoutReadingIt() throws {
        let client = try TestServer().pair()
        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 1000001\r\n\r\n")
        #expect(try client.receive().status == 413)
    }

    @Test func largeUploadStillGetsToReadIts413() throws {
        let client = try TestServer().client()
        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 6000000\r\n\r\n")
        client.send([UInt8](repeating: 0x61, count: 6_000_000))
        #expect(try client.receive().status == 413)
    }

    @Test func chunkedBodyOverTheLimitIs413() throws {
        let client = try TestServer().pair()
        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<11 { client.send("186a0\r\n" + String(repeating: "a", count: 100_000) + "\r\n") }
        client.send("0\r\n\r\n")
        #expect(try client.receive().status == 413)
        #expect(client.isAtEnd())
    }

    @Test func bodyWhereNoneBelongsIs413() throws {
        let answer = try TestServer().answer("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
        #expect(answer.status == 413)
    }

    @Test func wrongTypeIs415() throws {
        let answer = try TestServer().answer(
            "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\na=b")
        #expect(answer.status == 415)
    }

    @Test func slowHeadIs408() throws {
        let client = try TestServer { $0.headTimeout = 0.2 }.pair()
        client.send("GET / HTTP/1.1\r\nHo")
        let answer = try client.receive()
        #expect(answer.status == 408)
        #expect(answer.fields["connection"] == "close")
        #expect(client.isAtEnd())
    }

    @Test func dribbledHeadIs408() throws {
        let client = try TestServer { $0.headTimeout = 0.3 }.pair()
        for byte in "GET / HTTP/1.1\r\nHost: aaaaaaaaaaaaaaaaaa".utf8 {
            client.send([byte])
            usleep(15_000)
        }
        #expect(try client.receive().status == 408)
    }

    @Test func slowBodyIs408() throws {
        let client = try TestServer { $0.bodyTimeout = 0.2 }.pair()
        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        #expect(try client.receive().status == 408)
        #expect(client.isAtEnd())
    }

    /// Never silent for long, yet too slow: only the rate tells. One that keeps the rate may take many periods.
    @Test(arguments: [(1, 408), (500, 200)]) func bodiesMustKeepTheMinimumRate(_ piece: Int, _ status: Int) throws {
        let client = try TestServer {
            $0.bodyTimeout = 0.3
            $0.bodyMinimumRate = 1000
        }.client()
        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: \(piece * 50)\r\n\r\n")
        for _ in 0..<50 {
            client.send([UInt8](repeating: 0x61, count: piece))
            usleep(20_000)
        }
        #expect(try client.receive().status == status)
    }

    @Test func clientsThatGoOnAfterTheLastAnswerAreCutOff() throws {
        let test = try TestServer {
            $0.lingerTimeout = 0.2
            $0.lingerBytes = 100_000
        }
        let refused = "POST /forbidden HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\n"
        let silent = try test.client()
        silent.send(refused)
        #expect(try silent.receive().status == 403)
        #expect(TestServer.eventually { test.server.openConnections == 0 })
        let eager = try TestServer { $0.lingerBytes = 100_000 }.client()
        eager.send(refused)
        #expect(try eager.receive().status == 403)
        var sent = 0
        while sent < 90_000_000, eager.send([UInt8](repeating: 0x61, count: 100_000)) { sent += 100_000 }
        #expect(sent < 90_000_000)
    }

    @Test func silentAndIdleConnectionsAreClosedWithoutAWord() throws {
        let test = try TestServer {
            $0.headTimeout = 0.2
            $0.idleTimeout = 0.2
        }
        #expect(try test.client().isAtEnd())
        let client = try test.client()
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive().status == 200)
        #expect(client.isAtEnd())
    }

    @Test func clientThatDoesNotReadIsCutOff() throws {
        let test = try TestServer { $0.writeTimeout = 0.3 }
        let client = try test.client()
        client.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(TestServer.eventually { test.server.openConnections == 1 })
        #expect(TestServer.eventually { test.log.all.count == 1 && test.server.openConnections == 0 })
        #expect(test.log.all.first.map { $0.bytes < 24_000_000 } == true)
    }

    @Test func connectionsAboveTheLimitGet503() throws {
        let test = try TestServer { $0.connections = 2 }
        let kept = try [test.client(), test.client()]
        for client in kept {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.receive().status == 200)
        }
        let third = try test.client()
        third.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try third.receive().status == 503)
        #expect(third.isAtEnd())
    }

    @Test func strangersBeyondTheLimitsCannotFillTheServer() throws {
        let test = try TestServer { $0.connectionsPerAddress = 2 }
        let clients = try (0..<200).map { _ in try test.client() }
        #expect(TestServer.eventually { test.server.openConnections == 2 + 64 })
        for client in clients.dropFirst(2) { #expect(try client.receive().status == 503) }
        #expect(test.server.openConnections <= 2 + 64)
    }

    @Test func connectionsFromOneAddressAreLimitedAndCountedDown() throws {
        let test = try TestServer { $0.connectionsPerAddress = 1 }
        for _ in 0..<3 {
            let client = try test.client()
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(try client.receive().status == 200)
            #expect(try test.answer("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 503)
            client.finishSending()
            #expect(client.isAtEnd())
            #expect(TestServer.eventually { test.server.openConnections == 0 })
        }
    }

    @Test func lastAllowedRequestSaysClose() throws {
        let client = try TestServer { $0.requestsPerConnection = 2 }.client()
        client.send(String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 3))
        #expect(try client.receive().fields["connection"] == nil)
        #expect(try client.receive().fields["connection"] == "close")
        #expect(client.isAtEnd())
    }

    @Test func fullTemporarySpaceIs507() throws {
        let test = try TestServer { $0.temporaryQuotaBytes = 100_000 }
        let client = try test.pair()
        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n")
        client.send([UInt8](repeating: 0x61, count: 300_000))
        #expect(try client.receive().status == 507)
        client.finishSending()
        #expect(TestServer.eventually { test.temporaryFiles.isEmpty && test.server.temporaryBytes == 0 })
    }
}
