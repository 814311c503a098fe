import Foundation
import Permits
import Store
import Testing

private func token(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

private func registration(_ email: String, name: String = "Orang Lain") throws -> Registration {
    try Registration(
        name: name, email: email, phone: "081398765432", identity: .nik("1271041203990003"),
        password: "kuda-biru-lompat")
}

extension World {
    /// Kinds of the messages that wait, by address.
    fileprivate func waiting(_ address: String, at now: Moment = World.now) throws -> [MessageKind] {
        try store.waitingMessages(at: now, limit: 500).filter { $0.address == address }.map(\.kind)
    }

    fileprivate func open(_ byte: UInt8, for viewer: Viewer, agent: String = "", at now: Moment = World.now) throws {
        try store.openSession(
            for: viewer.account, token: token(byte), csrfKey: token(0), agent: agent, origin: "10.1.2.3", at: now)
    }
}

@Suite struct SignUpTests {
    @Test func aTakenAddressTellsItsOwnerOnceAnHour() throws {
        let world = try World()
        for _ in 0..<3 {
            let outcome = try world.store.signUp(registration("siti@contoh.id"), passwordHash: "y", at: World.now)
            #expect(outcome == .taken)
        }
        #expect(try world.waiting("siti@contoh.id").filter { $0 == .signUpAgain }.count == 1)
        let later = World.now.adding(hours: 2)
        #expect(try world.store.signUp(registration("SITI@contoh.id"), passwordHash: "y", at: later) == .taken)
        #expect(try world.waiting("siti@contoh.id", at: later).filter { $0 == .signUpAgain }.count == 2)
        // Nothing of the account changed.
        #expect(try world.store.account(world.siti.account).name == "Siti")
    }

    @Test func anUnconfirmedSignUpHoldsItsAddressForAWeek() throws {
        let world = try World()
        let draft = try world.store.beginDraft(
            slug: "penelitian", by: world.joko, references: world.references(), origin: "-", at: World.now)
        try world.open(1, for: world.joko)
        try world.store.addActivationToken(token(5), for: world.joko.account, at: World.now.adding(hours: 1))
        let week = World.now.adding(hours: 7 * 24)
        // The link still stands for an hour.
        #expect(try world.store.signUp(registration("joko@contoh.id"), passwordHash: "y", at: week) == .taken)
        let after = week.adding(hours: 1)
        #expect(
            try world.store.signUp(registration("joko@contoh.id"), passwordHash: "y", at: after)
                == .renewed(world.joko.account))
        let renewed = try #require(try world.store.credentials(email: "joko@contoh.id"))
        #expect(renewed.account.name == "Orang Lain" && renewed.passwordHash == "y")
        #expect(renewed.account.state == .pending)
        // What somebody else had begun is not left to the newcomer.
        let application = try world.store.application(draft, visibleTo: world.joko)
        #expect(application.answers.isEmpty && application.state == .withdrawn)
        #expect(try world.store.session(token: token(1), at: World.now) == nil)
        #expect(throws: PermitError.notFound) { try world.store.activate(token: token(5), at: World.now) }
        #expect(try world.store.firstBrokenEvent() == nil)
    }

    @Test func whoWasTurnedDownMaySignUpAgain() throws {
        let world = try World()
        #expect(throws: PermitError.forbidden) {
            try world.store.reject(world.joko.account, because: "x", by: world.siti, at: World.now)
        }
        #expect(throws: PermitError.invalid([FieldProblem("alasan", "rejectionReason")])) {
            try world.store.reject(world.joko.account, because: " \n", by: world.budi, at: World.now)
        }
        try world.store.reject(world.joko.account, because: "Nama tidak sama", by: world.budi, at: World.now)
        #expect(throws: PermitError.conflict("conflict.accountDecided")) {
            try world.store.reject(world.joko.account, because: "Lagi", by: world.budi, at: World.now)
        }
        #expect(throws: PermitError.conflict("conflict.accountDecided")) {
            try world.store.reject(world.siti.account, because: "Aktif", by: world.budi, at: World.now)
        }
        let message = try #require(
            try world.store.waitingMessages(at: World.now, limit: 50).first { $0.kind == .accountRejected })
        #expect(message.payload.reason == "Nama tidak sama" && message.address == "joko@contoh.id")
        #expect(
            try world.store.signUp(registration("joko@contoh.id"), passwordHash: "y", at: World.now)
                == .renewed(world.joko.account))
    }
}

