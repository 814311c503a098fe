/// `cmap`: scalars to glyphs, from the Windows Unicode subtables (formats 4 and 12).
enum CharacterMap {
    static func read(_ data: FontData, cmap: Range<Int>) throws(LetterError) -> [Unicode.Scalar: GlyphID] {
        var map: [Unicode.Scalar: GlyphID] = [:]
        for index in 0..<(try data.u16(cmap.lowerBound + 2)) {
            let record = cmap.lowerBound + 4 + index * 8
            guard try data.u16(record) == 3 else { continue }
            let start = cmap.lowerBound + (try data.u32(record + 4))
            switch try data.u16(start) {
            case 4: try readSegments(data, at: start, into: &map)
            case 12: try readGroups(data, at: start, into: &map)
            default: continue
            }
        }
        guard !map.isEmpty else { throw data.damaged }
        return map
    }

    private static func readSegments(
        _ data: FontData, at start: Int, into map: inout [Unicode.Scalar: GlyphID]
    ) throws(LetterError) {
        let doubled = try data.u16(start + 6)
        let ends = start + 14
        let starts = ends + doubled + 2
        let deltas = starts + doubled
        let ranges = deltas + doubled
        for segment in stride(from: 0, to: doubled, by: 2) {
            let last = try data.u16(ends + segment)
            let first = try data.u16(starts + segment)
            let delta = try data.u16(deltas + segment)
            let range = try data.u16(ranges + segment)
            guard first <= last, first != 0xFFFF else { continue }
            for code in first...last {
                var glyph = code
                if range != 0 {
                    // idRangeOffset counts from its own place in the table.
                    glyph = try data.u16(ranges + segment + range + (code - first) * 2)
                    guard glyph != 0 else { continue }
                }
                if let scalar = Unicode.Scalar(UInt32(code)) { map[scalar] = GlyphID((glyph + delta) & 0xFFFF) }
            }
        }
    }

    private static func readGroups(
        _ data: FontData, at start: Int, into map: inout [Unicode.Scalar: GlyphID]
    ) throws(LetterError) {
        for index in 0..<(try data.u32(start + 12)) {
            let group = start + 16 + index * 12
            let first = try data.u32(group)
            let last = try data.u32(group + 4)
            let glyph = try data.u32(group + 8)
            guard first <= last, last <= 0x10FFFF, glyph + last - first <= 0xFFFF else { throw data.damaged }
            for code in first...last {
                if let scalar = Unicode.Scalar(UInt32(code)) { map[scalar] = GlyphID(glyph + code - first) }
            }
        }
    }
}

/// `kern`, horizontal pairs of format 0; other subtables are left out. Every two glyphs of a letter are looked up
/// here, so pairs stand in flat arrays, by left glyph.
struct Kerning: Sendable {
    /// Where the pairs of each left glyph begin, and one more for the end of the last.
    private var starts: [Int] = []
    /// Right glyphs, ascending within a left one.
    private var rights: [GlyphID] = []
    /// Font units.
    private var values: [Int] = []

    var isEmpty: Bool { values.isEmpty }

    init() {}

    /// Font units between the glyphs, 0 without a pair.
    func between(_ left: GlyphID, _ right: GlyphID) -> Int {
        guard Int(left) + 1 < starts.count else { return 0 }
        var low = starts[Int(left)]
        var high = starts[Int(left) + 1]
        while low < high {
            let middle = (low + high) / 2
            if rights[middle] == right { return values[middle] }
            if rights[middle] < right { low = middle + 1 } else { high = middle }
        }
        return 0
    }

    init(_ data: FontData, kern: Range<Int>) throws(LetterError) {
        let pairs = try Self.pairs(data, kern: kern)
        for pair in pairs.keys.sorted(by: { ($0.left, $0.right) < ($1.left, $1.right) }) {
            while starts.count <= Int(pair.left) { starts.append(rights.count) }
            rights.append(pair.right)
            values.append(pairs[pair] ?? 0)
        }
        starts.append(rights.count)
    }

    private struct Pair: Hashable {
        let left: GlyphID
        let right: GlyphID
    }

    private static func pairs(_ data: FontData, kern: Range<Int>) throws(LetterError) -> [Pair: Int] {
        var pairs: [Pair: Int] = [:]
        guard try data.u16(kern.lowerBound) == 0 else { return pairs }
        var subtable = kern.lowerBound + 4
        for _ in 0..<(try data.u16(kern.lowerBound + 2)) {
            let length = try data.u16(subtable + 2)
            let coverage = try data.u16(subtable + 4)
            if coverage >> 8 == 0, coverage & 0b111 == 1 {
                for index in 0..<(try data.u16(subtable + 6)) {
                    let pair = subtable + 14 + index * 6
                    let left = GlyphID(try data.u16(pair))
                    let right = GlyphID(try data.u16(pair + 2))
                    pairs[Pair(left: left, right: right)] = try data.i16(pair + 4)
                }
            }
            guard length > 0 else { break }
            subtable += length
        }
        return pairs
    }
}
