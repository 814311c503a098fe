import HTTPTypes

/// `method SP target SP version` (RFC 9112 section 3).
struct RequestLine {
    let method: HTTPRequest.Method
    let path: String
    let rawPath: String
    let rawQuery: String
    /// Host of an absolute-form target, which overrules the Host field.
    let authority: String?
    let isHTTP10: Bool

    private static let methods: [(name: StaticString, method: HTTPRequest.Method)] = [
        ("GET", .get), ("HEAD", .head), ("POST", .post), ("PUT", .put), ("DELETE", .delete), ("PATCH", .patch),
        ("OPTIONS", .options),
    ]

    /// - Throws: 400, 414, 501 or 505.
    init(_ line: ArraySlice<UInt8>, targetBytes: Int) throws(Refusal) {
        guard let first = line.firstPosition(of: .space), first > line.startIndex,
            let last = line.lastIndex(of: .space), last > first
        else { throw Refusal(400) }
        let name = line[..<first]
        let target = line[(first + 1)..<last]
        guard name.allSatisfy(\.isToken) else { throw Refusal(400) }
        // Only visible ASCII: blanks here would let two readers split the line differently. No fragment either.
        guard !target.isEmpty, target.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x23 }) else { throw Refusal(400) }
        guard target.count <= targetBytes else { throw Refusal(414) }
        isHTTP10 = try Self.isHTTP10(line[(last + 1)...])
        guard let method = Self.methods.first(where: { name.equals($0.name) })?.method
        else { throw Refusal(501) }
        self.method = method

        var origin = target
        if target.first == .slash {
            authority = nil
        } else if target.elementsEqual([0x2A]), method == .options {
            authority = nil
            (path, rawPath, rawQuery) = ("*", "*", "")
            return
        } else if target.prefix(7).equalsIgnoringCase("http://") || target.prefix(8).equalsIgnoringCase("https://") {
            let afterScheme = target[(target.startIndex + (target[target.startIndex + 4] == .colon ? 7 : 8))...]
            let host = afterScheme.prefix { $0 != .slash && $0 != 0x3F }
            guard HeadFacts.isAuthority(host) else { throw Refusal(400) }
            authority = host.text
            origin = afterScheme[host.endIndex...]
        } else {
            throw Refusal(400)  // authority-form belongs to CONNECT, which is refused above
        }
        let raw = origin.prefix { $0 != 0x3F }
        rawPath = raw.isEmpty ? "/" : raw.text
        rawQuery = origin[raw.endIndex...].dropFirst().text
        path = raw.isEmpty ? "/" : try Self.decodedPath(raw)
    }

    private static func isHTTP10(_ version: ArraySlice<UInt8>) throws(Refusal) -> Bool {
        guard version.count == 8, version.prefix(5).equals("HTTP/") else { throw Refusal(400) }
        let major = version[version.startIndex + 5]
        let minor = version[version.startIndex + 7]
        guard major.isDigit, version[version.startIndex + 6] == 0x2E, minor.isDigit else { throw Refusal(400) }
        guard major == 0x31 else { throw Refusal(505) }
        return minor == 0x30
    }

    /// Decodes once and refuses what would name another place after a second look: dot segments, encoded slashes,
    /// backslashes, control characters, bytes that are not UTF-8.
    private static func decodedPath(_ raw: ArraySlice<UInt8>) throws(Refusal) -> String {
        let isPlain = raw.allSatisfy { $0.isLetter || $0.isDigit || $0 == .slash || $0 == 0x2D || $0 == 0x5F }
        guard !isPlain else { return raw.text }
        guard let bytes = percentDecoded(raw),
            bytes.count(where: { $0 == .slash }) == raw.count(where: { $0 == .slash }),
            !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x5C }), let path = bytes[...].strictText
        else { throw Refusal(400) }
        let isDots = { (segment: ArraySlice<UInt8>) in
            segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8)
        }
        guard !bytes.split(separator: .slash).contains(where: isDots) else { throw Refusal(400) }
        return path
    }
}
