import Foundation
import Permits
import Testing

@testable import Letters

/// Whose seal it is, and what its key is worth.
struct SealCheckTests {
    private let world: SigningWorld
    private let text: String

    init() throws {
        world = try SigningWorld.shared.get()
        text = try Self.text(world, on: world.now.day)
    }

    private static let url = "https://perizinan.brida.medan.go.id/verifikasi/q3Zt0dJmYp7wX2nB8vKcR5sHfL1aUeGo"

    private static func text(_ world: SigningWorld, on day: Day) throws -> String {
        try LetterSeal(
            number: SampleLetters.number, issuedOn: day, office: "BRIDA Kota Medan", maskedName: "Si**",
            document: SampleLetters.research
        ).sealed(url: url, with: world.sealing)
    }

    private func keys(_ list: RevocationList? = nil) -> PublicKeys {
        PublicKeys(root: world.root, seals: [world.sealing.certificate], revoked: list)
    }

    private func otherRoot() throws -> CertificateAuthority {
        try CertificateAuthority(
            CertificateAuthority.makeRoot(
                office: "Kota Lain", at: world.yesterday, passphrase: SigningWorld.passphrase, cost: .quick
            ).opened(passphrase: SigningWorld.passphrase))
    }

    private enum Worth { case good, retired, revoked }

    private func worth(_ list: RevocationList?) throws -> Worth {
        switch try SealCheck(keys(list)).read(text).standing {
        case .good: .good
        case .retired: .retired
        case .revoked: .revoked
        }
    }

    @Test(arguments: RevocationList.Reason.allCases)
    func aRevokedKeysSeal(reason: RevocationList.Reason) throws {
        func list(at moment: Moment) throws -> RevocationList {
            try world.authority.revoke(world.sealing.certificate, for: reason, after: nil, at: moment)
        }
        let mayBeStolen = [.keyCompromise, .unspecified].contains(reason)
        #expect(try worth(list(at: world.now)) == (mayBeStolen ? .revoked : .retired))
        #expect(try worth(list(at: world.now.adding(hours: 48))) == (mayBeStolen ? .revoked : .retired))
        // Sealed after the key was given up, by what it says of itself.
        #expect(try worth(list(at: world.yesterday)) == .revoked)
        let reading = try SealCheck(keys(list(at: world.now))).read(text)
        #expect(reading.url == Self.url && reading.seal.number == SampleLetters.number)
        switch reading.standing {
        case .retired(let entry), .revoked(let entry): #expect(entry.reason == reason)
        case .good: Issue.record("it was revoked")
        }
    }

    @Test func anotherKeysRevocationIsNoMatter() throws {
        let list = try world.authority.revoke(world.stored.certificate, for: .keyCompromise, after: nil, at: world.now)
        #expect(try worth(list) == .good)
        #expect(try worth(nil) == .good)
    }

    /// A certificate that says it is the office's is none until the root says so too.
    @Test func onlyTheRootsCertificatesCount() throws {
        let other = try otherRoot()
        let theirs = PublicKeys(root: other.root, seals: [world.sealing.certificate], revoked: nil)
        #expect(throws: SealError.foreignKey) { try SealCheck(theirs).read(text) }
        let alone = try PublicKeys(pem: world.sealing.certificate.pem)
        #expect(throws: SealError.foreignKey) { try SealCheck(alone).read(text) }
        #expect(alone.letterCheck == nil)
        let rootOnly = try PublicKeys(pem: world.root.pem)
        #expect(throws: SealError.unknownKey) { try SealCheck(rootOnly).read(text) }
    }

