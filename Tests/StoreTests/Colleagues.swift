import Foundation
import Permits
import Store
import Testing

extension World {
    /// When a deletion asked for now is carried out.
    static let weekLater = now.adding(hours: 7 * 24)

    /// Joko, active.
    func colleague() throws -> Viewer {
        try store.activate(joko.account, by: dewi, at: World.now)
        return Viewer(try store.account(joko.account))
    }

    /// Rina, who belongs to nothing.
    func stranger() throws -> Viewer {
        let registration = try Registration(
            name: "Rina", email: "rina@contoh.id", phone: "081398765432", identity: .nik("1271041203990003"),
            password: "kuda-biru-lompat")
        let account = try store.register(registration, passwordHash: "x", at: World.now)
        try store.activate(account.id, by: dewi, at: World.now)
        return Viewer(try store.account(account.id))
    }

    /// An institution of `owner`'s that `member` has joined.
    func institution(of owner: Viewer, with member: Viewer) throws -> InstitutionID {
        let profile = try InstitutionProfile(name: "CV Contoh", kind: "company", address: "Jl. C", head: "Ani")
        let id = try store.createInstitution(profile, by: owner, at: World.now)
        try join(id, of: owner, member, link: 31)
        return id
    }

    func join(_ id: InstitutionID, of owner: Viewer, _ member: Viewer, link: UInt8) throws {
        try store.invite(store.account(member.account).email, to: id, by: owner, at: World.now)
        let message = try #require(
            try store.waitingMessages(at: World.now, limit: 500).last { $0.kind == .invitation })
        let token = [UInt8](repeating: link, count: 32)
        #expect(try store.addInvitationToken(token, for: try #require(message.payload.invitation)))
        _ = try store.acceptInvitation(token: token, by: member, at: World.now)
    }

    func attach(_ name: String, for requirement: String, to reference: Reference, by viewer: Viewer) throws {
        let file = try vault.keep(Array("%PDF-\(name)".utf8))
        try store.attach(
            file, scanned: World.scan, named: "\(name).pdf", for: requirement, to: reference, by: viewer,
            at: World.now)
    }

    func submit(_ reference: Reference, by viewer: Viewer) throws {
        try store.change(reference, by: viewer, origin: "-") { application, _ in
            try application.submit(by: viewer, stating: true, at: World.now)
        }
    }

    func withdraw(_ reference: Reference, by viewer: Viewer, at now: Moment = World.now) throws {
        try store.change(reference, by: viewer, origin: "-") { application, calendar in
            try application.withdraw(by: viewer, at: now, in: calendar)
        }
    }

    func transfer(_ reference: Reference, from: Viewer, to: Viewer, link: UInt8 = 41) throws {
        try store.offerTransfer(of: reference, to: store.account(to.account).email, by: from, at: World.now)
        let offer = try #require(try store.openTransfer(of: reference, by: from, at: World.now))
        let token = [UInt8](repeating: link, count: 32)
        #expect(try store.addTransferToken(token, for: offer.id))
        _ = try store.acceptTransfer(token: token, by: to, origin: "-", at: World.now)
    }

    func delete(_ viewer: Viewer) throws {
        try store.requestDeletion(of: viewer, at: World.now)
        #expect(try store.deleteDueAccounts(at: Self.weekLater) == 1)
    }

    /// Kinds of the messages that wait for somebody about an application.
    func told(_ viewer: Viewer, about reference: Reference, at now: Moment = World.weekLater) throws -> [String] {
        try store.waitingMessages(at: now, limit: 500)
            .filter { $0.recipient.id == viewer.account && $0.payload.reference == reference.description }
            .map(\.kind.rawValue)
    }

    func filenames(_ reference: Reference, as viewer: Viewer) throws -> [String] {
        try store.application(reference, visibleTo: viewer).attachments.map(\.filename).sorted()
    }
}
