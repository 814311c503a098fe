import Pages
import Permits

/// The steps of a draft as they are for this applicant: sections with something to ask, papers where some are asked, the
/// check.
struct FormSteps {
    let links: [Link]
    private let application: Application

    init(_ application: Application) {
        self.application = application
        let reference = application.reference.description
        links =
            application.askedSections.map { Link.section(reference, $0.key) }
            + (application.askedRequirements.isEmpty ? [] : [.attachments(reference)]) + [.check(reference)]
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
