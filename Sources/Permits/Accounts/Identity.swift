/// By which number the state knows an applicant. Everybody has one of the two.
public enum Identity: Hashable, Sendable {
    /// Sixteen digits; some are asterisks once the account is deleted.
    case nik(String)
    /// Code of the country of citizenship (ISO 3166-1 alpha-3), and 5 to 12 capitals and digits.
    case passport(country: String, number: String)

    /// What the choice of a sign-up form sends.
    public enum Kind: String, Sendable, CaseIterable {
        case nik
        case passport = "paspor"
    }

    /// Width of the stored form.
    static let width = 16
    /// Fills the rest, as in the lines of a passport that machines read (ICAO Doc 9303, part 3).
    private static let filler: Character = "<"

    /// Sixteen characters: an NIK as it is, a passport as `MYSA12345678<<<<`. No NIK begins with a letter, and a passport
    /// leaves at least one filler.
    public var stored: String {
        switch self {
        case .nik(let digits): digits
        case .passport(let country, let number):
            "\(country)\(number)" + String(repeating: Self.filler, count: max(0, Self.width - 3 - number.count))
        }
    }

    /// Reads what `stored` wrote.
    public init(stored: String) {
        guard stored.first?.isLetter == true else {
            self = .nik(stored)
            return
        }
        self = .passport(
            country: String(stored.prefix(3)), number: String(stored.dropFirst(3).prefix { $0 != Self.filler }))
    }

    public var kind: Kind {
        switch self {
        case .nik: .nik
        case .passport: .passport
        }
    }

    /// Without country: sixteen digits, or a passport's number.
    public var number: String {
        switch self {
        case .nik(let digits): digits
        case .passport(_, let number): number
        }
    }

    public var country: Country? {
        if case .passport(let code, _) = self { Country(code: code) } else { nil }
    }

    /// Enough to tell one's own: `1271**********01`, `*******78` of a passport whose country stays.
    public var masked: Identity {
        switch self {
        case .nik(let digits): .nik(NIK(digits)?.masked ?? digits)
        case .passport(let country, let number):
            .passport(
                country: country,
                number: String(repeating: "*", count: max(0, number.count - 2)) + number.suffix(2))
        }
    }

    /// The stored form of what somebody typed. Fields of a form: `nik`; `negara` and `paspor`.
    func checked() -> (identity: Identity?, problems: [FieldProblem]) {
        switch self {
        case .nik(let typed):
            guard let nik = NIK(TypedText.cleaned(typed, keepingLines: false)) else {
                return (nil, [FieldProblem("nik", "nikForm")])
            }
            return (.nik(nik.digits), [])
        case .passport(let country, let typed):
            var problems: [FieldProblem] = []
            let country = Country(code: TypedText.cleaned(country, keepingLines: false))
            if country == nil { problems.append(FieldProblem("negara", "countryMissing")) }
            let number = ContactChecks.passport(TypedText.cleaned(typed, keepingLines: false))
            if number == nil { problems.append(FieldProblem("paspor", "passportForm")) }
            guard let country, let number else { return (nil, problems) }
            return (.passport(country: country.code, number: number), [])
        }
    }
}

extension Identity.Kind {
    /// The stored form of a phone number: whoever comes from abroad has one of there before they have one of here.
    public func phone(_ typed: String) -> String? {
        self == .passport ? ContactChecks.worldwidePhone(typed) : ContactChecks.phone(typed)
    }

    public var phoneProblem: String { self == .passport ? "phoneForm" : "phoneDomestic" }
}

/// What an account answers to a question about citizenship, wherever a letter type asks it.
public enum Citizenship {
    public static let indonesian = "Warga negara Indonesia"
    public static let foreign = "Warga negara asing"
}
