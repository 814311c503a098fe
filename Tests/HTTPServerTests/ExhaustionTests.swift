import Glibc
import HTTPServer
import Testing

/// What needs a process of its own: counting or using up its descriptors would disturb the other tests.
@Suite struct ExhaustionTests {
    @Test func acceptRecoversFromALackOfDescriptors() async {
        await #expect(processExitsWith: .success) { try Exhaustion.useUpDescriptors() }
    }

    @Test func clientsThatDieAtAnyByteLeaveNothing() async {
        await #expect(processExitsWith: .success) { try Exhaustion.killUploads() }
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

    /// Kills the client at each byte around every boundary of an upload, and at some between, by close and by reset.
    static func killUploads() throws {
        let test = try TestServer()
        let file = UploadTests.content(150_000)
        let body = UploadTests.body(file: file)
        let head = UploadTests.head(body.count)
        let all = Array(head.utf8) + body
        let fileStart = all.count - file.count - "\r\n--XyZ--\r\n".utf8.count
        var cuts = Array(0...(fileStart + 5)) + Array((all.count - 16)..<all.count)
        // Where the file leaves memory, and some places between.
        cuts += Array((fileStart + 65_534)...(fileStart + 65_538)) + stride(from: fileStart, to: all.count, by: 11_003)
        let warm = try test.client()
        warm.send(all)
        #expect(try warm.receive().status == 200)
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
