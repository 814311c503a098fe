import Pages
import Permits
import Store

/// The services of all offices in the reader's language, and what narrows them.
struct ServiceCatalogue {
    struct Entry {
        /// As it is published: names of audiences in addresses are its.
        let type: LetterType
        let shown: LetterType
        let office: Office
    }

    /// What a reader asks for; empty texts ask for nothing.
    struct Wish: Equatable {
        var search = ""
        /// Name of an audience.
        var who = ""
        /// Code of an office.
        var office = ""

        var isEmpty: Bool { self == Wish() }
    }

    let entries: [Entry]

    init(_ context: Context) throws {
        // Few offices, many services: each is read once.
        var offices: [UnitID: Office] = [:]
        entries = try context.store.publishedLetterTypes(at: context.now).map { published in
            let office = try offices[published.unit] ?? context.store.office(published.unit, on: context.now.day)
            offices[published.unit] = office
            return Entry(
                type: published.type, shown: published.type.localized(to: context.language), office: office)
        }
    }

    /// The best answers first; without a search in the order of the catalogue.
    func found(_ wish: Wish) -> [Entry] {
        let words = SearchWords(wish.search)
        let ranked = entries.compactMap { entry -> (rank: Int, entry: Entry)? in
            guard wish.office.isEmpty || entry.office.code == wish.office else { return nil }
            guard wish.who.isEmpty || entry.audience(named: wish.who) != nil else { return nil }
            guard !words.isEmpty else { return (0, entry) }
            let office = [entry.office.name, entry.office.shortName]
            return entry.type.rank(for: words, office: office).map { ($0, entry) }
        }
        // Sorting is not stable by promise, so the place counts too.
        return ranked.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .map { $0.element.entry }
    }

    /// Everybody for whom there is something, those with most to choose from first, with how they are called here.
    var audiences: [(String, String)] {
        var known: [(name: String, label: String, count: Int)] = []
        for entry in entries {
            for (audience, shown) in zip(entry.type.forWhom, entry.shown.forWhom) {
                if let index = known.firstIndex(where: { $0.name == audience.name }) {
                    known[index].count += 1
                } else {
                    known.append((audience.name, shown.name, 1))
                }
            }
        }
        return known.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map { ($0.element.name, $0.element.label) }
    }

    var offices: [Office] {
        entries.reduce(into: []) { offices, entry in
            if !offices.contains(where: { $0.code == entry.office.code }) { offices.append(entry.office) }
        }
    }
}

extension ServiceCatalogue.Entry {
    func audience(named name: String) -> ApplicantGroup? { type.forWhom.first { $0.name == name } }

    /// - Parameter who: An audience; the card then leads to the papers of these people.
    func card(for who: String?, namesOffice: Bool = true, texts: Texts) -> ServiceCard {
        let applicant = who.flatMap(audience)?.applicant
        let link = applicant.map { Link.serviceFor(type.slug, $0) } ?? .service(type.slug)
        return ServiceCard(
            name: shown.name, summary: shown.summary, path: link.path, duration: Shown.duration(shown, texts),
            fee: shown.service.fee, office: namesOffice ? office.shortName : "")
    }
}
