public import Mustache

/// One application as the office works on it: papers beside answers, a verdict for each, then a decision.
public struct StaffApplication: Page {
    public static let template = "staff/application"

    public var reference: String
    /// What the officer has before them: deciding on another state is refused.
    public var revision: Int
    public var kind: String
    public var summary: String
    public var tag: TagModel
    public var clock: ClockModel
    /// The only place where the whole NIK is shown.
    public var applicant: [SummaryRow]
    public var documents: [DocumentReview]
    public var sections: [ReviewSection]
    /// Nil when the reader may not judge now.
    public var verdictsAction: String?
    public var claim: ClaimModel
    public var timeline: [TimelineItem]
    public var backPath: String
    public var decision: DecisionModel?
    /// For a signatory when the letter waits for a signature.
    public var signingPath: String?
    public var letter: LetterLink?
    /// Papers of the office about it.
    public var officePapers: [DocumentLink] = []
    /// The letter that this application is about to replace or extend.
    public var follow: FollowNote?
    public var problems: ProblemSummary?
    public var conversation: ConversationModel?
    /// Whether a message of the applicant waits for an answer.
    public var isUnanswered = false

    public init(
        reference: String, revision: Int, kind: String, summary: String, tag: TagModel, clock: ClockModel,
        applicant: [SummaryRow],
        documents: [DocumentReview], sections: [ReviewSection], verdictsAction: String? = nil, claim: ClaimModel,
        timeline: [TimelineItem], backPath: String, decision: DecisionModel? = nil, signingPath: String? = nil,
        letter: LetterLink? = nil, follow: FollowNote? = nil, problems: ProblemSummary? = nil
    ) {
        self.reference = reference
        self.revision = revision
        self.kind = kind
        self.summary = summary
        self.tag = tag
        self.clock = clock
        self.applicant = applicant
        self.documents = documents
        self.sections = sections
        self.verdictsAction = verdictsAction
        self.claim = claim
        self.timeline = timeline
        self.backPath = backPath
        self.decision = decision
        self.signingPath = signingPath
        self.letter = letter
        self.follow = follow
        self.problems = problems
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "revision": revision
        case "kind": kind
        case "summary": summary
        case "tag": tag
        case "clock": clock
        case "applicant": applicant
        case "documents": documents
        case "sections": sections
        case "verdictsAction": verdictsAction as Any
        case "claim": claim
        case "timeline": timeline
        case "backPath": backPath
        case "decision": decision as Any
        case "signingPath": signingPath as Any
        case "letter": letter as Any
        case "officePapers": officePapers
        case "hasOfficePapers": !officePapers.isEmpty
        case "follow": follow as Any
        case "problems": problems as Any
        case "conversation": conversation as Any
        case "isUnanswered": isUnanswered
        default: nil
        }
    }
}

/// The office's time for this application.
public struct ClockModel: MustacheParent, Sendable {
    public var due: String
    public var left: String
    public var tone: Tone
    public var isPaused: Bool

    public init(due: String, left: String, tone: Tone, isPaused: Bool) {
        self.due = due
        self.left = left
        self.tone = tone
        self.isPaused = isPaused
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "due": due
        case "left": left
        case "tone": tone.rawValue
        case "isPaused": isPaused
        default: nil
        }
    }
}

public struct ClaimModel: MustacheParent, Sendable {
    /// In words: `Ditangani Anda` or the colleague's name.
    public var claimedBy: String?
    /// Where the claim button posts; nil when it is already the reader's.
    public var action: String?

    public init(claimedBy: String? = nil, action: String? = nil) {
        self.claimedBy = claimedBy
        self.action = action
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "claimedBy": claimedBy as Any
        case "action": action as Any
        default: nil
        }
    }
}

public struct DocumentReview: MustacheParent, Sendable {
    public var label: String
    public var file: FileModel?
    public var isImage: Bool
    /// Shown in a frame; what is neither picture nor framed is a download.
    public var isFramed: Bool
    public var isRequired: Bool
    public var verdict: VerdictModel?
    /// What it was before it was returned.
    public var mended: MendedModel?
    /// Where it comes from when it was given for another application first.
    public var origin: String?

    public init(
        label: String, file: FileModel? = nil, isImage: Bool, isFramed: Bool, isRequired: Bool,
        verdict: VerdictModel? = nil,
        mended: MendedModel? = nil, origin: String? = nil
    ) {
        self.label = label
        self.file = file
        self.isImage = isImage
        self.isFramed = isFramed
        self.isRequired = isRequired
        self.verdict = verdict
        self.mended = mended
        self.origin = origin
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "file": file as Any
        case "isImage": isImage
        case "isFramed": isFramed
        case "isRequired": isRequired
        case "verdict": verdict as Any
        case "mended": mended as Any
        case "origin": origin as Any
        default: nil
        }
    }
}

public struct ReviewSection: MustacheParent, Sendable {
    public var title: String
    public var rows: [ReviewRow]

    public init(title: String, rows: [ReviewRow]) {
        self.title = title
        self.rows = rows
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "rows": rows
        default: nil
        }
    }
}

public struct ReviewRow: MustacheParent, Sendable {
    public var label: String
    public var value: String
    /// What is strange about the value, though nothing is wrong with it.
    public var doubt: String?
    /// What it was before it was returned.
    public var mended: MendedModel?
    public var verdict: VerdictModel?

    public init(
        label: String, value: String, doubt: String? = nil, mended: MendedModel? = nil, verdict: VerdictModel? = nil
    ) {
        self.label = label
        self.value = value
        self.doubt = doubt
        self.mended = mended
        self.verdict = verdict
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "value": value
        case "doubt": doubt as Any
        case "mended": mended as Any
        case "verdict": verdict as Any
        default: nil
        }
    }
}

/// The three ways out of checking. `reason` is needed to refuse; returning tells the reasons of the verdicts.
public struct DecisionModel: MustacheParent, Sendable {
    public var action: String
    public var reason: FieldModel
    public var hint: String

    public init(action: String, reason: FieldModel, hint: String) {
        self.action = action
        self.reason = reason
        self.hint = hint
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "action": action
        case "reason": reason
        case "hint": hint
        default: nil
        }
    }
}
