import Permits

/// Small lines at the foot of every page, with the page number below them when there is more than one page.
struct Footer {
    private let typesetter: Typesetter
    private let phrases: Phrases
    private let lines: [TextLine]
    private static let style = TextStyle(size: Measures.footerSize)
    private static let leading = 1.3
    private static let ruleGap = 4.0

    init(_ document: LetterDocument, typesetter: Typesetter) throws(LetterError) {
        self.typesetter = typesetter
        phrases = Phrases(language: document.language)
        var lines: [TextLine] = []
        for line in document.footer {
            lines += try typesetter.lines(line, Self.style, width: Measures.textWidth, balanced: true)
        }
        self.lines = lines
    }

    /// Points for text between the top margin and the bottom margin, or the footer where that is higher.
    var textHeight: Double {
        let footer = Measures.pageHeight - top + Measures.footerGap
        return Measures.pageHeight - Measures.top - max(Measures.bottom, footer)
    }

    /// Distance of the rule above the footer from the upper edge of the paper. A line is always left for the page
    /// number, so that the text area does not depend on the number of pages.
    private var top: Double {
        let height = Double(lines.count + 1) * lineHeight + (lines.isEmpty ? 0 : Self.ruleGap)
        return Measures.pageHeight - Measures.footerEdge - height
    }

    private var lineHeight: Double { Measures.footerSize * Self.leading }

    func draw(page: Int, of count: Int, on content: inout PageContent, fonts: inout FontUse) throws(LetterError) {
        var texts = lines
        if count > 1 {
            texts += try typesetter.lines(phrases.page(page, of: count), Self.style, width: Measures.textWidth)
        }
        guard !texts.isEmpty else { return }
        var used = fonts
        content.artifact("/Type /Pagination /Subtype /Footer") { content in
            var y = top
            if !lines.isEmpty {
                content.rule(x: Measures.left, y: y, width: Measures.textWidth, height: 0.4)
                y += Self.ruleGap
            }
            for line in texts {
                let baseline = y + Typesetter.baseline(size: Measures.footerSize, leading: Self.leading)
                let x = Measures.left + (Measures.textWidth - line.width) / 2
                content.text(line, x: x, y: baseline, fonts: &used)
                y += lineHeight
            }
        }
        fonts = used
    }
}
