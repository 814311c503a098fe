import HTTPServer
import Pages
import Permits
import Store

extension FileFieldModel {
    init(
        _ requirement: Requirement, of application: Application, problem: FieldProblem?, finding: Finding? = nil,
        texts: Texts
    ) {
        let file = application.attachment(for: requirement.key).map {
            FileModel(
                $0, at: .attachment(application.reference.description, "\($0.id)"),
                isRemovable: application.state == .draft, texts: texts)
        }
        self.init(requirement, file: file, problem: problem, finding: finding, texts: texts)
    }
}

extension FormProgress {
    /// The steps of a draft: its sections, the papers, the check.
    init(of application: Application, at link: Link, texts: Texts) {
        let reference = application.reference.description
        let links =
            application.type.sections.map { ($0.title, Link.section(reference, $0.key)) } + [
                (texts("attachments.heading"), Link.attachments(reference)),
                (texts("check.heading"), Link.check(reference)),
            ]
        let current = links.firstIndex { $0.1 == link } ?? 0
        self.init(
            current: current + 1, total: links.count,
            steps: links.enumerated().map { index, step in
                ProgressStep(label: step.0, path: step.1.path, isDone: index < current, isCurrent: index == current)
            })
    }
}

extension SummarySection {
    static func all(of application: Application, changeable: Bool, texts: Texts) -> [SummarySection] {
        application.type.sections.map { section in
            let path = changeable ? Link.section(application.reference.description, section.key).path : nil
            return SummarySection(
                title: section.title,
                rows: section.fields.map {
                    SummaryRow(
                        label: $0.label, value: application.type.shown($0.key, in: application.answers, texts),
                        changePath: path)
                })
        }
    }
}

extension PaperRow {
    static func all(of application: Application, changeable: Bool, texts: Texts) -> [PaperRow] {
        application.type.requirements.map { requirement in
            let reference = application.reference.description
            return PaperRow(
                label: requirement.label,
                file: application.attachment(for: requirement.key).map {
                    FileModel($0, at: .attachment(reference, "\($0.id)"), texts: texts)
                },
                isRequired: requirement.isRequired, changePath: changeable ? Link.attachments(reference).path : nil)
        }
    }
}

extension LetterType {
    /// An answer as screens show it: like in the letter, with the number's unit but without its words.
    func shown(_ key: String, in answers: [String: String], _ texts: Texts) -> String {
        let raw = answers[key] ?? ""
        guard let field = field(key), !raw.isEmpty else { return raw }
        switch field.kind {
        case .number: return field.suffix.map { "\(raw) \($0)" } ?? raw
        case .date: return Day(iso: raw).map(texts.formats.date) ?? raw
        case .choice: return field.label(of: raw)
        default: return printed(key, in: answers)
        }
    }
}
