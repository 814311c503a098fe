import Foundation

@testable import Letters

/// Two decoders that know nothing of each other or of us.
enum QRReaders {
    /// What each makes of the code.
    static func read(_ code: QRCode, scale: Int = 4) throws -> (zbar: String, zxing: String) {
        let scratch = try Scratch()
        let path = try scratch.write(grayMap(code, scale: scale), as: "qr-\(UUID().uuidString).pgm")
        return try withExtendedLifetime(scratch) {
            var zbar = try Tool.zbarimg.run(["--quiet", "--raw", path]).output
            // It ends what it read with a line end.
            if zbar.hasSuffix("\n") { zbar.removeLast() }
            return (zbar, try SignatureJudges.python.run(["-c", zxingScript, path]).output)
        }
    }

    private static let zxingScript = """
        import sys, zxingcpp
        data = open(sys.argv[1], 'rb').read()
        side = int(data.split(b'\\n')[1].split()[0])
        pixels = memoryview(data[-side * side:]).cast('B', (side, side))
        print(''.join(found.text for found in zxingcpp.read_barcodes(pixels)), end='')
        """

    /// PGM with the quiet zone of four modules.
    private static func grayMap(_ code: QRCode, scale: Int) -> [UInt8] {
        let side = (code.size + 8) * scale
        var bytes = Array("P5\n\(side) \(side)\n255\n".utf8)
        for y in 0..<side {
            for x in 0..<side { bytes.append(code[x / scale - 4, y / scale - 4] ? 0 : 255) }
        }
        return bytes
    }
}
