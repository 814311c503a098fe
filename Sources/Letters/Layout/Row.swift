/// A strip of the page that is never split. Coordinates are points, y downwards from the top of the row, x from the
/// left edge of the text.
struct Row {
    var items: [Item] = []
    var height: Double
    /// Space above, dropped at the top of a page.
    var before: Double = 0
    /// No page break between this row and the next.
    var keepsNext = false
    /// A page begins here.
    var startsPage = false
    /// Index of the head row that stands again above this one when a page begins here.
    var head: Int?
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
        /// Thin lines around cells: at these distances from the left, and above and below.
        case grid(columns: [Double], height: Double, top: Bool)
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

    /// The same look, without a place in the structure: what repeats is read once.
    var asArtifact: Row {
        var row = self
        row.items = items.map { Item(x: $0.x, y: $0.y, content: $0.content, element: nil) }
        return row
    }

    func moved(down distance: Double) -> Row {
        var row = self
        for index in row.items.indices { row.items[index].y += distance }
        return row
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
