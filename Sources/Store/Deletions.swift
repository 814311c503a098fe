public import Permits
import Foundation
import GRDB

extension Store {
    /// Asks for the account to be deleted. Asking again changes nothing.
    public func requestDeletion(of viewer: Viewer, at now: Moment) throws {
        guard viewer.role == .citizen else { throw PermitError.forbidden }
        try write { database in
            try checkStanding(viewer.account, in: database)
            try database.execute(
                sql: """
                    INSERT INTO deletion_request (account_id, requested_at, due_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                arguments: [
                    viewer.account.value, now.seconds, DeletionRequest.due(requestedAt: now).seconds,
                ])
            guard database.changesCount == 1 else { return }
            try noteAccount(viewer.account, "deletionRequested", actor: viewer.account, at: now, in: database)
            let payload = MessagePayload(due: DeletionRequest.due(requestedAt: now).day)
            try queue(.deletionRequested, to: viewer.account, payload, at: now, in: database)
        }
    }

    /// Takes the request back. None to take back is what was wanted, too.
    public func withdrawDeletion(of viewer: Viewer, at now: Moment) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE deletion_request SET withdrawn_at = ? WHERE account_id = ? AND \(Self.isOpen)",
                arguments: [now.seconds, viewer.account.value])
            guard database.changesCount == 1 else { return }
            try noteAccount(viewer.account, "deletionWithdrawn", actor: viewer.account, at: now, in: database)
        }
    }

    /// The request that waits.
    public func deletionRequest(of id: AccountID) throws -> DeletionRequest? {
        try read { database in
            try Row.fetchOne(
                database, sql: "SELECT * FROM deletion_request WHERE account_id = ? AND \(Self.isOpen)",
                arguments: [id.value]
            ).map(Self.deletionRequest)
        }
    }

    /// All requests with the account's present name, those that wait first, then the newest.
    public func deletionRequests(limit: Int) throws -> [(request: DeletionRequest, name: String)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT deletion_request.*, name FROM deletion_request JOIN account ON account.id = account_id
                    ORDER BY withdrawn_at IS NOT NULL OR done_at IS NOT NULL, deletion_request.id DESC LIMIT ?
                    """, arguments: [limit]
            ).map { (Self.deletionRequest($0), $0["name"]) }
        }
    }

    /// Carries out the requests whose time has come, each in a transaction of its own.
    /// - Returns: How many accounts were deleted.
    public func deleteDueAccounts(at now: Moment) throws -> Int {
        let due = try read { database in
            try Int64.fetchAll(
                database,
                sql: "SELECT account_id FROM deletion_request WHERE \(Self.isOpen) AND due_at <= ? ORDER BY id",
                arguments: [now.seconds])
        }
        for id in due { try write { try delete(AccountID(id), at: now, in: $0) } }
        return due.count
    }

    /// Drafts cannot go entirely, since the chain of events names them: what was typed and given for them goes.
    func eraseDrafts(of id: AccountID, at now: Moment, in database: Database) throws {
        let drafts = try Int64.fetchAll(
            database, sql: "SELECT id FROM application WHERE applicant_id = ? AND state = 'draft'",
            arguments: [id.value])
        for draft in drafts { try eraseDraft(ApplicationID(draft), of: id, origin: "erasure", at: now, in: database) }
    }

    /// Takes out of a draft all that was typed and given for it.
    /// - Parameter origin: What is written down in place of an address: which rule it was.
    func eraseDraft(
        _ id: ApplicationID, of applicant: AccountID, origin: String, at now: Moment, in database: Database
    ) throws {
        let papers = "SELECT id FROM attachment WHERE application_id = ?"
        try database.execute(
            sql: "DELETE FROM attachment_view WHERE attachment_id IN (\(papers))", arguments: [id.value])
        try database.execute(sql: "DELETE FROM attachment WHERE application_id = ?", arguments: [id.value])
        try forgetTyping(in: id, in: database)
        try database.execute(
            sql: """
                UPDATE application SET state = 'withdrawn', answers = '{}', subject = '', changed_at = ?,
                    revision = revision + 1 WHERE id = ?
                """, arguments: [now.seconds, id.value])
        try append(
            NewEvent(kind: .withdrawn, actor: applicant, at: now), to: id, state: .withdrawn, origin: origin,
            details: [:], in: database)
    }

