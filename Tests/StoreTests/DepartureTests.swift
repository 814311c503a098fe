import Foundation
import Permits
import Store
import Testing

private let due = World.weekLater

/// What becomes of what several people worked on when one of their accounts goes.
@Suite struct DepartureTests {
    /// Siti's application with the office, filed for an institution; Joko gave a paper and wrote.
    private func shared(_ world: World) throws -> (Reference, Viewer) {
        let joko = try world.colleague()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try world.filledDraft()
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        try world.attach("ktp-joko", for: "ktp", to: reference, by: joko)
        try world.submit(reference, by: world.siti)
        try world.write("Kami mulai Senin.", about: reference, by: world.siti)
        try world.write("Di mana?", about: reference, by: world.budi, asking: true)
        try world.write("Di SMP 7.", about: reference, by: joko)
        return (reference, joko)
    }

    @Test func aColleagueGoesOnWithWhatIsFiledForTheInstitution() throws {
        let world = try World()
        let (reference, joko) = try shared(world)
        try world.delete(world.siti)
        let left = try world.store.application(reference, visibleTo: joko)
        #expect(left.state == .submitted && left.applicant == joko.account)
        #expect(left.answers["nik"] == "1271045203990001", "the office decides on it")
        #expect(left.attachments.count == 4)
        let texts = try world.messages(reference, as: joko, at: due).map(\.text)
        #expect(texts == ["Kami mulai Senin.", "Di mana?", "Di SMP 7."])
        #expect(try world.told(joko, about: reference).contains("passedOnToYou"))
        let moved = try #require(try world.store.timeline(reference, visibleTo: joko).last)
        #expect(moved.kind == .transferred && moved.actorName == "Joko")
        #expect(try world.store.firstBrokenEvent() == nil)
        // It ends without a letter: what the one who is gone gave and wrote goes then, and nobody else's.
        try world.withdraw(reference, by: joko, at: due)
        let ended = try world.store.application(reference, visibleTo: joko)
        #expect(ended.attachments.map(\.filename) == ["ktp-joko.pdf"])
        #expect(ended.answers["nik"] == "1271**********01")
        let said = try world.messages(reference, as: joko, at: due)
        #expect(said.map(\.text) == ["", "Di mana?", "Di SMP 7."] && said.map(\.isErased) == [true, false, false])
        let data = try world.store.personalData(of: joko, at: due)
        let file = try #require(data.applications.first { $0.reference == reference.description })
        #expect(file.papers.map(\.filename) == ["ktp-joko.pdf"])
    }

    /// The others are told who it is now.
    @Test func anOwnerComesFirstAndTheOthersAreTold() throws {
        let world = try World()
        let joko = try world.colleague()
        let rina = try world.stranger()
        let id = try world.institution(of: world.siti, with: joko)
        try world.join(id, of: world.siti, rina, link: 32)
        try world.store.makeOwner(rina.account, in: id, by: world.siti)
        let reference = try world.filledDraft()
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        try world.submit(reference, by: world.siti)
        try world.delete(world.siti)
        #expect(try world.store.application(reference, visibleTo: joko).applicant == rina.account)
        #expect(try world.told(rina, about: reference).contains("passedOnToYou"))
        #expect(try world.told(joko, about: reference) == ["passedOn"])
    }

    @Test func aDraftIsPassedOnWithoutWhatIsTheirs() throws {
        let world = try World()
        let joko = try world.colleague()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try world.filledDraft()
        try world.store.saveDraft(reference, by: world.siti, at: World.now) { draft in
            draft.filled(with: ["nama": "Siti"], today: World.now.day).answers
        }
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        try world.attach("ktp-joko", for: "ktp", to: reference, by: joko)
        try world.delete(world.siti)
        let left = try world.store.application(reference, visibleTo: joko)
        #expect(left.state == .draft && left.applicant == joko.account)
        #expect(left.answers["nik"] == "" && left.answers["nama"] == "" && left.answers["lama"] == "3")
        #expect(left.attachments.map(\.filename) == ["ktp-joko.pdf"])
    }

