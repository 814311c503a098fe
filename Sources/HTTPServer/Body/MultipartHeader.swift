/// The header of one part of a form.
public struct MultipartHeader: Sendable, Equatable {
    /// Name of the form field.
    public let name: String
    /// File name as sent; nil for a text field.
    public let filename: String?
    public let contentType: String?

    private static let lineCount = 16

    /// - Parameter bytes: header lines between CRLFs, without the blank line.
    init(_ bytes: ArraySlice<UInt8>) throws(Multipart.Fault) {
        var disposition: ArraySlice<UInt8>?
        var type: ArraySlice<UInt8>?
        var rest = bytes
        var lines = 0
        while !rest.isEmpty {
            let end = rest.firstPosition(of: [.cr, .lf]) ?? rest.endIndex
            let line = rest[..<end]
            rest = end < rest.endIndex ? rest[(end + 2)...] : []
            lines += 1
            guard lines <= Self.lineCount, line.allSatisfy(\.isFieldValue),
                let colon = line.firstIndex(of: .colon), colon > line.startIndex,
                line[..<colon].allSatisfy(\.isToken)
            else { throw .malformed }
            let value = line[(colon + 1)...].trimmed
            if line[..<colon].equalsIgnoringCase("content-disposition") {
                guard disposition == nil else { throw .malformed }
                disposition = value
            } else if line[..<colon].equalsIgnoringCase("content-type") {
                guard type == nil else { throw .malformed }
                type = value
            } else if line[..<colon].equalsIgnoringCase("content-transfer-encoding") {
                // RFC 7578 section 4.7 deprecates it; to ignore base64 would store something else than was sent.
                guard ["binary", "8bit", "7bit"].contains(value.text.lowercased()) else { throw .malformed }
            }
        }
        guard let text = disposition?.strictText, let parsed = ParameterizedValue(text), parsed.value == "form-data",
            let name = parsed.parameters["name"]
        else { throw .malformed }
        self.name = name
        filename = try Self.filename(parsed.parameters)
        contentType = type?.text
    }

    /// `filename*` is forbidden in forms (RFC 7578 section 4.2), but some clients send it beside a plain name.
    private static func filename(_ parameters: [String: String]) throws(Multipart.Fault) -> String? {
        guard let extended = parameters["filename*"] else { return parameters["filename"] }
        let parts = extended.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].lowercased() == "utf-8",
            let bytes = percentDecoded(Array(parts[2].utf8)[...]), let name = bytes[...].strictText
        else { throw .malformed }
        return name
    }
}

/// `form-data; name="x"; filename="y"`: a value and its parameters. Names are in lower case.
struct ParameterizedValue {
    let value: String
    private(set) var parameters: [String: String] = [:]

    /// Nil when malformed or when a parameter comes twice.
    init?(_ text: String) {
        let bytes = Array(text.utf8)[...]
        let head = bytes.prefix { $0 != 0x3B }
        value = head.trimmed.text.lowercased()
        guard !value.isEmpty else { return nil }
        var rest = bytes[head.endIndex...]
        while !rest.isEmpty {
            rest = rest.dropFirst().drop(while: \.isBlank)
            if rest.isEmpty { break }  // a last ";" does no harm
            let name = rest.prefix(while: \.isToken)
            rest = rest[name.endIndex...]
            guard !name.isEmpty, rest.first == 0x3D else { return nil }
            rest = rest.dropFirst()
            guard let content = rest.first == 0x22 ? Self.quoted(&rest) : Self.token(&rest) else { return nil }
            rest = rest.drop(while: \.isBlank)
            guard rest.isEmpty || rest.first == 0x3B,
                parameters.updateValue(content, forKey: name.text.lowercased()) == nil
            else { return nil }
        }
    }

    private static func token(_ rest: inout ArraySlice<UInt8>) -> String? {
        // A little wider than a token: boundaries with "=" or "/" in them are often sent without quotes.
        let token = rest.prefix { $0 != 0x3B && !$0.isBlank && $0 != 0x22 }
        rest = rest[token.endIndex...]
        return token.isEmpty ? nil : token.text
    }

    /// Undoes `\"` and, as the HTML Standard writes it, `%22`. Other backslashes stay: old clients send Windows paths.
    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> String? {
        var content: [UInt8] = []
        var index = rest.startIndex + 1
        while index < rest.endIndex {
            switch rest[index] {
            case 0x22:
                rest = rest[(index + 1)...]
                return content[...].strictText
            case 0x5C where index + 1 < rest.endIndex && (rest[index + 1] == 0x22 || rest[index + 1] == 0x5C):
                content.append(rest[index + 1])
                index += 2
            case 0x25 where rest[index...].starts(with: [0x25, 0x32, 0x32]):
                content.append(0x22)
                index += 3
            default:
                content.append(rest[index])
                index += 1
            }
        }
        return nil
    }
}
