import CLinux
import Glibc

/// A blocking client that sends exactly the bytes it is told.
final class RawClient {
    private let fd: Int32
    private var buffer: [UInt8] = []
    /// Keeps the server running for as long as the client may talk to it.
    private let server: AnyObject?

    struct Fault: Error, CustomStringConvertible { let description: String }

    convenience init(port: Int, timeout: Int = 5, server: AnyObject? = nil) throws {
        try self.init(family: AF_INET, timeout: timeout, server: server)
        try connect(port: port)
    }

    /// Connects to a unix socket.
    convenience init(path: String, server: AnyObject? = nil) throws {
        try self.init(family: AF_UNIX, timeout: 5, server: server)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        try connect(&address)
    }

    /// A socket that is not connected yet.
    convenience init(family: Int32, timeout: Int, server: AnyObject?) throws {
        let fd = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        guard fd >= 0 else { throw Fault(description: "socket: \(errno)") }
        self.init(descriptor: fd, timeout: timeout, server: server)
    }

    /// A client on one end, and the descriptor of the other, which does not block.
    static func pair(timeout: Int = 5, server: AnyObject?) throws -> (RawClient, Int32) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw Fault(description: "socketpair: \(errno)")
        }
        _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
        return (RawClient(descriptor: ends[0], timeout: timeout, server: server), ends[1])
    }

    private init(descriptor: Int32, timeout: Int, server: AnyObject?) {
        self.server = server
        fd = descriptor
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var yes: Int32 = 1
        setsockopt(fd, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    func connect(port: Int) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        try connect(&address)
    }

    private func connect<Address>(_ address: inout Address) throws {
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(fd, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
        guard connected == 0 else { throw Fault(description: "connect: \(errno)") }
    }

    deinit { close(fd) }

    /// False when the server no longer listens.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var done = 0
        while done < bytes.count {
            let sent = bytes[done...].withUnsafeBytes {
                Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return false }
            done += sent
        }
        return true
    }

    @discardableResult
    func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    func finishSending() { shutdown(fd, Int32(SHUT_WR)) }

    /// Closes with a reset, as a crashing client would.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    }

    struct Answer {
        var status: Int
        var fields: [String: String]
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Reads one answer. `hasBody` is false for HEAD.
    func receive(hasBody: Bool = true) throws -> Answer {
        let mark = Array("\r\n\r\n".utf8)
        while true {
            if let end = find(mark) {
                let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
                let words = lines.first?.split(separator: " ") ?? []
                guard words.count >= 2, let status = Int(words[1]) else { throw Fault(description: "no status line") }
                var fields: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    fields[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description
                }
                buffer.removeFirst(end + 4)
                let length = hasBody ? Int(fields["content-length"] ?? "0") ?? 0 : 0
                while buffer.count < length { try fill() }
                let body = Array(buffer.prefix(length))
                buffer.removeFirst(length)
                return Answer(status: status, fields: fields, body: body)
            }
            try fill()
        }
    }

    /// Whether the server has closed and sent nothing more.
    func isAtEnd() -> Bool {
        var byte: UInt8 = 0
        guard buffer.isEmpty else { return false }
        let got = recv(fd, &byte, 1, 0)
        return got == 0 || got < 0 && errno == ECONNRESET
    }

    private func fill() throws {
        var piece = [UInt8](repeating: 0, count: 65536)
        let got = recv(fd, &piece, piece.count, 0)
        guard got > 0 else { throw Fault(description: got == 0 ? "closed" : "recv: \(errno)") }
        buffer += piece[..<got]
    }

    private func find(_ needle: [UInt8]) -> Int? {
        let found = clx_find(buffer, buffer.count, needle, needle.count)
        return found < 0 ? nil : found
    }
}
