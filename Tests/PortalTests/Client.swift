import Foundation
import FoundationNetworking
import Synchronization

/// A browser without pictures: real sockets, a cookie jar of its own, no redirects followed.
final class Client: Sendable {
    struct Reply: Sendable {
        let status: Int
        let headers: [String: String]
        let bytes: Data
        var text: String { String(decoding: bytes, as: UTF8.self) }
        var location: String? { headers["location"] }

        /// Form token of the page.
        var csrf: String { value(of: "csrf") ?? "" }

        /// Value of a hidden input.
        func value(of name: String) -> String? {
            guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
            return String(text[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    let port: Int
    private let cookies = Mutex<[String: String]>([:])
    private let session: URLSession

    init(port: Int) {
        self.port = port
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Reply {
        var request = request("GET", path)
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        return try await send(request)
    }

    func post(_ path: String, _ fields: [String: String], headers: [String: String] = [:]) async throws -> Reply {
        var request = request("POST", path)
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = Data(fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&").utf8)
        return try await send(request)
    }

    /// `files`: field name, file name, content.
    func post(_ path: String, _ fields: [String: String], files: [(String, String, Data)]) async throws -> Reply {
        var request = request("POST", path)
        let boundary = "batas-\(UUID().uuidString)"
        request.setValue("multipart/form-data; boundary=\(boundary)", forHTTPHeaderField: "Content-Type")
        var body = Data()
        for (name, value) in fields {
            body += Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for (name, filename, content) in files {
            body += Data(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(filename)\"\r\nContent-Type: application/pdf\r\n\r\n"
                    .utf8)
            body += content + Data("\r\n".utf8)
        }
        body += Data("--\(boundary)--\r\n".utf8)
        request.httpBody = body
        return try await send(request)
    }

    private func request(_ method: String, _ path: String) -> URLRequest {
        let url = URL(string: "http://127.0.0.1:\(port)\(path)") ?? URL(fileURLWithPath: "/")
        var request = URLRequest(url: url)
        request.httpMethod = method
        let cookie = cookies.withLock { jar in jar.map { "\($0)=\($1)" }.joined(separator: "; ") }
        if !cookie.isEmpty { request.setValue(cookie, forHTTPHeaderField: "Cookie") }
        return request
    }

    private func send(_ request: URLRequest) async throws -> Reply {
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        var headers: [String: String] = [:]
        for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
        // Foundation joins several cookies with commas.
        for match in (headers["set-cookie"] ?? "").matches(of: /(sesi|tamu|pesan)=([^;,]*)/) {
            cookies.withLock { $0[String(match.output.1)] = String(match.output.2) }
        }
        return Reply(status: response.statusCode, headers: headers, bytes: data)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(
            withAllowedCharacters: CharacterSet(
                charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")) ?? ""
    }
}

private final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping (URLRequest?) -> Void
    ) { completionHandler(nil) }
}
