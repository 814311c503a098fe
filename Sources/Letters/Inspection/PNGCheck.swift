import CZlib
import Permits

/// Walks the chunks of a PNG (ISO/IEC 15948) to its end, with their checksums, and unpacks its rows into nothing to see
/// that they are as many as it says. What else is packed in it, profiles and texts, is unpacked as well and limited
/// together: most viewers read at least the profile. Bytes after the end are left: some phones leave the rest of a cropped picture there.
enum PNGCheck {
    /// Bytes that profiles and texts may unpack to. libpng takes no more for one of them either.
    private static let maxAside = 8 << 20

    static func check(_ bytes: ByteView) throws(FileFault) -> FileFacts {
        var header: PNGHeader?
        var rows = Inflater()
        var rowBytes = 0
        var aside = maxAside
        var at = 8
        while true {
            guard at + 8 <= bytes.count else { throw .cutOff }
            let length = bytes.number32(at)
            guard length <= 0x7FFF_FFFF else { throw .damaged }
            guard length <= bytes.count - at - 12 else { throw .cutOff }
            let isHeader = bytes.has("IHDR", at: at + 4)
            guard isHeader == (header == nil) else { throw .damaged }
            guard checksum(bytes.part(at + 4, length + 4)) == bytes.number32(at + 8 + length) else { throw .damaged }
            if isHeader { header = try PNGHeader(bytes, at: at + 8, length: length) }
            if bytes.has("IDAT", at: at + 4), let header {
                var isTooMuch = false
                rows.feed(bytes.part(at + 8, length)) { block in
                    rowBytes += block.count
                    isTooMuch = rowBytes > header.rowBytes
                    return !isTooMuch
                }
                if isTooMuch { throw .bomb }
                if rows.state == .broken { throw .damaged }
            }
            if let packed = packedAside(bytes, at: at, length: length) { try unpack(packed, room: &aside) }
            if bytes.has("IEND", at: at + 4) { break }
            at += 12 + length
        }
        guard let header, rows.state == .done, rowBytes == header.rowBytes else { throw .damaged }
        return FileFacts(kind: .png, width: header.width, height: header.height)
    }

    /// The packed part of iCCP (11.3.2.3), zTXt and iTXt (11.3.3.3 and 11.3.3.4): what stands behind the name.
    private static func packedAside(_ bytes: ByteView, at: Int, length: Int) -> UnsafeBufferPointer<UInt8>? {
        let end = at + 8 + length
        func behindText(_ start: Int) -> Int? { bytes.first(0, from: start).flatMap { $0 < end ? $0 + 1 : nil } }
        guard let name = behindText(at + 8) else { return nil }
        var start = name + 1
        if bytes.has("iTXt", at: at + 4) {
            guard bytes[name] == 1, let language = behindText(name + 2), let keyword = behindText(language) else {
                return nil
            }
            start = keyword
        } else if !bytes.has("iCCP", at: at + 4), !bytes.has("zTXt", at: at + 4) {
            return nil
        }
        return start < end ? bytes.part(start, end - start) : nil
    }

    /// Viewers pass over what is broken here, so only the size counts.
    private static func unpack(_ packed: UnsafeBufferPointer<UInt8>, room: inout Int) throws(FileFault) {
        var left = room
        var inflater = Inflater()
        inflater.feed(packed) { block in
            left -= block.count
            return left >= 0
        }
        room = left
        if left < 0 { throw .bomb }
    }

    private static func checksum(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        Int(crc32_z(0, bytes.baseAddress, bytes.count))
    }
}

/// IHDR (11.2.2).
private struct PNGHeader {
    let width: Int
    let height: Int
    /// Bytes of all rows with their filter bytes, as the data must unpack to.
    let rowBytes: Int

    init(_ bytes: ByteView, at: Int, length: Int) throws(FileFault) {
        width = bytes.number32(at)
        height = bytes.number32(at + 4)
        let depth = Int(bytes[at + 8])
        // Channels and the depths that go with them, by colour type (table 11.1).
        let kinds: [UInt8: (channels: Int, depths: [Int])] = [
            0: (1, [1, 2, 4, 8, 16]), 2: (3, [8, 16]), 3: (1, [1, 2, 4, 8]), 4: (2, [8, 16]), 6: (4, [8, 16]),
        ]
        guard length == 13, let kind = kinds[bytes[at + 9]], kind.depths.contains(depth), bytes[at + 10] == 0,
            bytes[at + 11] == 0, bytes[at + 12] <= 1
        else { throw .damaged }
        try Picture.checkSize(width, height)
        let bits = depth * kind.channels
        func bytesOf(_ width: Int, _ height: Int) -> Int { width == 0 ? 0 : height * (1 + (width * bits + 7) / 8) }
        if bytes[at + 12] == 0 {
            rowBytes = bytesOf(width, height)
        } else {
            // Adam7 (8.2): where each pass begins, and its steps.
            let passes = [
                (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
            ]
            let (width, height) = (width, height)
            rowBytes = passes.reduce(0) { sum, pass in
                let columns = max(0, width - pass.0 + pass.2 - 1) / pass.2
                return sum + bytesOf(columns, max(0, height - pass.1 + pass.3 - 1) / pass.3)
            }
        }
        guard rowBytes <= Picture.maxRowBytes else { throw .tooManyPixels }
    }
}
