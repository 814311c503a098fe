import Pages
import Permits

/// The steps of a draft as they are for this applicant: sections with something to ask, papers where some are asked, the
/// check.
struct FormSteps {
    let links: [Link]
    /// How many they are; nil while an answer that is still to come may add some.
    let total: Int?
    private let application: Application

    init(_ application: Application) {
        self.application = application
        let reference = application.reference.description
        links =
            application.askedSections.map { Link.section(reference, $0.key) }
            + (application.askedRequirements.isEmpty ? [] : [.attachments(reference)]) + [.check(reference)]
        total = application.mayAskMore ? nil : links.count
    }

    /// Where its applicant goes on: the first step that was never saved or still lacks something, else the check.
    func unfinished(today: Day) -> Link {
        let reference = application.reference.description
        let missing = application.missing(today: today).map(\.field)
        func lacks(_ key: String) -> Bool { missing.contains { $0 == key || $0.hasPrefix("\(key).") } }
        let section = application.askedSections.first { section in
            application.sectionVersions[section.key] == nil || section.fields.contains { lacks($0.key) }
        }
        if let section { return .section(reference, section.key) }
        return application.askedRequirements.contains { lacks($0.key) } ? .attachments(reference) : .check(reference)
    }

    func next(after link: Link) -> Link {
        links.firstIndex(of: link).map { links[min($0 + 1, links.count - 1)] } ?? links[0]
    }

    /// Before the first step: the application itself.
    func previous(before link: Link) -> Link {
        guard let index = links.firstIndex(of: link), index > 0 else {
            return .application(application.reference.description)
        }
        return links[index - 1]
    }
}
