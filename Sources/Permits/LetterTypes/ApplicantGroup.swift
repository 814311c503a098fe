/// Somebody for whom a kind of letter is, as the catalogue asks: `Mahasiswa`. The same name in several letter types is the
/// same group of people.
public struct ApplicantGroup: Codable, Equatable, Sendable {
    public var name: String
    /// What these people answer to the question on which the papers depend; nil when that depends on something else.
    public var applicant: String?

    public init(name: String, applicant: String? = nil) {
        self.name = name
        self.applicant = applicant
    }
}

extension LetterType {
    /// Those for whom it is said to be. Whom its form asks about is another matter: nobody is called `Diri sendiri`.
    public var forWhom: [ApplicantGroup] { audiences ?? [] }

    /// Whether these people may look at it; a letter that names nobody turns nobody away.
    public func isFor(_ name: String) -> Bool { audiences?.contains { $0.name == name } ?? true }

    var audienceFaults: [String] {
        let names = forWhom.map(\.name)
        let options = applicantField?.options ?? []
        var faults: [String] = []
        if names.contains("") { faults.append("an audience has no name") }
        if Set(names).count < names.count { faults.append("an audience is named twice") }
        for answer in forWhom.compactMap(\.applicant) where !options.contains(answer) {
            faults.append("audience '\(answer)': no applicant can choose that")
        }
        return faults
    }
}

/// A question that somebody can ask themselves before they sign up. Nobody else learns the answer.
public struct EligibilityQuestion: Codable, Equatable, Sendable {
    public enum Answer: String, Codable, Sendable, CaseIterable { case yes, no }

    public var key: String
    public var question: String
    public var hint: String?
    /// The answer of those who may apply.
    public var passes: Answer
    /// False when the others may begin and see to it meanwhile; true where nothing is said.
    public var blocking: Bool?
    /// What the others can do instead.
    public var otherwise: String
    /// Slug of the letter that the others may need instead.
    public var service: String?
    /// Asked only of those who apply as one of these; of all who have not said yet as whom they apply.
    public var applicants: [String]?

    public init(
        key: String, question: String, hint: String? = nil, passes: Answer, blocking: Bool? = nil, otherwise: String,
        service: String? = nil, applicants: [String]? = nil
    ) {
        self.service = service
        self.applicants = applicants
        self.key = key
        self.question = question
        self.hint = hint
        self.passes = passes
        self.blocking = blocking
        self.otherwise = otherwise
    }
}

/// What the answers say.
public enum Eligibility: Equatable, Sendable {
    /// Keys of questions without an answer.
    case unanswered([String])
    case eligible
    /// They may begin; these questions tell what is still to be got.
    case unprepared([EligibilityQuestion])
    /// The questions whose answers tell against applying. What is still to be got is told after that.
    case hindered([EligibilityQuestion])
}

extension LetterType {
    /// - Parameter applicant: As whom the reader applies, nil when they have not said.
    public func eligibilityQuestions(for applicant: String?) -> [EligibilityQuestion] {
        (eligibility ?? []).filter { question in
            guard let applicant, let applicants = question.applicants else { return true }
            return applicants.contains(applicant)
        }
    }

    /// - Parameter answers: By the questions' keys.
    public func eligibilityOutcome(
        of answers: [String: EligibilityQuestion.Answer], applicant: String? = nil
    ) -> Eligibility {
        let questions = eligibilityQuestions(for: applicant)
        let open = questions.filter { answers[$0.key] == nil }.map(\.key)
        guard open.isEmpty else { return .unanswered(open) }
        let failed = questions.filter { answers[$0.key] != $0.passes }
        if failed.isEmpty { return .eligible }
        let blocking = failed.filter { $0.blocking ?? true }
        return blocking.isEmpty ? .unprepared(failed) : .hindered(blocking)
    }

    var eligibilityFaults: [String] {
        let questions = eligibility ?? []
        var faults: [String] = []
        if Set(questions.map(\.key)).count < questions.count {
            faults.append("an eligibility question's key is used twice")
        }
        for question in questions {
            if !Self.isKey(question.key) {
                faults.append("eligibility question '\(question.key)': use small letters, digits and underscores")
            }
            for applicant in question.applicants ?? [] where applicantField?.options?.contains(applicant) != true {
                faults.append("eligibility question '\(question.key)': no applicant can choose '\(applicant)'")
            }
            if question.question.isEmpty || question.otherwise.isEmpty {
                faults.append("eligibility question '\(question.key)' lacks a text")
            }
        }
        return faults
    }
}
