/// Glyphs that a letter uses of one font, numbered anew in the order of first use; 0 stays `.notdef`.
struct GlyphUse {
    private(set) var glyphs: [GlyphID] = [0]
    /// By glyph, 0 for those that are not used yet.
    private var numbers: [UInt16] = []

    var isEmpty: Bool { glyphs.count == 1 }

    /// Number of the glyph in the subset, which is also its CID.
    mutating func number(_ glyph: GlyphID) -> Int {
        let index = Int(glyph)
        if index >= numbers.count { numbers += repeatElement(0, count: index + 64 - numbers.count) }
        guard index > 0, numbers[index] == 0 else { return Int(numbers[index]) }
        // There are no more numbers than glyphs, which have 16 bits.
        numbers[index] = UInt16(truncatingIfNeeded: glyphs.count)
        glyphs.append(glyph)
        return glyphs.count - 1
    }
}

/// A font file of the used glyphs only, for `FontFile2` (ISO 32000-1, 9.9: `cmap` and names are not needed by a
/// CIDFontType2). Hints are dropped, which halves the size; viewers hardly use them at print resolution.
struct FontSubset {
    private let font: TrueTypeFont
    private var use: GlyphUse

    init(_ font: TrueTypeFont, use: GlyphUse) {
        self.font = font
        self.use = use
    }

    /// Glyphs in the file, components of composites included; known after `bytes()`.
    var glyphCount: Int { use.glyphs.count }

    mutating func bytes() throws(LetterError) -> [UInt8] {
        var glyf: [UInt8] = []
        var loca: [UInt8] = []
        var hmtx: [UInt8] = []
        var index = 0
        // Components of composite glyphs join the list while we walk it.
        while index < use.glyphs.count {
            let glyph = use.glyphs[index]
            loca.append32(glyf.count)
            let outline = try outline(glyph)
            glyf += outline
            while glyf.count % 4 != 0 { glyf.append(0) }
            hmtx.append16(font.advance(glyph))
            hmtx.append16(outline.count >= 4 ? Int(outline[2]) << 8 | Int(outline[3]) : 0)
            index += 1
        }
        loca.append32(glyf.count)
        return Self.file([
            ("glyf", glyf),
            ("head", try head()),
            ("hhea", try patched("hhea", at: 34, with: use.glyphs.count)),
            ("hmtx", hmtx),
            ("loca", loca),
            ("maxp", try patched("maxp", at: 4, with: use.glyphs.count)),
        ])
    }

    private mutating func outline(_ glyph: GlyphID) throws(LetterError) -> [UInt8] {
        guard Int(glyph) + 1 < font.glyphOffsets.count else { throw font.data.damaged }
        let start = font.glyphOffsets[Int(glyph)]
        let end = font.glyphOffsets[Int(glyph) + 1]
        guard end > start else { return [] }
        let contours = try font.data.i16(start)
        return contours < 0 ? try composite(start) : try simple(start..<end, contours: contours)
    }

    private func simple(_ range: Range<Int>, contours: Int) throws(LetterError) -> [UInt8] {
        let instructions = range.lowerBound + 10 + contours * 2
        let points = instructions + 2 + (try font.data.u16(instructions))
        guard points <= range.upperBound else { throw font.data.damaged }
        return try font.data.slice(range.lowerBound, instructions - range.lowerBound) + [0, 0]
            + font.data.slice(points, range.upperBound - points)
    }

    private mutating func composite(_ start: Int) throws(LetterError) -> [UInt8] {
        var bytes = Array(try font.data.slice(start, 10))
        var place = start + 10
        while true {
            let flags = try font.data.u16(place)
            let component = GlyphID(try font.data.u16(place + 2))
            var arguments = flags & 0x0001 != 0 ? 4 : 2  // words or bytes
            if flags & 0x0008 != 0 { arguments += 2 }  // one scale
            if flags & 0x0040 != 0 { arguments += 4 }  // x and y scale
            if flags & 0x0080 != 0 { arguments += 8 }  // two by two
            bytes.append16(flags & ~0x0100)  // no instructions
            bytes.append16(use.number(component))
            bytes += try font.data.slice(place + 4, arguments)
            place += 4 + arguments
            if flags & 0x0020 == 0 { return bytes }  // no more components
        }
    }

    private func head() throws(LetterError) -> [UInt8] {
        var head = try patched("head", at: 50, with: 1)  // long offsets in loca
        head.replaceSubrange(8..<12, with: [0, 0, 0, 0])  // checkSumAdjustment, ignored inside a PDF
        return head
    }

    private func patched(_ tag: String, at offset: Int, with value: Int) throws(LetterError) -> [UInt8] {
        let range = try TrueTypeFont.table(tag, in: font.tables, of: font.data)
        var table = Array(try font.data.slice(range.lowerBound, range.count))
        guard table.count >= max(offset + 2, 12) else { throw font.data.damaged }
        table[offset] = UInt8(truncatingIfNeeded: value >> 8)
        table[offset + 1] = UInt8(truncatingIfNeeded: value)
        return table
    }

    private static func file(_ tables: [(tag: String, bytes: [UInt8])]) -> [UInt8] {
        var power = 1
        var exponent = 0
        while power * 2 <= tables.count {
            power *= 2
            exponent += 1
        }
        var file: [UInt8] = []
        file.append32(0x0001_0000)
        file.append16(tables.count)
        file.append16(power * 16)
        file.append16(exponent)
        file.append16((tables.count - power) * 16)
        var offset = 12 + tables.count * 16
        for table in tables {
            file += Array(table.tag.utf8)
            file.append32(checksum(table.bytes))
            file.append32(offset)
            file.append32(table.bytes.count)
            offset += (table.bytes.count + 3) & ~3
        }
        for table in tables {
            file += table.bytes
            while file.count % 4 != 0 { file.append(0) }
        }
        return file
    }

    private static func checksum(_ bytes: [UInt8]) -> Int {
        var sum: UInt32 = 0
        for (index, byte) in bytes.enumerated() {
            sum &+= UInt32(byte) << UInt32(24 - index % 4 * 8)
        }
        return Int(sum)
    }
}

extension [UInt8] {
    /// Big-endian, as fonts and ICC profiles are.
    mutating func append16(_ value: Int) {
        append(UInt8(truncatingIfNeeded: value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }

    mutating func append32(_ value: Int) {
        append16(value >> 16)
        append16(value)
    }
}
