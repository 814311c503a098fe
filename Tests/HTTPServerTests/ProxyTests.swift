import HTTPTypes
import Testing

@testable import HTTPServer

@Suite struct ProxyTests {
    /// Fields as sent, and whom the request comes from when 10.0.0.1 sent them.
    struct Case: CustomTestStringConvertible {
        let fields: [String]
        let address: String
        let scheme: String
        var testDescription: String { fields.joined(separator: " / ") }

        init(_ fields: String..., from address: String, _ scheme: String = "http") {
            self.fields = fields
            self.address = address
            self.scheme = scheme
        }
    }

    private static let direct = "10.0.0.1"

    private static func origin(_ test: Case, _ kind: ForwardingFields) throws -> Origin {
        let proxies = try TrustedProxies(["10.0.0.0/8", "192.0.2.7", "2001:db8:1::/48", "unix"])
        var fields = HTTPFields()
        for line in test.fields {
            let colon = try #require(line.firstIndex(of: ":"))
            let name = try #require(HTTPField.Name(String(line[..<colon])))
            fields.append(HTTPField(name: name, value: String(line[colon...].dropFirst(2))))
        }
        return proxies.origin(fields, peer: direct, kind: kind)
    }

    @Test(arguments: [
        Case(from: direct),
        Case("X-Forwarded-For: 203.0.113.9", from: "203.0.113.9"),
        Case("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https", from: "203.0.113.9", "https"),
        Case("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: HTTPS", from: "203.0.113.9", "https"),
        // What the client invented stands to the left of what the proxies wrote.
        Case("X-Forwarded-For: 1.1.1.1, 203.0.113.9", from: "203.0.113.9"),
        Case("X-Forwarded-For: nonsense, 203.0.113.9", from: "203.0.113.9"),
        Case("X-Forwarded-For: 1.1.1.1", "X-Forwarded-For: 203.0.113.9", from: "203.0.113.9"),
        // Trusted hops are skipped, and only they.
        Case("X-Forwarded-For: 203.0.113.9, 10.2.3.4", from: "203.0.113.9"),
        Case("X-Forwarded-For: 203.0.113.9, 192.0.2.7, 10.2.3.4", from: "203.0.113.9"),
        Case("X-Forwarded-For: 203.0.113.9, 192.0.2.8, 10.2.3.4", from: "192.0.2.8"),
        Case("X-Forwarded-For: 203.0.113.9, ::ffff:10.2.3.4", from: "203.0.113.9"),
        Case("X-Forwarded-For: 2001:db8:2::1, 2001:db8:1::9", from: "2001:db8:2::1"),
        Case("X-Forwarded-For: 10.9.9.9, 10.2.3.4", from: "10.9.9.9"),
        // Every way to write an address.
        Case("X-Forwarded-For: 203.0.113.9:4711", from: "203.0.113.9"),
        Case("X-Forwarded-For: [2001:DB8:0:0::5]:80", from: "2001:db8::5"),
        Case("X-Forwarded-For: [2001:db8::5]", from: "2001:db8::5"),
        Case("X-Forwarded-For: 2001:db8::5", from: "2001:db8::5"),
        // What cannot be read counts for nothing.
        Case("X-Forwarded-For: unknown", from: direct),
        Case("X-Forwarded-For: 203.0.113.9, unknown", from: direct),
        Case("X-Forwarded-For: 203.0.113.9,", from: direct),
        Case("X-Forwarded-For: 203.0.113.9, , 10.2.3.4", from: direct),
        Case("X-Forwarded-For: ", from: direct),
        Case("X-Forwarded-For: 203.0.113.9 1.1.1.1", from: direct),
        Case("X-Forwarded-For: 203.0.113", from: direct),
        Case("X-Forwarded-For: 203.0.113.009", from: direct),
        Case("X-Forwarded-For: 203.0.113.256", from: direct),
        Case("X-Forwarded-For: 203.0.113.9:", from: direct),
        Case("X-Forwarded-For: 203.0.113.9:x", from: direct),
        Case("X-Forwarded-For: [203.0.113.9]", from: direct),
        Case("X-Forwarded-For: [2001:db8::5", from: direct),
        Case("X-Forwarded-For: [2001:db8::5]80", from: direct),
        Case("X-Forwarded-For: fe80::1%eth0", from: direct),
        Case("X-Forwarded-For: \"203.0.113.9\"", from: direct),
        // The scheme stands alone.
        Case("X-Forwarded-For: unknown", "X-Forwarded-Proto: https", from: direct, "https"),
        Case("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: ftp", from: "203.0.113.9"),
        Case("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https, http", from: "203.0.113.9"),
        Case(
            "X-Forwarded-For: 1.1.1.1, 203.0.113.9, 10.1.1.1", "X-Forwarded-Proto: http, https, http",
            from: "203.0.113.9", "https"),
        // The other kind of field came from the client.
        Case("Forwarded: for=1.1.1.1;proto=https", from: direct),
        Case("Forwarded: for=1.1.1.1", "X-Forwarded-For: 203.0.113.9", from: "203.0.113.9"),
    ])
    func xForwarded(_ test: Case) throws {
        #expect(try Self.origin(test, .xForwarded) == Origin(address: test.address, scheme: test.scheme))
    }

