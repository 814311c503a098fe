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

    /// The last day on which the letter is valid: the day before the same day of the month that ends it, and not before
    /// the last day of what it permits. A letter that comes after that holds on its first day.
    public func validUntil(from day: Day, answers: [String: String]) -> Day {
        let least = validityMonths(answers).map { day.adding(months: $0).adding(days: -1) } ?? day
        return lastDay(answers).map { max(least, $0) } ?? least
    }

    /// Nil when only what it permits says how long a letter holds.
    private func validityMonths(_ answers: [String: String]) -> Int? {
        if let key = validity.monthsField { return answers[key].flatMap { Int($0) } ?? 1 }
        return validity.months
    }

    /// Of what the letter permits, where that has days.
    private func lastDay(_ answers: [String: String]) -> Day? {
        guard let key = validity.untilField, !isUnasked(key, in: answers) else { return nil }
        return answers[key].flatMap { DayRange($0) }?.last
    }

    /// `3 (tiga) bulan`, or days where no number of months fits.
    func validityText(from first: Day, until last: Day, answers: [String: String]) -> String {
        if let months = validityMonths(answers), first.adding(months: months).adding(days: -1) == last {
            return IndonesianText.counted(months, "bulan")
        }
        return IndonesianText.counted(last.ordinal - first.ordinal + 1, "hari")
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
