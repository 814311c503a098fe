import Foundation
import HTTPServer
import HTTPTypes
import Logging
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
    fileprivate func logging(to logger: Logger) -> Site {
        Site(
            store: store, vault: vault, renderer: renderer, letters: letters, statics: statics, hasher: hasher,
            settings: settings, logger: logger, now: now, random: random)
    }
}