    private static let isOpen = "withdrawn_at IS NULL AND done_at IS NULL"

    private func delete(_ id: AccountID, at now: Moment, in database: Database) throws {
        try database.execute(
            sql: "UPDATE deletion_request SET done_at = ? WHERE account_id = ? AND \(Self.isOpen) AND due_at <= ?",
            arguments: [now.seconds, id.value, now.seconds])
        // Taken back in the moment between.
        guard database.changesCount == 1 else { return }
        let account = try account(id, in: database)
        try passOnApplications(of: id, at: now, in: database)
        try withdrawOpenApplications(of: account, at: now, in: database)
        try eraseDrafts(of: id, at: now, in: database)
        try maskAnswers(of: id, in: database)
        try maskAnswersHandedOver(by: account, in: database)
        try dropCorrections(of: id, in: database)
        try erasePapers(of: id, in: database)
        try eraseMessages(of: id, at: now, in: database)
        try deleteUnsent("author_id = ?", [id.value], in: database)
        try forgetPerson(account, at: now, in: database)
        try forgetFormerAccounts(of: id, at: now, in: database)
        try noteAccount(id, "deleted", actor: id, at: now, in: database)
        try queue(.accountDeleted, to: id, addressed: account.email, MessagePayload(), at: now, in: database)
    }

    /// The office works on it, or waits for its applicant.
    static let isRunning = "state IN ('submitted', 'needsCorrection', 'verified', 'awaitingSignature')"

    /// A letter that is being mended stays as it is: the office ends that.
    private func withdrawOpenApplications(of account: Account, at now: Moment, in database: Database) throws {
        let open = try String.fetchAll(
            database,
            sql: """
                SELECT reference FROM application WHERE applicant_id = ?
                AND \(Self.isRunning) AND follow_kind IS NOT 'replace'
                """, arguments: [account.id.value])
        let calendar = try calendar(in: database)
        for reference in open.compactMap({ Reference($0) }) {
            let before = try application(reference, visibleTo: Viewer(account), in: database)
            let transition = try before.withdraw(by: Viewer(account), at: now, in: calendar)
            try keep(transition, before: before, origin: "erasure", calendar: calendar, in: database)
            try forgetDeparted(in: transition.application, at: now, in: database)
        }
    }

