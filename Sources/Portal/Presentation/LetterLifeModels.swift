import Pages
import Permits
import Store

extension LetterLink {
    /// A letter as its holder and the office see it.
    /// - Parameter isReplacing: Another letter is on its way to take its place.
    init(_ letter: Letter, file: Link, isReplacing: Bool = false, site: Site, texts: Texts) {
        let size = letter.pdfSHA256.flatMap { site.vault.size(of: $0) }
        self.init(
            tone: .good, heading: texts("letter.ready"), number: letter.numberText,
            issued: texts.formats.date(letter.issuedAt.day), validUntil: texts.formats.date(letter.validUntil),
            size: size.map { texts.formats.fileSize($0) } ?? "", path: file.path,
            verificationPath: Link.verification(letter.token).path)
        switch letter.state(on: site.now().day) {
        case .valid where isReplacing:
            heading = texts("letter.replacing")
            explanation = texts("letter.replacing.explanation")
        case .valid: break
        case .expired:
            tone = .warn
            heading = texts("letter.expired")
            explanation = texts("letter.expired.explanation")
        case .revoked, .replaced, .void:
            tone = .bad
            heading = texts("letter.revoked")
            let day = letter.life.end.map { texts.formats.date($0.at.day) } ?? ""
            explanation = texts("letter.revoked.explanation", ["day": day])
            reason = letter.life.end?.reason
        }
    }
}

extension ExtensionOffer {
    /// What the holder may do about a letter's time, or has done.
    /// - Parameter running: The application that would extend it.
    init?(_ letter: Letter, of reference: Reference, running: Reference?, on today: Day, texts: Texts) {
        if let next = letter.life.successor, next.kind == .extend {
            self.init(
                text: texts("extension.done", ["number": next.numberText]), path: Link.verification(next.token).path,
                label: texts("extension.done.label"))
        } else if let running {
            self.init(
                text: texts("extension.running"), path: Link.application(running.description).path,
                label: texts("extension.running.label"))
        } else if letter.canBeExtended(on: today) {
            self.init(
                text: texts("extension.offer"), path: Link.extending(reference.description).path,
                label: texts("extension.offer.label"))
        } else {
            return nil
        }
    }
}

extension DutyNote {
    /// Nil for kinds of letters without a duty, and for letters that owe none any more and got none.
    /// - Parameter isWaiting: Its reader has uploaded a file and not handed it over.
    init?(
        _ letter: Letter, _ report: Report?, of application: Application, isWaiting: Bool, on today: Day, texts: Texts
    ) {
        guard let duty = application.type.duty, let due = letter.life.dutyDue, letter.owesReport || report != nil
        else { return nil }
        let state = DutyState(report, due: due, today: today)
        let reference = application.reference.description
        let isOpen = letter.owesReport && (report == nil || report?.state == .returned)
        let values = [
            "due": texts.formats.longDate(due), "given": report.map { texts.formats.date($0.givenAt.day) } ?? "",
            "decided": report?.decidedAt.map { texts.formats.date($0.day) } ?? "",
        ]
        self.init(
            label: duty.label, tag: TagModel(state, texts: texts), sentence: texts(state.textKey, values),
            reason: report?.state == .returned ? report?.reason : nil,
            file: report.map { FileModel($0, at: .report(reference), texts: texts) },
            path: isOpen ? Link.reportForm(reference).path : nil, isWaiting: isOpen && isWaiting)
    }
}
