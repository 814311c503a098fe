import HTTPServer
import Pages
import Permits
import Store

/// An application's letters as an officer has them before them.
struct LetterSheet {
    private let context: Context
    private let application: Application
    private let current: Letter
    private let letters: [Letter]
    private let report: Report?

    /// Nil when the application has no letter, or none any more.
    init?(_ context: Context) throws {
        self.context = context
        let viewer = try context.viewer()
        application = try context.application()
        guard let current = try context.store.letter(of: application.reference, visibleTo: viewer) else { return nil }
        self.current = current
        letters = try context.store.letters(of: application.reference, visibleTo: viewer)
        report = try context.store.report(of: application.reference, visibleTo: viewer)
    }

    private var texts: Texts { context.texts }
    private var today: Day { context.now.day }
    private var reference: String { application.reference.description }

    /// - Parameters:
    ///   - faults: What is wrong with what was typed, in the form named by `kind`, or in that of the report.
    func page(faults: [FieldProblem] = [], in kind: LetterAction.Kind? = nil) -> StaffLetter {
        let actions = actions(faults: faults, in: kind)
        let panel = reportPanel(faults: kind == nil ? faults : [])
        return StaffLetter(
            reference: reference, kind: current.summary.typeName, summary: application.subject,
            tag: TagModel(current.state(on: today), texts: texts), rows: rows,
            downloadPath: Link.staffLetterFile(reference).path,
            verificationPath: Link.verification(current.token).path, history: history, report: panel,
            actions: actions, backPath: Link.staffApplication(reference).path,
            problems: ProblemSummary(fields: actions.flatMap(\.fields) + [panel?.decision?.reason].compactMap { $0 }))
    }

    private var rows: [SummaryRow] {
        let handedOver = current.life.handedOverAt.map(texts.formats.dateTime) ?? texts("staffLetter.notHandedOver")
        return [
            SummaryRow(label: texts("verification.number"), value: current.numberText),
            SummaryRow(label: texts("verification.signed"), value: texts.formats.dateTime(current.issuedAt)),
            SummaryRow(label: texts("verification.until"), value: texts.formats.date(current.validUntil)),
            SummaryRow(label: texts("verification.signatory"), value: current.summary.signatoryName),
            SummaryRow(label: texts("staffLetter.handedOver"), value: handedOver),
        ]
    }

    private var history: [LetterHistoryRow] {
        letters.reversed().map { letter in
            LetterHistoryRow(
                number: letter.numberText, issued: texts.formats.date(letter.issuedAt.day),
                tag: TagModel(letter.state(on: today), texts: texts),
                note: texts.registerNote(letter.life, reason: letter.life.end?.reason),
                filePath: Link.staffLetterOf(reference, "\(letter.id)").path)
        }
    }

    /// Only what would be done now if it were asked for.
    private func actions(faults: [FieldProblem], in kind: LetterAction.Kind?) -> [LetterAction] {
        guard let viewer = try? context.viewer() else { return [] }
        let isRunning = current.state(on: today) == .valid
        let isIssued = application.state == .issued
        var kinds: [(LetterAction.Kind, Link)] = []
        if isRunning, isIssued, current.life.successor == nil { kinds.append((.replace, .replacement(reference))) }
        if viewer.role == .signatory {
            if isRunning { kinds.append((.revoke, .revocation(reference))) }
            if isIssued, current.life.end == nil, current.life.successor == nil, current.life.handedOverAt == nil,
                current.life.predecessor?.kind != .replace
            {
                kinds.append((.void, .voiding(reference)))
            }
        }
        let sentences = byField(faults).mapValues { texts.problem($0) }
        return kinds.map { other, link in
            var action = LetterAction(
                other, letter: current, action: link, typed: other == kind || isSent(to: link) ? typed : [:],
                faults: other == kind ? sentences : [:], texts: texts)
            action.isOpen = other == kind || isSent(to: link)
            return action
        }
    }

    private func isSent(to link: Link) -> Bool { context.request.head.path == link.path }

    /// Never a password.
    private var typed: [String: String] {
        var typed: [String: String] = [:]
        for field in [LetterInput.reason, .ground] { typed[field.rawValue] = context.form[field.rawValue] }
        return typed
    }

    private func reportPanel(faults: [FieldProblem]) -> ReportPanel? {
        guard let duty = application.type.duty, let due = current.life.dutyDue, current.owesReport || report != nil
        else { return nil }
        var sentence = texts("report.sentence.open", ["due": texts.formats.date(due)])
        if let report {
            let values = [
                "due": texts.formats.date(due), "given": texts.formats.date(report.givenAt.day),
                "decided": report.decidedAt.map { texts.formats.date($0.day) } ?? "",
            ]
            sentence = texts(report.state == .given ? "report.sentence.given" : "report.sentence.decided", values)
        }
        var decision: ReportDecision?
        if let report, report.state == .given, (try? context.viewer())?.role == .verifier {
            let fault = byField(faults)[LetterInput.reason.rawValue].map { texts.problem($0) }
            decision = ReportDecision(
                action: Link.reportDecision(reference).path, report: "\(report.id)",
                reason: FieldModel(
                    .textarea(rows: 3), name: LetterInput.reason.rawValue, label: texts("report.reason"),
                    value: isSent(to: .reportDecision(reference))
                        ? context.form[LetterInput.reason.rawValue] ?? "" : "",
                    hint: texts("report.reason.hint"), error: fault, isRequired: false, maxLength: 2000))
        }
        return ReportPanel(
            label: duty.label, tag: TagModel(DutyState(report, due: due, today: today), texts: texts),
            sentence: sentence, file: report.map { FileModel($0, at: .staffReport(reference), texts: texts) },
            decision: decision)
    }
}

extension FileModel {
    init(_ report: Report, at link: Link, texts: Texts) {
        self.init(name: report.filename, size: texts.formats.fileSize(report.size), path: link.path)
    }
}

extension Texts {
    /// The last column of the register: why a letter ended, and which one it follows or is followed by.
    func registerNote(_ life: LetterLife, reason: String?) -> String {
        var parts: [String] = []
        if let before = life.predecessor {
            let key = before.kind == .replace ? "register.replaces" : "register.extends"
            parts.append(self(key, ["number": before.numberText]))
        }
        if let after = life.successor {
            let key = after.kind == .replace ? "register.replacedBy" : "register.extendedBy"
            parts.append(self(key, ["number": after.numberText]))
        }
        return (parts + [reason].compactMap { $0 }).joined(separator: " ")
    }
}
