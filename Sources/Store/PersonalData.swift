public import Permits
import Foundation
import GRDB

/// Everything the portal knows about a person, as they may have it (UU 27/2022, article 7).
public struct PersonalData: Encodable, Sendable {
    public struct Person: Encodable, Sendable {
        public let name: String
        public let email: String
        public let phone: String
        public let nik: String?
        public let state: String
        public let registeredAt: String
    }

    /// Something that happened, in a word.
    public struct Occurrence: Encodable, Sendable {
        public let kind: String
        public let at: String
        public let by: String?
        public let note: String?
    }

    public struct Answer: Encodable, Sendable {
        public let key: String
        public let label: String
        public let value: String
    }

    public struct Paper: Encodable, Sendable {
        public let id: Int64
        public let requirement: String
        public let filename: String
        public let size: Int
        public let sha256: String
        public let addedAt: String
        public let replacedAt: String?
        /// The application that it was given for first, when it was used again.
        public let firstGivenFor: String?
        /// Where it lies in the archive; nil when the file is gone.
        public var path: String?
    }

    public struct IssuedLetter: Encodable, Sendable {
        /// Whether it is the permit, or says why there is none or no more.
        public let kind: String
        public let number: String
        public let issuedAt: String
        public let validUntil: String
        /// Nil in the moments between signature and first rendering.
        public let sha256: String?
        /// Where its file lies in the archive; nil when there is none yet.
        public var path: String?
    }

    /// What the person handed in after the letter.
    public struct GivenReport: Encodable, Sendable {
        public let id: Int64
        public let filename: String
        public let size: Int
        public let sha256: String
        public let givenAt: String
        public let state: String
        /// Why it was returned.
        public let reason: String?
        /// Where it lies in the archive; nil when the file is gone.
        public var path: String?
    }

    /// A message about an application, the office's included.
    public struct Said: Encodable, Sendable {
        public struct File: Encodable, Sendable {
            public let id: Int64
            public let filename: String
            public let size: Int
            public let sha256: String
            /// Where it lies in the archive; nil when the file is gone.
            public var path: String?
        }

        public let by: String
        public let side: String
        public let at: String
        public let text: String
        public let isQuestion: Bool
        public var files: [File]
    }

    /// One part of an application that was returned, as it was and as it came back.
    public struct Mended: Encodable, Sendable {
        public let at: String
        public let key: String
        public let reason: String
        public let oldValue: String?
        public let newValue: String?
        public let explanation: String
    }

    public struct View: Encodable, Sendable {
        /// Nil for what came with a message.
        public let paper: String?
        public let filename: String
        public let viewer: String
        public let role: String
        public let office: String?
        public let first: String
        public let last: String
        public let count: Int
    }

    public struct File: Encodable, Sendable {
        public let reference: String
        public let service: String
        public let state: String
        public let subject: String
        public let createdAt: String
        public let submittedAt: String?
        public let answers: [Answer]
        public var papers: [Paper]
        public let events: [Occurrence]
        public var letters: [IssuedLetter]
        public var reports: [GivenReport]
        public var conversation: [Said]
        public let corrections: [Mended]
        public let views: [View]
    }

    public struct SessionData: Encodable, Sendable {
        public let device: String
        public let openedAt: String
        public let lastUsedAt: String
    }

    public struct Message: Encodable, Sendable {
        public let kind: String
        public let createdAt: String
        public let sentAt: String?
        public let reference: String?
    }

    public struct Place: Encodable, Sendable {
        public let institution: String
        public let kind: String
        public let role: String
    }

    public let takenAt: String
    public let account: Person
    public let accountEvents: [Occurrence]
    public var applications: [File]
    /// Institutions that the person belongs to.
    public let memberships: [Place]
    public let sessions: [SessionData]
    public let messages: [Message]
    /// By topic: whether it comes by e-mail.
    public let notifications: [String: Bool]

    /// Indented UTF-8 JSON with sorted keys.
    public func json() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(self))
    }
}

