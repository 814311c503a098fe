import Pages
import Permits

/// Papers and answers of an application, each with the verdict on it, as the officer has it before them.
struct VerdictSheet {
    let application: Application
    /// As typed, also when something is wrong with them.
    let findings: [Finding]
    let faults: [String: FieldProblem]
    /// Whether the reader may judge now.
    let isOpen: Bool
    let browser: Browser
    let texts: Texts

    var documents: [DocumentReview] {
        application.askedPapers.map { requirement in
            let file = application.attachment(for: requirement.key)
            return DocumentReview(
                label: requirement.label,
                file: file.map {
                    FileModel($0, at: .staffAttachment(application.reference.description, "\($0.id)"), texts: texts)
                },
                isImage: file.map { $0.kind != .pdf } ?? false,
                isFramed: file?.kind == .pdf && browser.showsSandboxedPDFs,
                isRequired: application.type.isNeeded(requirement, in: application.answers),
                verdict: verdict(requirement.key, requirement.label))
        }
    }

    /// - Parameter previous: The answers before the last correction, shown where they differ.
    func sections(previous: [String: String]) -> [ReviewSection] {
        application.askedSections.map { section in
            ReviewSection(
                title: section.title,
                rows: section.fields.map { field in
                    let value = application.type.shown(field.key, in: application.answers, texts)
                    let before = application.type.shown(field.key, in: previous, texts)
                    return ReviewRow(
                        label: field.label, value: value, previous: before.isEmpty || before == value ? nil : before,
                        verdict: verdict(field.key, field.label))
                })
        }
    }

    func decision(reason: String) -> DecisionModel {
        DecisionModel(
            action: Link.decision(application.reference.description).path,
            reason: DecisionModel.reasonField(
                value: reason, fault: faults[DecisionModel.reasonName].map { texts.problem($0) }, texts: texts),
            hint: texts("decision.hint"))
    }

    private func verdict(_ key: String, _ label: String) -> VerdictModel? {
        guard isOpen else { return nil }
        let finding = findings.first { $0.key == key }
        return VerdictModel(
            key: key, label: label, isAccepted: finding?.verdict == .fine, isReturned: finding?.verdict == .mend,
            reason: finding?.reason ?? "", error: faults[key].map { texts.problem($0) })
    }
}
