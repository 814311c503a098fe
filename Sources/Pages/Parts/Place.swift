public import Mustache
public import Permits

/// Where an application stands in the queue: in words, and drawn as a row of dots, its own the largest.
public struct PlaceModel: MustacheParent, Sendable {
    public var text: String
    /// By what rule the queue moves.
    public var meaning: String
    /// Nil where there is hardly a line.
    public var line: Line?

    public init(_ place: QueuePlace, texts: Texts) {
        text = texts.place(place)
        meaning = texts("place.\(place.line.rawValue).meaning")
        line = Line(place)
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "text": text
        case "meaning": meaning
        case "line": line as Any
        default: nil
        }
    }

    /// The drawing says nothing that the words do not say. Lengths are in pixels; a long queue has one dot for many.
    public struct Line: MustacheParent, Equatable, Sendable {
        static let mostDots = 16
        static let step = 14
        static let margin = 10

        public let width: Int
        /// Centres of the last dot and of its own.
        public let end: Int
        public let here: Int

        init?(_ place: QueuePlace) {
            guard place.total > 2 else { return nil }
            let last = min(place.total, Self.mostDots) - 1
            let files = max(place.total - 1, place.ahead)
            // Only who is first stands at the front of a long queue, and only who is last at its end.
            let own = place.ahead * last / files
            let isBetween = place.ahead > 0 && place.ahead < files
            end = Self.margin + last * Self.step
            here = Self.margin + (isBetween ? max(own, 1) : own) * Self.step
            width = end + Self.margin
        }

        public func child(named name: String) -> Any? {
            switch name {
            case "width": "\(width)"
            case "end": "\(end)"
            case "here": "\(here)"
            default: nil
            }
        }
    }
}

extension PlaceModel {
    static func sample(_ line: QueuePlace.Line = .check) -> PlaceModel {
        PlaceModel(
            text: "Urutan ke-5 dari 23 yang menunggu diperiksa",
            meaning: "Berkas dengan tenggat terdekat diperiksa lebih dahulu.",
            line: Line(QueuePlace(line: line, ahead: 4, total: 23, limit: 1000)))
    }

    private init(text: String, meaning: String, line: Line?) {
        self.text = text
        self.meaning = meaning
        self.line = line
    }
}

extension Texts {
    /// `Urutan ke-5 dari 23 yang menunggu diperiksa`
    func place(_ place: QueuePlace) -> String {
        let family = "place.\(place.line.rawValue)"
        let most = self("place.moreThan", ["count": formats.number(place.limit)])
        guard let number = place.number else { return self("\(family).behind", ["count": most]) }
        guard place.total > 1 else { return self("\(family).next") }
        let all = place.all.map { formats.number($0) } ?? most
        return self(family, ["number": formats.number(number), "count": all])
    }
}
