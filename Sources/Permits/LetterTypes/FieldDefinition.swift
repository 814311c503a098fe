/// A question of a form. Keys are data; texts are what people read.
public struct FieldDefinition: Codable, Equatable, Sendable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case text, longText, number, date, choice, nik, studentNumber, phone, email
    }

    public var key: String
    public var kind: Kind
    public var label: String
    public var hint: String?
    public var example: String?
    public var isRequired: Bool
    /// Characters, for texts.
    public var minLength: Int?
    public var maxLength: Int?
    /// Bounds of a number.
    public var min: Int?
    public var max: Int?
    /// Printed after a number, `bulan`; in letters "3 (tiga) bulan".
    public var suffix: String?
    /// A date not before the day it is typed on.
    public var notBeforeToday: Bool?
    /// A date not after the day it is typed on.
    public var notAfterToday: Bool?
    /// What may be chosen.
    public var options: [String]?
    /// How the options read in the reader's language, by option; only in a localized definition.
    public var optionLabels: [String: String]?
    /// What a text is likely to be; anything else may be typed.
    public var suggestions: [String]?
    /// `account.name`, `account.nik`, `account.phone` or `account.email`: filled in when a draft is made.
    public var prefill: String?

    static let defaultMaxLength = 200

    public func label(of option: String) -> String { optionLabels?[option] ?? option }

    public var maximumLength: Int { maxLength ?? (kind == .longText ? 2000 : Self.defaultMaxLength) }

    /// The stored form of an answer. Empty answers are `""`; whether one is needed is asked on submitting, so that
    /// a draft can be kept half-filled.
    public func check(_ raw: String, today: Day) -> Result<String, FieldProblem> {
        let text = TypedText.cleaned(raw, keepingLines: kind == .longText)
        guard !text.isEmpty else { return .success("") }
        func fail(_ problem: String, _ values: [String: String] = [:]) -> Result<String, FieldProblem> {
            .failure(FieldProblem(key, problem, values.merging(["label": label]) { first, _ in first }))
        }
        switch kind {
        case .text, .longText:
            if let minLength, text.count < minLength {
                return fail("tooShort", ["min": "\(minLength)", "count": "\(text.count)"])
            }
            if text.count > maximumLength {
                return fail("tooLong", ["max": "\(maximumLength)", "count": "\(text.count)"])
            }
            return .success(text)
        case .number:
            guard text.isAllDigits, text.utf8.count <= 9, let number = Int(text) else { return fail("notANumber") }
            guard number >= min ?? 0, number <= max ?? 999_999_999 else {
                return fail("outOfRange", ["min": "\(min ?? 0)", "max": "\(max ?? 999_999_999)"])
            }
            return .success(String(number))
        case .date:
            guard let day = Day(iso: text) ?? Self.indonesianDay(text) else { return fail("notADate") }
            if notBeforeToday == true, day < today { return fail("dateInPast") }
            if notAfterToday == true, day > today { return fail("dateInFuture") }
            return .success(day.iso)
        case .choice:
            return options?.contains(text) == true ? .success(text) : fail("notAnOption")
        case .nik:
            return NIK(text).map { .success($0.digits) } ?? fail("nikForm")
        case .studentNumber:
            return ContactChecks.studentNumber(text).map { .success($0) } ?? fail("nimForm")
        case .phone:
            return ContactChecks.phone(text).map { .success($0) } ?? fail("phoneForm")
        case .email:
            return ContactChecks.email(text).map { .success($0) } ?? fail("emailForm")
        }
    }

    /// `17/08/2026`, as people write it where the browser has no date picker.
    private static func indonesianDay(_ text: String) -> Day? {
        let parts = text.split(whereSeparator: { $0 == "/" || $0 == "-" || $0 == "." })
        guard parts.count == 3, let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2]),
            year >= 1900
        else { return nil }
        return Day(year: year, month: month, day: day)
    }
}
