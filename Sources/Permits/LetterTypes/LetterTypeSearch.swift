import Foundation

/// Finding a kind of letter by what people call it.
public struct SearchWords: Sendable {
    let words: [String]

    /// Cut at everything that is no letter or digit; without case and diacritics.
    public init(_ text: String) { words = Self.folded(text) }

    public var isEmpty: Bool { words.isEmpty }

    static func folded(_ text: String) -> [String] {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    /// Whether every word begins a word of one of the texts. A longer one may also stand within a word, as `riset` does
    /// in `prariset`.
    func match(_ texts: [String]) -> Bool {
        let known = texts.flatMap(Self.folded)
        return words.allSatisfy { word in
            known.contains { $0.hasPrefix(word) || (word.count >= 4 && $0.contains(word)) }
        }
    }
}

extension LetterType {
    /// How well it answers a search, in whatever language: 0 when its name does, 1 with its other names, 2 with its
    /// description; nil when it does not.
    /// - Parameter office: Names of the office that issues it.
    public func rank(for search: SearchWords, office: [String]) -> Int? {
        let names = inEveryLanguage([name])
        let others = names + inEveryLanguage(keywords ?? [])
        if search.match(names) { return 0 }
        if search.match(others) { return 1 }
        return search.match(others + inEveryLanguage([summary, service.product]) + office) ? 2 : nil
    }

    private func inEveryLanguage(_ texts: [String]) -> [String] {
        texts + (translations ?? [:]).values.flatMap { table in texts.compactMap { table[$0] } }
    }
}
