import HTTPTypes

/// What of a representation a request gets.
enum Selection: Equatable {
    case whole
    /// These bytes, never none: 206.
    case part(Range<Int>)
    /// 416.
    case unsatisfiable
    /// 304.
    case notModified
    /// A precondition does not hold: 412.
    case failed
}

/// Weighs the conditions and the range of a GET or HEAD in the order of RFC 9110 section 13.2.2. A condition on a
/// validator that the answer lacks counts as absent.
///
/// - Parameters:
///   - answer: the fields of the whole answer, for its `ETag` and `Last-Modified`.
///   - size: bytes of the whole body.
func selection(for request: HTTPFields, method: HTTPRequest.Method, answer: HTTPFields, size: Int) -> Selection {
    let tag = answer[.eTag]
    let modified = answer[.lastModified].flatMap(parseHTTPDate)
    if let wanted = request[.ifMatch], let tag {
        guard matches(wanted, tag, strongly: true) else { return .failed }
    } else if request[.ifMatch] == nil, let date = request[.ifUnmodifiedSince].flatMap(parseHTTPDate), let modified {
        guard modified <= date else { return .failed }
    }
    if isUnchanged(request, etag: tag, modified: modified) { return .notModified }
    // Ranges are defined for GET alone (section 14.2), and two Range fields are as good as none.
    guard method == .get, let range = request[.range], request[values: .range].count == 1 else { return .whole }
    if let condition = request[.ifRange], !isCurrent(condition, tag: tag, modified: modified) { return .whole }
    return part(range, of: size)
}

/// Whether the client's copy is current: tags decide, dates only without tags.
func isUnchanged(_ fields: HTTPFields, etag: String?, modified: Int?) -> Bool {
    if let tags = fields[.ifNoneMatch] { return etag.map { matches(tags, $0, strongly: false) } ?? false }
    guard let modified, let date = fields[.ifModifiedSince].flatMap(parseHTTPDate) else { return false }
    return modified <= date
}

/// Whether a part may be joined to what the client has (section 13.1.5). Only a strong validator says so; a date is one
/// when the file has not changed within the last second.
private func isCurrent(_ condition: String, tag: String?, modified: Int?) -> Bool {
    if condition.hasPrefix("\"") || condition.hasPrefix("W/") {
        return tag.map { matches(condition, $0, strongly: true) } ?? false
    }
    guard let modified, let date = parseHTTPDate(condition) else { return false }
    return date == modified && modified < wallClockSeconds() - 1
}

/// Whether a list of entity tags, or `*`, holds `tag` (section 8.8.3). Reading ends where the list breaks the grammar.
private func matches(_ list: String, _ tag: String, strongly: Bool) -> Bool {
    let isWeak = tag.hasPrefix("W/")
    let opaque = Array((isWeak ? tag.dropFirst(2) : tag[...]).utf8)
    var rest = Array(list.utf8)[...].trimmed
    if rest.elementsEqual([0x2A]) { return true }
    while true {
        rest = rest.drop { $0.isBlank || $0 == 0x2C }
        let itemIsWeak = rest.starts(with: [0x57, 0x2F])
        if itemIsWeak { rest = rest.dropFirst(2) }
        guard rest.first == 0x22, let end = rest.dropFirst().firstPosition(of: 0x22) else { return false }
        if rest[...end].elementsEqual(opaque), !strongly || !isWeak && !itemIsWeak { return true }
        rest = rest[(end + 1)...]
    }
}

/// A `Range` of one part. Other units, several parts and what breaks the grammar give the whole, as if it were not
/// there (section 14.2): several parts would cost more than they save.
private func part(_ value: String, of size: Int) -> Selection {
    let bytes = Array(value.utf8)[...]
    guard bytes.prefix(6).equalsIgnoringCase("bytes=") else { return .whole }
    let range = bytes.dropFirst(6).trimmed
    guard let dash = range.firstPosition(of: 0x2D) else { return .whole }
    let first = range[..<dash]
    let last = range[(dash + 1)...]
    guard (first + last).allSatisfy(\.isDigit), !(first.isEmpty && last.isEmpty) else { return .whole }
    guard !first.isEmpty else {
        let suffix = number(last)
        guard suffix > 0 else { return .unsatisfiable }
        // Of an empty file a suffix is satisfiable, but no Content-Range can say so.
        return size == 0 ? .whole : .part(max(0, size - suffix)..<size)
    }
    let low = number(first)
    let high = last.isEmpty ? .max : number(last)
    guard low <= high else { return .whole }
    return low < size ? .part(low..<(high >= size ? size : high + 1)) : .unsatisfiable
}

/// Digits as a number; more than any file can have counts as the largest.
private func number(_ digits: ArraySlice<UInt8>) -> Int { Int(digits.text) ?? .max }

extension Response {
    /// Whether the server may answer with a part of it, or with no body when the client's copy is current.
    var isSelectable: Bool {
        guard status == .ok else { return false }
        if case .file = body { return true }
        return offersRanges
    }

    /// Turns the whole answer into what the request gets.
    ///
    /// - Parameter failure: makes the answer for 412 and 416.
    /// - Returns: where in the whole the body begins now.
    mutating func narrow(to head: RequestHead, failure: (HTTPResponse.Status) -> Response) -> Int {
        guard head.method == .get || head.method == .head else { return 0 }
        let size = length
        fields[.acceptRanges] = "bytes"
        switch selection(for: head.fields, method: head.method, answer: fields, size: size) {
        case .whole: return 0
        case .part(let range):
            status = .partialContent
            fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
            switch body {
            case .empty: break
            case .bytes(let bytes): body = .bytes(Array(bytes[range]))
            case .file(let path, _): body = .file(path: path, size: range.count)
            }
            return range.lowerBound
        case .notModified:
            status = .notModified
            for name in [HTTPField.Name.contentType, .contentEncoding, .contentDisposition, .acceptRanges] {
                fields[name] = nil
            }
            body = .empty
        case .unsatisfiable:
            self = failure(.rangeNotSatisfiable)
            fields[.contentRange] = "bytes */\(size)"
        case .failed: self = failure(.preconditionFailed)
        }
        return 0
    }

    /// Bytes of the body.
    var length: Int {
        switch body {
        case .empty: 0
        case .bytes(let bytes): bytes.count
        case .file(_, let size): size
        }
    }
}
