import Foundation
import GRDB
import Permits

// A person's applications, as they may have them.
extension Store {
    func file(_ reference: Reference, of viewer: Viewer, views: [DocumentView], in database: Database) throws
        -> PersonalData.File
    {
        let application = try application(reference, visibleTo: viewer, in: database)
        let id = application.id.value
        guard
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT application.*, institution.name AS institution_name, delete_on FROM application
                    LEFT JOIN institution ON institution.id = institution_id
                    LEFT JOIN draft_expiry ON application_id = application.id AND deleted_at IS NULL
                    WHERE application.id = ?
                    """, arguments: [id])
        else { throw PermitError.notFound }
        let type = application.type
        return PersonalData.File(
            reference: reference.description, service: type.name, state: application.state.rawValue,
            subject: application.subject, institution: row["institution_name"],
            createdAt: Self.stamp(row.moment("created_at")),
            submittedAt: application.submittedAt.map(Self.stamp), followReason: row["follow_reason"],
            expiresOn: row["delete_on"],
            answers: type.fields.filter { $0.kind != .file }.map {
                PersonalData.Answer(key: $0.key, label: $0.label, value: application.shownAnswers[$0.key] ?? "")
            },
            typed: application.typed.sorted { $0.key < $1.key }.map { key, value in
                PersonalData.Answer(key: key, label: type.field(key)?.label ?? key, value: value)
            }, findings: try findings(of: application, in: database),
            papers: try papers("application_id = ?", [id], of: type, in: database),
            events: try events(of: application, by: viewer.account, in: database),
            letters: try letters(of: id, in: database), reports: try reports(on: id, in: database),
            conversation: try messages(of: application.id, limit: 100_000, in: database).map(said),
            corrections: try corrections(of: application, in: database),
            views: views.map(view))
    }

    private func view(_ view: DocumentView) -> PersonalData.View {
        PersonalData.View(
            source: view.source.rawValue, paper: view.paper, filename: view.filename, viewer: view.viewerName,
            role: view.viewerRole.rawValue, office: view.officeName, first: Self.stamp(view.first),
            last: Self.stamp(view.last), count: view.count)
    }

    /// What the person did in applications of others, those that they handed over included.
    /// - Parameter views: Who opened the person's papers, by the application that they are in.
    func elsewhere(_ account: AccountID, views: [Reference: [DocumentView]], in database: Database) throws
        -> [PersonalData.Elsewhere]
    {
        let rows = try Row.fetchAll(
            database,
            sql: """
                WITH known (id) AS (
                    SELECT application_id FROM application_transfer WHERE from_id = ?1
                    UNION SELECT application.id FROM application JOIN membership USING (institution_id)
                        WHERE account_id = ?1
                    UNION SELECT application_id FROM attachment WHERE given_by = ?1
                    UNION SELECT application_id FROM message WHERE author_id = ?1)
                SELECT application.id, reference, letter_type_id FROM known CROSS JOIN application ON application.id = known.id
                WHERE applicant_id <> ?1 AND (
                    EXISTS (SELECT 1 FROM event WHERE application_id = application.id AND actor_id IN (\(Self.selves)))
                    OR EXISTS (SELECT 1 FROM attachment WHERE application_id = application.id AND given_by = ?1)
                    OR EXISTS (SELECT 1 FROM attachment JOIN attachment_view ON attachment_id = attachment.id
                        WHERE application_id = application.id AND viewer_id IN (\(Self.selves)))) ORDER BY application.id
                """, arguments: [account.value])
        return try rows.map { row in
            let id: Int64 = row["id"]
            let type = try letterType(row["letter_type_id"], in: database)
            let reference = Reference(row["reference"] as String)
            return PersonalData.Elsewhere(
                reference: reference?.description ?? "",
                service: type.name,
                events: try occurrences(
                    "application_id = ?2 AND actor_id IN (\(Self.selves))", [account.value, id], by: account, database),
                papers: try papers(
                    "application_id = ? AND given_by = ?", [id, account.value], of: type, in: database),
                conversation: try messages(of: ApplicationID(id), limit: 100_000, in: database)
                    .filter { $0.author == account }.map(said),
                opened: try openings(by: account, in: id, database),
                views: (reference.flatMap { views[$0] } ?? []).map(view))
        }
    }

    /// What the person has written or uploaded and not sent yet.
    func notSent(by account: AccountID, in database: Database) throws -> [PersonalData.NotSent] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT unsent.*, reference FROM unsent JOIN application ON application.id = application_id
                WHERE author_id = ? ORDER BY unsent.id
                """, arguments: [account.value]
        ).map { row in
            PersonalData.NotSent(
                reference: Reference(row["reference"] as String)?.description ?? "", purpose: row["purpose"],
                text: row["text"], changedAt: Self.stamp(row.moment("changed_at")),
                files: try unsentFiles(row["id"], in: database).map {
                    PersonalData.Said.File(id: $0.id, filename: $0.filename, size: $0.size, sha256: $0.sha256)
                })
        }.filter { !$0.text.isEmpty || !$0.files.isEmpty }
    }

    private func openings(by account: AccountID, in application: Int64, _ database: Database) throws
        -> [PersonalData.Opened]
    {
        try Row.fetchAll(
            database,
            sql: """
                SELECT filename, at FROM attachment JOIN attachment_view ON attachment_id = attachment.id
                WHERE application_id = ?2 AND viewer_id IN (\(Self.selves))
                UNION ALL
                SELECT filename, message_file_view.at FROM message JOIN message_file ON message_id = message.id
                JOIN message_file_view ON message_file_id = message_file.id
                WHERE application_id = ?2 AND viewer_id IN (\(Self.selves))
                UNION ALL
                SELECT filename, at FROM report JOIN report_view ON report_id = report.id
                WHERE application_id = ?2 AND viewer_id IN (\(Self.selves)) ORDER BY at
                """, arguments: [account.value, application]
        ).map { PersonalData.Opened(filename: $0["filename"], at: Self.stamp($0.moment("at"))) }
    }

    /// What was returned or decided is told.
    private func findings(of application: Application, in database: Database) throws -> [PersonalData.Judged] {
        let last = try String.fetchOne(
            database,
            sql: """
                SELECT kind FROM event WHERE application_id = ? AND kind IN ('submitted', 'resubmitted', 'returned')
                ORDER BY id DESC
                """, arguments: [application.id.value])
        guard application.tellsFindings(after: last.flatMap { EventKind(rawValue: $0) }) else { return [] }
        return application.findings.map {
            PersonalData.Judged(
                key: $0.key, label: application.type.label(of: $0.key), verdict: $0.verdict.rawValue,
                reason: $0.reason.isEmpty ? nil : $0.reason)
        }
    }

    private func papers(
        _ condition: String, _ arguments: StatementArguments, of type: LetterType, in database: Database
    ) throws -> [PersonalData.Paper] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT attachment.*, name FROM attachment LEFT JOIN account ON account.id = given_by
                WHERE \(condition) ORDER BY attachment.id
                """, arguments: arguments
        ).map {
            PersonalData.Paper(
                id: $0["id"], requirement: $0["requirement"], label: type.label(of: $0["requirement"]),
                filename: $0["filename"], size: $0["size"], sha256: $0["sha256"],
                addedAt: Self.stamp($0.moment("added_at")),
                replacedAt: $0.moment(ifPresent: "replaced_at").map(Self.stamp),
                firstGivenFor: ($0["given_for"] as String?).flatMap { Reference($0)?.description },
                givenBy: $0["name"])
        }
    }

    private func said(_ message: Message) -> PersonalData.Said {
        PersonalData.Said(
            by: message.authorName, side: message.side.rawValue, at: Self.stamp(message.at), text: message.text,
            isQuestion: message.isQuestion,
            files: message.files.map {
                PersonalData.Said.File(id: $0.id, filename: $0.filename, size: $0.size, sha256: $0.sha256)
            })
    }

    private func corrections(of application: Application, in database: Database) throws -> [PersonalData.Mended] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM correction WHERE application_id = ? ORDER BY id",
            arguments: [application.id.value]
        ).map {
            PersonalData.Mended(
                at: Self.stamp($0.moment("at")), key: $0["key"], label: application.type.label(of: $0["key"]),
                reason: $0["reason"], oldValue: $0["old_value"], newValue: $0["new_value"],
                oldPaper: $0["old_attachment_id"], newPaper: $0["new_attachment_id"], explanation: $0["explanation"])
        }
    }

    private func letters(of application: Int64, in database: Database) throws -> [PersonalData.IssuedLetter] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT letter.*, letter_end.kind AS end_kind, letter_end.at AS end_at, ground, reason,
                    letter_handover.at AS fetched_at
                FROM letter LEFT JOIN letter_end ON letter_end.letter_id = letter.id
                LEFT JOIN letter_handover ON letter_handover.letter_id = letter.id
                WHERE application_id = ? ORDER BY letter.id
                """, arguments: [application]
        ).map { row in
            PersonalData.IssuedLetter(
                kind: row["kind"], number: row["number_text"], issuedAt: Self.stamp(row.moment("issued_at")),
                validUntil: row["valid_until"], state: row["end_kind"] ?? "valid",
                endedAt: row.moment(ifPresent: "end_at").map(Self.stamp), ground: row["ground"],
                reason: row["reason"], fetchedAt: row.moment(ifPresent: "fetched_at").map(Self.stamp),
                reminders: try Row.fetchAll(
                    database, sql: "SELECT kind, at FROM reminder WHERE letter_id = ? ORDER BY at",
                    arguments: [row["id"] as Int64]
                ).map {
                    PersonalData.Occurrence(
                        kind: $0["kind"], at: Self.stamp($0.moment("at")), by: nil, note: nil, origin: nil)
                }, sha256: row["pdf_sha256"])
        }
    }

    private func reports(on application: Int64, in database: Database) throws -> [PersonalData.GivenReport] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM report WHERE application_id = ? ORDER BY id", arguments: [application]
        ).map {
            let reason: String = $0["reason"]
            return PersonalData.GivenReport(
                id: $0["id"], filename: $0["filename"], size: $0["size"], sha256: $0["sha256"],
                givenAt: Self.stamp($0.moment("given_at")), state: $0["state"], reason: reason.isEmpty ? nil : reason)
        }
    }

    /// As the applicant's own timeline has them: verdicts in the making and notes between officers stay out.
    private func events(of application: Application, by account: AccountID, in database: Database) throws
        -> [PersonalData.Occurrence]
    {
        try occurrences("application_id = ? AND kind <> 'judged'", [application.id.value], by: account, database)
    }

    /// - Parameter account: Whose own acts come with where they came from.
    private func occurrences(
        _ condition: String, _ arguments: StatementArguments, by account: AccountID, _ database: Database
    ) throws -> [PersonalData.Occurrence] {
        let own = Set(try formerAccounts(of: account, in: database).map(\.value) + [account.value])
        return try Row.fetchAll(
            database,
            sql: """
                SELECT kind, at, name, note, origin, actor_id FROM event JOIN account ON account.id = actor_id
                WHERE \(condition) ORDER BY event.id
                """, arguments: arguments
        ).map {
            let note: String = $0["note"]
            let kind: String = $0["kind"]
            return PersonalData.Occurrence(
                kind: kind, at: Self.stamp($0.moment("at")), by: $0["name"],
                note: note.isEmpty || kind == EventKind.sentBack.rawValue ? nil : note,
                origin: own.contains($0["actor_id"]) ? $0["origin"] : nil)
        }
    }
}

extension LetterType {
    /// Of a question or a paper, by its key.
    fileprivate func label(of key: String) -> String { field(key)?.label ?? requirement(key)?.label ?? key }
}
