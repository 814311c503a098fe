public import Permits
import Foundation
import GRDB

extension Store {
    /// Notes that somebody takes their data.
    public func notePersonalDataTaken(by viewer: Viewer, at now: Moment) throws {
        try write { try noteAccount(viewer.account, "exported", actor: viewer.account, at: now, in: $0) }
    }

    public func personalData(of viewer: Viewer, at now: Moment) throws -> PersonalData {
        try read { database in
            let id = viewer.account
            let opened = try openedApplications(of: id, limit: -1, offset: 0, in: database)
            let views = Dictionary(
                grouping: try documentViews(of: opened, ownedBy: id, on: now.day, in: database), by: \.reference)
            let choices = try choiceData(of: id, in: database)
            let references = try String.fetchAll(
                database, sql: "SELECT reference FROM application WHERE applicant_id = ? ORDER BY id",
                arguments: [id.value])
            return PersonalData(
                takenAt: Self.stamp(now), account: try person(id, in: database),
                accountEvents: try accountEvents(of: id, in: database),
                formerAccounts: try formerAccounts(of: id, in: database).map { try former($0, in: database) },
                applications: try references.compactMap { Reference($0) }.map { reference in
                    try file(reference, of: viewer, views: views[reference] ?? [], in: database)
                }, elsewhere: try elsewhere(id, views: views, in: database), notSent: try notSent(by: id, in: database),
                memberships: try places(of: id, in: database),
                transfers: try transferData(of: id, in: database),
                invitations: try invitationData(of: id, in: database), deletions: try deletions(of: id, in: database),
                sessions: try sessionData(of: id, in: database), messages: try messages(to: id, in: database),
                channels: try channelData(of: id, in: database),
                notifications: choices)
        }
    }

