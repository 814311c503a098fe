/// What the application for an extension begins with.
public struct ExtensionDraft: Equatable, Sendable {
    public let answers: [String: String]
    public let follow: Follow
}

extension Application {
    /// Checks what a holder asks for and copies their answers for the new application.
    /// - Parameters:
    ///   - type: The newest version of the same kind of letter.
    ///   - typed: By key: `alasan`, and the field that says for how long, where the kind of letter has one.
    /// - Throws: `conflict` outside the days in which the letter may be extended, `invalid` with what is wrong.
    public func extensionDraft(
        of letter: Letter, under type: LetterType, typed: [String: String], by viewer: Viewer, on today: Day
    ) throws(PermitError) -> ExtensionDraft {
        guard isHeld(by: viewer.account), letter.application == id else { throw .notFound }
        guard type.slug == self.type.slug, letter.canBeExtended(on: today) else {
            throw .conflict("conflict.notExtendable")
        }
        let keys = Set(type.fields.map(\.key))
        var answers = answers.filter { keys.contains($0.key) }
        var problems: [FieldProblem] = []
        if let field = type.extensionField(for: answers) {
            switch field.check(typed[field.key] ?? "", today: today) {
            case .failure(let problem): problems.append(problem)
            case .success(let value) where value.isEmpty:
                problems.append(field.missingProblem)
            case .success(let value):
                answers[field.key] = value
                if let days = DayRange(value), field.kind == .dateRange, days.last <= letter.validUntil {
                    problems.append(FieldProblem(field.key, "notAfterLetter", ["label": field.called]))
                }
            }
        }
        let (reason, faults) = LifeReason.checked(typed["alasan"] ?? "")
        problems += faults
        guard problems.isEmpty else { throw .invalid(problems) }
        return ExtensionDraft(answers: answers, follow: Follow(letter: letter.id, kind: .extend, reason: reason))
    }
}

extension LetterType {
    /// The field that says for how many months or until which day a letter holds; nil when all of this kind hold
    /// equally long, or this applicant is not asked.
    public func extensionField(for answers: [String: String]) -> FieldDefinition? {
        (validity.monthsField ?? validity.untilField).flatMap { field($0) }.flatMap {
            isAsked($0, in: answers) ? $0 : nil
        }
    }
}
