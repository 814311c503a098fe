import Foundation
import Permits
import Testing

@testable import Letters

struct KeyTests {
    private let world: SigningWorld
    private let scratch: Scratch

    init() throws {
        world = try SigningWorld.shared.get()
        scratch = try Scratch()
    }

    @Test func opensslOpensTheKey() throws {
        // At the real cost, which OpenSSL must be willing to pay.
        let stored = try world.authority.issue(
            .sealing, to: KeyHolder(name: "Segel", office: "BRIDA"), at: world.now, passphrase: SigningWorld.passphrase)
        #expect(try stored.opened(passphrase: SigningWorld.passphrase).certificate == stored.certificate)
        let file = try scratch.write(Array(stored.key.pem.utf8), as: "key.pem")
        let right = try SignatureJudges.openssl.run([
            "pkey", "-in", file, "-passin", "pass:\(SigningWorld.passphrase)", "-noout", "-text",
        ])
        #expect(right.status == 0)
        #expect(right.output.contains("prime256v1"))
        let wrong = try SignatureJudges.openssl.run(["pkey", "-in", file, "-passin", "pass:salah", "-noout"])
        #expect(wrong.status != 0)
        #expect(!stored.key.pem.contains("BEGIN PRIVATE KEY"))
    }

    @Test func opensslTrustsTheChainUntilItIsRevoked() throws {
        let root = try scratch.write(Array(world.root.pem.utf8), as: "root.pem")
        let leaf = try scratch.write(Array(world.stored.certificate.pem.utf8), as: "leaf.pem")
        let empty = try world.authority.renew(nil, at: world.now)
        let list = try scratch.write(Array(empty.pem.utf8), as: "list.pem")
        let arguments = ["verify", "-x509_strict", "-crl_check", "-CAfile", root, "-CRLfile", list, leaf]
        #expect(try SignatureJudges.openssl.run(arguments).status == 0)
        let revoked = try world.authority.revoke(
            world.stored.certificate, for: .keyCompromise, after: empty, at: world.now)
        _ = try scratch.write(Array(revoked.pem.utf8), as: "list.pem")
        #expect(try SignatureJudges.openssl.run(arguments).status != 0)
        let text = try SignatureJudges.openssl.run(["crl", "-in", list, "-noout", "-text"]).output
        #expect(text.contains("Key Compromise"))
        #expect(text.contains(world.stored.certificate.serialText.uppercased()))
    }

