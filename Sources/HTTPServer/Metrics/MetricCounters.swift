import Synchronization

/// Counts what the server does. A request takes the lock of one shard out of many, which nearly always is free.
final class MetricCounters: Sendable {
    private struct Counts: Sendable {
        /// By route; the lanes are classes of status.
        var routes: [String: SIMD8<Int>] = [:]
        var buckets = [Int](repeating: 0, count: MetricCounters.bounds.count + 1)
        var nanoseconds: UInt64 = 0
        var sentBytes = 0
    }

    private final class Shard: Sendable {
        let counts = Protected(Counts())
        let receivedBytes = Atomic<Int>(0)
    }

    /// Seconds: from a page out of memory to a handler that waits for scrypt or a PDF.
    static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    private static let boundNanoseconds = bounds.map { UInt64($0 * 1e9) }
    /// Routes are patterns and few; a responder that makes up one for each request must not fill the memory.
    private static let maximumRoutes = 500

    private let shards = (0..<16).map { _ in Shard() }
    let acceptedConnections = Atomic<Int>(0)
    let shedConnections = Atomic<Int>(0)

    func received(_ bytes: Int, from fd: Int32) {
        shards[Int(fd) & 15].receivedBytes.add(bytes, ordering: .relaxed)
    }

    /// One answered request.
    ///
    /// - Parameter started: when its head was complete. The low bits of the time also pick the shard.
    func answered(route: String, status: Int, started: UInt64, now: UInt64, sentBytes: Int) {
        let elapsed = now &- started
        let bucket = Self.boundNanoseconds.firstIndex { elapsed <= $0 } ?? Self.bounds.count
        shards[Int(truncatingIfNeeded: started >> 8) & 15].counts.withLock { counts in
            let isKnown = counts.routes.count < Self.maximumRoutes || counts.routes[route] != nil
            counts.routes[isKnown ? route : "-", default: .zero][status / 100 & 7] += 1
            counts.buckets[bucket] += 1
            counts.nanoseconds &+= elapsed
            counts.sentBytes += sentBytes
        }
    }

    func snapshot(openConnections: Int, temporaryBytes: Int) -> ServerMetrics {
        var total = Counts()
        for shard in shards {
            let counts = shard.counts.withLock { $0 }
            total.routes.merge(counts.routes) { $0 &+ $1 }
            for (index, count) in counts.buckets.enumerated() { total.buckets[index] += count }
            total.nanoseconds &+= counts.nanoseconds
            total.sentBytes += counts.sentBytes
        }
        let requests = total.routes.sorted { $0.key < $1.key }.flatMap { route, counts in
            (0..<8).filter { counts[$0] > 0 }.map {
                ServerMetrics.RequestCount(route: route, statusClass: $0, count: counts[$0])
            }
        }
        return ServerMetrics(
            openConnections: openConnections,
            acceptedConnections: acceptedConnections.load(ordering: .relaxed),
            shedConnections: shedConnections.load(ordering: .relaxed), requests: requests,
            latency: MetricHistogram(
                bounds: Self.bounds, counts: total.buckets, sum: Double(total.nanoseconds) / 1e9),
            receivedBytes: shards.reduce(0) { $0 + $1.receivedBytes.load(ordering: .relaxed) },
            sentBytes: total.sentBytes, temporaryBytes: temporaryBytes)
    }
}
