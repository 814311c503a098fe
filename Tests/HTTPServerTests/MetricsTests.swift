import HTTPServer
import HTTPTypes
import Testing

@Suite struct MetricsTests {
    @Test func text() {
        var text = MetricsText()
        text.gauge("queue", "Waiting \\ now\nhere \"q\".", 3)
        text.counter(
            "mails_total", "Mails.",
            [.init(2, ["kind": "a\"b\\c\nd", "2nd label": "é"]), .init(0.5), .init(.nan, ["kind": ""])])
        text.counter("0 name", "", .infinity)
        let waits = MetricHistogram(bounds: [0.1, 2], counts: [1, 0, 4], sum: 12.25)
        text.histogram("wait", "Wait.", [(waits, [:])])
        text.histogram("by", "", [(waits, ["route": "/a"]), (MetricHistogram(bounds: [], counts: [1], sum: 0), [:])])
        #expect(
            text.text == """
                # HELP queue Waiting \\\\ now\\nhere "q".
                # TYPE queue gauge
                queue 3
                # HELP mails_total Mails.
                # TYPE mails_total counter
                mails_total{kind="a\\"b\\\\c\\nd",_2nd_label="é"} 2
                mails_total 0.5
                mails_total{kind=""} NaN
                # HELP _0_name \("")
                # TYPE _0_name counter
                _0_name +Inf
                # HELP wait Wait.
                # TYPE wait histogram
                wait_bucket{le="0.1"} 1
                wait_bucket{le="2"} 1
                wait_bucket{le="+Inf"} 5
                wait_sum 12.25
                wait_count 5
                # HELP by \("")
                # TYPE by histogram
                by_bucket{route="/a",le="0.1"} 1
                by_bucket{route="/a",le="2"} 1
                by_bucket{route="/a",le="+Inf"} 5
                by_sum{route="/a"} 12.25
                by_count{route="/a"} 5
                by_bucket{le="+Inf"} 1
                by_sum 0
                by_count 1

                """)
    }

    @Test func countsWhatTheServerDoes() throws {
        let test = try TestServer { $0.connectionsPerAddress = 1 }
        let client = try test.client()
        let requests = ["/", "/", "/echo?a=1", "/nothing", "/slow"].map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
        var received = 0
        for request in requests {
            client.send(request)
            received += try client.receive().body.count
        }
        #expect(try test.answer("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 503)
        client.send("NOISE\r\n\r\n")
        received += try client.receive().body.count
        #expect(TestServer.eventually { answered(test) == 6 })
        let metrics = test.server.metrics
        #expect(
            metrics.requests.map { "\($0.route) \($0.status) \($0.count)" }
                == ["- 400 1", "- 404 1", "/ 200 2", "/echo 200 1", "/slow 200 1"])
        #expect(metrics.acceptedConnections == 2)
        #expect(metrics.shedConnections == 1)
        // The slow handler takes 0.3 s, and only its own histogram says so.
        let slow = try #require(metrics.latencies.first { $0.route == "/slow" }?.histogram)
        #expect(slow.count == 1)
        #expect(zip(slow.bounds + [.infinity], slow.counts).allSatisfy { $0.0 > 0.3 || $0.1 == 0 })
        #expect(slow.sum > 0.3)
        #expect(metrics.latencies.map(\.route) == ["-", "/", "/echo", "/slow"])
        #expect(metrics.receivedBytes >= requests.joined().utf8.count + 9)
        #expect(metrics.sentBytes > received + 6 * 80)
        #expect(metrics.temporaryBytes == 0)
        var text = MetricsText()
        text.add(metrics)
        #expect(text.text.contains("\nhttp_requests_total{route=\"/\",status=\"200\"} 2\n"))
        #expect(text.text.contains("\nhttp_request_duration_seconds_count{route=\"/\"} 2\n"))
        let names = text.text.split(separator: "\n").filter { $0.hasPrefix("# TYPE") }
        #expect(Set(names).count == 8)
    }

    @Test func threadsCountTogether() throws {
        let test = try TestServer { $0.threads = 4 }
        let clients = try (0..<20).map { _ in try test.client() }
        for _ in 0..<50 {
            for client in clients { client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
            for client in clients { _ = try client.receive() }
        }
        #expect(TestServer.eventually { answered(test) == 1000 })
        #expect(test.server.metrics.requests.map(\.count) == [1000])
    }

    private func answered(_ test: TestServer) -> Int {
        test.server.metrics.latencies.reduce(0) { $0 + $1.histogram.count }
    }
}
