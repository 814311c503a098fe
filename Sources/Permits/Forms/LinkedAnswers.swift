/// Answers that a link brings, such as one on the page of a campus. They come from anywhere: only fields that say so take
/// them, and only what the applicant could have typed.
extension FieldDefinition {
    public var takesLink: Bool { prefill == "link" }

    /// Kinds that do not tell who somebody is.
    static let linkKinds: Set<Kind> = [
        .text, .name, .longText, .number, .date, .dateRange, .choice, .multiChoice, .district, .institution,
    ]
}

extension LetterType {
    /// Sections with the fields that a link may fill in.
    public var linkSections: [FormSection] {
        sections.compactMap { section in
            var section = section
            section.fields = section.fields.filter { $0.takesLink && FieldDefinition.linkKinds.contains($0.kind) }
            return section.fields.isEmpty ? nil : section
        }
    }

    /// - Returns: Stored forms of what is well formed and not empty, by key, and what is wrong with the rest.
    public func linked(_ typed: [String: String], today: Day) -> (answers: [String: String], problems: [FieldProblem]) {
        var answers: [String: String] = [:]
        var problems: [FieldProblem] = []
        for field in linkSections.flatMap(\.fields) {
            guard let raw = typed[field.key] else { continue }
            switch field.check(raw, today: today) {
            case .success(""): break
            case .success(let answer): answers[field.key] = answer
            case .failure(let problem): problems.append(problem)
            }
        }
        return (answers, problems)
    }
}

extension Application {
    /// With a link's answers where there is none yet: what somebody has typed is never overwritten.
    /// - Parameter account: Whoever fills the draft in.
    public func answers(linking typed: [String: String], from account: Account, today: Day) -> [String: String] {
        var next = self
        next.answers = type.linked(typed, today: today).answers.reduce(into: answers) { result, answer in
            if (result[answer.key] ?? "").isEmpty { result[answer.key] = answer.value }
        }
        return next.prefilled(since: self, from: account).answers
    }
}
