import CLinux
import Glibc
import Logging
import Synchronization

/// What all threads of one server share.
final class ServerCore: Sendable {
    let configuration: ServerConfiguration
    let responder: any Responder
    let logger: Logger
    let parser: HeadParser
    let space: TemporarySpace
    let connections = ConnectionTable()
    let metrics = MetricCounters()
    let epoll: Int32
    /// Raised once, at the end: it wakes every thread.
    let wake: Int32
    /// Answers say `Connection: close` from now on, and idle connections are closed.
    let isDraining = Atomic<Bool>(false)
    let isStopped = Atomic<Bool>(false)
    private let nextID: Atomic<UInt64>

    init(_ configuration: ServerConfiguration, _ responder: any Responder, _ logger: Logger) throws(ServerError) {
        self.configuration = configuration
        self.responder = responder
        self.logger = logger
        parser = HeadParser(
            headBytes: configuration.headBytes, targetBytes: configuration.targetBytes,
            headCount: configuration.headCount)
        space = TemporarySpace(
            directory: configuration.temporaryDirectory, quota: configuration.temporaryQuotaBytes)
        nextID = Atomic(UInt64.random(in: .min ... .max))
        epoll = clx_epoll_create()
        guard epoll >= 0 else { throw ServerError("epoll", code: -epoll) }
        wake = clx_event_create()
        guard wake >= 0 else {
            close(epoll)
            throw ServerError("eventfd", code: -wake)
        }
        let added = clx_epoll_add(epoll, wake, UInt32(CLX_READ), Tag.wake)
        guard added == 0 else {
            close(wake)
            close(epoll)
            throw ServerError("epoll", code: -added)
        }
    }

    deinit {
        close(wake)
        close(epoll)
    }

    /// Sixteen hexadecimal digits: a counter from a random start, scattered so that neighbours look nothing alike.
    func makeRequestID() -> String {
        var mixed = nextID.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return String(unsafeUninitializedCapacity: 16) { buffer in
            for index in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: mixed >> UInt64(60 - 4 * index)) & 15
                buffer[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return 16
        }
    }
}

/// Numbers that tell epoll's wake-ups apart: these, or a connection's.
enum Tag {
    static let wake = UInt64.max
    /// Listeners count up from here, above every connection's number.
    static let firstListener: UInt64 = 1 << 63
}

/// A fault while starting, with the system's reason.
public struct ServerError: Error, CustomStringConvertible {
    public let description: String

    init(_ what: String, code: Int32) { description = "\(what): \(String(cString: strerror(code)))" }
    init(_ description: String) { self.description = description }
}
