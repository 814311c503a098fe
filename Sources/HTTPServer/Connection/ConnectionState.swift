import CLinux
import Glibc
import HTTPTypes
import Synchronization

/// Where a connection stands. `advance` moves it as far as the bytes at hand allow.
struct ConnectionState {
    enum Phase {
        /// No byte of a request has come.
        case idle
        /// Part of a head has come.
        case head
        case body(Exchange, BodyReader)
        case writing(Output)
        /// The last answer is out; what still comes is thrown away until the client has closed, too.
        case lingering(discarded: Int)
        case closed
    }

    /// Requests answered and bytes read in one go before other connections get their turn.
    private static let requestsAtOnce = 32
    private static let readsAtOnce = 16

    var phase: Phase
    /// Bytes received but not used yet: at most one head and what one read brought beyond it.
    var input: [UInt8] = []
    var scan = HeadParser.Scan()
    var requests = 0
    /// Nanoseconds of the monotonic clock.
    var deadline: UInt64
    /// Bytes of a body or an answer that had passed when its current period of grace began.
    var passed = 0

    init(isShed: Bool, grace: Double) {
        phase = isShed ? .writing(Output(final: unavailableAnswer)) : .idle
        deadline = clx_coarse_now() + nanoseconds(grace)
    }

    var isClosed: Bool { if case .closed = phase { true } else { false } }
    var isIdle: Bool { if case .idle = phase { true } else { false } }
    var isLingering: Bool { if case .lingering = phase { true } else { false } }

    /// Since when nothing has come after the last answer, or after the connection was made. Nil while something has.
    func restingSince(_ limits: ServerConfiguration) -> UInt64? {
        guard isIdle, input.isEmpty else { return nil }
        let grace = nanoseconds(requests == 0 ? limits.headTimeout : limits.idleTimeout)
        return deadline > grace ? deadline - grace : 0
    }

    mutating func close(_ core: ServerCore) {
        if case .writing(let output) = phase { output.log(core) }
        phase = .closed
        input = []
    }

    mutating func advance(_ connection: Connection, _ worker: Worker) -> Next {
        var requestsLeft = Self.requestsAtOnce
        var readsLeft = Self.readsAtOnce
        var isDrained = false
        while true {
            switch phase {
            case .closed: return .nothing
            case .writing(let output):
                guard let next = write(output, connection) else { continue }
                return next
            case .lingering:
                guard readsLeft > 0 else { return .soon }
                readsLeft -= 1
                guard let next = linger(connection, worker) else { continue }
                return next
            case .idle, .head:
                if !input.isEmpty {
                    guard requestsLeft > 0 else { return .soon }
                    if takeHead(connection, worker) {
                        requestsLeft -= 1
                        continue
                    }
                }
            case .body:
                if takeBody(connection, worker) { continue }
            }
            // More bytes are needed.
            if isDrained { return .event }
            guard readsLeft > 0 else { return .soon }
            readsLeft -= 1
            do {
                let mayEnd = connection.peerHasEnded.load(ordering: .acquiring)
                guard let bytes = try worker.receive(connection.fd) else { return .event }
                guard !bytes.isEmpty else { return .nothing }
                // A read that was not filled took all there was (epoll(7)). What comes later is another event, but an
                // end that was announced already is not.
                isDrained = bytes.count < worker.scratch.count && !mayEnd
                take(bytes, connection, worker)
            } catch {
                return .nothing
            }
        }
    }

    /// The scanner found the deadline past. A body or an answer gets another period when enough of it has passed in
    /// the last one; a rate over the whole would let a client send much at once and then rest for hours.
    mutating func timedOut(_ connection: Connection, _ worker: Worker) -> Next {
        let limits = connection.core.configuration
        switch phase {
        case .body(_, let reader) where renews(reader.received, limits.bodyTimeout, limits): return .event
        case .writing(let output) where renews(output.passed, limits.writeTimeout, limits): return .event
        case .head: fail(Refusal(408), nil, connection, worker)
        case .body(let exchange, _): fail(Refusal(408), exchange, connection, worker)
        case .idle, .writing, .lingering, .closed: return .nothing
        }
        return advance(connection, worker)
    }

    private mutating func renews(_ bytes: Int, _ grace: Double, _ limits: ServerConfiguration) -> Bool {
        guard bytes > passed, Double(bytes - passed) >= Double(limits.bodyMinimumRate) * grace else { return false }
        startPeriod(grace, passed: bytes)
        return true
    }

    /// Begins a period of grace.
    mutating func startPeriod(_ seconds: Double, passed: Int = 0) {
        self.passed = passed
        deadline = clx_coarse_now() + nanoseconds(seconds)
    }

    private mutating func take(_ bytes: ArraySlice<UInt8>, _ connection: Connection, _ worker: Worker) {
        guard case .body(let exchange, var reader) = phase else {
            if isIdle {
                phase = .head
                startPeriod(connection.core.configuration.headTimeout)
            }
            input += bytes
            return
        }
        // Straight from the read buffer into the body; `input` is empty while a body is being read.
        phase = .idle
        var rest = bytes
        feed(&rest, exchange, &reader, connection, worker)
        input += rest
    }

    /// Gives body bytes to the reader.
    mutating func feed(
        _ bytes: inout ArraySlice<UInt8>, _ exchange: Exchange, _ reader: inout BodyReader, _ connection: Connection,
        _ worker: Worker
    ) {
        do {
            try reader.consume(&bytes)
            phase = .body(exchange, reader)
        } catch {
            bytes = []
            fail(error, exchange, connection, worker)
        }
    }

    private mutating func linger(_ connection: Connection, _ worker: Worker) -> Next? {
        guard case .lingering(let discarded) = phase else { return nil }
        do {
            guard let bytes = try worker.receive(connection.fd) else { return .event }
            guard !bytes.isEmpty, discarded + bytes.count <= connection.core.configuration.lingerBytes
            else { return .nothing }
            phase = .lingering(discarded: discarded + bytes.count)
            return nil
        } catch {
            return .nothing
        }
    }
}

/// Seconds as nanoseconds; absurdly long ones count as a year.
func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(max(0, min(seconds, 31_536_000)) * 1e9) }