    @Test func theBundleIsReadBack() throws {
        let first = try world.authority.revoke(
            world.sealing.certificate, for: .superseded, after: nil, at: world.yesterday)
        let second = try world.authority.renew(first, at: world.now)
        let bundle = keys(second).pem
        let read = try PublicKeys(pem: "Kunci publik\n" + first.pem + bundle + world.stored.certificate.pem)
        #expect(read.roots == [world.root] && read.seals == [world.sealing.certificate])
        #expect(read.revoked == second, "the newest list counts, wherever it stands")
        #expect(!bundle.contains("PRIVATE"))
        let list = try otherRoot().renew(nil, at: world.now)
        #expect(throws: SigningError.certificateForeign) { try PublicKeys(pem: bundle + list.pem) }
        #expect(throws: SigningError.keyDamaged) {
            try PublicKeys(
                pem: bundle.replacingOccurrences(of: "BEGIN CERTIFICATE-----\nM", with: "BEGIN CERTIFICATE-----\nX"))
        }
        let prints = world.root.fingerprint.split(separator: " ")
        #expect(prints.count == 16 && prints.allSatisfy { $0.count == 4 })
        let scratch = try Scratch()
        let path = try scratch.write(Array(world.root.pem.utf8), as: "root.pem")
        let openssl = try withExtendedLifetime(scratch) {
            try SignatureJudges.openssl.run(["x509", "-in", path, "-noout", "-fingerprint", "-sha256"]).output
        }
        #expect(openssl.replacingOccurrences(of: ":", with: "").contains(prints.joined()))
    }

    /// The published files are enough for others' programs as well.
    @Test func opensslChecksASealsKeyWithTheBundle() throws {
        let scratch = try Scratch()
        let leaf = try scratch.write(Array(world.sealing.certificate.pem.utf8), as: "seal.pem")
        let empty = try world.authority.renew(nil, at: world.now)
        let revoked = try world.authority.revoke(
            world.sealing.certificate, for: .keyCompromise, after: empty, at: world.now)
        for (list, isGood) in [(empty, true), (revoked, false)] {
            let bundle = try scratch.write(Array(keys(list).pem.utf8), as: "bundle.pem")
            let result = try SignatureJudges.openssl.run(["verify", "-crl_check", "-CAfile", bundle, leaf])
            #expect((result.status == 0) == isGood, "\(result.output)")
        }
    }

    @Test func theSignedFileNamesItsCode() throws {
        let sealed = SampleLetters.research.withMark(url: text)
        let bytes = try world.signed(sealed)
        #expect(SealInFile.text(in: bytes) == text)
        guard case .signed = keys().letterCheck?.verdict(bytes) else {
            Issue.record("not signed")
            return
        }
        // With another code in its metadata it is not the signed file any more.
        var exchanged = bytes
        let place = try #require(Data(bytes).range(of: Data("\(Self.url)#".utf8))?.upperBound)
        exchanged[place] = exchanged[place] == 0x31 ? 0x32 : 0x31
        #expect(SealInFile.text(in: exchanged) != text)
        guard case .changedLater = keys().letterCheck?.verdict(exchanged) else {
            Issue.record("the exchanged code goes unseen")
            return
        }
    }

    @Test func metadataThatSayTwoThingsSayNothing() throws {
        let renderer = try LetterRenderer()
        func text(_ change: (inout LetterDocument) -> Void) throws -> String? {
            var letter = SampleLetters.research.withMark(url: "https://a.id/x?a=1&b=<2>#1")
            change(&letter)
            return SealInFile.text(in: try renderer.pdf(letter, created: SampleLetters.created))
        }
        #expect(try text { _ in } == "https://a.id/x?a=1&b=<2>#1")
        let tag = "<dc:identifier>https://lain.id/#2</dc:identifier>"
        #expect(try text { $0.title = tag } == nil)
        #expect(try text { $0.blocks.append(.paragraph(tag)) } == "https://a.id/x?a=1&b=<2>#1")
        #expect(SealInFile.text(in: Array("%PDF-1.7".utf8)) == nil)
        #expect(
            SealInFile.text(in: Array("<dc:identifier>\(String(repeating: "x", count: 5000))</dc:identifier>".utf8))
                == nil)
        #expect(SampleLetters.research.withMark(url: "x").sealText == "x")
    }
}
