/// A TrueType font as far as setting and embedding text needs it. Lengths are in font units, `unitsPerEm` to the em.
/// Tables as in the OpenType specification 1.9 (`head`, `hhea`, `maxp`, `hmtx`, `loca`, `glyf`, `cmap`, `OS/2`, `kern`).
struct TrueTypeFont: Sendable {
    let data: FontData
    let postScriptName: String
    let unitsPerEm: Int
    let ascent: Int
    let descent: Int
    let capHeight: Int
    let weight: Int
    /// xMin, yMin, xMax, yMax over all glyphs.
    let boundingBox: [Int]
    let advances: [Int]
    /// Offset of each glyph in the file, and one more for the end of the last.
    let glyphOffsets: [Int]
    let tables: [String: Range<Int>]
    /// Scalar that a glyph stands for in extracted text.
    let scalars: [GlyphID: Unicode.Scalar]
    let kerning: Kerning

    private let ascii: [GlyphID]
    /// Keyed by Character, because Characters are equal when canonically equivalent: a decomposed `é` finds
    /// the composed glyph without a normalisation pass.
    private let glyphs: [Character: GlyphID]

    init(_ data: FontData, postScriptName: String) throws(LetterError) {
        self.data = data
        self.postScriptName = postScriptName
        tables = try Self.directory(data)
        let head = try Self.table("head", in: tables, of: data)
        let hhea = try Self.table("hhea", in: tables, of: data)
        let maxp = try Self.table("maxp", in: tables, of: data)
        let os2 = try Self.table("OS/2", in: tables, of: data)
        unitsPerEm = try data.u16(head.lowerBound + 18)
        boundingBox = [
            try data.i16(head.lowerBound + 36), try data.i16(head.lowerBound + 38),
            try data.i16(head.lowerBound + 40), try data.i16(head.lowerBound + 42),
        ]
        ascent = try data.i16(hhea.lowerBound + 4)
        descent = try data.i16(hhea.lowerBound + 6)
        weight = try data.u16(os2.lowerBound + 4)
        capHeight = try data.u16(os2.lowerBound) >= 2 ? data.i16(os2.lowerBound + 88) : ascent
        let count = try data.u16(maxp.lowerBound + 4)
        guard unitsPerEm > 0, count > 0 else { throw data.damaged }

        advances = try Self.advances(
            data, hmtx: Self.table("hmtx", in: tables, of: data),
            metrics: data.u16(hhea.lowerBound + 34), count: count)
        glyphOffsets = try Self.offsets(
            data, loca: Self.table("loca", in: tables, of: data), glyf: Self.table("glyf", in: tables, of: data),
            long: data.i16(head.lowerBound + 50) != 0, count: count)
        let map = try CharacterMap.read(data, cmap: Self.table("cmap", in: tables, of: data))
        kerning = try tables["kern"].map { (kern) throws(LetterError) in try Kerning(data, kern: kern) } ?? Kerning()

        var ascii = [GlyphID](repeating: 0, count: 128)
        var glyphs: [Character: GlyphID] = [:]
        var scalars: [GlyphID: Unicode.Scalar] = [:]
        for (scalar, glyph) in map.sorted(by: { $0.key < $1.key }) where Int(glyph) < count && glyph != 0 {
            glyphs[Character(scalar), default: glyph] = glyph
            // The lowest scalar wins: a space stays a space though U+00A0 shares its glyph.
            if scalars[glyph] == nil { scalars[glyph] = scalar }
            if scalar.isASCII { ascii[Int(scalar.value)] = glyph }
        }
        self.ascii = ascii
        self.glyphs = glyphs
        self.scalars = scalars
    }

    /// nil when the font does not have the character.
    func glyph(_ character: Character) -> GlyphID? {
        if let byte = character.asciiValue { return glyph(ascii: byte) }
        return glyphs[character]
    }

    /// The same for a byte below 128.
    func glyph(ascii byte: UInt8) -> GlyphID? {
        guard Int(byte) < ascii.count, ascii[Int(byte)] != 0 else { return nil }
        return ascii[Int(byte)]
    }

    func advance(_ glyph: GlyphID) -> Int {
        advances.indices.contains(Int(glyph)) ? advances[Int(glyph)] : 0
    }

    static func table(_ tag: String, in tables: [String: Range<Int>], of data: FontData) throws(LetterError)
        -> Range<Int>
    {
        guard let range = tables[tag] else { throw data.damaged }
        return range
    }

    private static func directory(_ data: FontData) throws(LetterError) -> [String: Range<Int>] {
        guard try data.u32(0) == 0x0001_0000 else { throw data.damaged }
        var tables: [String: Range<Int>] = [:]
        for index in 0..<(try data.u16(4)) {
            let record = 12 + index * 16
            let tag = String(decoding: try data.slice(record, 4), as: UTF8.self)
            let offset = try data.u32(record + 8)
            let length = try data.u32(record + 12)
            guard offset + length <= data.bytes.count else { throw data.damaged }
            tables[tag] = offset..<offset + length
        }
        return tables
    }

    private static func advances(
        _ data: FontData, hmtx: Range<Int>, metrics: Int, count: Int
    ) throws(LetterError) -> [Int] {
        guard metrics > 0 else { throw data.damaged }
        var advances: [Int] = []
        advances.reserveCapacity(count)
        for glyph in 0..<count {
            // The last full metric holds for all glyphs after it.
            advances.append(try data.u16(hmtx.lowerBound + min(glyph, metrics - 1) * 4))
        }
        return advances
    }

    private static func offsets(
        _ data: FontData, loca: Range<Int>, glyf: Range<Int>, long: Bool, count: Int
    ) throws(LetterError) -> [Int] {
        var offsets: [Int] = []
        offsets.reserveCapacity(count + 1)
        for glyph in 0...count {
            let offset =
                long ? try data.u32(loca.lowerBound + glyph * 4) : try data.u16(loca.lowerBound + glyph * 2) * 2
            guard offset <= glyf.count, glyf.lowerBound + offset >= offsets.last ?? 0 else { throw data.damaged }
            offsets.append(glyf.lowerBound + offset)
        }
        return offsets
    }
}

typealias GlyphID = UInt16
