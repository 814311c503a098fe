import Foundation
import GRDB
import Permits
import Store
import Testing

private func link(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

/// What others see of two accounts that became one, and what their owner does.
@Suite struct MergedOffersTests {

    @Test func offersStandAndNobodyOffersThemselves() throws {
        let world = try World()
        let other = try world.second()
        let joko = try world.active(world.joko)
        let given = try world.submitted(by: other)
        try world.offer(given, to: "joko@contoh.id", by: other, link(1))
        let coming = try world.submitted(by: joko)
        try world.offer(coming, to: "siti@kampus.ac.id", by: joko, link(2))
        let back = try world.submitted(by: joko)
        try world.offer(back, to: "SITI@kampus.ac.id", by: joko, link(3))
        let own = try world.submitted()
        try world.offer(own, to: "siti@kampus.ac.id", by: world.siti, link(4))
        let others = try world.submitted(by: other)
        try world.offer(others, to: "siti@contoh.id", by: other, link(5))
        try world.merge(other, into: world.siti)
        // The other one's offer is Siti's, and is taken as before.
        #expect(try world.store.openTransfer(of: given, by: world.siti, at: World.now)?.email == "joko@contoh.id")
        _ = try world.store.acceptTransfer(token: link(1), by: joko, origin: "-", at: World.now)
        #expect(try world.store.application(given, visibleTo: joko).applicant == joko.account)
        // An offer to the address that is gone.
        #expect(try world.store.transfer(token: link(2), for: world.siti, at: World.now).reference == coming)
        #expect(try world.store.openTransfer(of: coming, by: joko, at: World.now)?.email == "siti@kampus.ac.id")
        for _ in 1...2 {
            #expect(
                try world.store.acceptTransfer(token: link(2), by: world.siti, origin: "-", at: World.now) == coming)
        }
        #expect(try world.store.application(coming, visibleTo: world.siti).applicant == world.siti.account)
        // A newcomer with that address and the link may take it as well; a stranger may not.
        let newcomer = try world.second()
        let stranger = try world.second("orang@contoh.id")
        #expect(throws: PermitError.notFound) {
            try world.store.transfer(token: link(3), for: stranger, at: World.now)
        }
        #expect(try world.store.transfer(token: link(3), for: newcomer, at: World.now).reference == back)
        for (reference, token) in [(own, link(4)), (others, link(5))] {
            #expect(try world.store.openTransfer(of: reference, by: world.siti, at: World.now) == nil)
            #expect(throws: PermitError.notFound) {
                try world.store.transfer(token: token, for: world.siti, at: World.now)
            }
        }
    }

    @Test func invitationsStand() throws {
        let world = try World()
        let other = try world.second()
        let joko = try world.active(world.joko)
        let profile = try InstitutionProfile(name: "Yayasan", kind: "other", address: "Jl. A", head: "Ani")
        let theirs = try world.store.createInstitution(profile, by: joko, at: World.now)
        let mine = try world.store.createInstitution(profile, by: other, at: World.now)
        func invite(_ email: String, to id: InstitutionID, by viewer: Viewer, _ token: [UInt8]) throws {
            try world.store.invite(email, to: id, by: viewer, at: World.now)
            let last = try #require(
                try world.store.waitingMessages(at: World.now, limit: 500).last { $0.kind == .invitation })
            #expect(try world.store.addInvitationToken(token, for: try #require(last.payload.invitation)))
        }
        try invite("siti@kampus.ac.id", to: theirs, by: joko, link(1))
        try invite("joko@contoh.id", to: mine, by: other, link(2))
        try invite("siti@contoh.id", to: mine, by: other, link(3))
        try world.merge(other, into: world.siti)
        #expect(
            try world.store.pendingInvitations(to: mine, visibleTo: world.siti, at: World.now).map(\.email)
                == ["joko@contoh.id"])
        #expect(try world.store.acceptInvitation(token: link(1), by: world.siti, at: World.now) == theirs)
        #expect(try world.store.acceptInvitation(token: link(2), by: joko, at: World.now) == mine)
        #expect(try Set(world.store.institutions(of: world.siti).map(\.id)) == [theirs, mine])
    }

    // MARK: Afterwards

    /// Both accounts in one institution: each opens what the other filed.
    @Test func onesOwnReadingIsNoStrangers() async throws {
        let world = try World()
        let other = try world.second()
        let reference = try world.submitted(by: other)
        let sitis = try world.submitted()
        let joko = try world.active(world.joko)
        let profile = try InstitutionProfile(name: "Yayasan", kind: "other", address: "Jl. A", head: "Ani")
        let id = try world.store.createInstitution(profile, by: joko, at: World.now)
        let jokos = try world.submitted(by: joko)
        let people = [world.siti.account.value, other.account.value]
        try await world.raw().write { database in
            try database.execute(sql: "UPDATE application SET institution_id = ?", arguments: [id.value])
            for person in people {
                try database.execute(
                    sql: "INSERT INTO membership (institution_id, account_id, role, since) VALUES (?, ?, 'member', 5)",
                    arguments: [id.value, person])
            }
        }
        func open(_ reference: Reference, by viewer: Viewer) throws {
            let paper = try #require(try world.store.application(reference, visibleTo: viewer).attachments.first)
            _ = try world.store.openAttachment(paper.id, of: reference, by: viewer, at: World.later)
        }
        try open(sitis, by: other)
        try open(reference, by: world.siti)
        try open(reference, by: world.budi)
        try open(jokos, by: other)
        try open(jokos, by: world.siti)
        try world.merge(other, into: world.siti)
        let day = World.later.day
        let views = try world.store.documentViews(of: world.siti, on: day, applications: 10).views
        #expect(views.map(\.viewerName) == ["Budi"] && views.first?.reference == reference)
        let seen = try world.store.documentViews(of: joko, on: day, applications: 10).views
        #expect(seen.map(\.viewerName) == ["Siti"] && seen.first?.count == 2, "one person to Joko, too")
        let elsewhere = try world.store.personalData(of: world.siti, at: World.later).elsewhere
        #expect(elsewhere.map(\.reference) == [jokos.description] && elsewhere.first?.opened.count == 2)
    }

    @Test func theCopyHasBothAndDeletionLeavesNeither() async throws {
        let world = try World()
        let other = try world.second()
        let third = try world.second("siti@kantor.id")
        let reference = try world.submitted(by: other)
        try world.write("Nama saya Siti", about: reference, by: other)
        let draft = try world.filledDraft(by: other)
        try world.merge(other, into: third)
        try world.merge(third, into: world.siti)
        let data = try world.store.personalData(of: world.siti, at: World.now)
        #expect(data.applications.map(\.reference) == [reference.description, draft.description])
        #expect(data.formerAccounts.map(\.events.last?.kind) == ["merged", "merged"])
        #expect(data.formerAccounts.allSatisfy { $0.events.first?.kind == "registered" && $0.mergedAt != nil })
        #expect(data.messages.contains { $0.kind == "accountGivenUp" })
        #expect(data.applications[0].events.first?.origin == "127.0.0.1", "what the other one did is one's own")
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: World.now.adding(hours: 7 * 24)) == 1)
        for viewer in [world.siti, other, third] {
            let left = try world.store.account(viewer.account)
            #expect(left.name == DeletedAccount.name && left.phone.isEmpty && left.nik == "1271**********01")
            #expect(left.email == DeletedAccount.email(viewer.account))
        }
        let names = try world.store.timeline(reference, visibleTo: world.budi).map(\.actorName)
        #expect(Set(names) == [DeletedAccount.name])
        #expect(try world.messages(reference, as: world.budi).allSatisfy { $0.text.isEmpty })
        #expect(try world.store.application(reference, visibleTo: world.budi).state == .withdrawn)
        #expect(try world.store.firstBrokenEvent() == nil)
        #expect(try await world.count("SELECT count(*) FROM account WHERE deleted_at IS NOT NULL") == 3)
        // Nobody writes an author over in any other way.
        let (raw, budi) = (try world.raw(), world.budi.account.value)
        await #expect(throws: DatabaseError.self) {
            try await raw.write { try $0.execute(sql: "UPDATE message SET author_id = ?", arguments: [budi]) }
        }
    }
}
