import HTTPServer
import Permits

extension FieldDefinition {
    /// The answer as a form sent it, in one text that `check` reads. Nil when the form does not ask.
    func typed(in form: FormFields) -> String? {
        switch kind {
        case .dateRange:
            DayRange.joined(form["\(key).mulai"] ?? "", form["\(key).sampai"] ?? "")
        case .multiChoice: form.all(key).joined(separator: "\n")
        case .file: nil
        // A group has a page of its own; elsewhere it is only there when it was sent.
        case .group: form[key]
        default: form[key] ?? ""
        }
    }
}

/// What was typed for each of these fields.
func typedAnswers(_ fields: [FieldDefinition], in form: FormFields) -> [String: String] {
    var typed: [String: String] = [:]
    for field in fields { typed[field.key] = field.typed(in: form) }
    return typed
}

extension [FieldDefinition] {
    /// Those that a form has inputs for: a page of corrections does not hold them all.
    func sent(in form: FormFields) -> [FieldDefinition] {
        filter { field in form.names.contains { $0 == field.key || $0.hasPrefix("\(field.key).") } }
    }
}
