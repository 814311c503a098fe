/// What a server has done since it was made, at one moment.
public struct ServerMetrics: Sendable {
    /// Answered requests of one route with one status.
    public struct RequestCount: Sendable, Equatable {
        /// Pattern of the route; "-" when none matched.
        public let route: String
        public let status: Int
        public let count: Int
    }

    /// How long the answers of one route took.
    public struct RouteLatency: Sendable, Equatable {
        public let route: String
        /// Seconds from the end of a head to the last byte of its answer.
        public let histogram: MetricHistogram
    }

    public let openConnections: Int
    public let acceptedConnections: Int
    /// Of these, the ones that were told 503 because of a limit.
    public let shedConnections: Int
    /// By route and then by status; only what has happened.
    public let requests: [RequestCount]
    /// By route; only those that were asked for.
    public let latencies: [RouteLatency]
    /// Bytes read from clients and handed to the kernel for them, heads included.
    public let receivedBytes: Int
    public let sentBytes: Int
    /// Bytes that request bodies hold on disk.
    public let temporaryBytes: Int
}

/// How many observations fell under each of some bounds.
public struct MetricHistogram: Sendable, Equatable {
    /// Upper bounds, inclusive and ascending.
    public let bounds: [Double]
    /// Observations in each bucket alone; the last one is for those over every bound.
    public let counts: [Int]
    public let sum: Double

    /// - Parameter counts: one more than `bounds`.
    public init(bounds: [Double], counts: [Int], sum: Double) {
        precondition(counts.count == bounds.count + 1, "a histogram needs one count more than bounds")
        self.bounds = bounds
        self.counts = counts
        self.sum = sum
    }

    public var count: Int { counts.reduce(0, +) }
}
