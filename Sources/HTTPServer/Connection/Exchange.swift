import CLinux
import Glibc
import HTTPTypes
import Synchronization

/// One request between its head and its answer. A class, as it is handed from phase to phase and never changes.
final class Exchange {
    let head: RequestHead
    let route: String
    let parameters: [String: String]
    let respond: (@Sendable (Request) -> Response)?
    let keepsAlive: Bool
    let isHTTP10: Bool
    /// Nanoseconds of the monotonic clock, when the head was complete.
    let started: UInt64

    init(
        head: RequestHead, route: String, parameters: [String: String], respond: (@Sendable (Request) -> Response)?,
        keepsAlive: Bool, isHTTP10: Bool, started: UInt64
    ) {
        self.head = head
        self.route = route
        self.parameters = parameters
        self.respond = respond
        self.keepsAlive = keepsAlive
        self.isHTTP10 = isHTTP10
        self.started = started
    }
}

extension ConnectionState {
    /// Parses the next head; false when more bytes are needed.
    mutating func takeHead(_ connection: Connection, _ worker: Worker) -> Bool {
        let core = connection.core
        do {
            guard let end = try core.parser.end(of: input[...], &scan) else {
                if isIdle {
                    phase = .head
                    startPeriod(core.configuration.headTimeout)
                }
                return false
            }
            let started = clx_now()
            let parsed = try core.parser.parse(input[..<end])
            if end == input.count { input.removeAll(keepingCapacity: true) } else { input.removeFirst(end) }
            scan = HeadParser.Scan()
            begin(parsed, started, connection, worker)
        } catch {
            fail(error, nil, connection, worker)
        }
        return true
    }

    private mutating func begin(_ parsed: ParsedHead, _ started: UInt64, _ connection: Connection, _ worker: Worker) {
        let core = connection.core
        requests += 1
        let origin =
            connection.isTrusted
            ? core.configuration.trustedProxies.origin(
                parsed.fields, peer: connection.remoteAddress, kind: core.configuration.forwardingFields)
            : Origin(address: connection.remoteAddress, scheme: "http")
        let head = RequestHead(
            id: core.makeRequestID(), method: parsed.method, path: parsed.path, rawPath: parsed.rawPath,
            rawQuery: parsed.rawQuery, fields: parsed.fields, remoteAddress: origin.address,
            scheme: origin.scheme, authority: parsed.authority)
        let keepsAlive =
            parsed.keepsAlive && requests < core.configuration.requestsPerConnection
            && !core.isDraining.load(ordering: .acquiring)
        let hasBody = parsed.framing != .none && parsed.framing != .length(0)
        func exchange(
            route: String, parameters: [String: String] = [:], respond: (@Sendable (Request) -> Response)? = nil,
            keepsAlive: Bool = keepsAlive
        ) -> Exchange {
            Exchange(
                head: head, route: route, parameters: parameters, respond: respond, keepsAlive: keepsAlive,
                isHTTP10: parsed.isHTTP10, started: started)
        }
        if parsed.path == "*" {
            let allow = Response(status: .noContent, fields: [.allow: "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS"])
            answer(allow, exchange(route: "*", keepsAlive: keepsAlive && !hasBody), connection, worker)
            return
        }
        switch core.responder.admit(head) {
        case .refuse(let response, let route):
            answer(response, exchange(route: route, keepsAlive: keepsAlive && !hasBody), connection, worker)
        case .accept(let policy, let parameters, let route, let respond):
            let exchange = exchange(route: route, parameters: parameters, respond: respond)
            do {
                var reader = try BodyReader(
                    parsed.framing, policy: policy, head: head, space: core.space,
                    memoryLimit: core.configuration.memoryBodyBytes)
                guard hasBody else {
                    complete(exchange, &reader, connection, worker)
                    return
                }
                if parsed.expectsContinue, input.isEmpty { try sendContinue(connection) }
                startPeriod(core.configuration.bodyTimeout)
                phase = .body(exchange, reader)
            } catch let refusal as Refusal {
                fail(refusal, exchange, connection, worker)
            } catch {
                phase = .closed
            }
        }
    }

    /// 27 bytes always fit into a socket whose last answer has left; if not, the client is gone.
    private func sendContinue(_ connection: Connection) throws {
        let line = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
        let sent = line.withUnsafeBytes { clx_send(connection.fd, $0.baseAddress, $0.count, nil, 0, 0) }
        guard sent == line.count else { throw Disconnected() }
    }

    /// Moves the body on with what `input` holds; runs the handler once it is complete. False when bytes are missing.
    mutating func takeBody(_ connection: Connection, _ worker: Worker) -> Bool {
        guard case .body(let exchange, var reader) = phase else { return true }
        if !input.isEmpty, !reader.isComplete {
            phase = .idle
            var rest = input[...]
            input = []
            feed(&rest, exchange, &reader, connection, worker)
            input = Array(rest)
            guard case .body = phase else { return true }
        }
        guard reader.isComplete else { return false }
        phase = .idle
        complete(exchange, &reader, connection, worker)
        return true
    }

    /// Runs the handler.
    private mutating func complete(
        _ exchange: Exchange, _ reader: inout BodyReader, _ connection: Connection, _ worker: Worker
    ) {
        do throws(Refusal) {
            let (form, files, body) = try reader.finish()
            let request = Request(
                head: exchange.head, parameters: exchange.parameters, form: form, files: files, body: body)
            guard let respond = exchange.respond else { throw Refusal(500) }
            answer(respond(request), exchange, connection, worker)
        } catch {
            fail(error, exchange, connection, worker)
        }
    }

    /// Answers a fault of the request itself. Where the next request would begin is then anybody's guess: close.
    mutating func fail(_ refusal: Refusal, _ exchange: Exchange?, _ connection: Connection, _ worker: Worker) {
        let core = connection.core
        input = []
        let response = core.responder.failure(refusal.status, head: exchange?.head)
        let closing = Exchange(
            head: exchange?.head
                ?? RequestHead(
                    id: core.makeRequestID(), path: "/", remoteAddress: connection.remoteAddress, authority: ""),
            route: exchange?.route ?? "-", parameters: [:], respond: nil, keepsAlive: false,
            isHTTP10: exchange?.isHTTP10 ?? false, started: exchange?.started ?? clx_now())
        answer(response, closing, connection, worker, isUnreadable: exchange == nil)
    }
}
