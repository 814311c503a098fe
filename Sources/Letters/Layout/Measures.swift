/// Sizes of a letter in points. A4 and margins as the rules for official letters ask (left 30 mm, right 20 mm,
/// top 20 mm, bottom 25 mm).
struct Measures: Sendable {
    static let millimetre = 72 / 25.4
    static let pageWidth = 210 * millimetre
    static let pageHeight = 297 * millimetre
    static let left = 30 * millimetre
    static let top = 20 * millimetre
    static let bottom = 25 * millimetre
    static let textWidth = pageWidth - left - 20 * millimetre

    static let textSize = 11.0
    static let smallSize = 9.0
    static let captionSize = 8.0
    static let footerSize = 7.5
    /// Distance of the footer from the lower edge of the paper, and of the text from the footer.
    static let footerEdge = 10 * millimetre
    static let footerGap = 3 * millimetre

    /// Line distance as a multiple of the size.
    let leading: Double
    /// Between blocks, and between items of a list.
    let blockGap: Double
    let itemGap: Double
    /// Around the title and above the signature.
    let largeGap: Double

    static let comfortable = Measures(leading: 1.32, blockGap: 8, itemGap: 2.5, largeGap: 18)
    /// Taken when it saves a second page.
    static let snug = Measures(leading: 1.18, blockGap: 5.5, itemGap: 1, largeGap: 12)
}
