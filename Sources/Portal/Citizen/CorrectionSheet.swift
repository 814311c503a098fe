import HTTPServer
import Pages
import Permits
import Store

/// A returned application as its applicant mends it: each part with the officer's words, the old and the new. Where much
/// was returned, it comes on several pages and a list leads to them.
struct CorrectionSheet {
    /// Where more than these are to be mended, a slow phone has enough to load; the service's page explains each paper.
    private static let mostWithHelp = 6

    let application: Application
    let faults: [String: FieldProblem]
    /// Papers that were judged, by id.
    let judged: [Int64: Permits.Attachment]
    let returnedAt: Moment?
    let context: Context

    private var texts: Texts { context.texts }
    private var reference: String { application.reference.description }
    /// As typed, also when something is wrong with it.
    private var typed: [String: String] { application.shownAnswers }

    private var items: [CorrectionItem] {
        application.fieldsToMend(with: context.form).map { CorrectionItem(key: $0.key, field: field($0)) }
            + application.papersToMend(with: context.form).map { CorrectionItem(key: $0.key, paper: paper($0)) }
    }

    /// Everything, where it fits on one page; else the part in which this stands, or the list of all parts.
    func page(with key: String?) -> any Page {
        let parts = items.parts
        guard parts.count > 1 else { return page(parts.first ?? []) }
        guard let index = parts.firstIndex(where: { part in part.contains { $0.key == key } }) else {
            return list(parts)
        }
        return page(parts[index], title: title(index, of: parts.count))
    }

    /// What a form held, as it came back.
    func page(holding keys: [String]) -> any Page {
        let items = items
        let parts = items.parts
        let held = items.filter { keys.contains($0.key) }
        let index = parts.firstIndex { part in part.contains { $0.key == held.first?.key } } ?? 0
        return page(held, title: title(index, of: parts.count))
    }

    /// What comes after these, or between them since they were filled in; nil when there is nothing more.
    func key(after keys: [String]) -> String? {
        let all = items.map(\.key)
        let first = all.firstIndex { keys.contains($0) } ?? 0
        return all[first...].first { !keys.contains($0) }
    }

    private func title(_ index: Int, of count: Int) -> String {
        texts("corrections.part", ["number": "\(index + 1)", "count": "\(count)"])
    }

    /// - Parameter title: Of one part of several.
    private func page(_ items: [CorrectionItem], title: String? = nil) -> Corrections {
        let fields = items.compactMap(\.field)
        let files = items.compactMap(\.paper)
        let explanations = items.compactMap(\.explanation)
        return Corrections(
            reference: reference, kind: application.type.name,
            returnedAt: returnedAt.map { context.formats.dateTime($0) } ?? "",
            tasks: items.map { TaskItem(label: $0.label, reason: $0.reason, path: "#\($0.id)", isDone: $0.isNew) },
            fields: fields, files: files, action: Link.corrections(reference).path,
            uploadPath: Link.upload(reference, "").path,
            typing: TypingModel(.correctionsTyping(reference), in: Store.corrections, of: application, context),
            backPath: title == nil ? Link.application(reference).path : Link.corrections(reference).path,
            part: title, held: title.map { _ in items.map(\.key).joined(separator: " ") },
            problems: ProblemSummary(fields: fields.map(\.field) + explanations, files: files.map(\.upload)))
    }

    private func list(_ parts: [[CorrectionItem]]) -> CorrectionList {
        let items = parts.flatMap(\.self)
        let open = openKeys
        let left = items.filter { open.contains($0.key) }
        let problems = items.flatMap { item in
            [item.key, Correction.explanationField(item.key)].compactMap { name in
                faults[name].map { ProblemItem(text: texts.problem($0), target: path(to: item, input: name)) }
            }
        }
        let counts = ["done": "\(items.count - left.count)", "count": "\(items.count)"]
        return CorrectionList(
            reference: reference, kind: application.type.name,
            returnedAt: returnedAt.map { context.formats.dateTime($0) } ?? "",
            progress: texts("corrections.progress", counts),
            groups: parts.enumerated().map { index, part in
                CorrectionGroup(
                    title: title(index, of: parts.count),
                    tasks: part.map {
                        TaskItem(
                            label: $0.label, reason: $0.reason, path: path(to: $0, input: $0.key),
                            isDone: !open.contains($0.key))
                    })
            },
            nextPath: left.first.map { Link.correctionPart(reference, $0.key).path },
            action: Link.corrections(reference).path, backPath: Link.application(reference).path,
            problems: problems.isEmpty ? nil : ProblemSummary(items: problems))
    }

