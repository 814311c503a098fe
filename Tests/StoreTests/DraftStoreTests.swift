import Dispatch
import Foundation
import GRDB
import Permits
import Store
import Synchronization
import Testing

extension World {
    func giveBack(_ reference: Reference) throws {
        try store.change(reference, by: budi, origin: "-") { application, calendar in
            let findings = [Finding(key: "judul", verdict: .mend, reason: "Tulis lengkap")]
            let judged = try application.judge(findings, by: self.budi, at: Self.now).application
            return try judged.decide(.returnForCorrection, by: self.budi, at: Self.now, in: calendar)
        }
    }
}

@Suite struct DraftStoreTests {
    private static let section = "penelitian"

    private static func draft(_ world: World) throws -> Reference {
        try world.store.beginDraft(
            slug: "penelitian", by: world.siti, references: world.references(), origin: "-", at: World.now)
    }

    private static func type(
        _ text: String, into draft: Reference, _ world: World, page: String = "a", made version: Int = 0,
        _ sequence: Int
    ) throws -> DraftWriting {
        try world.store.keepTyping(
            ["lama": text], in: section, of: draft, by: world.siti, from: DraftPage(version: version, name: page),
            sequence: sequence, at: World.now)
    }

    private static func shown(_ draft: Reference, _ world: World) throws -> String? {
        try world.store.application(draft, visibleTo: world.siti).shownAnswers["lama"]
    }

    private static func version(_ draft: Reference, _ world: World) throws -> Int {
        try world.store.application(draft, visibleTo: world.siti).sectionVersions[section] ?? 0
    }

    @Test func anOlderMessageOfAPageChangesNothing() throws {
        let world = try World()
        let draft = try Self.draft(world)
        #expect(try Self.type("5", into: draft, world, 2) == .kept([]))
        #expect(try Self.type("4", into: draft, world, 1) == .overtaken)
        #expect(try Self.type("5", into: draft, world, 2) == .overtaken, "sent again as its answer was lost")
        #expect(try Self.shown(draft, world) == "5")
        #expect(try Self.type("6", into: draft, world, 3) == .kept([]))
        #expect(try Self.shown(draft, world) == "6")
    }

    @Test func twoDevicesDoNotWriteOverEachOther() throws {
        let world = try World()
        let draft = try Self.draft(world)
        #expect(try Self.type("5", into: draft, world, page: "ponsel", 1) == .kept([]))
        // Opened before the phone wrote.
        #expect(try Self.type("7", into: draft, world, page: "laptop", 1) == .elsewhere)
        #expect(try Self.shown(draft, world) == "5")
        // Opened after it.
        let fresh = try Self.version(draft, world)
        #expect(try Self.type("8", into: draft, world, page: "laptop lagi", made: fresh, 1) == .kept([]))
        #expect(try Self.type("6", into: draft, world, page: "ponsel", 2) == .elsewhere)
        #expect(try Self.shown(draft, world) == "8")
        // Another section is nobody else's business.
        let other = try world.store.keepTyping(
            ["nim": "190501023"], in: "peneliti", of: draft, by: world.siti,
            from: DraftPage(version: 0, name: "ponsel"),
            sequence: 3, at: World.now)
        #expect(other == .kept([]))
    }

