import Foundation
import Permits
import Store
import Synchronization
import Testing

@Suite struct ApplicationStoreTests {
    @Test func oneUnfinishedDraftPerType() throws {
        let world = try World()
        let first = try world.store.beginDraft(
            slug: "penelitian", by: world.siti, references: world.references(), origin: "-", at: World.now)
        let second = try world.store.beginDraft(
            slug: "penelitian", by: world.siti, references: world.references(), origin: "-", at: World.now)
        #expect(first == second)
        #expect(try world.store.application(first, visibleTo: world.siti).answers["nama"] == "Siti")
    }

    @Test func aTakenReferenceIsPassedOver() throws {
        let world = try World()
        let references = world.references()
        let first = try world.store.beginDraft(
            slug: "penelitian", by: world.siti, references: references, origin: "-", at: World.now)
        let other = try world.store.beginDraft(
            slug: "penelitian", by: world.joko, references: references, origin: "-", at: World.now)
        #expect(first != other)
    }

    @Test func draftsAndFilesOfOthersAreNotFound() throws {
        let world = try World()
        let draft = try world.filledDraft()
        for stranger in [world.joko, world.budi, world.ratna, world.dewi] {
            #expect(throws: PermitError.notFound) { try world.store.application(draft, visibleTo: stranger) }
        }
        let submitted = try world.submitted()
        #expect(try world.store.application(submitted, visibleTo: world.budi).state == .submitted)
        for stranger in [world.joko, world.dewi] {
            #expect(throws: PermitError.notFound) { try world.store.application(submitted, visibleTo: stranger) }
        }
        let paper = try #require(try world.store.application(submitted, visibleTo: world.siti).attachments.first)
        #expect(throws: PermitError.notFound) {
            try world.store.openAttachment(paper.id, of: submitted, by: world.joko, at: World.now)
        }
    }

    @Test func submittingWritesEventMessageAndDueDay() throws {
        let world = try World()
        let before = try world.store.outboxDepth()
        let reference = try world.submitted()
        #expect(try world.store.timeline(reference, visibleTo: world.siti).map(\.kind) == [.created, .submitted])
        #expect(try world.store.outboxDepth() == before + 1)
        let row = try #require(try world.store.queue(.toVerify, for: world.budi, limit: 10, offset: 0).first)
        #expect(row.dueOn?.iso == "2026-11-20")
        #expect(row.reference == reference)
    }

    @Test func submittingTwiceIsAConflictAndAddsNothing() throws {
        let world = try World()
        let reference = try world.submitted()
        #expect(throws: PermitError.conflict("conflict.alreadySubmitted")) {
            try world.store.change(reference, by: world.siti, origin: "-") { application, _ in
                try application.submit(by: world.siti, stating: true, at: World.now)
            }
        }
        #expect(try world.store.timeline(reference, visibleTo: world.siti).count == 2)
    }

    @Test func twoOfficersCannotBothDecideOnWhatOneSaw() throws {
        let world = try World()
        let reference = try world.submitted()
        let seen = try world.store.application(reference, visibleTo: world.budi).revision
        try world.store.change(reference, by: world.budi, revision: seen, origin: "-") { application, _ in
            try application.judge([Finding(key: "ktp", verdict: .mend, reason: "Buram")], by: world.budi, at: World.now)
        }
        #expect(throws: PermitError.conflict("conflict.changedMeanwhile")) {
            try world.store.change(reference, by: world.budi, revision: seen, origin: "-") { application, calendar in
                try application.decide(.refuse(reason: "x"), by: world.budi, at: World.now, in: calendar)
            }
        }
    }

    @Test func correctionRoundTrip() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.store.change(reference, by: world.budi, origin: "-") { application, _ in
            try application.judge(
                [
                    Finding(key: "ktp", verdict: .mend, reason: "Buram"),
                    Finding(key: "judul", verdict: .mend, reason: "Kurang"),
                ],
                by: world.budi, at: World.now)
        }
        try world.store.change(reference, by: world.budi, origin: "-") { application, calendar in
            try application.decide(.returnForCorrection, by: world.budi, at: World.now, in: calendar)
        }
        let file = try world.vault.keep(Array("%PDF-new".utf8))
        #expect(throws: PermitError.conflict("conflict.closed")) {
            try world.store.attach(
                file, scanned: World.scan, named: "p.pdf", for: "proposal", to: reference, by: world.siti, at: World.now
            )
        }
        try world.store.attach(
            file, scanned: World.scan, named: "k.pdf", for: "ktp", to: reference, by: world.siti, at: World.now)
        try world.store.change(reference, by: world.siti, origin: "-") { application, _ in
            let (answers, _) = application.filled(with: ["judul": "Judul yang lengkap sekali"], today: World.now.day)
            return try application.resubmit(with: answers, by: world.siti, at: World.now)
        }
        let application = try world.store.application(reference, visibleTo: world.budi)
        #expect(application.state == .submitted)
        #expect(application.findings == [])
        #expect(application.attachment(for: "ktp")?.filename == "k.pdf")
        #expect(try world.store.queueCounts(for: world.budi)[.toVerify] == 1)
    }
}

