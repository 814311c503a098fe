/// Name-value pairs of a query or a form, in the order sent; a name may come more than once.
public struct FormFields: Sendable {
    public let pairs: [(name: String, value: String)]

    public init(_ pairs: [(name: String, value: String)] = []) { self.pairs = pairs }

    /// The first value under `name`.
    public subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value under `name`, in order.
    public func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// Distinct names, in order of first appearance.
    public var names: [String] {
        var seen: Set<String> = []
        return pairs.map(\.name).filter { seen.insert($0).inserted }
    }

    public var isEmpty: Bool { pairs.isEmpty }
}

/// `application/x-www-form-urlencoded`, as the URL Standard defines it for browsers.
public enum URLEncodedForm {
    public enum Fault: Error {
        /// A percent escape is cut short or not hexadecimal.
        case invalidEscape
        /// The decoded bytes are not UTF-8.
        case invalidText
        case tooManyFields
    }

    /// Decodes strictly.
    ///
    /// - Throws: `Fault`, for anything no browser would send.
    public static func decode(_ bytes: ArraySlice<UInt8>, maxFields: Int = 1000) throws(Fault) -> FormFields {
        var pairs: [(name: String, value: String)] = []
        for item in bytes.split(separator: 0x26) {
            guard pairs.count < maxFields else { throw .tooManyFields }
            let (name, value) = halves(item)
            pairs.append((try strictText(name), try strictText(value)))
        }
        return FormFields(pairs)
    }

    /// Decodes a query, where people edit and share addresses by hand: a wrong escape stays as it was typed.
    public static func decodeQuery(_ query: String) -> FormFields {
        guard !query.isEmpty else { return FormFields() }
        return FormFields(
            Array(query.utf8)[...].split(separator: 0x26).map { item in
                let (name, value) = halves(item)
                return (lenientText(name), lenientText(value))
            })
    }

    /// Encodes for a query or a form body.
    public static func encode(_ fields: FormFields) -> String {
        fields.pairs.map { encode($0.name) + "=" + encode($0.value) }.joined(separator: "&")
    }

    /// One name or value, with `+` for the space.
    public static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case .space: encoded += "+"
            case 0x2A, 0x2D, 0x2E, 0x5F: encoded.unicodeScalars.append(Unicode.Scalar(byte))
            case let byte where byte.isLetter || byte.isDigit: encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }

    private static func halves(_ item: ArraySlice<UInt8>) -> (ArraySlice<UInt8>, ArraySlice<UInt8>) {
        guard let equals = item.firstIndex(of: 0x3D) else { return (item, []) }
        return (item[..<equals], item[(equals + 1)...])
    }

    private static func strictText(_ bytes: ArraySlice<UInt8>) throws(Fault) -> String {
        guard let decoded = percentDecoded(withSpaces(bytes)) else { throw .invalidEscape }
        guard let text = decoded[...].strictText else { throw .invalidText }
        return text
    }

    private static func lenientText(_ bytes: ArraySlice<UInt8>) -> String {
        let spaced = withSpaces(bytes)
        return (percentDecoded(spaced).map { $0[...] } ?? spaced).text
    }

    private static func withSpaces(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.contains(0x2B) else { return bytes }
        return bytes.map { $0 == 0x2B ? .space : $0 }[...]
    }
}
