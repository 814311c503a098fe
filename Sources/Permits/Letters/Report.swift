/// What the holder of a letter owes the office after its last day, such as the results of their research.
public struct Duty: Codable, Equatable, Sendable {
    /// `Laporan hasil penelitian`
    public var label: String
    public var hint: String
    /// Months after the letter's last day; or `dueDays`, one of the two.
    public var dueMonths: Int?
    public var dueDays: Int?
    public var kinds: [FileKind]
    public var maxBytes: Int

    /// The last day on which it is in time.
    public func due(after end: Day) -> Day { end.adding(months: dueMonths ?? 0).adding(days: dueDays ?? 0) }

    /// The duty as a paper to be uploaded.
    public var requirement: Requirement {
        Requirement(
            key: Report.fieldName, label: label, hint: hint, isRequired: true, kinds: kinds, maxBytes: maxBytes)
    }

    var faults: [String] {
        var faults: [String] = []
        if label.isEmpty { faults.append("the duty has no label") }
        if kinds.isEmpty { faults.append("the duty takes no kind of file") }
        if !(1...52_428_800).contains(maxBytes) { faults.append("the duty's maxBytes is 1 to 52428800") }
        switch (dueMonths, dueDays) {
        case (let months?, nil) where (0...24).contains(months): break
        case (nil, let days?) where (0...730).contains(days): break
        default: faults.append("the duty needs either dueMonths (0 to 24) or dueDays (0 to 730)")
        }
        return faults
    }
}

/// A report that a holder has given. Its content lies in the vault under `sha256`.
public struct Report: Equatable, Sendable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case given, returned, confirmed
    }

    /// Name of the upload's input.
    public static let fieldName = "laporan"

    public let id: Int64
    public let filename: String
    public let kind: FileKind
    public let size: Int
    public let sha256: String
    public let givenAt: Moment
    public let state: State
    public let decidedAt: Moment?
    /// Why it was returned.
    public let reason: String

    public init(
        id: Int64, filename: String, kind: FileKind, size: Int, sha256: String, givenAt: Moment, state: State,
        decidedAt: Moment?, reason: String
    ) {
        self.id = id
        self.filename = filename
        self.kind = kind
        self.size = size
        self.sha256 = sha256
        self.givenAt = givenAt
        self.state = state
        self.decidedAt = decidedAt
        self.reason = reason
    }
}

/// What an officer finds about a report.
public enum ReportVerdict: Equatable, Sendable {
    case confirm
    case giveBack(reason: String)
}

extension Application {
    /// Whether its holder may give a report now: from the day of issue on, also when it is late.
    public func expectReport(on letter: Letter, after last: Report?, by viewer: Viewer) throws(PermitError) {
        guard isHeld(by: viewer.account), letter.application == id else { throw .notFound }
        guard letter.owesReport else { throw .conflict("conflict.noReportOwed") }
        guard last == nil || last?.state == .returned else { throw .conflict("conflict.reportGiven") }
    }

    public func giveReport(on letter: Letter, after last: Report?, by viewer: Viewer, at now: Moment)
        throws(PermitError) -> Transition
    {
        try expectReport(on: letter, after: last, by: viewer)
        return Transition(application: self, event: NewEvent(kind: .reportGiven, actor: viewer.account, at: now))
    }

    /// - Throws: `conflict` when the report was judged already.
    public func judge(_ report: Report, _ verdict: ReportVerdict, by viewer: Viewer, at now: Moment)
        throws(PermitError) -> Transition
    {
        guard viewer.unit == unit else { throw .notFound }
        guard viewer.role == .verifier else { throw .forbidden }
        guard report.state == .given else { throw .conflict("conflict.reportJudged") }
        switch verdict {
        case .confirm:
            return Transition(
                application: self, event: NewEvent(kind: .reportConfirmed, actor: viewer.account, at: now))
        case .giveBack(let raw):
            let (reason, problems) = LifeReason.checked(raw)
            guard problems.isEmpty else { throw .invalid(problems) }
            return Transition(
                application: self,
                event: NewEvent(kind: .reportReturned, actor: viewer.account, at: now, note: reason))
        }
    }
}

/// A message that comes by the calendar.
public enum Reminder: String, Codable, Sendable, CaseIterable {
    /// The letter ends soon and may be extended.
    case expiring
    /// A report is owed: before, on and after its day.
    case dutyBefore, dutyToday, dutyLate

    /// The first day on which it is due, counted from the letter's last day or from the day of the report.
    public func day(of letter: Letter) -> Day? { day(validUntil: letter.validUntil, dutyDue: letter.life.dutyDue) }

    public func day(validUntil: Day, dutyDue: Day?) -> Day? {
        switch self {
        case .expiring: validUntil.adding(days: -14)
        case .dutyBefore: dutyDue?.adding(days: -14)
        case .dutyToday: dutyDue
        case .dutyLate: dutyDue?.adding(days: 14)
        }
    }
}
