/// Bytes of a font file, read big-endian with every index checked: the file is outside our control.
struct FontData: Sendable {
    let path: String
    let bytes: [UInt8]

    var damaged: LetterError { .fontDamaged(path) }

    func u8(_ offset: Int) throws(LetterError) -> Int {
        guard bytes.indices.contains(offset) else { throw damaged }
        return Int(bytes[offset])
    }

    func u16(_ offset: Int) throws(LetterError) -> Int {
        guard offset >= 0, offset + 2 <= bytes.count else { throw damaged }
        return Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
    }

    func i16(_ offset: Int) throws(LetterError) -> Int {
        Int(Int16(truncatingIfNeeded: try u16(offset)))
    }

    func u32(_ offset: Int) throws(LetterError) -> Int {
        try u16(offset) << 16 | u16(offset + 2)
    }

    func slice(_ offset: Int, _ count: Int) throws(LetterError) -> ArraySlice<UInt8> {
        guard offset >= 0, count >= 0, offset + count <= bytes.count else { throw damaged }
        return bytes[offset..<offset + count]
    }
}
