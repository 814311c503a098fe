import CLinux
import Glibc
public import Logging
import Synchronization

/// An HTTP/1.1 server (RFC 9110, RFC 9112). Threads share one epoll set; the thread that gets a ready connection reads,
/// runs the handler and writes. A slow client costs memory, never a thread.
public final class Server: Sendable {
    private let core: ServerCore
    private let listeners: Protected<[Listener]> = Protected([])
    private let boundPort = Atomic<Int>(0)
    private let threads = Gate(0)
    /// One until the server has stopped.
    private let running = Gate(1)
    private let scanGate = Gate(1)

    /// - Throws: `ServerError` when the kernel has no descriptors left.
    public init(configuration: ServerConfiguration, responder: any Responder, logger: Logger) throws {
        core = try ServerCore(configuration, responder, logger)
    }

    /// Binds the addresses and starts the threads; returns at once.
    ///
    /// - Throws: `ServerError`, with the system's reason, when an address is taken or no thread can be started.
    public func start() throws {
        // A client that goes away must be an error of one call, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let core = core
        var sockets = core.configuration.sockets
        if sockets.isEmpty { sockets = [.tcp(address: core.configuration.address, port: core.configuration.port)] }
        var opened: [Listener] = []
        for socket in sockets {
            opened.append(try Listener(core, socket, tag: Tag.firstListener + UInt64(opened.count)))
        }
        let listeners = opened
        self.listeners.withLock { $0 = listeners }
        boundPort.store(listeners.first { $0.port > 0 }?.port ?? 0, ordering: .relaxed)
        for listener in listeners { try listener.begin() }
        let threads = threads
        for _ in 0..<max(1, core.configuration.threads) {
            threads.add(1)
            let started = startThread {
                Worker(core).run(listeners)
                threads.add(-1)
            }
            if !started {
                threads.add(-1)
                stop(deadlineSeconds: 0)
                throw ServerError("no more threads")
            }
        }
        let scanGate = scanGate
        threads.add(1)
        let started = startThread {
            Scanner(core).run(until: scanGate)
            threads.add(-1)
        }
        if !started {
            threads.add(-1)
            stop(deadlineSeconds: 0)
            throw ServerError("no more threads")
        }
    }

    /// The first TCP port in use; 0 before `start`, and without one.
    public var port: Int { boundPort.load(ordering: .relaxed) }

    /// Connections open now.
    public var openConnections: Int { core.connections.count }

    /// Bytes that request bodies hold on disk now.
    public var temporaryBytes: Int { core.space.usedBytes }

    /// What the server has counted up to now.
    public var metrics: ServerMetrics {
        core.metrics.snapshot(openConnections: openConnections, temporaryBytes: temporaryBytes)
    }

    /// Serves a connected stream socket that came some other way than through a listener, as if from `address`.
    func serve(_ connected: Int32, from address: String) { core.admit(connected, address: address) }

    /// Stops gracefully: accepts nothing more, lets running requests finish with `Connection: close`, and closes idle
    /// connections; those in use a moment ago get up to a second for one more request, as closing at once could cross
    /// it on the wire. After `deadlineSeconds` the rest is cut off. Must not be called from a handler.
    public func stop(deadlineSeconds: Double = 10) {
        core.isDraining.store(true, ordering: .releasing)
        listeners.withLock { listeners in
            for listener in listeners { listener.stop() }
            listeners = []
        }
        let begun = clx_now()
        let patience = min(1, deadlineSeconds / 2)
        let deadline = begun + nanoseconds(deadlineSeconds)
        while clx_now() < deadline {
            // Again and again, as a connection may have been busy before and rest by now. A client that has its last
            // answer gets a second to close its side.
            let isLate = clx_now() > begun + nanoseconds(1)
            let isPatient = clx_now() < begun + nanoseconds(patience)
            let moment = clx_coarse_now() - (isPatient ? nanoseconds(patience) : 0)
            for connection in core.connections.all {
                connection.closeIfResting(since: moment, evenLingering: isLate)
            }
            if core.connections.open.waitForZero(seconds: 0.05) { break }
        }
        for connection in core.connections.all { connection.cut() }
        core.isStopped.store(true, ordering: .releasing)
        _ = clx_event_raise(core.wake)
        scanGate.add(-1)
        // A handler that never returns cannot be stopped; its thread keeps the shared state alive and no more.
        threads.waitForZero(seconds: 1)
        running.add(-1)
    }

    /// Returns when the server has stopped.
    public func wait() { running.waitForZero() }
}

/// Looks for connections whose time is up.
struct Scanner {
    private let core: ServerCore

    init(_ core: ServerCore) { self.core = core }

    func run(until gate: Gate) {
        let limits = core.configuration
        let shortest = min(
            limits.headTimeout, limits.bodyTimeout, limits.idleTimeout, limits.writeTimeout, limits.lingerTimeout)
        let worker = Worker(core)
        while !gate.waitForZero(seconds: min(1, max(0.02, shortest / 4))) {
            let now = clx_coarse_now()
            for connection in core.connections.all where connection.deadline.load(ordering: .relaxed) < now {
                connection.timeOut(worker, now)
            }
        }
    }
}