    private func path(to item: CorrectionItem, input name: String) -> String {
        "\(Link.correctionPart(reference, item.key).path)#\(FieldModel.identifier(name))"
    }

    /// What is neither mended nor explained yet, or cannot be taken as it is.
    private var openKeys: Set<String> {
        guard let viewer = try? context.viewer() else { return [] }
        let problems = application.problemsOfMending(
            with: application.typedToMend, explaining: CorrectionRoutes.explanations(for: application, context),
            by: viewer, at: context.now)
        return Set(problems.map { Correction.key(ofInput: $0.field) })
    }

    private func field(_ field: FieldDefinition) -> FieldToMend {
        let explanation = explanation(of: field.key)
        if field.kind == .group { return list(field, explanation) }
        return FieldToMend(
            field: FieldModel(
                field, value: typed[field.key] ?? "", isNeeded: application.type.isNeeded(field, in: typed),
                problem: faults[field.key], finding: application.finding(field.key),
                judged: application.type.shown(field.key, in: application.answers, texts),
                today: context.now.day, texts: texts),
            explanation: explanation, isExplained: isOpen(explanation))
    }

    /// Hundreds of people do not fit among the other parts: they have a page of their own.
    private func list(_ field: FieldDefinition, _ explanation: FieldModel?) -> FieldToMend {
        let finding = application.finding(field.key).flatMap { $0.verdict == .mend ? $0 : nil }
        let rows = field.checked(application.rows(of: field), today: context.now.day)
        return FieldToMend(
            field: FieldModel(
                .line, name: field.key, label: field.label,
                error: faults[field.key].map { texts.problem($0, label: field.label) }, isRequired: false,
                remark: finding?.reason),
            explanation: explanation, isExplained: isOpen(explanation), listed: field.counted(rows, texts))
    }

    private func paper(_ paper: Requirement) -> PaperToMend {
        let finding = application.finding(paper.key)
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

/// One question or one paper to mend.
struct CorrectionItem {
    let key: String
    var field: FieldToMend?
    var paper: PaperToMend?

    var id: String { field?.field.id ?? paper?.upload.id ?? "" }
    var label: String { field?.field.label ?? paper?.upload.label ?? "" }
    var reason: String { field?.field.remark ?? paper?.upload.remark ?? "" }
    var explanation: FieldModel? { field?.explanation ?? paper?.explanation }
    /// There is a new file.
    var isNew: Bool { paper?.upload.file != nil }

    /// Letters that stand on its page because of it and nowhere else there. What it has in common with the others costs
    /// next to nothing on the way.
    fileprivate var length: Int {
        let words = [label, reason, explanation?.value].compactMap { $0 }
        return (words + (field?.field.words ?? []) + (paper?.upload.words ?? [])).reduce(0) { $0 + $1.utf8.count }
    }
}

extension [CorrectionItem] {
    private static var mostOnOnePage: Int { 6 }
    private static var mostInPart: Int { 5 }
    private static var mostLetters: Int { 2_600 }

    /// As few as fit on a page that a slow phone loads at once and a thumb can cross.
    fileprivate var parts: [[CorrectionItem]] {
        guard count > Self.mostOnOnePage || reduce(0, { $0 + $1.length }) > Self.mostLetters else { return [self] }
        var parts: [[CorrectionItem]] = []
        var room = 0
        for item in self {
            if parts.isEmpty || parts[parts.count - 1].count == Self.mostInPart || item.length > room {
                parts.append([])
                room = Self.mostLetters
            }
            parts[parts.count - 1].append(item)
            room -= item.length
        }
        return parts
    }
}

extension FieldModel {
    fileprivate var words: [String] {
        [hint, example, judged, value == judged ? nil : value].compactMap { $0 } + options.map(\.label) + suggestions
            + groups.flatMap { [$0.label] + $0.options.map(\.label) }
    }
}

extension FileFieldModel {
    fileprivate var words: [String] { [hint, explain, file?.name].compactMap { $0 } + sample.map(\.text) }
}

extension Application {
    /// What was typed into what is to be mended, on whatever page.
    var typedToMend: [String: String] {
        let keys = Set(fieldsToMend(with: FormFields()).map(\.key))
        return typed.filter { keys.contains($0.key) }
    }

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
