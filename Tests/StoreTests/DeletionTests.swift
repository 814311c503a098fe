import Foundation
import GRDB
import Permits
import Store
import Testing

@Suite struct DeletionTests {
    private static let due = World.now.adding(hours: 7 * 24)

    @Test func waitsAWeekAndMayBeTakenBack() throws {
        let world = try World()
        #expect(throws: PermitError.forbidden) { try world.store.requestDeletion(of: world.budi, at: World.now) }
        try world.store.requestDeletion(of: world.siti, at: World.now)
        try world.store.requestDeletion(of: world.siti, at: World.now.adding(hours: 5))
        let request = try #require(try world.store.deletionRequest(of: world.siti.account))
        #expect(request.dueAt == Self.due && request.state == .waiting)
        #expect(try world.store.deletionRequests(limit: 5).count == 1)
        #expect(try world.store.deleteDueAccounts(at: Self.due.adding(seconds: -1)) == 0)
        try world.store.withdrawDeletion(of: world.siti, at: World.now.adding(hours: 6))
        #expect(try world.store.deleteDueAccounts(at: Self.due) == 0)
        #expect(try world.store.account(world.siti.account).name == "Siti")
        #expect(try world.store.deletionRequests(limit: 5).map(\.request.state) == [.withdrawn])
        // It may be asked for again.
        try world.store.requestDeletion(of: world.siti, at: World.now.adding(hours: 7))
        #expect(try world.store.deletionRequest(of: world.siti.account) != nil)
    }

