public struct ComposedLetter: Sendable, Equatable {
    public var document: LetterDocument
    public var numberText: String
    public var validUntil: Day
    /// Labels of fields that the text names and nobody filled in: a warning for the signatory.
    public var emptyLabels: [String]
}

extension LetterType {
    /// Makes the letter's text. The same input gives the same letter.
    public func compose(_ context: LetterContext) -> ComposedLetter { compose(letter, context) }

    func compose(_ template: LetterTemplate, _ context: LetterContext) -> ComposedLetter {
        let numberText = numberText(context.number, from: context.office, on: context.date)
        let validUntil =
            context.validUntil ?? self.validUntil(from: context.validFrom ?? context.date, answers: context.answers)
        var filler = TemplateFiller(type: self, context: context, numberText: numberText, validUntil: validUntil)
        let blocks = template.blocks.compactMap { filler.block($0) }
        let title = filler.fill(template.title)
        let document = LetterDocument(
            language: "id", title: template.printsNumber ? "\(title) \(numberText)" : title,
            issuer: context.office.name, blocks: blocks, footer: template.footer.map { filler.fill($0) })
        return ComposedLetter(
            document: document, numberText: numberText, validUntil: validUntil, emptyLabels: filler.emptyLabels)
    }

    /// The number of a letter in words of its pattern; with nil, of one that has none yet.
    public func numberText(_ running: Int?, from office: Office, on day: Day) -> String {
        NumberPattern(number.pattern)?.text(
            number: running, classification: number.classification, unit: office.numberCode, on: day) ?? ""
    }

    /// The last day on which the letter is valid: the day before the same day of the month that ends it.
    public func validUntil(from day: Day, answers: [String: String]) -> Day {
        day.adding(months: validityMonths(answers)).adding(days: -1)
    }

    func validityMonths(_ answers: [String: String]) -> Int {
        validity.months ?? validity.monthsField.flatMap { answers[$0] }.flatMap { Int($0) } ?? 1
    }

    /// An answer as letters and lists print it; nothing for a question that is not asked.
    public func printed(_ key: String, in answers: [String: String]) -> String {
        let raw = answers[key] ?? ""
        guard let field = field(key), !raw.isEmpty else { return raw }
        return isAsked(field, in: answers) ? field.printed(raw) : ""
    }

    /// Whether a text with these placeholders speaks of something that this applicant was not asked.
    func namesUnasked(_ placeholders: [String], in answers: [String: String]) -> Bool {
        placeholders.contains { $0.hasPrefix("field:") && isUnasked(String($0.dropFirst(6)), in: answers) }
    }

    /// Whether it is a question that this applicant was not asked.
    func isUnasked(_ key: String, in answers: [String: String]) -> Bool {
        place(of: key).map { !isAsked(sections[$0.section].fields[$0.field], in: answers) } == true
    }
}
