import CLinux
import Glibc
import Synchronization

/// What one thread owns: a buffer to read into and the date of the current second.
final class Worker {
    let core: ServerCore
    var scratch = [UInt8](repeating: 0, count: 64 * 1024)
    private var dateSecond = -1
    private var dateBytes: [UInt8] = []

    init(_ core: ServerCore) { self.core = core }

    var date: [UInt8] {
        let now = wallClockSeconds()
        if now != dateSecond {
            dateSecond = now
            dateBytes = Array(httpDate(now).utf8)
        }
        return dateBytes
    }

    /// Takes one wake-up after the other. One at a time, so that a slow handler holds up only its own connection.
    func run(_ listeners: [Listener]) {
        var tag: UInt64 = 0
        var hasEnded: Int32 = 0
        while !core.isStopped.load(ordering: .acquiring) {
            let count = clx_epoll_wait(core.epoll, -1, &tag, &hasEnded)
            if count == -EINTR { continue }
            guard count == 1 else { return }
            switch tag {
            case Tag.wake: return
            case Tag.firstListener...: listeners[Int(tag - Tag.firstListener)].accept(self)
            default: core.connections.find(tag)?.wakeUp(self, peerHasEnded: hasEnded != 0)
            }
        }
    }

    /// Reads once: the bytes, empty when the peer has finished, nil when there are none now. Throws when it is gone.
    func receive(_ fd: Int32) throws(Disconnected) -> ArraySlice<UInt8>? {
        let got = scratch.withUnsafeMutableBytes { clx_receive(fd, $0.baseAddress, $0.count) }
        if got >= 0 {
            core.metrics.received(got, from: fd)
            return scratch[..<got]
        }
        guard got == -Int(EAGAIN) else { throw Disconnected() }
        return nil
    }
}

/// The peer has closed or reset the connection.
struct Disconnected: Error {}
