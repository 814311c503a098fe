/// Where the application is, who has to act, and by when.
public struct ApplicationStatus: Page {
    public static let template = "citizen/application-status"

    public var reference: String
    public var kind: String
    public var summary: String
    public var tag: TagModel
    /// One sentence: where the file is.
    public var headline: String
    /// What happens next.
    public var explanation: String
    /// Who has to act now: `Anda` or the office.
    public var holder: String
    /// `Perkiraan selesai`, or `Selesai` when it is over.
    public var dateLabel: String
    /// By when, or when it ended, in words.
    public var date: String
    /// In the queue; nil while it stands in none.
    public var place: PlaceModel?
    /// From the form to the letter, with the place where it is.
    public var way: [WayStep]
    /// How long such files take in practice; nil where it is not known or not asked any more.
    public var usual: String?
    /// Adds the receipt.
    public var isJustSent: Bool
    public var submitted: String?
    /// Where an unsent draft goes on.
    public var draftPath: String?
    public var correctionsPath: String?
    public var tasks: [TaskItem]
    /// The written reason.
    public var refusal: String?
    public var letter: LetterLink?
    /// The letter that this application is about to replace or extend.
    public var follow: FollowNote?
    public var duty: DutyNote?
    public var timeline: [TimelineItem]
    /// Where the other events are, when these are not all.
    public var otherEvents: ListParts?
    public var sections: [SummarySection]
    public var papers: [PaperRow]
    public var withdrawalPath: String?
    /// Papers of the office about it.
    public var officePapers: [DocumentLink] = []
    /// Who opened the papers; nil while nobody at the office can have.
    public var viewsPath: String?
    /// Handing it to somebody else's account.
    public var transferPath: String?
    /// The institution that it is filed for.
    public var institution: String?
    /// Of the page that says for whom it is filed.
    public var filingPath: String?
    public var conversation: ConversationModel?
    /// Whether a question of the office waits for the reader.
    public var isAsked = false
    /// Beginning a new application from this one, once it is over.
    public var anotherAction: String?
    /// What it had been returned for when it was withdrawn.
    public var notes: [SummaryRow] = []
    /// Nothing that was filled in is left.
    public var isErased = false
    /// Where a new application of this kind begins, when there is nothing to begin it from.
    public var servicePath: String?
    /// That it is offered to another account, and until when.
    public var offered: String?
    /// When a draft goes that nobody goes on with.
    public var deletion: String?
    /// What was mended, the last time first.
    public var changes: [ChangeRound] = []
    /// Whose they were.
    public var changesTitle = ""

    public init(
        reference: String, kind: String, summary: String, tag: TagModel, headline: String, explanation: String,
        holder: String, dateLabel: String, date: String, way: [WayStep], isJustSent: Bool, submitted: String? = nil,
        draftPath: String? = nil,
        correctionsPath: String? = nil, tasks: [TaskItem], refusal: String? = nil, letter: LetterLink? = nil,
        timeline: [TimelineItem], sections: [SummarySection], papers: [PaperRow], withdrawalPath: String? = nil,
        follow: FollowNote? = nil, duty: DutyNote? = nil, viewsPath: String? = nil, transferPath: String? = nil,
        institution: String? = nil, filingPath: String? = nil
    ) {
        self.reference = reference
        self.kind = kind
        self.summary = summary
        self.tag = tag
        self.headline = headline
        self.explanation = explanation
        self.holder = holder
        self.dateLabel = dateLabel
        self.date = date
        self.way = way
        self.isJustSent = isJustSent
        self.submitted = submitted
        self.draftPath = draftPath
        self.correctionsPath = correctionsPath
        self.tasks = tasks
        self.refusal = refusal
        self.letter = letter
        self.follow = follow
        self.duty = duty
        self.timeline = timeline
        self.sections = sections
        self.papers = papers
        self.withdrawalPath = withdrawalPath
        self.viewsPath = viewsPath
        self.transferPath = transferPath
        self.institution = institution
        self.filingPath = filingPath
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "summary": summary
        case "tag": tag
        case "headline": headline
        case "explanation": explanation
        case "holder": holder
        case "dateLabel": dateLabel
        case "date": date
        case "place": place as Any
        case "way": way
        case "usual": usual as Any
        case "isJustSent": isJustSent
        case "submitted": submitted as Any
        case "draftPath": draftPath as Any
        case "correctionsPath": correctionsPath as Any
        case "tasks": tasks
        case "refusal": refusal as Any
        case "letter": letter as Any
        case "follow": follow as Any
        case "duty": duty as Any
        case "timeline": timeline
        case "otherEvents": otherEvents as Any
        case "sections": sections
        case "papers": papers
        case "withdrawalPath": withdrawalPath as Any
        case "officePapers": officePapers
        case "hasOfficePapers": !officePapers.isEmpty
        case "viewsPath": viewsPath as Any
        case "transferPath": transferPath as Any
        case "institution": institution as Any
        case "filingPath": filingPath as Any
        case "conversation": conversation as Any
        case "isAsked": isAsked
        case "anotherAction": anotherAction as Any
        case "hasNotes": !notes.isEmpty
        case "notes": notes
        case "isErased": isErased
        case "servicePath": servicePath as Any
        case "offered": offered as Any
        case "deletion": deletion as Any
        case "changes": changes
        case "changesTitle": changesTitle
        case "hasChanges": !changes.isEmpty
        default: nil
        }
    }
}
