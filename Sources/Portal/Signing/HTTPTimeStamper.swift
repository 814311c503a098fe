import Foundation
public import Letters
public import Permits

/// An outside time-stamp service over HTTP (RFC 3161, 3.4). Its answers are signed, so plain HTTP is good enough.
public struct HTTPTimeStamper: TimeStamper {
    private let url: URL
    private let roots: TrustedRoots
    private let policy: String?
    private let exchange: Exchange

    /// `roots` are those that the service's certificate leads to; `policy` in dotted form when the office wants a certain
    /// one; `timeout` in seconds. Nil when the address is none of HTTP or HTTPS.
    public init?(address: String, roots: TrustedRoots, policy: String? = nil, timeout: Double = 10) {
        guard let url = Exchange.url(address, allowsPlain: true) else { return nil }
        self.url = url
        self.roots = roots
        self.policy = policy
        exchange = Exchange(timeout: timeout, maximumBytes: 64 * 1024)
    }

    public func token(for imprint: [UInt8], at now: Moment) throws(SigningError) -> [UInt8] {
        let request = try TimeStampRequest(imprint: imprint, policy: policy)
        let answer: Exchange.Answer
        do {
            answer = try exchange.post(
                request.bytes, to: url,
                fields: ["Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"])
        } catch {
            switch error {
            case .timedOut: throw .stampTimedOut
            case .unreachable: throw .stampUnreachable
            case .tooLarge: throw .stampDamaged
            }
        }
        guard answer.status == 200 else { throw .stampUnreachable }
        return try request.token(in: answer.body, roots: roots, at: now)
    }
}
