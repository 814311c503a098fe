/// What came back for one part of a returned application: old and new side by side, for whoever judges it again.
public struct Correction: Equatable, Sendable {
    /// Of a field or a paper.
    public let key: String
    /// What the officer asked for; empty for what is only asked because another answer changed.
    public let reason: String
    /// Stored forms; nil for a paper.
    public let oldValue: String?
    public let newValue: String?
    /// Ids of attachments; nil for a field, and where there was none.
    public let oldPaper: Int64?
    public let newPaper: Int64?
    /// Why it is right as it was, in the applicant's words.
    public let explanation: String

    public static let maximumExplanation = 1000

    /// Name of the input for the explanation of a part.
    public static func explanationField(_ key: String) -> String { "benar.\(key)" }

    /// What an input of the form is about: a part, or its explanation.
    public static func key(ofInput name: String) -> String {
        name.hasPrefix("benar.") ? String(name.dropFirst("benar.".count)) : name
    }

    public init(
        key: String, reason: String, oldValue: String? = nil, newValue: String? = nil, oldPaper: Int64? = nil,
        newPaper: Int64? = nil, explanation: String = ""
    ) {
        self.key = key
        self.reason = reason
        self.oldValue = oldValue
        self.newValue = newValue
        self.oldPaper = oldPaper
        self.newPaper = newPaper
        self.explanation = explanation
    }
}

extension Application {
    /// Hands a mended file back. Only what was returned may have changed, and each of it must have, or its applicant
    /// says why it is right as it is.
    /// - Parameter explanations: By key, as typed.
    public func resubmit(
        with answers: [String: String], explaining explanations: [String: String] = [:], by viewer: Viewer,
        at now: Moment
    ) throws(PermitError) -> Transition {
        guard isHeld(by: viewer.account) else { throw .notFound }
        // A second click: the first one has handed it back.
        guard state != .submitted else { throw .conflict("conflict.alreadySubmitted") }
        guard state == .needsCorrection else { throw .conflict("conflict.notReturned") }
        let (explained, faults) = checkedExplanations(explanations)
        var next = self
        for field in type.fields where isOpen(field.key) { next.answers[field.key] = answers[field.key] }
        let problems = faults + next.problemsOfMending(self, explained: explained, today: now.day)
        guard problems.isEmpty else { throw .invalid(problems) }
        next.answers = next.withoutUnasked().answers
        next.typed = [:]
        // Verdicts on what was fine stand; what was mended is judged anew.
        next.findings.removeAll { $0.verdict == .mend }
        next.state = .submitted
        next.clock.start(on: now.day)
        return Transition(
            application: next, event: NewEvent(kind: .resubmitted, actor: viewer.account, at: now),
            corrections: corrections(to: next, explained: explained))
    }

    /// What cannot be taken of explanations as they were typed, by key.
    public func problems(ofExplaining explanations: [String: String]) -> [FieldProblem] {
        checkedExplanations(explanations).problems
    }

    /// What keeps a returned file from being handed back with these answers and explanations: the answers that are no
    /// answers, and what is neither mended nor explained.
    public func problemsOfMending(
        with typed: [String: String], explaining explanations: [String: String], by viewer: Viewer, at now: Moment
    ) -> [FieldProblem] {
        let (answers, wrong) = filled(with: typed, today: now.day)
        let named = Set(wrong.map(\.field))
        do throws(PermitError) {
            _ = try resubmit(with: answers, explaining: explanations, by: viewer, at: now)
        } catch .invalid(let problems) {
            return wrong + problems.filter { !named.contains($0.field) }
        } catch {}
        return wrong
    }

    private func checkedExplanations(_ typed: [String: String]) -> (
        kept: [String: String], problems: [FieldProblem]
    ) {
        var kept: [String: String] = [:]
        var problems: [FieldProblem] = []
        for key in keysToMend {
            guard let raw = typed[key] else { continue }
            let text = TypedText.cleaned(raw, keepingLines: true)
            let name = Correction.explanationField(key)
            let length = text.utf16.count
            if TypedText.hasControls(raw) {
                problems.append(FieldProblem(name, "controlCharacters"))
            } else if length > Correction.maximumExplanation {
                let values = [
                    "labelKey": "corrections.explanation.short", "max": "\(Correction.maximumExplanation)",
                    "count": "\(length)",
                ]
                problems.append(FieldProblem(name, "tooLong", values))
            } else if !text.isEmpty {
                kept[key] = text
            }
        }
        return (kept, problems)
    }

    /// What was to be mended, is as it was and is not explained; and what is asked because of what was mended.
    private func problemsOfMending(_ before: Application, explained: [String: String], today: Day) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for field in askedSections.flatMap(\.fields) where isOpen(field.key) && field.kind != .file {
            let isUnchanged = answers[field.key] == before.answers[field.key]
            // Time may have overtaken an answer that is right all the same.
            if isUnchanged, explained[field.key] != nil, !hasInputsLeft(for: field) { continue }
            if let problem = problem(with: field, today: today) {
                problems.append(problem)
            } else if keysToMend.contains(field.key), isUnchanged {
                problems.append(FieldProblem(field.key, "unchanged", ["label": field.label]))
            }
        }
        let askedBefore = Set(before.askedPapers.map(\.key))
        for paper in askedPapers {
            let isNew = !askedBefore.contains(paper.key)
            let isMissing = isNew && problem(with: paper, today: today) != nil
            let isUnchanged = keysToMend.contains(paper.key) && !isReplaced(paper.key) && explained[paper.key] == nil
            if isMissing || isUnchanged {
                problems.append(FieldProblem(paper.key, "fileMissing", ["label": paper.label]))
            }
        }
        return problems
    }

    /// Old and new of everything that was to be mended, and of what else changed because of it.
    private func corrections(to next: Application, explained: [String: String]) -> [Correction] {
        let fields = type.fields.filter { field in
            field.kind != .file
                && (keysToMend.contains(field.key)
                    || (isOpen(field.key) && (answers[field.key] ?? "") != (next.answers[field.key] ?? "")))
        }.map { field in
            Correction(
                key: field.key, reason: reasonToMend(field.key), oldValue: answers[field.key] ?? "",
                newValue: next.answers[field.key] ?? "", explanation: explained[field.key] ?? "")
        }
        let papers = type.papers.filter { keysToMend.contains($0.key) }.map { paper in
            Correction(
                key: paper.key, reason: reasonToMend(paper.key), oldPaper: finding(paper.key)?.attachment,
                newPaper: attachment(for: paper.key)?.id, explanation: explained[paper.key] ?? "")
        }
        return fields + papers
    }

    private func reasonToMend(_ key: String) -> String {
        finding(key).flatMap { $0.verdict == .mend ? $0.reason : nil } ?? ""
    }
}
