public import Permits

/// Makes the PDF of a letter: A4, tagged, in the shape of PDF/A-2a (ISO 19005-2), text in Liberation Sans.
/// Make one and keep it: the fonts are read once, and rendering does not change it.
public struct LetterRenderer: Sendable {
    private let fonts: LetterFonts

    /// Closer setting saves up to a quarter of the height; it need not be tried beyond that.
    private static let snugReach = 1.3

    /// Reads `LiberationSans-Regular.ttf` and `LiberationSans-Bold.ttf` (Debian `fonts-liberation2`) from the directory,
    /// or from where Debian puts them. Throws `LetterError.fontMissing` with the path, or `.fontDamaged`.
    public init(fontDirectory: String? = nil) throws(LetterError) {
        fonts = try LetterFonts(directory: fontDirectory)
    }

    /// The bytes of the PDF. The same document and time give the same bytes.
    /// `created` is seconds since 1970; the metadata show it in WIB (UTC+7).
    public func pdf(_ document: LetterDocument, created: Int64) throws(LetterError) -> [UInt8] {
        try pdf(document, created: created, profile: .a2a)
    }

    func pdf(_ document: LetterDocument, created: Int64, profile: ArchiveProfile) throws(LetterError) -> [UInt8] {
        let typesetter = Typesetter(fonts: fonts)
        let footer = try Footer(document, typesetter: typesetter)
        var layout = try Layout(document, typesetter: typesetter, measures: .comfortable, height: footer.textHeight)
        if layout.pages.count == 2, layout.height < footer.textHeight * Self.snugReach {
            let snug = try Layout(document, typesetter: typesetter, measures: .snug, height: footer.textHeight)
            if snug.pages.count == 1 { layout = snug }
        }
        var file = LetterFile(document, created: created, profile: profile, fonts: fonts)
        return try file.write(layout, footer: footer)
    }
}

/// A letter cut into pages.
struct Layout {
    let pages: [[(row: Row, y: Double)]]
    let tree: StructureTree
    /// Points that all rows take, one below the other.
    let height: Double

    init(
        _ document: LetterDocument, typesetter: Typesetter, measures: Measures, height: Double
    ) throws(LetterError) {
        let composer = try LetterComposer(document, typesetter: typesetter, measures: measures)
        pages = try Pagination.pages(composer.rows, height: height)
        tree = composer.tree
        self.height = composer.rows.reduce(0) { $0 + $1.before + $1.height }
    }
}
