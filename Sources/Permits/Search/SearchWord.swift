import Foundation

/// A word of a search or of a searched text, as it is compared.
struct SearchWord: Sendable, Hashable {
    /// Without case and diacritics, in the usual spelling.
    let text: String
    /// What may be its stem, itself included: `penelitian` and `meneliti` share `teliti`. No dictionary tells which one
    /// is right, so two words are related when any of them agree.
    let stems: Set<String>

    init(_ text: String) {
        self.text = text
        stems = Self.stems(of: text)
    }

    /// Words that say nothing about a letter: they are neither kept nor asked for.
    var isIdle: Bool { Self.idle.contains(text) }
    /// Words that stand in the name of nearly every letter: nobody's search fails by them.
    var isCommon: Bool { Self.common.contains(text) }

    /// Cut at everything that is no letter or digit, so hyphens and slashes are blanks.
    static func words(in text: String) -> [SearchWord] {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        var words: [String] = []
        var bound: String?
        for piece in folded.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init) {
            // `pra riset`, `pra-riset` and `prariset` are one word, as are `S-1` and `S1`.
            if let before = bound, before.count > 1 || piece.allSatisfy(\.isNumber) {
                words.append(usual(before + usual(piece)))
                bound = nil
                continue
            }
            if let before = bound { words.append(before) }
            bound = piece.count == 1 && !piece.allSatisfy(\.isNumber) || prefixesApart.contains(piece) ? piece : nil
            if bound == nil { words.append(usual(piece)) }
        }
        if let bound { words.append(bound) }
        return words.map(SearchWord.init)
    }

    private static let prefixesApart: Set = ["pra", "pre"]

    private static func usual(_ word: String) -> String {
        if let known = spellings[word] { return known }
        return word.contains("ijin") ? word.replacing("ijin", with: "izin") : word
    }

    /// Of words that are often written in another way.
    private static let spellings = [
        "praktek": "praktik", "kuisioner": "kuesioner", "kuisoner": "kuesioner", "quesioner": "kuesioner",
        "survey": "survei", "surveys": "survei", "surve": "survei", "thesis": "tesis", "theses": "tesis",
        "analisa": "analisis", "organization": "organisation", "licence": "license",
    ]

    private static let idle: Set = [
        "untuk", "cara", "caranya", "bagaimana", "gimana", "mengurus", "urus", "ngurus", "pengurusan", "buat",
        "membuat",
        "bikin", "pembuatan", "minta", "meminta", "mohon", "memohon", "mau", "ingin", "saya", "aku", "kami", "perlu",
        "butuh", "di", "ke", "dari", "dan", "atau", "yang", "ini", "itu", "apa", "dengan", "pada", "oleh", "para",
        "bagi",
        "ajukan", "mengajukan", "pengajuan", "dapat", "bisa", "tentang", "dalam", "agar", "syarat", "persyaratan",
        "how", "to", "get", "a", "an", "the", "for", "of", "in", "at", "on", "i", "my", "me", "we", "need", "want",
        "apply", "do", "and", "or", "is", "with", "about", "by", "from", "who",
    ]

    private static let common: Set = [
        "surat", "izin", "perizinan", "rekomendasi", "keterangan", "pengantar", "permohonan", "permit", "permission",
        "letter", "letters", "license", "recommendation", "application",
    ]
}

// Affixes. A stem has at least four letters: below that nearly everything would be related.
extension SearchWord {
    private static let shortest = 4
    private static let particles = ["nya", "lah", "kah"]
    private static let suffixes = ["kan", "an", "i", "s", "ing"]
    /// With the letter that the prefix swallows before a vowel: `meneliti` is `teliti`.
    private static let prefixes: [(String, swallowed: String)] = [
        ("meng", "k"), ("meny", "s"), ("men", "t"), ("mem", "p"), ("me", ""), ("peng", "k"), ("peny", "s"),
        ("pen", "t"),
        ("pem", "p"), ("pe", ""), ("per", ""), ("ber", ""), ("ter", ""), ("di", ""), ("ke", ""), ("se", ""),
    ]

    fileprivate static func stems(of word: String) -> Set<String> {
        guard word.utf8.count > shortest else { return [word] }
        let whole = [word] + without(particles, word)
        let bases = whole + whole.flatMap { without(suffixes, $0) }
        return bases.reduce(into: Set(bases)) { stems, base in
            for (prefix, swallowed) in prefixes where base.hasPrefix(prefix) {
                let rest = String(base.dropFirst(prefix.count))
                if rest.utf8.count >= shortest { stems.insert(rest) }
                let beginsOpen = rest.first.map { "aeiou".contains($0) } ?? false
                if beginsOpen, !swallowed.isEmpty, rest.utf8.count + 1 >= shortest { stems.insert(swallowed + rest) }
            }
        }
    }

    private static func without(_ endings: [String], _ word: String) -> [String] {
        endings.filter { word.hasSuffix($0) && word.utf8.count - $0.utf8.count >= shortest }
            .map { String(word.dropLast($0.count)) }
    }
}
