public import Permits

/// Makes the PDF of a letter: A4, tagged, in the shape of PDF/A-2a (ISO 19005-2), text in Liberation Sans.
/// Make one and keep it: the fonts are read once, and rendering does not change it.
public struct LetterRenderer: Sendable {
    private let fonts: LetterFonts

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

    /// The same letter with an empty signature, ready to be signed. The same arguments give the same bytes.
    public func prepared(
        _ document: LetterDocument, created: Int64, signature: SignatureFacts
    ) throws(LetterError) -> PreparedLetter {
        let (bytes, gap) = try file(document, created: created, profile: .a2a, signature: signature)
        return PreparedLetter(bytes: bytes, gap: gap ?? bytes.endIndex..<bytes.endIndex)
    }

    func pdf(_ document: LetterDocument, created: Int64, profile: ArchiveProfile) throws(LetterError) -> [UInt8] {
        try file(document, created: created, profile: profile, signature: nil).bytes
    }

    private func file(
        _ document: LetterDocument, created: Int64, profile: ArchiveProfile, signature: SignatureFacts?
    ) throws(LetterError) -> (bytes: [UInt8], gap: Range<Int>?) {
        let typesetter = Typesetter(fonts: fonts)
        let footer = try Footer(document, typesetter: typesetter)
        let layout = try Layout.fitted(document, typesetter: typesetter, height: footer.textHeight)
        var file = LetterFile(document, created: created, profile: profile, fonts: fonts, signature: signature)
        return try file.write(layout, footer: footer)
    }
}
