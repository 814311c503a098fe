/// A part of the text in one mode (ISO/IEC 18004, 7.4).
enum QRSegment: Equatable {
    case bytes([UInt8])
    /// ASCII digits.
    case digits([UInt8])

    /// A further segment costs up to 20 bits; from this many digits on it always pays.
    private static let fewestDigits = 16

    /// Bytes, and the digits at the end on their own where that is shorter.
    static func segments(of text: String) -> [QRSegment] {
        let bytes = Array(text.utf8)
        let digits = bytes.reversed().prefix { (0x30...0x39).contains($0) }.count
        guard digits >= fewestDigits else { return [.bytes(bytes)] }
        let rest = bytes.dropLast(digits)
        let tail = QRSegment.digits(Array(bytes.suffix(digits)))
        return rest.isEmpty ? [tail] : [.bytes(Array(rest)), tail]
    }

    func bitCount(in version: QRVersion) -> Int {
        switch self {
        case .bytes(let bytes): 4 + version.countBits + bytes.count * 8
        case .digits(let digits):
            4 + version.digitCountBits + digits.count / 3 * 10 + [0, 4, 7][digits.count % 3]
        }
    }

    func write(to bits: inout BitBuffer, version: QRVersion) {
        switch self {
        case .bytes(let bytes):
            bits.append(0b0100, count: 4)
            bits.append(bytes.count, count: version.countBits)
            for byte in bytes { bits.append(Int(byte), count: 8) }
        case .digits(let digits):
            bits.append(0b0001, count: 4)
            bits.append(digits.count, count: version.digitCountBits)
            for start in stride(from: 0, to: digits.count, by: 3) {
                let group = digits[start..<min(start + 3, digits.count)]
                let value = group.reduce(0) { $0 * 10 + Int($1) - 0x30 }
                bits.append(value, count: [4, 7, 10][group.count - 1])
            }
        }
    }
}
