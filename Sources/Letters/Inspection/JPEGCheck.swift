import Permits

/// Walks the markers of a JPEG (ITU T.81, annex B) to its end. What phones append after that is theirs.
enum JPEGCheck {
    /// Progressive pictures have about ten scans; thousands keep a decoder busy for minutes.
    private static let maxScans = 100

    static func check(_ bytes: ByteView) throws(FileFault) -> FileFacts {
        var size: (width: Int, height: Int)?
        var scans = 0
        var at = 2
        while true {
            // Fill bytes may stand before a marker (B.1.1.2).
            while bytes[at] == 0xFF, bytes[at + 1] == 0xFF { at += 1 }
            guard at + 1 < bytes.count else { throw .cutOff }
            guard bytes[at] == 0xFF else { throw .damaged }
            let marker = bytes[at + 1]
            at += 2
            if marker == 0xD9 { break }
            // TEM and restart markers stand alone.
            if marker == 0x01 || (0xD0...0xD7).contains(marker) { continue }
            guard marker >= 0xC0, marker != 0xD8 else { throw .damaged }
            guard at + 2 <= bytes.count else { throw .cutOff }
            let length = bytes.number16(at)
            guard length >= 2 else { throw .damaged }
            guard length <= bytes.count - at else { throw .cutOff }
            if isFrame(marker) {
                guard size == nil else { throw .damaged }
                size = try frame(bytes, at: at, length: length)
            }
            at += length
            if marker == 0xDA {
                guard size != nil else { throw .damaged }
                scans += 1
                guard scans <= maxScans else { throw .tooComplex }
                at = try endOfScan(bytes, from: at)
            }
        }
        guard let size, scans > 0 else { throw .damaged }
        return FileFacts(kind: .jpeg, width: size.width, height: size.height)
    }

    /// SOF0 to SOF15; C4, C8 and CC are others (table B.1).
    private static func isFrame(_ marker: UInt8) -> Bool {
        (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
    }

    /// B.2.2: precision, lines, samples per line, components of three bytes each.
    private static func frame(_ bytes: ByteView, at: Int, length: Int) throws(FileFault) -> (width: Int, height: Int) {
        let components = Int(bytes[at + 7])
        guard length == 8 + 3 * components, (1...4).contains(components), [8, 12].contains(bytes[at + 2])
        else { throw .damaged }
        let height = bytes.number16(at + 3)
        let width = bytes.number16(at + 5)
        try Picture.checkSize(width, height)
        return (width, height)
    }

    /// Where the next marker begins that is not part of the coded data.
    private static func endOfScan(_ bytes: ByteView, from start: Int) throws(FileFault) -> Int {
        var at = start
        while let mark = bytes.first(0xFF, from: at) {
            let next = bytes[mark + 1]
            guard mark + 1 < bytes.count else { break }
            if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return mark }
            at = next == 0xFF ? mark + 1 : mark + 2
        }
        throw .cutOff
    }
}
