/// A strip of the page that is never split. Coordinates are points, y downwards from the top of the row, x from the
/// left edge of the text.
struct Row {
    var items: [Item] = []
    var height: Double
    /// Space above, dropped at the top of a page.
    var before: Double = 0
    /// No page break between this row and the next.
    var keepsNext = false
    /// First words, to name the row in an error.
    var hint = ""

    struct Item {
        var x: Double
        /// Baseline of text, top of anything else.
        var y: Double
        let content: Content
        /// Element of the structure tree; nil makes the content an artifact.
        let element: ElementID?
    }

    enum Content {
        case text(TextLine)
        case rule(width: Double, height: Double)
        /// Dashed outline.
        case frame(width: Double, height: Double)
        case code(QRCode, side: Double)
    }

    /// Rows one below the other as a single one that stays whole.
    static func stacked(_ rows: [Row]) -> Row {
        var result = Row(height: 0)
        for (index, row) in rows.enumerated() {
            if index > 0 { result.height += row.before } else { result.before = row.before }
            result.items += row.items.map { item in
                var item = item
                item.y += result.height
                return item
            }
            result.height += row.height
            if result.hint.isEmpty { result.hint = row.hint }
        }
        return result
    }

    func moved(right distance: Double) -> Row {
        var row = self
        row.items = items.map { item in
            var item = item
            item.x += distance
            return item
        }
        return row
    }
}
