public import Permits
import Foundation
import GRDB

extension Store {
    /// Loads an application if the viewer may see it: the applicant always, officers of its office once it is submitted.
    /// - Throws: `notFound` for everybody else.
    public func application(_ reference: Reference, visibleTo viewer: Viewer) throws -> Application {
        try read { try application(reference, visibleTo: viewer, in: $0) }
    }

    /// Whose application it is.
    public func applicant(of reference: Reference, visibleTo viewer: Viewer) throws -> Account {
        try read { try account(application(reference, visibleTo: viewer, in: $0).applicant, in: $0) }
    }

    /// When it was last changed.
    public func changedAt(_ reference: Reference, visibleTo viewer: Viewer) throws -> Moment {
        try read { database in
            let id = try application(reference, visibleTo: viewer, in: database).id
            return Moment(
                seconds: try Int64.fetchOne(
                    database, sql: "SELECT changed_at FROM application WHERE id = ?", arguments: [id.value]) ?? 0)
        }
    }

    /// The viewer's draft of this kind of letter: the one that is already begun, or a new one.
    /// - Parameters:
    ///   - linked: What a link brought, by key. Only what may and is well formed is taken, and only where the draft has
    ///     no answer yet.
    ///   - references: Candidates for its public name; the first that is free is taken.
    public func beginDraft(
        slug: String, linked: [String: String] = [:], by viewer: Viewer, references: [Reference], origin: String,
        at now: Moment
    ) throws -> Reference {
        try write { database in
            try checkStanding(viewer.account, in: database)
            let published = try publishedLetterType(slug: slug, at: now, in: database)
            if let known = try draft(slug: slug, of: viewer.account, in: database) {
                if !linked.isEmpty {
                    let application = try application(known, visibleTo: viewer, in: database)
                    let answers = application.answers(
                        linking: linked, from: try account(viewer.account, in: database), today: now.day)
                    try keep(answers, in: application, at: now, database)
                }
                return known
            }
            let brought = published.type.linked(linked, today: now.day).answers
            let own = Application.prefilled(
                published.type, from: try account(viewer.account, in: database), given: brought)
            let answers = own.merging(brought) { own, _ in own }
            let (id, reference) = try insertDraft(
                published, answers: answers, by: viewer.account, references: references, at: now, in: database)
            try append(
                NewEvent(kind: .created, actor: viewer.account, at: now), to: id, state: .draft, origin: origin,
                details: ["version": "\(published.type.version)"], in: database)
            return reference
        }
    }

    func insertDraft(
        _ published: PublishedLetterType, answers: [String: String], by applicant: AccountID, references: [Reference],
        at now: Moment, in database: Database
    ) throws -> (ApplicationID, Reference) {
        for reference in references {
            try database.execute(
                sql: """
                    INSERT INTO application (reference, letter_type_id, office_id, applicant_id, state, step, answers,
                        subject, clock, created_at, changed_at)
                    VALUES (?, ?, ?, ?, 'draft', 0, ?, ?, ?, ?, ?) ON CONFLICT (reference) DO NOTHING
                    """,
                arguments: [
                    reference.code, published.id, published.unit.value, applicant.value, JSON.text(answers),
                    published.type.printed(published.type.subjectField, in: answers),
                    JSON.text(ServiceClock(promised: published.type.service.workingDays)), now.seconds, now.seconds,
                ])
            if database.changesCount == 1 { return (ApplicationID(database.lastInsertedRowID), reference) }
        }
        throw StoreCorruption(description: "no free reference among \(references.count)")
    }

    public func draft(slug: String, of account: AccountID) throws -> Reference? {
        try read { try draft(slug: slug, of: account, in: $0) }
    }

    func draft(slug: String, of account: AccountID, in database: Database) throws -> Reference? {
        try String.fetchOne(
            database,
            sql: """
                SELECT reference FROM application JOIN letter_type ON letter_type.id = letter_type_id
                WHERE applicant_id = ? AND state = 'draft' AND slug = ? AND follows_letter_id IS NULL ORDER BY application.id DESC LIMIT 1
                """, arguments: [account.value, slug]
        ).flatMap { Reference($0) }
    }