@Suite struct SigningTests {
    @Test func fiftyThreadsTakeFiftyNumbersWithoutGapOrDouble() throws {
        let world = try World()
        let references = try (0..<50).map { _ in try world.awaitingSignature() }
        let store = world.store
        let ratna = world.ratna
        let numbers = Mutex<[Int]>([])
        let faults = Mutex<[String]>([])
        let group = DispatchGroup()
        for reference in references {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                while true {
                    do {
                        let revision = try store.application(reference, visibleTo: ratna).revision
                        let letter = try store.sign(
                            reference, by: ratna, revision: revision, read: World.now.day, origin: "-",
                            at: World.now, making: World.made)
                        return numbers.withLock { $0.append(letter.number) }
                    } catch is StoreBusy {
                        // As somebody does who is told that too many letters wait.
                        Thread.sleep(forTimeInterval: 0.01)
                    } catch {
                        return faults.withLock { $0.append("\(error)") }
                    }
                }
            }
        }
        group.wait()
        #expect(faults.withLock { $0 } == [])
        #expect(numbers.withLock { $0.sorted() } == Array(1...50))
        #expect(try store.numberFaults(series: "brida", year: 2026) == [])
        #expect(try store.firstBrokenEvent() == nil)
    }

    @Test func aSignatureThatFailsUsesNoNumber() throws {
        let world = try World()
        let reference = try world.awaitingSignature()
        let application = try world.store.application(reference, visibleTo: world.ratna)
        #expect(throws: PermitError.conflict("conflict.changedMeanwhile")) {
            try world.store.sign(
                reference, by: world.ratna, revision: application.revision - 1, read: World.now.day, origin: "-",
                at: World.now, making: World.made)
        }
        // The signature itself fails; and too short a token breaks the insert of the letter, after the number was taken.
        struct KeyLost: Error {}
        #expect(throws: KeyLost.self) {
            try world.store.sign(
                reference, by: world.ratna, revision: application.revision, read: World.now.day, origin: "-",
                at: World.now, making: { _ in throw KeyLost() })
        }
        #expect(throws: (any Error).self) {
            try world.store.sign(
                reference, by: world.ratna, revision: application.revision, read: World.now.day, origin: "-",
                at: World.now,
                making: { SignedLetter(document: $0.document, token: "x", file: World.made($0).file) })
        }
        #expect(try world.store.application(reference, visibleTo: world.ratna).state == .awaitingSignature)
        #expect(try world.sign(reference).numberText == "000.9/0001/BRIDA/2026")
    }

    @Test func numbersBeginAgainEachYear() throws {
        let world = try World()
        let first = try world.awaitingSignature()
        let second = try world.awaitingSignature()
        #expect(try world.sign(first).number == 1)
        let revision = try world.store.application(second, visibleTo: world.ratna).revision
        let newYear = Moment(seconds: 1_798_736_400)
        let letter = try world.store.sign(
            second, by: world.ratna, revision: revision, read: newYear.day, origin: "-", at: newYear,
            making: World.made)
        #expect(letter.numberText == "000.9/0001/BRIDA/2027")
    }

    @Test func signingTwiceIsAConflict() throws {
        let world = try World()
        let reference = try world.awaitingSignature()
        _ = try world.sign(reference)
        #expect(throws: PermitError.conflict("conflict.notAwaitingSignature")) { try world.sign(reference) }
    }

    @Test func letterIsFoundByItsToken() throws {
        let world = try World()
        let letter = try world.sign(world.awaitingSignature())
        #expect(try world.store.letter(token: letter.token).id == letter.id)
        #expect(letter.pdfSHA256?.count == 64)
        #expect(throws: PermitError.notFound) { try world.store.letter(token: "kira-kira-saja-token-ini") }
    }
}

