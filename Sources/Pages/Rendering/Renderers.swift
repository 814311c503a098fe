public import Permits

/// A renderer for each language, loaded together so that no page is newer than its translation.
public struct Renderers: Sendable {
    private let standard: Renderer
    private let others: [Language: Renderer]

    /// - Parameter assets: see `Renderer`.
    public init(templates directory: String, assets: [String: String] = [:]) throws(TemplateFault) {
        let standard = try Renderer(templates: directory, language: .standard, assets: assets)
        var others: [Language: Renderer] = [:]
        for language in Language.allCases where language != .standard {
            others[language] = try Renderer(
                templates: directory, language: language, fallback: standard.texts, assets: assets)
        }
        self.standard = standard
        self.others = others
    }

    public subscript(language: Language) -> Renderer { others[language] ?? standard }
}
