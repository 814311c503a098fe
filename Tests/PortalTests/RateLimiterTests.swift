import HTTPServer
import Permits
import Testing

@testable import Portal

/// How often is too often, and for whom.
@Suite struct RateLimiterTests {
    private let start = TestPortal.start
    private let rate = Rate(burst: 4, seconds: 60)

    @Test func aBucketRunsDryAndFillsAgain() {
        let limiter = RateLimiter()
        for _ in 0..<4 { #expect(limiter.take("a", rate, at: start) == nil) }
        #expect(limiter.take("a", rate, at: start) == 60)
        #expect(limiter.take("b", rate, at: start) == nil)
        #expect(limiter.take("a", rate, at: start.adding(seconds: 59)) == 1)
        #expect(limiter.take("a", rate, at: start.adding(seconds: 60)) == nil)
        limiter.reset("a")
        #expect(limiter.take("a", rate, cost: 4, at: start.adding(seconds: 61)) == nil)
    }

    @Test func nobodyGetsTriesBackByOtherNames() {
        let limiter = RateLimiter(room: 100)
        for _ in 0..<4 { _ = limiter.take("victim", rate, at: start) }
        for number in 0..<2 { _ = limiter.take("half \(number)", rate, cost: 2, at: start) }
        for number in 0..<10_000 { #expect(limiter.take("other \(number)", rate, at: start) == nil) }
        #expect(limiter.take("victim", rate, at: start) == 60)
        #expect(limiter.take("half 0", rate, cost: 3, at: start) == 60)
        #expect(limiter.count <= 101 + 3, "\(limiter.count) buckets")
        // Half of its tries are back: it may be forgotten like any other.
        let later = start.adding(seconds: 180)
        for number in 0..<1000 { _ = limiter.take("third \(number)", rate, at: later) }
        #expect(limiter.take("victim", rate, cost: 4, at: later) == nil)
    }

    /// Many names in debt make the table grow, not the work for each.
    @Test func eachTryCostsTheSame() {
        func seconds(_ names: Int) -> Duration {
            let limiter = RateLimiter(room: 1000)
            return ContinuousClock().measure {
                for number in 0..<names { _ = limiter.take("\(number)", rate, cost: 4, at: start) }
            }
        }
        let few = seconds(20_000)
        let many = seconds(200_000)
        #expect(many < few * 40, "\(few) for 20,000, \(many) for 200,000")
    }

    @Test func oneNetworkIsOneClient() {
        func network(_ address: String) -> String { RequestHead(path: "/", remoteAddress: address).clientNetwork }
        #expect(network("2001:db8:1:2::1") == "2001:db8:1:2::/64")
        #expect(network("2001:0db8:0001:0002:ffff::9") == "2001:db8:1:2::/64")
        #expect(network("2001:db8:1:3::1") != network("2001:db8:1:2::1"))
        #expect(network("::ffff:10.0.0.1") == "10.0.0.1" && network("10.0.0.1") == "10.0.0.1")
        #expect(network("::ffff:10.0.0.1") != network("::ffff:10.0.0.2"))
        #expect(network("unix") == "unix" && network("fe80::1%eth0") == "fe80::1%eth0")
    }
}
