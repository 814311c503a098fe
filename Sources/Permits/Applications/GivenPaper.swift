/// How long a paper may be used again for another application, and which papers are the same. None means never: a letter
/// of introduction is for one purpose.
public struct ReuseRule: Codable, Equatable, Sendable {
    /// Shared by requirements of all kinds of letters that ask for the same paper: `ktp`.
    public var kind: String
    /// From the day on which it was given first.
    public var days: Int

    public init(kind: String, days: Int) {
        self.kind = kind
        self.days = days
    }

    public func lastDay(of paper: GivenPaper) -> Day { paper.givenAt.day.adding(days: days) }

    func faults(of key: String) -> [String] {
        var faults: [String] = []
        if !LetterType.isKey(kind) {
            faults.append("requirement '\(key)': reuse kind '\(kind)': use small letters, digits and underscores")
        }
        if !(1...3650).contains(days) { faults.append("requirement '\(key)': reuse days are 1 to 3650") }
        return faults
    }
}

/// A paper that somebody gave before, with one of their applications.
public struct GivenPaper: Equatable, Sendable {
    public let attachment: Attachment
    /// `ReuseRule.kind` of the requirement that it was given for.
    public let kind: String
    /// The application that it was given for first.
    public let reference: Reference
    /// The one that `attachment` belongs to.
    public let holder: Reference
    /// When it was given first: using it again makes it no younger.
    public let givenAt: Moment

    public init(attachment: Attachment, kind: String, reference: Reference, holder: Reference, givenAt: Moment) {
        self.attachment = attachment
        self.kind = kind
        self.reference = reference
        self.holder = holder
        self.givenAt = givenAt
    }
}

/// What a paper that was given before is good for now.
public enum ReuseOffer: Equatable, Sendable {
    case usable(GivenPaper, until: Day)
    /// Its time is over since the day after this one.
    case expired(GivenPaper, since: Day)
}

extension Requirement {
    /// Until when a paper of an earlier application may be handed in here; nil for one that was given for this one, and
    /// where nothing says for how long.
    public func lastDay(of paper: Attachment) -> Day? {
        guard let reuse, let origin = paper.origin else { return nil }
        return origin.givenAt.day.adding(days: reuse.days)
    }

    /// The best of the papers that were given before: of the same kind, of a sort of file that is taken here, the one
    /// given last; nil when there is none or this paper is asked for anew each time.
    public func offer(among papers: [GivenPaper], on today: Day) -> ReuseOffer? {
        guard let reuse else { return nil }
        let fitting = papers.filter {
            $0.kind == reuse.kind && kinds.contains($0.attachment.kind) && $0.attachment.size <= maxBytes
        }
        guard let newest = fitting.max(by: { ($0.givenAt, $0.attachment.id) < ($1.givenAt, $1.attachment.id) })
        else { return nil }
        let last = reuse.lastDay(of: newest)
        return today <= last ? .usable(newest, until: last) : .expired(newest, since: last)
    }
}
