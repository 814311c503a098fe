import Foundation
import HTTPServer
import HTTPTypes
import Logging
import Permits
import Synchronization
import Testing

@testable import Portal

@Suite struct LogTests {
    /// Unknown trouble is written down with the request's id, without the secrets that some addresses carry.
    @Test func anUnknownFaultIsLoggedWithoutTheAddress() throws {
        let portal = try TestPortal()
        let lines = LogLines()
        let site = portal.site.logging(to: Logger(label: "test", factory: { _ in lines.handler }))
        let head = RequestHead(id: "abcdefabcdefabcd", path: "/aktivasi/rahasia-tautan")
        let reply = Replies(site: site).response(to: URLError(.unknown), session: nil, head: head)
        #expect(reply.status.code == 500)
        let text = lines.all.joined()
        #expect(text.contains("abcdefabcdefabcd") && !text.contains("rahasia-tautan"), "\(text)")
    }

    /// One line for a refused file, which says why and not what it was called; one a minute for a silent clamd.
    @Test func refusedFilesAreLoggedWithoutTheirNames() throws {
        let portal = try TestPortal()
        let lines = LogLines()
        let clamd = try FakeClamd(.says("stream: Eicar-Signature FOUND"))
        let site = portal.site.logging(
            to: Logger(label: "test", factory: { _ in lines.handler }), virusScanner: VirusScanner(clamd.path))
        let application = try portal.application(portal.reference(.submitted), as: DemoWorld.siti)
        let requirement = try #require(application.type.requirements.first { $0.kinds.contains(.pdf) })
        func upload(_ content: Data, at now: Moment = TestPortal.start) throws -> String? {
            let head = RequestHead(id: "abcdefabcdefabcd", path: "/")
            let context = Context(site: site, request: Request(head: head), session: nil, now: now)
            let file = UploadedFile(name: "paper", filename: "ktp siti aminah.pdf", bytes: Array(content))
            if case .failure(let problem) = try FileCheck(context: context).check(file, requirement) {
                return problem.key
            }
            return nil
        }
        #expect(try upload(Data("halo".utf8)) == "problem.fileKind")
        #expect(try upload(JourneyTests.pdf) == "problem.fileVirus")
        #expect(lines.all.count == 3 && lines.all.allSatisfy { $0.contains("abcdefabcdefabcd") })
        #expect(lines.all.joined().contains("Eicar-Signature"))
        clamd.conduct(.closes)
        for seconds: Int64 in [0, 1, 59, 60] {
            let now = Moment(seconds: TestPortal.start.seconds + seconds)
            #expect(try upload(JourneyTests.pdf, at: now) == "problem.fileScannerAway")
        }
        #expect(lines.all.count { $0.contains("no file can be taken") } == 2)
        #expect(!lines.all.joined().contains("siti"))
        clamd.conduct(.says("stream: OK"))
        #expect(try upload(JourneyTests.pdf) == nil)
    }
}

private final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    var handler: Handler { Handler(lines: self) }

    struct Handler: LogHandler {
        let lines: LogLines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
        func log(event: LogEvent) {
            lines.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}

extension Site {
    fileprivate func logging(to logger: Logger, virusScanner: VirusScanner? = nil) -> Site {
        Site(
            store: store, vault: vault, renderers: renderers, letters: letters, statics: statics, hasher: hasher,
            desk: desk, officeLetters: officeLetters, settings: settings, logger: logger, virusScanner: virusScanner,
            now: now, random: random)
    }
}
