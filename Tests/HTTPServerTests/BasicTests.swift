import HTTPServer
import Testing

@Suite struct BasicTests {
    @Test func answersAndKeepsTheConnection() throws {
        let test = try TestServer()
        let client = try test.client()
        for _ in 0..<3 {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try client.receive()
            #expect(answer.status == 200)
            #expect(answer.text == "hello")
            #expect(answer.fields["connection"] == nil)
            #expect(answer.fields["date"]?.hasSuffix("GMT") == true)
            #expect(answer.fields["x-request-id"]?.count == 16)
        }
    }

    @Test func answersPipelinedRequestsInOrder() throws {
        let test = try TestServer()
        let client = try test.client()
        let paths = (0..<100).map { "/echo?n=\($0)" }
        client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        for number in 0..<100 { #expect(try client.receive().text.hasPrefix("/echo?n=\(number);")) }
    }

    @Test func headHasALengthAndNoBody() throws {
        let test = try TestServer()
        let client = try test.client()
        client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try client.receive(hasBody: false).fields["content-length"] == "5")
        #expect(try client.receive().text == "hello")
    }

    @Test func readsBodiesOfEveryFraming() throws {
        let test = try TestServer()
        let client = try test.client()
        client.send("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde")
        #expect(try client.receive().text == "abcde")
        client.send(
            "POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\nabc\r\n00a\r\n0123456789\r\n0\r\nT: v\r\n\r\n"
        )
        #expect(try client.receive().text == "abc0123456789")
        client.send(
            "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\na=1+2&b=%C3%A9&a=%263"
        )
        #expect(try client.receive().text == "a=1 2|b=é|a=&")
    }
}