    @Test func certificatesSayWhatTheyAreFor() throws {
        let file = try scratch.write(Array(world.stored.certificate.pem.utf8), as: "leaf.pem")
        let text = try SignatureJudges.openssl.run(["x509", "-in", file, "-noout", "-text"]).output
        for part in [
            "Digital Signature, Non Repudiation", "1.3.6.1.5.5.7.3.36, E-mail Protection", "CA:FALSE", "C=ID",
            "serialNumber=196812311993031001", "title=Kepala Badan", "Authority Key Identifier",
        ] {
            #expect(
                text.contains(part) || text.contains(part.replacingOccurrences(of: "=", with: " = ")),
                "\(part) in \(text)")
        }
        #expect(world.root.use == .root && world.stamping.certificate.use == .stamping)
        #expect(world.sealing.certificate.use == .sealing && world.stored.certificate.use == .signing)
        #expect(world.stored.certificate.name == SigningWorld.facts.name)
        #expect(world.stored.certificate.serialText.count == 32)
        #expect(world.root.validUntil.day == world.yesterday.day.adding(months: 240))
    }

    @Test func damagedFilesAreErrors() throws {
        let pem = world.stored.key.pem
        #expect(throws: SigningError.keyDamaged) { try EncryptedKey(pem: "") }
        #expect(throws: SigningError.keyDamaged) { try EncryptedKey(pem: world.root.pem) }
        #expect(throws: SigningError.keyDamaged) { try EncryptedKey(pem: String(pem.dropLast(80))) }
        #expect(throws: SigningError.keyDamaged) { try OfficeCertificate(pem: pem) }
        #expect(throws: SigningError.weakPassphrase) {
            try world.authority.issue(
                .sealing, to: KeyHolder(name: "x", office: "y"), at: world.now, passphrase: "singkat", cost: .quick)
        }
        let mixed = StoredIdentity(certificate: world.stored.certificate, key: world.storedStamping.key)
        #expect(throws: SigningError.keyMismatch) { try mixed.opened(passphrase: SigningWorld.passphrase) }
    }

    /// Any byte of a key file changed: an error, or the very key of the certificate where the byte meant nothing; never
    /// a trap, and no cost beyond the limits.
    @Test func changedKeyFilesDoNoHarm() throws {
        let lines = world.stored.key.pem.split(separator: "\n")
        let body = try #require(Data(base64Encoded: lines.dropFirst().dropLast().joined()))
        var refused = 0
        for index in body.indices {
            var changed = body
            changed[index] ^= 0x11
            let text = changed.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
            guard let key = try? EncryptedKey(pem: "\(lines[0])\n\(text)\n\(lines[lines.count - 1])\n") else {
                refused += 1
                continue
            }
            // Raised costs are within their limits, but the test need not wait for them.
            guard !(45..<70).contains(index) else { continue }
            let stored = StoredIdentity(certificate: world.stored.certificate, key: key)
            if (try? stored.opened(passphrase: SigningWorld.passphrase)) == nil { refused += 1 }
        }
        #expect(refused > body.count * 7 / 10, "\(refused) of \(body.count)")
    }

    @Test func folderKeepsOldKeysAndFindsTheNewest() throws {
        let folder = KeyFolder(path: scratch.path("keys-\(UUID().uuidString)"))
        #expect(throws: SigningError.keyMissing) { try folder.root() }
        #expect(try folder.add(world.storedRoot) == "root")
        #expect(throws: SigningError.keyNotKept) { try folder.add(world.storedRoot) }
        let first = try folder.add(world.stored, owner: "ratna")
        #expect(throws: SigningError.keyNotKept) { try folder.add(world.stored, owner: "../ratna") }
        let renewed = try world.authority.issue(
            .signing, to: KeyHolder(name: SigningWorld.facts.name, office: "x"), at: world.now,
            passphrase: SigningWorld.passphrase, cost: .quick)
        let second = try folder.add(renewed, owner: "ratna")
        let root = try folder.root()
        #expect(root == world.root)
        #expect(try folder.entries().map(\.id) == [first, second])
        #expect(try folder.current(.signing, of: "ratna", root: root, at: world.now) == renewed)
        #expect(try folder.current(.signing, of: "budi", root: root, at: world.now) == nil)
        // Before the renewal the first one was it, and after it was revoked the first is it again.
        let before = world.now.adding(seconds: -1)
        #expect(try folder.current(.signing, of: "ratna", root: root, at: before) == world.stored)
        let list = try world.authority.revoke(renewed.certificate, for: .superseded, after: nil, at: world.now)
        try folder.keep(list)
        try folder.keep(list)
        #expect(try folder.current(.signing, of: "ratna", root: root, at: world.now) == world.stored)
        #expect(try folder.revocations(root: root) == list)
        for (name, mode) in [("root.key.pem", 0o600), ("\(first).key.pem", 0o600), ("", 0o700)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
        }
    }

    @Test func listOfAnotherRootIsNotPassedOver() throws {
        let other = try CertificateAuthority(
            CertificateAuthority.makeRoot(
                office: "x", at: world.yesterday, passphrase: SigningWorld.passphrase, cost: .quick
            )
            .opened(passphrase: SigningWorld.passphrase))
        let list = try other.renew(nil, at: world.now)
        #expect(throws: SigningError.certificateForeign) { try RevocationList(pem: list.pem, root: world.root) }
        #expect(throws: SigningError.keyDamaged) { try RevocationList(pem: "x", root: world.root) }
        #expect(throws: SigningError.certificateForeign) {
            try other.revoke(world.stored.certificate, for: .superseded, after: nil, at: world.now)
        }
        #expect(throws: SigningError.certificateWrongUse) { try CertificateAuthority(world.ratna) }
    }

    @Test func listsGrow() throws {
        let first = try world.authority.revoke(
            world.stored.certificate, for: .superseded, after: nil, at: world.now)
        let second = try world.authority.revoke(
            world.sealing.certificate, for: .unspecified, after: first, at: world.now.adding(seconds: 5))
        let again = try world.authority.revoke(
            world.sealing.certificate, for: .keyCompromise, after: second, at: world.now.adding(seconds: 9))
        #expect(second.entries.map(\.reason) == [.superseded, .unspecified])
        #expect(again.entries == second.entries)
        #expect([first, second, again].map(\.number) == [1, 2, 3])
        #expect(again.entry(of: world.sealing.certificate)?.revokedAt == world.now.adding(seconds: 5))
    }
}
