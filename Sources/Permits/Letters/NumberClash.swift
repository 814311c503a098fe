/// What the numbers of a pattern look like, one piece after the other. Where this cannot say it exactly it says more than
/// there is, never less.
private enum Piece {
    case one(Character)
    case digit
    case romanDigit
    /// Any count of digits, none included.
    case digits
    case mayBeRomanDigit

    /// May be left out.
    var isOptional: Bool {
        switch self {
        case .digits, .mayBeRomanDigit: true
        case .one, .digit, .romanDigit: false
        }
    }

    /// Stays for further characters.
    var isEndless: Bool { if case .digits = self { true } else { false } }

    private func takes(_ character: Character) -> Bool {
        switch self {
        case .one(let own): own == character
        case .digit, .digits: "0123456789".contains(character)
        case .romanDigit, .mayBeRomanDigit: "IVX".contains(character)
        }
    }

    /// Whether some character suits both.
    func meets(_ other: Piece) -> Bool {
        switch (self, other) {
        case (.one(let character), _): other.takes(character)
        case (_, .one(let character)): takes(character)
        case (.digit, .digit), (.digit, .digits), (.digits, .digit), (.digits, .digits): true
        case (.romanDigit, .romanDigit), (.romanDigit, .mayBeRomanDigit), (.mayBeRomanDigit, .romanDigit),
            (.mayBeRomanDigit, .mayBeRomanDigit):
            true
        default: false
        }
    }
}

/// A pattern with the words that an office and a kind of letter put into it.
public struct NumberShape: Sendable, Hashable {
    let pattern: String
    let classification: String
    let unit: String

    public init(pattern: String, classification: String, unit: String) {
        self.pattern = pattern
        self.classification = classification
        self.unit = unit
    }

    /// Whether two letters, one of each, may read the same number, in whatever years and months. Walks both patterns at
    /// once, character by character.
    public func mayRead(like other: NumberShape) -> Bool {
        guard let left = pieces, let right = other.pieces else { return false }
        struct Place: Hashable {
            let left: Int
            let right: Int
        }
        var open = [Place(left: 0, right: 0)]
        var seen = Set(open)
        while let place = open.popLast() {
            if place.left == left.count, place.right == right.count { return true }
            var next: [Place] = []
            if place.left < left.count, left[place.left].isOptional {
                next.append(Place(left: place.left + 1, right: place.right))
            }
            if place.right < right.count, right[place.right].isOptional {
                next.append(Place(left: place.left, right: place.right + 1))
            }
            if place.left < left.count, place.right < right.count, left[place.left].meets(right[place.right]) {
                next.append(
                    Place(
                        left: left[place.left].isEndless ? place.left : place.left + 1,
                        right: right[place.right].isEndless ? place.right : place.right + 1))
            }
            open += next.filter { seen.insert($0).inserted }
        }
        return false
    }

    /// Nil for a pattern that cannot be read.
    private var pieces: [Piece]? {
        NumberPattern(pattern)?.parts.flatMap { part -> [Piece] in
            switch part {
            case .literal(let text): text.map(Piece.one)
            case .classification: classification.map(Piece.one)
            case .unit: unit.map(Piece.one)
            case .year: Array(repeating: .digit, count: 4)
            case .month: Array(repeating: .digit, count: 2)
            case .romanMonth: [.romanDigit] + Array(repeating: .mayBeRomanDigit, count: 3)
            case .number(let padding): Array(repeating: .digit, count: padding) + [.digits]
            }
        }
    }
}