@Suite struct PasswordStoreTests {
    @Test func requestsBecomeMailsOnlyForAccountsThatMayLogIn() throws {
        let world = try World()
        for email in ["SITI@contoh.id", "siti@contoh.id", "tidak@ada.id", "budi@medan.go.id"] {
            try world.store.requestPasswordReset(email: email, at: World.now)
        }
        try world.store.resolvePasswordRequests(at: World.now)
        let mails = try world.store.waitingMessages(at: World.now, limit: 50).filter { $0.kind == .passwordReset }
        #expect(Set(mails.map(\.address)) == ["siti@contoh.id", "budi@medan.go.id"] && mails.count == 2)
        // At once again: not two mails; and a rejected account gets none.
        try world.store.reject(world.joko.account, because: "x", by: world.budi, at: World.now)
        for email in ["siti@contoh.id", "joko@contoh.id"] {
            try world.store.requestPasswordReset(email: email, at: World.now)
        }
        try world.store.resolvePasswordRequests(at: World.now.adding(seconds: 60))
        #expect(
            try world.store.waitingMessages(at: World.now, limit: 50).filter { $0.kind == .passwordReset }.count == 2)
    }

    @Test func aLinkSetsAPasswordOnceAndEndsEverySession() throws {
        let world = try World()
        try world.open(1, for: world.siti)
        try world.store.addPasswordToken(token(7), for: world.siti.account, at: World.now)
        try world.store.addPasswordToken(token(8), for: world.siti.account, at: World.now)
        let late = World.now.adding(seconds: Store.passwordLinkSeconds)
        #expect(throws: PermitError.notFound) {
            try world.store.resetPassword(token: token(7), passwordHash: "new", at: late)
        }
        #expect(try world.store.account(passwordToken: token(7), at: World.now).id == world.siti.account)
        try world.store.resetPassword(token: token(7), passwordHash: "new", at: World.now)
        #expect(try world.store.credentials(of: world.siti.account)?.passwordHash == "new")
        #expect(try world.store.session(token: token(1), at: World.now) == nil)
        // Neither this link nor another one that was sent before.
        for used in [token(7), token(8)] {
            #expect(throws: PermitError.notFound) {
                try world.store.resetPassword(token: used, passwordHash: "again", at: World.now)
            }
        }
        #expect(try world.waiting("siti@contoh.id").contains(.passwordChanged))
    }

    @Test func aLinkToThePasswordProvesThePendingAddress() throws {
        let world = try World()
        try world.store.addPasswordToken(token(7), for: world.joko.account, at: World.now)
        try world.store.resetPassword(token: token(7), passwordHash: "new", at: World.now)
        #expect(try world.store.account(world.joko.account).state == .active)
    }

    @Test func changingKeepsThisSessionOnly() throws {
        let world = try World()
        try world.open(1, for: world.siti)
        try world.open(2, for: world.siti)
        try world.open(3, for: world.joko)
        #expect(throws: PermitError.conflict("conflict.passwordChangedMeanwhile")) {
            try world.store.changePassword(
                of: world.siti.account, from: "another", to: "new", keeping: token(1), at: World.now)
        }
        try world.store.changePassword(of: world.siti.account, from: "x", to: "new", keeping: token(1), at: World.now)
        #expect(try world.store.session(token: token(1), at: World.now) != nil)
        #expect(try world.store.session(token: token(2), at: World.now) == nil)
        #expect(try world.store.session(token: token(3), at: World.now) != nil)
    }
}

