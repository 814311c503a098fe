import HTTPServer
import Pages
import Permits
import Store

/// Looking after an application that was sent.
enum ApplicationRoutes {
    @Sendable static func status(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let application = try context.application()
        let events = try context.store.timeline(application.reference, visibleTo: viewer)
        let letter = try context.store.letter(of: application.reference, visibleTo: viewer)
        let due = application.clock.due(in: try context.store.calendar())
        let isJustSent =
            Cookies.notice(context.request.head, context.site) == .submitted && application.state == .submitted
        return .page(
            ApplicationStatus(
                application, events: events, letter: letter, due: due, isJustSent: isJustSent, site: context.site))
    }

    @Sendable static func attachment(_ context: Context) throws -> Reply {
        let attachment = try openedAttachment(context)
        return .file(
            StoredFile(sha256: attachment.sha256, size: attachment.size), kind: attachment.kind,
            filename: attachment.filename, isDownload: false)
    }

    static func openedAttachment(_ context: Context) throws -> Permits.Attachment {
        guard let id = Int64(try context.parameter("id")) else { throw PermitError.notFound }
        return try context.store.openAttachment(id, of: context.reference(), by: context.viewer(), at: context.now)
    }

    @Sendable static func withdraw(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let reference = try context.reference()
        try context.store.change(reference, by: viewer, origin: context.origin) { application, calendar in
            try application.withdraw(by: viewer, at: context.now, in: calendar)
        }
        return .redirect(.application(reference.description), notice: .withdrawn)
    }

    /// The issued file, for applicant and officers alike.
    @Sendable static func letter(_ context: Context) throws -> Reply {
        guard let letter = try context.store.letter(of: context.reference(), visibleTo: context.viewer()) else {
            throw PermitError.notFound
        }
        let file = try LetterFiles.file(of: letter, context.site)
        let name = "\(letter.summary.typeName) \(letter.numberText).pdf".replacing("/", with: "-")
        return .file(file, kind: .pdf, filename: name, isDownload: true)
    }
}

extension ApplicationStatus {
    init(_ application: Application, events: [EventRecord], letter: Letter?, due: Day?, isJustSent: Bool, site: Site) {
        let texts = site.renderer.texts
        let reference = application.reference.description
        let type = application.type
        let isReturned = application.state == .needsCorrection
        self.init(
            reference: reference, kind: type.name, summary: application.subject,
            tag: TagModel(application.state, texts: texts),
            headline: texts.headline(application.state), explanation: texts.explanation(application.state),
            holder: [.issued, .refused, .withdrawn].contains(application.state) ? "" : texts.holder(application.state),
            expected: application.state.isWithOffice ? due.map(Formats.longDate) : nil, isJustSent: isJustSent,
            submitted: application.submittedAt.map(Formats.dateTime),
            draftPath: application.state == .draft ? Link.section(reference, type.sections[0].key).path : nil,
            correctionsPath: isReturned ? Link.corrections(reference).path : nil,
            tasks: !isReturned
                ? []
                : application.findings.filter { $0.verdict == .mend }.map { finding in
                    let label = type.field(finding.key)?.label ?? type.requirement(finding.key)?.label ?? finding.key
                    let path = "\(Link.corrections(reference).path)#\(FieldModel.identifier(finding.key))"
                    return TaskItem(label: label, reason: finding.reason, path: path)
                },
            refusal: application.state == .refused ? events.last { $0.kind == .refused }?.note : nil,
            letter: letter.map { Shown.letterLink($0, file: .letterFile(reference), site: site) },
            timeline: TimelineItem.list(events.forApplicant, texts: texts),
            sections: SummarySection.all(of: application, changeable: false),
            papers: PaperRow.all(of: application, changeable: false),
            withdrawalPath: application.state.isWithOffice || isReturned || application.state == .draft
                ? Link.withdrawal(reference).path : nil)
    }
}
