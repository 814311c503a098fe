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
            number: number, previousPath: number > 1 ? link(number - 1).path : nil,
            nextPath: hasMore && number < Self.last ? link(number + 1).path : nil)
    }
}

/// One part of a list that may grow for as long as people write: neither long nor full of long texts, so that the page
/// around it stays light on a slow phone.
struct ListPart<Item> {
    private static var mostItems: Int { 15 }
    private static var mostCharacters: Int { 6_000 }

    /// In the order of the list.
    let items: [Item]
    /// From 1, which is the newest.
    let number: Int
    let count: Int

    /// - Parameter asked: The part's number as it stands in an address.
    init(_ newestFirst: [Item], asked: String?, length: (Item) -> Int) {
        var parts: [[Item]] = []
        var room = 0
        for item in newestFirst {
            if parts.isEmpty || parts[parts.count - 1].count == Self.mostItems || length(item) > room {
                parts.append([])
                room = Self.mostCharacters
            }
            parts[parts.count - 1].append(item)
            room -= length(item)
        }
        count = parts.count
        number = max(1, min(parts.count, asked.flatMap { Int($0) } ?? 1))
        items = parts.isEmpty ? [] : parts[number - 1]
    }

    /// Nil for a list of one part.
    func others(_ label: String, _ path: (Int) -> String) -> ListParts? {
        guard count > 1 else { return nil }
        return ListParts(
            label: label, olderPath: number < count ? path(number + 1) : nil,
            newerPath: number > 1 ? path(number - 1) : nil)
    }
}