@Suite struct ContactStoreTests {
    @Test func anAddressChangesWhenItsMailboxWasOpened() throws {
        let world = try World()
        try world.store.requestEmailChange(of: world.siti.account, to: "lama@contoh.id", at: World.now)
        try world.store.requestEmailChange(of: world.siti.account, to: "baru@contoh.id", at: World.now)
        // The newer request took the other one's place.
        #expect(try world.waiting("lama@contoh.id").isEmpty)
        let message = try #require(
            try world.store.waitingMessages(at: World.now, limit: 50).first { $0.kind == .emailChange })
        #expect(message.address == "baru@contoh.id")
        try world.store.addEmailToken(token(4), for: world.siti.account, email: message.address, at: World.now)
        try world.store.addPasswordToken(token(5), for: world.siti.account, at: World.now)
        try world.store.noteSent(message, at: World.now)
        #expect(try world.store.account(world.siti.account).email == "siti@contoh.id")
        #expect(try world.store.pendingEmail(of: world.siti.account, at: World.now) == "baru@contoh.id")
        let late = World.now.adding(seconds: Store.emailLinkSeconds)
        #expect(throws: PermitError.notFound) {
            try world.store.confirmEmail(token: token(4), for: world.siti.account, at: late)
        }
        #expect(throws: PermitError.notFound) {
            try world.store.confirmEmail(token: token(5), for: world.siti.account, at: World.now)
        }
        // Whoever else has the link cannot use it.
        #expect(throws: PermitError.notFound) {
            try world.store.confirmEmail(token: token(4), for: world.budi.account, at: World.now)
        }
        try world.store.confirmEmail(token: token(4), for: world.siti.account, at: World.now)
        #expect(try world.store.account(world.siti.account).email == "baru@contoh.id")
        for address in ["siti@contoh.id", "baru@contoh.id"] {
            #expect(try world.waiting(address).contains(.emailChanged), "\(address)")
        }
        #expect(throws: PermitError.notFound) {
            try world.store.confirmEmail(token: token(4), for: world.siti.account, at: World.now)
        }
        // What went to the old mailbox opens nothing any more.
        #expect(throws: PermitError.notFound) {
            try world.store.resetPassword(token: token(5), passwordHash: "z", at: World.now)
        }
    }

    /// Neither what is shown nor for how long tells whether an address has an account.
    @Test(arguments: ["JOKO@contoh.id", "bebas@contoh.id"])
    func whatWaitsLooksTheSameWhoeverHasTheAddress(email: String) throws {
        let world = try World()
        try world.store.requestEmailChange(of: world.siti.account, to: email, at: World.now)
        #expect(try world.store.pendingEmail(of: world.siti.account, at: World.now) == email)
        let last = World.now.adding(seconds: Store.emailLinkSeconds - 1)
        #expect(try world.store.pendingEmail(of: world.siti.account, at: last) == email)
        let over = World.now.adding(seconds: Store.emailLinkSeconds)
        #expect(try world.store.pendingEmail(of: world.siti.account, at: over) == nil)
        try world.store.changePassword(
            of: world.siti.account, from: "x", to: "y", keeping: token(1), at: World.now)
        #expect(try world.store.pendingEmail(of: world.siti.account, at: World.now) == nil)
    }

    @Test func aTakenAddressIsToldOnceAnHourAndCannotBeTaken() throws {
        let world = try World()
        for _ in 0..<2 {
            try world.store.requestEmailChange(of: world.siti.account, to: "JOKO@contoh.id", at: World.now)
        }
        #expect(try world.waiting("JOKO@contoh.id").isEmpty, "no link")
        #expect(try world.waiting("joko@contoh.id").filter { $0 == .emailWanted }.count == 1)
        // Taken between the request and the click.
        try world.store.addEmailToken(token(4), for: world.siti.account, email: "rina@contoh.id", at: World.now)
        _ = try world.store.register(registration("rina@contoh.id"), passwordHash: "y", at: World.now)
        #expect(throws: PermitError.notFound) {
            try world.store.confirmEmail(token: token(4), for: world.siti.account, at: World.now)
        }
        #expect(try world.store.account(world.siti.account).email == "siti@contoh.id")
    }

    @Test func onlyCitizensHaveAPhone() throws {
        let world = try World()
        try world.store.changePhone(of: world.siti.account, to: "628111222333", at: World.now)
        #expect(try world.store.account(world.siti.account).phone == "628111222333")
        #expect(try world.waiting("siti@contoh.id").contains(.phoneChanged))
        #expect(throws: PermitError.forbidden) {
            try world.store.changePhone(of: world.budi.account, to: "628111222333", at: World.now)
        }
    }

    /// What was ended stays so, although its last use is written down afterwards, and is forgotten in the end.
    @Test func anEndedSessionIsRememberedButOpensNothing() throws {
        let world = try World()
        let account = world.siti.account
        for number in 1...3 as ClosedRange<UInt8> { try world.open(number, for: world.siti) }
        let used = Moment(seconds: World.now.seconds + 120)
        for number in 1...3 as ClosedRange<UInt8> {
            #expect(try world.store.session(token: token(number), at: used) != nil)
        }
        try world.store.closeSession(token: token(1), at: used)
        try world.store.closeOtherSessions(of: account, keeping: token(3), at: used)
        try world.store.noteUsedSessions()
        for number in [1, 2] as [UInt8] {
            #expect(try world.store.session(token: token(number), at: used) == nil)
            #expect(try world.store.lapsedSession(token: token(number)) == account)
        }
        #expect(try world.store.session(token: token(3), at: used) != nil)
        #expect(try world.store.sessions(of: account, asking: token(3), at: used).count == 1)
        try world.open(4, for: world.siti, at: World.now.adding(hours: 8 * 24))
        #expect(try world.store.lapsedSession(token: token(1)) == nil)
    }

    @Test func sessionsAreListedAndTheOthersClosed() throws {
        let world = try World()
        try world.open(1, for: world.siti, agent: "Firefox\u{202E}/131.0")
        try world.open(2, for: world.siti, at: World.now.adding(seconds: 30))
        try world.open(3, for: world.siti, at: World.now.adding(hours: -3))
        try world.open(4, for: world.joko)
        let list = try world.store.sessions(
            of: world.siti.account, asking: token(1), at: World.now.adding(seconds: 60))
        // The third has ended by itself.
        #expect(list.map(\.isCurrent) == [true, false])
        #expect(list.map(\.agent) == ["Firefox/131.0", ""])
        #expect(list.map(\.origin) == ["10.1.2.3", "10.1.2.3"])
        #expect(Set(list.map(\.key)).count == 2 && list.allSatisfy { $0.key.count == 16 })
        let other = try #require(list.last)
        // Nobody ends another account's.
        try world.store.closeSession(other.key, of: world.joko.account, at: World.now)
        #expect(try world.store.session(token: token(2), at: World.now) != nil)
        try world.store.closeSession(other.key, of: world.siti.account, at: World.now)
        #expect(try world.store.session(token: token(2), at: World.now) == nil)
        #expect(try world.store.session(token: token(1), at: World.now) != nil)
        try world.open(5, for: world.siti)
        try world.store.closeOtherSessions(of: world.siti.account, keeping: token(1), at: World.now)
        #expect(try world.store.session(token: token(1), at: World.now) != nil)
        #expect(try world.store.session(token: token(5), at: World.now) == nil)
        #expect(try world.store.session(token: token(4), at: World.now) != nil)
    }

    @Test func whatIsNotWantedIsNotQueuedAndTheRestAlwaysIs() throws {
        let world = try World()
        #expect(
            try world.store.notificationChoices(of: world.siti.account)
                == [.email: [.receipt: true, .progress: true, .messages: true, .expiry: true]])
        try world.store.setNotificationChoices([.email: [.progress]], of: world.siti.account, at: World.now)
        let reference = try world.awaitingSignature()
        let kinds = try world.waiting("siti@contoh.id")
        #expect(!kinds.contains(.submitted) && kinds.contains(.recommended))
        try world.store.setNotificationChoices([.email: []], of: world.siti.account, at: World.now)
        _ = try world.sign(reference)
        #expect(try world.waiting("siti@contoh.id").contains(.issued))
        #expect(try world.store.notificationChoices(of: world.joko.account)[.email]?[.receipt] == true)
    }

    /// That a letter ends is news; what its holder owes is none.
    @Test func remindersOfLettersMayBeDoneWithoutButNotOfReports() throws {
        let world = try World()
        let (_, letter) = try world.issued()
        try world.store.setNotificationChoices([.email: []], of: world.siti.account, at: World.now)
        let soon = Moment(letter.validUntil.adding(days: -14), hour: 9)
        #expect(try world.store.queueReminders(at: soon) == 0)
        let due = Moment(try #require(letter.life.dutyDue), hour: 9)
        #expect(try world.store.queueReminders(at: due) == 1)
        let kinds = try world.waiting("siti@contoh.id", at: due)
        #expect(kinds.contains(.reportToday) && !kinds.contains(.letterExpiring))
    }
}