    @Test func leavesNothingOfThePersonButWhatMustStay() throws {
        let world = try World()
        let inProcess = try world.submitted()
        let draft = try world.filledDraft()
        let own = try world.vault.keep(Array("%PDF-lain".utf8))
        try world.store.attach(
            own, scanned: World.scan, named: "lain.pdf", for: "ktp", to: draft, by: world.siti, at: World.now)
        let draftFiles = try world.store.application(draft, visibleTo: world.siti).attachments.map(\.sha256)
        try world.store.openSession(
            for: world.siti.account, token: Array(repeating: 1, count: 32), csrfKey: Array(repeating: 2, count: 32),
            at: World.now)
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: Self.due) == 1)
        #expect(try world.store.deleteDueAccounts(at: Self.due) == 0, "once")

        let left = try world.store.account(world.siti.account)
        #expect(left.name == DeletedAccount.name && left.phone == "" && left.nik == "1271**********01")
        #expect(left.state == .suspended && !left.email.contains("siti"))
        #expect(try world.store.credentials(email: "siti@contoh.id") == nil)
        #expect(try world.store.session(token: Array(repeating: 1, count: 32), at: World.now) == nil)
        #expect(try world.store.application(draft, visibleTo: world.siti).answers.isEmpty)
        #expect(try world.store.application(draft, visibleTo: world.siti).attachments.isEmpty)
        let shared = try world.store.application(inProcess, visibleTo: world.siti)
        #expect(shared.state == .withdrawn)
        #expect(shared.answers["nik"] == "1271**********01" && shared.answers["judul"]?.isEmpty == false)
        #expect(shared.attachments.isEmpty, "no letter came of it: nobody needs the scans")
        #expect(try world.store.referredFiles(among: draftFiles).isEmpty)
        let later = Int(Date().timeIntervalSince1970) + 200_000
        _ = try world.vault.sweep(olderThan: 86_400, now: later) { try world.store.referredFiles(among: $0) }
        #expect(draftFiles.allSatisfy { world.vault.size(of: $0) == nil }, "the files themselves go")
        // The chain of events holds, and names nobody.
        #expect(try world.store.firstBrokenEvent() == nil)
        let names = try world.store.timeline(inProcess, visibleTo: world.budi).map(\.actorName)
        #expect(Set(names) == [DeletedAccount.name])
        let last = try #require(try world.store.waitingMessages(at: Self.due, limit: 50).last)
        #expect(last.kind == .accountDeleted && last.address == "siti@contoh.id")
        try world.store.noteSent(last, at: Self.due)
        // The address is free again.
        let again = try Registration(
            name: "Siti", email: "siti@contoh.id", phone: "081234567890", identity: .nik("1271045203990001"),
            password: "kuda-biru-lompat")
        guard case .created = try world.store.signUp(again, passwordHash: "x", at: Self.due) else {
            Issue.record("not created")
            return
        }
    }

    /// An officer has judged papers, and they were mended, before the account goes.
    @Test func judgedAndMendedPapersGoToo() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.store.change(reference, by: world.budi, origin: "-") { application, calendar in
            try application.judge([Finding(key: "ktp", verdict: .mend, reason: "Buram")], by: world.budi, at: World.now)
                .application.decide(.returnForCorrection, by: world.budi, at: World.now, in: calendar)
        }
        let sharp = try world.vault.keep(Array("%PDF-tajam".utf8))
        try world.store.attach(
            sharp, scanned: World.scan, named: "tajam.pdf", for: "ktp", to: reference, by: world.siti, at: World.later)
        try world.store.change(reference, by: world.siti, origin: "-") { application, _ in
            try application.resubmit(with: application.answers, by: world.siti, at: World.later)
        }
        let paper = try #require(try world.store.application(reference, visibleTo: world.budi).attachments.first)
        _ = try world.store.openAttachment(paper.id, of: reference, by: world.budi, at: World.later)
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: Self.due) == 1)
        let left = try world.store.application(reference, visibleTo: world.budi)
        #expect(left.state == .withdrawn && left.attachments.isEmpty)
        #expect(try world.store.referredFiles(among: [sharp.sha256, paper.sha256]).isEmpty)
        #expect(try world.store.firstBrokenEvent() == nil)
    }

    @Test func papersOfALetterStay() throws {
        let world = try World()
        let (reference, _) = try world.issued()
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: Self.due) == 1)
        #expect(try !world.store.application(reference, visibleTo: world.budi).attachments.isEmpty)
    }

    /// Where others had written the address, and where the account had used a former one.
    @Test func noInvitationOrOfferKeepsTheAddress() async throws {
        let world = try World()
        try world.store.activate(world.joko.account, by: world.dewi, at: World.now)
        let joko = Viewer(try world.store.account(world.joko.account))
        let profile = try InstitutionProfile(name: "Yayasan", kind: "other", address: "Jl. A", head: "Ani")
        let first = try world.store.createInstitution(profile, by: joko, at: World.now)
        let second = try world.store.createInstitution(profile, by: joko, at: World.now)
        try world.store.invite("SITI@contoh.id", to: first, by: joko, at: World.now)
        let link = [UInt8](repeating: 3, count: 32)
        let message = try #require(
            try world.store.waitingMessages(at: World.now, limit: 100).last { $0.kind == .invitation })
        #expect(try world.store.addInvitationToken(link, for: try #require(message.payload.invitation)))
        _ = try world.store.acceptInvitation(token: link, by: world.siti, at: World.now)
        try world.store.noteSent(message, at: World.now)
        try world.store.requestEmailChange(of: world.siti.account, to: "baru@contoh.id", at: World.now)
        try world.store.addEmailToken(
            [UInt8](repeating: 4, count: 32), for: world.siti.account, email: "baru@contoh.id", at: World.now)
        try world.store.confirmEmail(token: [UInt8](repeating: 4, count: 32), for: world.siti.account, at: World.now)
        try world.store.invite("baru@contoh.id", to: second, by: joko, at: World.now)
        try world.store.offerTransfer(
            of: world.filledDraft(by: joko), to: "baru@contoh.id", by: joko, at: World.now)
        try world.store.requestEmailChange(of: world.siti.account, to: "lagi@contoh.id", at: World.now)
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: Self.due) == 1)
        let tables = ["institution_invitation", "application_transfer", "email_change"]
        let left = try await world.raw().read { database in
            try tables.flatMap { try String.fetchAll(database, sql: "SELECT email FROM \($0)") }
        }
        #expect(left.allSatisfy { $0.hasSuffix("@dihapus.invalid") }, "\(left)")
        #expect(left.count == 2, "\(left)")
        let waiting = try world.store.waitingMessages(at: Self.due, limit: 100).filter { $0.address.contains("baru@") }
        #expect(waiting.map(\.kind) == [.accountDeleted])
    }

    @Test func aLetterKeepsTheNIKItNames() throws {
        let world = try World()
        let reference = try world.awaitingSignature()
        let letter = try world.sign(reference)
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: Self.due) == 1)
        #expect(try world.store.account(world.siti.account).nik == "1271045203990001")
        let kept = try world.store.application(reference, visibleTo: world.ratna)
        #expect(kept.state == .issued && kept.answers["nik"] == "1271045203990001")
        #expect(try world.store.letter(of: reference, visibleTo: world.ratna)?.numberText == letter.numberText)
        // What happens to it later is written down, and told to nobody.
        #expect(try world.store.queueReminders(at: Moment(letter.validUntil, hour: 9)) == 0)
        try world.revoke(letter, reference, at: Self.due.adding(hours: 1))
        #expect(try world.kinds(reference).last == .revoked)
        let late = Self.due.adding(hours: 24 * 400)
        let told = try world.store.waitingMessages(at: late, limit: 50)
            .filter { $0.recipient.id == world.siti.account }
        #expect(told.map(\.kind) == [.accountDeleted])
    }
}

