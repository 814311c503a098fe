/// Why a letter or a QR code cannot be made. The officer sees it before signing; nothing is ever drawn wrong instead.
public enum LetterError: Error, Equatable, Sendable {
    /// No readable font file at this path; Debian package `fonts-liberation2`.
    case fontMissing(String)
    /// The font file is there, but it is not TrueType as we need it.
    case fontDamaged(String)
    /// The font has no glyph for `character`, which stands in `text`.
    case glyphMissing(character: Character, text: String)
    /// A part that must stay whole is higher than a page; the value names the part by its first words.
    case tooLong(String)
    /// More than 666 bytes: the text does not fit a version 20 symbol at level M.
    case qrTooLong
}
