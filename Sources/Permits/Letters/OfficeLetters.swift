/// Letters of an office besides the permit itself.
public enum OfficeLetterKind: String, Codable, Sendable, CaseIterable {
    /// Why a permit is not given.
    case refusal
    /// What was handed in, and when the answer may be expected; nobody signs it.
    case receipt
    /// Takes an issued letter back.
    case revocation
    /// Gives an issued letter a further time.
    case `extension`

    var needsSignature: Bool { self != .receipt }
}

/// Their texts. A letter type may have its own, an office its own, and the portal has one of each for all.
public struct OfficeLetters: Codable, Equatable, Sendable {
    public var refusal: LetterTemplate?
    public var receipt: LetterTemplate?
    public var revocation: LetterTemplate?
    public var `extension`: LetterTemplate?

    public init() {}

    public subscript(kind: OfficeLetterKind) -> LetterTemplate? {
        get {
            switch kind {
            case .refusal: refusal
            case .receipt: receipt
            case .revocation: revocation
            case .extension: self.extension
            }
        }
        set {
            switch kind {
            case .refusal: refusal = newValue
            case .receipt: receipt = newValue
            case .revocation: revocation = newValue
            case .extension: self.extension = newValue
            }
        }
    }

    /// What is wrong with texts that serve every letter type; empty when letters can be made from them.
    public var faults: [String] {
        OfficeLetterKind.allCases.flatMap { kind in
            self[kind]?.faults(of: nil, needsSignature: kind.needsSignature).map { "\(kind.rawValue): \($0)" } ?? []
        }
    }
}

extension LetterType {
    /// Makes a further letter of the office: by the type's own text, or its office's, or the portal's.
    /// Nil when none of them has one. A number is printed where the text asks for it.
    public func compose(_ kind: OfficeLetterKind, _ context: LetterContext, defaults: OfficeLetters) -> ComposedLetter?
    {
        guard let template = letters?[kind] ?? context.office.letters?[kind] ?? defaults[kind] else { return nil }
        var context = context
        if kind == .extension, context.validFrom == nil {
            context.validFrom = extensionStart(after: context.previous, from: context.date)
        }
        return compose(template, context)
    }

    /// The day after the old letter ends, or today when it has ended already.
    func extensionStart(after previous: PreviousLetter?, from day: Day) -> Day {
        previous.map { max(day, $0.validUntil.adding(days: 1)) } ?? day
    }
}
