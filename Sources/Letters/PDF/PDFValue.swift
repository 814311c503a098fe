/// A PDF object (ISO 32000-1, 7.3), written the same way every time.
indirect enum PDFValue {
    case bool(Bool)
    case integer(Int)
    case real(Double)
    case name(String)
    /// Text for people: ASCII as it is, anything else as UTF-16 with a byte order mark (7.9.2.2).
    case text(String)
    case hex([UInt8])
    case array([PDFValue])
    case dictionary(PDFDictionary)
    case reference(PDFReference)

    static func numbers(_ values: [Double]) -> PDFValue { .array(values.map(PDFValue.real)) }
    static func integers(_ values: [Int]) -> PDFValue { .array(values.map(PDFValue.integer)) }
}

struct PDFReference: Hashable {
    let number: Int
}

/// Keeps its order, so that output is deterministic.
struct PDFDictionary: ExpressibleByDictionaryLiteral {
    private(set) var entries: [(key: String, value: PDFValue)]

    init(dictionaryLiteral elements: (String, PDFValue)...) {
        entries = elements.map { (key: $0.0, value: $0.1) }
    }

    /// Adds an entry at the end; the caller does not add a key twice.
    mutating func add(_ key: String, _ value: PDFValue) {
        entries.append((key: key, value: value))
    }
}

extension [UInt8] {
    mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    mutating func append(_ value: PDFValue) {
        switch value {
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value):
            if value < 0 { append(UInt8(ascii: "-")) }
            append(digits: value.magnitude)
        case .real(let value): append(number: value)
        case .name(let name): append(name: name)
        case .text(let text): append(text: text)
        case .hex(let bytes): append(hex: bytes)
        case .array(let values):
            append("[")
            for (index, value) in values.enumerated() {
                if index > 0 { append(" ") }
                append(value)
            }
            append("]")
        case .dictionary(let dictionary): append(dictionary)
        case .reference(let reference): append(reference)
        }
    }

    mutating func append(_ reference: PDFReference) {
        append(digits: reference.number.magnitude)
        append(" 0 R")
    }

    mutating func append(_ dictionary: PDFDictionary) {
        append("<<")
        for (key, value) in dictionary.entries {
            append(name: key)
            append(" ")
            append(value)
        }
        append(">>")
    }

    private mutating func append(name: String) {
        append("/")
        // Nearly all names.
        if name.utf8.allSatisfy({ (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }) { return append(name) }
        for byte in name.utf8 {
            let regular = (0x21...0x7E).contains(byte) && !"()<>[]{}/%#".utf8.contains(byte)
            if regular {
                append(byte)
            } else {
                append("#")
                append(hexDigitsOf: byte)
            }
        }
    }

    private mutating func append(text: String) {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            var bytes: [UInt8] = [0xFE, 0xFF]
            for unit in text.utf16 { bytes.append16(Int(unit)) }
            append(hex: bytes)
            return
        }
        append("(")
        for byte in text.utf8 {
            if "()\\".utf8.contains(byte) { append("\\") }
            append(byte)
        }
        append(")")
    }

    mutating func append(hex bytes: [UInt8]) {
        append("<")
        for byte in bytes { append(hexDigitsOf: byte) }
        append(">")
    }

    mutating func append(hexDigitsOf byte: UInt8) {
        append(hexDigits[Int(byte >> 4)])
        append(hexDigits[Int(byte & 15)])
    }

    /// Four digits of a 16-bit number, as character codes in content streams and character maps.
    mutating func append(hexDigitsOf number: Int) {
        append(hexDigitsOf: UInt8(truncatingIfNeeded: number >> 8))
        append(hexDigitsOf: UInt8(truncatingIfNeeded: number))
    }
}

private let hexDigits = Array("0123456789ABCDEF".utf8)

/// At most three decimals, 0.35 micrometres on paper, without an exponent, which PDF does not know.
func pdfNumber(_ value: Double) -> String {
    var bytes: [UInt8] = []
    bytes.append(number: value)
    return String(decoding: bytes, as: UTF8.self)
}

extension [UInt8] {
    /// As `pdfNumber`, without a string in between: pages are mostly numbers.
    mutating func append(number value: Double) {
        guard value.isFinite, abs(value) < 1e12 else { return append(UInt8(ascii: "0")) }
        let thousandths = Int((value * 1000).rounded())
        if thousandths < 0 { append(UInt8(ascii: "-")) }
        append(digits: thousandths.magnitude / 1000)
        var decimals = thousandths.magnitude % 1000
        guard decimals != 0 else { return }
        append(UInt8(ascii: "."))
        var unit: UInt = 100
        while decimals != 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: decimals / unit))
            decimals %= unit
            unit /= 10
        }
    }

    mutating func append(digits number: UInt) {
        if number >= 10 { append(digits: number / 10) }
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }
}
