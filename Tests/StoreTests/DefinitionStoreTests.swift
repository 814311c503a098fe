import Permits
import Store
import Testing

/// Offices and letter types that come after the start.
@Suite struct DefinitionStoreTests {
    private func next(_ world: World, _ change: (inout LetterType) -> Void = { _ in }) throws -> LetterType {
        var type = try world.store.letterType(slug: "survei")
        type.version += 1
        type.name = "Surat Survei Baru"
        change(&type)
        return type
    }

    private func fault(_ work: () throws -> Void) -> String? {
        do { try work() } catch { return "\(error)" }
        return nil
    }

    @Test func aNewVersionIsForNewFilesFromItsDayOn() throws {
        let world = try World()
        let old = try world.store.beginDraft(
            slug: "survei", by: world.siti, references: world.references(), origin: "-", at: World.now)
        let type = try next(world)
        let later = World.now.adding(hours: 48)
        try world.store.publish([type], from: later)
        let before = try world.store.publishedLetterType(slug: "survei", at: World.now).type
        #expect(before.version == type.version - 1)
        #expect(try world.store.publishedLetterType(slug: "survei", at: later).type == type)
        let fresh = try world.store.beginDraft(
            slug: "survei", by: world.joko, references: world.references(), origin: "-", at: later)
        #expect(try world.store.application(fresh, visibleTo: world.joko).type.version == type.version)
        #expect(try world.store.application(old, visibleTo: world.siti).type.version == before.version)
        #expect(try world.store.letterType(slug: "survei", version: before.version) == before)
        #expect(throws: PermitError.notFound) { try world.store.letterType(slug: "survei", version: 99) }
        let versions = try world.store.letterTypeVersions().filter { $0.slug == "survei" }
        #expect(versions.map(\.version) == [before.version, type.version])
        #expect(versions.last?.name == "Surat Survei Baru" && versions.last?.office == "brida-medan")
        #expect(versions.last?.from == later)
    }

    @Test func whatDoesNotFollowIsRefusedAndChangesNothing() throws {
        let world = try World()
        let before = try world.store.letterTypeVersions()
        let wrong: [(String, (inout LetterType) -> Void)] = [
            ("version", { $0.version -= 1 }), ("there is no office", { $0.unit = "tidak-ada" }),
            ("belongs to another office", { $0.unit = "kecamatan-medan-petisah" }),
            ("subjectField", { $0.subjectField = "tidak_ada" }), ("may read like", { $0.number.series = "lain" }),
        ]
        for (words, change) in wrong {
            let type = try next(world, change)
            #expect(fault { try world.store.publish([type], from: World.now) }?.contains(words) == true, "\(words)")
        }
        // All of them or none.
        let (good, bad) = (
            try next(world),
            try next(world) {
                $0.slug = "baru"; $0.unit = "tidak-ada"
            }
        )
        #expect(fault { try world.store.publish([good, bad], from: World.now) } != nil)
        #expect(try world.store.letterTypeVersions() == before)
        try world.store.publish([good], from: World.now.adding(hours: 48))
        let early = try next(world)
        #expect(fault { try world.store.publish([early], from: World.now) }?.contains("begins later") == true)
    }

    @Test func anOfficeAndItsLetterNeedNoProgram() throws {
        let world = try World()
        var office = try #require(try world.store.offices(on: World.now.day).first)
        office.code = "bagian-umum"
        office.numberCode = "UM"
        office.name = "Bagian Umum Sekretariat Daerah"
        try world.store.publish(office)
        let type = try next(world) { type in
            type.slug = "kunjungan"
            type.version = 1
            type.unit = "bagian-umum"
            type.number.series = "umum"
        }
        try world.store.publish([type], from: World.now)
        #expect(try world.store.publishedLetterType(slug: "kunjungan", at: World.now).type.unit == "bagian-umum")
        #expect(try world.store.offices(on: World.now.day).map(\.code).contains("bagian-umum"))
        // The same once more is no fault; another text from the same day on is.
        try world.store.publish(office)
        office.name = "Bagian Umum"
        #expect(fault { try world.store.publish(office) }?.contains("another text") == true)
        office.validFrom = World.now.day.adding(days: 30)
        try world.store.publish(office)
        let unit = try #require(try world.store.unit(code: "bagian-umum"))
        #expect(try world.store.office(unit, on: World.now.day).name.hasSuffix("Sekretariat Daerah"))
        #expect(try world.store.office(unit, on: World.now.day.adding(days: 31)).name == "Bagian Umum")
    }
}
