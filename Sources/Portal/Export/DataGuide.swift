import Pages
import Permits
import Store

/// The page of an archive that people open first: what is in it, in words, with links to the files.
struct DataGuide {
    let data: PersonalData
    let site: Site
    let texts: Texts

    var html: String {
        let frame = Frame(
            siteName: site.settings.siteName, owner: site.settings.owner, language: texts.language.rawValue, nav: [],
            csrf: "", requestId: "-", languageSwitch: LanguageSwitch(to: texts.language.other, back: "/"))
        let page = DataIndex(
            name: data.account.name, takenAt: when(data.takenAt),
            folders: data.applications.map(folder) + data.elsewhere.map(folder) + data.notSent.map(folder))
        return site.renderers[texts.language].html(page, in: frame)
    }

    private func folder(_ file: PersonalData.File) -> DataFolder {
        let state = ApplicationState(rawValue: file.state).map { texts($0.textKey) } ?? file.state
        var files = file.papers.map { paper($0) } + file.letters.compactMap(letter)
        files += file.reports.map { report in
            DataFile(label: texts("dataGuide.report"), name: report.filename, path: address(report.path))
        }
        files += said(file.conversation)
        return DataFolder(
            reference: file.reference, kind: file.service, state: state, summary: file.subject,
            answers: file.answers.filter { !$0.value.isEmpty }.map { SummaryRow(label: $0.label, value: $0.value) },
            files: files,
            findings: file.findings.compactMap { finding in
                finding.reason.map { SummaryRow(label: finding.label, value: $0) }
            },
            corrections: file.corrections.map { correction in
                DataCorrection(
                    label: correction.label, when: when(correction.at),
                    reason: correction.reason.isEmpty ? nil : correction.reason,
                    explanation: correction.explanation.isEmpty ? nil : correction.explanation,
                    old: address(correction.oldPath), new: address(correction.newPath))
            },
            events: file.events.map { event in
                SummaryRow(
                    label: when(event.at),
                    value: (EventKind(rawValue: event.kind).map { texts($0.textKey) } ?? event.kind)
                        + (event.note.map { ": \($0)" } ?? ""))
            })
    }

    /// Of an application that is not theirs: what they gave there.
    private func folder(_ other: PersonalData.Elsewhere) -> DataFolder {
        DataFolder(
            reference: other.reference, kind: other.service, state: texts("dataGuide.elsewhere"), summary: "",
            answers: [], files: other.papers.map { paper($0) } + said(other.conversation),
            findings: [], corrections: [], events: [])
    }

    /// What was typed or uploaded about an application and waits to be sent.
    private func folder(_ waiting: PersonalData.NotSent) -> DataFolder {
        let words = SummaryRow(label: texts("dataGuide.words"), value: waiting.text)
        return DataFolder(
            reference: waiting.reference, kind: texts("dataGuide.notSent"), state: when(waiting.changedAt), summary: "",
            answers: waiting.text.isEmpty ? [] : [words],
            files: waiting.files.map {
                DataFile(label: texts("dataGuide.waiting"), name: $0.filename, path: address($0.path))
            }, findings: [], corrections: [], events: [])
    }

    private func paper(_ paper: PersonalData.Paper) -> DataFile {
        DataFile(
            label: paper.label, name: paper.filename, path: address(paper.path),
            note: paper.replacedAt.map { texts("dataGuide.replaced", ["day": when($0)]) })
    }

    private func letter(_ letter: PersonalData.IssuedLetter) -> DataFile? {
        letter.path.map { DataFile(label: texts("dataGuide.letter"), name: letter.number, path: address($0)) }
    }

    private func said(_ conversation: [PersonalData.Said]) -> [DataFile] {
        conversation.flatMap { message in
            message.files.map {
                DataFile(
                    label: texts("dataGuide.message", ["name": message.by]), name: $0.filename, path: address($0.path))
            }
        }
    }

    /// A file's address from the page beside it. Names may hold anything.
    private func address(_ path: String?) -> String? {
        path.map { path in
            path.utf8.map { byte in
                let isPlain =
                    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [45, 46, 47, 95].contains(byte)
                return isPlain
                    ? String(Character(UnicodeScalar(byte)))
                    : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }.joined()
        }
    }

    /// `2026-11-17T09:00:00+07:00` as people read it.
    private func when(_ stamp: String) -> String {
        let parts = stamp.split(separator: "T").map(String.init)
        guard parts.count == 2, let day = Day(iso: parts[0]) else { return stamp }
        return "\(texts.formats.date(day)), \(parts[1].prefix(5))"
    }
}
