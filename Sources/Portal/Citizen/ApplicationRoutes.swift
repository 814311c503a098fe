import HTTPServer
import Pages
import Permits
import Store

/// Looking after an application that was sent.
enum ApplicationRoutes {
    @Sendable static func status(_ context: Context) throws -> Reply { .page(try page(context)) }

    private static func page(_ context: Context) throws -> ApplicationStatus {
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
        page.place = try context.store.place(of: application).map { PlaceModel($0, texts: context.texts) }
        if let letter {
            page.letter?.offer = ExtensionOffer(
                letter, of: reference, running: try context.store.openExtension(of: reference, by: viewer),
                on: context.now.day, texts: context.texts)
            let report = try context.store.report(of: reference, visibleTo: viewer)
            page.duty = DutyNote(
                letter, report, of: application,
                isWaiting: try !context.store.unsent(.report, about: reference, by: viewer).isEmpty,
                on: context.now.day, texts: context.texts)
            if application.state == .issued, let duty = page.duty {
                if duty.path != nil {
                    page.holder = context.texts("holder.reportDue")
                } else if report?.state == .given {
                    page.holder = context.texts("holder.reportGiven")
                }
            }
        }
        if let follow = application.follows,
            let followed = try context.store.followedLetter(of: reference, visibleTo: viewer)
        {
            page.follow = FollowNote(follow, followed, texts: context.texts)
        }
        if application.state == .draft {
            page.deletion = CitizenRoutes.deletion(
                touched: try context.store.changedAt(reference, visibleTo: viewer),
                promised: try context.store.draftDeletions(of: viewer)[reference], context)
        }
        let mendings = events.filter { $0.kind == .resubmitted }
        if !mendings.isEmpty {
            page.changes = try ChangeRound.all(of: application, mendings, context)
            let isOwn = mendings.allSatisfy { $0.actor == viewer.account }
            page.changesTitle = context.texts(isOwn ? "status.changes" : "status.changes.all")
        }
        let history = ListPart(page.timeline, asked: context.request.head.query["riwayat"]) {
            $0.text.count + ($0.note?.count ?? 0)
        }
        page.timeline = history.items
        page.otherEvents = history.others(context.texts("status.otherEvents")) {
            "\(Link.eventsPart(reference.description, $0).path)#riwayat"
        }
        page.viewsPath = application.submittedAt == nil ? nil : Link.viewsOf(reference.description).path
        page.officePapers = try DocumentRoutes.links(application, at: Link.document, context)
        if application.applicant == viewer.account {
            page.filingPath = application.state == .draft ? Link.filing(reference.description).path : nil
            page.transferPath =
                [.refused, .withdrawn].contains(application.state)
                ? nil : Link.transferOffer(reference.description).path
            if page.transferPath != nil,
                let offer = try context.store.openTransfer(of: reference, by: viewer, at: context.now)
            {
                page.offered = context.texts(
                    "transfer.offered.status",
                    ["email": offer.email, "day": context.formats.longDate(offer.expiresAt.day)])
            }
        }
        if application.state.isWithOffice {
            let time = try context.store.measuredTime(slug: application.type.slug, at: context.now)
            page.usual = time.flatMap { $0.isTelling ? Shown.measured($0, application.type, context.texts) : nil }
        }
        page.institution = try context.store.institution(of: reference, visibleTo: viewer)?.profile.name
        page.conversation = try ConversationModel(about: application, context)
        page.isAsked = application.turn.askedAt != nil
        if page.isErased {
            // Of a kind that is not offered any more there is no page.
            let slug = application.type.slug
            page.servicePath = (try? context.store.publishedLetterType(slug: slug, at: context.now)).map { _ in
                Link.service(slug).path
            }
        } else if application.canBeginAnother {
            page.anotherAction = Link.another(reference.description).path
        }
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
        let ended = events.last { [.signed, .refused, .withdrawn, .replacementRefused, .expired].contains($0.kind) }
        let withdrawal = events.last { $0.kind == .withdrawn }
        let standing = Standing(
            application, due: application.state.isWithOffice ? due : nil, endedOn: ended?.at.day,
            withdrawnBy: withdrawal.map {
                Withdrawer($0.actor, name: $0.actorName, reader: context.session?.account.id)
            },
            today: context.now.day, texts: texts)
        self.init(
            reference: reference, kind: type.name, summary: application.subject,
            tag: TagModel(application.state, texts: texts),
            headline: standing.headline, explanation: standing.next, holder: standing.holder,
            dateLabel: standing.dateLabel, date: standing.date, way: WayStep.all(of: application, texts: texts),
            isJustSent: isJustSent,
            submitted: application.submittedAt.map(texts.formats.dateTime),
            draftPath: application.state == .draft
                ? FormSteps(application).unfinished(today: context.now.day).path : nil,
            correctionsPath: isReturned ? Link.corrections(reference).path : nil,
            tasks: !isReturned
                ? []
                : application.findings.filter { $0.verdict == .mend }.map { finding in
                    let label = type.field(finding.key)?.label ?? type.requirement(finding.key)?.label ?? finding.key
                    let place = Link.correctionPart(reference, finding.key).path
                    let path = "\(place)#\(FieldModel.identifier(finding.key))"
                    return TaskItem(label: label, reason: finding.reason, path: path)
                },
            refusal: application.state == .refused ? events.last { $0.kind == .refused }?.note : nil,
            letter: letter.map {
                LetterLink(
                    $0, file: .letterFile(reference), isReplacing: application.follows?.letter == $0.id,
                    site: context.site, texts: texts)
            },
            timeline: TimelineItem.list(events.forApplicant, of: type, texts: texts),
            sections: SummarySection.all(of: application, changeable: false, today: context.now.day, texts: texts),
            papers: PaperRow.all(of: application, changeable: false, texts: texts),
            withdrawalPath: application.canBeWithdrawn ? Link.withdrawal(reference).path : nil)
        if application.state == .issued, let letter { tell(letter.state(on: context.now.day), texts) }
        if ended?.kind == .expired { tellOfExpiry(texts) }
        let last = events.last { [.submitted, .resubmitted, .returned].contains($0.kind) }
        if application.state == .withdrawn, application.tellsFindings(after: last?.kind) {
            notes = application.findings.filter { $0.verdict == .mend }.map { finding in
                let label = type.field(finding.key)?.label ?? type.requirement(finding.key)?.label ?? finding.key
                return SummaryRow(label: label, value: finding.reason)
            }
        }
    }