    /// `2026-11-17T09:00:00+07:00`
    static func stamp(_ moment: Moment) -> String {
        let seconds = moment.seconds - Moment(moment.day).seconds
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(moment.day.iso)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))+07:00"
    }

    private func person(_ id: AccountID, in database: Database) throws -> PersonalData.Person {
        let account = try account(id, in: database)
        return PersonalData.Person(
            name: account.name, email: account.email, phone: account.phone, nik: account.nik,
            passport: account.identity?.kind == .passport ? account.identity?.number : nil,
            citizenship: account.identity?.country?.code,
            state: account.state.rawValue, registeredAt: Self.stamp(account.registeredAt),
            language: account.language?.rawValue,
            pendingEmail: try String.fetchOne(
                database, sql: "SELECT email FROM email_change WHERE account_id = ?", arguments: [id.value]))
    }

    private func accountEvents(of id: AccountID, in database: Database) throws -> [PersonalData.Occurrence] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT kind, at, name FROM account_event LEFT JOIN account ON account.id = actor_id
                WHERE account_id = ? ORDER BY account_event.id
                """, arguments: [id.value]
        ).map {
            PersonalData.Occurrence(
                kind: $0["kind"], at: Self.stamp($0.moment("at")), by: $0["name"], note: nil, origin: nil)
        }
    }

    private func former(_ id: AccountID, in database: Database) throws -> PersonalData.FormerAccount {
        let account = try account(id, in: database)
        let events = try accountEvents(of: id, in: database)
        return PersonalData.FormerAccount(
            name: account.name, registeredAt: Self.stamp(account.registeredAt),
            mergedAt: events.last { $0.kind == "merged" }?.at, events: events)
    }

    /// On ways that the portal does not have at present, too.
    private func channelData(of id: AccountID, in database: Database) throws -> [PersonalData.Channel] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM channel_connection WHERE account_id = ? ORDER BY channel",
            arguments: [id.value]
        ).map {
            PersonalData.Channel(
                channel: $0["channel"], address: $0["address"], connectedAt: Self.stamp($0.moment("connected_at")))
        }
    }

    /// What holds unasked, and what was chosen, also for ways that are not connected now.
    private func choiceData(of id: AccountID, in database: Database) throws -> [String: [String: Bool]] {
        var choices: [String: [String: Bool]] = [:]
        for (channel, topics) in try notificationChoices(of: id, in: database) {
            for (topic, isWanted) in topics { choices[channel.rawValue, default: [:]][topic.rawValue] = isWanted }
        }
        let rows = try Row.fetchAll(
            database, sql: "SELECT channel, topic, wanted FROM notification_choice WHERE account_id = ?",
            arguments: [id.value])
        for row in rows { choices[row["channel"], default: [:]][row["topic"]] = row["wanted"] }
        return choices
    }

    private func places(of id: AccountID, in database: Database) throws -> [PersonalData.Place] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT institution.*, role, since, ended_at FROM membership
                JOIN institution ON institution.id = institution_id WHERE account_id IN (\(Self.selves))
                ORDER BY institution.id, since
                """, arguments: [id.value]
        ).map { row in
            PersonalData.Place(
                institution: row["name"], kind: row["kind"], address: row["address"], head: row["head"],
                role: row["role"], since: Self.stamp(row.moment("since")),
                endedAt: row.moment(ifPresent: "ended_at").map(Self.stamp),
                replacedProfiles: try Row.fetchAll(
                    database,
                    sql: """
                        SELECT at, before FROM institution_change
                        WHERE institution_id = ?2 AND account_id IN (\(Self.selves)) ORDER BY id
                        """, arguments: [id.value, row["id"] as Int64]
                ).map {
                    PersonalData.ReplacedProfile(
                        at: Self.stamp($0.moment("at")), before: try JSON.value([String: String].self, $0["before"]))
                })
        }
    }

    private func transferData(of id: AccountID, in database: Database) throws -> [PersonalData.Transfer] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT application_transfer.*, reference FROM application_transfer
                JOIN application ON application.id = application_id
                WHERE from_id = ?1 OR to_id = ?1 ORDER BY application_transfer.id
                """, arguments: [id.value]
        ).map {
            PersonalData.Transfer(
                reference: Reference($0["reference"] as String)?.description ?? "",
                isOwn: $0["from_id"] as Int64 == id.value, email: $0["email"],
                offeredAt: Self.stamp($0.moment("offered_at")), expiresAt: Self.stamp($0.moment("expires_at")),
                state: $0["state"], decidedAt: $0.moment(ifPresent: "decided_at").map(Self.stamp),
                origin: $0["to_id"] as Int64? == id.value ? $0["origin"] : nil)
        }
    }

    private func invitationData(of id: AccountID, in database: Database) throws -> [PersonalData.Invitation] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT institution_invitation.*, name FROM institution_invitation
                JOIN institution ON institution.id = institution_id
                WHERE invited_by = ?1 OR accepted_by = ?1 ORDER BY institution_invitation.id
                """, arguments: [id.value]
        ).map {
            PersonalData.Invitation(
                institution: $0["name"], isOwn: $0["invited_by"] as Int64 == id.value, email: $0["email"],
                invitedAt: Self.stamp($0.moment("invited_at")), expiresAt: Self.stamp($0.moment("expires_at")),
                acceptedAt: $0.moment(ifPresent: "accepted_at").map(Self.stamp))
        }
    }

    private func deletions(of id: AccountID, in database: Database) throws -> [PersonalData.Deletion] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM deletion_request WHERE account_id IN (\(Self.selves)) ORDER BY id",
            arguments: [id.value]
        ).map {
            PersonalData.Deletion(
                requestedAt: Self.stamp($0.moment("requested_at")), dueAt: Self.stamp($0.moment("due_at")),
                withdrawnAt: $0.moment(ifPresent: "withdrawn_at").map(Self.stamp))
        }
    }

    private func sessionData(of id: AccountID, in database: Database) throws -> [PersonalData.SessionData] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM session WHERE account_id = ? ORDER BY created_at", arguments: [id.value]
        ).map {
            PersonalData.SessionData(
                device: $0["agent"], openedAt: Self.stamp($0.moment("created_at")),
                lastUsedAt: Self.stamp($0.moment("seen_at")), origin: $0["origin"])
        }
    }

    private func messages(to id: AccountID, in database: Database) throws -> [PersonalData.Message] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM outbox WHERE account_id IN (\(Self.selves)) ORDER BY id",
            arguments: [id.value]
        ).map {
            PersonalData.Message(
                kind: $0["kind"], channel: $0["channel"], createdAt: Self.stamp($0.moment("created_at")),
                sentAt: $0.moment(ifPresent: "sent_at").map(Self.stamp),
                reference: try JSON.value(MessagePayload.self, $0["payload"]).reference)
        }
    }
}
