import Foundation
import GRDB
import Permits
import Testing

@testable import Store

/// The place of an application is the one that officers see in their queue, without what lies on a desk.
@Suite struct QueuePlaceStoreTests {
    private let world: World
    private let database: DatabaseQueue

    init() throws {
        world = try World()
        database = try DatabaseQueue(path: "\(world.directory)/suratizin.sqlite")
    }

    private func place(_ reference: Reference) throws -> QueuePlace? {
        try world.store.place(of: world.store.application(reference, visibleTo: world.siti))
    }

    private func set(_ reference: Reference, due: String, submitted: Int64) throws {
        try database.write {
            try $0.execute(
                sql: "UPDATE application SET due_on = ?, submitted_at = ? WHERE reference = ?",
                arguments: [due, submitted, reference.code])
        }
    }

    /// Copies of an application under other references.
    private func copy(_ reference: Reference, _ count: Int, due: String, office: String? = nil) throws {
        try database.write {
            try $0.execute(
                sql: """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
                    INSERT INTO application (reference, letter_type_id, office_id, applicant_id, state, step, answers,
                        subject, clock, due_on, created_at, changed_at, submitted_at)
                    SELECT printf('%s-%05d', substr(?2, 9), i), letter_type_id,
                        coalesce((SELECT id FROM office WHERE code = ?3), office_id), applicant_id, state, step, answers,
                        subject, clock, ?2, created_at, changed_at, submitted_at
                    FROM application, n WHERE reference = ?4
                    """,
                arguments: [count, due, office, reference.code])
        }
    }

    @Test func theOrderIsThatOfTheQueue() throws {
        let all = try (0..<6).map { _ in try world.submitted() }
        // The last two came in the same second and are due on the same day.
        let facts: [(String, Int64)] = [
            ("2026-11-20", 50), ("2026-11-19", 90), ("2026-11-20", 40), ("2026-11-18", 99), ("2026-11-21", 10),
            ("2026-11-21", 10),
        ]
        for (reference, (due, submitted)) in zip(all, facts) { try set(reference, due: due, submitted: submitted) }
        let queue = try world.store.queue(.toVerify, for: world.budi, limit: 50, offset: 0).map(\.reference)
        #expect(queue == [3, 1, 2, 0, 4, 5].map { all[$0] })
        for (index, reference) in queue.enumerated() {
            let expected = QueuePlace(line: .check, ahead: index, total: 6, limit: Store.countLimit)
            #expect(try place(reference) == expected)
        }
        // The list of its applicant says the same.
        let listed = try world.store.applications(of: world.siti, limit: 20)
        for row in listed { #expect(row.place?.ahead == queue.firstIndex(of: row.reference)) }
        #expect(try world.store.queue(.toVerify, for: world.budi, limit: 1, offset: 0)[0].place == nil)
    }

    @Test func whatLiesOnADeskIsPassedOver() throws {
        let all = try (0..<3).map { _ in try world.submitted() }
        for (index, reference) in all.enumerated() { try set(reference, due: "2026-11-2\(index)", submitted: 1) }
        #expect(try place(all[2])?.ahead == 2)
        try world.store.change(all[0], by: world.budi, origin: "") { application, _ in
            try application.claim(by: self.world.budi, at: World.now)
        }
        #expect(try place(all[0]) == nil)
        let last = try #require(try place(all[2]))
        #expect(last.ahead == 1 && last.total == 2)
        try world.store.change(all[1], by: world.siti, origin: "") { application, calendar in
            try application.withdraw(by: self.world.siti, at: World.now, in: calendar)
        }
        #expect(try place(all[1]) == nil)
        #expect(try place(all[2])?.total == 1)
    }

    @Test func signaturesHaveALineOfTheirOwn() throws {
        let waiting = try world.submitted()
        let signed = try (0..<2).map { _ in try world.awaitingSignature() }
        try set(signed[0], due: "2026-11-25", submitted: 1)
        try set(signed[1], due: "2026-11-24", submitted: 2)
        #expect(try place(signed[0]) == QueuePlace(line: .signature, ahead: 1, total: 2, limit: Store.countLimit))
        #expect(try place(signed[1])?.ahead == 0)
        #expect(try place(waiting)?.total == 1)
        _ = try world.sign(signed[1])
        #expect(try place(signed[1]) == nil)
        #expect(try place(signed[0])?.total == 1)
    }

    @Test func otherOfficesDoNotCount() throws {
        let own = try world.submitted()
        try copy(own, 7, due: "2026-11-01", office: "kecamatan-medan-petisah")
        #expect(
            try database.read { try Int.fetchOne($0, sql: "SELECT count(DISTINCT office_id) FROM application") } == 2)
        #expect(try place(own)?.total == 1)
        #expect(try world.store.tracking(own, digits: "7890")?.place?.total == 1)
    }

    @Test func countingEndsAtTheLimit() throws {
        let own = try world.submitted()
        try set(own, due: "2026-11-30", submitted: 1)
        try copy(own, Store.countLimit - 1, due: "2026-11-01")
        var place = try #require(try place(own))
        #expect(place.number == 1000 && place.all == 1000)
        try copy(own, 500, due: "2026-12-02")
        place = try #require(try self.place(own))
        #expect(place.number == 1000 && place.all == nil)
        try set(own, due: "2026-12-31", submitted: 1)
        place = try #require(try self.place(own))
        #expect(place.number == nil && place.ahead == Store.countLimit + 1)
    }

    /// No row is read, and of those due on the same day only as many entries as come before.
    @Test func countsComeFromAnIndexAlone() throws {
        let details = try database.read { database in
            try Row.fetchAll(
                database,
                sql: "EXPLAIN QUERY PLAN SELECT \(Store.placeColumns) FROM application WHERE id = 1"
            ).map { $0["detail"] as String }.filter { $0.contains("other") }
        }
        let range = "(due_on,submitted_at)<(?,?)"
        for index in ["application_unclaimed (office_id=? AND", "application_queue (office_id=? AND state=? AND"] {
            let search = "SEARCH other USING COVERING INDEX \(index) \(range))"
            #expect(details.contains(search), "\(search) in \(details)")
        }
        #expect(details.count == 4 && details.allSatisfy { $0.hasPrefix("SEARCH other USING COVERING INDEX") })
    }
}
