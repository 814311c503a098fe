import Foundation
import GRDB
import Permits
import Store
import Testing

/// Everything that the database keeps about a person is in their copy, or left out for a reason.
@Suite struct PersonalDataTests {
    /// By table and column that names a person, an application or what belongs to one: where the copy has it.
    static let exported = [
        "account.name": "account.name", "account.email": "account.email", "account.phone": "account.phone",
        "account.identity": "account.nik", "account.state": "account.state",
        "account.registered_at": "account.registeredAt", "account.language": "account.language",
        "account.merged_into": "formerAccounts.events.kind", "account_event.account_id": "accountEvents.kind",
        "account_event.actor_id": "accountEvents.by",
        "application.reference": "applications.reference", "application.letter_type_id": "applications.service",
        "application.applicant_id": "applications", "application.state": "applications.state",
        "application.answers": "applications.answers.value", "application.subject": "applications.subject",
        "application.created_at": "applications.createdAt",
        "application.submitted_at": "applications.submittedAt",
        "application.follow_reason": "applications.followReason",
        "application.institution_id": "applications.institution",
        "application_transfer.application_id": "transfers.reference",
        "application_transfer.from_id": "transfers.email", "application_transfer.to_id": "transfers.origin",
        "attachment.application_id": "applications.papers.sha256",
        "attachment.given_by": "applications.papers.givenBy",
        "attachment_view.attachment_id": "applications.views.paper",
        "attachment_view.viewer_id": "elsewhere.opened.filename",
        "correction.application_id": "applications.corrections.reason",
        "deletion_request.account_id": "deletions.withdrawnAt", "draft_expiry.application_id": "applications.expiresOn",
        "draft_section.application_id": "applications.typed.value", "email_change.account_id": "account.pendingEmail",
        "event.application_id": "applications.events.kind", "event.actor_id": "applications.events.origin",
        "finding.application_id": "applications.findings.reason",
        "institution_change.institution_id": "memberships.replacedProfiles.before.name",
        "institution_change.account_id": "memberships.replacedProfiles.at",
        "institution_invitation.institution_id": "invitations.institution",
        "institution_invitation.invited_by": "invitations.email",
        "institution_invitation.accepted_by": "invitations.acceptedAt",
        "letter.application_id": "applications.letters.number",
        "letter_end.letter_id": "applications.letters.reason",
        "letter_handover.letter_id": "applications.letters.fetchedAt", "membership.account_id": "memberships.since",
        "membership.institution_id": "memberships.address", "message.application_id": "applications.conversation.text",
        "message.author_id": "elsewhere.conversation.text",
        "message_file.message_id": "applications.conversation.files.sha256",
        "message_file_view.message_file_id": "applications.views.viewer",
        "channel_connection.account_id": "channels.address",
        "notification_choice.account_id": "notifications", "outbox.account_id": "messages.kind",
        "reminder.letter_id": "applications.letters.reminders.kind",
        "unsent.application_id": "notSent.reference", "unsent.author_id": "notSent.text",
        "unsent_file.unsent_id": "notSent.files.sha256",
        "report.application_id": "applications.reports.sha256", "report_view.report_id": "applications.views.count",
        "session.account_id": "sessions.origin",
    ]

    static let leftOut = [
        "account.id": "a number of the portal's own", "account.password": "a hash, of use to a thief only",
        "account.role": "a copy is for citizens", "account.office_id": "a copy is for citizens",
        "account.rejected_at": "an account that was turned down cannot ask; the events have it",
        "account.deleted_at": "nobody is left to ask", "account_token.account_id": "hash of a mailed link's secret",
        "activation_token.account_id": "hash of a mailed link's secret",
        "application_transfer.meant_for": "`to_id` has it once it is accepted",
        "institution_invitation.meant_for": "`accepted_by` has it once it is accepted",
        "merge_proof.keeper_id": "hash of a secret, for ten minutes", "merge_proof.other_id": "as its `keeper_id`",
        "application.id": "a number of the portal's own", "application.office_id": "follows from the service",
        "application.step": "the signatures that an office needs", "application.claimed_by": "an event has it",
        "application.clock": "the office's own clock", "application.due_on": "the office's own clock",
        "application.changed_at": "the last event has it", "application.revision": "a number of the portal's own",
        "application.asked_at": "the message has it", "application.unanswered_at": "the message has it",
        "application.follows_letter_id": "an application of its own has the letter",
        "application.follow_kind": "the reason says it", "correction.old_attachment_id": "the papers have it",
        "correction.new_attachment_id": "the papers have it", "finding.attachment_id": "the papers have it",
        "letter.signatory_id": "the letter's file has it", "letter.follows_letter_id": "the letter's file has it",
        "letter_end.actor_id": "an event has it", "message_file_view.viewer_id": "as `attachment_view`, which is shown",
        "report.decided_by": "an event has it", "report_view.viewer_id": "as `attachment_view`, which is shown",
        "signatory_title.account_id": "a copy is for citizens",
        "telegram_token.account_id": "hash of a link's secret, gone after a day",
        "whatsapp_code.account_id": "hash of a code, gone after a day; the number is the account's",
    ]

