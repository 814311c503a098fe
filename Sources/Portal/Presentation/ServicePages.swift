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
    /// What files all of them may be, where that is the same: it is then said once.
    let commonKinds: String?
    /// How the applicant is called in the reader's language.
    var label: String? { applicants.first { $0.isCurrent }?.label }

    /// - Parameter link: Where another kind of applicant is chosen.
    init(_ type: LetterType, _ context: Context, link: (String) -> Link) {
        let shown = type.localized(to: context.language)
        let field = shown.applicantField
        let options = field?.options ?? []
        let chosen = type.chosenApplicant(context) ?? options.first
        var answers: [String: String] = [:]
        if let key = field?.key { answers[key] = chosen }
        applicant = chosen
        applicants = options.map {
            ChoiceLink(label: field?.label(of: $0) ?? $0, path: link($0).path, isCurrent: $0 == chosen)
        }
        var papers = shown.papers.filter { shown.mayBeAsked($0, in: answers) }.map { requirement in
            let isAsked = shown.isAsked(requirement, in: answers)
            var model = RequirementModel(
                requirement, original: type.requirement(requirement.key) ?? requirement,
                isNeeded: isAsked ? shown.isNeeded(requirement, in: answers) : requirement.isRequired,
                texts: context.texts)
            if !isAsked {
                model.explanation = Self.condition(of: requirement, shown, answers, context.texts) + model.explanation
            }
            return model
        }
        let all = Set(papers.map(\.kinds))
        commonKinds = papers.count > 1 && all.count == 1 ? all.first ?? nil : nil
        if commonKinds != nil { for index in papers.indices { papers[index].kinds = nil } }
        requirements = papers
    }

    /// In words, what else decides whether a paper is asked for: `Hanya bila "Kewarganegaraan" dijawab Warga negara asing. `
    private static func condition(
        of requirement: Requirement, _ type: LetterType, _ answers: [String: String], _ texts: Texts
    ) -> String {
        let words = requirement.showIf.flatMap { self.words(for: $0, type, answers, texts) }
        return words.map { texts("requirement.onlyIf", ["condition": $0]) + " " } ?? ""
    }

    /// What is still open of a condition; nil when nothing is.
    private static func words(
        for condition: AnswerCondition, _ type: LetterType, _ answers: [String: String], _ texts: Texts
    ) -> String? {
        func inner(_ conditions: [AnswerCondition]?) -> [String] {
            (conditions ?? []).compactMap { words(for: $0, type, answers, texts) }
        }
        func joined(_ parts: [String], by key: String) -> String? {
            guard let first = parts.first else { return nil }
            return parts.dropFirst().reduce(first) { texts(key, ["first": $0, "last": $1]) }
        }
        let isOpen = (answers[condition.field] ?? "").isEmpty
        let own = (isOpen ? type.field(condition.field) : nil).map { field in
            let values = texts.alternatives(condition.values.map { field.label(of: $0) })
            return texts("requirement.answer", ["label": field.label, "answers": values])
        }
        let all = joined([own].compactMap { $0 } + inner(condition.and), by: "requirement.and")
        return joined([all].compactMap { $0 } + inner(condition.or), by: "requirement.or")
    }
}

extension LetterType {
    /// As whom the reader chose to apply, by the address; nil when they did not choose.
    func chosenApplicant(_ context: Context) -> String? {
        let wanted = context.request.head.query["untuk"]
        return applicantField?.options?.first { $0 == wanted }
    }
}

extension Link {
    /// With the papers of one kind of applicant, where one was chosen.
    static func service(_ slug: String, for applicant: String?) -> Link {
        applicant.map { .serviceFor(slug, $0) } ?? .service(slug)
    }
}

extension Service {
    init(_ type: LetterType, office: Office, measured: MeasuredTime?, _ context: Context) {
        let texts = context.texts
        let shown = type.localized(to: context.language)
        let local = office.localized(to: context.language)
        let papers = PapersOf(type, context) { .serviceFor(type.slug, $0) }
        let here = Link.service(type.slug)
        let chosen = type.chosenApplicant(context)
        self.init(
            name: shown.name, summary: shown.summary, office: office.name, slug: type.slug,
            duration: Shown.duration(type, texts), measured: Shown.measured(measured, type, texts),
            fee: shown.service.fee, product: shown.service.product, validity: Shown.validity(shown, texts),
            requirements: papers.requirements, commonKinds: papers.commonKinds, applicants: papers.applicants,
            steps: shown.service.steps,
            complaints: shown.service.complaints,
            details: StandardComponent.detailed.map {
                StandardDetail(title: texts("standard.\($0.rawValue)"), lines: shown.standard($0, of: local))
            }.filter { !$0.lines.isEmpty },
            applicant: chosen, canApply: context.session?.account.role == .citizen,
            logInPath: context.session == nil
                ? Link.logInThen(Link.service(type.slug, for: chosen).path).path : nil,
            signUpPath: context.session == nil
                ? Link.signUpThen(Link.service(type.slug, for: chosen).path).path : nil,
            eligibilityPath: (type.eligibility ?? []).isEmpty
                ? nil : Link.eligibilityAnswers(type.slug, [("untuk", chosen ?? "")]).path,
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
        let here = Link.service(type.slug, for: papers.applicant)
        let code = try QRCode(context.site.url(here))
        self.init(
            name: shown.name, servicePath: here.path, applicant: papers.label, applicants: papers.applicants,
            requirements: papers.requirements, commonKinds: papers.commonKinds, duration: Shown.duration(type, texts),
            fee: shown.service.fee,
            office: office.name, address: office.reach.address,
            ways: [
                ("help.phone", office.reach.phone), ("help.email", office.reach.email),
                ("help.website", office.reach.website),
            ].compactMap { key, way in way.map { "\(texts(key)) \($0)" } },
            hours: office.localized(to: context.language).hours ?? [],
            url: context.site.url(.service(type.slug)), code: code.svgPath(),
            codeBox: "-4 -4 \(code.size + 8) \(code.size + 8)", date: texts.formats.date(context.now.day),
            tags: Shown.tags(
                "\(texts("list.heading")): \(shown.name)", texts("list.share"), at: .requirementList(type.slug, nil),
                context))
    }
}
