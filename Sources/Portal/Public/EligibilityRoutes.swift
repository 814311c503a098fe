import HTTPServer
import Pages
import Permits
import Store

/// "Am I eligible?": asked and answered in the address alone, so nothing about the reader is kept.
enum EligibilityRoutes {
    static let table: [Route] = [.get("/layanan/:slug/kelayakan", access: .anyone, questions)]

    @Sendable static func questions(_ context: Context) throws -> Reply {
        let slug = try context.parameter("slug")
        let type = try context.store.publishedLetterType(slug: slug, at: context.now).type
        guard !(type.eligibility ?? []).isEmpty else { return .redirect(.service(slug)) }
        let shown = type.localized(to: context.language)
        let query = context.request.head.query
        let answers = answers(shown, in: query)
        guard query["periksa"] != nil else { return .page(form(shown, answers, missing: [], context)) }
        switch shown.eligibilityOutcome(of: answers, applicant: shown.chosenApplicant(context)) {
        case .unanswered(let keys): return .page(form(shown, answers, missing: keys, context), status: 422)
        case let outcome: return .page(try page(outcome, shown, answers, context))
        }
    }

    private static func answers(
        _ type: LetterType, in query: FormFields
    ) -> [String: EligibilityQuestion.Answer] {
        var answers: [String: EligibilityQuestion.Answer] = [:]
        for question in type.eligibility ?? [] {
            answers[question.key] = EligibilityQuestion.Answer.allCases.first { $0.word == query[question.key] }
        }
        return answers
    }

    private static func form(
        _ type: LetterType, _ answers: [String: EligibilityQuestion.Answer], missing: [String], _ context: Context
    ) -> EligibilityForm {
        let texts = context.texts
        let options = EligibilityQuestion.Answer.allCases.map { ($0.word, texts("eligibility.answer.\($0.rawValue)")) }
        let fields = type.eligibilityQuestions(for: type.chosenApplicant(context)).map { question in
            FieldModel(
                .radios, name: question.key, label: question.question, value: answers[question.key]?.word ?? "",
                hint: question.hint, error: missing.contains(question.key) ? texts("eligibility.required") : nil,
                options: options)
        }
        return EligibilityForm(
            name: type.name, servicePath: servicePath(type, context), action: Link.eligibility(type.slug).path,
            applicant: type.chosenApplicant(context), fields: fields,
            problems: missing.isEmpty
                ? nil
                : ProblemSummary(
                    items: fields.filter { $0.error != nil }.map {
                        ProblemItem(text: texts("eligibility.unanswered", ["question": $0.label]), target: "#\($0.id)")
                    }), tags: tags(type, context))
    }

    /// Of the questions alone: answers are nobody else's business.
    private static func tags(_ type: LetterType, _ context: Context) -> ShareTags {
        let texts = context.texts
        return Shown.tags(
            "\(texts("eligibility.heading")) \(type.name)", texts("eligibility.lead"), at: .eligibility(type.slug),
            context)
    }

    /// With a link to the letter that the reader may need instead, while that is published.
    private static func hindrance(
        _ question: EligibilityQuestion, _ applicant: String?, _ context: Context
    ) throws -> Hindrance {
        var hindrance = Hindrance(title: question.question, text: question.otherwise)
        guard let slug = question.service else { return hindrance }
        do {
            let other = try context.store.publishedLetterType(slug: slug, at: context.now).type
            let isKnown = applicant.map { other.applicantField?.options?.contains($0) == true } ?? false
            hindrance.link = other.localized(to: context.language).name
            hindrance.path = Link.service(slug, for: isKnown ? applicant : nil).path
        } catch PermitError.notFound {}
        return hindrance
    }

    private static func servicePath(_ type: LetterType, _ context: Context) -> String {
        Link.service(type.slug, for: type.chosenApplicant(context)).path
    }

    private static func page(
        _ outcome: Eligibility, _ type: LetterType, _ answers: [String: EligibilityQuestion.Answer], _ context: Context
    ) throws -> EligibilityOutcome {
        let (word, tone, failed): (String, Tone, [EligibilityQuestion]) =
            switch outcome {
            case .eligible, .unanswered: ("yes", .good, [])
            case .unprepared(let questions): ("begin", .good, questions)
            case .hindered(let questions): ("no", .warn, questions)
            }
        let applicant = type.chosenApplicant(context)
        let pairs = (type.eligibility ?? []).map { (name: $0.key, value: answers[$0.key]?.word ?? "") }
        let service = servicePath(type, context)
        return EligibilityOutcome(
            name: type.name, servicePath: service, slug: type.slug, tone: tone,
            heading: context.texts("eligibility.\(word)"), text: context.texts("eligibility.\(word).text"),
            canGoOn: tone == .good, hindrances: try failed.map { try hindrance($0, applicant, context) },
            againPath: Link.eligibilityAnswers(type.slug, pairs + [("untuk", applicant ?? "")]).path,
            listPath: Link.requirementList(type.slug, applicant).path, applicant: applicant,
            canApply: context.session?.account.role == .citizen,
            logInPath: context.session == nil ? Link.logInThen(service).path : nil,
            signUpPath: context.session == nil ? Link.signUpThen(service).path : nil, tags: tags(type, context))
    }
}

extension EligibilityQuestion.Answer {
    /// In addresses.
    fileprivate var word: String {
        switch self {
        case .yes: "ya"
        case .no: "tidak"
        }
    }
}
