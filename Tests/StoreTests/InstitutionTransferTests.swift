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

    /// Nor does it go out by another door: what others gave stays behind when a draft leaves the institution.
    @Test(arguments: ["filed anew", "for another institution", "left", "removed"])
    func aDraftLeavesWithoutThePapersOfOthers(way: String) throws {
        let world = try World()
        let joko = try world.colleague()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try filed(world, by: joko, for: id)
        try world.attach("ktp-siti", for: "ktp", to: reference, by: world.siti)
        let before = try world.store.application(reference, visibleTo: joko).attachments.map(\.requirement)
        switch way {
        case "filed anew": try world.store.file(reference, for: nil, by: joko, at: World.now)
        case "for another institution":
            let profile = try InstitutionProfile(name: "CV Lain", kind: "company", address: "Jl. D", head: "Edi")
            let other = try world.store.createInstitution(profile, by: joko, at: World.now)
            try world.store.file(reference, for: other, by: joko, at: World.now)
        case "left": try world.store.endMembership(of: joko.account, in: id, by: joko, at: World.now)
        default: try world.store.endMembership(of: joko.account, in: id, by: world.siti, at: World.now)
        }
        let after = try world.store.application(reference, visibleTo: joko).attachments
        #expect(before.contains("ktp") && after.map(\.requirement) == before.filter { $0 != "ktp" })
        #expect(try world.told(world.siti, about: reference) == ["papersKeptBack"])
        #expect(try !world.told(joko, about: reference).contains("papersKeptBack"))
    }

    @Test func filedForTheSameNothingIsTakenOut() throws {
        let world = try World()
        let joko = try world.colleague()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try filed(world, by: joko, for: id)
        try world.attach("ktp-siti", for: "ktp", to: reference, by: world.siti)
        try world.store.file(reference, for: id, by: joko, at: World.now)
        #expect(
            try world.store.application(reference, visibleTo: joko).attachments.contains { $0.requirement == "ktp" })
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
