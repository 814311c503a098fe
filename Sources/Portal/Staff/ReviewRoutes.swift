import HTTPServer
import Letters
import Logging
import Pages
import Permits
import Store

/// Checking an application: papers beside answers, a verdict for each, then a decision.
enum ReviewRoutes {
    @Sendable static func review(_ context: Context) throws -> Reply {
        let application = try context.application()
        // Filled in, when the session of whoever was judging had ended.
        let isFilledIn = context.form.names.contains { $0.hasPrefix("verdict.") || $0.hasPrefix("reason.") }
        let findings = isFilledIn ? findings(in: context.form, on: application) : application.findings
        return .page(try page(application, findings: findings, problems: [], context))
    }

    @Sendable static func claim(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let reference = try context.reference()
        try context.store.change(reference, by: viewer, origin: context.origin) { application, _ in
            try application.claim(by: viewer, at: context.now)
        }
        return .redirect(.staffApplication(reference.description), notice: .claimed)
    }

    @Sendable static func judge(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let findings = findings(in: context.form, on: try context.application())
        return try answering(findings, notice: .verdictsSaved, context) { application, _ in
            try application.judge(findings, by: viewer, at: context.now)
        }
    }

    /// The verdicts of the form are kept with the decision: one click is enough.
    @Sendable static func decide(_ context: Context) throws -> Reply {
        let viewer = try context.viewer()
        let findings = findings(in: context.form, on: try context.application())
        let decision: Decision
        let notice: NoticeText
        switch context.form["keputusan"] {
        case "recommend": (decision, notice) = (.recommend, .recommended)
        case "return": (decision, notice) = (.returnForCorrection, .returned)
        case "refuse":
            (decision, notice) = (.refuse(reason: context.form[DecisionModel.reasonName] ?? ""), .refused)
        default: throw PermitError.invalid([FieldProblem("keputusan", "noDecision")])
        }
        let isRefusal = if case .refuse = decision { true } else { false }
        return try answering(findings, notice: notice, writesRefusal: isRefusal, context) { application, calendar in
            let judged = try application.judge(findings, by: viewer, at: context.now).application
            return try judged.decide(decision, by: viewer, at: context.now, in: calendar)
        }
    }

    /// Keeps the change, or shows the form again with everything in it.
    private static func answering(
        _ findings: [Finding], notice: NoticeText, writesRefusal: Bool = false, _ context: Context,
        decide: (Application, WorkingCalendar) throws -> Transition
    ) throws -> Reply {
        let reference = try context.reference()
        do {
            // Refusing to replace a letter leaves that letter as it is, and needs no other.
            if writesRefusal, try context.application().follows?.kind != .replace {
                if let reply = try refuse(reference, findings, context, decide: decide) { return reply }
            } else {
                try context.store.change(
                    reference, by: try context.viewer(), revision: context.revision, origin: context.origin,
                    decide: decide)
            }
        } catch PermitError.conflict where (try? context.application().state) == .refused && writesRefusal {
            // Two clicks at once: the other one has refused it.
            return .redirect(.staffApplication(reference.description))
        } catch PermitError.invalid(let problems) {
            return .page(
                try page(try context.application(), findings: findings, problems: problems, context), status: 422)
        } catch  where Busy.isMeant(by: error) {
            context.site.logger.warning("\(error)", metadata: ["request": "\(context.request.head.id)"])
            let problems = [FieldProblem("keputusan", "letterBusy")]
            return .page(
                try page(try context.application(), findings: findings, problems: problems, context), status: 503)
        }
        return .redirect(.staffApplication(reference.description), notice: notice)
    }

    /// With the letter that says why, under the office's electronic seal, once it was read. Nil when that is done, or
    /// what the officer sees next.
    private static func refuse(
        _ reference: Reference, _ findings: [Finding], _ context: Context,
        decide: (Application, WorkingCalendar) throws -> Transition
    ) throws -> Reply? {
        let foreseen = try context.store.foresee(
            .refusal, about: reference, by: context.viewer(), revision: context.revision, at: context.now,
            texts: context.site.officeLetters, decide: decide)
        if OfficeLetterReading.wantsToMend(context) {
            return .page(try page(try context.application(), findings: findings, problems: [], context))
        }
        let reading = try OfficeLetterReading.printable(.refusal, foreseen, context)
        do {
            let pen = try context.site.desk.officePen(of: foreseen.office, at: context.now)
            guard reading.isRead else {
                return .page(
                    try reading.page(pen: pen, asksPassword: false, backTo: .staffApplication(reference.description)))
            }
            let press = LetterPress(site: context.site, pen: pen, secret: "", now: context.now)
            try context.store.change(
                reference, by: context.viewer(), revision: context.revision, origin: context.origin,
                at: context.now, writing: .refusal, texts: context.site.officeLetters, decide: decide,
                making: press.make)
            return nil
        } catch let error as SigningError {
            context.site.logger.error("refusal of \(reference) was not sealed: \(error)")
            throw PermitError.invalid([FieldProblem("keputusan", "signing.\(error)")])
        }
    }

    /// `verdict.<key>` = `ok` or `return`, with `reason.<key>`. What was not judged is left out.
    private static func findings(in form: FormFields, on application: Application) -> [Finding] {
        application.askedKeys.compactMap { key in
            let reason = TypedText.cleaned(form["reason.\(key)"] ?? "", keepingLines: false)
            switch form["verdict.\(key)"] {
            case "ok": return Finding(key: key, verdict: .fine)
            case "return": return Finding(key: key, verdict: .mend, reason: reason)
            // A reason without a mark can only mean that it is to be mended.
            default: return reason.isEmpty ? nil : Finding(key: key, verdict: .mend, reason: reason)
            }
        }
    }

