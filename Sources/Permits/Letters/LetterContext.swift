/// All that a letter's text can refer to. Number and token are nil before the signature.
public struct LetterContext: Sendable {
    public var answers: [String: String]
    public var office: Office
    public var signatory: SignatoryTitle
    public var date: Day
    public var number: Int?
    public var verificationURL: String?
    /// By field key. What is not here is read from `answers`.
    public var rosters: [String: Roster] = [:]
    /// The letter that this one extends, replaces or revokes.
    public var previous: PreviousLetter?
    /// Why the office refuses or revokes, one entry each.
    public var reasons: [String] = []
    public var application: ApplicationFacts?
    /// First and last day, where they do not follow from `date`.
    public var validFrom: Day?
    public var validUntil: Day?

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

    /// For papers that nobody signs, such as a receipt.
    public init(answers: [String: String], office: Office, date: Day) {
        self.init(
            answers: answers, office: office,
            signatory: SignatoryTitle(positionLines: [], name: "", rank: "", nip: ""), date: date, number: nil,
            verificationURL: nil)
    }

    /// What an officer typed, as separate reasons: one for each line, without bullets and numbers before it.
    public static func reasons(in text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { line in
            var rest = line.drop { $0 == " " || $0 == "-" || $0 == "*" || $0 == "•" }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            let mark = rest.dropFirst(digits.count).first
            // `2. Proposal`, but not `2.500 responden` or `2 proposal`.
            if (1...2).contains(digits.count), mark == "." || mark == ")",
                rest.dropFirst(digits.count + 1).first == " "
            {
                rest = rest.dropFirst(digits.count + 2)
            }
            return TypedText.cleaned(String(rest), keepingLines: false)
        }.filter { !$0.isEmpty }
    }

    /// An answer of a repeated question; nil when nobody is in it.
    func roster(_ key: String) -> Roster? {
        let roster = rosters[key] ?? answers[key].flatMap { Roster(answer: $0) }
        return roster?.rows.isEmpty == false ? roster : nil
    }

    /// Placeholders with one text. `{field:KEY}` and `{roster:KEY:count}` come on top.
    static let placeholders: Set<String> = [
        "letter:number", "letter:date", "letter:validFrom", "letter:validUntil", "letter:validity",
        "unit:name", "unit:shortName", "unit:city", "signatory:position", "signatory:name",
        "previous:title", "previous:number", "previous:date", "previous:validUntil", "previous:relation",
        "reason", "type:name", "type:workingDays", "subject", "subject:label", "applicant:name",
        "application:reference", "application:submittedOn", "application:expectedOn", "application:address",
    ]

    /// Placeholders with several texts; a list item that is nothing but one of these becomes an item for each.
    static let lists: Set<String> = ["reasons", "papers"]
}

/// What a letter says of an older one.
public struct PreviousLetter: Sendable, Equatable {
    /// For conditions of a template: `{"field": "previous:relation", "is": ["replaces"]}`.
    public enum Relation: String, Sendable { case extends, replaces, revokes }

    public var relation: Relation
    /// `Surat Keterangan Riset`
    public var title: String
    public var numberText: String
    public var date: Day
    public var validUntil: Day

    public init(relation: Relation, title: String, numberText: String, date: Day, validUntil: Day) {
        self.relation = relation
        self.title = title
        self.numberText = numberText
        self.date = date
        self.validUntil = validUntil
    }
}

/// What a letter says of the file that it answers.
public struct ApplicationFacts: Sendable, Equatable {
    public var reference: String
    public var submittedOn: Day?
    /// The day until which the office promises its answer.
    public var expectedOn: Day?
    /// Labels of the papers that were given.
    public var papers: [String]
    /// Absolute address where its state can be seen.
    public var address: String?

    public init(reference: String, submittedOn: Day?, expectedOn: Day?, papers: [String], address: String? = nil) {
        self.reference = reference
        self.submittedOn = submittedOn
        self.expectedOn = expectedOn
        self.papers = papers
        self.address = address
    }
}