    /// Nobody is left to go on with it.
    @Test func theLastOnesAreWithdrawn() throws {
        let world = try World()
        let joko = try world.colleague()
        let id = try world.institution(of: world.siti, with: joko)
        let reference = try world.filledDraft()
        try world.store.file(reference, for: id, by: world.siti, at: World.now)
        try world.submit(reference, by: world.siti)
        try world.store.endMembership(of: joko.account, in: id, by: world.siti, at: World.now)
        try world.delete(world.siti)
        #expect(try world.store.application(reference, visibleTo: world.budi).state == .withdrawn)
    }

    @Test func whatIsOverKeepsWhatOthersGaveAndWrote() throws {
        let world = try World()
        let (reference, joko) = try shared(world)
        try world.withdraw(reference, by: world.siti)
        try world.delete(world.siti)
        #expect(try world.store.application(reference, visibleTo: joko).attachments.map(\.filename) == ["ktp-joko.pdf"])
        #expect(try world.messages(reference, as: joko, at: due).map(\.isErased) == [true, false, false])
        // They go with the account of whoever gave them.
        try world.store.requestDeletion(of: joko, at: World.now)
        #expect(try world.store.deleteDueAccounts(at: due) == 1)
        #expect(try world.store.application(reference, visibleTo: world.budi).attachments.isEmpty)
    }

    /// What was handed over, with the office and as a draft.
    @Test func whatWasHandedOverKeepsNothingOfTheirsWithoutALetter() throws {
        let world = try World()
        let joko = try world.colleague()
        let sent = try world.submitted()
        let over = try world.submitted()
        let draft = try world.filledDraft()
        try world.store.saveDraft(draft, by: world.siti, at: World.now) { draft in
            draft.filled(with: ["nama": "Siti"], today: World.now.day).answers
        }
        for (link, reference) in [sent, over, draft].enumerated() {
            try world.transfer(reference, from: world.siti, to: joko, link: UInt8(50 + link))
        }
        try world.attach("ktp-joko", for: "ktp", to: draft, by: joko)
        try world.withdraw(over, by: joko)
        #expect(try world.filenames(over, as: joko).count == 4)
        try world.delete(world.siti)
        let unsent = try world.store.application(draft, visibleTo: joko)
        #expect(unsent.answers["nik"] == "" && unsent.answers["nama"] == "")
        #expect(unsent.attachments.map(\.filename) == ["ktp-joko.pdf"])
        let ended = try world.store.application(over, visibleTo: joko)
        #expect(ended.answers["nik"] == "1271**********01" && ended.attachments.isEmpty)
        let running = try world.store.application(sent, visibleTo: joko)
        #expect(running.answers["nik"] == "1271045203990001" && running.attachments.count == 4)
        try world.withdraw(sent, by: joko, at: due)
        let later = try world.store.application(sent, visibleTo: joko)
        #expect(later.answers["nik"] == "1271**********01" && later.attachments.isEmpty)
    }

    /// What the new applicant filled in is about somebody who is still there.
    @Test func theNewApplicantsOwnAnswersStay() throws {
        let world = try World()
        let joko = try world.colleague()
        let reference = try world.filledDraft()
        try world.transfer(reference, from: world.siti, to: joko)
        try world.store.saveDraft(reference, by: joko, at: World.now) { draft in
            draft.filled(with: ["nik": "1271041203990002"], today: World.now.day).answers
        }
        try world.delete(world.siti)
        #expect(try world.store.application(reference, visibleTo: joko).answers["nik"] == "1271041203990002")
    }

    /// A letter is being mended: that is the office's to end.
    @Test func aReplacementThatRunsKeepsNobodyFromGoing() throws {
        let world = try World()
        let (reference, letter) = try world.issued()
        try world.reopen(letter, reference)
        try world.delete(world.siti)
        #expect(try world.store.account(world.siti.account).name == DeletedAccount.name)
        #expect(try world.store.letter(of: reference, visibleTo: world.ratna) != nil)
    }
}