extension Store {
    /// Notes that somebody takes their data.
    public func notePersonalDataTaken(by viewer: Viewer, at now: Moment) throws {
        try write { try noteAccount(viewer.account, "exported", actor: viewer.account, at: now, in: $0) }
    }

    public func personalData(of viewer: Viewer, at now: Moment) throws -> PersonalData {
        try read { database in
            let account = try account(viewer.account, in: database)
            let opened = try openedApplications(of: viewer.account, limit: -1, offset: 0, in: database)
            let views = Dictionary(
                grouping: try documentViews(of: opened, on: now.day, in: database), by: \.reference)
            let choices = try notificationChoices(of: viewer.account, in: database)
            let references = try String.fetchAll(
                database, sql: "SELECT reference FROM application WHERE applicant_id = ? ORDER BY id",
                arguments: [viewer.account.value])
            return PersonalData(
                takenAt: Self.stamp(now),
                account: PersonalData.Person(
                    name: account.name, email: account.email, phone: account.phone, nik: account.nik,
                    state: account.state.rawValue, registeredAt: Self.stamp(account.registeredAt)),
                accountEvents: try accountEvents(of: viewer.account, in: database),
                applications: try references.compactMap { Reference($0) }.map { reference in
                    try file(reference, of: viewer, views: views[reference] ?? [], in: database)
                },
                memberships: try places(of: viewer.account, in: database),
                sessions: try sessionData(of: viewer.account, in: database),
                messages: try messages(to: viewer.account, in: database),
                notifications: Dictionary(uniqueKeysWithValues: choices.map { ($0.key.rawValue, $0.value) }))
        }
    }

