import Foundation
import GRDB
import Permits
import Store
import Testing

/// Siti's second account, and what merging takes.
extension World {
    static let keeping = [UInt8](repeating: 61, count: 32)

    /// Another account of Siti's, of the same number.
    func second(
        _ email: String = "siti@kampus.ac.id", nik: String = "1271045203990001", isActive: Bool = true
    ) throws -> Viewer {
        let registration = try Registration(
            name: "Siti Aminah", email: email, phone: "081398765432", identity: .nik(nik), password: "kuda-biru-lompat")
        let id = try store.register(registration, passwordHash: "y-\(email)", at: Self.now).id
        if isActive { try store.activate(id, by: dewi, at: Self.now) }
        return Viewer(try store.account(id))
    }

    func credentials(_ viewer: Viewer) throws -> Credentials { try #require(try store.credentials(of: viewer.account)) }

    /// A proof for one session.
    func prove(
        _ other: Viewer, into keeper: Viewer, session: [UInt8] = World.keeping, at now: Moment = World.now
    ) throws -> [UInt8] {
        let token = (0..<32).map { _ in UInt8.random(in: 0...255) }
        try store.addMergeProof(
            token, session: session, keeping: credentials(keeper), giving: credentials(other), at: now)
        return token
    }

    func merge(_ other: Viewer, into keeper: Viewer, at now: Moment = World.now) throws {
        try store.merge(
            provenBy: prove(other, into: keeper, at: now), session: Self.keeping, by: keeper, origin: "10.2.2.2",
            at: now)
    }

    func count(_ sql: String, _ ids: Int64...) async throws -> Int {
        try await raw().read { try Int.fetchOne($0, sql: sql, arguments: StatementArguments(ids)) ?? 0 }
    }

    func active(_ viewer: Viewer) throws -> Viewer {
        try store.activate(viewer.account, by: dewi, at: Self.now)
        return Viewer(try store.account(viewer.account))
    }

    func offer(_ reference: Reference, to email: String, by viewer: Viewer, _ token: [UInt8]) throws {
        try store.offerTransfer(of: reference, to: email, by: viewer, at: Self.now)
        let offer = try #require(try store.openTransfer(of: reference, by: viewer, at: Self.now))
        #expect(try store.addTransferToken(token, for: offer.id))
    }
}
