/// What the applicant does with an application. Pure: from state to new state plus event, or the reason why not.
extension Application {
    public static func prefilled(_ type: LetterType, from account: Account) -> [String: String] {
        var answers: [String: String] = [:]
        for field in type.fields {
            switch field.prefill {
            case "account.name": answers[field.key] = account.name
            case "account.nik": answers[field.key] = account.nik ?? ""
            case "account.phone": answers[field.key] = account.phone
            case "account.email": answers[field.key] = account.email
            default: break
            }
        }
        return answers
    }

    /// Whether the applicant may change what stands under `key` now.
    public func isOpen(_ key: String) -> Bool {
        switch state {
        case .draft: true
        case .needsCorrection: keysToMend.contains(key)
        default: false
        }
    }

    /// Checks typed answers and keeps those that are well formed; the others keep their old value and are named.
    /// Keys that are no field of the type, or not open now, are passed over.
    public func filled(with typed: [String: String], today: Day) -> (
        answers: [String: String], problems: [FieldProblem]
    ) {
        var answers = answers
        var problems: [FieldProblem] = []
        for field in type.fields where isOpen(field.key) {
            guard let raw = typed[field.key] else { continue }
            switch field.check(raw, today: today) {
            case .success(let value): answers[field.key] = value
            case .failure(let problem): problems.append(problem)
            }
        }
        return (answers, problems)
    }

    /// What still stands in the way of submitting: empty required fields, answers that time has overtaken, papers.
    public func missing(today: Day) -> [FieldProblem] {
        let fields = type.fields.compactMap { field -> FieldProblem? in
            let value = answers[field.key] ?? ""
            if value.isEmpty {
                return field.isRequired ? FieldProblem(field.key, "required", ["label": field.label]) : nil
            }
            if case .failure(let problem) = field.check(value, today: today) { return problem }
            return nil
        }
        let papers = type.requirements.filter { $0.isRequired && attachment(for: $0.key) == nil }
            .map { FieldProblem($0.key, "fileMissing", ["label": $0.label]) }
        return fields + papers
    }

    /// - Throws: `conflict` when it is no draft (a second click), `invalid` with all that is missing.
    public func submit(by viewer: Viewer, stating: Bool, at now: Moment) throws(PermitError) -> Transition {
        guard isHeld(by: viewer.account) else { throw .notFound }
        guard state == .draft else { throw .conflict("conflict.alreadySubmitted") }
        guard viewer.state == .active else { throw .conflict("conflict.accountPending") }
        var problems = missing(today: now.day)
        if !stating { problems.append(FieldProblem("pernyataan", "statementMissing")) }
        guard problems.isEmpty else { throw .invalid(problems) }
        var next = self
        next.state = .submitted
        next.step = 0
        next.submittedAt = now
        next.clock.start(on: now.day)
        return Transition(application: next, event: NewEvent(kind: .submitted, actor: viewer.account, at: now))
    }

    /// Hands a mended file back. Only what was returned may have changed, and each of it must have.
    public func resubmit(with answers: [String: String], by viewer: Viewer, at now: Moment) throws(PermitError)
        -> Transition
    {
        guard isHeld(by: viewer.account) else { throw .notFound }
        // A second click: the first one has handed it back.
        guard state != .submitted else { throw .conflict("conflict.alreadySubmitted") }
        guard state == .needsCorrection else { throw .conflict("conflict.notReturned") }
        var next = self
        var problems: [FieldProblem] = []
        for key in keysToMend {
            if let field = type.field(key) {
                next.answers[key] = answers[key]
                if (answers[key] ?? "").isEmpty && field.isRequired {
                    problems.append(FieldProblem(key, "required", ["label": field.label]))
                } else if answers[key] == self.answers[key] {
                    problems.append(FieldProblem(key, "unchanged", ["label": field.label]))
                }
            } else if let requirement = type.requirement(key), !isReplaced(key) {
                problems.append(FieldProblem(key, "fileMissing", ["label": requirement.label]))
            }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        // Verdicts on what was fine stand; what was mended is judged anew.
        next.findings.removeAll { $0.verdict == .mend }
        next.state = .submitted
        next.clock.start(on: now.day)
        return Transition(application: next, event: NewEvent(kind: .resubmitted, actor: viewer.account, at: now))
    }

    public func withdraw(by viewer: Viewer, at now: Moment, in calendar: WorkingCalendar) throws(PermitError)
        -> Transition
    {
        guard isHeld(by: viewer.account) else { throw .notFound }
        guard state.isWithOffice || state == .needsCorrection || state == .draft else {
            throw .conflict("conflict.alreadyDecided")
        }
        // There is a valid letter, and the office is mending it.
        guard follows?.kind != .replace else { throw .conflict("conflict.replacementRunning") }
        var next = self
        next.state = .withdrawn
        next.clock.pause(on: now.day, in: calendar)
        return Transition(application: next, event: NewEvent(kind: .withdrawn, actor: viewer.account, at: now))
    }
}
