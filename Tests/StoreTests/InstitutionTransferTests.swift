import Foundation
import Permits
import Store
import Testing

/// Handing what is filed for an institution to somebody outside of it.
@Suite struct InstitutionTransferTests {
    private func filed(_ world: World, by viewer: Viewer, for id: InstitutionID) throws -> Reference {
        let reference = try world.filledDraft(by: viewer)
        try world.store.file(reference, for: id, by: viewer, at: World.now)
        return reference
    }

    @Test func amongMembersItStaysTheInstitutions() throws {
        let world = try World()
        let joko = try world.colleague()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try filed(world, by: joko, for: id)
        try world.transfer(reference, from: joko, to: world.siti)
        #expect(try world.store.application(reference, visibleTo: joko).applicant == world.siti.account)
        #expect(try world.store.institution(of: reference, visibleTo: world.siti)?.id == id)
    }

    @Test func onlyAnOwnerGivesItToAStranger() throws {
        let world = try World()
        let joko = try world.colleague()
        let rina = try world.stranger()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try filed(world, by: joko, for: id)
        #expect(
            throws: PermitError.invalid([FieldProblem("surel", "transferNeedsOwner", ["institution": "CV Contoh"])])
        ) {
            try world.store.offerTransfer(of: reference, to: "rina@contoh.id", by: joko, at: World.now)
        }
        try world.store.makeOwner(joko.account, in: id, by: world.siti)
        try world.transfer(reference, from: joko, to: rina)
        #expect(try world.store.application(reference, visibleTo: rina).applicant == rina.account)
        #expect(throws: PermitError.notFound) { try world.store.application(reference, visibleTo: world.siti) }
    }

    /// The one who offered it may offer nothing of the institution's any more.
    @Test func anOfferLapsesWithTheOwnersPlace() throws {
        let world = try World()
        let joko = try world.colleague()
        let rina = try world.stranger()
        let id = try world.institution(of: world.siti, with: joko)
        try world.store.makeOwner(joko.account, in: id, by: world.siti)
        let reference = try filed(world, by: joko, for: id)
        try world.submit(reference, by: joko)
        try world.store.offerTransfer(of: reference, to: "rina@contoh.id", by: joko, at: World.now)
        let offer = try #require(try world.store.openTransfer(of: reference, by: joko, at: World.now))
        let token = [UInt8](repeating: 9, count: 32)
        #expect(try world.store.addTransferToken(token, for: offer.id))
        try world.store.endMembership(of: joko.account, in: id, by: world.siti, at: World.now)
        #expect(throws: PermitError.notFound) {
            try world.store.acceptTransfer(token: token, by: rina, origin: "-", at: World.now)
        }
    }

    @Test func membersAreToldBeforeAndAfter() throws {
        let world = try World()
        let joko = try world.colleague()
        let rina = try world.stranger()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try filed(world, by: world.siti, for: id)
        try world.attach("ktp-joko", for: "ktp", to: reference, by: joko)
        try world.submit(reference, by: world.siti)
        try world.write("Kapan?", about: reference, by: world.budi)
        try world.transfer(reference, from: world.siti, to: rina)
        let told = try world.told(joko, about: reference)
        #expect(told.contains("institutionFileOffered") && told.contains("institutionFileGiven"))
        #expect(!told.contains("messageReceived"), "no news of what cannot be opened")
        #expect(try !world.told(rina, about: reference).contains("institutionFileGiven"))
    }
}
