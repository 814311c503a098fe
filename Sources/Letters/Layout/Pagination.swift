/// Distributes rows over pages.
enum Pagination {
    /// Pages of rows with their distance from the top of the text area, `height` points high. `heads` are the rows that
    /// are repeated at the top of a page for the rows that name them.
    /// Throws `LetterError.tooLong` for a row that is higher than a page.
    static func pages(
        _ rows: [Row], heads: [Row] = [], height: Double
    ) throws(LetterError) -> [[(row: Row, y: Double)]] {
        var pages: [[(row: Row, y: Double)]] = []
        var start = 0
        while start < rows.count {
            var page: [(row: Row, y: Double)] = []
            var y = 0.0
            if let head = rows[start].head {
                page.append((row: heads[head], y: 0))
                y = heads[head].height
            }
            let repeated = page.count
            var next = start
            while next < rows.count {
                if next > start, rows[next].startsPage { break }
                let top = next == start ? y : y + rows[next].before
                guard top + rows[next].height <= height + 0.01 else { break }
                page.append((row: rows[next], y: top))
                y = top + rows[next].height
                next += 1
            }
            guard next > start else { throw .tooLong(rows[start].hint) }
            if next < rows.count, !rows[next].startsPage {
                // Back to the last place where a break is allowed; a chain longer than a page breaks anywhere.
                var end = next
                while end > start, rows[end - 1].keepsNext { end -= 1 }
                if end > start { next = end }
            }
            page.removeLast(page.count - repeated - (next - start))
            pages.append(page)
            start = next
        }
        return pages.isEmpty ? [[]] : pages
    }
}
