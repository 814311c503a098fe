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
    bytes.append("HTTP/1.1 ")
    bytes.append(decimal: response.status.code)
    bytes.append(.space)
    bytes.append(reasonPhrase(response.status))
    bytes.append("\r\nDate: ")
    bytes += frame.date
    if let length = frame.contentLength {
        bytes.append("\r\nContent-Length: ")
        bytes.append(decimal: length)
    }
    if let connection = frame.connection {
        bytes.append("\r\nConnection: ")
        bytes.append(connection)
    }
    if !frame.requestID.isEmpty {
        bytes.append("\r\nX-Request-Id: ")
        bytes.append(frame.requestID)
    }
    // A second Vary field adds to a first (RFC 9110 section 5.3).
    if frame.variesByEncoding { bytes.append("\r\nVary: Accept-Encoding") }
    for field in response.fields where !isOwnedByServer(field.name) {
        bytes.append("\r\n")
        bytes.append(field.name.rawName)
        bytes.append(": ")
        // HTTPField has already turned line ends and other control characters into blanks.
        field.withUnsafeBytesOfValue { bytes.append(contentsOf: $0) }
    }
    bytes.append("\r\n\r\n")
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
