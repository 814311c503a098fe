import CLinux
import Glibc

/// Where a server takes connections.
public enum ListeningSocket: Sendable, Equatable {
    /// A numeric IPv4 or IPv6 address; "::" takes both families. Port 0 lets the kernel choose.
    case tcp(address: String, port: Int)
    /// A socket file with these permissions. One that a dead process left is replaced; one that somebody answers on is
    /// a fault. It is removed when the server stops.
    case unix(path: String, mode: UInt32 = 0o660)
    /// A socket that listens already, from systemd or from the server before this one. It is neither closed nor
    /// removed, so that connections wait in it for the next server.
    case inherited(descriptor: Int32)

    /// The sockets that systemd holds for this process (sd_listen_fds(3)); empty without socket activation.
    /// Unsets the variables, so that programs started from here do not take them for theirs.
    ///
    /// - Throws: `ServerError` when what was handed over is no listening stream socket.
    public static func activated() throws -> [ListeningSocket] {
        let variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]
        var environment: [String: String] = [:]
        for name in variables {
            if let value = getenv(name) { environment[name] = String(cString: value) }
            unsetenv(name)
        }
        return try activated(environment, process: getpid(), first: 3)
    }

    static func activated(
        _ environment: [String: String], process: Int32, first: Int32
    ) throws(ServerError) -> [ListeningSocket] {
        guard let owner = environment["LISTEN_PID"], owner == String(process),
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), count > 0
        else { return [] }
        var sockets: [ListeningSocket] = []
        for descriptor in first..<(first + min(count, 1000)) {
            let status = clx_adopt_listener(descriptor)
            guard status == 0 else { throw ServerError("socket \(descriptor) from systemd", code: -status) }
            sockets.append(.inherited(descriptor: descriptor))
        }
        return sockets
    }
}

/// A listening socket while a server uses it.
struct OpenSocket: Sendable {
    let fd: Int32
    private let path: String?
    private let file: clx_file_id
    private let isInherited: Bool

    init(_ socket: ListeningSocket, backlog: Int) throws(ServerError) {
        var file = clx_file_id()
        let backlog = Int32(clamping: backlog)
        let what: String
        switch socket {
        case .tcp(let address, let number):
            guard let port = UInt16(exactly: number) else { throw ServerError("port \(number)") }
            what = "listen on \(address):\(port)"
            fd = clx_listen(address, port, backlog)
        case .unix(let path, let mode):
            what = "listen on \(path)"
            fd = clx_listen_unix(path, mode, backlog, &file)
        case .inherited(let descriptor):
            what = "listen on descriptor \(descriptor)"
            let status = clx_adopt_listener(descriptor)
            fd = status < 0 ? status : descriptor
        }
        guard fd >= 0 else { throw ServerError(what, code: -fd) }
        self.file = file
        if case .unix(let path, _) = socket { self.path = path } else { path = nil }
        if case .inherited = socket { isInherited = true } else { isInherited = false }
    }

    /// Whether connections that are still queued go to the next server.
    var outlivesUs: Bool { isInherited }

    /// Lets nobody new find it. Only the file that we made is removed: another server may have put its own there.
    func withdraw(_ epoll: Int32) {
        _ = clx_epoll_remove(epoll, fd)
        if let path { _ = clx_unlink_if(path, file) }
    }

    func release() {
        if !isInherited { close(fd) }
    }
}
