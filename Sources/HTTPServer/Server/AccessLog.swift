import Glibc

/// Access records as JSON lines on a descriptor. Lines are gathered and written together, as a write for each request
/// would cost more than the request: they leave when 64 KiB are full, after 100 ms, and with `flush`. A process that is
/// killed loses at most that much.
public final class AccessLog: Sendable {
    private static let size = 64 * 1024
    private static let seconds = 0.1

    private let lines: Protected<Lines>
    /// Zero tells the writing thread to end.
    private let running = Gate(1)

    /// - Parameter descriptor: an open file, pipe or socket; it stays the caller's.
    /// - Throws: `ServerError` when no thread can be started.
    public init(descriptor: Int32) throws {
        let lines = Protected(Lines(descriptor: descriptor))
        let running = running
        self.lines = lines
        let started = startThread {
            while !running.waitForZero(seconds: Self.seconds) { lines.withLock { $0.flush() } }
        }
        guard started else { throw ServerError("no more threads") }
    }

    deinit {
        flush()
        running.add(-1)
    }

    /// Takes one record. It waits for the descriptor only when the gathered lines are full.
    public func write(_ record: AccessRecord) {
        lines.withLock { lines in
            lines.append(record)
            if lines.bytes.count >= Self.size - 512 { lines.flush() }
        }
    }

    /// Writes what has been gathered.
    public func flush() { lines.withLock { $0.flush() } }

    private struct Lines {
        let descriptor: Int32
        var bytes: [UInt8] = []

        init(descriptor: Int32) {
            self.descriptor = descriptor
            bytes.reserveCapacity(AccessLog.size)
        }

        /// Nothing here needs escaping: ids, methods and patterns are all the server's and the routes' own.
        mutating func append(_ record: AccessRecord) {
            bytes.append(#"{"id":""#)
            bytes.append(record.id)
            bytes.append(#"","method":""#)
            bytes.append(record.method)
            bytes.append(#"","route":""#)
            bytes.append(record.route)
            bytes.append(#"","status":"#)
            bytes.append(decimal: record.status)
            bytes.append(#","bytes":"#)
            bytes.append(decimal: record.bytes)
            bytes.append(#","microseconds":"#)
            bytes.append(decimal: record.microseconds)
            bytes.append("}\n")
        }

        mutating func flush() {
            bytes.withUnsafeBytes { buffer in
                var done = 0
                while done < buffer.count {
                    let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else { return }  // a log that cannot be written must not stop the service
                    done += count
                }
            }
            bytes.removeAll(keepingCapacity: true)
        }
    }
}
