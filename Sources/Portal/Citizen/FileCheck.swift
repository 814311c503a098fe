import Foundation
import Permits

/// What keeps an officer from reading a file that begins well.
enum FileCheck {
    enum Damage: Equatable { case cutOff, encrypted }

    /// Weak networks and full phones cut files off; the end of a file tells.
    static func damage(of bytes: [UInt8], as kind: FileKind) -> Damage? {
        let data = Data(bytes)
        switch kind {
        case .pdf:
            // ISO 32000-1, 7.5.5: the last line is %%EOF; readers accept it within the last kilobyte.
            guard data.range(of: Data("%%EOF".utf8), in: max(0, data.count - 2048)..<data.count) != nil else {
                return .cutOff
            }
            return data.range(of: Data("/Encrypt".utf8)) == nil ? nil : .encrypted
        case .jpeg:
            // ITU T.81, B.1.1: the end marker follows the scan. Phones append data of their own after it.
            guard let scan = startOfScan(bytes) else { return .cutOff }
            return data.range(of: Data([0xFF, 0xD9]), in: scan..<data.count) == nil ? .cutOff : nil
        case .png:
            // ISO/IEC 15948, 11.2.5: an empty IEND chunk ends it.
            return data.range(of: Data([0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])) == nil ? .cutOff : nil
        }
    }

    /// Where the picture itself begins: past the segments, whose previews have end markers of their own.
    private static func startOfScan(_ bytes: [UInt8]) -> Int? {
        var at = 2
        while at + 4 <= bytes.count, bytes[at] == 0xFF {
            if bytes[at + 1] == 0xDA { return at + 2 }
            // Fill bytes may stand before a marker.
            if bytes[at + 1] == 0xFF {
                at += 1
                continue
            }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            guard length >= 2 else { return nil }
            at += 2 + length
        }
        return nil
    }
}
