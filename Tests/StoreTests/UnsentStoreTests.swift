import Foundation
import Permits
import Store
import Testing

extension World {
    /// Types into a message, as a page of this name that was made from this version.
    @discardableResult
    func type(
        _ text: String, about reference: Reference, by viewer: Viewer? = nil, page: String = "a", version: Int = 0,
        _ sequence: Int = 1, at now: Moment = World.now
    ) throws -> DraftWriting {
        try store.keepMessageTyping(
            text, about: reference, by: viewer ?? siti, from: DraftPage(version: version, name: page),
            sequence: sequence, at: now)
    }

    /// Keeps a file and returns its mark.
    @discardableResult
    func wait(
        _ name: String, at place: String = MessageRules.places[0], for purpose: Unsent.Purpose = .message,
        about reference: Reference, by viewer: Viewer? = nil, at now: Moment = World.now
    ) throws -> String {
        try store.keepUnsent(
            given(name), at: place, for: purpose, about: reference, by: viewer ?? siti, at: now
        ).mark
    }

    func unsent(_ reference: Reference, _ purpose: Unsent.Purpose = .message, by viewer: Viewer? = nil) throws -> Unsent
    {
        try store.unsent(purpose, about: reference, by: viewer ?? siti)
    }

    func send(
        _ text: String, about reference: Reference, by viewer: Viewer? = nil, token: String = "k",
        shown: Set<String> = [], added: Set<String> = [], from page: DraftPage? = nil, at now: Moment = World.now
    ) throws -> UnsentSending {
        try store.sendMessage(
            text, token: token, shown: shown, added: added, from: page, about: reference, by: viewer ?? siti,
            origin: "127.0.0.1", at: now)
    }
}

@Suite struct UnsentStoreTests {
    @Test func aMessageIsWrittenByAndByAndSentAsOne() throws {
        let world = try World()
        let reference = try world.submitted()
        #expect(try world.unsent(reference) == Unsent())
        #expect(try world.type("Awal", about: reference) == .kept([]))
        #expect(try world.type("Awal Desember.\r\nJadwal \0terlampir.", about: reference, 3) == .kept([]))
        #expect(try world.type("Awal De", about: reference, 2) == .overtaken)
        let marks = Set(
            try zip(["jadwal", "denah"], MessageRules.places).map { try world.wait($0, at: $1, about: reference) })
        let waiting = try world.unsent(reference)
        #expect(waiting.text == "Awal Desember.\nJadwal terlampir." && waiting.version == 2)
        #expect(waiting.files.map(\.filename) == ["jadwal.pdf", "denah.pdf"] && waiting.files[0].pages == 1)
        #expect(try world.messages(reference, as: world.budi).isEmpty, "nobody reads it yet")

        let page = DraftPage(version: 0, name: "a")
        #expect(try world.send(waiting.text, about: reference, shown: marks, from: page) == .sent)
        let sent = try #require(try world.messages(reference, as: world.budi).first)
        #expect(sent.text == waiting.text && sent.files.map(\.filename) == ["jadwal.pdf", "denah.pdf"])
        #expect(try world.kinds(reference).last == .messaged)
        #expect(try world.unsent(reference).isEmpty)
        #expect(try world.store.firstBrokenEvent() == nil)
        // What the page had sent before comes late, and is no new message.
        #expect(try world.type("Awal Desember.", about: reference, 4) == .elsewhere)
        #expect(try world.unsent(reference).isEmpty)
        let other = try world.submitted()
        #expect(try world.send("Tanpa skrip.", about: other, from: page) == .sent)
        #expect(try world.type("Tanpa skrip.", about: other) == .elsewhere)
    }

    @Test func aSecondClickSendsNothingAndLeavesNothing() throws {
        let world = try World()
        let reference = try world.submitted()
        let page = DraftPage(version: 0, name: "a")
        let first = try world.wait("jadwal", about: reference)
        #expect(try world.send("Ini.", about: reference, shown: [first], added: [first], from: page) == .sent)
        #expect(try world.store.isSent("k", saying: "Ini.", about: reference, by: world.siti))
        // Its file had come once more before the first click was done.
        let second = try world.wait("jadwal", about: reference)
        #expect(try world.send("Ini.", about: reference, shown: [second], added: [second], from: page) == .sent)
        #expect(try world.messages(reference, as: world.siti).count == 1)
        #expect(try world.unsent(reference).isEmpty)
        // Other words by the same form are not thrown away for having its token.
        #expect(try !world.store.isSent("k", saying: "Lain.", about: reference, by: world.siti))
        #expect(try world.send("Lain.", about: reference, from: page) == .elsewhere)
    }

