import HTTPServer
import Pages
import Permits
import Store

/// A returned application as its applicant mends it: each part with the officer's words, the old and the new.
struct CorrectionSheet {
    /// Where more than these are to be mended, a slow phone has enough to load; the service's page explains each paper.
    private static let mostWithHelp = 6

    let application: Application
    /// As typed, also when something is wrong with it.
    let typed: [String: String]
    let faults: [String: FieldProblem]
    /// Papers that were judged, by id.
    let judged: [Int64: Permits.Attachment]
    let context: Context

    private var texts: Texts { context.texts }

    func page(returnedAt: Moment?) -> Corrections {
        let reference = application.reference.description
        let fields = application.fieldsToMend(with: context.form).map(field)
        let files = application.papersToMend(with: context.form).map(paper)
        let explanations = fields.compactMap(\.explanation) + files.compactMap(\.explanation)
        return Corrections(
            reference: reference, kind: application.type.name,
            returnedAt: returnedAt.map { context.formats.dateTime($0) } ?? "",
            tasks: fields.map { task($0.field.label, $0.field.remark, $0.field.id) }
                + files.map { task($0.upload.label, $0.upload.remark, $0.upload.id, isDone: $0.upload.file != nil) },
            fields: fields, files: files, action: Link.corrections(reference).path,
            uploadPath: Link.upload(reference, "").path,
            typing: TypingModel(.correctionsTyping(reference), in: Store.corrections, of: application, context),
            backPath: Link.application(reference).path,
            problems: ProblemSummary(fields: fields.map(\.field) + explanations, files: files.map(\.upload)))
    }

    private func task(_ label: String, _ reason: String?, _ id: String, isDone: Bool = false) -> TaskItem {
        TaskItem(label: label, reason: reason ?? "", path: "#\(id)", isDone: isDone)
    }

    private func field(_ field: FieldDefinition) -> FieldToMend {
        let explanation = explanation(of: field.key)
        return FieldToMend(
            field: FieldModel(
                field, value: typed[field.key] ?? "", isNeeded: application.type.isNeeded(field, in: typed),
                problem: faults[field.key], finding: application.finding(field.key),
                judged: application.type.shown(field.key, in: application.answers, texts),
                today: context.now.day, texts: texts),
            explanation: explanation, isExplained: isOpen(explanation))
    }

    private func paper(_ paper: Requirement) -> PaperToMend {
        let finding = application.finding(paper.key)
        let reference = application.reference.description
        var upload = FileFieldModel(
            paper, of: application, problem: faults[paper.key], finding: finding, texts: texts)
        if finding != nil, !application.isReplaced(paper.key) { upload.file = nil }
        if application.keysToMend.count > Self.mostWithHelp { (upload.explain, upload.sample) = (nil, []) }
        let explanation = explanation(of: paper.key)
        return PaperToMend(
            upload: upload,
            old: finding?.attachment.flatMap { judged[$0] }.map {
                FileModel($0, at: .attachment(reference, "\($0.id)"), texts: texts)
            }, explanation: explanation, isExplained: isOpen(explanation))
    }

    /// For what was returned itself; what is asked because of it has nothing to be right about.
    private func explanation(of key: String) -> FieldModel? {
        guard application.keysToMend.contains(key) else { return nil }
        let name = Correction.explanationField(key)
        let left = application.inputs(of: Store.corrections)
        return FieldModel(
            .textarea(rows: 2), name: name, label: texts("corrections.explanation"),
            value: context.form[name] ?? left[name] ?? "",
            hint: texts("corrections.explanation.hint"), error: faults[name].map { texts.problem($0) },
            isRequired: false, maxLength: Correction.maximumExplanation)
    }

    private func isOpen(_ explanation: FieldModel?) -> Bool {
        explanation.map { !$0.value.isEmpty || $0.error != nil } ?? false
    }
}

extension Application {
    /// What was returned, and what is asked because the applicant answers it otherwise now.
    func fieldsToMend(with form: FormFields) -> [FieldDefinition] {
        let answers = answersToMend(with: form)
        return type.fields.filter { field in
            guard field.kind != .file, isOpen(field.key), type.isAsked(field, in: answers) else { return false }
            return keysToMend.contains(field.key) || isNew(field, in: answers)
        }
    }

    func papersToMend(with form: FormFields) -> [Requirement] {
        let answers = answersToMend(with: form)
        return type.papers.filter { paper in
            guard isOpen(paper.key), type.isAsked(paper, in: answers) else { return false }
            return keysToMend.contains(paper.key) || !type.isNeeded(paper, in: self.answers)
        }
    }

    /// Asked now and not before, or needed now and not before.
    private func isNew(_ field: FieldDefinition, in answers: [String: String]) -> Bool {
        !type.isAsked(field, in: self.answers)
            || (type.isNeeded(field, in: answers) && !type.isNeeded(field, in: self.answers))
    }

    /// The answers with what the form says about the fields that were returned.
    private func answersToMend(with form: FormFields) -> [String: String] {
        let open = type.fields.filter { isOpen($0.key) }.sent(in: form)
        return shownAnswers.merging(typedAnswers(open, in: form)) { $1 }
    }
}
