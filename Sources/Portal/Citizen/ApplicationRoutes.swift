import HTTPServer
import Pages
import Permits
import Store

/// Looking after an application that was sent.
enum ApplicationRoutes {
    @Sendable static func status(_ context: Context) throws -> Reply { .page(try page(context)) }

    /// - Parameter reportFault: What is wrong with a report that was just sent.
    static func page(_ context: Context, reportFault: FieldProblem? = nil) throws -> ApplicationStatus {
        let viewer = try context.viewer()
        let application = try context.application()
        let reference = application.reference
        let events = try context.store.timeline(reference, visibleTo: viewer)
        let letter = try context.store.letter(of: reference, visibleTo: viewer)
        let due = application.clock.due(in: try context.store.calendar())
        let isJustSent =
            Cookies.notice(context.request.head, context.site) == .submitted && application.state == .submitted
        var page = ApplicationStatus(
            application, events: events, letter: letter, due: due, isJustSent: isJustSent, context: context)
        if let letter {
            page.letter?.offer = ExtensionOffer(
                letter, of: reference, running: try context.store.openExtension(of: reference, by: viewer),
                on: context.now.day, texts: context.texts)
            page.duty = DutyNote(
                letter, try context.store.report(of: reference, visibleTo: viewer), of: application,
                fault: reportFault, on: context.now.day, texts: context.texts)
        }
        if let follow = application.follows,
            let followed = try context.store.followedLetter(of: reference, visibleTo: viewer)
        {
            page.follow = FollowNote(follow, followed, texts: context.texts)
        }
        page.officePapers = try DocumentRoutes.links(application, at: Link.document, context)
        if application.applicant == viewer.account {
            page.filingPath = application.state == .draft ? Link.filing(reference.description).path : nil
            page.viewsPath = application.submittedAt == nil ? nil : Link.viewsOf(reference.description).path
            page.transferPath =
                [.refused, .withdrawn].contains(application.state)
                ? nil : Link.transferOffer(reference.description).path
        }
        page.institution = try context.store.institution(of: reference, visibleTo: viewer)?.profile.name
        return page
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
        guard let letter = try context.store.openLetter(of: context.reference(), by: context.viewer(), at: context.now)
        else {
            throw PermitError.notFound
        }
        return try LetterRoutes.download(letter, context)
    }
}

extension ApplicationStatus {
    init(
        _ application: Application, events: [EventRecord], letter: Letter?, due: Day?, isJustSent: Bool,
        context: Context
    ) {
        let texts = context.texts
        let reference = application.reference.description
        let type = application.type
        let isReturned = application.state == .needsCorrection
        self.init(
            reference: reference, kind: type.name, summary: application.subject,
            tag: TagModel(application.state, texts: texts),
            headline: texts.headline(application.state), explanation: texts.explanation(application.state),
            holder: [.issued, .refused, .withdrawn].contains(application.state) ? "" : texts.holder(application.state),
            expected: application.state.isWithOffice ? due.map(texts.formats.longDate) : nil, isJustSent: isJustSent,
            submitted: application.submittedAt.map(texts.formats.dateTime),
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
            letter: letter.map {
                LetterLink(
                    $0, file: .letterFile(reference), isReplacing: application.follows?.letter == $0.id,
                    site: context.site, texts: texts)
            },
            timeline: TimelineItem.list(events.forApplicant, of: type, texts: texts),
            sections: SummarySection.all(of: application, changeable: false, texts: texts),
            papers: PaperRow.all(of: application, changeable: false, texts: texts),
            withdrawalPath: application.follows?.kind != .replace
                && (application.state.isWithOffice || isReturned || application.state == .draft)
                ? Link.withdrawal(reference).path : nil)
        if application.state == .issued, let letter { tell(letter.state(on: context.now.day), texts) }
    }
    /// A letter that is over is no news of a letter that is there.
    private mutating func tell(_ state: Letter.State, _ texts: Texts) {
        guard state == .revoked || state == .expired else { return }
        tag = TagModel(state, texts: texts)
        headline = texts("status.\(state.rawValue).headline")
        explanation = texts("status.\(state.rawValue).explanation")
    }
}
