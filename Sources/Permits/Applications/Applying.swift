/// What the applicant does with an application. Pure: from state to new state plus event, or the reason why not.
extension Application {
    /// What the account fills in of a new draft.
    /// - Parameter given: Answers that are there already.
    public static func prefilled(_ type: LetterType, from account: Account, given: [String: String] = [:]) -> [String:
        String]
    {
        var answers: [String: String] = [:]
        for field in type.fields where type.isPrefilled(field, in: given) {
            answers[field.key] = field.prefilled(from: account)
        }
        return answers
    }

    /// Once a choice has decided whether the account fills in a field: filled in where it is empty, and taken out again
    /// where it is not about the account's holder after all. What somebody has typed stays.
    public func prefilled(since before: Application, from account: Account) -> Application {
        guard state == .draft, answers != before.answers else { return self }
        var next = self
        for field in type.fields where field.prefillIf != nil {
            let isPrefilled = type.isPrefilled(field, in: answers)
            guard isPrefilled != type.isPrefilled(field, in: before.answers),
                let own = field.prefilled(from: account)
            else { continue }
            let answer = answers[field.key] ?? ""
            if isPrefilled, answer.isEmpty, typed[field.key] == nil { next.answers[field.key] = own }
            if !isPrefilled, answer == own { next.answers[field.key] = "" }
        }
        return next
    }

    /// Whether the applicant may change what stands under `key` now: in a returned file what is to be mended, and
    /// what is asked because of it.
    public func isOpen(_ key: String) -> Bool {
        switch state {
        case .draft: true
        case .needsCorrection: keysToMend.contains(key) || type.dependents(of: keysToMend).contains(key)
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
            switch field.kept(raw, today: today) {
            case .success(let value): answers[field.key] = value
            case .failure(let problem): problems.append(problem)
            }
        }
        return (answers, problems)
    }

    /// What still stands in the way of submitting: empty required fields, answers that time has overtaken, papers.
    public func missing(today: Day) -> [FieldProblem] {
        let filled = settled(today: today)
        let fields = filled.askedSections.flatMap(\.fields).compactMap { filled.problem(with: $0, today: today) }
        return fields + filled.askedRequirements.compactMap { filled.problem(with: $0, today: today) }
    }

    /// A paper that is needed and not there, or one of an earlier application that is too old by now.
    public func problem(with paper: Requirement, today: Day) -> FieldProblem? {
        guard let attachment = attachment(for: paper.key) else {
            return type.isNeeded(paper, in: answers)
                ? FieldProblem(paper.key, "fileMissing", ["label": paper.label]) : nil
        }
        guard state == .draft, paper.lastDay(of: attachment).map({ $0 < today }) == true else { return nil }
        return FieldProblem(paper.key, "paperTooOld", ["label": paper.label])
    }

    /// What keeps the answer to a question that is asked from being handed in.
    public func problem(with field: FieldDefinition, today: Day) -> FieldProblem? {
        if let paper = field.paper { return problem(with: paper, today: today) }
        if field.kind == .group, hasInputsLeft(for: field) {
            return FieldProblem(field.key, "rowsLeft", ["label": field.called])
        }
        if state == .draft, let raw = typed[field.key], case .failure(let problem) = field.kept(raw, today: today) {
            return problem
        }
        let value = answers[field.key] ?? ""
        if value.isEmpty {
            return type.isNeeded(field, in: answers) ? field.missingProblem : nil
        }
        if case .failure(let problem) = field.check(value, today: today) { return problem }
        return nil
    }

    /// Without what was filled in before a choice made it superfluous: the office gets what it asks for and no more.
    func withoutUnasked() -> Application {
        var next = self
        let asked = Set(askedKeys)
        next.answers = answers.filter { asked.contains($0.key) }
        next.attachments = attachments.filter { asked.contains($0.requirement) }
        return next
    }

    /// - Throws: `conflict` when it is no draft (a second click), `invalid` with all that is missing.
    public func submit(by viewer: Viewer, stating: Bool, at now: Moment) throws(PermitError) -> Transition {
        guard isHeld(by: viewer.account) else { throw .notFound }
        guard state == .draft else { throw .conflict("conflict.alreadySubmitted") }
        guard viewer.state == .active else { throw .conflict("conflict.accountPending") }
        var problems = missing(today: now.day)
        if !stating { problems.append(FieldProblem("pernyataan", "statementMissing")) }
        guard problems.isEmpty else { throw .invalid(problems) }
        var next = settled(today: now.day).withoutUnasked()
        next.typed = [:]
        next.state = .submitted
        next.step = 0
        next.submittedAt = now
        next.clock.start(on: now.day)
        return Transition(application: next, event: NewEvent(kind: .submitted, actor: viewer.account, at: now))
    }

    /// Whether its applicant may take it back. While a letter is being replaced there is a valid one, and the office is
    /// mending it.
    public var canBeWithdrawn: Bool {
        (state.isWithOffice || state == .needsCorrection || state == .draft) && follows?.kind != .replace
    }

    /// - Parameter raw: Why, for the office; it may stay empty.
    public func withdraw(
        because raw: String = "", by viewer: Viewer, at now: Moment, in calendar: WorkingCalendar
    ) throws(PermitError) -> Transition {
        guard isHeld(by: viewer.account) else { throw .notFound }
        guard state.isWithOffice || state == .needsCorrection || state == .draft else {
            throw .conflict("conflict.alreadyDecided")
        }
        // There is a valid letter, and the office is mending it.
        guard follows?.kind != .replace else { throw .conflict("conflict.replacementRunning") }
        let reason = TypedText.cleaned(raw, keepingLines: true)
        guard reason.utf16.count <= Self.longestWithdrawalReason else {
            let values = [
                "labelKey": "status.withdraw.reason.short", "max": "\(Self.longestWithdrawalReason)",
                "count": "\(reason.utf16.count)",
            ]
            throw .invalid([FieldProblem("alasan", "tooLong", values)])
        }
        var next = self
        next.state = .withdrawn
        next.turn = Turn()
        next.clock.pause(on: now.day, in: calendar)
        return Transition(
            application: next, event: NewEvent(kind: .withdrawn, actor: viewer.account, at: now, note: reason))
    }

    /// UTF-16 units.
    public static let longestWithdrawalReason = 500
}

extension FieldDefinition {
    fileprivate func prefilled(from account: Account) -> String? {
        switch prefill {
        case "account.name": account.name
        case "account.nik": account.nik ?? ""
        case "account.passport": account.identity?.kind == .passport ? account.identity?.number ?? "" : ""
        case "account.citizenship":
            switch account.identity {
            case .nik: Citizenship.indonesian
            case .passport: Citizenship.foreign
            case nil: ""
            }
        case "account.phone": account.phone
        case "account.email": account.email
        default: nil
        }
    }
}
