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
    /// Messages of pages that are being filled in, by account: one a second, and some pages at once.
    var typing = Rate(burst: 120, seconds: 1)
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
    /// Four digits must not be found by trying them all: ten tries from one network, then twelve an hour.
    var trackingByReference = Rate(burst: 10, seconds: 300)
    /// From all networks together: a hundredth of all there are at once, then another hundredth in eight hours.
    var trackingByReferenceAnywhere = Rate(burst: 100, seconds: 300)
    var export = Rate(burst: 3, seconds: 1200)
    /// What somebody writes about applications.
    var messages = Rate(burst: 20, seconds: 60)
    /// Messages that somebody can have sent to an address of their choice.
    var messagesToOthers = Rate(burst: 10, seconds: 600)
    /// Links that connect a chat, by account.
    var telegramLinks = Rate(burst: 10, seconds: 60)
    /// What the bot answers beside messages: in one chat, and in all of them.
    var telegramAnswers = Rate(burst: 3, seconds: 600)
    var telegramAnswersAnywhere = Rate(burst: 60, seconds: 1)
    /// Codes that are sent, by account and by number: each costs the office money and its receiver a glance.
    var codesByAccount = Rate(burst: 3, seconds: 600)
    var codesByNumber = Rate(burst: 5, seconds: 1800)
    /// Codes that are typed, by account; each code has its own limit besides.
    var typedCodes = Rate(burst: 10, seconds: 60)

    public init() {}
}

/// Token buckets by key, in memory: a restart forgives.
///
/// Buckets that nobody touches while many others come are forgotten, but not those that are half used up or more: nobody
/// gets their tries back by making up other names. Each key costs a constant time on average.
final class RateLimiter: Sendable {
    private struct Bucket {
        let rate: Rate
        var tokens: Double
        var at: Moment

        func tokens(at now: Moment) -> Double {
            min(rate.burst, tokens + Double(max(0, now.seconds - at.seconds)) / rate.seconds)
        }
    }

    private struct Contents {
        /// By hash, as keys hold what strangers typed.
        var young: [Int: Bucket] = [:]
        /// Those not touched since the last turn.
        var old: [Int: Bucket] = [:]
        var turnsAt: Int
    }

    private let contents: Mutex<Contents>
    private let room: Int

    /// - Parameter room: How many buckets are kept at least, half of them young and half old.
    init(room: Int = 50_000) {
        self.room = room
        contents = Mutex(Contents(turnsAt: room / 2))
    }

    /// How many buckets there are.
    var count: Int { contents.withLock { $0.young.count + $0.old.count } }

    /// Takes one try.
    /// - Returns: Nil when it may go on, else the seconds to wait.
    func take(_ key: String, _ rate: Rate, cost: Double = 1, at now: Moment) -> Int? {
        let key = key.hashValue
        return contents.withLock { contents in
            let known = contents.young[key] ?? contents.old.removeValue(forKey: key)
            if contents.young.count >= contents.turnsAt { turn(&contents, at: now) }
            let tokens = known?.tokens(at: now) ?? rate.burst
            let isEnough = tokens >= cost
            contents.young[key] = Bucket(rate: rate, tokens: isEnough ? tokens - cost : tokens, at: now)
            // Less than a millisecond is but the error of the sums.
            return isEnough ? nil : max(1, Int(((cost - tokens) * rate.seconds - 0.001).rounded(.up)))
        }
    }

    /// The young become old; of the old only the half used up stay, among the young.
    private func turn(_ contents: inout Contents, at now: Moment) {
        let kept = contents.old.filter { $0.value.tokens(at: now) <= $0.value.rate.burst / 2 }
        contents.old = contents.young
        contents.young = kept
        // So that this is not done again before as many new ones have come.
        contents.turnsAt = max(room / 2, kept.count * 2)
    }

    /// Gives one try back that was none.
    func giveBack(_ key: String) {
        let key = key.hashValue
        contents.withLock { contents in
            guard var bucket = contents.young[key] else { return }
            bucket.tokens = min(bucket.rate.burst, bucket.tokens + 1)
            contents.young[key] = bucket
        }
    }

    /// Gives all tries back, after a success.
    func reset(_ key: String) {
        contents.withLock { contents in
            contents.young[key.hashValue] = nil
            contents.old[key.hashValue] = nil
        }
    }
}

/// Somebody tried too often.
struct TooManyTries: Error { let seconds: Int }
