public import HTTPTypes

/// What the server does with a request once it knows its head.
public enum Admission: Sendable {
    /// Read the body by this policy, then answer. `route` is the pattern, for the access log and the metrics.
    case accept(
        BodyPolicy, parameters: [String: String] = [:], route: String = "-", respond: @Sendable (Request) -> Response)
    /// Answer at once. When a body was announced, the connection closes after the answer.
    case refuse(Response, route: String = "-")
}

/// The application behind the server. Every method runs on one of the server's threads and may block it.
public protocol Responder: Sendable {
    /// Decides on a request before any byte of its body is read.
    func admit(_ head: RequestHead) -> Admission

    /// The answer to a fault that the server finds by itself (400, 408, 411, 412, 413, 414, 415, 416, 417, 431, 500, 501,
    /// 505, 507). `head` is nil when it could not be read.
    func failure(_ status: HTTPResponse.Status, head: RequestHead?) -> Response
}

extension Responder {
    public func failure(_ status: HTTPResponse.Status, head: RequestHead?) -> Response {
        .text("\(status.code) \(reasonPhrase(status))\n", status: status)
    }
}
