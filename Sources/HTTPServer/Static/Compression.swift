public import HTTPTypes

/// Whether a client takes gzip, by the weights of its `Accept-Encoding` (RFC 9110 section 12.5.3).
public func acceptsGzip(_ fields: HTTPFields) -> Bool {
    var gzipWeight: Double?
    var anyWeight: Double?
    for field in fields where field.name == .acceptEncoding {
        for item in field.value.utf8.split(separator: 0x2C) {
            let parts = Array(item)[...].split(separator: 0x3B).map(\.trimmed)
            guard let coding = parts.first else { continue }
            var weight = 1.0
            for parameter in parts.dropFirst() where parameter.prefix(2).equalsIgnoringCase("q=") {
                weight = Double(parameter.dropFirst(2).text) ?? 0
            }
            if coding.equalsIgnoringCase("gzip") || coding.equalsIgnoringCase("x-gzip") { gzipWeight = weight }
            if coding.elementsEqual([0x2A]) { anyWeight = weight }
        }
    }
    return gzipWeight ?? anyWeight ?? 0 > 0
}

/// Shorter answers gain nothing: they fit into one packet anyway.
private let compressionThreshold = 1024

/// Compresses a text answer over 1 KiB when that is allowed and the client takes gzip.
///
/// - Returns: whether the answer depends on `Accept-Encoding`, also when it was not compressed, so that no cache gives
///   one client's form to another.
func compress(_ response: inout Response, for head: RequestHead) -> Bool {
    guard response.mayCompress, case .bytes(let bytes) = response.body, bytes.count > compressionThreshold,
        response.status.code == 200 || response.status.code >= 400,
        response.fields.first(.contentEncoding) == nil, let type = response.fields.first(.contentType), isText(type)
    else { return false }
    // Level 5 costs about half of 9 and gives nearly as much on pages of this size.
    guard acceptsGzip(head.fields), let packed = gzip(bytes), packed.count < bytes.count else { return true }
    response.body = .bytes(packed)
    response.fields[.contentEncoding] = "gzip"
    // The bytes differ now, so a strong validator would lie.
    if let tag = response.fields[.eTag], !tag.hasPrefix("W/") { response.fields[.eTag] = "W/" + tag }
    return true
}

extension HTTPFields {
    /// The first value under `name`, without the detour of joining all of them.
    func first(_ name: HTTPField.Name) -> String? {
        let wanted = name.canonicalName
        for field in self {
            // The length first: comparing strings is what costs here.
            let candidate = field.name.canonicalName
            if candidate.utf8.count == wanted.utf8.count, candidate == wanted { return field.value }
        }
        return nil
    }
}

/// Whether gzip makes a content type smaller.
func isText(_ type: String) -> Bool {
    if type.hasPrefix("text/") { return true }
    let essence = type.prefix { $0 != ";" }.lowercased()
    return essence.hasPrefix("text/") || essence.hasSuffix("+json") || essence.hasSuffix("+xml")
        || ["application/json", "application/javascript", "application/xml"].contains(essence)
}
