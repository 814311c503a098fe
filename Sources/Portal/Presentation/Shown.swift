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

    static func rows(of letter: Letter, texts: Texts) -> [SummaryRow] {
        [
            SummaryRow(label: texts("verification.number"), value: letter.numberText),
            SummaryRow(label: texts("verification.kind"), value: letter.summary.typeName),
            SummaryRow(label: texts("verification.holder"), value: letter.summary.maskedName),
        ] + letter.summary.rows.map { SummaryRow(label: $0.label, value: $0.value) } + [
            SummaryRow(label: texts("verification.issued"), value: Formats.date(letter.issuedAt.day)),
            SummaryRow(label: texts("verification.until"), value: Formats.date(letter.validUntil)),
            SummaryRow(label: texts("verification.office"), value: letter.summary.officeName),
            SummaryRow(
                label: texts("verification.signatory"),
                value: "\(letter.summary.signatoryName)\n\(letter.summary.signatoryPosition)"),
        ]
    }

    static func letterLink(_ letter: Letter, file: Link, site: Site) -> LetterLink {
        let size = letter.pdfSHA256.flatMap { site.vault.size(of: $0) }
        let verification = letter.document.verificationPath.flatMap { path in
            path.hasPrefix(site.settings.baseURL) ? String(path.dropFirst(site.settings.baseURL.count)) : path
        }
        return LetterLink(
            number: letter.numberText, issued: Formats.date(letter.issuedAt.day),
            validUntil: Formats.date(letter.validUntil),
            size: size.map { Formats.fileSize($0) } ?? "", path: file.path,
            verificationPath: verification ?? Link.home.path)
    }
}

extension LetterDocument {
    /// The address in the QR code.
    fileprivate var verificationPath: String? {
        blocks.lazy.compactMap { if case .signature(let block) = $0 { block.mark.url } else { nil } }.first
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
        filter { $0.kind != .judged }.map { event in
            event.kind == .sentBack
                ? EventRecord(
                    kind: event.kind, at: event.at, actorName: event.actorName, actorRole: event.actorRole, note: "")
                : event
        }
    }
}
