/// The words of some texts, prepared once so that a search costs well under a millisecond.
public struct SearchIndex: Sendable {
    /// Where a word stands, and how much that tells.
    public enum Field: Sendable, CaseIterable {
        case name, keyword, audience, summary, detail

        var weight: Double {
            switch self {
            case .name: 10
            case .keyword: 6
            case .audience: 3
            case .summary: 2
            case .detail: 1
            }
        }
    }

    public struct Document: Sendable {
        public var texts: [(field: Field, text: String)]

        public init(_ texts: [(field: Field, text: String)]) { self.texts = texts }
    }

    public struct Outcome: Sendable, Equatable {
        /// Numbers of documents, the best first.
        public var documents: [Int]
        /// None has every word; these have the most.
        public var isPartial: Bool
    }

    private struct Entry: Sendable {
        let bytes: [UInt8]
        /// Stems that are long enough to be mistyped.
        let stems: [[UInt8]]
        /// By document, 0 where the word is not.
        let weights: [Double]
    }

    private let count: Int
    private let entries: [Entry]
    /// Numbers of entries by what may be their stem.
    private let related: [String: [Int]]

    public init(_ documents: [Document]) {
        count = documents.count
        var weights: [SearchWord: [Double]] = [:]
        for (number, document) in documents.enumerated() {
            for (word, weight) in Self.weights(of: document) {
                weights[word, default: Array(repeating: 0, count: documents.count)][number] = weight
            }
        }
        let words = Array(weights)
        entries = words.map { Entry(bytes: Array($0.key.text.utf8), stems: Self.forms($0.key), weights: $0.value) }
        related = words.enumerated().reduce(into: [:]) { related, entry in
            for stem in entry.element.key.stems { related[stem, default: []].append(entry.offset) }
        }
    }

    /// Once for each field where it stands. A keyword of several words is less about each of them.
    private static func weights(of document: Document) -> [SearchWord: Double] {
        var byField: [Field: [SearchWord: Double]] = [:]
        for (field, text) in document.texts {
            let words = SearchWord.words(in: text).filter { !$0.isIdle }
            let telling = max(1, words.filter { !$0.isCommon }.count)
            let weight = field == .keyword ? field.weight * (1 + 1 / Double(telling)) / 2 : field.weight
            for word in words { byField[field, default: [:]][word] = max(byField[field]?[word] ?? 0, weight) }
        }
        // In the same order each time: sums of fractions depend on it.
        return Field.allCases.reduce(into: [:]) { $0.merge(byField[$1] ?? [:], uniquingKeysWith: +) }
    }

    /// - Parameter allowed: Which documents are looked at.
    /// - Returns: Nil when nothing is asked for: no word, or only such as `cara`.
    public func search(_ text: String, among allowed: (Int) -> Bool = { _ in true }) -> Outcome? {
        var words: [SearchWord] = []
        for word in SearchWord.words(in: text) where !word.isIdle && !words.contains(word) { words.append(word) }
        guard !words.isEmpty else { return nil }
        let telling = words.filter { !$0.isCommon }
        let needed = telling.isEmpty ? words : telling
        var found = Array(repeating: 0, count: count)
        var scores = Array(repeating: 0.0, count: count)
        for word in words {
            let isNeeded = needed.contains(word)
            for (document, score) in self.scores(of: word).enumerated() where score > 0 {
                if isNeeded { found[document] += 1 }
                scores[document] += isNeeded ? score : score / 4
            }
        }
        let most = (0..<count).filter(allowed).map { found[$0] }.max() ?? 0
        guard most > 0 else { return Outcome(documents: [], isPartial: false) }
        let best = (0..<count).filter { allowed($0) && found[$0] == most }
            .sorted { (-scores[$0], $0) < (-scores[$1], $1) }
        return Outcome(documents: best, isPartial: most < needed.count)
    }

    /// How well each document answers one word. Slips are only forgiven in words that stand nowhere.
    private func scores(of word: SearchWord) -> [Double] {
        let bytes = Array(word.text.utf8)
        let kin = Set(word.stems.flatMap { related[$0] ?? [] })
        let scores = best { number, entry in
            let likeness = Self.likeness(of: bytes, to: entry.bytes)
            return kin.contains(number) ? max(0.8, likeness) : likeness
        }
        if scores.contains(where: { $0 > 0 }) { return scores }
        let forms = Self.forms(word)
        return best { Self.isSlip(bytes, forms, of: $1) ? 0.5 : 0 }
    }

    private func best(_ likeness: (Int, Entry) -> Double) -> [Double] {
        var scores = Array(repeating: 0.0, count: count)
        for (number, entry) in entries.enumerated() {
            let likeness = likeness(number, entry)
            guard likeness > 0 else { continue }
            for document in 0..<count { scores[document] = max(scores[document], likeness * entry.weights[document]) }
        }
        return scores
    }

    private static func likeness(of word: [UInt8], to known: [UInt8]) -> Double {
        guard word.count >= 2, word.count < known.count else { return word == known ? 1 : 0 }
        if known.starts(with: word) { return 0.6 }
        // `riset` stands in `prariset`.
        guard word.count >= 4 else { return 0 }
        return (1...(known.count - word.count)).contains { known[$0...].starts(with: word) } ? 0.4 : 0
    }

    /// People rarely mistype the first letter, and other words often differ in it: `pajak` is not `jajak`.
    private static func isSlip(_ bytes: [UInt8], _ forms: [[UInt8]], of entry: Entry) -> Bool {
        let allowed = EditDistance.allowed(letters: bytes.count)
        guard allowed > 0, entry.bytes.count >= 4 else { return false }
        if bytes[0] == entry.bytes[0], EditDistance.isWithin(allowed, bytes, entry.bytes) { return true }
        return entry.stems.contains { stem in
            forms.contains { $0[0] == stem[0] && EditDistance.isWithin(1, $0, stem) }
        }
    }

    private static func forms(_ word: SearchWord) -> [[UInt8]] {
        word.stems.map { Array($0.utf8) }.filter { $0.count >= 5 }
    }
}