@Suite struct TrackingStoreTests {
    @Test func knowsStateAndStepsOnly() throws {
        let world = try World()
        let reference = try world.submitted()
        let found = try #require(try world.store.tracking(reference, digits: "7890"))
        #expect(found.state == .submitted && found.expected?.iso == "2026-11-20")
        #expect(found.steps.map(\.kind) == [.submitted])
        #expect(try world.store.tracking(reference, digits: "7891") == nil)
        let unknown = try #require(Reference("R7KQ-2M9X"))
        #expect(try world.store.tracking(unknown, digits: "7890") == nil)
    }

    @Test func draftsAreNobodysBusiness() throws {
        let world = try World()
        #expect(try world.store.tracking(world.filledDraft(), digits: "7890") == nil)
    }
}

@Suite struct DocumentViewTests {
    @Test func readingsOfReportsCountToo() throws {
        let world = try World()
        let (reference, _) = try world.issued()
        try ReportStoreTests.give(world, reference)
        for viewer in [world.siti, world.budi, world.budi] {
            _ = try world.store.openReport(of: reference, by: viewer, at: World.later)
        }
        let views = try world.store.documentViews(of: world.siti, on: World.now.day, applications: 10).views
        #expect(views.map(\.viewerName) == ["Budi"] && views.map(\.count) == [2])
        #expect(views.map(\.source) == [.report] && views.map(\.filename) == ["laporan.pdf"])
        #expect(views.first?.paper == "Laporan hasil penelitian")
        #expect(throws: PermitError.notFound) {
            try world.store.openReport(of: reference, by: world.joko, at: World.later)
        }
    }

    @Test func readingsAreCountedByPersonAndPaper() throws {
        let world = try World()
        let reference = try world.submitted()
        let papers = try world.store.application(reference, visibleTo: world.siti).attachments
        let first = try #require(papers.first)
        let second = try #require(papers.last)
        for (paper, viewer, hours) in [
            (first.id, world.budi, 1), (first.id, world.budi, 2), (first.id, world.ratna, 3),
            (second.id, world.budi, 4),
            (second.id, world.siti, 5),
        ] {
            _ = try world.store.openAttachment(
                paper, of: reference, by: viewer, at: World.now.adding(hours: Int64(hours)))
        }
        let views = try world.store.documentViews(of: world.siti, on: World.now.day, applications: 10).views
        #expect(views.map(\.viewerName) == ["Budi", "Ratna", "Budi"], "the latest first, the owner not at all")
        #expect(views.map(\.count) == [1, 1, 2])
        let twice = try #require(views.last)
        #expect(twice.first == World.now.adding(hours: 1) && twice.last == World.now.adding(hours: 2))
        #expect(twice.officeName?.isEmpty == false && twice.viewerRole == .verifier)
        #expect(twice.paper != first.requirement, "the paper has the letter type's name for it")
        #expect(
            try world.store.documentViews(of: world.siti, reference: reference, on: World.now.day, applications: 10)
                .views == views)
        #expect(try world.store.documentViews(of: world.joko, on: World.now.day, applications: 10).views.isEmpty)
        for other in [world.joko, world.budi] {
            #expect(throws: PermitError.notFound) {
                try world.store.documentViews(of: other, reference: reference, on: World.now.day, applications: 10)
                    .views
            }
        }
    }
}