    @Test(arguments: [
        Case(from: direct),
        Case("Forwarded: for=203.0.113.9", from: "203.0.113.9"),
        Case("Forwarded: For=203.0.113.9; Proto=HTTPS ;by=10.0.0.1;host=\"a,b;c\"", from: "203.0.113.9", "https"),
        Case("Forwarded: for=\"203.0.113.9:4711\"", from: "203.0.113.9"),
        Case("Forwarded: for=\"[2001:db8::5]:80\"", from: "2001:db8::5"),
        Case("Forwarded: for=\"[2001:db8::5]:_hidden\"", from: "2001:db8::5"),
        Case("Forwarded: for=\"203.0.\\1\\13.9\"", from: "203.0.113.9"),
        Case("Forwarded: for=1.1.1.1, for=203.0.113.9;proto=https, for=10.2.3.4", from: "203.0.113.9", "https"),
        Case("Forwarded: for=1.1.1.1", "Forwarded: for=203.0.113.9", from: "203.0.113.9"),
        // A line that the client broke does not spoil the one that a proxy added.
        Case("Forwarded: for=\"", "Forwarded: for=203.0.113.9", from: "203.0.113.9"),
        Case("Forwarded: for=203.0.113.9;proto=gopher", from: "203.0.113.9"),
        Case("Forwarded: for=unknown", from: direct),
        Case("Forwarded: for=_hidden;proto=https", from: direct),
        Case("Forwarded: for=203.0.113.9, for=unknown", from: direct),
        Case("Forwarded: proto=https", from: direct),
        Case("Forwarded: ", from: direct),
        Case("Forwarded: for=203.0.113.9,", from: direct),
        Case("Forwarded: for=203.0.113.9;for=1.1.1.1", from: direct),
        Case("Forwarded: for=203.0.113.9:80", from: direct),
        Case("Forwarded: for=2001:db8::5", from: direct),
        Case("Forwarded: for=\"2001:db8::5\"", from: direct),
        Case("Forwarded: for =203.0.113.9", from: direct),
        Case("Forwarded: for=\"203.0.113.9", from: direct),
        Case("Forwarded: for=", from: direct),
        Case("Forwarded: 203.0.113.9", from: direct),
        Case("Forwarded: for=203.0.113.9 proto=https", from: direct),
        Case("X-Forwarded-For: 1.1.1.1", "X-Forwarded-Proto: https", from: direct),
    ])
    func forwarded(_ test: Case) throws {
        #expect(try Self.origin(test, .forwarded) == Origin(address: test.address, scheme: test.scheme))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "8.8.8.8", true), ("::/0", "2001:db8::1", true),
        ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false), ("2001:db8::/33", "2001:db8:7fff::", true),
        ("2001:db8::/33", "2001:db8:8000::", false), ("2001:db8::8/125", "2001:db8::f", true),
        ("2001:db8::8/125", "2001:db8::10", false), ("::1", "::1", true), ("::1/128", "::2", false),
        ("unix", "unix", true), ("unix", "127.0.0.1", false), ("::1", "unix", false),
    ])
    func blocks(_ block: String, _ peer: String, _ isTrusted: Bool) throws {
        #expect(try TrustedProxies([block]).contains(peer: peer) == isTrusted)
    }

    @Test(arguments: [
        "", "localhost", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "10.0.0.0/8/8",
        "2001:db8::1/64", "::/129", "10.0.0", "[::1]", "10.0.0.1:80",
    ])
    func whatIsNoBlock(_ text: String) {
        #expect(throws: ServerError.self) { try TrustedProxies([text]) }
    }

    private static let forged =
        "GET /origin HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n\r\n"

    @Test func strangersAreNotBelieved() throws {
        #expect(try TestServer().answer(Self.forged).text == "127.0.0.1 http")
        let proxies = try TrustedProxies(["10.0.0.0/8", "::1", "unix"])
        #expect(try TestServer { $0.trustedProxies = proxies }.answer(Self.forged).text == "127.0.0.1 http")
    }

    @Test func proxiesAreBelievedRequestByRequest() throws {
        let proxies = try TrustedProxies(["127.0.0.0/8"])
        let client = try TestServer {
            $0.trustedProxies = proxies
            $0.connectionsPerAddress = 0  // does not count for a proxy
        }.client()
        client.send(Self.forged + "GET /origin HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive().text == "203.0.113.9 https")
        #expect(try client.receive().text == "127.0.0.1 http")
    }
}
