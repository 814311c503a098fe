import HTTPTypes

/// A request head that passed every check, and what the connection needs to know besides.
struct ParsedHead {
    var method: HTTPRequest.Method
    var path: String
    var rawPath: String
    var rawQuery: String
    var fields: HTTPFields
    var authority: String
    var framing: Framing
    /// Whether the client lets the connection live on.
    var keepsAlive: Bool
    var isHTTP10: Bool
    var expectsContinue: Bool
}

/// Reads request heads by RFC 9112, sections 2 to 6, on bytes. Whatever two readers could understand differently is
/// refused: that is what request smuggling is made of.
struct HeadParser {
    let headBytes: Int
    let targetBytes: Int
    let headCount: Int

    /// Finds the end of a head, looking at each byte once.
    struct Scan {
        /// Everything before is complete lines.
        var lineStart = 0
        /// Where the search goes on.
        var position = 0
        var hasRequestLine = false
    }

    /// The offset behind the blank line of the head that begins `input`, or nil when it is not complete yet.
    ///
    /// - Throws: 400, 414 or 431 as soon as it is clear.
    func end(of input: ArraySlice<UInt8>, _ scan: inout Scan) throws(Refusal) -> Int? {
        if scan.position == 0, let first = input.first, !first.isToken, first != .cr {
            throw Refusal(400)  // TLS or noise: no need to wait for a line end that may never come
        }
        while let feed = input[(input.startIndex + scan.position)...].firstPosition(of: .lf) {
            let offset = feed - input.startIndex
            guard offset > 0, input[feed - 1] == .cr else { throw Refusal(400) }
            let isBlank = offset - 1 == scan.lineStart
            if offset >= headBytes { throw overflow(scan) }
            scan.lineStart = offset + 1
            scan.position = offset + 1
            if !isBlank {
                scan.hasRequestLine = true
            } else if scan.hasRequestLine {
                return offset + 1
            } else if offset > 3 {
                throw Refusal(400)  // one or two stray line ends before a request are forgiven (section 2.2)
            }
        }
        scan.position = input.count
        if input.count > headBytes { throw overflow(scan) }
        return nil
    }

    private func overflow(_ scan: Scan) -> Refusal { Refusal(scan.hasRequestLine ? 431 : 414) }

    /// Parses a complete head, blank line included.
    func parse(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> ParsedHead {
        var rest = bytes
        while rest.first == .cr { rest = rest.dropFirst(2) }
        let line = try RequestLine(takeLine(&rest), targetBytes: targetBytes)
        var list: [HTTPField] = []
        list.reserveCapacity(16)
        var facts = HeadFacts()
        while true {
            let line = try takeLine(&rest)
            if line.isEmpty { break }
            guard list.count < headCount else { throw Refusal(431) }
            let (name, value) = try field(line)
            try facts.note(name, value)
            list.append(HTTPField(name: name, value: value))
        }
        // In one go: each single append would pass through generic code.
        var fields = HTTPFields()
        fields.replaceSubrange(0..<0, with: list)
        let authority = try facts.authority(line)
        return ParsedHead(
            method: line.method, path: line.path, rawPath: line.rawPath, rawQuery: line.rawQuery, fields: fields,
            authority: authority, framing: try facts.framing(line), keepsAlive: facts.keepsAlive(line),
            isHTTP10: line.isHTTP10, expectsContinue: try facts.expectsContinue(line))
    }

    private func takeLine(_ rest: inout ArraySlice<UInt8>) throws(Refusal) -> ArraySlice<UInt8> {
        guard let feed = rest.firstPosition(of: .lf), feed > rest.startIndex, rest[feed - 1] == .cr
        else { throw Refusal(400) }
        defer { rest = rest[(feed + 1)...] }
        return rest[..<(feed - 1)]
    }

    /// `name ":" OWS value OWS`: no blank before the colon, no folded lines, no control characters.
    private func field(_ line: ArraySlice<UInt8>) throws(Refusal) -> (HTTPField.Name, ArraySlice<UInt8>) {
        guard let colon = line.firstIndex(where: { !$0.isToken }), colon > line.startIndex, line[colon] == .colon,
            let name = HTTPField.Name(line[..<colon].text)
        else { throw Refusal(400) }
        let value = line[(colon + 1)...]
        guard value.allSatisfy(\.isFieldValue) else { throw Refusal(400) }
        return (name, value.trimmed)
    }
}
