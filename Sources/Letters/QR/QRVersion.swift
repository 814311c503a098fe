/// What ISO/IEC 18004 fixes for a symbol version at error correction level M (tables 1, 9 and annex E).
struct QRVersion: Sendable, Equatable {
    let number: Int

    static let all = (1...totals.count).map(QRVersion.init(number:))

    private static let totals = [
        26, 44, 70, 100, 134, 172, 196, 242, 292, 346, 404, 466, 532, 581, 655, 733, 815, 901, 991, 1085,
    ]
    private static let corrections = [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    ]
    private static let blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16]
    private static let alignments: [[Int]] = [
        [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
        [6, 30, 54], [6, 32, 58], [6, 34, 62], [6, 26, 46, 66], [6, 26, 48, 70], [6, 26, 50, 74], [6, 30, 54, 78],
        [6, 30, 56, 82], [6, 30, 58, 86], [6, 34, 62, 90],
    ]

    /// Modules along a side, without the quiet zone.
    var size: Int { 17 + 4 * number }
    /// Codewords of data and error correction together.
    var totalCodewords: Int { Self.totals[number - 1] }
    var correctionPerBlock: Int { Self.corrections[number - 1] }
    var blocks: Int { Self.blockCounts[number - 1] }
    var dataCodewords: Int { totalCodewords - blocks * correctionPerBlock }
    /// Centres of the alignment patterns, in both directions.
    var alignmentCentres: [Int] { Self.alignments[number - 1] }
    /// Bits of the character count in byte mode.
    var countBits: Int { number < 10 ? 8 : 16 }
    /// Bits of the character count in numeric mode.
    var digitCountBits: Int { number < 10 ? 10 : 12 }
    /// Bytes of text that fit: mode (4 bits) and count come first.
    var capacity: Int { (dataCodewords * 8 - 4 - countBits) / 8 }

    /// 18 bits: the version with its BCH remainder (7.10); versions below 7 do not carry it.
    var information: Int { number << 12 | bchRemainder(of: number, degree: 12, generator: 0x1F25) }
}

/// 15 bits: level M (00) and the mask with their BCH remainder, masked (ISO/IEC 18004, 7.9).
func qrFormatInformation(mask: Int) -> Int {
    (mask << 10 | bchRemainder(of: mask, degree: 10, generator: 0x537)) ^ 0x5412
}

private func bchRemainder(of value: Int, degree: Int, generator: Int) -> Int {
    var remainder = value
    for _ in 0..<degree {
        remainder <<= 1
        if remainder >> degree & 1 == 1 { remainder ^= generator }
    }
    return remainder
}
