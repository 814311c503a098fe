/// An office (*unit*) as it presents itself on letters from some day on: offices change names, addresses and heads.
public struct Office: Codable, Equatable, Sendable {
    /// Stable short code, `brida-medan`.
    public var code: String
    /// In numbers: `BRIDA`.
    public var numberCode: String
    public var name: String
    public var shortName: String
    public var city: String
    public var letterhead: Letterhead
    public var validFrom: Day
    /// Texts of its own for refusal, receipt and the like; the portal's where there is none.
    public var letters: OfficeLetters?
    /// How people reach it; by its letterhead where this is not told.
    public var contact: OfficeContact?
    /// Opening hours of the counter, line by line.
    public var hours: [String]?
    /// What its service standard says of all its letters.
    public var standard: StandardDetails?
    /// By language, then by Indonesian text; `localized(to:)` applies it.
    public var translations: [String: [String: String]]?

    public init(
        code: String, numberCode: String, name: String, shortName: String, city: String, letterhead: Letterhead,
        validFrom: Day, letters: OfficeLetters? = nil
    ) {
        self.code = code
        self.numberCode = numberCode
        self.name = name
        self.shortName = shortName
        self.city = city
        self.letterhead = letterhead
        self.validFrom = validFrom
        self.letters = letters
    }

    public var reach: OfficeContact { contact ?? OfficeContact(address: letterhead.lines) }
}

/// How people reach an office.
public struct OfficeContact: Codable, Equatable, Sendable {
    /// Of its counter, line by line.
    public var address: [String]
    /// As it is dialled in Indonesia, `(061) 4512345`.
    public var phone: String?
    public var email: String?
    /// Without scheme, `brida.medan.go.id`.
    public var website: String?

    public init(address: [String], phone: String? = nil, email: String? = nil, website: String? = nil) {
        self.address = address
        self.phone = phone
        self.email = email
        self.website = website
    }
}

/// As whom somebody signs, from some day on.
public struct SignatoryTitle: Codable, Equatable, Sendable {
    /// Lines above the signature: `KEPALA BADAN ...,` or `a.n. KEPALA ...` / `SEKRETARIS,`.
    public var positionLines: [String]
    /// With degrees.
    public var name: String
    /// Pangkat/Golongan, as printed; may be empty.
    public var rank: String
    /// Eighteen digits, or empty.
    public var nip: String

    public init(positionLines: [String], name: String, rank: String, nip: String) {
        self.positionLines = positionLines
        self.name = name
        self.rank = rank
        self.nip = nip
    }

    /// In one line, without the comma that stands before a signature.
    public var position: String {
        let line = positionLines.joined(separator: " ")
        return line.hasSuffix(",") ? String(line.dropLast()) : line
    }

    /// `NIP 19681231 199303 1 001`
    var printedNIP: String? {
        guard nip.utf8.count == 18, nip.isAllDigits else { return nil }
        let digits = Array(nip)
        return "NIP \(String(digits[0..<8])) \(String(digits[8..<14])) \(digits[14]) \(String(digits[15..<18]))"
    }
}
