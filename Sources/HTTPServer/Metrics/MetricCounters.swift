import Synchronization

/// Counts what the server does. A request takes the lock of one shard out of many, which nearly always is free.
final class MetricCounters: Sendable {
    private struct RouteCounts: Sendable {
        var statuses: [Int: Int] = [:]
        var buckets = [Int](repeating: 0, count: MetricCounters.bounds.count + 1)
        var nanoseconds: UInt64 = 0

        mutating func add(status: Int, bucket: Int, nanoseconds elapsed: UInt64) {
            statuses[status, default: 0] += 1
            buckets[bucket] += 1
            nanoseconds &+= elapsed
        }

        mutating func add(_ other: Self) {
            statuses.merge(other.statuses, uniquingKeysWith: +)
            for (index, count) in other.buckets.enumerated() { buckets[index] += count }
            nanoseconds &+= other.nanoseconds
        }
    }

    private struct Counts: Sendable {
        var routes: [String: RouteCounts] = [:]
        var sentBytes = 0

        mutating func add(_ other: Self) {
            for (route, counts) in other.routes { routes[route, default: RouteCounts()].add(counts) }
            sentBytes += other.sentBytes
        }
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
            counts.routes[isKnown ? route : "-", default: RouteCounts()].add(
                status: status, bucket: bucket, nanoseconds: elapsed)
            counts.sentBytes += sentBytes
        }
    }

    func snapshot(openConnections: Int, temporaryBytes: Int) -> ServerMetrics {
        var total = Counts()
        for shard in shards { total.add(shard.counts.withLock { $0 }) }
        let routes = total.routes.sorted { $0.key < $1.key }
        return ServerMetrics(
            openConnections: openConnections,
            acceptedConnections: acceptedConnections.load(ordering: .relaxed),
            shedConnections: shedConnections.load(ordering: .relaxed),
            requests: routes.flatMap { route, counts in
                counts.statuses.sorted { $0.key < $1.key }.map {
                    ServerMetrics.RequestCount(route: route, status: $0.key, count: $0.value)
                }
            },
            latencies: routes.map { route, counts in
                ServerMetrics.RouteLatency(
                    route: route,
                    histogram: MetricHistogram(
                        bounds: Self.bounds, counts: counts.buckets, sum: Double(counts.nanoseconds) / 1e9))
            },
            receivedBytes: shards.reduce(0) { $0 + $1.receivedBytes.load(ordering: .relaxed) },
            sentBytes: total.sentBytes, temporaryBytes: temporaryBytes)
    }
}
