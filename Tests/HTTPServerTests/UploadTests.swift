import Glibc
import HTTPServer
import Testing

@Suite struct UploadTests {
    /// A multipart body with one field and one file.
    static func body(file: [UInt8], boundary: String = "XyZ") -> [UInt8] {
        Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"nama\"\r\n\r\nSiti\r\n".utf8)
            + Array(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"ktp\"; filename=\"k.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
                    .utf8) + file + Array("\r\n--\(boundary)--\r\n".utf8)
    }

    static func head(_ length: Int) -> String {
        "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=XyZ\r\nContent-Length: \(length)\r\n\r\n"
    }

    static func sum(_ bytes: [UInt8]) -> Int { bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF } }

    static func content(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) } }

    @Test(arguments: [0, 1, 65_536, 65_537, 400_000]) func deliversFiles(_ size: Int) throws {
        let test = try TestServer()
        let client = try test.client()
        let file = Self.content(size)
        let body = Self.body(file: file)
        client.send(Array(Self.head(body.count).utf8) + body)
        let answer = try client.receive()
        #expect(answer.status == 200)
        let place = size > 65_536 ? ":disk" : ""
        #expect(answer.text == "nama=Siti|ktp:k.pdf:application/pdf:\(size):\(Self.sum(file))\(place)")
        #expect(TestServer.eventually { test.temporaryFiles.isEmpty })
        #expect(test.server.temporaryBytes == 0)
    }

    @Test func fileOverItsLimitIsDeliveredAsTooLarge() throws {
        let test = try TestServer()
        let body = Self.body(file: Self.content(500_001))
        let client = try test.client()
        client.send(Array(Self.head(body.count).utf8) + body)
        #expect(try client.receive().text == "nama=Siti|ktp:k.pdf:application/pdf:500001:0:large")
        #expect(test.temporaryFiles.isEmpty)
    }

    @Test func bodyOverItsLimitIs413() throws {
        let body = Self.body(file: Self.content(2_000_001))
        let client = try TestServer().client()
        client.send(Array(Self.head(body.count).utf8) + body)
        #expect(try client.receive().status == 413)
    }

    @Test func cutAtAnyByteTheServerReadsTheSame() throws {
        let body = Self.body(file: Array("a\r\n--Xy\r\n--Xyz".utf8))
        let client = try TestServer().client()
        let expected = "nama=Siti|ktp:k.pdf:application/pdf:14:"
        for cut in stride(from: 0, to: body.count, by: 7) {
            client.send(Array(Self.head(body.count).utf8) + body[..<cut])
            client.send(Array(body[cut...]))
            #expect(try client.receive().text.hasPrefix(expected))
        }
    }

    @Test func missingFinalBoundaryIs400() throws {
        let body = Self.body(file: [1, 2, 3]).dropLast(4)
        let client = try TestServer().client()
        client.send(Array(Self.head(body.count).utf8) + body)
        #expect(try client.receive().status == 400)
    }

    @Test func tooManyPartsAre413() throws {
        let part = "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\nx\r\n"
        let body = String(repeating: part, count: 4) + "--XyZ--\r\n"
        #expect(try TestServer().answer(Self.head(body.utf8.count) + body).status == 413)
        let field = "--XyZ\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\nx\r\n"
        let fields = String(repeating: field, count: 6) + "--XyZ--\r\n"
        #expect(try TestServer().answer(Self.head(fields.utf8.count) + fields).status == 413)
    }

    @Test func unusedFileInputsAreLeftOut() throws {
        let part = "--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n"
        let body = String(repeating: part, count: 8) + "--XyZ--\r\n"
        #expect(try TestServer().answer(Self.head(body.utf8.count) + body).text == "")
        let endless = String(repeating: part, count: 100) + "--XyZ--\r\n"
        #expect(try TestServer().answer(Self.head(endless.utf8.count) + endless).status == 413)
    }

    @Test func urlencodedFormsPassAMultipartRoute() throws {
        let answer = try TestServer().answer(
            "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: 3\r\n\r\na=b"
        )
        #expect(answer.text == "a=b")
    }

    /// Kills the client after every part of an upload, by closing and by reset: no file, space or connection may stay.
    @Test(arguments: [false, true]) func nothingStaysOfABrokenUpload(_ resets: Bool) throws {
        let test = try TestServer()
        let body = Self.body(file: Self.content(200_000))
        let all = Array(Self.head(body.count).utf8) + body
        for cut in [1, 20, 150, 200, 300, 400, 66_000, 130_000, 200_000, all.count - 1] {
            let client = try test.client()
            client.send(Array(all[..<cut]))
            if cut == 130_000 { #expect(TestServer.eventually { test.temporaryFiles.count == 1 }) }
            if resets { client.reset() }
        }
        #expect(TestServer.eventually { test.server.openConnections == 0 })
        #expect(test.temporaryFiles.isEmpty)
        #expect(test.server.temporaryBytes == 0)
        #expect(test.log.all.isEmpty)
    }

    @Test func leftoversOfAKilledProcessAreRemoved() throws {
        var dead: Int32 = 4_000_000
        while kill(dead, 0) == 0 { dead -= 1 }
        var paths: [String] = []
        let test = try TestServer { configuration in
            for name in ["upload-\(dead)-1-abc", "upload-\(getpid())-1-abc", "other-\(dead)-1-abc"] {
                paths.append(configuration.temporaryDirectory + "/" + name)
                close(open(paths[paths.count - 1], O_WRONLY | O_CREAT, 0o600))
            }
        }
        defer { for path in paths { unlink(path) } }
        #expect(test.temporaryFiles.sorted() == ["other-\(dead)-1-abc", "upload-\(getpid())-1-abc"])
    }
}