    /// A draft that the portal deleted by itself: nobody withdrew it, and nothing of it is left to begin from.
    private mutating func tellOfExpiry(_ texts: Texts) {
        tag = TagModel(label: texts("expiredDraft.tag"), tone: .neutral)
        headline = texts("expiredDraft.headline")
        explanation = texts("expiredDraft.explanation")
        for index in way.indices where way[index].isStopped { way[index].note = texts("expiredDraft.tag") }
        (sections, papers) = ([], [])
        isErased = true
    }
    /// A letter that is over is no news of a letter that is there.
    private mutating func tell(_ state: Letter.State, _ texts: Texts) {
        guard [.revoked, .replaced, .expired].contains(state) else { return }
        tag = TagModel(state, texts: texts)
        headline = texts("status.\(state.rawValue).headline")
        explanation = texts("status.\(state.rawValue).explanation")
    }
}

extension ChangeRound {
    /// What the applicant mended, old and new, the last time first.
    fileprivate static func all(
        of application: Application, _ mendings: [EventRecord], _ context: Context
    ) throws -> [ChangeRound] {
        let viewer = try context.viewer()
        let texts = context.texts
        let reference = application.reference
        let rounds = try context.store.correctionRounds(of: reference, visibleTo: viewer)
        let papers = try context.store.papers(
            rounds.flatMap(\.corrections).flatMap { [$0.oldPaper, $0.newPaper] }.compactMap { $0 }, of: reference,
            visibleTo: viewer)
        func row(_ correction: Correction) -> ChangeRow {
            let field = application.type.field(correction.key)
            let isChanged = correction.oldValue != correction.newValue
            func shown(_ raw: String?) -> String? {
                guard field?.paper == nil, isChanged, let raw else { return nil }
                let text = raw.isEmpty ? "" : field?.shown(raw, texts) ?? raw
                return text.isEmpty ? texts("summary.empty") : text
            }
            func file(_ id: Int64?) -> FileModel? {
                guard correction.oldPaper != correction.newPaper else { return nil }
                return id.flatMap { papers[$0] }.map {
                    FileModel($0, at: .attachment(reference.description, "\($0.id)"), texts: texts)
                }
            }
            return ChangeRow(
                label: field?.label ?? application.type.requirement(correction.key)?.label ?? correction.key,
                reason: correction.reason.isEmpty ? nil : correction.reason, oldValue: shown(correction.oldValue),
                newValue: shown(correction.newValue),
                oldFile: file(correction.oldPaper), newFile: file(correction.newPaper),
                explanation: correction.explanation.isEmpty ? nil : correction.explanation)
        }
        return rounds.map { round in
            let other = mendings.last { $0.at == round.at && $0.actor != viewer.account }
            let title = texts(
                other == nil ? "status.changes.round" : "status.changes.roundBy",
                ["day": texts.formats.dateTime(round.at), "name": other?.actorName ?? ""])
            return ChangeRound(title: title, rows: round.corrections.map(row))
        }
    }
}
