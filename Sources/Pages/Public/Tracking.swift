public import Mustache

/// How far an application is, for whoever has its reference and knows the phone.
public struct Tracking: Page {
    public static let template = "public/tracking"

    public var fields: [FieldModel]
    public var problems: ProblemSummary?
    public var result: TrackingResult?

    public init(
        fields: [FieldModel], problems: ProblemSummary? = nil, result: TrackingResult? = nil
    ) {
        self.fields = fields
        self.problems = problems
        self.result = result
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "fields": fields
        case "problems": problems as Any
        case "result": result as Any
        default: nil
        }
    }
}

/// State only: no names, no papers, no reasons.
public struct TrackingResult: MustacheParent, Sendable {
    public var reference: String
    public var kind: String
    public var tag: TagModel
    public var headline: String
    public var next: String
    public var expected: String?
    /// In the queue.
    public var place: PlaceModel?
    /// Without names and notes.
    public var timeline: [TimelineItem]

    public init(
        reference: String, kind: String, tag: TagModel, headline: String, next: String, expected: String? = nil,
        place: PlaceModel? = nil, timeline: [TimelineItem]
    ) {
        self.reference = reference
        self.kind = kind
        self.tag = tag
        self.headline = headline
        self.next = next
        self.expected = expected
        self.place = place
        self.timeline = timeline
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "reference": reference
        case "kind": kind
        case "tag": tag
        case "headline": headline
        case "next": next
        case "expected": expected as Any
        case "place": place as Any
        case "timeline": timeline
        default: nil
        }
    }
}
