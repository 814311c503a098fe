import Foundation
import GRDB
import Permits
import Store
import Testing

private func link(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

@Suite struct MergingTests {
    // MARK: Proofs

    @Test func aProofIsForOneSessionAndTenMinutes() throws {
        let world = try World()
        let other = try world.second()
        let token = try world.prove(other, into: world.siti)
        func standing(_ token: [UInt8], _ session: [UInt8], _ viewer: Viewer, seconds: Int64 = 0) throws {
            _ = try world.store.merge(
                provenBy: token, session: session, by: viewer, at: World.now.adding(seconds: seconds))
        }
        try standing(token, World.keeping, world.siti, seconds: AccountMerge.proofSeconds - 1)
        for (token, session, viewer, seconds) in [
            (link(1), World.keeping, world.siti, Int64(0)), (token, link(1), world.siti, 0),
            (token, World.keeping, world.joko, 0), (token, World.keeping, other, 0),
            (token, World.keeping, world.siti, AccountMerge.proofSeconds),
        ] {
            #expect(throws: PermitError.notFound) { try standing(token, session, viewer, seconds: seconds) }
            #expect(throws: PermitError.notFound) {
                try world.store.merge(
                    provenBy: token, session: session, by: viewer, origin: "-", at: World.now.adding(seconds: seconds))
            }
        }
        #expect(try world.store.credentials(email: "siti@kampus.ac.id") != nil, "nothing was done")
    }

    @Test func anotherPasswordOnEitherSideVoidsIt() throws {
        for changesOwn in [true, false] {
            let world = try World()
            let other = try world.second()
            let token = try world.prove(other, into: world.siti)
            let changed = try world.credentials(changesOwn ? world.siti : other)
            try world.store.changePassword(
                of: changed.account.id, from: changed.passwordHash, to: "new", keeping: World.keeping, at: World.now)
            #expect(throws: PermitError.notFound) {
                try world.store.merge(
                    provenBy: token, session: World.keeping, by: world.siti, origin: "-", at: World.now)
            }
        }
    }

    @Test func whatChangedMeanwhileIsSeen() throws {
        let changes: [(PermitError, (World, Viewer) throws -> Void)] = [
            (
                .conflict("merge.refused.keeperLeaving"),
                { world, _ in try world.store.requestDeletion(of: world.siti, at: World.now) }
            ),
            (
                .conflict("merge.refused.otherLeaving"),
                { world, other in try world.store.requestDeletion(of: other, at: World.now) }
            ),
            (
                .notFound,
                { world, _ in
                    try world.store.requestDeletion(of: world.siti, at: World.now.adding(hours: -24 * 8))
                    #expect(try world.store.deleteDueAccounts(at: World.now) == 1)
                }
            ),
            (
                .notFound,
                { world, other in
                    try world.store.requestDeletion(of: other, at: World.now.adding(hours: -24 * 8))
                    #expect(try world.store.deleteDueAccounts(at: World.now) == 1)
                }
            ),
        ]
        for (refusal, change) in changes {
            let world = try World()
            let other = try world.second()
            let reference = try world.submitted(by: other)
            let token = try world.prove(other, into: world.siti)
            try change(world, other)
            #expect(throws: refusal) {
                try world.store.merge(
                    provenBy: token, session: World.keeping, by: world.siti, origin: "-", at: World.now)
            }
            #expect(try world.store.application(reference, visibleTo: other).applicant == other.account)
        }
    }

    @Test func aSecondClickDoesNothingMore() async throws {
        let world = try World()
        let other = try world.second()
        _ = try world.submitted(by: other)
        let token = try world.prove(other, into: world.siti)
        for _ in 1...2 {
            try world.store.merge(provenBy: token, session: World.keeping, by: world.siti, origin: "-", at: World.now)
        }
        guard
            case .done = try world.store.merge(
                provenBy: token, session: World.keeping, by: world.siti, at: World.now)
        else {
            Issue.record("not done")
            return
        }
        #expect(try await world.count("SELECT count(*) FROM event WHERE kind = 'accountsMerged'") == 1)
        #expect(try await world.count("SELECT count(*) FROM outbox WHERE kind = 'accountGivenUp'") == 1)
    }

    // MARK: What moves

    @Test func applicationsOfEveryStateMove() async throws {
        let world = try World()
        let other = try world.second()
        let sent = try world.submitted(by: other)
        let withdrawn = try world.submitted(by: other)
        try world.store.change(withdrawn, by: other, origin: "-") { application, calendar in
            try application.withdraw(by: other, at: World.now, in: calendar)
        }
        let draft = try world.filledDraft(by: other)
        let own = try world.filledDraft()
        try world.write("Kapan selesai?", about: sent, by: other)
        let token = try world.prove(other, into: world.siti)
        guard
            case .open(let preview) = try world.store.merge(
                provenBy: token, session: World.keeping, by: world.siti, at: World.now)
        else {
            Issue.record("done already")
            return
        }
        #expect(preview.applications == 2 && preview.drafts == 1 && preview.letters == 0 && preview.institutions == 0)
        #expect(preview.other.email == "siti@kampus.ac.id" && preview.keeper.email == "siti@contoh.id")
        let revision = try world.store.application(sent, visibleTo: world.budi).revision
        try world.store.merge(
            provenBy: token, session: World.keeping, by: world.siti, origin: "10.2.2.2",
            at: World.now.adding(seconds: 60))

        let mine = try world.store.applications(of: world.siti, limit: 10).map(\.reference)
        #expect(Set(mine) == [sent, draft, own, withdrawn], "two drafts of one type are both listed")
        for reference in mine {
            #expect(try world.store.application(reference, visibleTo: world.siti).applicant == world.siti.account)
            #expect(throws: PermitError.notFound) { try world.store.application(reference, visibleTo: other) }
        }
        // Whoever is deciding meanwhile is not disturbed.
        #expect(try world.store.application(sent, visibleTo: world.budi).revision == revision)
        let events = try world.store.timeline(sent, visibleTo: world.siti)
        #expect(events.last?.kind == .accountsMerged && events.last?.actorName == "Siti")
        #expect(events.first?.actorName == "Siti Aminah", "old events keep their actor")
        #expect(try world.store.timeline(draft, visibleTo: world.siti).map(\.kind) == [.created])
        #expect(try world.kinds(withdrawn).last == .accountsMerged)
        #expect(try world.store.firstBrokenEvent() == nil)
        let said = try world.messages(sent, as: world.siti, at: World.later)
        #expect(said.map(\.author) == [world.siti.account])
        // One of the two is offered, and no third one is begun.
        let begun = try world.store.beginDraft(
            slug: "penelitian", by: world.siti, references: world.references(), origin: "-", at: World.later)
        #expect([draft, own].contains(begun))
        // Public tracking is by the phone that stays.
        #expect(try world.store.tracking(sent, digits: "7890") != nil)
        #expect(try world.store.tracking(sent, digits: "5432") == nil)
    }

    @Test func lettersReportsAndPapersMove() throws {
        let world = try World()
        let other = try world.second()
        let (reference, letter) = try world.issued()
        try ReportStoreTests.give(world, reference)
        // The other way round: what Siti has goes to the new account.
        try world.merge(world.siti, into: other, at: World.later)
        #expect(try world.store.letter(of: reference, visibleTo: other)?.token == letter.token)
        #expect(throws: PermitError.notFound) { try world.store.letter(of: reference, visibleTo: world.siti) }
        _ = try world.store.openReport(of: reference, by: other, at: World.later)
        let draft = try world.store.beginDraft(
            slug: "survei", by: other, references: world.references(), origin: "-", at: World.later)
        let given = try world.store.givenPapers(by: other, besides: draft)
        #expect(given.contains { $0.attachment.requirement == "ktp" }, "papers may be used again")
        #expect(try world.store.firstBrokenEvent() == nil)
    }

    @Test func whatWasNotSentMovesAndNoWordIsLost() throws {
        let world = try World()
        let other = try world.second()
        let own = try world.submitted(by: other)
        try world.type("Tentang jadwal", about: own, by: other)
        try world.wait("jadwal", about: own, by: other)
        // Both belong to one institution, and write about the same application; the one that stays has sent a message on
        // another.
        let institution = try world.store.createInstitution(
            InstitutionProfile(name: "Yayasan", kind: "organisation", address: "Medan", head: "Rina"), by: world.siti,
            at: World.now)
        try world.store.invite("siti@kampus.ac.id", to: institution, by: world.siti, at: World.now)
        let invitation = try #require(
            try world.store.waitingMessages(at: World.now, limit: 500).last { $0.kind == .invitation })
        #expect(try world.store.addInvitationToken(link(9), for: try #require(invitation.payload.invitation)))
        #expect(try world.store.acceptInvitation(token: link(9), by: other, at: World.now) == institution)
        let (both, answered) = (try shared(world, institution), try shared(world, institution))
        try world.type("Dari akun utama", about: both)
        try world.type("Dari akun kampus", about: both, by: other)
        try world.wait("kampus", about: both, by: other)
        try world.type("Terkirim", about: answered)
        #expect(try world.send("Terkirim", about: answered) == .sent)
        try world.type("Masih ditulis", about: answered, by: other)

        try world.merge(other, into: world.siti)
        #expect(try world.unsent(own).text == "Tentang jadwal" && world.unsent(own).files.count == 1)
        #expect(try world.unsent(both).text == "Dari akun utama\n\nDari akun kampus")
        #expect(try world.unsent(both).files.count == 1)
        #expect(try world.unsent(answered).text == "Masih ditulis")
    }

    private func shared(_ world: World, _ institution: InstitutionID) throws -> Reference {
        let reference = try world.filledDraft()
        try world.store.file(reference, for: institution, by: world.siti, at: World.now)
        try world.store.change(reference, by: world.siti, origin: "-") { application, _ in
            try application.submit(by: world.siti, stating: true, at: World.now)
        }
        return reference
    }

    @Test func theMarkOpensNothingAndTheAddressIsFree() async throws {
        let world = try World()
        let other = try world.second()
        try world.store.openSession(for: other.account, token: link(1), csrfKey: link(2), at: World.now)
        try world.store.addPasswordToken(link(3), for: other.account, at: World.now)
        try world.store.requestEmailChange(of: other.account, to: "baru@contoh.id", at: World.now)
        try world.store.addEmailToken(link(4), for: other.account, email: "baru@contoh.id", at: World.now)
        try world.store.addActivationToken(link(5), for: other.account, at: World.now)
        try world.merge(other, into: world.siti)
        #expect(try world.store.credentials(email: "siti@kampus.ac.id") == nil)
        #expect(try world.store.session(token: link(1), at: World.now) == nil)
        // Whoever was typing there gets it back in the account that stays.
        #expect(try world.store.lapsedSession(token: link(1)) == world.siti.account)
        #expect(throws: PermitError.notFound) { try world.store.account(passwordToken: link(3), at: World.now) }
        #expect(throws: PermitError.notFound) {
            try world.store.confirmEmail(token: link(4), for: world.siti.account, at: World.now)
        }
        #expect(throws: PermitError.notFound) { try world.store.activate(token: link(5), at: World.now) }
        let mark = try world.credentials(other)
        #expect(mark.account.state == .suspended && mark.passwordHash == "!" && mark.account.phone.isEmpty)
        #expect(mark.account.name == "Siti Aminah" && mark.account.nik == "1271**********01")
        for table in ["session", "account_token", "activation_token", "email_change", "notification_choice"] {
            let left = try await world.count(
                "SELECT count(*) FROM \(table) WHERE account_id = ?", other.account.value)
            #expect(left == 0, "\(table)")
        }
        for (viewer, kind) in [(world.siti, "mergedOther"), (other, "merged")] {
            let noted = try await world.count(
                "SELECT count(*) FROM account_event WHERE account_id = ? AND kind = '\(kind)'", viewer.account.value)
            #expect(noted == 1, "\(kind)")
        }
        let again = try Registration(
            name: "Orang Lain", email: "siti@kampus.ac.id", phone: "081234567890", identity: .nik("1271041203990009"),
            password: "kuda-biru-lompat")
        guard case .created = try world.store.signUp(again, passwordHash: "z", at: World.now) else {
            Issue.record("not created")
            return
        }
    }

    @Test func waitingNewsFollowsAndBothAreTold() throws {
        let world = try World()
        let other = try world.second()
        try world.store.setNotificationChoices([.email: []], of: world.siti.account, at: World.now)
        _ = try world.submitted(by: other)
        let returned = try world.submitted(by: other)
        try world.giveBack(returned)
        try world.store.changePhone(of: other.account, to: "6281300001111", at: World.now)
        try world.merge(other, into: world.siti)
        let waiting = try world.store.waitingMessages(at: World.now, limit: 100)
        let own = waiting.filter { $0.address == "siti@contoh.id" }.map(\.kind)
        #expect(own.contains(.returned) && own.contains(.accountsMerged))
        #expect(!own.contains(.submitted), "Siti does without receipts")
        #expect(!waiting.map(\.kind).contains(.phoneChanged))
        let notice = try #require(waiting.first { $0.address == "siti@kampus.ac.id" })
        #expect(notice.kind == .accountGivenUp && notice.payload.masked == "s***@contoh.id")
        #expect(waiting.first { $0.kind == .accountsMerged }?.payload.masked == "s***@kampus.ac.id")
        #expect(waiting.allSatisfy { !$0.address.hasSuffix(".invalid") })
    }

    static let places:
        [(own: Membership.Role?, isOver: Bool, other: Membership.Role?, isOtherOver: Bool, Membership.Role?)] = [
            (nil, false, .owner, false, .owner), (nil, false, .member, false, .member),
            (.member, false, .owner, false, .owner), (.owner, false, .member, false, .owner),
            (.member, true, .owner, false, .owner), (.owner, true, .member, false, .member),
            (.member, false, .owner, true, .member), (.owner, true, .owner, true, nil),
            (.owner, false, nil, false, .owner),
        ]

    @Test(arguments: places.indices)
    func placesInAnInstitution(index: Int) async throws {
        let (own, isOver, theirs, isOtherOver, expected) = Self.places[index]
        let world = try World()
        let other = try world.second()
        try world.store.activate(world.joko.account, by: world.dewi, at: World.now)
        let joko = Viewer(try world.store.account(world.joko.account))
        let profile = try InstitutionProfile(name: "Yayasan", kind: "other", address: "Jl. A", head: "Ani")
        let id = try world.store.createInstitution(profile, by: joko, at: World.now)
        let people = [(world.siti.account.value, own, isOver), (other.account.value, theirs, isOtherOver)]
        let jokos = joko.account.value
        try await world.raw().write { database in
            try database.execute(
                sql: "UPDATE membership SET role = 'member' WHERE account_id = ?", arguments: [jokos])
            for (person, role, isOver) in people {
                guard let role else { continue }
                try database.execute(
                    sql: """
                        INSERT INTO membership (institution_id, account_id, role, since, ended_at)
                        VALUES (?, ?, ?, 5, ?)
                        """, arguments: [id.value, person, role.rawValue, isOver ? Int64(9) : nil])
            }
        }
        try world.merge(other, into: world.siti)
        let institution = try world.store.institution(id, visibleTo: joko)
        #expect(institution.role(of: world.siti.account) == expected)
        #expect(institution.role(of: other.account) == nil)
    }
}