    /// What rows of belong to a person.
    private static let owners: Set = [
        "account", "application", "attachment", "letter", "report", "message", "message_file", "institution",
        "unsent",
    ]

    @Test func everyColumnIsExportedOrLeftOutForAReason() async throws {
        let columns = try await World().raw().read { database in
            let tables = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            return Set(
                try tables.flatMap { table in
                    try Row.fetchAll(database, sql: "PRAGMA foreign_key_list(\(table))")
                        .filter { Self.owners.contains($0["table"]) }.map { "\(table).\($0["from"] as String)" }
                }
                    + ["account", "application"].flatMap { table in
                        try Row.fetchAll(database, sql: "PRAGMA table_info(\(table))").map {
                            "\(table).\($0["name"] as String)"
                        }
                    })
        }
        #expect(columns.count > 60)
        #expect(Set(Self.exported.keys).isDisjoint(with: Self.leftOut.keys))
        #expect(columns.symmetricDifference(Set(Self.exported.keys).union(Self.leftOut.keys)).sorted() == [])
    }

    @Test func theCopyHoldsEachOfThem() async throws {
        let world = try World()
        try await Self.fill(world)
        let data = try world.store.personalData(of: world.siti, at: World.later)
        let json = try JSONSerialization.jsonObject(with: Data(try data.json()))
        let empty = Set(Self.exported.values).filter {
            Self.values(at: $0.split(separator: ".").map(String.init), in: json).isEmpty
        }
        #expect(empty.isEmpty, "\(empty.sorted())")
        let text = String(decoding: try data.json(), as: UTF8.self)
        for part in [
            "Belum saya kirim", "Tulis lengkap", World.reason, "untrueData", "belum selesai", "Sudah saya serahkan",
            "Universitas Contoh",
            "joko@contoh.id", "10.9.8.7",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(!text.contains("catatan antarpetugas"))
    }

    /// Where an officer came from is no business of the applicant's.
    @Test func onlyOnesOwnActsComeWithTheirOrigin() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.giveBack(reference)
        let file = try #require(try world.store.personalData(of: world.siti, at: World.now).applications.first)
        #expect(file.reference == reference.description)
        #expect(file.events.filter { $0.by == "Siti" }.allSatisfy { $0.origin == "127.0.0.1" })
        #expect(file.events.filter { $0.by == "Budi" }.map(\.origin) == [nil])
        #expect(file.findings.map(\.reason) == ["Tulis lengkap"])
    }

