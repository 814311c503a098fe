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
        self.init(
            requirement, isNeeded: application.type.isNeeded(requirement, in: application.answers), file: file,
            problem: problem, finding: finding, in: application.type, texts: texts)
    }
}

extension FormProgress {
    init(of application: Application, at link: Link, texts: Texts) {
        let links = FormSteps(application).links
        let sections = application.askedSections
        let current = links.firstIndex(of: link) ?? 0
        self.init(
            current: current + 1, total: FormSteps(application).total,
            steps: links.enumerated().map { index, step in
                let label =
                    sections.indices.contains(index)
                    ? sections[index].title : texts(index == links.count - 1 ? "check.heading" : "attachments.heading")
                return ProgressStep(
                    label: label, path: step.path, isDone: index < current, isCurrent: index == current)
            })
    }
}

extension SummarySection {
    static func all(of application: Application, changeable: Bool, today: Day, texts: Texts) -> [SummarySection] {
        application.askedSections.compactMap(\.withoutPapers).map { section in
            let path = changeable ? Link.section(application.reference.description, section.key).path : nil
            return SummarySection(
                title: section.title,
                rows: section.fields.map {
                    // In a draft also what is not right yet. A roster may be long: whoever can open it sees how many
                    // there are.
                    let answers = application.state == .draft ? application.shownAnswers : application.answers
                    let value =
                        changeable && $0.kind == .group
                        ? application.type.counted($0, in: answers, texts)
                        : application.type.shown($0.key, in: answers, texts)
                    return SummaryRow(
                        label: $0.label, value: value, changePath: path,
                        doubt: changeable ? application.type.doubt(about: $0, in: answers, today: today, texts) : nil)
                })
        }
    }
}

extension PaperRow {
    static func all(of application: Application, changeable: Bool, texts: Texts) -> [PaperRow] {
        application.askedPapers.map { requirement in
            let reference = application.reference.description
            return PaperRow(
                label: requirement.label,
                file: application.attachment(for: requirement.key).map {
                    FileModel($0, at: .attachment(reference, "\($0.id)"), texts: texts)
                },
                isRequired: application.type.isNeeded(requirement, in: application.answers),
                changePath: changeable ? application.link(toPaper: requirement.key).path : nil)
        }
    }
}

extension Application {
    /// The page of a draft on which a paper is given.
    func link(toPaper key: String) -> Link {
        let reference = reference.description
        return type.sections.first { $0.fields.contains { $0.key == key } }
            .map { .section(reference, $0.key) } ?? .attachments(reference)
    }
}

extension LetterType {
    /// An answer as screens show it: like in the letter, with the number's unit but without its words.
    func shown(_ key: String, in answers: [String: String], _ texts: Texts) -> String {
        let raw = answers[key] ?? ""
        guard let field = field(key), !raw.isEmpty, isAsked(field, in: answers) else { return "" }
        return field.shown(raw, texts)
    }

    /// `25 orang`
    func counted(_ field: FieldDefinition, in answers: [String: String], _ texts: Texts) -> String {
        guard let rows = GroupRows(stored: answers[field.key] ?? "")?.rows else { return "" }
        return "\(texts.formats.number(rows.count)) \(field.suffix ?? texts("roster.people"))"
    }
}

extension FieldDefinition {
    /// A stored answer in the reader's language, as far as it is not the applicant's own words.
    func shown(_ raw: String, _ texts: Texts) -> String {
        switch kind {
        // What counts nothing, such as a year, has no thousands.
        case .number: suffix.flatMap { suffix in Int(raw).map { "\(texts.formats.number($0)) \(suffix)" } } ?? raw
        case .date: Day(typed: raw).map(texts.formats.date) ?? raw
        case .dateRange:
            DayRange(raw).map { days in
                let (first, last) = (texts.formats.date(days.first), texts.formats.date(days.last))
                return days.count == 1 ? first : texts("format.dateRange", ["first": first, "last": last])
            } ?? raw
        case .choice: label(of: raw)
        case .multiChoice: raw.split(separator: "\n").map { label(of: String($0)) }.joined(separator: "\n")
        case .group: lines(raw) { $0.shown($1, texts) }.joined(separator: "\n")
        default: printed(raw)
        }
    }
}

extension LetterType {
    /// What people should look at twice in a stored answer. It keeps nobody from anything.
    func doubt(about field: FieldDefinition, in answers: [String: String], today: Day, _ texts: Texts) -> String? {
        let doubts = doubts(about: field, in: answers, today: today).map(texts.doubt)
        return doubts.isEmpty ? nil : doubts.joined(separator: " ")
    }
}

extension Texts {
    func doubt(_ doubt: AnswerDoubt) -> String {
        switch doubt {
        case .province(let code): return self("doubt.province", ["province": code])
        case .provinces(let rows):
            let named = rows.prefix(10).map { "\($0)" }.joined(separator: ", ") + (rows.count > 10 ? ", ..." : "")
            return self("doubt.provinces", ["rows": named])
        case .birthDate(let printed): return self("doubt.birthDate", ["date": printed])
        case .age: return self("doubt.age")
        case .longAgo(let years): return self("doubt.longAgo", ["years": "\(years)"])
        case .notListed(let name): return self("doubt.notListed", ["name": name])
        case .domain(let meant): return self("doubt.domain", ["meant": meant])
        }
    }
}

extension Texts {
    /// What the number is called: `NIK`, `Paspor`.
    func label(of kind: Identity.Kind) -> String { self(kind == .nik ? "signUp.nik" : "signUp.passport") }

    /// `1271045203990001`; `A12345678 (Malaysia)`
    func identity(_ identity: Identity) -> String {
        guard case .passport(let country, let number) = identity else { return identity.number }
        return "\(number) (\(identity.country?.name(in: language) ?? country))"
    }

    /// The same of an account's.
    func doubt(aboutNIK nik: String?) -> String? {
        guard let nik = nik.flatMap({ NIK($0) }), !nik.hasKnownProvince else { return nil }
        return self("doubt.province", ["province": nik.province])
    }
}

extension [GroupImport.LeftOut] {
    /// `Alamat, Surel, kolom ke-7`
    func named(_ texts: Texts) -> String {
        let longest = 60
        let names = prefix(10).map { column in
            let title = TypedText.cleaned(column.title, keepingLines: false)
            guard !title.isEmpty else { return texts("roster.untitled", ["number": "\(column.number)"]) }
            return title.count > longest ? "\(title.prefix(longest))..." : title
        }
        return names.joined(separator: ", ") + (count > names.count ? ", ..." : "")
    }
}
