import Permits
import Synchronization

/// How often something may be tried: `burst` at once, then one more every `seconds`.
struct Rate: Sendable {
    let burst: Double
    let seconds: Double
}

/// What is limited. People behind one campus address share a limit, so those by address are generous.
public struct Rates: Sendable {
    var logInByAddress = Rate(burst: 60, seconds: 5)
    /// By address and account together.
    var logInByEmail = Rate(burst: 8, seconds: 60)
    var logInByEmailAnywhere = Rate(burst: 100, seconds: 30)
    /// In megabytes, by account.
    var uploads = Rate(burst: 200, seconds: 18)
    var signUp = Rate(burst: 30, seconds: 30)
    var verification = Rate(burst: 120, seconds: 1)
    /// Each may be 10 MB.
    var fileCheck = Rate(burst: 12, seconds: 10)
    var activation = Rate(burst: 30, seconds: 20)
    var signing = Rate(burst: 8, seconds: 60)
    /// A logged-in person's own password, asked for again.
    var presentPassword = Rate(burst: 8, seconds: 60)
    var passwordLinkByAddress = Rate(burst: 20, seconds: 60)
    var passwordLinkByEmail = Rate(burst: 3, seconds: 600)
    /// Following mailed links.
    var mailedLink = Rate(burst: 30, seconds: 20)
    var tracking = Rate(burst: 40, seconds: 5)
    /// Four digits must not be found by trying them all: ten tries, then twelve an hour.
    var trackingByReference = Rate(burst: 10, seconds: 300)
    var export = Rate(burst: 3, seconds: 1200)
    /// What somebody writes about applications.
    var messages = Rate(burst: 20, seconds: 60)
    /// Messages that somebody can have sent to an address of their choice.
    var messagesToOthers = Rate(burst: 10, seconds: 600)

    public init() {}
}

/// Token buckets by key, in memory: a restart forgives.
final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: Moment
    }

    private let buckets = Mutex<[String: Bucket]>([:])
    private static let maximumBuckets = 50_000

    /// Takes one try.
    /// - Returns: Nil when it may go on, else the seconds to wait.
    func take(_ key: String, _ rate: Rate, cost: Double = 1, at now: Moment) -> Int? {
        buckets.withLock { buckets in
            if buckets.count >= Self.maximumBuckets { buckets.removeAll(keepingCapacity: true) }
            var bucket = buckets[key] ?? Bucket(tokens: rate.burst, at: now)
            let passed = Double(max(0, now.seconds - bucket.at.seconds))
            bucket.tokens = min(rate.burst, bucket.tokens + passed / rate.seconds)
            bucket.at = now
            defer { buckets[key] = bucket }
            if bucket.tokens >= cost {
                bucket.tokens -= cost
                return nil
            }
            return max(1, Int(((cost - bucket.tokens) * rate.seconds).rounded(.up)))
        }
    }

    /// Gives all tries back, after a success.
    func reset(_ key: String) { buckets.withLock { $0[key] = nil } }
}

/// Somebody tried too often.
struct TooManyTries: Error { let seconds: Int }
