import Glibc
import HTTPTypes
import Testing

@testable import HTTPServer

@Suite struct RangeTests {
    @Test(arguments: [
        ("bytes=0-0", Selection.part(0..<1)), ("bytes=0-99", .part(0..<100)), ("bytes=10-19", .part(10..<20)),
        ("bytes=99-", .part(99..<100)), ("bytes=0-", .part(0..<100)), ("bytes=50-1000", .part(50..<100)),
        ("Bytes= 5-6 ", .part(5..<7)), ("bytes=-1", .part(99..<100)), ("bytes=-100", .part(0..<100)),
        ("bytes=-500", .part(0..<100)), ("bytes=5-99999999999999999999999", .part(5..<100)),
        ("bytes=-99999999999999999999999", .part(0..<100)), ("bytes=007-8", .part(7..<9)),
        ("bytes=5-9223372036854775807", .part(5..<100)),
        ("bytes=100-", .unsatisfiable), ("bytes=100-200", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=99999999999999999999999-", .unsatisfiable),
        ("bytes=0-1,5-6", .whole), ("bytes=0-1,", .whole), ("bytes=5-4", .whole), ("bytes=-", .whole),
        ("bytes=", .whole), ("bytes", .whole), ("", .whole), ("bytes=a-b", .whole), ("bytes=1", .whole),
        ("bytes=--1", .whole), ("bytes=1-2-3", .whole), ("bytes=+1-2", .whole), ("bytes =1-2", .whole),
        ("bytes=1 - 2", .whole), ("lines=1-2", .whole), ("bytes:1-2", .whole),
    ])
    func ranges(_ range: String, _ expected: Selection) {
        #expect(selection(for: [.range: range], method: .get, answer: [:], size: 100) == expected)
        #expect(selection(for: [.range: range], method: .head, answer: [:], size: 100) == .whole)
    }

    @Test func emptyFilesHaveNoParts() {
        #expect(selection(for: [.range: "bytes=-5"], method: .get, answer: [:], size: 0) == .whole)
        #expect(selection(for: [.range: "bytes=0-"], method: .get, answer: [:], size: 0) == .unsatisfiable)
    }

    private static let early = httpDate(1_000_000)
    private static let date = httpDate(2_000_000)
    private static let late = httpDate(3_000_000)

    private static let conditionCases: [(HTTPFields, Selection)] = [
        ([.ifMatch: "\"a\""], .whole), ([.ifMatch: "\"b\""], .failed), ([.ifMatch: "*"], .whole),
        ([.ifMatch: "\"b\", \"a\""], .whole), ([.ifMatch: "W/\"a\""], .failed), ([.ifMatch: "a"], .failed),
        ([.ifUnmodifiedSince: late], .whole), ([.ifUnmodifiedSince: date], .whole),
        ([.ifUnmodifiedSince: early], .failed), ([.ifUnmodifiedSince: "yesterday"], .whole),
        ([.ifMatch: "\"a\"", .ifUnmodifiedSince: early], .whole),
        ([.ifNoneMatch: "\"a\""], .notModified), ([.ifNoneMatch: "W/\"a\""], .notModified),
        ([.ifNoneMatch: "\"b,c\" ,W/\"a\""], .notModified), ([.ifNoneMatch: "\"b\""], .whole),
        ([.ifNoneMatch: "*"], .notModified), ([.ifNoneMatch: "\"b\" \"a"], .whole),
        ([.ifModifiedSince: date], .notModified), ([.ifModifiedSince: late], .notModified),
        ([.ifModifiedSince: early], .whole), ([.ifNoneMatch: "\"b\"", .ifModifiedSince: date], .whole),
        ([.ifMatch: "\"b\"", .ifNoneMatch: "\"a\""], .failed),
        ([.ifNoneMatch: "\"a\"", .range: "bytes=0-1"], .notModified),
        ([.ifRange: "\"a\"", .range: "bytes=0-1"], .part(0..<2)), ([.ifRange: "\"b\"", .range: "bytes=0-1"], .whole),
        ([.ifRange: "W/\"a\"", .range: "bytes=0-1"], .whole), ([.ifRange: date, .range: "bytes=0-1"], .part(0..<2)),
        ([.ifRange: late, .range: "bytes=0-1"], .whole), ([.ifRange: "x", .range: "bytes=0-1"], .whole),
        ([.ifRange: "\"b\"", .range: "bytes=500-"], .whole), ([.ifRange: "\"a\""], .whole),
    ]

    @Test(arguments: conditionCases)
    func conditions(_ fields: HTTPFields, _ expected: Selection) {
        let answer: HTTPFields = [.eTag: "\"a\"", .lastModified: Self.date]
        #expect(selection(for: fields, method: .get, answer: answer, size: 100) == expected)
    }

    @Test func conditionsNeedAValidator() {
        for name in [HTTPField.Name.ifMatch, .ifNoneMatch, .ifModifiedSince, .ifUnmodifiedSince] {
            let fields: HTTPFields = [name: name == .ifMatch || name == .ifNoneMatch ? "\"a\"" : Self.early]
            #expect(selection(for: fields, method: .get, answer: [:], size: 100) == .whole)
        }
        let weak: HTTPFields = [.eTag: "W/\"a\""]
        #expect(selection(for: [.ifNoneMatch: "\"a\""], method: .get, answer: weak, size: 9) == .notModified)
        #expect(
            selection(for: [.ifRange: "W/\"a\"", .range: "bytes=0-1"], method: .get, answer: weak, size: 9) == .whole)
        // A file that was changed just now may have been changed twice within its second.
        let fresh = httpDate(wallClockSeconds())
        #expect(
            selection(
                for: [.ifRange: fresh, .range: "bytes=0-1"], method: .get, answer: [.lastModified: fresh], size: 9)
                == .whole)
    }

    @Test func partsOfFilesOverTheWire() throws {
        let test = try TestServer()
        let path = test.folder + "/file"
        let content = UploadTests.content(3_000_000)
        let fd = open(path, O_WRONLY | O_CREAT, 0o600)
        #expect(write(fd, content, content.count) == content.count)
        close(fd)
        defer { unlink(path) }
        let client = try test.client()
        func ask(_ range: String, method: String = "GET", more: String = "") throws -> RawClient.Answer {
            let target = "/file?path=\(path)&etag=%22a%22"
            client.send("\(method) \(target) HTTP/1.1\r\nHost: a\r\nRange: \(range)\r\n\(more)\r\n")
            return try client.receive(hasBody: method == "GET")
        }
        let whole = try ask("bytes=0-1,3-4")
        #expect(whole.status == 200)
        #expect(whole.body == content)
        #expect(whole.fields["accept-ranges"] == "bytes")
        for (range, part) in [
            ("0-9", 0..<10), ("2000000-2999999", 2_000_000..<3_000_000), ("-7", 2_999_993..<3_000_000),
            ("2999999-", 2_999_999..<3_000_000), ("1-99999999", 1..<3_000_000),
        ] {
            let answer = try ask("bytes=\(range)")
            #expect(answer.status == 206)
            #expect(answer.body == Array(content[part]))
            #expect(answer.fields["content-range"] == "bytes \(part.lowerBound)-\(part.upperBound - 1)/3000000")
            #expect(answer.fields["etag"] == "\"a\"")
        }
        let beyond = try ask("bytes=3000000-")
        #expect(beyond.status == 416)
        #expect(beyond.fields["content-range"] == "bytes */3000000")
        let head = try ask("bytes=0-1", method: "HEAD")
        #expect(head.status == 200)
        #expect(head.fields["content-length"] == "3000000")
        #expect(try ask("bytes=0-1", more: "If-Range: \"b\"\r\n").status == 200)
        #expect(try ask("bytes=0-1", more: "If-Match: \"b\"\r\n").status == 412)
        #expect(try ask("bytes=0-1", more: "Range: bytes=5-6\r\n").status == 200)
        let unchanged = try ask("bytes=0-1", more: "If-None-Match: \"a\"\r\n")
        #expect(unchanged.status == 304)
        #expect(unchanged.body.isEmpty)
        #expect(test.log.all.filter { $0.status == 206 }.map(\.bytes) == [10, 1_000_000, 7, 1, 2_999_999])
    }
}
