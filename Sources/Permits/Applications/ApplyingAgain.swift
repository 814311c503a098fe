/// Applying once more with what an earlier application held.
extension Application {
    /// Whether it is over, so that its applicant may begin a new one from it.
    public var canBeginAnother: Bool { [.issued, .refused, .withdrawn].contains(state) }

    /// What a new draft begins with: answers that still fit a question of the newest version, as they are stored. What
    /// is no question any more, no longer an option, or a past day where one to come is asked for, is left out.
    /// - Parameters:
    ///   - type: The newest version of the same kind of letter.
    ///   - prefilled: What every new draft of this account begins with; it fills what is left empty.
    public func answersAgain(under type: LetterType, prefilled: [String: String], on today: Day) -> [String: String] {
        var kept = prefilled
        for field in type.fields {
            guard let old = answers[field.key], !old.isEmpty, self.type.field(field.key)?.kind == field.kind,
                !field.isPast(old, on: today), case .success(let value) = field.check(old, today: today),
                !value.isEmpty
            else { continue }
            kept[field.key] = value
        }
        return kept
    }
}

extension FieldDefinition {
    /// Whether an answer is a day, or days, of which the first is past. Where only past days are asked for, such as the
    /// date of a letter, that says nothing against it.
    fileprivate func isPast(_ value: String, on today: Day) -> Bool {
        guard notAfterToday != true else { return false }
        return switch kind {
        case .date: Day(iso: value).map { $0 < today } ?? false
        case .dateRange: DayRange(value).map { $0.first < today } ?? false
        default: false
        }
    }
}
