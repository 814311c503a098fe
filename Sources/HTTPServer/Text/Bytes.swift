import CLinux
import Glibc

extension UInt8 {
    static let cr: UInt8 = 0x0D
    static let lf: UInt8 = 0x0A
    static let space: UInt8 = 0x20
    static let tab: UInt8 = 0x09
    static let colon: UInt8 = 0x3A
    static let slash: UInt8 = 0x2F
    static let percent: UInt8 = 0x25

    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }
    var isBlank: Bool { self == .space || self == .tab }

    /// `tchar` of RFC 9110 section 5.6.2.
    var isToken: Bool {
        if isLetter || isDigit { return true }
        switch self {
        case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E, 0x5F, 0x60, 0x7C, 0x7E: return true
        default: return false
        }
    }

    /// What a field value may hold (RFC 9110 section 5.5): no control characters but the tab.
    var isFieldValue: Bool { self >= 0x20 ? self != 0x7F : self == .tab }

    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }

    var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension ArraySlice<UInt8> {
    /// Text of bytes already known to be ASCII or checked elsewhere; wrong UTF-8 shows as U+FFFD.
    var text: String { String(decoding: self, as: UTF8.self) }

    /// Text, or nil when the bytes are not UTF-8.
    var strictText: String? { String(validating: self, as: UTF8.self) }

    /// Without leading and trailing spaces and tabs (`OWS`).
    var trimmed: ArraySlice<UInt8> {
        var low = startIndex
        var high = endIndex
        while low < high, self[low].isBlank { low += 1 }
        while low < high, self[high - 1].isBlank { high -= 1 }
        return self[low..<high]
    }

    /// Equal to ASCII `word`, which is in lower case, whatever the case of these bytes.
    func equalsIgnoringCase(_ word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        for (offset, byte) in self.enumerated() where byte.lowercased != word.utf8Start[offset] { return false }
        return true
    }

    func equals(_ word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount
            && withUnsafeBytes { bytes in bytes.baseAddress.map { memcmp($0, word.utf8Start, bytes.count) == 0 } ?? true
            }
    }

    /// Index of the first `byte`, by memchr.
    func firstPosition(of byte: UInt8) -> Int? {
        withUnsafeBufferPointer { buffer -> Int? in
            guard let base = buffer.baseAddress, let found = memchr(base, Int32(byte), buffer.count) else { return nil }
            return startIndex + (UnsafeRawPointer(found) - UnsafeRawPointer(base))
        }
    }

    /// Index of the first occurrence of `needle`.
    func firstPosition(of needle: [UInt8]) -> Int? {
        withUnsafeBufferPointer { buffer -> Int? in
            guard let base = buffer.baseAddress else { return nil }
            let found = needle.withUnsafeBufferPointer { wanted in
                wanted.baseAddress.map { clx_find(base, buffer.count, $0, wanted.count) } ?? -1
            }
            return found < 0 ? nil : startIndex + found
        }
    }
}

extension [UInt8] {
    /// Adds fixed text, without making a `String` of it.
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func append(_ text: String) {
        // A string's bytes lie together unless it came from Objective-C; one by one they cost ten times as much.
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append(contentsOf: $0) }
        if isDone == nil { append(contentsOf: text.utf8) }
    }

    /// Adds a number of zero or more in decimal digits.
    mutating func append(decimal number: Int) {
        if number > 9 { append(decimal: number / 10) }
        append(0x30 + UInt8(number % 10))
    }
}

/// Undoes percent-encoding strictly: nil when an escape is cut short or not hexadecimal.
func percentDecoded(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = bytes.startIndex
    while index < bytes.endIndex {
        if bytes[index] == .percent {
            guard index + 2 < bytes.endIndex, let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
            else { return nil }
            decoded.append(high << 4 | low)
            index += 3
        } else {
            decoded.append(bytes[index])
            index += 1
        }
    }
    return decoded
}