    @Test func aSentFormOvertakesWhatItsPageTyped() throws {
        let world = try World()
        let draft = try Self.draft(world)
        let page = DraftPage(version: 0, name: "a")
        #expect(try Self.type("tiga", into: draft, world, 1) != .elsewhere)
        func save(_ text: String, _ page: DraftPage?) throws -> DraftWriting {
            try world.store.saveSection(
                ["lama": text], in: Self.section, of: draft, by: world.siti, from: page, at: World.now)
        }
        #expect(try save("4", page) == .kept([]))
        #expect(try Self.type("tig", into: draft, world, 2) == .elsewhere, "late, of the page that was left")
        #expect(try save("4", page) == .kept([]), "a double click")
        #expect(try save("9", page) == .elsewhere, "an old tab")
        #expect(try Self.shown(draft, world) == "4")
        #expect(try save("9", DraftPage(version: Self.version(draft, world), name: "b")) == .kept([]))
        let wrong = try save("99", nil)
        #expect(
            wrong == .kept([FieldProblem("lama", "outOfRange", ["min": "1", "max": "12", "label": "Lama penelitian"])]))
        let kept = try world.store.application(draft, visibleTo: world.siti)
        #expect(kept.answers["lama"] == "9" && kept.typed == ["lama": "99"])
    }

    @Test func typingIsTheOwnersAndGoesWithTheDraft() throws {
        let world = try World()
        let draft = try world.filledDraft()
        #expect(throws: PermitError.notFound) {
            try world.store.keepTyping(
                ["lama": "5"], in: Self.section, of: draft, by: world.joko, from: DraftPage(version: 0, name: "a"),
                sequence: 1, at: World.now)
        }
        #expect(try Self.type("tiga", into: draft, world, 1) != .elsewhere)
        let data = try world.store.personalData(of: world.siti, at: World.now)
        #expect(data.applications.contains { $0.answers.contains { $0.value == "tiga" } })
        #expect(throws: PermitError.self) {
            try world.store.change(draft, by: world.siti, origin: "-") { application, _ in
                try application.submit(by: world.siti, stating: true, at: World.now)
            }
        }
        #expect(try Self.type("5", into: draft, world, 2) == .kept([]))
        #expect(try Self.type("lima", into: draft, world, 3) != .elsewhere)
        #expect(try Self.type("5", into: draft, world, 4) == .kept([]))
        try world.store.change(draft, by: world.siti, origin: "-") { application, _ in
            try application.submit(by: world.siti, stating: true, at: World.now)
        }
        #expect(try Self.shown(draft, world) == "5")
        #expect(try world.raw().read { try Int.fetchOne($0, sql: "SELECT count(*) FROM draft_section") } == 0)
        #expect(throws: PermitError.conflict("conflict.alreadySubmitted")) { try Self.type("6", into: draft, world, 5) }
    }

    /// What is typed into a returned file is nobody's but the applicant's until it is handed back.
    @Test func correctionsInTheMakingStayWithTheApplicant() throws {
        let world = try World()
        let reference = try world.submitted()
        try world.giveBack(reference)
        let before = try world.store.application(reference, visibleTo: world.budi)
        let writing = try world.store.keepTyping(
            ["judul": "Setengah"], in: Store.corrections, of: reference, by: world.siti,
            from: DraftPage(version: 0, name: "a"), sequence: 1, at: World.now)
        #expect(writing == .kept([]))
        #expect(try world.store.application(reference, visibleTo: world.budi) == before)
        #expect(try world.store.application(reference, visibleTo: world.siti).typed == ["judul": "Setengah"])
    }

    /// Two quick clicks, two devices: one draft.
    @Test func manyBeginningsAtOnceAreOneDraft() throws {
        let world = try World()
        let found = Mutex<Set<Reference>>([])
        let (store, siti) = (world.store, world.siti)
        let candidates = (0..<8).map { _ in world.references() }
        DispatchQueue.concurrentPerform(iterations: candidates.count) { index in
            let reference = try? store.beginDraft(
                slug: "penelitian", by: siti, references: candidates[index], origin: "-", at: World.now)
            if let reference { found.withLock { _ = $0.insert(reference) } }
        }
        #expect(found.withLock { $0.count } == 1)
        #expect(try store.applications(of: siti, limit: 50).count == 1)
    }
}

@Suite struct DraftExpiryTests {
    private static let keeping = DraftKeeping()

    private static func on(_ days: Int, hour: Int = 3) -> Moment {
        Moment(World.now.day.adding(days: days), hour: hour)
    }

    private static func run(_ world: World, _ days: Int, limit: Int = 200) throws -> [Int] {
        let told = try world.store.remindOfDrafts(keeping, at: on(days), limit: limit)
        return [told, try world.store.deleteRestingDrafts(keeping, at: on(days), limit: limit)]
    }