@Suite struct TransferTests {
    private static let link: [UInt8] = Array(repeating: 9, count: 32)

    /// Joko, active.
    private func receiver(_ world: World) throws -> Viewer {
        try world.store.activate(world.joko.account, by: world.dewi, at: World.now)
        return Viewer(try world.store.account(world.joko.account))
    }

    private func offered(_ world: World, _ reference: Reference, to email: String = "JOKO@contoh.id") throws {
        try world.store.offerTransfer(of: reference, to: email, by: world.siti, at: World.now)
        let message = try #require(
            try world.store.waitingMessages(at: World.now, limit: 100).last { $0.kind == .transferOffered })
        #expect(message.address.lowercased() == "joko@contoh.id")
        #expect(try world.store.addTransferToken(Self.link, for: try #require(message.payload.transfer)))
    }

    @Test func passesToWhoTakesItAndIsWrittenDown() throws {
        let world = try World()
        let joko = try receiver(world)
        let reference = try world.submitted()
        try offered(world, reference)
        #expect(throws: PermitError.notFound) {
            try world.store.transfer(token: Self.link, for: world.siti, at: World.now)
        }
        #expect(try world.store.transfer(token: Self.link, for: joko, at: World.now).reference == reference)
        #expect(throws: PermitError.notFound, "nothing is seen before") {
            try world.store.application(reference, visibleTo: joko)
        }
        let taken = try world.store.acceptTransfer(
            token: Self.link, by: joko, origin: "10.0.0.1", at: World.now.adding(hours: 1))
        #expect(taken == reference)
        #expect(try world.store.application(reference, visibleTo: joko).applicant == joko.account)
        #expect(throws: PermitError.notFound) { try world.store.application(reference, visibleTo: world.siti) }
        let events = try world.store.timeline(reference, visibleTo: joko)
        #expect(events.map(\.kind) == [.created, .submitted, .transferred])
        #expect(events.last?.actorName == "Joko")
        for (address, kind, other) in [
            ("siti@contoh.id", MessageKind.transferGiven, MessageKind.transferAccepted),
            ("joko@contoh.id", .transferAccepted, .transferGiven),
        ] {
            let kinds = try world.store.waitingMessages(at: World.now.adding(hours: 1), limit: 100)
                .filter { $0.address == address }.map(\.kind)
            #expect(kinds.contains(kind) && !kinds.contains(other), "\(address)")
        }
        // A second click finds what it wanted; nobody else gets anything by it.
        let again = try world.store.acceptTransfer(
            token: Self.link, by: joko, origin: "-", at: World.now.adding(hours: 2))
        #expect(again == reference)
        #expect(throws: PermitError.notFound) {
            try world.store.acceptTransfer(token: Self.link, by: world.siti, origin: "-", at: World.now)
        }
    }

    /// Whether the office's question waits to be mailed or was mailed to the one before.
    @Test(arguments: [true, false])
    func aQuestionThatWaitsIsToldToTheNewOne(isSent: Bool) throws {
        let world = try World()
        let joko = try receiver(world)
        let reference = try world.submitted()
        try offered(world, reference)
        try world.write("Kapan mulai?", about: reference, by: world.budi, asking: true)
        let soon = World.now.adding(seconds: 60)
        let late = World.now.adding(hours: 1)
        if isSent {
            let mail = try #require(try world.talkMails(at: late).first)
            try world.store.noteSent(mail, at: soon)
        }
        _ = try world.store.acceptTransfer(token: Self.link, by: joko, origin: "-", at: soon)
        let mails = try world.talkMails(at: late)
        #expect(mails.map(\.kind) == [.questionAsked] && mails.map(\.recipient.id) == [joko.account])
        #expect(try world.store.isAsked(reference.description, recipient: joko.account))
    }

    @Test func whatTheNewOneDoesNotWantIsNotPassedOn() throws {
        let world = try World()
        let joko = try receiver(world)
        try world.store.setNotificationChoices([.email: []], of: joko.account, at: World.now)
        let reference = try world.submitted()
        try offered(world, reference)
        try world.write("Terima kasih.", about: reference, by: world.budi)
        _ = try world.store.acceptTransfer(token: Self.link, by: joko, origin: "-", at: World.now)
        #expect(try world.talkMails(at: World.now.adding(hours: 1)).isEmpty)
    }

    /// The extension that its former applicant began stays theirs.
    @Test func aLetterThatIsBeingExtendedIsNotExtendedTwice() throws {
        let world = try World()
        let joko = try receiver(world)
        let (reference, letter) = try world.issued()
        let open = Moment(letter.validUntil.adding(days: -10), hour: 9)
        func begin(by viewer: Viewer) throws -> Reference {
            try world.store.beginExtension(
                of: reference, typed: ["lama": "2", "alasan": "Data belum lengkap semua"], by: viewer,
                references: world.references(), origin: "-", at: open)
        }
        let draft = try begin(by: world.siti)
        try offered(world, reference)
        _ = try world.store.acceptTransfer(token: Self.link, by: joko, origin: "-", at: World.now)
        #expect(try world.store.openExtension(of: reference, by: joko) == nil)
        #expect(throws: PermitError.conflict("conflict.extendedByOther")) { try begin(by: joko) }
        try world.store.change(draft, by: world.siti, origin: "-") { application, calendar in
            try application.withdraw(by: world.siti, at: open, in: calendar)
        }
        #expect(try begin(by: joko) != draft)
    }

    @Test func oneOfferAtATimeAndItLapses() throws {
        let world = try World()
        let joko = try receiver(world)
        let reference = try world.submitted()
        try offered(world, reference)
        #expect(throws: PermitError.conflict("conflict.transferOffered")) {
            try world.store.offerTransfer(of: reference, to: "rina@contoh.id", by: world.siti, at: World.now)
        }
        let late = World.now.adding(hours: TransferOffer.hours)
        #expect(throws: PermitError.notFound) {
            try world.store.acceptTransfer(token: Self.link, by: joko, origin: "-", at: late)
        }
        #expect(try world.store.openTransfer(of: reference, by: world.siti, at: late) == nil)
        try world.store.offerTransfer(of: reference, to: "rina@contoh.id", by: world.siti, at: late)
        #expect(try world.store.openTransfer(of: reference, by: world.siti, at: late)?.email == "rina@contoh.id")
    }

    @Test func takenBackOrDeclinedOpensNothing() throws {
        let world = try World()
        let joko = try receiver(world)
        let reference = try world.submitted()
        try offered(world, reference)
        #expect(throws: PermitError.notFound) {
            try world.store.withdrawTransfer(of: reference, by: joko, at: World.now)
        }
        try world.store.withdrawTransfer(of: reference, by: world.siti, at: World.now)
        #expect(throws: PermitError.notFound) { try world.store.transfer(token: Self.link, for: joko, at: World.now) }
        try world.store.offerTransfer(of: reference, to: "joko@contoh.id", by: world.siti, at: World.now)
        let id = try #require(try world.store.openTransfer(of: reference, by: world.siti, at: World.now)).id
        let second: [UInt8] = Array(repeating: 8, count: 32)
        #expect(try world.store.addTransferToken(second, for: id))
        try world.store.declineTransfer(token: second, by: joko, origin: "-", at: World.now)
        #expect(throws: PermitError.notFound) {
            try world.store.acceptTransfer(token: second, by: joko, origin: "-", at: World.now)
        }
        #expect(try world.store.application(reference, visibleTo: world.siti).applicant == world.siti.account)
        let told = try world.store.waitingMessages(at: World.now, limit: 100).filter { $0.kind == .transferDeclined }
        #expect(told.map(\.address) == ["siti@contoh.id"])
    }

    @Test(arguments: [
        ("", "emailMissing"), ("joko", "emailForm"), ("siti@contoh.id", "transferToSelf"),
        ("SITI@Contoh.id", "transferToSelf"),
    ])
    func badAddresses(typed: String, key: String) throws {
        let world = try World()
        let reference = try world.filledDraft()
        #expect(throws: PermitError.invalid([FieldProblem("surel", key)])) {
            try world.store.offerTransfer(of: reference, to: typed, by: world.siti, at: World.now)
        }
    }

    @Test func onlyItsOwnerOffersWhatIsNotOver() throws {
        let world = try World()
        let reference = try world.submitted()
        for other in [world.joko, world.budi] {
            #expect(throws: PermitError.notFound) {
                try world.store.offerTransfer(of: reference, to: "rina@contoh.id", by: other, at: World.now)
            }
        }
        try world.store.change(reference, by: world.siti, origin: "-") { application, calendar in
            try application.withdraw(by: world.siti, at: World.now, in: calendar)
        }
        #expect(throws: PermitError.conflict("conflict.closed")) {
            try world.store.offerTransfer(of: reference, to: "rina@contoh.id", by: world.siti, at: World.now)
        }
    }
}