    /// Keeps answers of a draft. Drafts are private and change often: they leave no events.
    /// - Parameter section: Whose inputs they were; what was left in them is over.
    public func saveDraft(
        _ reference: Reference, by viewer: Viewer, at now: Moment, leaving section: String? = nil,
        filling: (Application) throws -> [String: String]
    ) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
            let answers = try filling(application)
            if let section { try forgetInputs(in: section, of: application, in: database) }
            try keep(answers, in: application, at: now, database)
        }
    }

    private func keep(
        _ answers: [String: String], in draft: Application, at now: Moment, _ database: Database
    ) throws {
        try database.execute(
            sql: """
                UPDATE application SET answers = ?, subject = ?, changed_at = ?, revision = revision + 1 WHERE id = ?
                """,
            arguments: [
                JSON.text(answers), draft.type.printed(draft.type.subjectField, in: answers), now.seconds,
                draft.id.value,
            ])
    }

    /// Takes a paper out of a draft.
    public func detach(
        _ paper: Permits.Attachment, from reference: Reference, by viewer: Viewer, at now: Moment
    ) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.state == .draft else { throw PermitError.conflict("conflict.alreadySubmitted") }
            guard application.attachments.contains(where: { $0.mark == paper.mark }) else { return }
            try dropFromDraft(paper.requirement, of: application, in: database)
            try touch(application, at: now, in: database)
        }
    }

    /// No officer has seen it, so nothing is kept of it; nor of the readings of people of the same institution.
    func dropFromDraft(_ requirement: String, of application: Application, in database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM attachment_view WHERE attachment_id IN
                    (SELECT id FROM attachment WHERE application_id = ? AND requirement = ?)
                """, arguments: [application.id.value, requirement])
        try database.execute(
            sql: "DELETE FROM attachment WHERE application_id = ? AND requirement = ?",
            arguments: [application.id.value, requirement])
    }

    func touch(_ application: Application, at now: Moment, in database: Database) throws {
        try database.execute(
            sql: "UPDATE application SET changed_at = ?, revision = revision + 1 WHERE id = ?",
            arguments: [now.seconds, application.id.value])
    }

    /// Puts a file from the vault in its place. In a draft the one before it goes; later it stays on record, since an
    /// officer has judged it.
    /// - Throws: `conflict` when this paper is not open to the applicant now.
    public func attach(
        _ file: StoredFile, scanned scan: FileScan, named filename: String, for requirement: String,
        to reference: Reference, by viewer: Viewer, at now: Moment
    ) throws {
        try write { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            guard application.isHeld(by: viewer.account) else { throw PermitError.notFound }
            guard application.type.requirement(requirement) != nil else { throw PermitError.notFound }
            guard application.isOpen(requirement) else { throw PermitError.conflict("conflict.closed") }
            if application.state == .draft {
                try dropFromDraft(requirement, of: application, in: database)
            } else {
                try dropUnsent(requirement, of: application, in: database)
                try database.execute(
                    sql: """
                        UPDATE attachment SET replaced_at = ?
                        WHERE application_id = ? AND requirement = ? AND replaced_at IS NULL
                        """, arguments: [now.seconds, application.id.value, requirement])
            }
            try database.execute(
                sql: """
                    INSERT INTO attachment (application_id, requirement, filename, kind, size, sha256, added_at,
                        given_by, given_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?7)
                    """,
                arguments: [
                    application.id.value, requirement, filename, scan.kind.rawValue, file.size, file.sha256,
                    now.seconds, viewer.account.value,
                ])
            try keep(scan, of: file, in: database)
            try touch(application, at: now, in: database)
        }
    }

    /// A mended paper that was not handed in yet gives way to another one: no officer has seen it.
    private func dropUnsent(_ requirement: String, of application: Application, in database: Database) throws {
        let unsent = """
            SELECT id FROM attachment WHERE application_id = ?1 AND requirement = ?2 AND replaced_at IS NULL
            AND added_at > (SELECT max(at) FROM event WHERE application_id = ?1 AND kind IN ('submitted', 'resubmitted'))
            AND id NOT IN (SELECT attachment_id FROM finding WHERE application_id = ?1 AND attachment_id IS NOT NULL)
            """
        let arguments: StatementArguments = [application.id.value, requirement]
        try database.execute(
            sql: "DELETE FROM attachment_view WHERE attachment_id IN (\(unsent))", arguments: arguments)
        try database.execute(sql: "DELETE FROM attachment WHERE id IN (\(unsent))", arguments: arguments)
    }

    /// Loads, decides and keeps, with its event and messages, in one transaction.
    /// - Parameter revision: What the viewer saw; another one means that somebody was faster.
    public func change(
        _ reference: Reference, by viewer: Viewer, revision: Int? = nil, origin: String,
        decide: (Application, WorkingCalendar) throws -> Transition
    ) throws {
        try write { database in
            let before = try application(reference, visibleTo: viewer, in: database)
            let calendar = try calendar(in: database)
            let transition = try decide(before, calendar)
            if let revision, revision != before.revision { throw PermitError.conflict("conflict.changedMeanwhile") }
            try keep(transition, before: before, origin: origin, calendar: calendar, in: database)
            try forgetDeparted(in: transition.application, at: transition.event.at, in: database)
        }
    }

    func keep(
        _ transition: Transition, before: Application, origin: String, calendar: WorkingCalendar,
        letterNumber: String? = nil, evidence: [String: String] = [:], in database: Database
    ) throws {
        let next = transition.application
        if before.state == .draft, next.state == .submitted { try checkFiling(next, in: database) }
        let due = next.state.isWithOffice ? next.clock.due(in: calendar) : nil
        try database.execute(
            sql: """
                UPDATE application SET state = ?, step = ?, answers = ?, subject = ?, claimed_by = ?, clock = ?, due_on = ?,
                    changed_at = ?, submitted_at = ?, follows_letter_id = ?, follow_kind = ?, follow_reason = ?,
                    asked_at = ?, unanswered_at = ?, revision = revision + 1 WHERE id = ? AND revision = ?
                """,
            arguments: [
                next.state.rawValue, next.step, JSON.text(next.answers), next.subject, next.claimedBy?.value,
                JSON.text(next.clock), due?.iso, transition.event.at.seconds, next.submittedAt?.seconds,
                next.follows?.letter, next.follows?.kind.rawValue, next.follows?.reason, next.turn.askedAt?.seconds,
                next.turn.unansweredAt?.seconds, next.id.value, before.revision,
            ])
        guard database.changesCount == 1 else { throw PermitError.conflict("conflict.changedMeanwhile") }
        try keep(transition.corrections, of: next.id, at: transition.event.at, in: database)
        if next.findings != before.findings { try replaceFindings(of: next, in: database) }
        if next.state != before.state { try forgetTyping(in: next.id, in: database) }
        if before.state == .draft, next.state == .submitted {
            for paper in before.attachments where !next.attachments.contains(paper) {
                try dropFromDraft(paper.requirement, of: before, in: database)
            }
        }
        try append(
            transition.event, to: next.id, state: next.state, origin: origin,
            details: Self.details(of: transition).merging(evidence) { first, _ in first },
            in: database)
        if let message = transition.event.message {
            let payload = MessagePayload(
                reference: next.reference.description, typeName: next.type.name, due: due, count: next.keysToMend.count,
                letterNumber: letterNumber)
            for person in try involved(in: next, database) {
                try queue(message, to: person, payload, at: transition.event.at, in: database)
            }
        }
        try tellColleagues(of: transition, in: database)
    }

    /// What the timeline need not say but a later reader of the chain must be able to prove.
    static func details(of transition: Transition) throws -> [String: String] {
        let next = transition.application
        switch transition.event.kind {
        case .submitted, .resubmitted:
            var details = [
                "answers": try JSON.text(next.answers), "files": next.attachments.map(\.sha256).joined(separator: " "),
            ]
            let explained = transition.corrections.filter { !$0.explanation.isEmpty }
                .map { ($0.key, $0.explanation) }
            if !explained.isEmpty {
                details["explanations"] = try JSON.text(
                    Dictionary(explained, uniquingKeysWith: { first, _ in first }))
            }
            return details
        case .judged, .returned, .recommended, .refused, .replacementRefused:
            let verdicts = next.findings.map { "\($0.key):\($0.verdict.rawValue):\($0.reason)" }
            return ["verdicts": verdicts.joined(separator: "\n")]
        default: return [:]
        }
    }

    private func replaceFindings(of application: Application, in database: Database) throws {
        try database.execute(sql: "DELETE FROM finding WHERE application_id = ?", arguments: [application.id.value])
        for finding in application.findings {
            try database.execute(
                sql: "INSERT INTO finding (application_id, key, verdict, reason, attachment_id) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    application.id.value, finding.key, finding.verdict.rawValue, finding.reason, finding.attachment,
                ])
        }
    }
}

extension NewEvent {
    /// Which message tells the applicant.
    fileprivate var message: MessageKind? {
        switch kind {
        case .submitted: .submitted
        case .returned: .returned
        case .refused: .refused
        case .signed: .issued
        case .voided: .letterVoided
        case .revoked: .letterRevoked
        case .reopened: .letterReopened
        case .replacementRefused: .replacementRefused
        case .reportGiven: .reportGiven
        case .reportReturned: .reportReturned
        case .reportConfirmed: .reportConfirmed
        case .recommended: .recommended
        case .created, .claimed, .judged, .resubmitted, .withdrawn, .sentBack, .extended, .transferred, .messaged,
            .asked, .messagesSeen, .expired, .accountsMerged:
            nil
        }
    }
}