    @Test func itsOwnerIsToldAndAWeekLaterItGoes() throws {
        let world = try World()
        let draft = try world.filledDraft()
        let files = try world.store.application(draft, visibleTo: world.siti).attachments.map(\.sha256)
        try world.store.offerTransfer(of: draft, to: "rina@contoh.id", by: world.siti, at: World.now)
        #expect(try Self.run(world, 22) == [0, 0])
        #expect(try world.store.draftDeletions(of: world.siti).isEmpty)
        #expect(try Self.run(world, 23) == [1, 0])
        #expect(try Self.run(world, 23) == [0, 0], "told once")
        let mail = try #require(try world.messages(.draftExpiring, at: Self.on(23)).first)
        #expect(mail.payload.due == World.now.day.adding(days: 30) && mail.payload.reference == draft.description)
        #expect(try world.store.draftDeletions(of: world.siti) == [draft: World.now.day.adding(days: 30)])
        #expect(try world.store.isResting(draft))
        #expect(try Self.run(world, 29) == [0, 0])
        #expect(try Self.run(world, 30) == [0, 1])
        #expect(try Self.run(world, 31) == [0, 0])

        #expect(try world.store.applications(of: world.siti, limit: 50).isEmpty)
        let left = try world.store.application(draft, visibleTo: world.siti)
        #expect(left.state == .withdrawn && left.answers.isEmpty && left.attachments.isEmpty && left.typed.isEmpty)
        #expect(try world.store.referredFiles(among: files).isEmpty, "the sweeper's now")
        #expect(try world.store.timeline(draft, visibleTo: world.siti).map(\.kind) == [.created, .expired])
        #expect(try world.store.firstBrokenEvent() == nil)
        #expect(try world.store.openTransfer(of: draft, by: world.siti, at: Self.on(1)) == nil)
        // The next one is a new one.
        let next = try world.store.beginDraft(
            slug: "penelitian", by: world.siti, references: world.references(), origin: "-", at: Self.on(31))
        #expect(next != draft)
    }

    @Test func whoeverGoesOnKeepsItAndIsToldAgain() throws {
        let world = try World()
        let draft = try world.filledDraft()
        #expect(try Self.run(world, 23) == [1, 0])
        _ = try world.store.keepTyping(
            ["lama": "5"], in: "penelitian", of: draft, by: world.siti, from: DraftPage(version: 0, name: "a"),
            sequence: 1, at: Self.on(29))
        #expect(try world.store.draftDeletions(of: world.siti).isEmpty)
        #expect(try !world.store.isResting(draft))
        #expect(try Self.run(world, 30) == [0, 0])
        #expect(try Self.run(world, 51) == [0, 0])
        #expect(try Self.run(world, 52) == [1, 0])
        #expect(try Self.run(world, 58) == [0, 0])
        #expect(try Self.run(world, 59) == [0, 1])
    }

    @Test func afterAStandstillNobodyLosesADraftUnwarned() throws {
        let world = try World()
        _ = try world.filledDraft()
        #expect(try Self.run(world, 200) == [1, 0])
        #expect(try world.messages(.draftExpiring, at: Self.on(200)).first?.payload.due == Self.on(207).day)
        #expect(try Self.run(world, 206) == [0, 0])
        #expect(try Self.run(world, 207) == [0, 1])
    }

    @Test func whatWasSentOrReturnedStays() throws {
        let world = try World()
        let sent = try world.submitted()
        let returned = try world.submitted()
        try world.giveBack(returned)
        for day in [23, 30, 400, 410] { #expect(try Self.run(world, day) == [0, 0]) }
        #expect(try world.store.application(sent, visibleTo: world.siti).state == .submitted)
        #expect(try world.store.application(returned, visibleTo: world.siti).state == .needsCorrection)
    }

    /// A run does so much and no more; the next goes on where it ended, as after a crash.
    @Test func aRunIsBounded() throws {
        let world = try World()
        for slug in ["penelitian", "kkn", "magang"] {
            _ = try world.store.beginDraft(
                slug: slug, by: world.siti, references: world.references(), origin: "-", at: World.now)
        }
        #expect(try Self.run(world, 23, limit: 2) == [2, 0])
        #expect(try Self.run(world, 23, limit: 2) == [1, 0])
        #expect(try Self.run(world, 30, limit: 2) == [0, 2])
        #expect(try Self.run(world, 30, limit: 2) == [0, 1])
        #expect(try world.messages(.draftExpiring, at: Self.on(30)).count == 3)
    }
}
