import Foundation
import Permits
import Store
import Testing

/// Whoever gave a paper may open it, and knows who did.
@Suite struct GiverTests {
    /// Joko's paper in Siti's application.
    private func shared(_ world: World) throws -> (Reference, Viewer, Int64) {
        let joko = try world.colleague()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try world.filledDraft()
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        try world.attach("ktp-joko", for: "ktp", to: reference, by: joko)
        try world.submit(reference, by: world.siti)
        let paper = try #require(try world.store.application(reference, visibleTo: joko).attachment(for: "ktp"))
        return (reference, joko, paper.id)
    }

    private func readers(_ viewer: Viewer, _ world: World) throws -> [String] {
        try world.store.documentViews(of: viewer, on: World.now.day, applications: 10).views.map(\.viewerName)
    }

    @Test func aColleagueKnowsWhoOpenedTheirPaper() throws {
        let world = try World()
        let (reference, joko, paper) = try shared(world)
        for viewer in [world.budi, world.siti, joko] {
            _ = try world.store.openAttachment(paper, of: reference, by: viewer, at: World.now)
        }
        #expect(try readers(joko, world).sorted() == ["Budi", "Siti"], "not themselves")
        #expect(try readers(world.siti, world) == ["Budi"], "not herself")
        // Of others' papers in it only the applicant is told.
        let other = try #require(try world.store.application(reference, visibleTo: joko).attachment(for: "ktm"))
        _ = try world.store.openAttachment(other.id, of: reference, by: world.ratna, at: World.now)
        #expect(try readers(joko, world).sorted() == ["Budi", "Siti"])
        #expect(try readers(world.siti, world).sorted() == ["Budi", "Ratna"])
        let one = try world.store.documentViews(
            of: joko, reference: reference, on: World.now.day, applications: 1
        ).views
        #expect(one.map(\.viewerName).sorted() == ["Budi", "Siti"])
        let data = try JSONSerialization.jsonObject(
            with: Data(try world.store.personalData(of: joko, at: World.now).json()))
        let elsewhere = try #require((data as? [String: Any])?["elsewhere"] as? [[String: Any]])
        let views = try #require(elsewhere.first?["views"] as? [[String: Any]])
        #expect(Set(views.compactMap { $0["viewer"] as? String }) == ["Budi", "Siti"])
    }

    @Test func whoGaveAnApplicationAwayKnowsWhoOpensTheirPapers() throws {
        let world = try World()
        let joko = try world.colleague()
        let reference = try world.submitted()
        try world.write("Ini jadwalnya.", about: reference, by: world.siti, files: [try world.given("jadwal")])
        let paper = try #require(try world.store.application(reference, visibleTo: world.siti).attachment(for: "ktp"))
        let file = try #require(try world.messages(reference, as: world.siti).first?.files.first)
        try world.transfer(reference, from: world.siti, to: joko)
        for viewer in [world.budi, joko] {
            _ = try world.store.openAttachment(paper.id, of: reference, by: viewer, at: World.now)
            _ = try world.store.openMessageFile(file.id, of: reference, by: viewer, at: World.now)
        }
        #expect(try readers(world.siti, world).sorted() == ["Budi", "Budi", "Joko", "Joko"])
        #expect(try readers(joko, world).sorted() == ["Budi", "Budi"])
        #expect(throws: PermitError.notFound) {
            try world.store.documentViews(
                of: world.siti, reference: reference, on: World.now.day, applications: 1)
        }
    }

    /// They are offered for the next draft, wherever they lie.
    @Test(arguments: [true, false])
    func ownPapersAreOpenWhereverTheyLie(isHandedOver: Bool) throws {
        let world = try World()
        let (reference, joko, paper) = try shared(world)
        let rina = try world.stranger()
        if isHandedOver {
            try world.transfer(reference, from: world.siti, to: rina)
        } else {
            let id = try #require(try world.store.institution(of: reference, visibleTo: joko)).id
            try world.store.endMembership(of: joko.account, in: id, by: world.siti, at: World.now)
        }
        #expect(throws: PermitError.notFound) { try world.store.application(reference, visibleTo: joko) }
        #expect(
            try world.store.openAttachment(paper, of: reference, by: joko, at: World.now).filename == "ktp-joko.pdf")
        #expect(try readers(joko, world).isEmpty)
        let other = try #require(try world.store.application(reference, visibleTo: world.budi).attachment(for: "ktm"))
        #expect(throws: PermitError.notFound) {
            try world.store.openAttachment(other.id, of: reference, by: joko, at: World.now)
        }
        if !isHandedOver {
            #expect(throws: PermitError.notFound) {
                try world.store.openAttachment(paper, of: reference, by: rina, at: World.now)
            }
        }
    }
}
