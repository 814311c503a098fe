/// Which questions and papers are asked of whom.
extension LetterType {
    public func isAsked(_ field: FieldDefinition, in answers: [String: String]) -> Bool {
        holds(field.showIf, in: answers, depth: sections.count)
    }

    public func isAsked(_ requirement: Requirement, in answers: [String: String]) -> Bool {
        holds(requirement.showIf, in: answers, depth: sections.count)
    }

    /// Whether it may yet be asked of somebody who has given these answers and no others so far.
    public func mayBeAsked(_ requirement: Requirement, in answers: [String: String]) -> Bool {
        holds(requirement.showIf, in: answers, unanswered: true, depth: sections.count)
    }

    fileprivate func mayBeAsked(_ condition: AnswerCondition?, in answers: [String: String]) -> Bool {
        holds(condition, in: answers, unanswered: true, depth: sections.count)
    }

    /// Whether the account fills it in.
    func isPrefilled(_ field: FieldDefinition, in answers: [String: String]) -> Bool {
        holds(field.prefillIf, in: answers, depth: sections.count)
    }

    /// The row in which the applicant stands in a group; nil where nobody expects them there, or their name is not known.
    public func ownRow(of group: FieldDefinition, in answers: [String: String]) -> GroupRows.Row? {
        guard let rule = group.includes, holds(rule.showIf, in: answers, depth: sections.count) else { return nil }
        let cells = rule.columns.compactMapValues { key in
            field(key).flatMap { isAsked($0, in: answers) ? answers[key] : nil }
        }
        let row = GroupRows.Row(cells: cells)
        let name = (group.columns ?? []).first(where: \.isPersonName)
        return name.flatMap { cells[$0.key] }?.isEmpty == false ? row : nil
    }

    /// Whether an application is incomplete without it.
    public func isNeeded(_ field: FieldDefinition, in answers: [String: String]) -> Bool {
        guard isAsked(field, in: answers) else { return false }
        return field.isRequired
            || field.requiredIf.map { holds($0, in: answers, depth: sections.count) } == true
    }

    public func isNeeded(_ requirement: Requirement, in answers: [String: String]) -> Bool {
        guard isAsked(requirement, in: answers) else { return false }
        return requirement.isRequired
            || requirement.requiredIf.map { holds($0, in: answers, depth: sections.count) } == true
    }

    /// Sections with the questions that are asked; those without any are left out.
    public func sections(for answers: [String: String]) -> [FormSection] {
        sections.compactMap { section in
            guard !section.fields.isEmpty, section.fields.contains(where: { !isAsked($0, in: answers) }) else {
                return section.fields.isEmpty ? nil : section
            }
            var section = section
            section.fields = section.fields.filter { isAsked($0, in: answers) }
            return section.fields.isEmpty ? nil : section
        }
    }

    /// All papers, in the order of `papers`.
    public func papers(for answers: [String: String]) -> [Requirement] {
        papers.filter { isAsked($0, in: answers) }
    }

    /// The question on which the papers depend: who applies.
    public var applicantField: FieldDefinition? {
        let keys = Set(requirements.flatMap { Self.steering($0.showIf, $0.requiredIf) })
        return fields.first { $0.kind == .choice && keys.contains($0.key) }
    }

    /// Keys of fields and papers whose being asked or needed hangs on one of these, directly or not.
    func dependents(of keys: [String]) -> Set<String> {
        var found = Set(keys)
        // Conditions only look back, so one pass in order is enough.
        for field in fields {
            let steering = Self.steering(field.showIf, field.requiredIf)
            if steering.contains(where: found.contains) { found.insert(field.key) }
        }
        for requirement in requirements {
            let steering = Self.steering(requirement.showIf, requirement.requiredIf)
            if steering.contains(where: found.contains) { found.insert(requirement.key) }
        }
        return found.subtracting(keys)
    }

    /// Keys of the choices on which these hang.
    private static func steering(_ conditions: AnswerCondition?...) -> [String] {
        conditions.compactMap { $0 }.flatMap { $0.parts.map(\.field) }
    }

    /// - Parameters:
    ///   - unanswered: What counts for a choice that nobody has made yet.
    ///   - depth: No chain of conditions is longer than there are sections.
    private func holds(
        _ condition: AnswerCondition?, in answers: [String: String], unanswered: Bool = false, depth: Int
    ) -> Bool {
        guard let condition else { return true }
        return condition.holds { key, values in
            guard depth > 0, let place = place(of: key),
                holds(
                    sections[place.section].fields[place.field].showIf, in: answers, unanswered: unanswered,
                    depth: depth - 1)
            else { return false }
            let given = (answers[key] ?? "").split(separator: "\n")
            return given.isEmpty ? unanswered : given.contains { values.contains(String($0)) }
        }
    }
}

extension Application {
    /// Sections with the questions that are asked of this applicant.
    public var askedSections: [FormSection] { type.sections(for: answers) }

    /// Papers that are asked of this applicant, in their sections or together.
    public var askedPapers: [Requirement] { type.papers(for: answers) }

    /// Papers that are asked of this applicant together, on a page of their own.
    public var askedRequirements: [Requirement] { type.requirements.filter { type.isAsked($0, in: answers) } }

    /// Whether a choice that is still to be made may add a section, or the first paper.
    public var mayAskMore: Bool {
        let open = type.sections.contains { section in
            section.fields.contains { type.mayBeAsked($0.showIf, in: answers) }
                && !section.fields.contains { type.isAsked($0, in: answers) }
        }
        return open
            || askedRequirements.isEmpty && type.requirements.contains { type.mayBeAsked($0, in: answers) }
    }

    /// Keys of all that is asked.
    public var askedKeys: [String] { askedSections.flatMap { $0.fields.map(\.key) } + askedRequirements.map(\.key) }
}
