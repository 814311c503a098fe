import Glibc
import HTTPServer
import Testing

@Suite struct AccessLogTests {
    /// A pipe stands for standard output.
    @Test func writesALineForEachRequestWithoutBeingAsked() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let log = try AccessLog(descriptor: ends[1])
        let test = try TestServer { $0.accessLog = { log.write($0) } }
        let answer = try test.answer("GET /echo?secret=1 HTTP/1.1\r\nHost: a\r\n\r\n")
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(ends[0], &bytes, bytes.count)
        let line = String(decoding: bytes[..<max(0, count)], as: UTF8.self)
        let id = try #require(answer.fields["x-request-id"])
        let start =
            #"{"id":"\#(id)","method":"GET","route":"/echo","status":200,"bytes":\#(answer.body.count),"microseconds":"#
        #expect(line.hasPrefix(start))
        #expect(line.hasSuffix("}\n"))
        #expect(Int(line.dropFirst(start.count).dropLast(2)) != nil)
    }
}
