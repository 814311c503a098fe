public import HTTPTypes

/// A request line and its header section, checked by RFC 9112.
public struct RequestHead: Sendable {
    /// 16 hexadecimal digits, new for each request; also sent back as `X-Request-Id`.
    public let id: String
    public let method: HTTPRequest.Method
    /// Decoded path. It begins with "/", holds no dot segments, no NUL or other control characters and no encoded "/".
    public let path: String
    /// Path as sent, still percent-encoded.
    public let rawPath: String
    /// What follows "?", still encoded; empty without one.
    public let rawQuery: String
    public let fields: HTTPFields
    /// The client's IP address as text: the peer's, or what a trusted proxy says. "unix" for a peer on a unix socket.
    public let remoteAddress: String
    /// "http", or "https" when a trusted proxy says so.
    public let scheme: String
    /// Host and port as the client named them.
    public let authority: String

    /// For tests and tools; the server makes its own from the wire.
    public init(
        id: String = "0000000000000000", method: HTTPRequest.Method = .get, path: String, rawQuery: String = "",
        fields: HTTPFields = [:], remoteAddress: String = "127.0.0.1", scheme: String = "http",
        authority: String = "localhost"
    ) {
        self.init(
            id: id, method: method, path: path, rawPath: path, rawQuery: rawQuery, fields: fields,
            remoteAddress: remoteAddress, scheme: scheme, authority: authority)
    }

    init(
        id: String, method: HTTPRequest.Method, path: String, rawPath: String, rawQuery: String, fields: HTTPFields,
        remoteAddress: String, scheme: String, authority: String
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.rawPath = rawPath
        self.rawQuery = rawQuery
        self.fields = fields
        self.remoteAddress = remoteAddress
        self.scheme = scheme
        self.authority = authority
    }

    /// What limits count clients by: `remoteAddress`, or its /64 when it is an IPv6 address.
    public var clientNetwork: String { HTTPServer.clientNetwork(remoteAddress) }

    /// Decoded path segments: "/permohonan/7" gives ["permohonan", "7"], "/" gives [].
    public var segments: [String] { pathSegments(path).map { String($0) } }

    /// Decoded query items. Computed on each call: keep the result when asking more than once.
    public var query: FormFields { URLEncodedForm.decodeQuery(rawQuery) }

    /// Cookies by name (RFC 6265 section 5.4); the first wins, as user agents send the most specific path first.
    public var cookies: [String: String] {
        var found: [String: String] = [:]
        for value in fields[values: .cookie] {
            for pair in value.utf8.split(separator: 0x3B) {
                guard let equals = pair.firstIndex(of: 0x3D) else { continue }
                let name = trimmedText(pair[..<equals])
                var content = trimmedText(pair[pair.index(after: equals)...])
                if content.count >= 2, content.hasPrefix("\""), content.hasSuffix("\"") {
                    content = String(content.dropFirst().dropLast())
                }
                if !name.isEmpty, found[name] == nil { found[name] = content }
            }
        }
        return found
    }
}

/// "/a/b" gives ["a", "b"]; "/a/" gives ["a", ""]; "/" gives nothing.
func pathSegments(_ path: String) -> [Substring] {
    let bytes = path.utf8
    guard bytes.count > 1 else { return [] }
    var segments: [Substring] = []
    segments.reserveCapacity(8)
    var start = bytes.index(after: bytes.startIndex)
    while let slash = bytes[start...].firstIndex(of: .slash) {
        segments.append(path[start..<slash])
        start = bytes.index(after: slash)
    }
    segments.append(path[start...])
    return segments
}

private func trimmedText(_ bytes: Substring.UTF8View) -> String {
    var trimmed = bytes[...]
    while trimmed.first?.isBlank == true { trimmed.removeFirst() }
    while trimmed.last?.isBlank == true { trimmed.removeLast() }
    return String(Substring(trimmed))
}
