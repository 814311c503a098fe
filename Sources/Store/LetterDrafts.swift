public import Permits

/// A letter that is ready to be signed, with the number it will have. Nothing of it is kept yet.
public struct LetterDraft: Sendable {
    public let kind: LetterKind
    /// Without the address of its QR code.
    public let document: LetterDocument
    public let numberText: String
    public let summary: LetterSummary
    public let office: Office
    public let signatory: SignatoryTitle
    public let date: Day
    let number: Int
    let series: String
    let validFrom: Day?
    let validUntil: Day
}

extension LetterDraft {
    /// The permit itself.
    init(permitFor application: Application, _ context: LetterContext, number: Int, texts: OfficeLetters) {
        var context = context
        context.number = number
        let type = application.type
        let composed = Store.composed(application, context, texts)
        self.init(
            kind: .permit, document: composed.document, numberText: composed.numberText,
            summary: type.summary(of: application.answers, office: context.office, signatory: context.signatory),
            office: context.office, signatory: context.signatory, date: context.date, number: number,
            series: type.number.series, validFrom: context.validFrom, validUntil: composed.validUntil)
    }

    /// A letter of the office about an application.
    init(_ facts: OfficeLetterFacts, number: Int, texts: OfficeLetters) throws {
        let type = facts.application.type
        let composed = try facts.composed(number: number, texts)
        guard let kind = LetterKind(facts.kind) else {
            throw StoreCorruption(description: "a letter of kind \(facts.kind.rawValue) has no number")
        }
        self.init(
            kind: kind, document: composed.document, numberText: composed.numberText,
            summary: type.summary(
                of: facts.application.answers, office: facts.office, signatory: facts.signatory,
                named: composed.document.subjectTitle),
            office: facts.office, signatory: facts.signatory, date: facts.date, number: number,
            series: type.number.series, validFrom: nil, validUntil: LetterKind.endless)
    }

    /// The day by which its holder owes the office a report.
    func dutyDue(_ type: LetterType) -> Day? { kind == .permit ? type.duty?.due(after: validUntil) : nil }
}
