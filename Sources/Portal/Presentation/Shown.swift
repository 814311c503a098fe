import HTTPServer
import Foundation
import Pages
import Permits
import Store

/// Domain values as readers see them.
enum Shown {

    static func duration(_ type: LetterType, _ texts: Texts) -> String {
        texts("service.days", ["days": "\(type.service.workingDays)"])
    }

    /// How long it takes in practice, or the promise where too little is known.
    static func measured(_ time: MeasuredTime?, _ type: LetterType, _ texts: Texts) -> String {
        guard let time, time.isTelling else {
            return texts("service.measured.few", ["days": "\(type.service.workingDays)"])
        }
        return texts("service.measured.days", ["days": "\(time.workingDays)"])
    }

    /// The same for a card: nothing where too little is known.
    static func measuredShort(_ time: MeasuredTime?, _ texts: Texts) -> String? {
        guard let time, time.isTelling else { return nil }
        return texts("service.measured.short", ["days": "\(time.workingDays)"])
    }

    /// What other sites show of a page. The address is the page's own, whatever somebody had chosen on it.
    static func tags(_ title: String, _ description: String, at link: Link, _ context: Context) -> ShareTags {
        let base = context.site.settings.baseURL
        return ShareTags(
            title: title, description: description, url: context.site.url(link),
            image: context.site.statics.url("img/share.png").map { base + $0 })
    }

    static func validity(_ type: LetterType, _ texts: Texts) -> String {
        let label = (type.validity.monthsField ?? type.validity.untilField).flatMap { type.field($0)?.label } ?? ""
        guard let months = type.validity.months else { return texts("service.asField", ["label": label]) }
        return texts(
            type.validity.untilField == nil ? "service.months" : "service.monthsOrUntil",
            ["months": "\(months)", "label": label])
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
                    kind: event.kind, at: event.at, actor: event.actor, actorName: event.actorName,
                    actorRole: event.actorRole, note: "")
                : event
        }
    }
}
