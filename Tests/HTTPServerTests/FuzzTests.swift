import HTTPTypes
import Testing

@testable import HTTPServer

/// Throws mutated messages at the parsers. What counts is that nothing traps, and that the result does not depend on
/// where the stream is cut.
@Suite struct FuzzTests {
    /// The same numbers in every run, so that a failure can be found again.
    struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private static let spice = Array("\r\n :;,=%/.-\"0aF\t\u{0}\u{7F}".utf8) + [0xFF, 0xC3]

    static func mutated(_ seed: [UInt8], _ dice: inout Dice) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...4, using: &dice) {
            let place = Int.random(in: 0..<max(1, bytes.count), using: &dice)
            switch Int.random(in: 0..<5, using: &dice) {
            case 0 where !bytes.isEmpty: bytes.remove(at: place)
            case 1 where !bytes.isEmpty: bytes[place] = spice.randomElement(using: &dice) ?? 0
            case 2: bytes.insert(spice.randomElement(using: &dice) ?? 0, at: min(place, bytes.count))
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 5))
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: min(place, bytes.count))
            }
        }
        return bytes
    }

    @Test func heads() throws {
        let seeds = [
            "GET /a%20b?c=d HTTP/1.1\r\nHost: a:80\r\nCookie: a=b\r\n\r\n",
            "POST http://b/x HTTP/1.1\r\nHost: [::1]\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
            "OPTIONS * HTTP/1.0\r\nHost: a\r\nContent-Length: 12\r\nConnection: keep-alive, x\r\n\r\n",
        ].map { Array($0.utf8) }
        let parser = HeadParser(headBytes: 400, targetBytes: 100, headCount: 10)
        var dice = Dice(state: 1)
        for _ in 0..<20_000 {
            let bytes = Self.mutated(seeds.randomElement(using: &dice) ?? [], &dice)
            var scan = HeadParser.Scan()
            guard let end = try? parser.end(of: bytes[...], &scan) else { continue }
            var slow = HeadParser.Scan()
            var found: Int?
            for count in 1...bytes.count where found == nil { found = try parser.end(of: bytes[..<count], &slow) }
            #expect(found == end)
            guard let head = try? parser.parse(bytes[..<end]) else { continue }
            #expect(head.path.hasPrefix("/") || head.path == "*")
            #expect(!head.path.utf8.contains { $0 < 0x20 })
            _ = RequestHead(path: head.path, rawQuery: head.rawQuery, fields: head.fields).cookies
            _ = URLEncodedForm.decodeQuery(head.rawQuery)
        }
    }

    @Test func chunkedBodies() {
        let seed = Array("5;a=b\r\nabcde\r\n00a\r\n0123456789\r\n0\r\nT: v\r\n\r\nGET".utf8)
        func decode(_ pieces: [ArraySlice<UInt8>]) -> [UInt8]? {
            var decoder = ChunkedDecoder()
            var data: [UInt8] = []
            var rest: [UInt8] = []
            for var piece in pieces {
                guard (try? decoder.decode(&piece, into: { (bytes) throws(Refusal) in data += bytes })) != nil
                else { return nil }
                rest += piece
            }
            return decoder.isDone ? data + [0] + rest : data
        }
        var dice = Dice(state: 2)
        for _ in 0..<20_000 {
            let bytes = Self.mutated(seed, &dice)
            #expect(decode([bytes[...]]) == decode(bytes.indices.map { bytes[$0...$0] }))
        }
    }

    @Test func multipartBodies() {
        let seed = Array(
            "--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"x%22\"\r\n\r\nq\r\n--c\r\n--b\r\nContent-Disposition: form-data; name=g\r\n\r\n\r\n--b--\r\n"
                .utf8)
        var dice = Dice(state: 3)
        for _ in 0..<10_000 {
            let bytes = Self.mutated(seed, &dice)
            let whole = MultipartTests.parse([bytes[...]])
            let cut = Int.random(in: 0...bytes.count, using: &dice)
            #expect(MultipartTests.parse([bytes[..<cut], bytes[cut...]]) == whole)
            #expect(MultipartTests.parse(bytes.indices.map { bytes[$0...$0] }) == whole)
        }
    }

    @Test func theServerSurvivesNoise() throws {
        let test = try TestServer()
        var dice = Dice(state: 4)
        let seed = Array(
            "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=bGET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        for _ in 0..<300 {
            let client = try test.client()
            client.send(Self.mutated(seed, &dice))
            client.finishSending()
            while (try? client.receive()) != nil {}
        }
        #expect(try test.answer("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
        #expect(TestServer.eventually { test.server.openConnections <= 1 })
    }
}
