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
    static let annexSize = 10.0
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

    /// The copies stand at the left of the signature instead of below it.
    var copiesBeside = false

    /// How letters look that are short enough.
    static let comfortable = Measures(leading: 1.32, blockGap: 8, itemGap: 2.5, largeGap: 18)
    /// Tried one after the other when it may save a second page.
    static let closer = [
        Measures(leading: 1.25, blockGap: 6.5, itemGap: 1.5, largeGap: 13),
        Measures(leading: 1.25, blockGap: 6.5, itemGap: 1.5, largeGap: 13, copiesBeside: true),
        Measures(leading: 1.18, blockGap: 5, itemGap: 1, largeGap: 11, copiesBeside: true),
    ]
}
