/// What is strange about an answer though nothing is wrong with it. It keeps nobody from anything: people look twice.
public enum AnswerDoubt: Equatable, Sendable {
    /// A NIK begins with the code of no province.
    case province(String)
    /// The same in rows of a group, counted from 1.
    case provinces(rows: [Int])
    /// The NIK tells another date of birth, as it is printed: `15-03-99`.
    case birthDate(inNIK: String)
    /// Somebody would be less than a year old, or more than 110.
    case age
    /// A date lies further back than such a date does; in years.
    case longAgo(years: Int)
    /// The applicant is in no row of the group; their name.
    case notListed(name: String)
    /// The domain of an e-mail address is nearly that of a large provider; the address as it may be meant.
    case domain(meant: String)
}

extension LetterType {
    /// - Parameters:
    ///   - answers: In stored form; what is not well formed raises no doubt.
    public func doubts(about field: FieldDefinition, in answers: [String: String], today: Day) -> [AnswerDoubt] {
        let answer = answers[field.key] ?? ""
        guard !answer.isEmpty, isAsked(field, in: answers) else { return [] }
        switch field.kind {
        case .nik:
            return field.strangeNIKs(in: answer).map { .province($0.province) }
        case .date:
            return Day(iso: answer).map { doubts(about: $0, of: field, in: answers, today: today) } ?? []
        case .email:
            return EmailDomain.meant(by: answer).map { [.domain(meant: $0)] } ?? []
        case .group:
            let rows = field.strangeNIKs(in: answer).compactMap(\.row)
            return (rows.isEmpty ? [] : [.provinces(rows: rows)]) + unlisted(field, in: answers)
        default: return []
        }
    }

    private func doubts(
        about day: Day, of field: FieldDefinition, in answers: [String: String], today: Day
    ) -> [AnswerDoubt] {
        var doubts: [AnswerDoubt] = []
        if let key = field.birthOf {
            if let other = self.field(key), isAsked(other, in: answers), let nik = NIK(answers[key] ?? ""),
                !nik.fits(birth: day)
            {
                doubts.append(.birthDate(inNIK: nik.printedBirth))
            }
            let days = today.ordinal - day.ordinal
            if days < 365 || days > 110 * 365 { doubts.append(.age) }
        }
        if let recent = field.recentDays, day.adding(days: recent) < today {
            doubts.append(.longAgo(years: (today.ordinal - day.ordinal) * 4 / 1461))
        }
        return doubts
    }

    private func unlisted(_ group: FieldDefinition, in answers: [String: String]) -> [AnswerDoubt] {
        guard let own = ownRow(of: group, in: answers), let rows = GroupRows(stored: answers[group.key] ?? "")?.rows,
            !group.lists(own, in: rows), let name = group.columns?.first(where: \.isPersonName)
        else { return [] }
        return [.notListed(name: own.cells[name.key] ?? "")]
    }
}
