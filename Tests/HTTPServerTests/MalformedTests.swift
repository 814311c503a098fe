import Testing

/// A message that two readers could understand differently, and the status it must get.
struct Malformed: CustomTestStringConvertible, Sendable {
    let name: String
    let request: String
    let status: Int

    init(_ name: String, _ request: String, _ status: Int) {
        self.name = name
        self.request = request
        self.status = status
    }

    var testDescription: String { name }
}

@Suite struct MalformedTests {
    static let requestLines: [Malformed] = [
        Malformed("bare LF", "GET / HTTP/1.1\nHost: a\n\n", 400),
        Malformed("bare LF in fields", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400),
        Malformed("bare CR in the target", "GET /a\rb HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("no version", "GET /\r\nHost: a\r\n\r\n", 400),
        Malformed("two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("blank before the line end", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400),
        Malformed("tab for blank", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("blank in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("blank before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("raw UTF-8 target", "GET /é HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("NUL in the target", "GET /\u{0} HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("authority-form", "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("relative target", "GET a/b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("asterisk without OPTIONS", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("user information", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("other scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("method with a bracket", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400),
        Malformed("long version", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400),
        Malformed("version 2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        Malformed("version 0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505),
        Malformed("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Malformed("unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Malformed("lower-case method", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Malformed("CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Malformed("TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
        Malformed("TLS", "\u{16}\u{3}\u{1}", 400),
        Malformed("many empty lines", "\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ]

    static let paths: [Malformed] = [
        "/%", "/%2", "/%zz", "/%00", "/a/../b", "/..", "/a/.", "/./a", "/%2e%2e/x", "/a/%2E./b", "/a%2fb", "/a\\b",
        "/%5c", "/%0d%0a", "/%7f", "/%ff", "/%c0%af", "/%ed%a0%80",
    ].map { Malformed("path \($0)", "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n", 400) }

    static let fields: [Malformed] = [
        Malformed("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
        Malformed("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        Malformed("two Hosts in 1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        Malformed("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
        Malformed("Host list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
        Malformed("Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        Malformed("Host with a user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400),
        Malformed("Host with a wrong port", "GET / HTTP/1.1\r\nHost: a:8x\r\n\r\n", 400),
        Malformed("blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        Malformed("no colon", "GET / HTTP/1.1\r\nHost: a\r\nfoo\r\n\r\n", 400),
        Malformed("empty name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n", 400),
        Malformed("folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n", 400),
        Malformed("folded first line", "GET / HTTP/1.1\r\n X: y\r\nHost: a\r\n\r\n", 400),
        Malformed("NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n", 400),
        Malformed("CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
        Malformed("DEL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\u{7F}b\r\n\r\n", 400),
        Malformed("bracket in a name", "GET / HTTP/1.1\r\nHost: a\r\nX[1]: b\r\n\r\n", 400),
        Malformed(
            "unknown expectation", "POST /raw HTTP/1.1\r\nHost: a\r\nExpect: tea\r\nContent-Length: 1\r\n\r\n", 417),
    ]

    static let framings: [Malformed] = [
        ("two lengths", "Content-Length: 3\r\nContent-Length: 3", 400),
        ("differing lengths", "Content-Length: 3\r\nContent-Length: 4", 400),
        ("list of lengths", "Content-Length: 3, 3", 400),
        ("signed length", "Content-Length: +3", 400),
        ("negative length", "Content-Length: -3", 400),
        ("hexadecimal length", "Content-Length: 0x3", 400),
        ("empty length", "Content-Length:", 400),
        ("length with a blank", "Content-Length: 1 1", 400),
        ("endless length", "Content-Length: 99999999999999999999999", 413),
        ("length and coding", "Content-Length: 3\r\nTransfer-Encoding: chunked", 400),
        ("coding and length", "Transfer-Encoding: chunked\r\nContent-Length: 3", 400),
        ("unknown coding", "Transfer-Encoding: gzip", 501),
        ("identity", "Transfer-Encoding: identity", 501),
        ("coding below another", "Transfer-Encoding: gzip, chunked", 501),
        ("chunked not last", "Transfer-Encoding: chunked, gzip", 400),
        ("chunked twice", "Transfer-Encoding: chunked, chunked", 400),
        ("chunked in two fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400),
        ("almost chunked", "Transfer-Encoding: xchunked", 501),
        ("quoted chunked", "Transfer-Encoding: \"chunked\"", 501),
        ("vertical tab", "Transfer-Encoding: \u{0B}chunked", 400),
        ("empty coding", "Transfer-Encoding:", 400),
        ("no length", "X: y", 411),
    ].map { Malformed($0.0, "POST /raw HTTP/1.1\r\nHost: a\r\n\($0.1)\r\n\r\nabc", $0.2) }

    static let chunks: [Malformed] = [
        ("no hexadecimal size", "x\r\nabc\r\n0\r\n\r\n"),
        ("empty size", "\r\nabc\r\n0\r\n\r\n"),
        ("size with a prefix", "0x3\r\nabc\r\n0\r\n\r\n"),
        ("size with a sign", "+3\r\nabc\r\n0\r\n\r\n"),
        ("negative size", "-3\r\nabc\r\n0\r\n\r\n"),
        ("size with a blank", "3 \r\nabc\r\n0\r\n\r\n"),
        ("size that overflows", "10000000000000003\r\nabc\r\n0\r\n\r\n"),
        ("bare LF after the size", "3\nabc\r\n0\r\n\r\n"),
        ("bare CR after the size", "3\rabc\r\n0\r\n\r\n"),
        ("bare LF in an extension", "3;a\nb\r\nabc\r\n0\r\n\r\n"),
        ("bare CR in an extension", "3;a\rb\r\nabc\r\n0\r\n\r\n"),
        ("long extension", "3;" + String(repeating: "x", count: 1000) + "\r\nabc\r\n0\r\n\r\n"),
        ("many extensions", String(repeating: "1;" + String(repeating: "x", count: 400) + "\r\na\r\n", count: 60)),
        ("data longer than its size", "3\r\nabcd\r\n0\r\n\r\n"),
        ("bare LF after the data", "3\r\nabc\n0\r\n\r\n"),
        ("trailer without a colon", "0\r\nfoo\r\n\r\n"),
        ("folded trailer", "0\r\nA: b\r\n c\r\n\r\n"),
        (
            "endless trailers",
            "0\r\n" + String(repeating: "Name: " + String(repeating: "x", count: 300) + "\r\n", count: 60)
        ),
    ].map { Malformed($0.0, "POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + $0.1, 400) }

    @Test(arguments: requestLines + paths + fields + framings + chunks)
    func isRefusedAndTheConnectionCloses(_ message: Malformed) throws {
        let client = try TestServer().pair()
        // What follows would be a second request to a reader that lost count.
        client.send(message.request + "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = try client.receive()
        #expect(answer.status == message.status)
        #expect(answer.fields["connection"] == "close")
        #expect(client.isAtEnd())
    }

    @Test func chunkedInVersion10IsRefused() throws {
        let test = try TestServer()
        let answer = try test.answer("POST /raw HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        #expect(answer.status == 400)
    }

    static let accepted = [
        ("GET / HTTP/1.1\r\nhOsT: a\r\n\r\n", 200), ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 200),
        ("GET / HTTP/1.0\r\n\r\n", 200), ("GET / HTTP/1.9\r\nHost: a\r\n\r\n", 200),
        ("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 200), ("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 200),
        ("GET / HTTP/1.1\r\nHost:\ta:80\t \r\nX:\r\nY: \u{E9}\r\n\r\n", 200),
        ("GET // HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 204), ("GET /a%20b HTTP/1.1\r\nHost: a\r\n\r\n", 404),
        ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 200),
        ("POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n", 200),
        ("POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3 ; a=b\r\nabc\r\n000\r\n\r\n", 200),
    ]

    @Test(arguments: accepted) func correctMessagesPass(_ request: String, _ status: Int) throws {
        #expect(try TestServer().answer(request).status == status)
    }

    @Test func absoluteTargetOverrulesHost() throws {
        let answer = try TestServer().answer("GET http://b:81/echo?a=%20+x HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(answer.text == "/echo?a=  x;b:81;127.0.0.1")
    }
}