@Suite struct AccountStoreTests {
    @Test func anAddressIsTakenOnce() throws {
        let world = try World()
        let again = try Registration(
            name: "Lain", email: "SITI@contoh.id", phone: "081234567890", identity: .nik("1271045203990001"),
            password: "kuda-biru-lompat")
        #expect(throws: PermitError.invalid([FieldProblem("surel", "emailTaken")])) {
            try world.store.register(again, passwordHash: "x", at: World.now)
        }
    }

    @Test func activationLinkWorksOnceAndExpires() throws {
        let world = try World()
        let token: [UInt8] = Array(repeating: 7, count: 32)
        try world.store.addActivationToken(token, for: world.joko.account, at: World.now)
        #expect(throws: PermitError.notFound) {
            try world.store.activate(token: token, at: World.now.adding(hours: 24 * 7))
        }
        #expect(try world.store.canActivate(token: token, at: World.now))
        #expect(try world.store.activate(token: token, at: World.now).state == .active)
        // A second click: it is active, and no second event says so.
        #expect(try world.store.activate(token: token, at: World.now).state == .active)
        #expect(try !world.store.canActivate(token: token, at: World.now))
    }

    @Test func citizensActivateNobody() throws {
        let world = try World()
        #expect(throws: PermitError.forbidden) {
            try world.store.activate(world.joko.account, by: world.siti, at: World.now)
        }
    }

    @Test func sessionsExpireAndClose() throws {
        let world = try World()
        let token: [UInt8] = Array(repeating: 1, count: 32)
        try world.store.openSession(
            for: world.siti.account, token: token, csrfKey: Array(repeating: 2, count: 32), at: World.now)
        #expect(try world.store.session(token: token, at: World.now)?.account.id == world.siti.account)
        #expect(try world.store.session(token: Array(repeating: 9, count: 32), at: World.now) == nil)
        // Use keeps it alive, but not beyond its longest life.
        var at = World.now
        for _ in 0..<7 {
            at = at.adding(seconds: 6600)
            if at.seconds - World.now.seconds < Store.sessionMaximumSeconds {
                #expect(try world.store.session(token: token, at: at) != nil)
                try world.store.noteUsedSessions()
            } else {
                #expect(try world.store.session(token: token, at: at) == nil)
            }
        }
        try world.store.closeSession(token: token, at: World.now)
        #expect(try world.store.session(token: token, at: World.now) == nil)
    }

    @Test func messagesAreRetriedLater() throws {
        let world = try World()
        let message = try #require(try world.store.waitingMessages(at: World.now, limit: 1).first)
        try world.store.noteFailed(message, fault: "no route", at: World.now)
        #expect(try !world.store.waitingMessages(at: World.now, limit: 50).contains { $0.id == message.id })
        let later = World.now.adding(seconds: 60)
        #expect(try world.store.waitingMessages(at: later, limit: 50).contains { $0.id == message.id })
        try world.store.noteSent(message, at: later)
        #expect(try !world.store.waitingMessages(at: later, limit: 50).contains { $0.id == message.id })
    }
}

@Suite struct VaultTests {
    @Test func sameContentIsKeptOnceAndChecked() throws {
        let world = try World()
        let bytes = Array("isi berkas".utf8)
        let path = "\(world.directory)/asal"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        let first = try world.vault.keep(bytes)
        #expect(try world.vault.keep(contentsOf: path) == first)
        #expect(try world.vault.bytes(of: first.sha256) == bytes)
        try Data("lain".utf8).write(to: URL(fileURLWithPath: world.vault.path(of: first.sha256)))
        #expect(throws: VaultFault.self) { try world.vault.bytes(of: first.sha256) }
    }

    @Test func halfWrittenFilesAreClearedAtStart() throws {
        let world = try World()
        let leftover = "\(world.directory)/vault/new/sisa"
        try Data("x".utf8).write(to: URL(fileURLWithPath: leftover))
        _ = try FileVault(directory: "\(world.directory)/vault")
        #expect(!FileManager.default.fileExists(atPath: leftover))
    }
}
