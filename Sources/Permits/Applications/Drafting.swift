/// Filling in by and by: nothing that was typed is lost for being wrong.
extension Application {
    /// Takes over what was typed. In a draft, what is well formed becomes the answer and everything else is kept beside
    /// it as it was typed. In a returned file the answers stay as they were judged until it is handed back.
    /// - Parameter raw: By field; keys that are no field of the type, or not open now, are passed over.
    public func drafted(with raw: [String: String], today: Day) -> (application: Application, problems: [FieldProblem])
    {
        var next = self
        var problems: [FieldProblem] = []
        for field in type.fields where isOpen(field.key) {
            guard let text = raw[field.key] else { continue }
            if state != .draft {
                next.typed[field.key] = text
                continue
            }
            switch field.kept(text, today: today) {
            case .success(let value):
                next.answers[field.key] = value
                next.typed[field.key] = nil
            case .failure(let problem):
                next.typed[field.key] = text
                problems.append(problem)
            }
        }
        return (next, problems)
    }

    /// The same, with inputs of the page that are no answers, such as explanations. Those that it does not hold stay as
    /// they were left, as an application may be mended on several pages.
    public func drafted(
        with raw: [String: String], besides inputs: [String: String]?, in section: String, today: Day
    ) -> (application: Application, problems: [FieldProblem]) {
        let (next, problems) = drafted(with: raw, today: today)
        guard let inputs else { return (next, problems) }
        let all = next.inputs(of: section).merging(inputs) { $1 }.filter { !$0.value.isEmpty }
        return (next.left(all, in: section), problems)
    }

    /// With what has become right by itself, as a date does when its day comes.
    public func settled(today: Day) -> Application {
        state == .draft && !typed.isEmpty ? drafted(with: typed, today: today).application : self
    }

    /// Inputs of a page that is no plain section, such as the rows of a group, as they were left: by name of the input.
    public func inputs(of section: String) -> [String: String] {
        let prefix = "\(section)/"
        return Dictionary(
            uniqueKeysWithValues: typed.filter { $0.key.hasPrefix(prefix) }.map {
                (String($0.key.dropFirst(prefix.count)), $0.value)
            })
    }

    /// Whether rows were typed that are not in the group yet.
    func hasInputsLeft(for group: FieldDefinition) -> Bool {
        let pages =
            state == .draft
            ? type.sections.filter { $0.group?.key == group.key }.map(\.key) : [Self.returnedRows(of: group.key)]
        return pages.contains { !inputs(of: $0).isEmpty }
    }

    /// The name under which the inputs of a returned group's page are kept; no section of a type is called so.
    public static func returnedRows(of group: String) -> String { "*\(group)" }

    /// The rows of a group as its forms show them: in a returned file as they have been mended so far.
    public func rows(of group: FieldDefinition) -> GroupRows {
        let stored = (state == .draft ? answers : shownAnswers)[group.key] ?? ""
        return GroupRows(stored, columns: group.columns ?? [])
    }

    /// With these inputs in place of those that were left before. They are kept beside the answers; no field's key has a
    /// slash.
    public func left(_ inputs: [String: String], in section: String) -> Application {
        var next = self
        let prefix = "\(section)/"
        next.typed = typed.filter { !$0.key.hasPrefix(prefix) }
        for (name, value) in inputs { next.typed[prefix + name] = value }
        return next
    }

    /// What stands in the forms: as typed where that is no answer yet.
    public var shownAnswers: [String: String] { answers.merging(typed) { $1 } }
}

/// How long a draft is kept that nobody touches.
public struct DraftKeeping: Equatable, Sendable {
    /// Days between the reminder and the deletion.
    public static let notice = 7
    /// Days from the last change to the deletion.
    public let days: Int

    /// - Parameter days: More than `notice`, or the reminder would come before the draft.
    public init(days: Int = 30) { self.days = Swift.max(days, Self.notice + 1) }

    public func reminder(touched: Moment) -> Day { touched.day.adding(days: days - Self.notice) }

    /// The day on which the draft goes. Whoever is reminded late has the whole notice nevertheless.
    /// - Parameter day: Of the reminder, or the day on which it would go out at the earliest.
    public func deletion(touched: Moment, remindedOn day: Day) -> Day {
        Swift.max(touched.day.adding(days: days), day.adding(days: Self.notice))
    }
}
