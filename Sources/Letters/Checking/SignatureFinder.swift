import Foundation
import Glibc
import Permits

/// A signature in a PDF, found by its bytes alone: no object of a stranger's file is followed.
struct FoundSignature {
    /// The covered bytes before and after the signature.
    let before: Range<Int>
    let after: Range<Int>
    /// DER of the CMS, without the padding.
    let signature: [UInt8]
    /// `/M` beside it: when the signer says it was.
    let claimed: Moment?
    /// All bytes of the file but the signature itself, and nothing in its place but its digits and zeros.
    let coversWholeFile: Bool
}

struct SignatureFinder {
    private let bytes: [UInt8]

    /// Each found signature costs a hash of the file.
    private static let maximumSignatures = 8
    private static let maximumSignatureBytes = 256 * 1024

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The header may stand behind other bytes (ISO 32000-1, annex H).
    var isPDF: Bool { first("%PDF-", in: 0..<min(bytes.count, 1024)) != nil }

    /// The last ones, the latest first.
    func signatures() -> [FoundSignature] {
        var places: [Int] = []
        var start = 0
        while let place = first("/ByteRange", in: start..<bytes.count) {
            places.append(place)
            start = place + 1
        }
        return places.suffix(Self.maximumSignatures).reversed().compactMap(signature(at:))
    }

    private func signature(at place: Int) -> FoundSignature? {
        guard let numbers = numbers(after: place + 10), numbers.count == 4 else { return nil }
        let (offset, length, second, rest) = (numbers[0], numbers[1], numbers[2], numbers[3])
        // From the start, and around one gap inside the file.
        guard offset == 0, length > 0, second > length + 2, second <= bytes.count, rest <= bytes.count - second,
            bytes[length] == UInt8(ascii: "<"), bytes[second - 1] == UInt8(ascii: ">"),
            let (signature, isPadded) = digits(length + 1..<second - 1)
        else { return nil }
        return FoundSignature(
            before: 0..<length, after: second..<second + rest, signature: signature,
            claimed: claimedTime(around: place), coversWholeFile: isPadded && second + rest == bytes.count)
    }

    /// `[0 1 2 3]`, at most so many digits that they cannot overflow.
    private func numbers(after start: Int) -> [Int]? {
        var place = start
        func skipBlanks() { while place < bytes.count, place < start + 100, isBlank(bytes[place]) { place += 1 } }
        skipBlanks()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "[") else { return nil }
        place += 1
        var numbers: [Int] = []
        while numbers.count < 5, place < bytes.count {
            skipBlanks()
            let digits = bytes[place...].prefix(13).prefix { (0x30...0x39).contains($0) }
            guard (1...12).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else {
                break
            }
            numbers.append(number)
            place += digits.count
        }
        skipBlanks()
        return place < bytes.count && bytes[place] == UInt8(ascii: "]") ? numbers : nil
    }

    /// The DER value at the start of hexadecimal digits, and whether only zeros follow it.
    private func digits(_ range: Range<Int>) -> (signature: [UInt8], isPadded: Bool)? {
        guard range.count <= Self.maximumSignatureBytes * 2, range.count % 2 == 0 else { return nil }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(range.count / 2)
        for place in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
            guard let high = hexValue(bytes[place]), let low = hexValue(bytes[place + 1]) else { return nil }
            decoded.append(high << 4 | low)
        }
        guard let length = derLength(decoded), length <= decoded.count else { return nil }
        return (Array(decoded[..<length]), decoded[length...].allSatisfy { $0 == 0 })
    }

    /// Header and content of a SEQUENCE.
    private func derLength(_ bytes: [UInt8]) -> Int? {
        guard bytes.count > 6, bytes[0] == 0x30 else { return nil }
        let first = Int(bytes[1])
        if first < 0x80 { return 2 + first }
        guard (0x81...0x84).contains(first) else { return nil }
        return bytes[2..<2 + first - 0x80].reduce(0) { $0 << 8 | Int($1) } + 2 + first - 0x80
    }

    /// `/M (D:20261121093000+07'00')` in the same dictionary, near the byte range on either side. Some write the colon
    /// as an octal code.
    private func claimedTime(around place: Int) -> Moment? {
        var start = max(0, place - 4096)
        while let object = first(" obj", in: start..<place) { start = object + 1 }
        let limit = min(bytes.count, place + 4096)
        let end = first("endobj", in: place..<limit) ?? limit
        for head in ["/M (D:", "/M(D:", "/M (D\\072", "/M(D\\072"] {
            guard let found = first(head, in: start..<end) else { continue }
            let text = bytes[(found + head.utf8.count)...].prefix(21)
            return Moment(pdfDate: String(decoding: text, as: UTF8.self))
        }
        return nil
    }

    private func first(_ text: String, in range: Range<Int>) -> Int? {
        guard range.lowerBound < range.upperBound else { return nil }
        let needle = Array(text.utf8)
        return bytes.withUnsafeBytes { all -> Int? in
            guard let base = all.baseAddress else { return nil }
            var place = range.lowerBound
            while place + needle.count <= range.upperBound {
                let room = range.upperBound - needle.count + 1 - place
                guard let hit = memchr(base + place, Int32(needle[0]), room) else { return nil }
                place = UnsafeRawPointer(hit) - base
                if memcmp(hit, needle, needle.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }

    private func isBlank(_ byte: UInt8) -> Bool { [0, 9, 10, 12, 13, 32].contains(byte) }

    private func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

extension Moment {
    /// `20261121093000+07'00'`, with a zone that is UTC when it is missing (ISO 32000-1, 7.9.4).
    init?(pdfDate text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            return Int(String(decoding: bytes[range], as: UTF8.self))
        }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8),
            let hour = number(8..<10), let minute = number(10..<12), let second = number(12..<14), hour < 24,
            minute < 60, second < 60, let date = Day(year: year, month: month, day: day)
        else { return nil }
        var offset = 0
        if bytes.count >= 17, let hours = number(15..<17), hours < 24 {
            let minutes = number(18..<20) ?? 0
            offset = (hours * 3600 + minutes * 60) * (bytes[14] == 0x2D ? -1 : 1)
        }
        self.init(seconds: Int64(date.ordinal) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset))
    }
}
