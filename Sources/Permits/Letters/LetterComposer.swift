/// All that a letter's text can refer to. Number and token are nil before the signature.
public struct LetterContext: Sendable {
    public var answers: [String: String]
    public var office: Office
    public var signatory: SignatoryTitle
    public var date: Day
    public var number: Int?
    public var verificationURL: String?

    public init(
        answers: [String: String], office: Office, signatory: SignatoryTitle, date: Day, number: Int?,
        verificationURL: String?
    ) {
        self.answers = answers
        self.office = office
        self.signatory = signatory
        self.date = date
        self.number = number
        self.verificationURL = verificationURL
    }

    static let placeholders: Set<String> = [
        "letter:number", "letter:date", "letter:validUntil", "letter:validity", "unit:name", "unit:shortName",
        "unit:city",
        "signatory:position",
    ]
}

public struct ComposedLetter: Sendable, Equatable {
    public var document: LetterDocument
    public var numberText: String
    public var validUntil: Day
    /// Labels of fields that the text names and nobody filled in: a warning for the signatory.
    public var emptyLabels: [String]
}

extension LetterType {
    /// Makes the letter's text. The same input gives the same letter.
    public func compose(_ context: LetterContext) -> ComposedLetter {
        let numberText =
            NumberPattern(number.pattern)?.text(
                number: context.number, classification: number.classification, unit: context.office.numberCode,
                on: context.date) ?? ""
        let validUntil = self.validUntil(from: context.date, answers: context.answers)
        var composer = Composer(type: self, context: context, numberText: numberText, validUntil: validUntil)
        let blocks = letter.blocks.map { composer.block($0) }
        let document = LetterDocument(
            language: "id", title: "\(composer.fill(letter.title)) \(numberText)", issuer: context.office.name,
            blocks: blocks, footer: letter.footer.map { composer.fill($0) })
        return ComposedLetter(
            document: document, numberText: numberText, validUntil: validUntil, emptyLabels: composer.emptyLabels)
    }

    /// The last day on which the letter is valid: the day before the same day of the month that ends it.
    public func validUntil(from day: Day, answers: [String: String]) -> Day {
        day.adding(months: validityMonths(answers)).adding(days: -1)
    }

    func validityMonths(_ answers: [String: String]) -> Int {
        validity.months ?? validity.monthsField.flatMap { answers[$0] }.flatMap { Int($0) } ?? 1
    }

    /// An answer as letters and lists print it.
    public func printed(_ key: String, in answers: [String: String]) -> String {
        let raw = answers[key] ?? ""
        guard let field = field(key), !raw.isEmpty else { return raw }
        switch field.kind {
        case .date: return Day(iso: raw).map(IndonesianText.date) ?? raw
        case .number:
            return field.suffix.flatMap { suffix in Int(raw).map { IndonesianText.counted($0, suffix) } } ?? raw
        default: return raw
        }
    }
}

private struct Composer {
    let type: LetterType
    let context: LetterContext
    let numberText: String
    let validUntil: Day
    var emptyLabels: [String] = []

    mutating func block(_ template: BlockTemplate) -> LetterBlock {
        switch template.kind {
        case .letterhead: return .letterhead(context.office.letterhead)
        case .title: return .title(text: fill(template.text ?? ""), number: fill(template.number ?? ""))
        case .paragraph: return .paragraph(fill(template.text ?? ""))
        case .heading: return .heading(fill(template.text ?? ""))
        case .numbered:
            return .numbered(label: template.label, items: (template.items ?? []).map { fill($0) })
        case .fields:
            let rows = (template.rows ?? []).map {
                LetterField(label: $0.label, value: fill($0.value), bold: $0.bold ?? false)
            }
            // A row that nobody filled in is left out rather than printed blank.
            return .fields(rows.filter { !$0.value.isEmpty })
        case .copies:
            return .copies(label: template.label ?? "Tembusan:", items: (template.items ?? []).map { fill($0) })
        case .signature:
            return .signature(
                SignatureBlock(
                    placeLines: (template.placeLines ?? []).map { fill($0) },
                    positionLines: context.signatory.positionLines,
                    mark: ElectronicMark(
                        url: context.verificationURL, caption: (template.caption ?? []).map { fill($0) }),
                    name: context.signatory.name,
                    nameLines: [context.signatory.rank, context.signatory.printedNIP ?? ""].filter { !$0.isEmpty }))
        }
    }

    mutating func fill(_ text: String) -> String {
        guard let parsed = PlaceholderText(text) else { return text }
        return parsed.parts.map { part in
            switch part {
            case .text(let text): return text
            case .placeholder(let name): return value(name)
            }
        }.joined()
    }

    private mutating func value(_ name: String) -> String {
        switch name {
        case "letter:number": return numberText
        case "letter:date": return IndonesianText.date(context.date)
        case "letter:validUntil": return IndonesianText.date(validUntil)
        case "letter:validity": return IndonesianText.counted(type.validityMonths(context.answers), "bulan")
        case "unit:name": return context.office.name
        case "unit:shortName": return context.office.shortName
        case "unit:city": return context.office.city
        case "signatory:position": return context.signatory.position
        default:
            let key = String(name.dropFirst("field:".count))
            let printed = type.printed(key, in: context.answers)
            if printed.isEmpty, let label = type.field(key)?.label, !emptyLabels.contains(label) {
                emptyLabels.append(label)
            }
            return printed
        }
    }
}
