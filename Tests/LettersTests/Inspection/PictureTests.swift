import Permits
import Testing

@testable import Letters

@Suite struct PictureTests {
    private typealias P = PictureMaker
    private static let end: [UInt8] = [0xFF, 0xD9]

    static let bad: [(String, [UInt8], FileFault)] = [
        ("PNG without rows", P.png(P.header(10, 10), P.end), .damaged),
        ("PNG without end", P.png(P.header(10, 10), P.rows(310)), .cutOff),
        ("PNG cut in a chunk", Array(P.png(P.header(10, 10), P.rows(310), P.end).prefix(50)), .cutOff),
        ("PNG of its first bytes", Array(P.png(P.header(10, 10)).prefix(10)), .cutOff),
        ("PNG with a wrong sum", P.png(P.header(10, 10), P.chunk("IDAT", [1, 2], checksum: 7), P.end), .damaged),
        ("PNG with nonsense as rows", P.png(P.header(10, 10), P.chunk("IDAT", [1, 2, 3, 4]), P.end), .damaged),
        ("PNG with too few rows", P.png(P.header(10, 10), P.rows(300), P.end), .damaged),
        ("PNG with one byte too many", P.png(P.header(10, 10), P.rows(311), P.end), .bomb),
        ("PNG that unpacks to 64 MiB", P.png(P.header(10, 10), P.rows(64 << 20), P.end), .bomb),
        (
            "PNG whose profile unpacks to 9 MiB",
            P.png(P.header(10, 10), P.aside("iCCP", "a\0\0", 9 << 20), P.rows(310), P.end), .bomb
        ),
        (
            "PNG whose texts unpack to 12 MiB together",
            P.png(
                P.header(10, 10), P.aside("zTXt", "a\0\0", 6 << 20), P.aside("iTXt", "a\0\u{1}\0id\0b\0", 6 << 20),
                P.rows(310), P.end), .bomb
        ),
        ("PNG without width", P.png(P.header(0, 10), P.rows(10), P.end), .damaged),
        ("PNG of 100 megapixels", P.png(P.header(10_000, 10_000), P.rows(10), P.end), .tooManyPixels),
        ("PNG of 2^62 pixels", P.png(P.header(0x7FFF_FFFF, 0x7FFF_FFFF), P.rows(10), P.end), .tooManyPixels),
        (
            "PNG of 50 megapixels with 8 bytes each",
            P.png(P.header(7000, 7000, depth: 16, colour: 6), P.rows(10), P.end), .tooManyPixels
        ),
        ("PNG of an unknown colour type", P.png(P.header(10, 10, colour: 5), P.rows(310), P.end), .damaged),
        ("PNG of an impossible depth", P.png(P.header(10, 10, depth: 4), P.rows(310), P.end), .damaged),
        ("PNG with two headers", P.png(P.header(10, 10), P.header(10, 10), P.rows(310), P.end), .damaged),
        ("PNG that begins with rows", P.png(P.rows(310), P.header(10, 10), P.end), .damaged),
        (
            "PNG with a chunk of 4 GiB", P.png(P.header(10, 10), [0xFF, 0xFF, 0xFF, 0xFF, 0x49, 0x44, 0x41, 0x54]),
            .damaged
        ),
        ("JPEG without end", P.jpeg(P.frame(10, 10), P.scan), .cutOff),
        ("JPEG whose only end is in its preview", P.jpeg(P.segment(0xE1, end), P.frame(10, 10), P.scan), .cutOff),
        ("JPEG cut in a segment", P.jpeg([0xFF, 0xE1, 0xFF, 0xFF, 1, 2]), .cutOff),
        ("JPEG of three bytes", [0xFF, 0xD8, 0xFF], .cutOff),
        ("JPEG without frame", P.jpeg(P.scan, end), .damaged),
        ("JPEG without scan", P.jpeg(P.frame(10, 10), end), .damaged),
        ("JPEG with two frames", P.jpeg(P.frame(10, 10), P.frame(10, 10), P.scan, end), .damaged),
        ("JPEG without height", P.jpeg(P.frame(10, 0), P.scan, end), .damaged),
        ("JPEG of 4 gigapixels", P.jpeg(P.frame(65_535, 65_535), P.scan, end), .tooManyPixels),
        ("JPEG with a segment of no length", P.jpeg([0xFF, 0xE1, 0, 1], P.frame(10, 10), P.scan, end), .damaged),
        (
            "JPEG with nonsense between segments", P.jpeg(P.segment(0xE1, []) + [1, 2], P.frame(10, 10), P.scan, end),
            .damaged
        ),
        (
            "JPEG with 101 scans",
            P.jpeg(P.frame(10, 10), [[UInt8]](repeating: P.scan, count: 101).flatMap { $0 }, end), .tooComplex
        ),
        ("iPhone photo", [0, 0, 0, 24] + Array("ftypheic".utf8) + [UInt8](repeating: 0, count: 40), .heic),
        ("AVIF", [0, 0, 0, 24] + Array("ftypavif".utf8), .heic),
        ("film", [0, 0, 0, 24] + Array("ftypisom".utf8), .unknown),
        ("WebP", Array("RIFF\u{1}\u{1}\u{1}\u{1}WEBPVP8 ".utf8), .otherPicture),
        ("sound", Array("RIFF\u{1}\u{1}\u{1}\u{1}WAVEfmt ".utf8), .unknown),
        ("GIF", Array("GIF89a".utf8), .otherPicture),
        ("TIFF", Array("II*\0".utf8) + [8, 0, 0, 0], .otherPicture),
        ("BMP", Array("BM".utf8) + [UInt8](repeating: 0, count: 12) + [40, 0, 0, 0], .otherPicture),
        (
            "Word", Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 26) + Array("[Content_Types].xml".utf8),
            .office
        ),
        ("old Word", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .office),
        ("RTF", Array("{\\rtf1".utf8), .office),
        ("ZIP", Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 26) + Array("foto.jpg".utf8), .archive),
        ("RAR", Array("Rar!\u{1A}".utf8), .archive),
        ("text", Array("Halo".utf8), .unknown), ("page", Array("<html>".utf8), .unknown), ("nothing", [], .unknown),
        ("program", [0x4D, 0x5A, 0x90, 0], .unknown),
    ]

    @Test(arguments: bad.indices)
    func refuses(index: Int) {
        let (name, bytes, fault) = Self.bad[index]
        #expect(throws: fault, "\(name)") { try FileInspection.inspect(bytes) }
    }

    static let good: [(String, [UInt8], FileKind)] = [
        ("PNG", P.png(P.header(10, 20), P.rows(620), P.end), .png),
        ("PNG of bits", P.png(P.header(10, 20, depth: 1, colour: 0), P.rows(60), P.end), .png),
        ("PNG with transparency", P.png(P.header(10, 20, colour: 6), P.rows(820), P.end), .png),
        // Passes of 2x3, 1x3, 3x2, 2x5, 5x5, 5x10 and 10x10 pixels of one byte.
        (
            "PNG in passes",
            P.png(P.header(10, 20, colour: 0, interlaced: 1), P.rows(9 + 6 + 8 + 15 + 30 + 60 + 110), P.end), .png
        ),
        ("PNG with a rest of a larger one", P.png(P.header(10, 20), P.rows(620), P.end, P.rows(9)), .png),
        ("PNG with a comment", P.png(P.header(10, 20), P.chunk("tEXt", Array("a\0b".utf8)), P.rows(620), P.end), .png),
        (
            "PNG with a profile and texts",
            P.png(
                P.header(10, 20), P.aside("iCCP", "sRGB\0\0", 3 << 20), P.aside("zTXt", "a\0\0", 9000),
                P.aside("iTXt", "a\0\u{1}\0id\0b\0", 9000), P.chunk("iTXt", Array("a\0\0\0\0\0b".utf8)),
                P.chunk("iCCP", Array("a".utf8)), P.chunk("zTXt", Array("a\0\0rusak".utf8)), P.rows(620), P.end), .png
        ),
        ("JPEG", P.jpeg(P.frame(10, 20), P.scan, end), .jpeg),
        (
            "JPEG with a preview",
            P.jpeg(P.segment(0xE1, P.jpeg(P.frame(1, 1), P.scan, end)), P.frame(10, 20), P.scan, end), .jpeg
        ),
        ("JPEG in scans", P.jpeg(P.frame(10, 20, marker: 0xC2), P.scan, P.scan, P.scan, end), .jpeg),
        ("JPEG with fill bytes", P.jpeg([0xFF, 0xFF], P.frame(10, 20), [0xFF], P.scan, [0xFF], end), .jpeg),
        (
            "JPEG with a phone's own data behind it",
            P.jpeg(P.frame(10, 20), P.scan, end) + Array("SEFH PK\u{3}\u{4} <html>".utf8), .jpeg
        ),
    ]

    @Test(arguments: good.indices)
    func accepts(index: Int) throws {
        let (name, bytes, kind) = Self.good[index]
        #expect(try FileInspection.inspect(bytes) == FileFacts(kind: kind, width: 10, height: 20), "\(name)")
    }
}
