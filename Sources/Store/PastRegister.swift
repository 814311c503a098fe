public import Permits

/// Gives letters of the past their numbers, in the order in which they were signed, so that each series has no gap.
public struct PastRegister: Sendable {
    struct Series: Hashable, Sendable {
        let name: String
        let year: Int
    }

    /// What later steps need of a letter.
    struct Issued: Sendable {
        let id: Int64
        let numberText: String
        let date: Day
        let validUntil: Day
    }

    var last: [Series: Int] = [:]
    private var current: [ApplicationID: Issued] = [:]
    private var count: Int64 = 0

    public init() {}

    /// - Parameter step: Those of all applications come in the order of time.
    public mutating func place(_ step: PastStep) -> PlacedStep {
        var placed = PlacedStep(step: step, previous: current[step.application])
        switch step.effect {
        case .letter(let writing):
            (placed.number, placed.letter) = take(writing)
            if writing.kind == nil {
                current[step.application] = issued(writing, id: placed.letter, number: placed.number)
            }
        case .end(let end, let writing):
            if let writing { (placed.number, placed.letter) = take(writing) }
            if end.kind == .void { current[step.application] = nil }
        case .none, .report, .verdict, .handover: break
        }
        return placed
    }

    private mutating func take(_ writing: PastWriting) -> (number: Int, id: Int64) {
        count += 1
        let series = Series(name: writing.application.type.number.series, year: writing.at.day.year)
        last[series, default: 0] += 1
        return (last[series, default: 0], count)
    }

    private func issued(_ writing: PastWriting, id: Int64, number: Int) -> Issued {
        let type = writing.application.type
        return Issued(
            id: id, numberText: type.numberText(number, from: writing.office, on: writing.at.day), date: writing.at.day,
            validUntil: type.validUntil(from: writing.at.day, answers: writing.application.answers))
    }
}

/// A step with the number of its letter; its texts are still to be written.
public struct PlacedStep: Sendable {
    let step: PastStep
    let previous: PastRegister.Issued?
    var number = 0
    var letter: Int64 = 0

    /// Writes the letter and what the chain of events keeps.
    /// - Parameters:
    ///   - texts: The portal's own.
    ///   - today: Up to when reminders have gone out.
    public func written(texts: OfficeLetters, today: Day) throws -> WrittenStep {
        var details = step.details
        var row: PastLetterRow?
        switch step.effect {
        case .letter(let writing): row = try write(writing, texts: texts, today: today, details: &details)
        case .end(let end, let writing):
            details["letter"] = previous?.numberText
            details["ground"] = end.ground?.rawValue
            if let writing { row = try write(writing, texts: texts, today: today, details: &details) }
        case .report(let report, _), .verdict(let report): details["file"] = report.sha256
        case .none, .handover: break
        }
        return WrittenStep(step: step, previous: previous?.id, details: try JSON.text(details), letter: row)
    }

    private func write(_ writing: PastWriting, texts: OfficeLetters, today: Day, details: inout [String: String]) throws
        -> PastLetterRow
    {
        let draft = try draft(writing, texts: texts)
        let document = draft.document.withMark(url: writing.url)
        let text = try JSON.text(document)
        details["number"] = draft.numberText
        details["document"] = sha256(text)
        return PastLetterRow(
            id: letter, draft: draft, document: text, summary: try JSON.text(draft.summary), writing: writing,
            duty: draft.dutyDue(writing.application.type), today: today)
    }

    private func draft(_ writing: PastWriting, texts: OfficeLetters) throws -> LetterDraft {
        let application = writing.application
        guard let kind = writing.kind else {
            let context = LetterContext(
                answers: application.answers, office: writing.office, signatory: writing.signatory,
                date: writing.at.day, number: number, verificationURL: nil)
            return LetterDraft(permitFor: application, context, number: number, texts: texts)
        }
        return try LetterDraft(
            OfficeLetterFacts(
                kind: kind, application: application, note: writing.note, office: writing.office,
                signatory: writing.signatory,
                previous: previous.map {
                    PreviousLetter(
                        relation: .revokes, title: application.type.letter.title, numberText: $0.numberText,
                        date: $0.date, validUntil: $0.validUntil)
                }, date: writing.at.day), number: number, texts: texts)
    }
}

/// A step with all its texts, ready to be written by a `PastLoader`.
public struct WrittenStep: Sendable {
    let step: PastStep
    /// Id of the application's current letter.
    let previous: Int64?
    let details: String
    let letter: PastLetterRow?
}

struct PastLetterRow: Sendable {
    let id: Int64
    let draft: LetterDraft
    let document: String
    let summary: String
    let writing: PastWriting
    let duty: Day?
    /// Reminders that have gone out; the portal sends none again.
    let reminders: [(kind: Reminder, on: Day)]

    init(
        id: Int64, draft: LetterDraft, document: String, summary: String, writing: PastWriting, duty: Day?, today: Day
    ) {
        self.id = id
        self.draft = draft
        self.document = document
        self.summary = summary
        self.writing = writing
        self.duty = duty
        reminders =
            draft.kind == .permit
            ? Reminder.allCases.compactMap { kind in
                kind.day(validUntil: draft.validUntil, dutyDue: duty).flatMap { $0 <= today ? (kind, $0) : nil }
            } : []
    }
}
