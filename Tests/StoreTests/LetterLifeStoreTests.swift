import Foundation
import GRDB
import Permits
import Store
import Synchronization
import Testing

extension World {
    static let reason = "Nama lembaga keliru"
    static let later = now.adding(hours: 1)

    func revoke(_ letter: Letter, _ reference: Reference, at now: Moment = later) throws {
        try store.changeLetter(letter.id, of: reference, by: ratna, origin: "127.0.0.1") {
            try $0.revoke($1, on: .untrueData, reason: Self.reason, by: self.ratna, at: now, in: $2)
        }
    }

    func void(_ letter: Letter, _ reference: Reference) throws {
        try store.changeLetter(letter.id, of: reference, by: ratna, origin: "127.0.0.1") { application, letter, _ in
            try application.void(letter, reason: Self.reason, by: self.ratna, at: Self.later)
        }
    }

    func reopen(_ letter: Letter, _ reference: Reference) throws {
        try store.changeLetter(letter.id, of: reference, by: budi, origin: "127.0.0.1") { application, letter, _ in
            try application.reopen(letter, reason: Self.reason, by: self.budi, at: Self.later)
        }
    }

    func recommend(_ reference: Reference, at now: Moment = later) throws {
        try store.change(reference, by: budi, origin: "127.0.0.1") { application, calendar in
            try application.decide(.recommend, by: self.budi, at: now, in: calendar)
        }
    }

    func sign(_ reference: Reference, at now: Moment) throws -> Letter {
        let revision = try store.application(reference, visibleTo: ratna).revision
        return try store.sign(
            reference, by: ratna, revision: revision, read: now.day, origin: "127.0.0.1", at: now,
            texts: StartData.officeLetters(directory: "\(root)/migrations/start"), making: Self.made)
    }

    func issued() throws -> (Reference, Letter) {
        let reference = try awaitingSignature()
        return (reference, try sign(reference))
    }

    func kinds(_ reference: Reference) throws -> [EventKind] {
        try store.timeline(reference, visibleTo: siti).map(\.kind)
    }

    func messages(_ kind: MessageKind, at now: Moment = later) throws -> [OutboxMessage] {
        try store.waitingMessages(at: now, limit: 500).filter { $0.kind == kind }
    }

    /// Another program at the same file.
    func raw() throws -> DatabaseQueue { try DatabaseQueue(path: "\(directory)/suratizin.sqlite") }
}

