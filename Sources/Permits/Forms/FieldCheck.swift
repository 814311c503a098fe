/// The one place where answers are checked, whoever typed them: applicant, counter or an import.
extension FieldDefinition {
    /// The stored form of an answer. Empty answers are `""`; whether one is needed is asked on submitting, so that
    /// a draft can be kept half-filled.
    public func check(_ raw: String, today: Day) -> Result<String, FieldProblem> {
        if kind == .group { return checkGroup(raw, today: today) }
        let text = TypedText.cleaned(raw, keepingLines: kind == .longText || kind == .multiChoice)
        guard !text.isEmpty else { return .success("") }
        let code = TypedText.withoutTextMark(text)
        switch kind {
        case .text, .name, .longText: return checkText(text)
        case .institution: return checkText(fullName(ofInstitution: text))
        case .number: return checkNumber(code)
        case .date:
            guard let day = Day(typed: text) else { return fail(Day.hasStrangeYear(text) ? "yearForm" : "notADate") }
            return timeProblem(from: day, to: day, today: today) ?? .success(day.iso)
        case .dateRange: return checkRange(text, today: today)
        case .choice:
            return options?.contains(text) == true ? .success(text) : fail("notAnOption")
        case .multiChoice: return checkChoices(text)
        case .district:
            return place(text).map { .success($0.code) } ?? fail("notAnOption")
        case .nik:
            return NIK(code).map { .success($0.digits) } ?? fail("nikForm")
        case .passport:
            return ContactChecks.passport(code).map { .success($0) } ?? fail("passportForm")
        case .studentNumber:
            return ContactChecks.studentNumber(code).map { .success($0) } ?? fail("nimForm")
        case .phone:
            return ContactChecks.worldwidePhone(code).map { .success($0) } ?? fail("phoneForm")
        case .email:
            return ContactChecks.email(text).map { .success($0) } ?? fail("emailForm")
        // Nothing that is typed is a file; see `FormSection.papers`.
        case .file: return .success("")
        case .group: return checkGroup(raw, today: today)
        }
    }

    /// What a draft keeps: like `check`, but a group is kept with the rows that are wrong, so that they can be mended
    /// in their places.
    public func kept(_ raw: String, today: Day) -> Result<String, FieldProblem> {
        guard kind == .group else { return check(raw, today: today) }
        let checked = checked(GroupRows(raw, columns: columns ?? []), today: today)
        if checked.rows.count > maximumRows { return tooManyRows(checked.rows.count) }
        return .success(GroupRows(rows: checked.rows).stored)
    }

    func fail(_ problem: String, _ values: [String: String] = [:]) -> Result<String, FieldProblem> {
        .failure(FieldProblem(key, problem, values.merging(["label": called]) { first, _ in first }))
    }

    private func checkText(_ text: String) -> Result<String, FieldProblem> {
        if let minLength, text.count < minLength {
            return fail("tooShort", ["min": "\(minLength)", "count": "\(text.count)"])
        }
        // As browsers count for maxlength. Graphemes would let a thousand accents on one letter pass as one.
        let length = text.utf16.count
        if length > maximumLength { return fail("tooLong", ["max": "\(maximumLength)", "count": "\(length)"]) }
        if let character = PrintableText.missing(in: text) {
            return fail("notPrintable", ["character": String(character)])
        }
        // A number that came into the wrong column of a table.
        if isPersonName, !text.contains(where: \.isLetter) { return fail("nameLetters") }
        return .success(text)
    }

    /// Also with one kind of mark between the thousands: points or blanks, or commas as in English. A fraction has no place
    /// among whole numbers, so that three digits after a comma are thousands.
    private func checkNumber(_ text: String) -> Result<String, FieldProblem> {
        let mark = text.first { ". ,".contains($0) }
        let groups = text.split(omittingEmptySubsequences: false) { $0 == mark }
        let isGrouped = (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
        let digits = groups.count > 1 && isGrouped ? groups.joined() : text
        guard digits.isAllDigits, digits.utf8.count <= 9, let number = Int(digits) else { return fail("notANumber") }
        guard number >= min ?? 0, number <= max ?? 999_999_999 else {
            return fail("outOfRange", ["min": "\(min ?? 0)", "max": "\(max ?? 999_999_999)"])
        }
        return .success(String(number))
    }

    private func checkRange(_ text: String, today: Day) -> Result<String, FieldProblem> {
        guard let range = DayRange(text) else {
            let (first, last) = DayRange.halves(of: text)
            return fail([first, last].contains(where: Day.hasStrangeYear) ? "yearForm" : "notADateRange")
        }
        guard range.first <= range.last else { return fail("dateRangeReversed") }
        if let max, range.count > max { return fail("dateRangeTooLong", ["max": "\(max)", "count": "\(range.count)"]) }
        return timeProblem(from: range.first, to: range.last, today: today) ?? .success(range.iso)
    }

    /// The days that may be answered.
    public func days(today: Day) -> ClosedRange<Day>? {
        let first = notBeforeToday == true ? today : Day(year: Day.typedYears.lowerBound, month: 1, day: 1)
        let end = notAfterToday == true ? today : Day(year: Day.typedYears.upperBound, month: 12, day: 31)
        // Of a range, the first day lies within them and the last may lie so far after it.
        let near = withinDays.flatMap { days in
            kind == .date ? today.adding(days: days) : max.map { today.adding(days: days + $0 - 1) }
        }
        let last = end.map { end in near.map { Swift.min($0, end) } ?? end }
        guard let first, let last, first <= last else { return nil }
        return first...last
    }

    private func timeProblem(from first: Day, to last: Day, today: Day) -> Result<String, FieldProblem>? {
        if notBeforeToday == true, first < today { return fail("dateInPast") }
        if notAfterToday == true, last > today { return fail("dateInFuture") }
        if let withinDays, first > today.adding(days: withinDays) {
            return fail("dateTooFar", ["max": "\(withinDays)"])
        }
        return nil
    }

    /// Kept in the order of the options, each once.
    private func checkChoices(_ text: String) -> Result<String, FieldProblem> {
        let chosen = Set(text.split(separator: "\n").map(String.init))
        guard chosen.isSubset(of: options ?? []) else { return fail("notAnOption") }
        if let min, chosen.count < min { return fail("tooFewChosen", ["min": "\(min)"]) }
        if let max, chosen.count > max { return fail("tooManyChosen", ["max": "\(max)"]) }
        return .success((options ?? []).filter(chosen.contains).joined(separator: "\n"))
    }
}
