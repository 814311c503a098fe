/// Writes a composite font for a subset: Type0 over CIDFontType2 with Identity-H, and a ToUnicode map, so that text
/// can be copied and searched (ISO 32000-1, 9.7 and 9.10.3).
struct EmbeddedFont {
    let font: TrueTypeFont
    let use: GlyphUse

    func write(to writer: inout PDFWriter, profile: ArchiveProfile) throws(LetterError) -> PDFReference {
        var subset = FontSubset(font, use: use)
        let program = try subset.bytes()
        let name = "\(tag)+\(font.postScriptName)"
        let file = writer.addStream(["Length1": .integer(program.count)], program)
        var descriptor: PDFDictionary = [
            "Type": .name("FontDescriptor"), "FontName": .name(name),
            "Flags": .integer(4),  // symbolic: no encoding by character names
            "FontBBox": .integers(font.boundingBox.map(perMille)), "ItalicAngle": .integer(0),
            "Ascent": .integer(perMille(font.ascent)), "Descent": .integer(perMille(font.descent)),
            "CapHeight": .integer(perMille(font.capHeight)),
            // The file does not tell; the usual estimate from the weight class.
            "StemV": .integer(10 + 220 * (font.weight - 50) / 900),
            "FontFile2": .reference(file),
        ]
        if profile == .a1b {
            let set = writer.addStream([:], glyphSet(count: subset.glyphCount))
            descriptor.add("CIDSet", .reference(set))
        }
        let descriptorReference = writer.add(.dictionary(descriptor))
        let widths = use.glyphs.map { PDFValue.integer(perMille(font.advance($0))) }
        let descendant = writer.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("CIDFontType2"), "BaseFont": .name(name),
                "CIDSystemInfo": .dictionary([
                    "Registry": .text("Adobe"), "Ordering": .text("Identity"), "Supplement": .integer(0),
                ]),
                "CIDToGIDMap": .name("Identity"), "FontDescriptor": .reference(descriptorReference),
                "DW": .integer(perMille(font.advance(0))), "W": .array([.integer(0), .array(widths)]),
            ]))
        let unicode = writer.addStream([:], toUnicode)
        return writer.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("Type0"), "BaseFont": .name(name),
                "Encoding": .name("Identity-H"), "DescendantFonts": .array([.reference(descendant)]),
                "ToUnicode": .reference(unicode),
            ]))
    }

    private func perMille(_ value: Int) -> Int {
        Int((Double(value) * 1000 / Double(font.unitsPerEm)).rounded())
    }

    /// Six capitals that differ between subsets (9.6.4), from the glyphs in them.
    private var tag: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for glyph in use.glyphs {
            hash = (hash ^ UInt64(glyph)) &* 0x100_0000_01B3
        }
        var tag = ""
        for _ in 0..<6 {
            tag.unicodeScalars.append(Unicode.Scalar(UInt8(65 + hash % 26)))
            hash /= 26
        }
        return tag
    }

    private func glyphSet(count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (count + 7) / 8)
        for index in 0..<count { bytes[index / 8] |= 0x80 >> UInt8(index % 8) }
        return bytes
    }

    private var toUnicode: [UInt8] {
        let mapped = use.glyphs.enumerated().compactMap { number, glyph in
            font.scalars[glyph].map { (number: number, scalar: $0) }
        }
        var map: [UInt8] = []
        map.append(
            """
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """)
        // A block holds at most 100 entries.
        for start in stride(from: 0, to: mapped.count, by: 100) {
            let block = mapped[start..<min(start + 100, mapped.count)]
            map.append("\(block.count) beginbfchar\n")
            for entry in block {
                map.append("<")
                map.append(hexDigitsOf: entry.number)
                map.append("> <")
                for unit in String(entry.scalar).utf16 { map.append(hexDigitsOf: Int(unit)) }
                map.append(">\n")
            }
            map.append("endbfchar\n")
        }
        map.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
        return map
    }
}
