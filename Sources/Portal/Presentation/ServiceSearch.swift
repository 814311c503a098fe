import Permits
import Synchronization

/// The search index of the services that are published now. It is made when they change, not for every reader.
final class ServiceSearch: Sendable {
    /// Services are what they were when their versions and their offices' names are.
    private struct Key: Equatable {
        let type: Int64
        let office: [String]
    }

    private let kept = Mutex<(keys: [Key], index: SearchIndex)?>(nil)

    func index(of entries: [ServiceCatalogue.Entry]) -> SearchIndex {
        let keys = entries.map { Key(type: $0.id, office: [$0.office.name, $0.office.shortName]) }
        return kept.withLock { kept in
            if let kept, kept.keys == keys { return kept.index }
            let index = SearchIndex(zip(entries, keys).map { $0.type.searched(office: $1.office) })
            kept = (keys, index)
            return index
        }
    }
}
