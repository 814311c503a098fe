import Glibc
import HTTPServer
import Testing

/// What needs a process of its own: counting or using up its descriptors would disturb the other tests.
@Suite struct ExhaustionTests {
    @Test func acceptRecoversFromALackOfDescriptors() async {
        await #expect(processExitsWith: .success) { try Exhaustion.useUpDescriptors() }
    }

    @Test func clientsThatDieAtAnyByteLeaveNothing() async {
        await #expect(processExitsWith: .success) { try Exhaustion.killUploadsAtEveryByte() }
    }

    @Test func clientsThatDieInALargeFileLeaveNothing() async {
        await #expect(processExitsWith: .success) { try Exhaustion.killLargeUploads() }
    }
}

enum Exhaustion {
    private static let get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

    static func useUpDescriptors() throws {
        let test = try TestServer()
        let held = try test.client()
        held.send(get)
        #expect(try held.receive().status == 200)
        // The clients live in this process, too: their sockets are made while there is room.
        let waiting = try (0..<8).map { _ in try RawClient(family: AF_INET, timeout: 5, server: test) }
        let late = try RawClient(family: AF_INET, timeout: 5, server: test)
        var limit = rlimit()
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #expect(getrlimit(resource, &limit) == 0)
        limit.rlim_cur = 256
        #expect(setrlimit(resource, &limit) == 0)
        var fillers: [Int32] = []
        while true {
            let filler = dup(0)
            if filler < 0 { break }
            fillers.append(filler)
        }
        #expect(errno == EMFILE)
        for client in waiting {
            try client.connect(port: test.port)
            client.send(get)
            let answer = try client.receive()
            #expect(answer.status == 503)
            #expect(answer.fields["retry-after"] != nil)
        }
        held.send(get)
        #expect(try held.receive().status == 200)
        for filler in fillers { close(filler) }
        try late.connect(port: test.port)
        late.send(get)
        #expect(try late.receive().status == 200)
        #expect(try test.answer(get).status == 200)
        #expect(test.server.metrics.shedConnections == 8)
    }

    /// Kills the client after each single byte of an upload whose file leaves memory half-way.
    static func killUploadsAtEveryByte() throws {
        let test = try TestServer { $0.memoryBodyBytes = 512 }
        let all = upload(file: 1100)
        try kill(at: Array(0..<all.count), of: all, test)
    }

    /// With the size at which files leave memory by default: around every boundary, and at places between.
    static func killLargeUploads() throws {
        let all = upload(file: 150_000)
        let fileStart = all.count - 150_000 - "\r\n--XyZ--\r\n".utf8.count
        let cuts =
            Array((fileStart + 65_534)...(fileStart + 65_538)) + Array((all.count - 16)..<all.count)
            + stride(from: fileStart, to: all.count, by: 11_003)
        try kill(at: cuts, of: all, try TestServer())
    }

    private static func upload(file size: Int) -> [UInt8] {
        let body = UploadTests.body(file: UploadTests.content(size))
        return Array(UploadTests.head(body.count).utf8) + body
    }

    /// Ends a client by close and another by reset after each of these counts of bytes.
    private static func kill(at cuts: [Int], of all: [UInt8], _ test: TestServer) throws {
        let warm = try test.client()
        warm.send(all)
        #expect(try warm.receive().text.hasSuffix(":disk"))
        let before = (entries("/proc/self/fd"), entries("/proc/self/task"))
        for cut in cuts {
            for resets in [false, true] {
                let client = try test.client()
                client.send(Array(all[..<cut]))
                if resets { client.reset() }
            }
        }
        #expect(TestServer.eventually { test.server.openConnections == 1 })
        #expect(TestServer.eventually { (entries("/proc/self/fd"), entries("/proc/self/task")) == before })
        #expect(test.temporaryFiles.isEmpty)
        #expect(test.server.temporaryBytes == 0)
        #expect(test.log.all.count == 1)
        warm.send(all)
        #expect(try warm.receive().status == 200)
    }

    private static func entries(_ path: String) -> Int {
        guard let folder = opendir(path) else { return -1 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return count
    }
}
