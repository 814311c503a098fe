extension LetterType {
    /// What a search looks at, in every language: people look for `research` on an Indonesian page too.
    /// - Parameter office: Names of the office that issues it.
    public func searched(office: [String]) -> SearchIndex.Document {
        let choices = fields.filter { [.choice, .multiChoice].contains($0.kind) }.flatMap { $0.options ?? [] }
        let texts: [(SearchIndex.Field, [String])] = [
            (.name, [name]), (.keyword, keywords ?? []), (.audience, (audiences ?? []).map(\.name)),
            (.summary, [summary]), (.detail, papers.map(\.label) + choices + [service.product]),
        ]
        return SearchIndex.Document(
            texts.flatMap { field, texts in inEveryLanguage(texts).map { (field, $0) } } + office.map { (.detail, $0) })
    }

    private func inEveryLanguage(_ texts: [String]) -> [String] {
        texts + (translations ?? [:]).values.flatMap { table in texts.compactMap { table[$0] } }
    }
}
