public import Permits
import Crypto
import Foundation
import GRDB

extension Store {
    /// Everything that happened to an application, oldest first.
    public func timeline(_ reference: Reference, visibleTo viewer: Viewer) throws -> [EventRecord] {
        try read { database in
            let application = try application(reference, visibleTo: viewer, in: database)
            let events = try Row.fetchAll(
                database,
                sql: """
                    SELECT kind, at, note, origin, actor_id, account.name, account.role FROM event JOIN account ON account.id = actor_id
                    WHERE application_id = ? ORDER BY event.id
                    """, arguments: [application.id.value]
            ).map {
                EventRecord(
                    kind: try Self.kind($0), at: $0.moment("at"), actor: AccountID($0["actor_id"]),
                    actorName: $0["name"],
                    actorRole: try $0.name("role"),
                    note: $0["note"])
            }
            // The chain's own order holds; a transfer comes after what its second already had.
            return try transferRecords(of: application.id, in: database).reduce(into: events) { timeline, transfer in
                timeline.insert(transfer, at: timeline.firstIndex { $0.at > transfer.at } ?? timeline.endIndex)
            }
        }
    }

    private static func kind(_ row: Row) throws -> EventKind {
        if row["origin"] == expiryOrigin { return .expired }
        return try row.name("kind")
    }

    /// Reads the whole chain.
    /// - Returns: Id of the first event whose hash does not follow from the one before it; nil when all do.
    public func firstBrokenEvent() throws -> Int64? {
        try read { database in
            var previous = Data(count: 32)
            let rows = try Row.fetchCursor(database, sql: "SELECT * FROM event ORDER BY id")
            while let row = try rows.next() {
                let expected = Self.hash(
                    after: previous, application: row["application_id"], kind: row["kind"], actor: row["actor_id"],
                    at: row["at"],
                    origin: row["origin"], note: row["note"], state: row["state"], details: row["details"])
                guard row["hash"] as Data == expected else { return row["id"] }
                previous = expected
            }
            return nil
        }
    }

    /// Adds an event to the chain; only ever called inside the transaction of its change.
    func append(
        _ event: NewEvent, to application: ApplicationID, state: ApplicationState, origin: String,
        details: [String: String],
        in database: Database
    ) throws {
        let previous =
            try Data.fetchOne(database, sql: "SELECT hash FROM event ORDER BY id DESC LIMIT 1") ?? Data(count: 32)
        let details = try JSON.text(details)
        let hash = Self.hash(
            after: previous, application: application.value, kind: event.kind.rawValue, actor: event.actor.value,
            at: event.at.seconds, origin: origin, note: event.note, state: state.rawValue, details: details)
        try database.execute(
            sql: """
                INSERT INTO event (application_id, kind, actor_id, at, origin, note, state, details, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                application.value, event.kind.rawValue, event.actor.value, event.at.seconds, origin, event.note,
                state.rawValue, details, hash,
            ])
    }

    static func hash(
        after previous: Data, application: Int64, kind: String, actor: Int64, at: Int64, origin: String, note: String,
        state: String, details: String
    ) -> Data {
        var hasher = SHA256()
        hasher.update(data: previous)
        for part in ["\(application)", kind, "\(actor)", "\(at)", origin, note, state, details] {
            // Each part with its length: no two different rows give the same bytes.
            hasher.update(data: Data("\(part.utf8.count):".utf8))
            hasher.update(data: Data(part.utf8))
        }
        return Data(hasher.finalize())
    }
}
