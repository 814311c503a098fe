import Permits

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
        pages = try Pagination.pages(composer.rows, heads: composer.heads, height: height)
        tree = composer.tree
        self.height = composer.rows.reduce(0) { $0 + $1.before + $1.height }
    }

    /// As wide as one page allows: a letter that is a little too long for it is set closer.
    static func fitted(
        _ document: LetterDocument, typesetter: Typesetter, height: Double
    ) throws(LetterError) -> Layout {
        let annex = document.blocks.firstIndex { if case .annex = $0 { true } else { false } }
        let wide = try Layout(document, typesetter: typesetter, measures: .comfortable, height: height)
        guard let annex else {
            return try wide.closer(document, typesetter: typesetter, height: height)?.layout ?? wide
        }
        // Annexes have pages of their own, so it is the letter before them that is to fit.
        var letter = document
        letter.blocks = Array(document.blocks[..<annex])
        let alone = try Layout(letter, typesetter: typesetter, measures: .comfortable, height: height)
        guard let fit = try alone.closer(letter, typesetter: typesetter, height: height) else { return wide }
        return try Layout(document, typesetter: typesetter, measures: fit.measures, height: height)
    }

    /// The letter on one page instead of two, when that can be had.
    private func closer(
        _ document: LetterDocument, typesetter: Typesetter, height: Double
    ) throws(LetterError) -> (layout: Layout, measures: Measures)? {
        guard pages.count == 2, self.height < height * Self.reach else { return nil }
        for measures in Measures.closer {
            let layout = try Layout(document, typesetter: typesetter, measures: measures, height: height)
            if layout.pages.count == 1 { return (layout, measures) }
        }
        return nil
    }

    /// Closer setting saves up to a quarter of the height; it need not be tried beyond that.
    private static let reach = 1.4
}
