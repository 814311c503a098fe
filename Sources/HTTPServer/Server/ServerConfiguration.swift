import Glibc

/// Every setting of the server, with defaults that suit a small office on the open Internet.
/// Times are in seconds, sizes in bytes.
public struct ServerConfiguration: Sendable {
    /// Numeric IPv4 or IPv6 address to listen on; "::" takes both families.
    public var address = "127.0.0.1"
    /// 0 lets the kernel choose; `Server.port` tells which.
    public var port = 8080
    /// Where to listen instead of at `address` and `port`; empty means there.
    public var sockets: [ListeningSocket] = []
    /// Connections the kernel may hold before they are accepted.
    public var backlog = 1024
    /// Threads that read, run handlers and write. More than cores, because handlers block on SQLite and scrypt.
    public var threads = max(4, 2 * sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// Request line and header section together; more is answered with 431.
    public var headBytes = 16 * 1024
    /// Request target; more is answered with 414.
    public var targetBytes = 8 * 1024
    /// Header fields; more are answered with 431.
    public var headCount = 100
    /// From the first byte of a head to its last, and from a new connection to its first byte; then 408.
    public var headTimeout = 10.0
    /// Period in which `bodyMinimumRate` is measured while a body comes; less is answered with 408.
    public var bodyTimeout = 20.0
    /// Bytes per second that a body, or a client taking an answer, must keep on average over each period.
    public var bodyMinimumRate = 500
    /// How long a connection may rest between two requests.
    public var idleTimeout = 60.0
    /// Period in which the rate is measured while a client takes an answer; a slower one is cut off.
    public var writeTimeout = 30.0
    /// After an answer that ends a connection early, how long the client may go on sending ...
    public var lingerTimeout = 10.0
    /// ... and how much: closing sooner would make the kernel reset the connection and lose the answer.
    public var lingerBytes = 16 * 1024 * 1024

    /// Open connections in total; above that 503.
    public var connections = 10_000
    /// Open connections from one IPv4 address or IPv6 /64; above that 503. Large, for offices and phones behind NAT.
    /// Trusted proxies and peers on a unix socket are exempt, as everybody comes through them.
    public var connectionsPerAddress = 256
    /// Requests after which a connection is closed.
    public var requestsPerConnection = 10_000

    /// Proxies whose word on a client's address and scheme is believed.
    public var trustedProxies = TrustedProxies()
    /// The fields they say it in.
    public var forwardingFields = ForwardingFields.xForwarded

    /// Folder for bodies that do not fit in memory; it must exist and be writable.
    public var temporaryDirectory = "/tmp"
    /// Space that all temporary files together may take; then 507.
    public var temporaryQuotaBytes = 1024 * 1024 * 1024
    /// A body or a file of a form above this goes to a temporary file.
    public var memoryBodyBytes = 64 * 1024

    /// Whether text answers over 1 KiB are compressed for clients that accept gzip.
    public var compresses = true
    /// Called once for each answered request, on the thread that answered it.
    public var accessLog: (@Sendable (AccessRecord) -> Void)?

    public init() {}
}

/// One answered request, without query values, addresses or other personal data.
public struct AccessRecord: Sendable {
    public let id: String
    /// "-" when the head could not be read.
    public let method: String
    /// Pattern of the route; "-" when none matched.
    public let route: String
    public let status: Int
    /// Bytes of the answer's body that were handed to the kernel.
    public let bytes: Int
    /// From the end of the head to the last byte of the answer; it includes reading the body.
    public let microseconds: Int
}
