import Foundation
import Pages
import Permits
import Store

/// Domain values as readers see them.
enum Shown {

    static func duration(_ type: LetterType, _ texts: Texts) -> String {
        texts("service.days", ["days": "\(type.service.workingDays)"])
    }

    static func validity(_ type: LetterType, _ texts: Texts) -> String {
        if let months = type.validity.months { return texts("service.months", ["months": "\(months)"]) }
        let label = type.validity.monthsField.flatMap { type.field($0)?.label } ?? ""
        return texts("service.asField", ["label": label])
    }
}

extension Texts {
    /// The sentences of all problems, for a page that has no form.
    func sentences(_ problems: [FieldProblem]) -> String { problems.map { problem($0) }.joined(separator: " ") }
}

/// First problem of each field, by field name.
func byField(_ problems: [FieldProblem]) -> [String: FieldProblem] {
    Dictionary(problems.map { ($0.field, $0) }) { first, _ in first }
}

extension [EventRecord] {
    /// What the applicant sees: no verdicts in the making, and not what the signatory wrote to the verifiers.
    var forApplicant: [EventRecord] {
        filter { $0.kind != .judged && $0.kind.isMilestone }.map { event in
            event.kind == .sentBack
                ? EventRecord(
                    kind: event.kind, at: event.at, actorName: event.actorName, actorRole: event.actorRole, note: "")
                : event
        }
    }
}
