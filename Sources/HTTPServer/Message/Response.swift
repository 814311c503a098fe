public import HTTPTypes

/// An answer. The server itself writes `Content-Length`, `Connection`, `Date` and `X-Request-Id`.
public struct Response: Sendable {
    public var status: HTTPResponse.Status
    public var fields: HTTPFields
    public var body: ResponseBody
    /// False keeps the body uncompressed: for secrets beside text that an attacker may choose (BREACH).
    public var mayCompress: Bool
    /// Whether a client may ask for a part of the body, and with conditions on the answer's `ETag` and `Last-Modified`
    /// (RFC 9110 sections 13 and 14). The server sees to it when this is a 200; for files it always does.
    public var offersRanges = false
    /// Lives until the body's file is open: a temporary file may then lose its name and is still sent.
    public var owner: (any AnyObject & Sendable)?

    public init(
        status: HTTPResponse.Status = .ok, fields: HTTPFields = [:], body: ResponseBody = .empty,
        mayCompress: Bool = true
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.mayCompress = mayCompress
    }

    public static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        bytes(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    public static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        bytes(Array(text.utf8), type: "text/html; charset=utf-8", status: status)
    }

    public static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, fields: [.contentType: type], body: .bytes(bytes))
    }

    /// A file from the disk. Length and readability are checked when it is sent; a missing file becomes a 500.
    public static func file(path: String, size: Int, type: String) -> Response {
        Response(fields: [.contentType: type], body: .file(path: path, size: size), mayCompress: false)
    }

    /// A redirect; 303 turns a POST into a GET.
    public static func redirect(to location: String, status: HTTPResponse.Status = .seeOther) -> Response {
        Response(status: status, fields: [.location: location])
    }
}

extension Response {
    /// What OPTIONS is answered with: 204 and these in `Allow`.
    public static func allowing(_ methods: [HTTPRequest.Method]) -> Response {
        var response = Response(status: .noContent)
        response.allow(methods)
        return response
    }

    /// Sets `Allow`, which a 405 owes its client.
    public mutating func allow(_ methods: [HTTPRequest.Method]) {
        fields[.allow] = methods.map(\.rawValue).joined(separator: ", ")
    }
}

/// The content of an answer.
public enum ResponseBody: Sendable {
    case empty
    case bytes([UInt8])
    /// The first `size` bytes of a regular file, sent with sendfile. A final symbolic link is not followed.
    case file(path: String, size: Int)
}

/// The registered phrase of a status; empty for one that is not registered.
func reasonPhrase(_ status: HTTPResponse.Status) -> String {
    if !status.reasonPhrase.isEmpty { return status.reasonPhrase }
    return switch status.code {
    case 200: "OK"
    case 201: "Created"
    case 204: "No Content"
    case 206: "Partial Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 303: "See Other"
    case 304: "Not Modified"
    case 307: "Temporary Redirect"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 411: "Length Required"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 416: "Range Not Satisfiable"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    case 507: "Insufficient Storage"
    default: ""
    }
}
