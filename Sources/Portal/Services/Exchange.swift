import Dispatch
import Foundation
import FoundationNetworking
import Synchronization

/// One request to another service and its answer, while the caller waits. Redirects are not followed, cookies and
/// credentials are kept nowhere, and the answer has a limit.
struct Exchange: Sendable {
    enum Fault: Error, Equatable { case unreachable, timedOut, tooLarge }

    struct Answer: Sendable {
        let status: Int
        let type: String
        let body: [UInt8]
        /// Seconds that the service asks to be left alone for (RFC 9110, 10.2.3); nil when it names none.
        var retryAfter: Int?
    }

    /// For the whole exchange, in seconds.
    var timeout = 20.0
    var maximumBytes = 32 * 1024 * 1024

    /// Whether the text is an address that a service may have: HTTPS, or HTTP where that is said to be right (a service
    /// on the same machine, or one whose answers are signed anyway).
    static func url(_ text: String, allowsPlain: Bool) -> URL? {
        guard let url = URL(string: text), let host = url.host, !host.isEmpty, url.user == nil, url.fragment == nil,
            url.scheme == "https" || (allowsPlain && url.scheme == "http")
        else { return nil }
        return url
    }

    /// Where secrets and personal data go: HTTPS, or HTTP on this machine.
    static func serviceURL(_ text: String) -> URL? {
        let host = URL(string: text)?.host ?? ""
        return url(text, allowsPlain: ["127.0.0.1", "localhost", "::1", "[::1]"].contains(host))
    }

    func post(_ body: [UInt8], to url: URL, fields: [String: String]) throws(Fault) -> Answer {
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: timeout)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        for (name, value) in fields { request.setValue(value, forHTTPHeaderField: name) }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.timeoutIntervalForRequest = timeout
        configuration.timeoutIntervalForResource = timeout
        let collector = Collector(maximumBytes: maximumBytes)
        let session = URLSession(configuration: configuration, delegate: collector, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        session.dataTask(with: request).resume()
        return try collector.wait(seconds: timeout)
    }
}

/// Gathers the answer on the session's thread, for the one that waits.
private final class Collector: NSObject, URLSessionDataDelegate {
    private struct State {
        var body: [UInt8] = []
        var status = 0
        var type = ""
        var retryAfter: Int?
        var result: Result<Exchange.Answer, Exchange.Fault>?
    }

    private let maximumBytes: Int
    private let state = Mutex(State())
    private let done = DispatchSemaphore(value: 0)

    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    func wait(seconds: Double) throws(Exchange.Fault) -> Exchange.Answer {
        // The session's own time-outs come first; this one is for a session that never reports.
        guard done.wait(timeout: .now() + seconds + 2) == .success else { throw .timedOut }
        guard let result = state.withLock({ $0.result }) else { throw .unreachable }
        return try result.get()
    }

    private func finish(_ result: Result<Exchange.Answer, Exchange.Fault>) {
        let isFirst = state.withLock { state in
            guard state.result == nil else { return false }
            state.result = result
            return true
        }
        if isFirst { done.signal() }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        let response = response as? HTTPURLResponse
        state.withLock { state in
            state.status = response?.statusCode ?? 0
            state.type = response?.value(forHTTPHeaderField: "Content-Type") ?? ""
            state.retryAfter = response?.value(forHTTPHeaderField: "Retry-After").flatMap { Int($0) }
        }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLarge = state.withLock { state in
            guard state.body.count + data.count <= maximumBytes else { return true }
            state.body += data
            return false
        }
        guard isTooLarge else { return }
        finish(.failure(.tooLarge))
        dataTask.cancel()
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error = error as? URLError {
            finish(.failure(error.code == .timedOut ? .timedOut : .unreachable))
        } else if error != nil {
            finish(.failure(.unreachable))
        } else {
            finish(
                .success(
                    state.withLock {
                        Exchange.Answer(
                            status: $0.status, type: $0.type, body: $0.body, retryAfter: $0.retryAfter)
                    }))
        }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