    /// - Parameter talkFaults: What is wrong with a message that was just sent: sentences by name of input.
    static func page(_ context: Context, talkFaults: [String: String]) throws -> StaffApplication {
        let application = try context.application()
        return try page(
            application, findings: application.findings, problems: [], talkFaults: talkFaults, context)
    }

    private static func page(
        _ application: Application, findings: [Finding], problems: [FieldProblem],
        talkFaults: [String: String] = [:], _ context: Context
    ) throws -> StaffApplication {
        let viewer = try context.viewer()
        let store = context.store
        let applicant = try store.applicant(of: application.reference, visibleTo: viewer)
        let claimant = try application.claimedBy.map { try store.account($0) }
        var page = StaffApplication(
            application, applicant: applicant,
            events: try store.timeline(application.reference, visibleTo: viewer).filter(\.kind.isMilestone),
            clock: ClockModel(
                application, today: context.now.day, calendar: try store.calendar(), texts: context.texts),
            claimedBy: claimant.map { context.texts.claimed(by: $0.name, isReader: $0.id == viewer.account) },
            texts: context.texts)
        if let institution = try store.institution(of: application.reference, visibleTo: viewer) {
            // Anybody may register any name: the office knows it from nobody but the applicant.
            page.applicant.append(
                SummaryRow(label: context.texts("staff.institution"), value: institution.profile.name))
        }
        let corrections = try store.corrections(of: application.reference, visibleTo: viewer)
        let sheet = VerdictSheet(
            application: application, findings: findings, faults: byField(problems),
            isOpen: application.canVerify(viewer), corrections: corrections,
            papers: try store.papers(
                corrections.compactMap(\.oldPaper) + application.findings.compactMap(\.attachment),
                of: application.reference, visibleTo: viewer),
            browser: Browser(context.request.head), today: context.now.day, texts: context.texts)
        page.documents = sheet.documents
        page.sections = sheet.sections
        if sheet.isOpen {
            let reference = application.reference.description
            page.verdictsAction = Link.verdicts(reference).path
            page.decision = sheet.decision(reason: context.form[DecisionModel.reasonName] ?? "")
            if claimant?.id != viewer.account { page.claim.action = Link.claim(reference).path }
        }
        if application.canSign(viewer) { page.signingPath = Link.signing(application.reference.description).path }
        let reference = application.reference.description
        page.letter = try store.letter(of: application.reference, visibleTo: viewer).map {
            LetterLink(
                $0, file: .staffLetterFile(reference), isReplacing: application.follows?.letter == $0.id,
                site: context.site, texts: context.texts)
        }
        page.letter?.managePath = Link.staffLetter(reference).path
        if let follow = application.follows,
            let followed = try store.followedLetter(of: application.reference, visibleTo: viewer)
        {
            page.follow = FollowNote(follow, followed, texts: context.texts)
        }
        page.officePapers = try DocumentRoutes.links(application, at: Link.staffDocument, context)
        page.conversation = try ConversationModel(about: application, faults: talkFaults, context)
        page.isUnanswered = application.turn.unansweredAt != nil
        let items = ProblemSummary(problems, of: application.type, texts: context.texts)?.items ?? []
        let all = items + (page.conversation?.problems ?? [])
        page.problems = all.isEmpty ? nil : ProblemSummary(items: all)
        return page
    }
}

extension StaffApplication {
    fileprivate init(
        _ application: Application, applicant: Account, events: [EventRecord], clock: ClockModel, claimedBy: String?,
        texts: Texts
    ) {
        self.init(
            reference: application.reference.description, revision: application.revision, kind: application.type.name,
            summary: application.subject, tag: TagModel(application.state, texts: texts), clock: clock,
            applicant: [
                SummaryRow(label: texts("signUp.name"), value: applicant.name),
                SummaryRow(
                    label: texts.label(of: applicant.identity?.kind ?? .nik),
                    value: applicant.identity.map { texts.identity($0) } ?? "",
                    doubt: texts.doubt(aboutNIK: applicant.nik)),
                SummaryRow(label: texts("signUp.email"), value: applicant.email),
                SummaryRow(label: texts("signUp.phone"), value: ContactChecks.international(applicant.phone)),
            ], documents: [], sections: [], claim: ClaimModel(claimedBy: claimedBy),
            timeline: TimelineItem.list(events, of: application.type, texts: texts), backPath: Link.queue.path)
    }
}

extension ClockModel {
    fileprivate init(_ application: Application, today: Day, calendar: WorkingCalendar, texts: Texts) {
        let day = application.state.isWithOffice ? application.clock.due(in: calendar) : nil
        let left = day.map { texts.due(workingDaysLeft: calendar.workingDays(from: today, until: $0)) }
        self.init(
            due: day.map(texts.formats.longDate) ?? "", left: left?.text ?? "", tone: left?.tone ?? .neutral,
            isPaused: application.state == .needsCorrection)
    }
}

extension ProblemSummary {
    /// Problems of verdicts and of the decision, each linked to its place.
    fileprivate init?(_ problems: [FieldProblem], of type: LetterType, texts: Texts) {
        guard !problems.isEmpty else { return nil }
        self.init(
            items: problems.map { problem in
                let label = type.field(problem.field)?.label ?? type.requirement(problem.field)?.label
                let target = label == nil ? problem.field : "verdict.\(problem.field)"
                let sentence = texts.problem(problem)
                return ProblemItem(
                    text: label.map { "\($0): \(sentence)" } ?? sentence,
                    target: problem.field == "keputusan" ? "#decision" : "#\(FieldModel.identifier(target))")
            })
    }
}