    @Test func twoPagesDoNotWriteOverEachOther() throws {
        let world = try World()
        let reference = try world.submitted()
        #expect(try world.type("Dari ponsel", about: reference, page: "ponsel") == .kept([]))
        #expect(try world.type("Dari laptop", about: reference, page: "laptop") == .elsewhere)
        let laptop = DraftPage(version: 0, name: "laptop")
        #expect(
            try world.store.saveMessage("Dari laptop", about: reference, by: world.siti, from: laptop, at: World.now)
                == .elsewhere)
        #expect(try world.send("Dari laptop", about: reference, from: laptop) == .elsewhere)
        #expect(try world.send("Dari ponsel", about: reference, from: laptop) == .sent, "the same takes nothing away")
    }

    @Test func filesThatNobodySawAreNotSent() throws {
        let world = try World()
        let reference = try world.submitted()
        let old = try world.wait("lama", about: reference)
        let (new, replaced) = try world.store.keepUnsent(
            world.given("baru"), at: MessageRules.places[0], for: .message, about: reference, by: world.siti,
            at: World.now)
        #expect(replaced == old && new != old)
        for shown in [[], [old], [old, new]] as [Set<String>] {
            #expect(try world.send("Terlampir.", about: reference, shown: shown) == .otherFiles)
        }
        #expect(try world.store.dropUnsent(old, for: .message, about: reference, by: world.siti, at: World.now) == nil)
        #expect(try world.send("Terlampir.", about: reference, shown: [new]) == .sent)
        #expect(try world.messages(reference, as: world.siti).first?.files.map(\.filename) == ["baru.pdf"])
    }

    @Test func onlyItsAuthorSeesIt() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.type("Rahasia saya", about: reference)
        try world.wait("pribadi", about: reference)
        let file = try #require(try world.unsent(reference).files.first)
        #expect(try world.store.unsentFile(file.id, of: reference, by: world.siti) == file)
        for stranger in [world.joko, world.budi, world.dewi] {
            #expect(throws: PermitError.notFound) { try world.unsent(reference, by: stranger) }
            #expect(throws: PermitError.notFound) {
                try world.store.unsentFile(file.id, of: reference, by: stranger)
            }
            #expect(throws: PermitError.notFound) { try world.type("x", about: reference, by: stranger) }
            #expect(throws: PermitError.notFound) { try world.wait("x", about: reference, by: stranger) }
        }
        // Of another application of the same person neither.
        let other = try world.submitted()
        #expect(throws: PermitError.notFound) { try world.store.unsentFile(file.id, of: other, by: world.siti) }
        // Nobody is there to write to yet.
        let draft = try world.filledDraft()
        #expect(throws: PermitError.conflict("conflict.talkClosed")) { try world.type("x", about: draft) }
        #expect(throws: PermitError.conflict("conflict.talkClosed")) { try world.wait("x", about: draft) }
    }

    @Test func wordsAreKeptAfterTheConversationClosedButNothingIsSent() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.type("Kapan sel", about: reference)
        try world.store.change(reference, by: world.siti, origin: "-") { application, calendar in
            try application.withdraw(by: world.siti, at: World.now, in: calendar)
        }
        #expect(try world.type("Kapan selesai?", about: reference, 2) == .kept([]))
        let closed = PermitError.conflict("conflict.talkClosed")
        #expect(throws: closed) { try world.wait("x", about: reference) }
        #expect(throws: closed) { try world.send("Kapan selesai?", about: reference) }
        #expect(try world.unsent(reference).text == "Kapan selesai?")
        try world.store.discardUnsent(.message, about: reference, by: world.siti, at: World.now)
        #expect(try world.unsent(reference).isEmpty)
    }

    @Test func oneAccountKeepsSoMuchAndNoMore() throws {
        #expect(UnsentRules.problem(files: 39, bytes: 0, adding: UnsentRules.maximumBytes, at: "x") == nil)
        #expect(UnsentRules.problem(files: 40, bytes: 0, adding: 1, at: "x")?.key == "problem.tooMuchUnsent")
        #expect(UnsentRules.problem(files: 0, bytes: UnsentRules.maximumBytes, adding: 1, at: "x") != nil)
        let world = try World()
        let reference = try world.submitted()
        for number in 1...UnsentRules.maximumFiles { try world.wait("x", at: "p\(number)", about: reference) }
        #expect(throws: PermitError.self) { try world.wait("x", at: "q", about: reference) }
        // Another in the place of one is no more than before.
        try world.wait("y", at: "p1", about: reference)
        #expect(try world.unsent(reference).files.count == UnsentRules.maximumFiles)
    }

    @Test func theSweeperLeavesItUntilItRestedTooLong() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.wait("jadwal", about: reference)
        let other = try world.submitted()
        try world.wait("denah", about: other)
        let hashes = try [reference, other].flatMap { try world.unsent($0).files.map(\.sha256) }
        #expect(try world.store.referredFiles(among: hashes) == Set(hashes))
        let keeping = DraftKeeping()
        func on(_ days: Int) -> Moment { Moment(World.now.day.adding(days: days), hour: 3) }
        try world.type("Masih saya tulis", about: other, at: on(20))
        #expect(try world.store.deleteRestingUnsent(keeping, at: on(29)) == 0)
        #expect(try world.store.deleteRestingUnsent(keeping, at: on(30)) == 1)
        #expect(try world.unsent(reference) == Unsent())
        #expect(try world.unsent(other).text == "Masih saya tulis")
        #expect(try world.store.referredFiles(among: hashes) == [hashes[1]])
        #expect(try world.store.deleteRestingUnsent(keeping, at: on(50)) == 1)
        #expect(try world.store.referredFiles(among: hashes).isEmpty)
    }

    @Test func itGoesWithTheApplicationAndWithTheAccount() throws {
        let world = try World()
        try world.store.activate(world.joko.account, by: world.dewi, at: World.now)
        let given = try world.submitted()
        let kept = try world.submitted()
        for reference in [given, kept] {
            try world.type("Belum selesai", about: reference)
            try world.wait("jadwal \(reference)", about: reference)
        }
        let hashes = try [given, kept].flatMap { try world.unsent($0).files.map(\.sha256) }
        try world.store.offerTransfer(of: given, to: "joko@contoh.id", by: world.siti, at: World.now)
        let offer = try #require(try world.store.openTransfer(of: given, by: world.siti, at: World.now))
        let token = [UInt8](repeating: 7, count: 32)
        #expect(try world.store.addTransferToken(token, for: offer.id))
        _ = try world.store.acceptTransfer(
            token: token, by: Viewer(try world.store.account(world.joko.account)), origin: "-", at: World.now)
        #expect(try world.unsent(given, by: world.joko).isEmpty)
        #expect(try world.store.referredFiles(among: hashes) == [hashes[1]])
        let data = try world.store.personalData(of: world.siti, at: World.now)
        #expect(data.notSent.map(\.reference) == [kept.description] && data.notSent[0].text == "Belum selesai")
        try world.store.requestDeletion(of: world.siti, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: World.now.adding(hours: 7 * 24)) == 1)
        #expect(try world.store.referredFiles(among: hashes).isEmpty)
    }

    @Test func membersHaveTheirOwnUntilTheyLeave() throws {
        let world = try World()
        let (id, joko) = try InstitutionTests().shared(world)
        let reference = try world.filledDraft()
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        try world.store.change(reference, by: world.siti, origin: "-") { application, _ in
            try application.submit(by: world.siti, stating: true, at: World.now)
        }
        try world.type("Dari Siti", about: reference)
        try world.type("Dari Joko", about: reference, by: joko)
        try world.wait("joko", about: reference, by: joko)
        #expect(try world.unsent(reference).text == "Dari Siti" && world.unsent(reference).files.isEmpty)
        #expect(try world.unsent(reference, by: joko).text == "Dari Joko")
        let own = try world.submitted(by: joko)
        try world.type("Milik Joko sendiri", about: own, by: joko)
        try world.store.endMembership(of: joko.account, in: id, by: joko, at: World.now)
        let data = try world.store.personalData(of: joko, at: World.now)
        #expect(data.notSent.map(\.text) == ["Milik Joko sendiri"])
        #expect(try world.unsent(reference).text == "Dari Siti")
    }

    @Test func aReportWaitsAndIsHandedOverOnce() throws {
        let world = try World()
        let (reference, _) = try world.issued()
        func handOver(_ shown: Set<String>) throws -> UnsentSending {
            try world.store.handOverReport(
                shown: shown, of: reference, by: world.siti, origin: "-", at: World.later)
        }
        #expect(throws: PermitError.self) { try handOver([]) }
        let old = try world.wait("lama", at: Report.fieldName, for: .report, about: reference)
        let mark = try world.wait("hasil", at: Report.fieldName, for: .report, about: reference)
        #expect(try world.store.report(of: reference, visibleTo: world.budi) == nil)
        #expect(try handOver([old]) == .otherFiles)
        #expect(try handOver([mark]) == .sent)
        #expect(try world.store.report(of: reference, visibleTo: world.budi)?.filename == "hasil.pdf")
        #expect(try world.unsent(reference, .report).isEmpty)
        #expect(throws: PermitError.conflict("conflict.reportGiven")) { try handOver([mark]) }
        #expect(throws: PermitError.conflict("conflict.reportGiven")) {
            try world.wait("lagi", at: Report.fieldName, for: .report, about: reference)
        }
        #expect(try world.store.firstBrokenEvent() == nil)
    }
}
