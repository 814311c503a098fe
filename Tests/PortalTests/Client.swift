import Foundation
import FoundationNetworking
import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@testable import Portal

/// A browser without pictures: a cookie jar of its own, no redirects followed, two ways to the portal.
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

    /// Over the network as browsers come, or straight into the responder.
    enum Transport: Sendable, CaseIterable { case sockets, direct }

    private struct Call {
        var method = HTTPRequest.Method.get
        var path: String
        var fields: [String: String] = [:]
        var headers: [String: String] = [:]
        /// Nil unless the form is multipart: field name, file name, content.
        var files: [(String, String, Data)]?
    }

    private let portal: TestPortal
    private let transport: Transport
    private let cookies = Mutex<[String: String]>([:])
    private let session: URLSession

    /// Where it comes from; only straight into the responder.
    private let address: String

    init(_ portal: TestPortal, over transport: Transport, from address: String) {
        self.portal = portal
        self.address = address
        self.transport = transport
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        session = URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
    }

    deinit { session.invalidateAndCancel() }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Reply {
        try await send(Call(path: path, headers: headers))
    }

    func post(_ path: String, _ fields: [String: String], headers: [String: String] = [:]) async throws -> Reply {
        try await send(Call(method: .post, path: path, fields: fields, headers: headers))
    }

    /// `files`: field name, file name, content.
    func post(_ path: String, _ fields: [String: String], files: [(String, String, Data)]) async throws -> Reply {
        try await send(Call(method: .post, path: path, fields: fields, files: files))
    }

    /// Any method, without a body.
    func send(_ method: String, _ path: String) async throws -> Reply {
        try await send(Call(method: try #require(HTTPRequest.Method(method)), path: path))
    }

    private func send(_ call: Call) async throws -> Reply {
        var call = call
        let cookie = cookies.withLock { jar in jar.map { "\($0)=\($1)" }.joined(separator: "; ") }
        if !cookie.isEmpty { call.headers["Cookie"] = cookie }
        let reply: Reply
        switch transport {
        case .sockets: reply = try await sendOverSockets(call)
        case .direct: reply = try sendDirectly(call)
        }
        // Several cookies come joined with commas.
        for match in (reply.headers["set-cookie"] ?? "").matches(of: /(sesi|tamu|pesan|bahasa|isian)=([^;,]*)/) {
            cookies.withLock { $0[String(match.output.1)] = String(match.output.2) }
        }
        return reply
    }

    private func sendDirectly(_ call: Call) throws -> Reply {
        var fields = HTTPFields()
        for (name, value) in call.headers { fields[try #require(HTTPField.Name(name))] = value }
        let parts = call.path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let head = RequestHead(
            method: call.method, path: parts[0], rawQuery: parts.count > 1 ? parts[1] : "", fields: fields,
            remoteAddress: address)
        let response: Response
        switch PortalResponder(site: portal.site).admit(head) {
        case .refuse(let refusal, _): response = refusal
        case .accept(_, let parameters, _, let respond):
            let files = (call.files ?? []).map { UploadedFile(name: $0.0, filename: $0.1, bytes: Array($0.2)) }
            let form = FormFields(call.fields.map { (name: $0.key, value: $0.value) })
            response = respond(Request(head: head, parameters: parameters, form: form, files: files))
        }
        var headers: [String: String] = [:]
        for field in response.fields {
            let name = field.name.canonicalName
            headers[name] = headers[name].map { "\($0), \(field.value)" } ?? field.value
        }
        let bytes: Data
        switch response.body {
        case .empty: bytes = Data()
        case .bytes(let content): bytes = Data(content)
        case .file(let path, _): bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        }
        return Reply(status: response.status.code, headers: headers, bytes: bytes)
    }

    private func sendOverSockets(_ call: Call) async throws -> Reply {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(portal.server.port)\(call.path)")))
        request.httpMethod = call.method.rawValue
        for (name, value) in call.headers { request.setValue(value, forHTTPHeaderField: name) }
        if let files = call.files {
            let boundary = "batas-\(UUID().uuidString)"
            request.setValue("multipart/form-data; boundary=\(boundary)", forHTTPHeaderField: "Content-Type")
            request.httpBody = Self.multipart(call.fields, files, boundary: boundary)
        } else if call.method == .post {
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
            let pairs = call.fields.map { "\(Self.encoded($0))=\(Self.encoded($1))" }
            request.httpBody = Data(pairs.joined(separator: "&").utf8)
        }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        var headers: [String: String] = [:]
        for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
        return Reply(status: response.statusCode, headers: headers, bytes: data)
    }

    private static func multipart(
        _ fields: [String: String], _ files: [(String, String, Data)], boundary: String
    ) -> Data {
        var body = Data()
        for (name, value) in fields {
            body += Data("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for (name, filename, content) in files {
            let head = "Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(filename)\""
            body += Data("--\(boundary)\r\n\(head)\r\nContent-Type: application/pdf\r\n\r\n".utf8)
            body += content + Data("\r\n".utf8)
        }
        return body + Data("--\(boundary)--\r\n".utf8)
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
