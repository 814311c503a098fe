/// A name that viewers read differently, since it has bytes in it that the standard leaves open or forbids.
struct TornName {
    /// The forbidden name that one of them reads, or `torn` when all of them read unknown ones; nil when a known name is
    /// among them, so that what the file says depends on the viewer.
    let key: PDFKey?

    /// - Parameter range: The bytes behind the slash.
    init(_ bytes: ByteView, _ range: Range<Int>) {
        // Pdfium ends names at its own blanks.
        let cut = range.lowerBound..<(range.first { PDFLexer.isBlankToSome(bytes[$0]) } ?? range.upperBound)
        var key: PDFKey? = .torn
        for range in cut == range ? [range] : [cut, range] {
            for (isLenient, endsAtZero) in [(false, false), (false, true), (true, false), (true, true)] {
                let reading = Self.reading(bytes, range, isLenient: isLenient, endsAtZero: endsAtZero)
                if reading.fault != nil {
                    self.key = reading
                    return
                }
                if reading != .other { key = nil }
            }
        }
        self.key = key
    }

    /// - Parameter isLenient: Whether `#` takes the next two characters whatever they are, reckoned as pdfium does: from A
    ///   on ten and more, all others by their distance to 0 or A.
    /// - Parameter endsAtZero: Whether a zero byte ends the name; else it is left out.
    private static func reading(
        _ bytes: ByteView, _ range: Range<Int>, isLenient: Bool, endsAtZero: Bool
    ) -> PDFKey {
        var name = PackedName()
        var at = range.lowerBound
        // Longer ones are none that the scanner knows.
        while at < range.upperBound, name.count <= 16 {
            var byte = bytes[at]
            at += 1
            if byte == 0x23, at + 1 < range.upperBound {
                if let high = PDFLexer.digit(bytes[at]), let low = PDFLexer.digit(bytes[at + 1]) {
                    byte = high << 4 | low
                    at += 2
                } else if isLenient {
                    byte = distance(bytes[at]) &* 16 &+ distance(bytes[at + 1])
                    at += 2
                }
            }
            if byte != 0 {
                name.append(byte)
            } else if endsAtZero {
                break
            }
        }
        return PDFKey.named(name)
    }

    private static func distance(_ byte: UInt8) -> UInt8 {
        let upper = byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte
        return upper > 0x39 ? upper &- 0x41 &+ 10 : upper &- 0x30
    }
}
