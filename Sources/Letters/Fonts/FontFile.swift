import Glibc

/// The two faces a letter is set in; the raw value is the PostScript name and the name of the file.
enum Face: String, CaseIterable, Sendable {
    case regular = "LiberationSans-Regular"
    case bold = "LiberationSans-Bold"

    var postScriptName: String { self == .regular ? "LiberationSans" : rawValue }
}

/// Both faces, loaded once and shared by all renderings.
struct LetterFonts: Sendable {
    let regular: TrueTypeFont
    let bold: TrueTypeFont

    /// Where Debian 12 and older or other systems put Liberation.
    static let knownDirectories = [
        "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation",
    ]

    init(directory: String?) throws(LetterError) {
        let directories = directory.map { [$0] } ?? Self.knownDirectories
        regular = try Self.load(.regular, from: directories)
        bold = try Self.load(.bold, from: directories)
    }

    subscript(face: Face) -> TrueTypeFont { face == .bold ? bold : regular }

    private static func load(_ face: Face, from directories: [String]) throws(LetterError) -> TrueTypeFont {
        let paths = directories.map { "\($0)/\(face.rawValue).ttf" }
        for path in paths {
            guard let bytes = readFile(path) else { continue }
            return try TrueTypeFont(FontData(path: path, bytes: bytes), postScriptName: face.postScriptName)
        }
        throw .fontMissing(paths.first ?? face.rawValue)
    }
}

/// The whole file, or nil when it cannot be read.
func readFile(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&chunk, 1, chunk.count, file)
        bytes.append(contentsOf: chunk.prefix(count))
        if count < chunk.count { return ferror(file) == 0 ? bytes : nil }
    }
}
