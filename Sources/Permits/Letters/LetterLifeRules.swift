/// What an office does with a letter after it is issued. Pure: from state to new state plus event, or why not.
extension Application {
    /// Takes a letter back for good. A replacement that was under way ends with it.
    /// - Throws: `conflict` when the letter has ended or expired, `invalid` without a ground or a reason.
    public func revoke(
        _ letter: Letter, on ground: RevocationGround?, reason raw: String, by viewer: Viewer, at now: Moment,
        in calendar: WorkingCalendar
    ) throws(PermitError) -> LetterChange {
        try expectOfficer(viewer, [.signatory], of: letter)
        try expectValid(letter, on: now.day)
        let (reason, problems) = LifeReason.checked(raw)
        guard let ground, problems.isEmpty else {
            let missing = FieldProblem("sebab", "required", ["labelKey": "letterAction.ground"])
            throw .invalid((ground == nil ? [missing] : []) + problems)
        }
        var next = self
        if follows?.kind == .replace { next.settle(in: calendar, on: now.day) }
        return LetterChange(
            transition: Transition(
                application: next, event: NewEvent(kind: .revoked, actor: viewer.account, at: now, note: reason)),
            end: LetterEnd(kind: .revoked, at: now, ground: ground, reason: reason))
    }

    /// Makes a letter void that was signed but never handed out. The number stays spent; the file goes back to the
    /// verifiers and gets another letter.
    /// - Throws: `conflict` when the holder has fetched it, or it replaced another one: that one has ended for good.
    public func void(_ letter: Letter, reason raw: String, by viewer: Viewer, at now: Moment) throws(PermitError)
        -> LetterChange
    {
        try expectOfficer(viewer, [.signatory], of: letter)
        guard letter.life.end == nil, letter.life.successor == nil else { throw .conflict("conflict.letterEnded") }
        guard letter.life.handedOverAt == nil else { throw .conflict("conflict.handedOver") }
        guard letter.life.predecessor?.kind != .replace else { throw .conflict("conflict.voidReplacement") }
        guard state == .issued else { throw .conflict("conflict.replacementRunning") }
        let (reason, problems) = LifeReason.checked(raw)
        guard problems.isEmpty else { throw .invalid(problems) }
        var next = self
        next.takeUpAgain(on: now.day)
        next.follows = letter.life.predecessor.map { Follow(letter: $0.id, kind: $0.kind, reason: "") }
        return LetterChange(
            transition: Transition(
                application: next, event: NewEvent(kind: .voided, actor: viewer.account, at: now, note: reason)),
            end: LetterEnd(kind: .void, at: now, reason: reason))
    }

    /// Takes the file up again so that another letter can replace this one, which stays valid until then.
    public func reopen(_ letter: Letter, reason raw: String, by viewer: Viewer, at now: Moment) throws(PermitError)
        -> LetterChange
    {
        try expectOfficer(viewer, [.verifier, .signatory], of: letter)
        guard state == .issued else { throw .conflict("conflict.replacementRunning") }
        try expectValid(letter, on: now.day)
        guard letter.life.successor == nil else { throw .conflict("conflict.letterEnded") }
        let (reason, problems) = LifeReason.checked(raw)
        guard problems.isEmpty else { throw .invalid(problems) }
        var next = self
        next.takeUpAgain(on: now.day)
        next.follows = Follow(letter: letter.id, kind: .replace, reason: reason)
        return LetterChange(
            transition: Transition(
                application: next, event: NewEvent(kind: .reopened, actor: viewer.account, at: now, note: reason)),
            end: nil)
    }

    /// Refusing to replace a letter leaves that letter as it is.
    func refuseReplacement(reason: String, by viewer: Viewer, at now: Moment, in calendar: WorkingCalendar)
        -> Transition
    {
        var next = self
        next.settle(in: calendar, on: now.day)
        return Transition(
            application: next,
            event: NewEvent(kind: .replacementRefused, actor: viewer.account, at: now, note: reason))
    }

    /// Back to the first step, with a promise of its own.
    private mutating func takeUpAgain(on day: Day) {
        state = .submitted
        step = 0
        claimedBy = nil
        clock = ServiceClock(promised: type.service.workingDays)
        clock.start(on: day)
    }

    /// Back to having a letter and nothing more to do.
    private mutating func settle(in calendar: WorkingCalendar, on day: Day) {
        state = .issued
        step = type.chain.count
        follows = nil
        clock.pause(on: day, in: calendar)
    }

    func expectOfficer(_ viewer: Viewer, _ roles: Set<Role>, of letter: Letter) throws(PermitError) {
        guard viewer.unit == unit, letter.application == id else { throw .notFound }
        guard roles.contains(viewer.role) else { throw .forbidden }
    }

    private func expectValid(_ letter: Letter, on day: Day) throws(PermitError) {
        switch letter.state(on: day) {
        case .valid: return
        case .expired: throw .conflict("conflict.letterExpired")
        case .revoked, .replaced, .void: throw .conflict("conflict.letterEnded")
        }
    }
}

/// A reason that somebody must be able to act on later: 10 to 2000 characters.
enum LifeReason {
    static func checked(_ raw: String, field: String = "alasan") -> (text: String, problems: [FieldProblem]) {
        let text = TypedText.cleaned(raw, keepingLines: true)
        let values = ["labelKey": "letterAction.reason", "min": "10", "max": "2000", "count": "\(text.count)"]
        if text.count < 10 { return (text, [FieldProblem(field, "tooShort", values)]) }
        if text.count > 2000 { return (text, [FieldProblem(field, "tooLong", values)]) }
        if let character = PrintableText.missing(in: text) {
            return (text, [FieldProblem(field, "notPrintable", ["character": String(character)])])
        }
        return (text, [])
    }
}
