import Foundation
import Permits
import Store
import Testing

/// Who is told what happens to what several people work on.
@Suite struct ColleagueNewsTests {
    private func shared(_ world: World) throws -> (Reference, Viewer) {
        let joko = try world.colleague()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try world.filledDraft()
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        try world.submit(reference, by: world.siti)
        return (reference, joko)
    }

    @Test func aWithdrawalByAColleagueIsToldToTheApplicant() throws {
        let world = try World()
        let (reference, joko) = try shared(world)
        try world.withdraw(reference, by: joko)
        #expect(try world.told(world.siti, about: reference).contains("colleagueWithdrew"))
        #expect(try !world.told(joko, about: reference).contains("colleagueWithdrew"))
    }

    @Test func onesOwnWithdrawalIsToldToWhoTookPart() throws {
        let world = try World()
        let (reference, joko) = try shared(world)
        let rina = try world.stranger()
        let id = try #require(try world.store.institution(of: reference, visibleTo: joko)).id
        try world.join(id, of: world.siti, rina, link: 32)
        try world.write("Bu Rina pembimbingnya.", about: reference, by: joko)
        try world.withdraw(reference, by: world.siti)
        #expect(try world.told(joko, about: reference).contains("colleagueWithdrew"))
        #expect(try world.told(rina, about: reference).isEmpty, "she had no part in it")
        #expect(try !world.told(world.siti, about: reference).contains("colleagueWithdrew"))
    }

    @Test func aQuestionGoesToEverybodyWhoTookPart() throws {
        let world = try World()
        let (reference, joko) = try shared(world)
        try world.write("Kapan kami dapat mulai?", about: reference, by: joko)
        try world.write("Siapa pembimbingnya?", about: reference, by: world.budi, asking: true)
        for viewer in [world.siti, joko] {
            #expect(try world.told(viewer, about: reference).contains("questionAsked"))
            #expect(try world.store.isAsked(reference.description, recipient: viewer.account))
        }
        #expect(try !world.store.isAsked(reference.description, recipient: world.stranger().account))
    }

    @Test func whatAColleagueMendedIsToldToTheApplicant() throws {
        let world = try World()
        let (reference, joko) = try shared(world)
        try world.giveBack(reference)
        try world.store.change(reference, by: joko, origin: "-") { application, _ in
            var answers = application.answers
            answers["judul"] = "Pengaruh sarapan pagi terhadap nilai ujian murid"
            return try application.resubmit(with: answers, by: joko, at: World.later)
        }
        #expect(try world.told(world.siti, about: reference).contains("colleagueResubmitted"))
        #expect(try !world.told(joko, about: reference).contains("colleagueResubmitted"))
        try world.recommend(reference)
        #expect(try world.told(joko, about: reference).contains("recommended"), "who acted last is told, too")
    }
}
