import CLinux
import Glibc
import Logging
import Synchronization

/// Accepts connections. The listening socket sits in the shared epoll set, so any thread may do this, one at a time.
final class Listener: Sendable {
    private let core: ServerCore
    private let socket: OpenSocket
    private let tag: UInt64
    /// Held open to be given up when descriptors run out, so that there is one to say 503 with. -1 when lost.
    private let spare: Protected<Int32>
    private let isOpen = Protected(true)
    /// 0 for a unix socket.
    let port: Int

    init(_ core: ServerCore, _ socket: ListeningSocket, tag: UInt64) throws(ServerError) {
        self.core = core
        self.tag = tag
        self.socket = try OpenSocket(socket, backlog: core.configuration.backlog)
        port = Int(max(0, clx_local_port(self.socket.fd)))
        spare = Protected(openSpare())
    }

    deinit {
        stop()
        spare.withLock { if $0 >= 0 { close($0) } }
    }

    /// Puts the socket into the epoll set.
    func begin() throws(ServerError) {
        let added = clx_epoll_add(core.epoll, socket.fd, UInt32(CLX_READ | CLX_ONCE), tag)
        guard added == 0 else { throw ServerError("epoll", code: -added) }
    }

    /// Takes what has reached us already, unless the socket goes on to another server, and then nothing more.
    func stop() {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            socket.withdraw(core.epoll)
            if !socket.outlivesUs { takeWaiting(limit: core.configuration.backlog) }
            socket.release()
            isOpen = false
        }
    }

    /// Takes a bounded number of connections, then arms the socket again for whichever thread is free.
    func accept(_ worker: Worker) {
        isOpen.withLock { isOpen in
            guard isOpen else { return }
            takeWaiting(limit: 64)
            _ = clx_epoll_change(core.epoll, socket.fd, UInt32(CLX_READ | CLX_ONCE), tag)
        }
    }

    private func takeWaiting(limit: Int) {
        for _ in 0..<limit {
            var address = [CChar](repeating: 0, count: Int(CLX_ADDRESS_BYTES))
            let client = clx_accept(socket.fd, &address)
            switch -client {
            case EAGAIN: return
            case EINTR, ECONNABORTED, EPROTO, EPERM: continue
            case EMFILE, ENFILE:
                guard shed() else { return }
            case ENOBUFS, ENOMEM:
                usleep(10_000)  // the kernel needs a moment; spinning would not help it
                return
            case _ where client < 0:
                core.logger.error("accept failed", metadata: ["error": "\(ServerError("accept", code: -client))"])
                usleep(10_000)
                return
            default:
                let text = address.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                core.admit(client, address: text.isEmpty ? unixPeer : String(decoding: text, as: UTF8.self))
            }
        }
    }

    /// Descriptors have run out: gives up the spare one to take a connection and tell it. False when that fails too.
    private func shed() -> Bool {
        spare.withLock { spare in
            guard spare >= 0 else {
                spare = openSpare()
                usleep(10_000)
                return false
            }
            close(spare)
            var address = [CChar](repeating: 0, count: Int(CLX_ADDRESS_BYTES))
            let client = clx_accept(socket.fd, &address)
            if client >= 0 {
                core.metrics.acceptedConnections.add(1, ordering: .relaxed)
                core.refuse(client)
            }
            spare = openSpare()
            return client >= 0
        }
    }
}

extension ServerCore {
    /// Takes a connected stream socket that does not block; from then on it is the server's to close.
    func admit(_ client: Int32, address: String) {
        let limits = configuration
        metrics.acceptedConnections.add(1, ordering: .relaxed)
        let isShared = address == unixPeer || limits.trustedProxies.contains(peer: address)
        let connection = connections.insert(
            fd: client, address: address, limit: limits.connections,
            addressLimit: isShared ? .max : limits.connectionsPerAddress
        ) { tag, isOver in
            Connection(self, fd: client, tag: tag, remoteAddress: address, isShed: isOver)
        }
        // Without a connection there is no room left for politeness: best effort.
        guard let connection else { return refuse(client) }
        if connection.isShed { metrics.shedConnections.add(1, ordering: .relaxed) }
        connection.register()
    }

    func refuse(_ client: Int32) {
        metrics.shedConnections.add(1, ordering: .relaxed)
        let answer = unavailableAnswer
        answer.withUnsafeBytes { _ = clx_send(client, $0.baseAddress, $0.count, nil, 0, 0) }
        shutdown(client, Int32(SHUT_WR))
        // Unread bytes at close would reset the connection and could take the answer with them.
        var drain = [UInt8](repeating: 0, count: 4096)
        _ = drain.withUnsafeMutableBytes { clx_receive(client, $0.baseAddress, $0.count) }
        close(client)
    }
}

/// What a client hears when there is no room for its connection.
let unavailableAnswer = Array(
    ("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n").utf8)

private func openSpare() -> Int32 { open("/dev/null", O_RDONLY | O_CLOEXEC) }
