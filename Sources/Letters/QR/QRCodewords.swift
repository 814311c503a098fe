/// Segments to the codewords of a symbol: padding, error correction, interleaving (ISO/IEC 18004, 7.4 to 7.6).
enum QRCodewords {
    static func encode(_ segments: [QRSegment], version: QRVersion) -> [UInt8] {
        interleave(data(segments, version: version), version: version)
    }

    static func data(_ segments: [QRSegment], version: QRVersion) -> [UInt8] {
        var bits = BitBuffer()
        for segment in segments { segment.write(to: &bits, version: version) }
        bits.append(0, count: min(4, version.dataCodewords * 8 - bits.count))
        bits.append(0, count: (8 - bits.count % 8) % 8)
        var bytes = bits.bytes
        var pad: UInt8 = 0xEC
        while bytes.count < version.dataCodewords {
            bytes.append(pad)
            pad ^= 0xEC ^ 0x11
        }
        return bytes
    }

    private static func interleave(_ data: [UInt8], version: QRVersion) -> [UInt8] {
        let short = version.dataCodewords / version.blocks
        let longBlocks = version.dataCodewords % version.blocks
        var blocks: [ArraySlice<UInt8>] = []
        var start = 0
        for index in 0..<version.blocks {
            // Shorter blocks come first.
            let length = index < version.blocks - longBlocks ? short : short + 1
            blocks.append(data[start..<start + length])
            start += length
        }
        let corrections = blocks.map { ReedSolomon.remainder(of: $0, count: version.correctionPerBlock) }
        var result: [UInt8] = []
        for index in 0...short {
            for block in blocks where index < block.count { result.append(block[block.startIndex + index]) }
        }
        for index in 0..<version.correctionPerBlock {
            for correction in corrections { result.append(correction[index]) }
        }
        return result
    }
}

/// Bits from the highest to the lowest of each byte.
struct BitBuffer {
    private(set) var bytes: [UInt8] = []
    private(set) var count = 0

    mutating func append(_ value: Int, count length: Int) {
        for bit in stride(from: length - 1, through: 0, by: -1) {
            if count % 8 == 0 { bytes.append(0) }
            bytes[count / 8] |= UInt8(value >> bit & 1) << UInt8(7 - count % 8)
            count += 1
        }
    }
}