    /// What an officer has not told yet may still change.
    @Test func verdictsInTheMakingStayOut() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.store.change(reference, by: world.budi, origin: "-") { application, _ in
            try application.judge(
                [Finding(key: "judul", verdict: .mend, reason: "Kira-kira")], by: world.budi, at: World.now)
        }
        let data = try world.store.personalData(of: world.siti, at: World.now)
        #expect(try !String(decoding: data.json(), as: UTF8.self).contains("Kira-kira"))
    }

    private static func values(at path: [String], in json: Any) -> [Any] {
        if let list = json as? [Any] { return list.flatMap { values(at: path, in: $0) } }
        guard let name = path.first else { return json is NSNull || json as? String == "" ? [] : [json] }
        guard let inner = (json as? [String: Any])?[name] else { return [] }
        return values(at: Array(path.dropFirst()), in: inner)
    }

    /// Siti does everything that leaves a trace.
    private static func fill(_ world: World) async throws {
        let store = world.store
        let link = { (byte: UInt8) in [UInt8](repeating: byte, count: 32) }
        try store.activate(world.joko.account, by: world.dewi, at: World.now)
        let joko = Viewer(try store.account(world.joko.account))
        // A letter with everything after it.
        let (reference, letter) = try world.issued()
        let paper = try #require(try store.application(reference, visibleTo: world.siti).attachments.first)
        _ = try store.openAttachment(paper.id, of: reference, by: world.budi, at: World.later)
        try world.write("Kapan mulai?", about: reference, by: world.budi, asking: true)
        try world.write("Besok.", about: reference, by: world.siti, files: [try world.given("jadwal")])
        let talk = try #require(try world.messages(reference, as: world.siti).last?.files.first)
        _ = try store.openMessageFile(talk.id, of: reference, by: world.budi, at: World.later)
        _ = try store.openLetter(of: reference, by: world.siti, at: World.later)
        _ = try store.queueReminders(at: Moment(letter.validUntil.adding(days: -14), hour: 9))
        try ReportStoreTests.give(world, reference)
        _ = try store.openReport(of: reference, by: world.budi, at: World.later)
        try world.revoke(letter, reference)
        // Returned parts, one mended before.
        let returned = try world.submitted()
        try world.type("Belum saya kirim", about: returned)
        try world.wait("belum", about: returned)
        try world.giveBack(returned)
        // One application is handed over each way.
        let given = try world.submitted()
        try world.write("Sudah saya serahkan", about: given, by: world.siti)
        try hand(given, from: world.siti, to: joko, link(6), world)
        try hand(try world.submitted(by: joko), from: joko, to: world.siti, link(7), world)
        let draft = try world.filledDraft()
        // An institution with its applications, and one of Joko's whose papers Siti opens.
        let profile = try InstitutionProfile(name: "Universitas Contoh", kind: "campus", address: "Jl. C", head: "R")
        let institution = try store.createInstitution(profile, by: world.siti, at: World.now)
        let renamed = try InstitutionProfile(name: "Institut Contoh", kind: "campus", address: "Jl. C", head: "R")
        try store.changeInstitution(institution, to: renamed, by: world.siti, at: World.now)
        try store.file(draft, for: institution, by: world.siti, at: World.now)
        try store.invite("joko@contoh.id", to: institution, by: world.siti, at: World.now)
        let invitation = try #require(
            try store.waitingMessages(at: World.now, limit: 200).last { $0.kind == .invitation }?.payload.invitation)
        #expect(try store.addInvitationToken(link(5), for: invitation))
        _ = try store.acceptInvitation(token: link(5), by: joko, at: World.now)
        let jokos = try world.filledDraft(by: joko)
        try store.file(jokos, for: institution, by: joko, at: World.now)
        let card = try #require(try store.application(jokos, visibleTo: world.siti).attachments.first)
        _ = try store.openAttachment(card.id, of: jokos, by: world.siti, at: World.now)
        // The account itself.
        try store.setLanguage(.english, of: world.siti.account)
        try store.setNotificationChoices([.email: []], of: world.siti.account, at: World.now)
        try store.openSession(
            for: world.siti.account, token: link(1), csrfKey: link(2), agent: "Firefox", origin: "10.9.8.7",
            at: World.now)
        try store.requestEmailChange(of: world.siti.account, to: "baru@contoh.id", at: World.now)
        try store.requestDeletion(of: world.siti, at: World.now)
        try store.withdrawDeletion(of: world.siti, at: World.now)
        try world.merge(try world.second(), into: world.siti)
        try await addRest(world, draft: draft, returned: returned)
    }

    private static func hand(_ reference: Reference, from: Viewer, to: Viewer, _ token: [UInt8], _ world: World) throws
    {
        let email = try world.store.account(to.account).email
        try world.store.offerTransfer(of: reference, to: email, by: from, at: World.now)
        let offer = try #require(try world.store.openTransfer(of: reference, by: from, at: World.now))
        #expect(try world.store.addTransferToken(token, for: offer.id))
        _ = try world.store.acceptTransfer(token: token, by: to, origin: "10.1.1.1", at: World.now)
    }

    /// What other tests make in the proper way.
    private static func addRest(_ world: World, draft: Reference, returned: Reference) async throws {
        try await world.raw().write { database in
            let id = "(SELECT id FROM application WHERE reference = ?)"
            try database.execute(
                sql: """
                    INSERT INTO draft_section (application_id, section, version, page, sequence, typed)
                    VALUES (\(id), 'penelitian', 1, NULL, 0, '{"lama": "belum selesai"}')
                    """, arguments: [draft.code])
            try database.execute(
                sql: """
                    INSERT INTO draft_expiry (application_id, touched_at, reminded_at, delete_on)
                    VALUES (\(id), 1, 2, '2026-12-31')
                    """, arguments: [draft.code])
            try database.execute(
                sql: """
                    INSERT INTO correction (application_id, at, key, reason, explanation)
                    VALUES (\(id), 1, 'judul', 'Terlalu pendek', '')
                    """, arguments: [returned.code])
            try database.execute(
                sql: """
                    INSERT INTO channel_connection (account_id, channel, address, connected_at)
                    SELECT id, 'telegram', '700', 1 FROM account WHERE email = 'siti@contoh.id'
                    """)
            try database.execute(
                sql: "UPDATE application SET follow_reason = 'Data belum lengkap' WHERE reference = ?",
                arguments: [draft.code])
        }
    }
}
