import HTTPTypes

/// How an answer ends its exchange.
struct ResponseFrame {
    var requestID: String
    var date: [UInt8]
    var contentLength: Int?
    /// "close" or "keep-alive", when it must be said.
    var connection: String?
    /// Adds `Accept-Encoding` to what the answer varies by.
    var variesByEncoding = false
}

/// Writes a status line and header section. Fields the server owns are skipped when the handler set them.
func writeHead(_ response: Response, _ frame: ResponseFrame) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    bytes += "HTTP/1.1 ".utf8
    bytes += String(response.status.code).utf8
    bytes.append(.space)
    bytes += reasonPhrase(response.status).utf8
    bytes += "\r\nDate: ".utf8
    bytes += frame.date
    if let length = frame.contentLength {
        bytes += "\r\nContent-Length: ".utf8
        bytes += String(length).utf8
    }
    if let connection = frame.connection {
        bytes += "\r\nConnection: ".utf8
        bytes += connection.utf8
    }
    if !frame.requestID.isEmpty {
        bytes += "\r\nX-Request-Id: ".utf8
        bytes += frame.requestID.utf8
    }
    // A second Vary field adds to a first (RFC 9110 section 5.3).
    if frame.variesByEncoding { bytes += "\r\nVary: Accept-Encoding".utf8 }
    for field in response.fields {
        if isOwnedByServer(field.name) { continue }
        bytes += "\r\n".utf8
        bytes += field.name.rawName.utf8
        bytes += ": ".utf8
        // HTTPField has already turned line ends and other control characters into blanks.
        field.withUnsafeBytesOfValue { bytes += $0 }
    }
    bytes += "\r\n\r\n".utf8
    return bytes
}

private func isOwnedByServer(_ name: HTTPField.Name) -> Bool {
    let name = name.canonicalName
    // The length first: comparing strings is what costs here, once for each field of each answer.
    return switch name.utf8.count {
    case 4: name == "date"
    case 10: name == "connection"
    case 12: name == "x-request-id"
    case 14: name == "content-length"
    case 17: name == "transfer-encoding"
    default: false
    }
}
