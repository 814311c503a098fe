import HTTPServer
import Letters
import Pages
import Permits
import Store

/// Whose papers somebody wants to see.
struct PapersOf {
    /// One of the answers on which the papers depend; nil where all need the same.
    let applicant: String?
    let applicants: [ChoiceLink]
    let requirements: [RequirementModel]
    /// How the applicant is called in the reader's language.
    var label: String? { applicants.first { $0.isCurrent }?.label }

    /// - Parameter link: Where another kind of applicant is chosen.
    init(_ type: LetterType, _ context: Context, link: (String) -> Link) {
        let shown = type.localized(to: context.language)
        let field = shown.applicantField
        let options = field?.options ?? []
        let wanted = context.request.head.query["untuk"]
        let chosen = options.first { $0 == wanted } ?? options.first
        var answers: [String: String] = [:]
        if let key = field?.key { answers[key] = chosen }
        applicant = chosen
        applicants = options.map {
            ChoiceLink(label: field?.label(of: $0) ?? $0, path: link($0).path, isCurrent: $0 == chosen)
        }
        requirements = shown.papers(for: answers).map { requirement in
            RequirementModel(
                requirement, original: type.requirement(requirement.key) ?? requirement,
                isNeeded: shown.isNeeded(requirement, in: answers), texts: context.texts)
        }
    }
}

extension Service {
    init(_ type: LetterType, office: Office, measured: MeasuredTime?, _ context: Context) {
        let texts = context.texts
        let shown = type.localized(to: context.language)
        let local = office.localized(to: context.language)
        let papers = PapersOf(type, context) { .serviceFor(type.slug, $0) }
        let here = Link.service(type.slug)
        self.init(
            name: shown.name, summary: shown.summary, office: office.name, slug: type.slug,
            duration: Shown.duration(type, texts), measured: Shown.measured(measured, type, texts),
            fee: shown.service.fee, product: shown.service.product, validity: Shown.validity(shown, texts),
            requirements: papers.requirements, applicants: papers.applicants, steps: shown.service.steps,
            complaints: shown.service.complaints,
            details: StandardComponent.detailed.map {
                StandardDetail(title: texts("standard.\($0.rawValue)"), lines: shown.standard($0, of: local))
            }.filter { !$0.lines.isEmpty },
            canApply: context.session?.account.role == .citizen,
            logInPath: context.session == nil ? Link.logInThen(here.path).path : nil,
            eligibilityPath: (type.eligibility ?? []).isEmpty ? nil : Link.eligibility(type.slug).path,
            listPath: Link.requirementList(type.slug, papers.applicant).path,
            linkPath: type.linkSections.isEmpty ? nil : Link.linkBuilder(type.slug).path,
            share: ShareLinks(url: context.site.url(here), text: texts("share.text", ["name": shown.name])),
            tags: Shown.tags(shown.name, shown.summary, at: here, context))
    }
}

extension RequirementList {
    /// - Throws: `LetterError.qrTooLong` when the portal's own address is longer than a QR code holds.
    init(_ type: LetterType, office: Office, _ context: Context) throws {
        let texts = context.texts
        let shown = type.localized(to: context.language)
        let papers = PapersOf(type, context) { .requirementList(type.slug, $0) }
        let here = papers.applicant.map { Link.serviceFor(type.slug, $0) } ?? .service(type.slug)
        let code = try QRCode(context.site.url(here))
        self.init(
            name: shown.name, servicePath: here.path, applicant: papers.label, applicants: papers.applicants,
            requirements: papers.requirements, duration: Shown.duration(type, texts), fee: shown.service.fee,
            office: office.name, address: office.letterhead.lines,
            hours: office.localized(to: context.language).hours ?? [],
            url: context.site.url(.service(type.slug)), code: code.svgPath(),
            codeBox: "-4 -4 \(code.size + 8) \(code.size + 8)", date: texts.formats.date(context.now.day))
    }
}
