import Glibc

/// Bytes of a file as the checks read them: beyond its ends everything is 0, so that no offset from a file can trap or
/// read elsewhere. Valid only within the closure that made the buffer.
struct ByteView {
    private let buffer: UnsafeBufferPointer<UInt8>
    var count: Int { buffer.count }

    init(_ buffer: UnsafeBufferPointer<UInt8>) { self.buffer = buffer }

    @inline(__always) subscript(_ index: Int) -> UInt8 {
        UInt(bitPattern: index) < UInt(bitPattern: buffer.count) ? buffer[index] : 0
    }

    /// Big-endian.
    func number16(_ at: Int) -> Int { Int(self[at]) << 8 | Int(self[at + 1]) }
    func number32(_ at: Int) -> Int { number16(at) << 16 | number16(at + 2) }

    func has(_ text: StaticString, at: Int) -> Bool {
        guard at >= 0, text.utf8CodeUnitCount <= count - at, let base = buffer.baseAddress else { return false }
        return memcmp(base + at, text.utf8Start, text.utf8CodeUnitCount) == 0
    }

    /// Where `text` stands next within `from..<to`.
    func first(_ text: StaticString, from: Int, to: Int? = nil) -> Int? {
        let end = min(to ?? count, count)
        let length = text.utf8CodeUnitCount
        guard from >= 0, length > 0, let base = buffer.baseAddress else { return nil }
        // The last letter of what is looked for here is rarer than the first.
        let last = Int32(text.utf8Start[length - 1])
        var at = from + length - 1
        while at < end, let hit = memchr(base + at, last, end - at) {
            let start = UnsafeRawPointer(hit) - UnsafeRawPointer(base) - length + 1
            if memcmp(base + start, text.utf8Start, length) == 0 { return start }
            at = start + length
        }
        return nil
    }

    func first(_ byte: UInt8, from: Int) -> Int? {
        guard from >= 0, from < count, let base = buffer.baseAddress,
            let found = memchr(base + from, Int32(byte), count - from)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// These bytes, cut at the end of the file.
    func part(_ from: Int, _ length: Int) -> UnsafeBufferPointer<UInt8> {
        let start = min(max(0, from), count)
        return UnsafeBufferPointer(rebasing: buffer[start..<min(count, start + max(0, length))])
    }
}
