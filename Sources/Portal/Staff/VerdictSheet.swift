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
    /// What was mended last.
    let corrections: [Correction]
    /// Papers of the corrections and of the verdicts, by id.
    let papers: [Int64: Permits.Attachment]
    let browser: Browser
    let today: Day
    let texts: Texts

    var documents: [DocumentReview] {
        application.askedPapers.map { requirement in
            let file = paper(requirement.key)
            return DocumentReview(
                label: requirement.label,
                file: file.map {
                    FileModel($0, at: .staffAttachment(application.reference.description, "\($0.id)"), texts: texts)
                },
                isImage: file.map { $0.kind != .pdf } ?? false,
                isFramed: file?.kind == .pdf && browser.showsSandboxedPDFs,
                isRequired: application.type.isNeeded(requirement, in: application.answers),
                verdict: verdict(requirement.key, requirement.label), mended: mended(requirement.key),
                origin: file?.origin.map {
                    texts(
                        "staff.reused",
                        ["day": texts.formats.date($0.givenAt.day), "reference": $0.reference.description])
                })
        }
    }

    var sections: [ReviewSection] {
        application.askedSections.compactMap(\.withoutPapers).map { section in
            ReviewSection(
                title: section.title,
                rows: section.fields.map { field in
                    ReviewRow(
                        label: field.label,
                        value: application.type.shown(field.key, in: application.answers, texts),
                        doubt: application.type.doubt(
                            about: field, in: application.answers, today: today, texts),
                        mended: mended(field.key), verdict: verdict(field.key, field.label))
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

    /// What was handed in: while the applicant mends it, a new paper is not the office's yet.
    private func paper(_ key: String) -> Permits.Attachment? {
        let current = application.attachment(for: key)
        guard application.state == .needsCorrection, let judged = application.finding(key)?.attachment else {
            return current
        }
        return judged == current?.id ? current : papers[judged]
    }

    /// What was asked for, the old value or paper beside the new one, and the applicant's words; while the applicant
    /// mends it, only what was asked for.
    private func mended(_ key: String) -> MendedModel? {
        if application.state == .needsCorrection {
            guard let finding = application.finding(key), finding.verdict == .mend else { return nil }
            return MendedModel(reason: finding.reason)
        }
        guard let correction = corrections.first(where: { $0.key == key }) else { return nil }
        let old = correction.oldValue == correction.newValue ? nil : correction.oldValue
        let paper = correction.oldPaper == correction.newPaper ? nil : correction.oldPaper.flatMap { papers[$0] }
        let reference = application.reference.description
        return MendedModel(
            reason: correction.reason.isEmpty ? nil : correction.reason,
            explanation: correction.explanation.isEmpty ? nil : correction.explanation,
            oldValue: old.map { raw in
                let shown = raw.isEmpty ? "" : application.type.field(key)?.shown(raw, texts) ?? raw
                return shown.isEmpty ? texts("summary.empty") : shown
            },
            oldFile: paper.map { FileModel($0, at: .staffAttachment(reference, "\($0.id)"), texts: texts) },
            oldIsImage: paper.map { $0.kind != .pdf } ?? false,
            oldIsFramed: paper?.kind == .pdf && browser.showsSandboxedPDFs)
    }

    private func verdict(_ key: String, _ label: String) -> VerdictModel? {
        guard isOpen else { return nil }
        let finding = findings.first { $0.key == key }
        return VerdictModel(
            key: key, label: label, isAccepted: finding?.verdict == .fine, isReturned: finding?.verdict == .mend,
            reason: finding?.reason ?? "", error: faults[key].map { texts.problem($0) })
    }
}