    /// `2026-11-17T09:00:00+07:00`
    static func stamp(_ moment: Moment) -> String {
        let seconds = moment.seconds - Moment(moment.day).seconds
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(moment.day.iso)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))+07:00"
    }

    private func file(_ reference: Reference, of viewer: Viewer, views: [DocumentView], in database: Database) throws
        -> PersonalData.File
    {
        let application = try application(reference, visibleTo: viewer, in: database)
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM application WHERE id = ?", arguments: [application.id.value])
        else { throw PermitError.notFound }
        return PersonalData.File(
            reference: reference.description, service: application.type.name, state: application.state.rawValue,
            subject: application.subject, createdAt: Self.stamp(row.moment("created_at")),
            submittedAt: application.submittedAt.map(Self.stamp),
            answers: application.type.fields.filter { $0.kind != .file }.map {
                PersonalData.Answer(key: $0.key, label: $0.label, value: application.shownAnswers[$0.key] ?? "")
            },
            papers: try papers(of: application, in: database), events: try events(of: application, in: database),
            letters: try Row.fetchAll(
                database, sql: "SELECT * FROM letter WHERE application_id = ? ORDER BY id",
                arguments: [application.id.value]
            ).map {
                PersonalData.IssuedLetter(
                    kind: $0["kind"], number: $0["number_text"], issuedAt: Self.stamp($0.moment("issued_at")),
                    validUntil: $0["valid_until"], sha256: $0["pdf_sha256"])
            }, reports: try reports(on: application, in: database),
            conversation: try conversation(about: application, in: database),
            corrections: try corrections(of: application, in: database),
            views: views.map {
                PersonalData.View(
                    paper: $0.paper, filename: $0.filename, viewer: $0.viewerName, role: $0.viewerRole.rawValue,
                    office: $0.officeName, first: Self.stamp($0.first), last: Self.stamp($0.last), count: $0.count)
            })
    }

    private func papers(of application: Application, in database: Database) throws -> [PersonalData.Paper] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM attachment WHERE application_id = ? ORDER BY id",
            arguments: [application.id.value]
        ).map {
            PersonalData.Paper(
                id: $0["id"], requirement: $0["requirement"], filename: $0["filename"], size: $0["size"],
                sha256: $0["sha256"], addedAt: Self.stamp($0.moment("added_at")),
                replacedAt: $0.moment(ifPresent: "replaced_at").map(Self.stamp),
                firstGivenFor: ($0["given_for"] as String?).flatMap { Reference($0)?.description })
        }
    }

    private func conversation(about application: Application, in database: Database) throws -> [PersonalData.Said] {
        try messages(of: application.id, limit: 100_000, in: database).map { message in
            PersonalData.Said(
                by: message.authorName, side: message.side.rawValue, at: Self.stamp(message.at), text: message.text,
                isQuestion: message.isQuestion,
                files: message.files.map {
                    PersonalData.Said.File(id: $0.id, filename: $0.filename, size: $0.size, sha256: $0.sha256)
                })
        }
    }

    private func corrections(of application: Application, in database: Database) throws -> [PersonalData.Mended] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM correction WHERE application_id = ? ORDER BY id",
            arguments: [application.id.value]
        ).map {
            PersonalData.Mended(
                at: Self.stamp($0.moment("at")), key: $0["key"], reason: $0["reason"], oldValue: $0["old_value"],
                newValue: $0["new_value"], explanation: $0["explanation"])
        }
    }

    private func reports(on application: Application, in database: Database) throws -> [PersonalData.GivenReport] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM report WHERE application_id = ? ORDER BY id",
            arguments: [application.id.value]
        ).map {
            let reason: String = $0["reason"]
            return PersonalData.GivenReport(
                id: $0["id"], filename: $0["filename"], size: $0["size"], sha256: $0["sha256"],
                givenAt: Self.stamp($0.moment("given_at")), state: $0["state"], reason: reason.isEmpty ? nil : reason)
        }
    }

    /// As the applicant's own timeline has them: verdicts in the making and notes between officers stay out.
    private func events(of application: Application, in database: Database) throws -> [PersonalData.Occurrence] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT kind, at, name, note FROM event JOIN account ON account.id = actor_id
                WHERE application_id = ? AND kind <> 'judged' ORDER BY event.id
                """, arguments: [application.id.value]
        ).map {
            let note: String = $0["note"]
            let kind: String = $0["kind"]
            return PersonalData.Occurrence(
                kind: kind, at: Self.stamp($0.moment("at")), by: $0["name"],
                note: note.isEmpty || kind == EventKind.sentBack.rawValue ? nil : note)
        }
    }

    private func accountEvents(of id: AccountID, in database: Database) throws -> [PersonalData.Occurrence] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT kind, at, name FROM account_event LEFT JOIN account ON account.id = actor_id
                WHERE account_id = ? ORDER BY account_event.id
                """, arguments: [id.value]
        ).map {
            PersonalData.Occurrence(kind: $0["kind"], at: Self.stamp($0.moment("at")), by: $0["name"], note: nil)
        }
    }

    private func places(of id: AccountID, in database: Database) throws -> [PersonalData.Place] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT name, kind, role FROM membership JOIN institution ON institution.id = institution_id
                WHERE account_id = ? AND ended_at IS NULL ORDER BY institution.id
                """, arguments: [id.value]
        ).map { PersonalData.Place(institution: $0["name"], kind: $0["kind"], role: $0["role"]) }
    }

    private func sessionData(of id: AccountID, in database: Database) throws -> [PersonalData.SessionData] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM session WHERE account_id = ? ORDER BY created_at", arguments: [id.value]
        ).map {
            PersonalData.SessionData(
                device: $0["agent"], openedAt: Self.stamp($0.moment("created_at")),
                lastUsedAt: Self.stamp($0.moment("seen_at")))
        }
    }

    private func messages(to id: AccountID, in database: Database) throws -> [PersonalData.Message] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM outbox WHERE account_id = ? ORDER BY id", arguments: [id.value]
        ).map {
            PersonalData.Message(
                kind: $0["kind"], createdAt: Self.stamp($0.moment("created_at")),
                sentAt: $0.moment(ifPresent: "sent_at").map(Self.stamp),
                reference: try JSON.value(MessagePayload.self, $0["payload"]).reference)
        }
    }
}
