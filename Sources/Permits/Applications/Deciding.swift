/// What an officer may decide on a file that waits for verification.
public enum Decision: Equatable, Sendable {
    case recommend
    /// The findings say what to mend.
    case returnForCorrection
    case refuse(reason: String)
}

extension Application {
    /// Whether its applicant was told what the office found. Verdicts in the making are nobody's yet.
    /// - Parameter last: Whether it was handed over or returned last: `submitted`, `resubmitted` or `returned`. One that
    ///   is withdrawn keeps what it was returned for.
    public func tellsFindings(after last: EventKind?) -> Bool {
        switch state {
        case .needsCorrection, .refused, .issued: true
        case .withdrawn: last == .returned
        case .draft, .submitted, .verified, .awaitingSignature: false
        }
    }

    /// Whether a member of this office's staff may verify it now.
    public func canVerify(_ viewer: Viewer) -> Bool {
        viewer.role == .verifier && viewer.unit == unit && [.submitted, .verified].contains(state)
    }

    public func canSign(_ viewer: Viewer) -> Bool {
        viewer.role == .signatory && viewer.unit == unit && state == .awaitingSignature
    }

    /// Takes the file on, also from a colleague: the newest claim counts and the event tells.
    public func claim(by viewer: Viewer, at now: Moment) throws(PermitError) -> Transition {
        try expectVerifier(viewer)
        var next = self
        next.claimedBy = viewer.account
        return Transition(application: next, event: NewEvent(kind: .claimed, actor: viewer.account, at: now))
    }

    /// Notes verdicts on fields and papers.
    /// - Throws: `invalid` when something to mend has no reason, or a key is none of this type.
    public func judge(_ findings: [Finding], by viewer: Viewer, at now: Moment) throws(PermitError) -> Transition {
        try expectVerifier(viewer)
        let problems = findings.compactMap { finding -> FieldProblem? in
            guard type.field(finding.key) != nil || type.requirement(finding.key) != nil else {
                return FieldProblem(finding.key, "notAnOption", ["label": finding.key])
            }
            if finding.verdict == .mend && finding.reason.isEmpty { return FieldProblem(finding.key, "noReason") }
            return finding.reason.count > 500
                ? FieldProblem(
                    finding.key, "tooLong",
                    ["labelKey": "decision.label", "max": "500", "count": "\(finding.reason.count)"]) : nil
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        var next = self
        next.findings = findings.map { finding in
            var finding = finding
            finding.attachment = attachment(for: finding.key)?.id
            return finding
        }
        next.claimedBy = claimedBy ?? viewer.account
        return Transition(application: next, event: NewEvent(kind: .judged, actor: viewer.account, at: now))
    }

    public func decide(
        _ decision: Decision, by viewer: Viewer, at now: Moment, in calendar: WorkingCalendar
    ) throws(PermitError) -> Transition {
        try expectVerifier(viewer)
        var next = self
        next.claimedBy = claimedBy ?? viewer.account
        switch decision {
        case .recommend:
            guard keysToMend.isEmpty else { throw .invalid([FieldProblem("keputusan", "stillToMend")]) }
            // Whoever recommends vouches for all of it.
            next.findings = askedKeys.map { key in
                finding(key) ?? Finding(key: key, verdict: .fine, attachment: attachment(for: key)?.id)
            }
            next.step = step + 1
            let following = type.chain.indices.contains(next.step) ? type.chain[next.step].kind : .sign
            next.state = following == .sign ? .awaitingSignature : .verified
            // A second verifier takes the file on anew.
            if following == .verify { next.claimedBy = nil }
            return Transition(application: next, event: NewEvent(kind: .recommended, actor: viewer.account, at: now))
        case .returnForCorrection:
            guard !keysToMend.isEmpty else { throw .invalid([FieldProblem("keputusan", "nothingReturned")]) }
            next.state = .needsCorrection
            next.step = 0
            next.clock.pause(on: now.day, in: calendar)
            let note = keysToMend.compactMap { type.field($0)?.label ?? type.requirement($0)?.label }.joined(
                separator: ", ")
            return Transition(
                application: next, event: NewEvent(kind: .returned, actor: viewer.account, at: now, note: note))
        case .refuse(let raw):
            let reason = TypedText.cleaned(raw, keepingLines: true)
            guard !reason.isEmpty else { throw .invalid([FieldProblem("alasan", "refusalReason")]) }
            guard reason.count <= 2000 else {
                throw .invalid([
                    FieldProblem(
                        "alasan", "tooLong", ["labelKey": "decision.label", "max": "2000", "count": "\(reason.count)"])
                ])
            }
            if let character = PrintableText.missing(in: reason) {
                throw .invalid([FieldProblem("alasan", "notPrintable", ["character": String(character)])])
            }
            if follows?.kind == .replace {
                return next.refuseReplacement(reason: reason, by: viewer, at: now, in: calendar)
            }
            next.state = .refused
            next.turn.askedAt = nil
            next.clock.pause(on: now.day, in: calendar)
            return Transition(
                application: next, event: NewEvent(kind: .refused, actor: viewer.account, at: now, note: reason))
        }
    }

    /// The signature. The number is the store's to take, in the same transaction.
    public func sign(by viewer: Viewer, at now: Moment, in calendar: WorkingCalendar) throws(PermitError) -> Transition
    {
        guard viewer.unit == unit else { throw .notFound }
        guard viewer.role == .signatory else { throw .forbidden }
        guard state == .awaitingSignature else { throw .conflict("conflict.notAwaitingSignature") }
        var next = self
        next.state = .issued
        next.step = type.chain.count
        next.follows = nil
        // What was asked for the letter's sake needs no answer any more.
        next.turn.askedAt = nil
        next.clock.pause(on: now.day, in: calendar)
        return Transition(application: next, event: NewEvent(kind: .signed, actor: viewer.account, at: now))
    }

    /// The signatory does not sign, and says to the verifiers why.
    public func sendBack(reason raw: String, by viewer: Viewer, at now: Moment) throws(PermitError) -> Transition {
        guard viewer.unit == unit else { throw .notFound }
        guard viewer.role == .signatory else { throw .forbidden }
        guard state == .awaitingSignature else { throw .conflict("conflict.notAwaitingSignature") }
        let reason = TypedText.cleaned(raw, keepingLines: true)
        guard !reason.isEmpty else { throw .invalid([FieldProblem("alasan", "sendBackReason")]) }
        guard reason.count <= 2000 else {
            throw .invalid([
                FieldProblem(
                    "alasan", "tooLong", ["labelKey": "decision.label", "max": "2000", "count": "\(reason.count)"])
            ])
        }
        var next = self
        next.state = .submitted
        next.step = 0
        return Transition(
            application: next, event: NewEvent(kind: .sentBack, actor: viewer.account, at: now, note: reason))
    }

    private func expectVerifier(_ viewer: Viewer) throws(PermitError) {
        guard viewer.unit == unit else { throw .notFound }
        guard viewer.role == .verifier else { throw .forbidden }
        guard [.submitted, .verified].contains(state) else { throw .conflict("conflict.alreadyDecided") }
    }
}
