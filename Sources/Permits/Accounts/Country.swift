import Foundation

/// Whose citizen a foreigner is, as passports name it.
public struct Country: Hashable, Sendable {
    /// ISO 3166-1 alpha-3: `MYS`.
    public let code: String
    private let indonesian: String
    private let english: String

    public func name(in language: Language) -> String { language == .english ? english : indonesian }

    /// Nil for what is no country, and for Indonesia.
    public init?(code: String) {
        guard let known = Self.byCode[code] else { return nil }
        self = known
    }

    /// All but Indonesia, in the order of their names in that language.
    public static func all(in language: Language) -> [Country] { language == .english ? inEnglish : inIndonesian }

    private init(code: String, indonesian: String, english: String) {
        self.code = code
        self.indonesian = indonesian
        self.english = english
    }

    private static let byCode: [String: Country] = {
        let known = names.split(separator: "\n").map { line in
            let both = line.dropFirst(4).split(separator: "|").map(String.init)
            return Country(code: String(line.prefix(3)), indonesian: both[0], english: both.last ?? both[0])
        }
        return Dictionary(known.map { ($0.code, $0) }) { first, _ in first }
    }()
    private static let inIndonesian = sorted(in: .indonesian)
    private static let inEnglish = sorted(in: .english)

    /// `Å` stands with `A`.
    private static func sorted(in language: Language) -> [Country] {
        byCode.values.map { ($0.name(in: language).folding(options: .diacriticInsensitive, locale: nil), $0) }
            .sorted { $0.0 < $1.0 }.map(\.1)
    }
}