@Suite struct LetterLifeStoreTests {
    @Test func revokingIsOnceAndTold() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        try world.revoke(letter, reference)
        let after = try world.store.letter(token: letter.token)
        #expect(after.state(on: World.now.day) == .revoked)
        #expect(after.life.end?.ground == .untrueData && after.life.end?.reason == World.reason)
        #expect(throws: PermitError.conflict("conflict.letterEnded")) { try world.revoke(letter, reference) }
        #expect(try world.kinds(reference).suffix(2) == [.signed, .revoked])
        #expect(try world.messages(.letterRevoked).count == 1)
        #expect(try world.store.application(reference, visibleTo: world.siti).state == .issued)
        #expect(try world.store.firstBrokenEvent() == nil)
    }

    @Test func aVoidLetterKeepsItsNumber() throws {
        let world = try World()
        let (reference, first) = try world.issued()
        try world.void(first, reference)
        #expect(try world.store.letter(of: reference, visibleTo: world.siti) == nil)
        #expect(try world.store.application(reference, visibleTo: world.budi).state == .submitted)
        try world.recommend(reference)
        let second = try world.sign(reference)
        #expect(first.number == 1 && second.number == 2)
        #expect(try world.store.letters(of: reference, visibleTo: world.budi).map(\.number) == [1, 2])
        #expect(try world.store.letter(of: reference, visibleTo: world.siti)?.number == 2)
        #expect(try world.store.letter(token: first.token).state(on: World.now.day) == .void)
        let report = try #require(try world.store.numberReports().first)
        #expect(report.isSound && report.count == 2 && report.void == 1 && report.last == 2)
        #expect(try world.messages(.letterVoided).count == 1)
        #expect(throws: PermitError.conflict("conflict.letterEnded")) { try world.void(first, reference) }
    }

    @Test func whatTheHolderFetchedIsNotVoided() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        // An officer's reading hands nothing over.
        _ = try world.store.openLetter(of: reference, by: world.ratna, at: World.now)
        #expect(try world.store.letter(token: letter.token).life.handedOverAt == nil)
        _ = try world.store.openLetter(of: reference, by: world.siti, at: World.now)
        _ = try world.store.openLetter(of: reference, by: world.siti, at: World.later)
        #expect(try world.store.letter(token: letter.token).life.handedOverAt == World.now)
        #expect(throws: PermitError.conflict("conflict.handedOver")) { try world.void(letter, reference) }
        #expect(throws: PermitError.notFound) {
            try world.store.openLetter(of: reference, by: world.joko, at: World.now)
        }
    }

    @Test func aReplacementEndsTheOldOneWithItsSignature() throws {
        let world = try World()
        let (reference, old) = try world.issued()
        try world.reopen(old, reference)
        #expect(try world.store.letter(token: old.token).state(on: World.now.day) == .valid)
        #expect(try world.store.letter(of: reference, visibleTo: world.siti)?.id == old.id)
        let month = World.now.adding(hours: 24 * 30)
        try world.recommend(reference, at: month)
        let new = try world.sign(reference, at: month)
        #expect(new.life.predecessor?.numberText == old.numberText && new.life.predecessor?.kind == .replace)
        let after = try world.store.letter(token: old.token)
        #expect(after.state(on: month.day) == .replaced && after.life.successor?.token == new.token)
        #expect(after.life.end?.reason == World.reason)
        #expect("\(new.document)".contains("menggantikan surat Nomor \(old.numberText)"))
        // The same last day as the one in whose place it stands.
        #expect(new.validUntil == old.validUntil && new.issuedAt == month)
        #expect(try world.store.letter(of: reference, visibleTo: world.siti)?.id == new.id)
        #expect(try world.store.application(reference, visibleTo: world.siti).follows == nil)
        #expect(try world.store.numberFaults(series: "brida", year: 2026) == [])
        #expect(throws: PermitError.conflict("conflict.letterEnded")) { try world.revoke(old, reference) }
        #expect(throws: PermitError.conflict("conflict.voidReplacement")) { try world.void(new, reference) }
    }

    @Test func aRefusedReplacementLeavesTheLetter() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        try world.reopen(letter, reference)
        try world.store.change(reference, by: world.budi, origin: "-") { application, calendar in
            try application.decide(.refuse(reason: "Sudah benar"), by: world.budi, at: World.later, in: calendar)
        }
        #expect(try world.store.application(reference, visibleTo: world.siti).state == .issued)
        #expect(try world.store.letter(token: letter.token).state(on: World.now.day) == .valid)
        #expect(try world.messages(.replacementRefused).count == 1)
        #expect(try world.messages(.refused).isEmpty)
    }

    @Test func anExtensionIsBegunOnceAndPointsBothWays() throws {
        let world = try World()
        let (reference, old) = try world.issued()
        let typed = ["lama": "2", "alasan": "Data belum lengkap semua"]
        func begin(at now: Moment, by viewer: Viewer? = nil) throws -> Reference {
            try world.store.beginExtension(
                of: reference, typed: typed, by: viewer ?? world.siti, references: world.references(), origin: "-",
                at: now)
        }
        #expect(throws: PermitError.conflict("conflict.notExtendable")) { try begin(at: World.now) }
        let open = Moment(old.validUntil.adding(days: -10), hour: 9)
        #expect(throws: PermitError.notFound) { try begin(at: open, by: world.joko) }
        let draft = try begin(at: open)
        #expect(try begin(at: open) == draft)
        let application = try world.store.application(draft, visibleTo: world.siti)
        #expect(application.state == .draft && application.answers["lama"] == "2")
        #expect(application.attachments.map(\.requirement) == ["surat_pengantar", "proposal", "ktm", "ktp"])
        // An ordinary draft of the same kind is another one.
        let fresh = try world.store.beginDraft(
            slug: "penelitian", by: world.siti, references: world.references(), origin: "-", at: open)
        #expect(fresh != draft)
        try world.store.change(draft, by: world.siti, origin: "-") { application, _ in
            try application.submit(by: world.siti, stating: true, at: open)
        }
        try world.recommend(draft, at: open)
        let new = try world.sign(draft, at: open)
        #expect(new.life.predecessor?.token == old.token)
        #expect(new.document.title.hasPrefix("Surat Perpanjangan") && "\(new.document)".contains(old.numberText))
        #expect(new.validFrom == old.validUntil.adding(days: 1))
        #expect(new.validUntil == old.validUntil.adding(days: 1).adding(months: 2).adding(days: -1))
        let after = try world.store.letter(token: old.token)
        #expect(after.state(on: open.day) == .valid && after.life.successor?.numberText == new.numberText)
        #expect(after.state(on: old.validUntil.adding(days: 1)) == .expired)
        #expect(try world.kinds(reference).last == .extended)
        #expect(try world.store.firstBrokenEvent() == nil)
        #expect(throws: PermitError.conflict("conflict.notExtendable")) { try begin(at: open) }
        // Void and signed again it still extends the old one.
        try world.store.changeLetter(new.id, of: draft, by: world.ratna, origin: "-") { application, letter, _ in
            try application.void(letter, reason: World.reason, by: world.ratna, at: open)
        }
        #expect(try world.store.letter(token: old.token).life.successor == nil)
        try world.recommend(draft, at: open)
        let again = try world.sign(draft, at: open)
        #expect(try world.store.letter(token: old.token).life.successor?.id == again.id)
    }

    @Test func aRefusedExtensionMayBeAskedForAgain() throws {
        let world = try World()
        let (reference, old) = try world.issued()
        let open = Moment(old.validUntil, hour: 9)
        let typed = ["lama": "2", "alasan": "Data belum lengkap semua"]
        func begin() throws -> Reference {
            try world.store.beginExtension(
                of: reference, typed: typed, by: world.siti, references: world.references(), origin: "-", at: open)
        }
        let first = try begin()
        try world.store.change(first, by: world.siti, origin: "-") { application, calendar in
            try application.withdraw(by: world.siti, at: open, in: calendar)
        }
        #expect(try begin() != first)
    }

    /// While an extension is asked for, the letter itself may be replaced or revoked.
    @Test(arguments: [true, false])
    func anExtensionKnowsWhatBecameOfItsLetter(isReplaced: Bool) throws {
        let world = try World()
        let (reference, old) = try world.issued()
        let open = Moment(old.validUntil.adding(days: -10), hour: 9)
        let typed = ["lama": "2", "alasan": "Data belum lengkap semua"]
        let draft = try world.store.beginExtension(
            of: reference, typed: typed, by: world.siti, references: world.references(), origin: "-", at: open)
        try world.store.change(draft, by: world.siti, origin: "-") { application, _ in
            try application.submit(by: world.siti, stating: true, at: open)
        }
        try world.recommend(draft, at: open)
        if isReplaced {
            try world.reopen(old, reference)
            try world.recommend(reference, at: open)
            let current = try world.sign(reference, at: open)
            #expect(try world.store.openExtension(of: reference, by: world.siti) == draft)
            let new = try world.sign(draft, at: open)
            #expect(new.life.predecessor?.id == current.id)
        } else {
            try world.revoke(old, reference, at: open)
            #expect(throws: PermitError.conflict("conflict.extendsRevoked")) { try world.sign(draft, at: open) }
            #expect(try world.store.numberReports().first?.last == 1)
        }
    }

    @Test func twoSignaturesOfOneReplacementGiveOneLetter() throws {
        let world = try World()
        let (reference, old) = try world.issued()
        try world.reopen(old, reference)
        try world.recommend(reference)
        let store = world.store
        let ratna = world.ratna
        let revision = try store.application(reference, visibleTo: ratna).revision
        let outcomes = Mutex<[String]>([])
        let group = DispatchGroup()
        for _ in 0..<4 {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                let outcome: String
                do {
                    let letter = try store.sign(
                        reference, by: ratna, revision: revision, read: World.later.day, origin: "-",
                        at: World.later, making: World.made)
                    outcome = "\(letter.number)"
                } catch { outcome = "\(error)" }
                outcomes.withLock { $0.append(outcome) }
            }
        }
        group.wait()
        #expect(outcomes.withLock { $0.filter { $0 == "2" }.count } == 1)
        #expect(outcomes.withLock { $0.filter { $0.contains("conflict") }.count } == 3)
        #expect(try store.letters(of: reference, visibleTo: ratna).count == 2)
        #expect(try store.numberFaults(series: "brida", year: 2026) == [])
    }

    /// Every way a letter can go, and the register has each number once.
    @Test func theRegisterKeepsEveryNumber() throws {
        let world = try World()
        let (first, one) = try world.issued()
        try world.void(one, first)
        try world.recommend(first)
        let two = try world.sign(first)
        try world.reopen(two, first)
        try world.recommend(first)
        _ = try world.sign(first)
        let (second, four) = try world.issued()
        try world.revoke(four, second)
        let part = try #require(try world.store.registerParts(for: world.budi).first)
        #expect(part == RegisterPart(series: "brida", year: 2026, last: 4))
        let entries = try world.store.register(part, for: world.budi, on: World.now.day, limit: 50, offset: 0)
        #expect(entries.map(\.number) == [1, 2, 3, 4])
        #expect(entries.map(\.state) == [.void, .replaced, .valid, .revoked])
        #expect(entries[0].endReason == World.reason && entries[0].holder == "Siti")
        #expect(entries[2].life.predecessor?.numberText == entries[1].numberText)
        #expect(try world.store.register(part, for: world.budi, on: World.now.day, limit: 2, offset: 3).count == 1)
        #expect(try world.store.registerParts(for: world.siti).isEmpty)
        #expect(try world.store.registerParts(for: world.dewi).isEmpty)
    }

    @Test func lettersAreNeitherDeletedNorChanged() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        try world.revoke(letter, reference)
        for sql in [
            "DELETE FROM letter_end", "UPDATE letter_end SET reason = 'lain sekali'", "UPDATE letter SET number = 9",
            "UPDATE letter SET document = '{}'", "DELETE FROM event", "UPDATE event SET note = 'x'",
        ] {
            #expect(throws: DatabaseError.self, "\(sql)") { try world.raw().write { try $0.execute(sql: sql) } }
        }
        // Foreign keys would stop this too; the trigger says why.
        let fault = #expect(throws: DatabaseError.self) {
            try world.raw().write { try $0.execute(sql: "DELETE FROM letter") }
        }
        #expect(fault?.message?.contains("never deleted") == true)
    }

    @Test func numberReportsFindWhatSomebodyBroke() throws {
        let world = try World()
        for _ in 0..<3 { _ = try world.issued() }
        #expect(try world.store.numberReports().map(\.isSound) == [true])
        try world.raw().write { database in
            try database.execute(sql: "DROP TRIGGER letter_keeps_its_number")
            try database.execute(sql: "UPDATE letter SET number = 5 WHERE number = 2")
        }
        let report = try #require(try world.store.numberReports().first)
        #expect(report.missing == [2] && report.surplus == [5] && !report.isSound)
        try world.raw().write { try $0.execute(sql: "UPDATE number_series SET last = 5") }
        let other = try #require(try world.store.numberReports().first)
        #expect(other.missing == [2, 4] && other.surplus.isEmpty)
    }

    /// A database from before, with an issued letter in it, keeps letter, history and chain.
    @Test func olderDatabasesAreTakenAlong() throws {
        let folder = NSTemporaryDirectory() + "suratizin-older-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: "\(folder)/m", withIntermediateDirectories: true)
        // The second one, so that accounts are written as they are today.
        for name in ["0001_first.sql", "0019_identity.sql"] {
            try FileManager.default.copyItem(atPath: "\(root)/migrations/\(name)", toPath: "\(folder)/m/\(name)")
        }
        let store = try Store(path: "\(folder)/db.sqlite")
        try store.migrate(directory: "\(folder)/m", at: World.now)
        try store.load(StartData(directory: "\(root)/migrations/start"), at: World.now)
        let staff = NewStaff(
            name: "Budi", email: "b@contoh.id", role: .verifier, unit: try store.unit(code: "brida-medan"), title: nil,
            passwordHash: "x")
        let account = try store.createStaff(staff, at: World.now)
        let summary = """
            {"typeName":"Surat","maskedName":"S***","rows":[],"officeName":"BRIDA","signatoryName":"R","signatoryPosition":"K"}
            """
        try DatabaseQueue(path: "\(folder)/db.sqlite").write { database in
            try database.execute(
                sql: """
                    INSERT INTO application (id, reference, letter_type_id, office_id, applicant_id, state, step, answers,
                        subject, clock, created_at, changed_at, submitted_at)
                    VALUES (1, 'R7KQ2M9X', 1, 1, :a, 'issued', 2, '{}', 'x', '{"promised":3,"used":0}', 1, 1, 1);
                    INSERT INTO letter (id, application_id, series, year, number, number_text, token, document, summary,
                        signatory_id, issued_at, valid_until)
                    VALUES (1, 1, 'brida', 2026, 1, '1/2026', 'token-yang-cukup-panjang',
                        '{"language":"id","title":"t","issuer":"i","blocks":[],"footer":[]}', :s, :a, 1, '2027-01-01');
                    INSERT INTO number_series VALUES ('brida', 2026, 1);
                    INSERT INTO outbox (kind, account_id, payload, created_at, not_before) VALUES ('issued', :a, '{}', 1, 1);
                    """, arguments: ["a": account.id.value, "s": summary])
        }
        try store.migrate(directory: "\(root)/migrations", at: World.now)
        let letter = try store.letter(token: "token-yang-cukup-panjang")
        #expect(letter.life == LetterLife() && letter.number == 1)
        #expect(try store.numberReports().map(\.isSound) == [true])
        #expect(try store.waitingMessages(at: World.now, limit: 9).map(\.kind) == [.issued])
        #expect(try store.firstBrokenEvent() == nil)
    }
}