    /// Old and new values of corrections name the person as answers do.
    private func dropCorrections(of id: AccountID, in database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM correction WHERE application_id IN (SELECT id FROM application WHERE applicant_id = ?
                AND NOT EXISTS (SELECT 1 FROM letter WHERE letter.application_id = application.id))
                """, arguments: [id.value])
    }

    /// Scans of identity cards and the like that the person gave, whosever application they are in, where no letter came
    /// of them: nobody needs them any more. What the office still works on for somebody else keeps them until it is
    /// over. The chain of events keeps their hashes, so that what was handed in stays provable; the files are the
    /// sweeper's.
    func erasePapers(of id: AccountID, in database: Database) throws {
        let isOver = "NOT \(Self.isRunning) AND NOT EXISTS (SELECT 1 FROM letter WHERE application_id = application.id)"
        let papers = try Int64.fetchAll(
            database,
            sql: """
                SELECT attachment.id FROM attachment JOIN application ON application.id = attachment.application_id
                WHERE given_by = ?1 AND \(isOver)
                UNION SELECT attachment.id FROM application JOIN attachment ON attachment.application_id = application.id
                WHERE applicant_id = ?1 AND given_by IS NULL AND \(isOver)
                """, arguments: [id.value])
        for paper in papers {
            for sql in [
                "DELETE FROM attachment_view WHERE attachment_id = ?",
                "UPDATE finding SET attachment_id = NULL WHERE attachment_id = ?",
                "DELETE FROM correction WHERE old_attachment_id = ?",
                "DELETE FROM correction WHERE new_attachment_id = ?",
                "DELETE FROM attachment WHERE id = ?",
            ] {
                try database.execute(sql: sql, arguments: [paper])
            }
        }
    }

    /// What identifies or reaches the person goes from applications that led to no letter.
    private func maskAnswers(of id: AccountID, in database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, letter_type_id, answers FROM application WHERE applicant_id = ? AND state <> 'draft'
                AND NOT EXISTS (SELECT 1 FROM letter WHERE application_id = application.id)
                """, arguments: [id.value])
        for row in rows {
            let type = try letterType(row["letter_type_id"], in: database)
            let answers = try JSON.value([String: String].self, row["answers"])
            try database.execute(
                sql: "UPDATE application SET answers = ?, revision = revision + 1 WHERE id = ?",
                arguments: [JSON.text(DeletedAccount.answers(answers, of: type)), row["id"] as Int64])
        }
    }

    private func forgetPerson(_ account: Account, at now: Moment, in database: Database) throws {
        let id = account.id
        let hasLetter = try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM letter JOIN application ON application.id = application_id
                WHERE applicant_id = ?)
                """, arguments: [id.value])
        // A letter that is kept speaks of this number.
        let identity = hasLetter == true ? account.identity : account.identity?.masked
        try database.execute(
            sql: """
                UPDATE account SET name = ?, email = ?, phone = '', identity = ?, password = '!', state = 'suspended',
                    rejected_at = NULL, deleted_at = ? WHERE id = ?
                """,
            arguments: [DeletedAccount.name, DeletedAccount.email(id), identity?.stored, now.seconds, id.value])
        try dropSessions(of: id, in: database)
        try withdrawOffers(madeBy: id, at: now, in: database)
        try leaveInstitutions(id, at: now, in: database)
        for table in [
            "account_token", "activation_token", "email_change", "notification_choice", "channel_connection",
            "telegram_token", "whatsapp_code",
        ] {
            try database.execute(sql: "DELETE FROM \(table) WHERE account_id = ?", arguments: [id.value])
        }
        try database.execute(sql: "DELETE FROM password_request WHERE email = ?", arguments: [account.email])
        try forgetAddress(account, in: database)
        // What was about to be sent speaks to nobody any more.
        try database.execute(
            sql: "DELETE FROM outbox WHERE (account_id = ? OR address = ? COLLATE NOCASE) AND \(Self.isWaiting)",
            arguments: [id.value, account.email])
    }

    /// What is left of accounts that were merged into this one names the person, too.
    private func forgetFormerAccounts(of id: AccountID, at now: Moment, in database: Database) throws {
        for former in try formerAccounts(of: id, in: database) {
            try database.execute(
                sql: "UPDATE account SET name = ?, email = ?, deleted_at = ? WHERE id = ?",
                arguments: [DeletedAccount.name, DeletedAccount.email(former), now.seconds, former.value])
            try database.execute(
                sql: "DELETE FROM outbox WHERE account_id = ? AND sent_at IS NULL", arguments: [former.value])
            try noteAccount(former, "deleted", actor: id, at: now, in: database)
        }
    }

    /// Where others wrote the address down to offer or to invite, former addresses included that they took it with.
    private func forgetAddress(_ account: Account, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM institution_invitation WHERE (email = ? OR meant_for = ?) AND accepted_at IS NULL",
            arguments: [account.email, account.id.value])
        for (table, taker) in [("application_transfer", "to_id"), ("institution_invitation", "accepted_by")] {
            try database.execute(
                sql: "UPDATE \(table) SET email = ?1 WHERE email = ?2 OR \(taker) = ?3 OR meant_for = ?3",
                arguments: [DeletedAccount.email(account.id), account.email, account.id.value])
        }
    }

    private static func deletionRequest(_ row: Row) -> DeletionRequest {
        let isWithdrawn = row["withdrawn_at"] as Int64? != nil
        let isDone = row["done_at"] as Int64? != nil
        return DeletionRequest(
            account: AccountID(row["account_id"]), requestedAt: row.moment("requested_at"),
            dueAt: row.moment("due_at"), state: isDone ? .done : isWithdrawn ? .withdrawn : .waiting)
    }
}
