import Foundation
import GRDB
import Permits

// What several people worked on when the account of one of them goes.
extension Store {
    /// Stands in place of an address where an application was passed on because its applicant's account went.
    private static let origin = "erasure"

    /// What is filed for an institution, and not over, goes on with somebody who is left there: an owner if there is one,
    /// else whoever has belonged to it the longest and so looks after it from now on. All of its people are told.
    func passOnApplications(of id: AccountID, at now: Moment, in database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, reference, letter_type_id, institution_id FROM application WHERE applicant_id = ?
                AND institution_id IS NOT NULL AND state NOT IN ('refused', 'withdrawn') ORDER BY id
                """, arguments: [id.value])
        for row in rows {
            let others = try membersLeft(of: row["institution_id"], besides: id, in: database)
            guard let heir = others.first else { continue }
            let application = ApplicationID(row["id"])
            try withdrawOffers(of: application, at: now, in: database)
            try database.execute(
                sql: "UPDATE application SET applicant_id = ?, changed_at = ?, revision = revision + 1 WHERE id = ?",
                arguments: [heir.value, now.seconds, application.value])
            try database.execute(
                sql: """
                    INSERT INTO application_transfer (application_id, from_id, email, offered_at, expires_at, state, to_id,
                        decided_at, origin) VALUES (?1, ?2, (SELECT email FROM account WHERE id = ?3), ?4, ?4 + 1,
                        'accepted', ?3, ?4, ?5)
                    """, arguments: [application.value, id.value, heir.value, now.seconds, Self.origin])
            let payload = MessagePayload(
                reference: Reference(row["reference"] as String)?.description,
                typeName: try letterType(row["letter_type_id"], in: database).name, actor: heir.value)
            try passNews(of: application, payload, from: id, to: heir, at: now, in: database)
            for other in others {
                try queue(other == heir ? .passedOnToYou : .passedOn, to: other, payload, at: now, in: database)
            }
        }
    }

    /// Owners first, then whoever came first.
    private func membersLeft(of institution: Int64, besides id: AccountID, in database: Database) throws -> [AccountID]
    {
        try Int64.fetchAll(
            database,
            sql: """
                SELECT account_id FROM membership JOIN account ON account.id = account_id
                WHERE institution_id = ? AND ended_at IS NULL AND account_id <> ? AND account.state = 'active'
                ORDER BY membership.role <> 'owner', since, account_id
                """, arguments: [institution, id.value]
        ).map { AccountID($0) }
    }

    /// What is the person's own in the answers of applications that are somebody else's by now. Out of a draft it goes;
    /// in what is over without a letter it is masked; what the office works on it needs until it is over.
    func maskAnswersHandedOver(by account: Account, in database: Database) throws {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT application.id, letter_type_id, answers, application.state FROM application_transfer
                JOIN application ON application.id = application_id
                WHERE from_id = ?1 AND application_transfer.state = 'accepted' AND applicant_id <> ?1
                AND application.state IN ('draft', 'refused', 'withdrawn')
                AND NOT EXISTS (SELECT 1 FROM letter WHERE letter.application_id = application.id)
                """, arguments: [account.id.value])
        for row in rows {
            let type = try letterType(row["letter_type_id"], in: database)
            let known = try JSON.value([String: String].self, row["answers"])
            let isDraft = row["state"] as String == ApplicationState.draft.rawValue
            let answers = DeletedAccount.answers(known, of: type, without: account, isDraft: isDraft)
            guard answers != known else { continue }
            try database.execute(
                sql: "UPDATE application SET answers = ?, subject = ?, revision = revision + 1 WHERE id = ?",
                arguments: [JSON.text(answers), type.printed(type.subjectField, in: answers), row["id"] as Int64])
        }
    }

    /// What people whose accounts are gone gave and wrote in an application that others went on with goes once it is over
    /// without a letter.
    func forgetDeparted(in application: Application, at now: Moment, in database: Database) throws {
        guard [.refused, .withdrawn].contains(application.state) else { return }
        let id = application.id.value
        let hasLetter = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM letter WHERE application_id = ?)", arguments: [id])
        guard hasLetter == false else { return }
        let departed = try Row.fetchAll(
            database,
            sql: """
                SELECT account.id, max(wasApplicant) AS wasApplicant FROM (
                    SELECT from_id AS id, 1 AS wasApplicant FROM application_transfer
                        WHERE application_id = ?1 AND state = 'accepted'
                    UNION ALL SELECT given_by, 0 FROM attachment WHERE application_id = ?1
                    UNION ALL SELECT author_id, 0 FROM message WHERE application_id = ?1
                ) AS person CROSS JOIN account ON account.id = person.id WHERE deleted_at IS NOT NULL GROUP BY account.id
                """, arguments: [id])
        for row in departed {
            try erasePapers(of: AccountID(row["id"]), in: database)
            try eraseMessages(of: AccountID(row["id"]), at: now, in: database)
        }
        // Which answers were theirs is not known any more.
        guard departed.contains(where: { $0["wasApplicant"] as Int == 1 }) else { return }
        try database.execute(
            sql: "UPDATE application SET answers = ?, revision = revision + 1 WHERE id = ?",
            arguments: [JSON.text(DeletedAccount.answers(application.answers, of: application.type)), id])
        try database.execute(sql: "DELETE FROM correction WHERE application_id = ?", arguments: [id])
    }
}
