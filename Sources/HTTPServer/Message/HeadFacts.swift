import HTTPTypes

/// What the fields of a head say about framing and the connection, gathered while they are read.
struct HeadFacts {
    private var host: ArraySlice<UInt8>?
    private var length: ArraySlice<UInt8>?
    private var codings: [ArraySlice<UInt8>] = []
    private var hasCoding = false
    private var expectation: ArraySlice<UInt8>?
    private var saysClose = false
    private var saysKeepAlive = false

    mutating func note(_ name: HTTPField.Name, _ value: ArraySlice<UInt8>) throws(Refusal) {
        // Comparing strings is what costs here; most names differ in length already.
        switch name.canonicalName.utf8.count {
        case 4, 6, 10, 14, 17: break
        default: return
        }
        switch name.canonicalName {
        case "host":
            guard host == nil else { throw Refusal(400) }
            host = value
        case "content-length":
            // Equal copies could be merged, but no honest client sends them.
            guard length == nil, !value.isEmpty, value.allSatisfy(\.isDigit) else { throw Refusal(400) }
            length = value
        case "transfer-encoding":
            hasCoding = true
            codings += value.split(separator: 0x2C, omittingEmptySubsequences: false).map(\.trimmed)
        case "expect":
            guard expectation == nil else { throw Refusal(417) }
            expectation = value
        case "connection":
            for option in value.split(separator: 0x2C).map(\.trimmed) {
                if option.equalsIgnoringCase("close") { saysClose = true }
                if option.equalsIgnoringCase("keep-alive") { saysKeepAlive = true }
            }
        default: break
        }
    }

    func authority(_ line: RequestLine) throws(Refusal) -> String {
        guard let host else {
            guard line.isHTTP10 else { throw Refusal(400) }
            return line.authority ?? ""
        }
        guard Self.isAuthority(host) else { throw Refusal(400) }
        return line.authority ?? host.text
    }

    func framing(_ line: RequestLine) throws(Refusal) -> Framing {
        if hasCoding {
            guard length == nil, !line.isHTTP10 else { throw Refusal(400) }
            let isChunked = codings.map { $0.equalsIgnoringCase("chunked") }
            guard isChunked.last == true, isChunked.count(where: { $0 }) == 1 else {
                // Without "chunked" at the end nobody can tell where the body ends; with other codings alone, neither.
                throw Refusal(isChunked.contains(true) || codings.contains(where: \.isEmpty) ? 400 : 501)
            }
            guard codings.count == 1 else { throw Refusal(501) }
            return .chunked
        }
        guard let length else { return .none }
        guard length.count <= 18, let bytes = Int(length.text) else { throw Refusal(413) }
        return .length(bytes)
    }

    func keepsAlive(_ line: RequestLine) -> Bool { !saysClose && (!line.isHTTP10 || saysKeepAlive) }

    func expectsContinue(_ line: RequestLine) throws(Refusal) -> Bool {
        guard let expectation, !line.isHTTP10 else { return false }
        guard expectation.equalsIgnoringCase("100-continue") else { throw Refusal(417) }
        return true
    }

    /// `uri-host [ ":" port ]` without user information (RFC 9110 section 7.2); lists and blanks are refused.
    static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        var host = bytes
        if host.first == 0x5B {
            guard let close = host.firstIndex(of: 0x5D), close > host.startIndex + 1,
                host[(host.startIndex + 1)..<close].allSatisfy({ $0.hexValue != nil || $0 == .colon || $0 == 0x2E })
            else { return false }
            host = host[(close + 1)...]
        } else {
            let name = host.prefix { $0.isLetter || $0.isDigit || [0x2D, 0x2E, 0x5F, 0x7E].contains($0) }
            guard !name.isEmpty else { return false }
            host = host[name.endIndex...]
        }
        guard let colon = host.first else { return true }
        return colon == .colon && host.count <= 6 && host.dropFirst().allSatisfy(\.isDigit)
    }
}
