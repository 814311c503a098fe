import Foundation
import GRDB
import Permits
import Store
import Testing

@Suite struct InstitutionTests {
    private static let link: [UInt8] = Array(repeating: 6, count: 32)

    private func profile() throws -> InstitutionProfile {
        try InstitutionProfile(name: "Universitas Contoh", kind: "campus", address: "Jl. Contoh 1", head: "Rektor")
    }

    /// An institution of Siti's that Joko has joined.
    func shared(_ world: World) throws -> (id: InstitutionID, joko: Viewer) {
        try world.store.activate(world.joko.account, by: world.dewi, at: World.now)
        let joko = Viewer(try world.store.account(world.joko.account))
        let id = try world.store.createInstitution(profile(), by: world.siti, at: World.now)
        try world.store.invite("JOKO@contoh.id", to: id, by: world.siti, at: World.now)
        let message = try #require(
            try world.store.waitingMessages(at: World.now, limit: 100).last { $0.kind == .invitation })
        #expect(message.address == "JOKO@contoh.id")
        #expect(try world.store.addInvitationToken(Self.link, for: try #require(message.payload.invitation)))
        #expect(throws: PermitError.notFound) {
            try world.store.invitation(token: Self.link, for: world.siti, at: World.now)
        }
        let late = World.now.adding(hours: Institution.invitationHours)
        #expect(throws: PermitError.notFound) {
            try world.store.acceptInvitation(token: Self.link, by: joko, at: late)
        }
        #expect(try world.store.acceptInvitation(token: Self.link, by: joko, at: World.now) == id)
        // A second click finds what it wanted; nobody else gets in by it.
        #expect(try world.store.acceptInvitation(token: Self.link, by: joko, at: World.now) == id)
        #expect(throws: PermitError.notFound, "once") {
            try world.store.acceptInvitation(token: Self.link, by: world.siti, at: World.now)
        }
        return (id, joko)
    }

    @Test func membersTalkAboutWhatIsFiledForIt() throws {
        let world = try World()
        let (id, joko) = try shared(world)
        let reference = try world.filledDraft()
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        let file = try world.vault.keep(Array("%PDF-joko".utf8))
        try world.store.attach(
            file, scanned: World.scan, named: "k.pdf", for: "ktp", to: reference, by: joko, at: World.now)
        try world.store.change(reference, by: joko, origin: "-") { application, _ in
            try application.submit(by: joko, stating: true, at: World.now)
        }
        try world.write("Siapa pembimbingnya?", about: reference, by: world.budi, asking: true)
        try world.write("Bu Rina.", about: reference, by: joko, files: [try world.given("surat")])
        #expect(try world.store.application(reference, visibleTo: world.siti).turn == Turn(unansweredAt: World.now))
        #expect(try world.messages(reference, as: world.siti).map(\.authorName) == ["Budi", "Joko"])
        // A paper is used again by whoever gave it, not by whoever applies.
        let other = try world.store.beginDraft(
            slug: "survei", by: world.siti, references: world.references(), origin: "-", at: World.now)
        #expect(try world.store.givenPapers(by: world.siti, besides: other).map(\.kind) == ["ktm"])
        let jokos = try world.store.beginDraft(
            slug: "survei", by: joko, references: world.references(), origin: "-", at: World.now)
        #expect(try world.store.givenPapers(by: joko, besides: jokos).map(\.kind) == ["ktp"])
        try world.store.endMembership(of: joko.account, in: id, by: joko, at: World.now)
        #expect(throws: PermitError.notFound) { try world.write("Masih di sini?", about: reference, by: joko) }
        #expect(throws: PermitError.notFound) { try world.messages(reference, as: joko) }
    }

    @Test(arguments: [true, false])
    func applyingAgainIsForTheInstitutionWhileOneBelongsToIt(hasLeft: Bool) throws {
        let world = try World()
        let (id, joko) = try shared(world)
        let reference = try world.filledDraft(by: joko)
        try world.store.file(reference, for: id, by: joko, at: World.now)
        try world.store.change(reference, by: joko, origin: "-") { application, calendar in
            try application.withdraw(by: joko, at: World.now, in: calendar)
        }
        if hasLeft { try world.store.endMembership(of: joko.account, in: id, by: joko, at: World.now) }
        let begun = try world.store.beginAnother(
            like: reference, by: joko, references: world.references(), origin: "-", at: World.now)
        guard case .begun(let next) = begun else {
            Issue.record("\(begun)")
            return
        }
        #expect((try world.store.institution(of: next, visibleTo: joko) == nil) == hasLeft)
        #expect((try? world.store.application(next, visibleTo: world.siti)) == nil || !hasLeft)
    }

    @Test func membersSeeContinueAndSendWhatIsFiledForIt() throws {
        let world = try World()
        let (id, joko) = try shared(world)
        let reference = try world.filledDraft()
        #expect(throws: PermitError.notFound) { try world.store.application(reference, visibleTo: joko) }
        #expect(throws: PermitError.notFound) { try world.store.file(reference, for: id, by: joko, at: World.now) }
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        #expect(try world.store.applications(of: joko, limit: 5).map(\.reference) == [reference])
        try world.store.saveDraft(reference, by: joko, at: World.now) {
            $0.filled(with: ["lokasi": "SMP Negeri 7 Medan"], today: World.now.day).answers
        }
        let file = try world.vault.keep(Array("%PDF-joko".utf8))
        try world.store.attach(
            file, scanned: World.scan, named: "k.pdf", for: "ktp", to: reference, by: joko, at: World.now)
        try world.store.change(reference, by: joko, origin: "-") { application, _ in
            try application.submit(by: joko, stating: true, at: World.now)
        }
        let sent = try world.store.application(reference, visibleTo: world.siti)
        #expect(sent.state == .submitted && sent.applicant == world.siti.account)
        #expect(sent.answers["lokasi"] == "SMP Negeri 7 Medan")
        #expect(try world.store.timeline(reference, visibleTo: joko).last?.actorName == "Joko")
        // A colleague's reading is noted like an officer's.
        let paper = try #require(sent.attachments.first)
        _ = try world.store.openAttachment(paper.id, of: reference, by: joko, at: World.now)
        let views = try world.store.documentViews(of: world.siti, on: World.now.day, applications: 5).views
        #expect(views.map(\.viewerName) == ["Joko"] && views.first?.officeName == nil)
        #expect(throws: PermitError.conflict("conflict.alreadySubmitted")) {
            try world.store.file(reference, for: nil, by: world.siti, at: World.now)
        }
        let row = try #require(try world.store.queue(.toVerify, for: world.budi, limit: 1, offset: 0).first)
        #expect(row.applicantName == "Siti (Universitas Contoh)")
        // Handing it on is its applicant's alone.
        #expect(throws: PermitError.notFound) {
            try world.store.offerTransfer(of: reference, to: "rina@contoh.id", by: joko, at: World.now)
        }
        try world.store.endMembership(of: joko.account, in: id, by: world.siti, at: World.now)
        #expect(throws: PermitError.notFound) { try world.store.application(reference, visibleTo: joko) }
        #expect(try world.store.applications(of: joko, limit: 5).isEmpty)
    }

    @Test func membersFetchReportAndExtendTheLetter() throws {
        let world = try World()
        let (id, joko) = try shared(world)
        let reference = try world.filledDraft()
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        try world.store.change(reference, by: joko, origin: "-") { application, _ in
            try application.submit(by: joko, stating: true, at: World.now)
        }
        try world.recommend(reference)
        let letter = try world.sign(reference)
        _ = try world.store.openLetter(of: reference, by: joko, at: World.later)
        #expect(throws: PermitError.conflict("conflict.handedOver")) { try world.void(letter, reference) }
        try ReportStoreTests.give(world, reference, by: joko)
        #expect(try world.store.report(of: reference, visibleTo: world.siti)?.filename == "laporan.pdf")

        let open = Moment(letter.validUntil.adding(days: -10), hour: 9)
        func begin(by viewer: Viewer) throws -> Reference {
            try world.store.beginExtension(
                of: reference, typed: ["lama": "2", "alasan": "Data belum lengkap semua"], by: viewer,
                references: world.references(), origin: "-", at: open)
        }
        let draft = try begin(by: joko)
        #expect(try begin(by: world.siti) == draft && begin(by: joko) == draft)
        // It is filed for the same institution, and Siti's like the one before it.
        #expect(try world.store.application(draft, visibleTo: joko).applicant == world.siti.account)
        #expect(try world.store.institution(of: draft, visibleTo: joko)?.id == id)
        try world.store.endMembership(of: joko.account, in: id, by: world.siti, at: open)
        #expect(throws: PermitError.notFound) { try begin(by: joko) }
        #expect(throws: PermitError.notFound) {
            try world.store.openLetter(of: reference, by: joko, at: open)
        }
    }

    @Test func ownersInviteAndRemoveAndOneIsAlwaysLeft() throws {
        let world = try World()
        let (id, joko) = try shared(world)
        #expect(throws: PermitError.forbidden) {
            try world.store.invite("rina@contoh.id", to: id, by: joko, at: World.now)
        }
        #expect(throws: PermitError.forbidden) {
            try world.store.endMembership(of: world.siti.account, in: id, by: joko, at: World.now)
        }
        #expect(throws: PermitError.conflict("conflict.lastOwner")) {
            try world.store.endMembership(of: world.siti.account, in: id, by: world.siti, at: World.now)
        }
        #expect(throws: PermitError.notFound) {
            try world.store.institution(id, visibleTo: world.budi)
        }
        // The only owner makes somebody else one first.
        #expect(throws: PermitError.forbidden) {
            try world.store.makeOwner(joko.account, in: id, by: joko)
        }
        try world.store.makeOwner(joko.account, in: id, by: world.siti)
        #expect(try world.store.institution(id, visibleTo: joko).role(of: joko.account) == .owner)
        try world.store.endMembership(of: world.siti.account, in: id, by: world.siti, at: World.now)
        #expect(throws: PermitError.notFound) { try world.store.institution(id, visibleTo: world.siti) }
    }

    @Test func whenAnOwnersAccountGoesSomebodyElseLooksAfterIt() throws {
        let world = try World()
        let (id, joko) = try shared(world)
        // When the owner's account goes, the other one looks after it.
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: World.now.adding(hours: 7 * 24)) == 1)
        let left = try world.store.institution(id, visibleTo: joko)
        #expect(left.members.map(\.account) == [joko.account] && left.role(of: joko.account) == .owner)
        try world.store.endMembership(of: joko.account, in: id, by: joko, at: World.now)
        #expect(try world.store.institutions(of: joko).isEmpty)
    }

    /// Nobody is let into an institution that nobody is left of.
    @Test func theLastOneOutClosesIt() throws {
        let world = try World()
        try world.store.activate(world.joko.account, by: world.dewi, at: World.now)
        let joko = Viewer(try world.store.account(world.joko.account))
        let id = try world.store.createInstitution(profile(), by: world.siti, at: World.now)
        try world.store.invite("joko@contoh.id", to: id, by: world.siti, at: World.now)
        let message = try #require(
            try world.store.waitingMessages(at: World.now, limit: 100).last { $0.kind == .invitation })
        let invitation = try #require(message.payload.invitation)
        #expect(try world.store.addInvitationToken(Self.link, for: invitation))
        #expect(try world.store.institution(id, visibleTo: world.siti).closes(without: world.siti.account))
        try world.store.endMembership(of: world.siti.account, in: id, by: world.siti, at: World.now)
        #expect(throws: PermitError.notFound) {
            try world.store.acceptInvitation(token: Self.link, by: joko, at: World.now)
        }
        #expect(try !world.store.addInvitationToken(Self.link, for: invitation))
    }

    @Test func ownersSeeAndWithdrawInvitationsAndChangeTheProfile() async throws {
        let world = try World()
        let (id, joko) = try shared(world)
        try world.store.invite("rina@contoh.id", to: id, by: world.siti, at: World.now)
        #expect(throws: PermitError.forbidden) {
            try world.store.pendingInvitations(to: id, visibleTo: joko, at: World.now)
        }
        let pending = try world.store.pendingInvitations(to: id, visibleTo: world.siti, at: World.now)
        #expect(pending.map(\.email) == ["rina@contoh.id"], "Joko has joined")
        let over = World.now.adding(hours: Institution.invitationHours)
        #expect(try world.store.pendingInvitations(to: id, visibleTo: world.siti, at: over).isEmpty)
        let rina = try #require(pending.first).id
        #expect(throws: PermitError.forbidden) { try world.store.withdrawInvitation(rina, to: id, by: joko) }
        try world.store.withdrawInvitation(rina, to: id, by: world.siti)
        #expect(try world.store.pendingInvitations(to: id, visibleTo: world.siti, at: World.now).isEmpty)
        #expect(try !world.store.addInvitationToken(Self.link, for: rina))

        let renamed = try InstitutionProfile(name: "Institut Contoh", kind: "campus", address: "Jl. B", head: "Dekan")
        #expect(throws: PermitError.forbidden) {
            try world.store.changeInstitution(id, to: renamed, by: joko, at: World.now)
        }
        for _ in 0..<2 { try world.store.changeInstitution(id, to: renamed, by: world.siti, at: World.now) }
        #expect(try world.store.institution(id, visibleTo: joko).profile == renamed)
        let before = try await world.raw().read {
            try String.fetchAll($0, sql: "SELECT json_extract(before, '$.name') FROM institution_change")
        }
        #expect(before == ["Universitas Contoh"])
    }

    @Test func aPaperThatAColleagueOpenedMayBeReplacedAndTakenOut() throws {
        let world = try World()
        let (id, joko) = try shared(world)
        let draft = try world.filledDraft()
        try world.store.file(draft, for: id, by: world.siti, at: World.now)
        for paper in try world.store.application(draft, visibleTo: joko).attachments {
            _ = try world.store.openAttachment(paper.id, of: draft, by: joko, at: World.now)
        }
        let file = try world.vault.keep(Array("%PDF-baru".utf8))
        try world.store.attach(
            file, scanned: World.scan, named: "baru.pdf", for: "ktp", to: draft, by: world.siti, at: World.now)
        let card = try #require(try world.store.application(draft, visibleTo: world.siti).attachment(for: "ktm"))
        try world.store.detach(card, from: draft, by: world.siti, at: World.now)
        let left = try world.store.application(draft, visibleTo: world.siti).attachments
        #expect(left.contains { $0.filename == "baru.pdf" } && !left.contains { $0.requirement == "ktm" })
    }

    @Test func draftsOfWhoeverLeavesAreTheirOwn() throws {
        let world = try World()
        let (id, joko) = try shared(world)
        let sent = try world.filledDraft(by: joko)
        try world.store.file(sent, for: id, by: joko, at: World.now)
        try world.store.change(sent, by: joko, origin: "-") { application, _ in
            try application.submit(by: joko, stating: true, at: World.now)
        }
        let draft = try world.filledDraft(by: joko)
        try world.store.file(draft, for: id, by: joko, at: World.now)
        let own = try world.filledDraft()
        try world.store.file(own, for: id, by: world.siti, at: World.now)
        try world.store.endMembership(of: joko.account, in: id, by: world.siti, at: World.now)
        #expect(try world.store.institution(of: draft, visibleTo: joko) == nil)
        #expect(throws: PermitError.notFound) { try world.store.application(draft, visibleTo: world.siti) }
        #expect(try world.store.institution(of: sent, visibleTo: joko)?.id == id)
        #expect(try world.store.institution(of: own, visibleTo: world.siti)?.id == id)
    }

    @Test func nothingIsSentForAnInstitutionThatItsApplicantHasLeft() async throws {
        let world = try World()
        let (id, joko) = try shared(world)
        let draft = try world.filledDraft(by: joko)
        try world.store.file(draft, for: id, by: joko, at: World.now)
        // As a release before would have left it.
        try await world.raw().write {
            try $0.execute(
                sql: "UPDATE membership SET ended_at = 1 WHERE account_id = ?", arguments: [joko.account.value])
        }
        func send() throws {
            try world.store.change(draft, by: joko, origin: "-") { application, _ in
                try application.submit(by: joko, stating: true, at: World.now)
            }
        }
        #expect(throws: PermitError.conflict("conflict.leftInstitution")) { try send() }
        try world.store.file(draft, for: nil, by: joko, at: World.now)
        try send()
    }

    @Test func onlyActiveCitizensMakeOne() throws {
        let world = try World()
        #expect(throws: PermitError.forbidden) {
            try world.store.createInstitution(profile(), by: world.budi, at: World.now)
        }
        #expect(throws: PermitError.conflict("conflict.accountPending")) {
            try world.store.createInstitution(profile(), by: world.joko, at: World.now)
        }
        do {
            _ = try InstitutionProfile(name: " ", kind: "x", address: "", head: String(repeating: "a", count: 201))
            Issue.record("accepted")
        } catch {
            guard case .invalid(let problems) = error else { return }
            #expect(problems.map(\.field) == ["nama", "jenis", "alamat", "pimpinan"])
        }
    }
}
