import Foundation
import GRDB
import Permits
import Store
import Synchronization
import Testing

private func link(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

/// Does all of it at the same time.
/// - Returns: Which of them were done without an error.
private func together(_ acts: @Sendable () throws -> Void...) -> [Bool] {
    let done = Mutex<Set<Int>>([])
    DispatchQueue.concurrentPerform(iterations: acts.count) { index in
        if (try? acts[index]()) != nil { done.withLock { _ = $0.insert(index) } }
    }
    return acts.indices.map { index in done.withLock { $0.contains(index) } }
}

/// Merging while something else happens.
@Suite struct MergeRaceTests {
    @Test func eachIntoTheOtherIsOne() throws {
        let world = try World()
        let other = try world.second()
        let references = [try world.submitted(by: other), try world.submitted()]
        let there = try world.prove(other, into: world.siti)
        let back = try world.prove(world.siti, into: other, session: link(62))
        let (store, siti) = (world.store, world.siti)
        let done = together(
            {
                try store.merge(provenBy: there, session: World.keeping, by: siti, origin: "-", at: World.now)
            }, { try store.merge(provenBy: back, session: link(62), by: other, origin: "-", at: World.now) })
        #expect(done.filter { $0 }.count == 1, "exactly one of the two")
        let states = try [world.siti, other].map { try world.store.account($0.account).state }
        #expect(Set(states) == [.active, .suspended])
        let keeper = states[0] == .active ? world.siti : other
        #expect(try Set(world.store.applications(of: keeper, limit: 9).map(\.reference)) == Set(references))
    }

    /// A request of the other account that was on its way when it was merged.
    @Test func whoComesLateLosesNothing() async throws {
        let world = try World()
        let other = try world.second()
        let draft = try world.filledDraft(by: other)
        try world.merge(other, into: world.siti)
        #expect(throws: PermitError.notFound) {
            try world.store.change(draft, by: other, origin: "-") { application, _ in
                try application.submit(by: other, stating: true, at: World.now)
            }
        }
        #expect(try world.store.application(draft, visibleTo: world.siti).state == .draft)
        let gone = PermitError.conflict("conflict.accountMerged")
        let profile = try InstitutionProfile(name: "Yayasan", kind: "other", address: "Jl. A", head: "Ani")
        let late: [() throws -> Void] = [
            {
                _ = try world.store.beginDraft(
                    slug: "survei", by: other, references: world.references(), origin: "-", at: World.now)
            }, { _ = try world.store.createInstitution(profile, by: other, at: World.now) },
            { try world.store.requestDeletion(of: other, at: World.now) },
            { try world.store.requestEmailChange(of: other.account, to: "baru@contoh.id", at: World.now) },
            { try world.store.changePhone(of: other.account, to: "6281200001111", at: World.now) },
            { try world.store.setNotificationChoices([:], of: other.account, at: World.now) },
            { try world.store.openSession(for: other.account, token: link(1), csrfKey: link(2), at: World.now) },
        ]
        for act in late { #expect(throws: gone) { try act() } }
        #expect(
            try await world.count("SELECT count(*) FROM application WHERE applicant_id = ?", other.account.value) == 0)
    }

    /// Whatever comes first, the application is sent once and ends with the account that stays.
    @Test func sendingMeanwhile() throws {
        for _ in 0..<4 {
            let world = try World()
            let other = try world.second()
            let draft = try world.filledDraft(by: other)
            let token = try world.prove(other, into: world.siti)
            let (store, siti) = (world.store, world.siti)
            let done = together(
                {
                    try store.change(draft, by: other, origin: "-") { application, _ in
                        try application.submit(by: other, stating: true, at: World.now)
                    }
                }, { try store.merge(provenBy: token, session: World.keeping, by: siti, origin: "-", at: World.now) })
            #expect(done[1])
            let application = try world.store.application(draft, visibleTo: world.siti)
            #expect(application.state == (done[0] ? .submitted : .draft))
            #expect(application.attachments.count == 4)
            #expect(try world.store.firstBrokenEvent() == nil)
        }
    }

    /// An application that is taken while its giver's account is merged has one owner.
    @Test func takenMeanwhile() throws {
        for _ in 0..<4 {
            let world = try World()
            let other = try world.second()
            let joko = try world.active(world.joko)
            let reference = try world.submitted(by: other)
            try world.offer(reference, to: "joko@contoh.id", by: other, link(1))
            let token = try world.prove(other, into: world.siti)
            let (store, siti) = (world.store, world.siti)
            let done = together(
                { _ = try store.acceptTransfer(token: link(1), by: joko, origin: "-", at: World.now) },
                { try store.merge(provenBy: token, session: World.keeping, by: siti, origin: "-", at: World.now) })
            #expect(done == [true, true])
            #expect(try world.store.application(reference, visibleTo: joko).applicant == joko.account)
            #expect(throws: PermitError.notFound) { try world.store.application(reference, visibleTo: world.siti) }
        }
    }

    /// A fault at the very end leaves everything where it was.
    @Test func allOrNothing() async throws {
        let world = try World()
        let other = try world.second()
        let reference = try world.submitted(by: other)
        let token = try world.prove(other, into: world.siti)
        try await world.raw().write {
            try $0.execute(
                sql: """
                    CREATE TRIGGER broken BEFORE INSERT ON outbox WHEN NEW.kind = 'accountGivenUp'
                    BEGIN SELECT RAISE(ABORT, 'no'); END
                    """)
        }
        #expect(throws: (any Error).self) {
            try world.store.merge(provenBy: token, session: World.keeping, by: world.siti, origin: "-", at: World.now)
        }
        #expect(try world.store.credentials(email: "siti@kampus.ac.id")?.account.state == .active)
        #expect(try world.store.application(reference, visibleTo: other).applicant == other.account)
        try await world.raw().write { try $0.execute(sql: "DROP TRIGGER broken") }
        try world.store.merge(provenBy: token, session: World.keeping, by: world.siti, origin: "-", at: World.now)
        #expect(try world.store.application(reference, visibleTo: world.siti).applicant == world.siti.account)
    }

    @Test func muchMovesAtOnce() async throws {
        let world = try World()
        let other = try world.second()
        let reference = try world.submitted(by: other)
        try await world.raw().write { database in
            for index in 0..<499 {
                let code = String(repeating: "0", count: 8 - "\(index)".count) + "\(index)"
                try database.execute(
                    sql: """
                        INSERT INTO application (reference, letter_type_id, office_id, applicant_id, state, step, answers,
                            subject, clock, due_on, created_at, changed_at, submitted_at)
                        SELECT ?, letter_type_id, office_id, applicant_id, state, step, answers, subject, clock, due_on,
                            created_at, changed_at, submitted_at FROM application WHERE reference = ?
                        """, arguments: [code, reference.code])
            }
        }
        try world.merge(other, into: world.siti)
        #expect(
            try await world.count(
                "SELECT count(*) FROM application WHERE applicant_id = ?", world.siti.account.value) == 500)
        #expect(try await world.count("SELECT count(*) FROM event WHERE kind = 'accountsMerged'") == 500)
        #expect(try world.store.firstBrokenEvent() == nil)
    }
}
