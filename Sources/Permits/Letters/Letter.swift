/// An issued letter as it is kept: its text is frozen with its number.
public struct Letter: Equatable, Sendable {
    public enum State: String, Codable, Sendable, CaseIterable {
        case valid, expired, revoked, replaced, void

        public var textKey: String { "letterState.\(rawValue)" }
    }

    public let id: Int64
    public let kind: LetterKind
    public let application: ApplicationID
    public let number: Int
    public let numberText: String
    public let document: LetterDocument
    public let issuedAt: Moment
    /// The day from which its months are counted.
    public let validFrom: Day
    public let validUntil: Day
    /// What the public page tells: label and value, the holder's name masked.
    public let summary: LetterSummary
    /// The file in the vault; nil only for letters of a release that made files later.
    public let pdfSHA256: String?
    /// Names its verification page; whoever holds the letter has it.
    public let token: String
    /// What happened to it since.
    public let life: LetterLife

    public init(
        id: Int64, kind: LetterKind = .permit, application: ApplicationID, number: Int, numberText: String,
        document: LetterDocument,
        issuedAt: Moment, validFrom: Day? = nil, validUntil: Day, summary: LetterSummary, pdfSHA256: String?,
        token: String,
        life: LetterLife = LetterLife()
    ) {
        self.id = id
        self.kind = kind
        self.application = application
        self.number = number
        self.numberText = numberText
        self.document = document
        self.issuedAt = issuedAt
        self.validFrom = validFrom ?? issuedAt.day
        self.validUntil = validUntil
        self.summary = summary
        self.pdfSHA256 = pdfSHA256
        self.token = token
        self.life = life
    }

    /// How it ended counts before the day on which it would have.
    public func state(on day: Day) -> State { outcome.state(on: day) }

    public var outcome: LetterOutcome { LetterOutcome(end: life.end?.kind, validUntil: validUntil) }
}

/// What lists need to know of a letter to say what it is good for.
public struct LetterOutcome: Equatable, Sendable {
    public let end: LetterEnd.Kind?
    public let validUntil: Day

    public init(end: LetterEnd.Kind?, validUntil: Day) {
        self.end = end
        self.validUntil = validUntil
    }

    public func state(on day: Day) -> Letter.State {
        switch end {
        case .revoked: .revoked
        case .replaced: .replaced
        case .void: .void
        case nil: day <= validUntil ? .valid : .expired
        }
    }
}

/// What anybody who holds the letter may learn by its token.
public struct LetterSummary: Codable, Equatable, Sendable {
    public struct Row: Codable, Equatable, Sendable {
        public let label: String
        public let value: String
    }

    public let typeName: String
    public let maskedName: String
    public let rows: [Row]
    public let officeName: String
    public let signatoryName: String
    public let signatoryPosition: String
}

extension LetterType {
    /// - Parameter title: Of a letter that is not the permit itself.
    public func summary(
        of answers: [String: String], office: Office, signatory: SignatoryTitle, named title: String? = nil
    ) -> LetterSummary {
        LetterSummary(
            typeName: title ?? name, maskedName: TypedText.maskedName(answers[verification.nameField] ?? ""),
            rows: verification.fields.compactMap { key in
                let value = printed(key, in: answers)
                return value.isEmpty ? nil : field(key).map { LetterSummary.Row(label: $0.label, value: value) }
            },
            officeName: office.name, signatoryName: signatory.name,
            signatoryPosition: signatory.position)
    }
}
