import Glibc

/// Where a service on this machine or next to it listens.
struct SocketEndpoint: Sendable {
    private enum Kind { case unix([UInt8]), tcp(UInt32, UInt16) }
    private let kind: Kind

    /// `/run/clamav/clamd.ctl` or `127.0.0.1:3310`; nil when it is neither. Names are not looked up: that can hang.
    init?(_ address: String) {
        if address.hasPrefix("/") {
            // A path and its zero byte must fit into sun_path.
            guard address.utf8.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else { return nil }
            kind = .unix(Array(address.utf8))
            return
        }
        let parts = address.split(separator: ":", omittingEmptySubsequences: false)
        var host = in_addr()
        guard parts.count == 2, let port = UInt16(parts[1]), port > 0, inet_pton(AF_INET, String(parts[0]), &host) == 1
        else { return nil }
        kind = .tcp(host.s_addr, port)
    }

    var family: Int32 { if case .unix = kind { AF_UNIX } else { AF_INET } }

    /// - Returns: What `connect` returns.
    func connect(_ descriptor: Int32) -> Int32 {
        switch kind {
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
            return Self.connect(descriptor, &address)
        case .tcp(let host, let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = host
            return Self.connect(descriptor, &address)
        }
    }

    private static func connect<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}

/// A moment after which nothing is waited for any more.
struct Deadline: Sendable {
    private let end: Double

    init(seconds: Double) { end = Self.now + seconds }

    /// What is left, at least nothing.
    var milliseconds: Int32 { Int32(max(0, min((end - Self.now) * 1000, 1_000_000))) }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}

/// A connection of our own to a service, with an end to every wait.
final class ClientSocket {
    private let descriptor: Int32
    private let deadline: Deadline

    /// - Throws: `VirusScannerAway`, as all of it.
    init(_ endpoint: SocketEndpoint, connectSeconds: Double, deadline: Deadline) throws(VirusScannerAway) {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(endpoint.family, type, 0)
        self.deadline = deadline
        guard descriptor >= 0 else { throw Self.fault("socket") }
        if endpoint.connect(descriptor) == 0 { return }
        // A unix socket whose queue is full answers EAGAIN and cannot be waited for.
        guard errno == EINPROGRESS else { throw Self.fault("connect") }
        try Self.wait(descriptor, for: POLLOUT, Deadline(seconds: connectSeconds))
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { throw VirusScannerAway(reason: "connect: \(String(cString: strerror(code)))") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func write(_ bytes: [UInt8]) throws(VirusScannerAway) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { block in
                send(descriptor, block.baseAddress.map { $0 + sent }, block.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                try Self.wait(descriptor, for: POLLOUT, deadline)
            } else if errno != EINTR {
                throw Self.fault("write")
            }
        }
    }

    /// Up to a zero byte or the end of the connection.
    func readLine(maxBytes: Int) throws(VirusScannerAway) -> [UInt8] {
        var line: [UInt8] = []
        var block = [UInt8](repeating: 0, count: maxBytes)
        while line.count < maxBytes {
            let count = recv(descriptor, &block, block.count, 0)
            if count == 0 { return line }
            if count > 0 {
                if let end = block[..<count].firstIndex(of: 0) { return line + block[..<end] }
                line += block[..<count]
            } else if errno == EAGAIN {
                try Self.wait(descriptor, for: POLLIN, deadline)
            } else if errno != EINTR {
                throw Self.fault("read")
            }
        }
        throw VirusScannerAway(reason: "answered too much")
    }

    private static func wait(_ descriptor: Int32, for events: Int32, _ deadline: Deadline) throws(VirusScannerAway) {
        while true {
            var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
            switch poll(&entry, 1, deadline.milliseconds) {
            case 1...: return
            case 0: throw VirusScannerAway(reason: "no answer in time")
            default: guard errno == EINTR else { throw fault("poll") }
            }
        }
    }

    private static func fault(_ call: String) -> VirusScannerAway {
        VirusScannerAway(reason: "\(call): \(String(cString: strerror(errno)))")
    }
}
