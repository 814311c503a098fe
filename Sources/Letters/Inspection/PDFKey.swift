/// Names (ISO 32000-1, 7.3.5) that the scanner knows; all others are alike to it.
enum PDFKey: UInt8 {
    case other
    /// Viewers read different names here, none of which is known.
    case torn
    case type, subtype, action, kind3D, parent, count, page, pages
    case javaScript, script, launch, richMedia, movie, sound, rendition, xfa, encrypt
    case embeddedFile, embeddedFiles, embeddedStream, fileAttachment
    case openAction, additionalActions, next, goTo, named, thread, hide, optionalContent, transition, resetForm
    case objectStream, first, number, filter, parameters, flate, predictor, columns, colors, bits

    /// Wherever such a name stands, as key or value, it means what it says.
    var fault: FileFault? {
        switch self {
        case .javaScript, .script: .script
        case .launch: .launch
        case .embeddedFile, .embeddedFiles, .embeddedStream, .fileAttachment: .embedded
        case .richMedia: .media
        case .xfa: .dynamicForm
        case .encrypt: .encrypted
        default: nil
        }
    }

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

    private struct Slot {
        var name = PackedName()
        var key = PDFKey.other
    }

    /// Open addressing in one flat array: a file may have millions of names, and most of them are in no slot.
    private static let slots: [Slot] = {
        var slots = [Slot](repeating: Slot(), count: 256)
        for (text, key) in spellings {
            var name = PackedName()
            for byte in text.utf8 { name.append(byte) }
            var index = name.slot
            while slots[index].key != .other { index = (index + 1) & 255 }
            slots[index] = Slot(name: name, key: key)
        }
        return slots
    }()

    static func named(_ name: PackedName) -> PDFKey {
        var index = name.slot
        while slots[index].key != .other {
            if slots[index].name == name { return slots[index].key }
            index = (index + 1) & 255
        }
        return .other
    }
}

/// A name of at most 16 bytes in two registers; a longer one is none that the scanner knows.
struct PackedName: Equatable {
    private(set) var low: UInt64 = 0
    private(set) var high: UInt64 = 0
    private(set) var count: UInt64 = 0

    /// From 0 to 255, spread by a multiplication.
    @inline(__always) var slot: Int { Int(((low ^ high ^ count) &* 0x9E37_79B9_7F4A_7C15) >> 56) }

    @inline(__always) mutating func append(_ byte: UInt8) {
        if count < 8 {
            low |= UInt64(byte) << (count * 8)
        } else if count < 16 {
            high |= UInt64(byte) << (count * 8 - 64)
        }
        count += 1
    }
}
