import CLinux
import Glibc
import HTTPTypes
import Logging
import Synchronization

/// An answer on its way out: a head, then bytes or a file. A class, as it is handed about while it goes.
final class Output {
    let head: [UInt8]
    var body: [UInt8] = []
    var file: OpenFile?
    /// Bytes of the file still to send, and bytes sent.
    var fileLeft = 0
    var fileOffset = 0
    /// Where in the file the answer's part of it begins.
    var fileStart = 0
    /// Bytes of head and body sent.
    var sent = 0
    let closes: Bool
    let record: PendingRecord?

    init(final bytes: [UInt8]) {
        head = bytes
        closes = true
        record = nil
    }

    init(head: [UInt8], closes: Bool, record: PendingRecord) {
        self.head = head
        self.closes = closes
        self.record = record
    }

    /// All bytes that the kernel took.
    var passed: Int { sent + fileOffset }

    var isDone: Bool { sent == head.count + body.count && fileLeft == 0 }

    /// Counts the answer and writes it to the access log.
    func log(_ core: ServerCore) {
        guard let record else { return }
        let exchange = record.exchange
        let now = clx_now()
        core.metrics.answered(
            route: exchange.route, status: record.status, started: exchange.started, now: now, sentBytes: passed)
        guard let log = core.configuration.accessLog else { return }
        log(
            AccessRecord(
                id: exchange.head.id, method: record.isUnreadable ? "-" : exchange.head.method.rawValue,
                route: exchange.route, status: record.status, bytes: max(0, sent - head.count) + fileOffset,
                microseconds: Int((now - exchange.started) / 1000)))
    }
}

/// What is known of a request before its answer has left.
struct PendingRecord {
    let exchange: Exchange
    let status: Int
    /// The head could not be read, so the exchange's is made up.
    let isUnreadable: Bool
}

/// A descriptor that closes with its last reference.
final class OpenFile: Sendable {
    let fd: Int32
    let size: Int

    /// Nil unless `path` names a regular file that can be read.
    init?(_ path: String) {
        var size: Int64 = 0
        let fd = clx_open_file(path, &size)
        guard fd >= 0 else { return nil }
        self.fd = fd
        self.size = Int(size)
    }

    deinit { close(fd) }
}

extension ConnectionState {
    /// Turns a response into bytes and begins to send them.
    mutating func answer(
        _ given: Response, _ exchange: Exchange, _ connection: Connection, _ worker: Worker, isUnreadable: Bool = false
    ) {
        let core = connection.core
        var response = given
        var file: OpenFile?
        if case .file(let path, let size) = response.body {
            file = OpenFile(path)
            if file.map({ $0.size < size }) ?? true {
                core.logger.error("a file to send is missing or short", metadata: ["id": "\(exchange.head.id)"])
                file = nil
                response = core.responder.failure(.internalServerError, head: exchange.head)
                // A failure page is not itself a file, or a missing one would lead here again.
                if case .file = response.body { response.body = .empty }
            }
        }
        var fileStart = 0
        if response.isSelectable {
            fileStart = response.narrow(to: exchange.head) { core.responder.failure($0, head: exchange.head) }
            if case .file = response.body {} else { file = nil }
        }
        let varies = core.configuration.compresses && compress(&response, for: exchange.head)

        let status = response.status.code
        let hasNoContent = status < 200 || status == 204 || status == 304
        let length = response.length
        let closes = !exchange.keepsAlive || core.isDraining.load(ordering: .acquiring)
        let frame = ResponseFrame(
            requestID: exchange.head.id, date: worker.date, contentLength: hasNoContent ? nil : length,
            connection: closes ? "close" : exchange.isHTTP10 ? "keep-alive" : nil, variesByEncoding: varies)
        let output = Output(
            head: writeHead(response, frame), closes: closes,
            record: PendingRecord(exchange: exchange, status: status, isUnreadable: isUnreadable))
        if exchange.head.method != .head || isUnreadable, !hasNoContent {
            if case .bytes(let bytes) = response.body { output.body = bytes }
            if let file {
                output.file = file
                output.fileStart = fileStart
                output.fileLeft = length
            }
        }
        startPeriod(core.configuration.writeTimeout)
        phase = .writing(output)
    }

    /// Sends what the socket takes; nil when the answer is out and the connection goes on.
    mutating func write(_ output: Output, _ connection: Connection) -> Next? {
        let core = connection.core
        while !output.isDone {
            let sent =
                output.sent < output.head.count + output.body.count
                ? sendBytes(output, connection.fd) : sendFile(output, connection.fd)
            if sent > 0 {
                if output.sent < output.head.count + output.body.count { output.sent += sent }
                continue
            }
            return sent == -Int(EAGAIN) ? .event : .nothing
        }
        output.log(core)
        scan = HeadParser.Scan()
        if output.closes {
            shutdown(connection.fd, Int32(SHUT_WR))
            input = []
            startPeriod(core.configuration.lingerTimeout)
            phase = .lingering(discarded: 0)
        } else {
            if input.isEmpty, input.capacity > 1024 { input = [] }  // ten thousand idle clients must cost little
            phase = .idle
            startPeriod(core.configuration.idleTimeout)
        }
        return nil
    }

    private func sendBytes(_ output: Output, _ fd: Int32) -> Int {
        output.head.withUnsafeBytes { head in
            output.body.withUnsafeBytes { body in
                let more: Int32 = output.fileLeft > 0 ? 1 : 0
                if output.sent < head.count {
                    return clx_send(
                        fd, head.baseAddress.map { $0 + output.sent }, head.count - output.sent, body.baseAddress,
                        body.count, more)
                }
                let offset = output.sent - head.count
                return clx_send(fd, body.baseAddress.map { $0 + offset }, body.count - offset, nil, 0, more)
            }
        }
    }

    private func sendFile(_ output: Output, _ fd: Int32) -> Int {
        guard let file = output.file else { return -Int(EIO) }
        var offset = off_t(output.fileStart + output.fileOffset)
        let sent = clx_sendfile(fd, file.fd, &offset, min(output.fileLeft, 1 << 20))
        if sent > 0 {
            output.fileOffset += sent
            output.fileLeft -= sent
        }
        return sent  // 0: the file was cut short meanwhile, and the promised length cannot be kept
    }
}
