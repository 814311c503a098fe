@testable import Letters

/// Small pictures written by hand, good and bad.
enum PictureMaker {
    static func chunk(_ kind: String, _ body: [UInt8], checksum: UInt32? = nil) -> [UInt8] {
        let content = Array(kind.utf8) + body
        return word(UInt32(body.count)) + content + word(checksum ?? crc(content))
    }

    static func header(_ width: Int, _ height: Int, depth: UInt8 = 8, colour: UInt8 = 2, interlaced: UInt8 = 0)
        -> [UInt8]
    {
        chunk("IHDR", word(UInt32(width)) + word(UInt32(height)) + [depth, colour, 0, 0, interlaced])
    }

    static func png(_ chunks: [UInt8]...) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunks.flatMap { $0 }
    }

    static func rows(_ bytes: Int) -> [UInt8] { chunk("IDAT", deflate([UInt8](repeating: 0, count: bytes)) ?? []) }

    /// A chunk with packed zeros behind its names.
    static func aside(_ kind: String, _ names: String, _ bytes: Int) -> [UInt8] {
        chunk(kind, Array(names.utf8) + (deflate([UInt8](repeating: 0, count: bytes)) ?? []))
    }

    static let end = chunk("IEND", [])

    static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 0xFF)] + body
    }

    static func frame(_ width: Int, _ height: Int, marker: UInt8 = 0xC0) -> [UInt8] {
        let size = [height >> 8, height & 0xFF, width >> 8, width & 0xFF].map { UInt8($0) }
        return segment(marker, [8] + size + [1, 1, 0x11, 0])
    }

    static let scan = segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]

    static func jpeg(_ parts: [UInt8]...) -> [UInt8] { [0xFF, 0xD8] + parts.flatMap { $0 } }

    private static func word(_ value: UInt32) -> [UInt8] { (0..<4).reversed().map { UInt8(value >> ($0 * 8) & 0xFF) } }

    /// ISO/IEC 15948, annex D, bit by bit.
    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var sum: UInt32 = .max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? 0xEDB8_8320 ^ sum >> 1 : sum >> 1 }
        }
        return ~sum
    }
}
