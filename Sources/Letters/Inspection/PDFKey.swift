/// Names (ISO 32000-1, 7.3.5) that the scanner knows; all others are alike to it.
enum PDFKey: UInt8 {
    case other
    case type, subtype, action, kind3D, parent, count, page, pages
    case javaScript, script, launch, richMedia, movie, sound, rendition, xfa, encrypt
    case embeddedFile, embeddedFiles, embeddedStream, fileAttachment
    case openAction, additionalActions, next, goTo, named, thread, hide, optionalContent, transition, resetForm
    case objectStream, first, number, filter, parameters, flate, predictor, columns, colors, bits

    private static let spellings: [(String, PDFKey)] = [
        ("Type", .type), ("Subtype", .subtype), ("S", .action), ("3D", .kind3D), ("Parent", .parent),
        ("Count", .count), ("Page", .page), ("Pages", .pages),
        ("JavaScript", .javaScript), ("JS", .script), ("Launch", .launch), ("RichMedia", .richMedia),
        ("RichMediaExecute", .richMedia), ("Movie", .movie), ("Sound", .sound), ("Rendition", .rendition),
        ("XFA", .xfa), ("Encrypt", .encrypt),
        ("EmbeddedFile", .embeddedFile), ("EmbeddedFiles", .embeddedFiles), ("EF", .embeddedStream),
        ("FileAttachment", .fileAttachment),
        ("OpenAction", .openAction), ("AA", .additionalActions), ("Next", .next), ("GoTo", .goTo), ("Named", .named),
        ("Thread", .thread), ("Hide", .hide), ("SetOCGState", .optionalContent), ("Trans", .transition),
        ("ResetForm", .resetForm),
        ("ObjStm", .objectStream), ("First", .first), ("N", .number), ("Filter", .filter),
        ("DecodeParms", .parameters), ("DP", .parameters), ("FlateDecode", .flate), ("Fl", .flate),
        ("Predictor", .predictor), ("Columns", .columns), ("Colors", .colors), ("BitsPerComponent", .bits),
    ]

    /// By first byte, since most names of a file begin like none of these.
    private static let table: [[(name: PackedName, key: PDFKey)]] = {
        var table = [[(name: PackedName, key: PDFKey)]](repeating: [], count: 256)
        for (text, key) in spellings where key != .other {
            var name = PackedName()
            for byte in text.utf8 { name.append(byte) }
            table[Int(text.utf8.first ?? 0)].append((name, key))
        }
        return table
    }()

    static func named(_ name: PackedName) -> PDFKey {
        for entry in table[Int(truncatingIfNeeded: name.low & 0xFF)] where entry.name == name { return entry.key }
        return .other
    }
}

/// A name of at most 16 bytes in two registers; a longer one is none that the scanner knows.
struct PackedName: Equatable {
    private(set) var low: UInt64 = 0
    private(set) var high: UInt64 = 0
    private(set) var count: UInt64 = 0

    @inline(__always) mutating func append(_ byte: UInt8) {
        if count < 8 {
            low |= UInt64(byte) << (count * 8)
        } else if count < 16 {
            high |= UInt64(byte) << (count * 8 - 64)
        }
        count += 1
    }
}
