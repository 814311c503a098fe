import Pages
import Permits
import Store

/// The services of all offices in the reader's language, and what narrows them.
struct ServiceCatalogue {
    struct Entry {
        /// Of the published version.
        let id: Int64
        /// As it is published: names of audiences in addresses are its.
        let type: LetterType
        let shown: LetterType
        let office: Office
        let measured: MeasuredTime?
    }

    /// What a reader asks for; empty texts ask for nothing.
    struct Wish: Equatable {
        var search = ""
        /// Name of an audience.
        var who = ""
        /// Code of an office.
        var office = ""

        var isEmpty: Bool { self == Wish() }

        func allows(_ entry: Entry) -> Bool {
            (office.isEmpty || entry.office.code == office) && (who.isEmpty || entry.type.isFor(who))
        }
    }

    /// What is shown for a wish.
    struct Answer {
        enum Kind {
            /// Nothing was asked for.
            case everything
            case matching
            /// The search has answers, but none for these people or this office.
            case beyondFilters
            /// None has every word.
            case partly
            /// Nothing at all; all services are shown instead.
            case nothing
        }

        let kind: Kind
        /// The best first; without a search in the order of the catalogue.
        let entries: [Entry]
    }

    let entries: [Entry]
    private let search: ServiceSearch

    init(_ context: Context) throws {
        search = context.site.serviceSearch
        let times = try context.store.measuredTimes(at: context.now)
        // Few offices, many services: each is read once.
        var offices: [UnitID: Office] = [:]
        entries = try context.store.publishedLetterTypes(at: context.now).map { published in
            let office = try offices[published.unit] ?? context.store.office(published.unit, on: context.now.day)
            offices[published.unit] = office
            return Entry(
                id: published.id, type: published.type, shown: published.type.localized(to: context.language),
                office: office, measured: times[published.type.slug])
        }
    }

    /// Never nothing at all: whoever finds no match sees what comes nearest, or everything.
    func answer(to wish: Wish) -> Answer {
        if wish.isEmpty { return Answer(kind: .everything, entries: entries) }
        let index = search.index(of: entries)
        func fits(_ number: Int) -> Bool { wish.allows(entries[number]) }
        guard let found = index.search(wish.search, among: fits) else {
            let fitting = entries.filter(wish.allows)
            return fitting.isEmpty
                ? Answer(kind: .nothing, entries: entries) : Answer(kind: .matching, entries: fitting)
        }
        let hasAll = !found.documents.isEmpty && !found.isPartial
        if !hasAll, let beyond = index.search(wish.search), !beyond.documents.isEmpty, !beyond.isPartial {
            return Answer(kind: .beyondFilters, entries: beyond.documents.map { entries[$0] })
        }
        if found.documents.isEmpty { return Answer(kind: .nothing, entries: entries) }
        return Answer(kind: hasAll ? .matching : .partly, entries: found.documents.map { entries[$0] })
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
        let link = Link.service(type.slug, for: applicant)
        return ServiceCard(
            name: shown.name, summary: shown.summary, path: link.path, duration: Shown.duration(shown, texts),
            measured: Shown.measuredShort(measured, texts), fee: shown.service.fee,
            office: namesOffice ? office.shortName : "")
    }
}
