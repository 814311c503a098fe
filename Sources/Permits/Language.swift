/// A language that people read the portal in; the raw value is its BCP 47 tag. Letters are Indonesian whatever the
/// reader chose.
public enum Language: String, Codable, Sendable, CaseIterable {
    case indonesian = "id"
    case english = "en"

    /// For whoever has not chosen.
    public static let standard = Language.indonesian

    /// In its own words, so that those who look for it can read it.
    public var name: String {
        switch self {
        case .indonesian: "Bahasa Indonesia"
        case .english: "English"
        }
    }

    /// The one to switch to.
    public var other: Language { self == .indonesian ? .english : .indonesian }
}
