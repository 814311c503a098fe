import CLinux
import Glibc
import Synchronization

/// One client's connection. Its state is used by one thread at a time, the one that epoll woke or the one that looks
/// for time-outs.
final class Connection: Sendable {
    let core: ServerCore
    let fd: Int32
    let tag: UInt64
    let remoteAddress: String
    /// The peer is a proxy of ours.
    let isTrusted: Bool
    /// Over a limit: it only gets a 503.
    let isShed: Bool
    /// When the scanner should look, in nanoseconds of the monotonic clock. Read without the lock.
    let deadline: Atomic<UInt64>
    /// The peer has finished sending or is gone: the end may follow the next bytes without another event.
    let peerHasEnded = Atomic<Bool>(false)
    /// Events since somebody began to look at the connection.
    private let events = Atomic<Int>(0)
    private let state: Protected<ConnectionState>

    init(_ core: ServerCore, fd: Int32, tag: UInt64, remoteAddress: String, isShed: Bool) {
        self.core = core
        self.fd = fd
        self.tag = tag
        self.remoteAddress = remoteAddress
        self.isShed = isShed
        isTrusted = core.configuration.trustedProxies.contains(peer: remoteAddress)
        let state = ConnectionState(
            isShed: isShed, grace: isShed ? core.configuration.writeTimeout : core.configuration.headTimeout)
        deadline = Atomic(state.deadline)
        self.state = Protected(state)
    }

    /// Every change wakes some thread once. To arm the descriptor anew for each would cost a system call per request.
    private static let interest = UInt32(CLX_READ | CLX_WRITE | CLX_EDGE)

    /// Begins to listen for events.
    func register() {
        state.withLock { state in
            if clx_epoll_add(core.epoll, fd, Self.interest, tag) != 0 { close(&state) }
        }
    }

    /// The first thread to come works, and looks again for those that came meanwhile: no event is lost, and no thread
    /// waits for a handler that another one runs.
    func wakeUp(_ worker: Worker, peerHasEnded ended: Bool) {
        if ended { peerHasEnded.store(true, ordering: .releasing) }
        var seen = events.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue
        guard seen == 1 else { return }
        while true {
            state.withLock { state in
                guard !state.isClosed else { return }
                settle(&state, state.advance(self, worker))
            }
            let (isDone, now) = events.compareExchange(expected: seen, desired: 0, ordering: .acquiringAndReleasing)
            if isDone { return }
            seen = now
        }
    }

    /// Ends what takes too long: with 408 where a request has begun, without a word where none has.
    func timeOut(_ worker: Worker, _ now: UInt64) {
        // A connection that is being worked on is not late, or it will be seen next time.
        _ = state.withLockIfFree { state in
            guard !state.isClosed, state.deadline < now else { return }
            settle(&state, state.timedOut(self, worker))
        }
    }

    /// For stopping: closes a connection that has rested between two requests since before `moment`, unless the next
    /// one is on its way already, and one that has had its last answer.
    func closeIfResting(since moment: UInt64, evenLingering: Bool) {
        _ = state.withLockIfFree { state in
            if let since = state.restingSince(core.configuration), since <= moment {
                if clx_waiting(fd) == 0 { close(&state) }
            } else if evenLingering, state.isLingering {
                close(&state)
            }
        }
    }

    /// Breaks the connection off without waiting for a handler that holds it.
    func cut() {
        let wasFree: Void? = state.withLockIfFree { close(&$0) }
        if wasFree == nil {
            shutdown(fd, Int32(SHUT_RDWR))
        }
    }

    private func settle(_ state: inout ConnectionState, _ next: Next) {
        deadline.store(state.deadline, ordering: .relaxed)
        switch next {
        case .event: break
        case .soon:
            // What is ready already counts as a change then, behind what others wait for.
            if clx_epoll_change(core.epoll, fd, Self.interest, tag) != 0 { close(&state) }
        case .nothing: close(&state)
        }
    }

    private func close(_ state: inout ConnectionState) {
        guard !state.isClosed else { return }
        state.close(core)
        core.connections.remove(self)
        Glibc.close(fd)
    }
}

/// What a connection waits for.
enum Next {
    /// Bytes from the peer, or room for bytes to it: it has taken all there was of the one it needs.
    case event
    /// More is to do right now, but other connections come first.
    case soon
    /// It is over.
    case nothing
}
