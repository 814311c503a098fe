import HTTPServer
import Pages

/// Which page of a long list somebody asks for.
struct Paging {
    /// Deeper pages would have the database count over too many rows; nobody turns so many.
    private static let last = 1000

    let length: Int
    /// From 1.
    let number: Int

    init(_ context: Context, length: Int = 50) {
        self.length = length
        let asked = context.request.head.query["halaman"].flatMap { Int($0) } ?? 1
        number = max(1, min(Self.last, asked))
    }

    /// One more than is shown tells whether there is a next page.
    var limit: Int { length + 1 }
    var offset: Int { (number - 1) * length }

    /// Nil for a list of one page.
    func pager(hasMore: Bool, _ link: (Int) -> Link) -> Pager? {
        guard number > 1 || hasMore else { return nil }
        return Pager(
            previousPath: number > 1 ? link(number - 1).path : nil,
            nextPath: hasMore && number < Self.last ? link(number + 1).path : nil)
    }
}
