import Foundation
import Permits
import Testing

@testable import Letters

struct LetterCheckTests {
    private let world: SigningWorld
    private let check: LetterCheck
    private let signed: [UInt8]

    init() throws {
        world = try SigningWorld.shared.get()
        check = LetterCheck(roots: TrustedRoots(world.root), revoked: nil)
        signed = try world.signed()
    }

    private var record: SignerRecord {
        SignerRecord(
            name: SigningWorld.facts.name, organization: "Badan Riset dan Inovasi Daerah Kota Medan",
            serialText: world.stored.certificate.serialText, signedAt: world.now, isTimeStamped: true, revokedAt: nil)
    }

    @Test func issuedFileIsOurs() throws {
        #expect(check.verdict(signed) == .signed(record))
        guard case .signed(let plain) = check.verdict(try world.signed(stamped: false)) else {
            Issue.record("not signed")
            return
        }
        #expect(plain.signedAt == world.now && !plain.isTimeStamped)
    }

    @Test func otherFiles() throws {
        #expect(check.verdict([]) == .notAPDF)
        #expect(check.verdict(Array("<html>%PDX-".utf8)) == .notAPDF)
        let unsigned = try world.renderer.pdf(SampleLetters.research, created: SampleLetters.created)
        #expect(check.verdict(unsigned) == .unsigned)
        let prepared = try world.renderer.prepared(
            SampleLetters.research, created: SampleLetters.created, signature: SigningWorld.facts)
        // A place for a signature that nobody filled in.
        #expect(check.verdict(prepared.bytes) == .unsigned)
        let other = try CertificateAuthority.makeRoot(
            office: "x", at: world.yesterday, passphrase: SigningWorld.passphrase, cost: .quick)
        let theirs = LetterCheck(roots: TrustedRoots(other.certificate), revoked: nil)
        #expect(theirs.verdict(signed) == .foreignSignature)
    }

    @Test func appendedAndTruncatedFilesAreChanged() throws {
        #expect(check.verdict(signed + Array("\n".utf8)) == .changedLater(record))
        let update = "\n7 0 obj\n<</Type /Annot>>\nendobj\nxref\n0 0\ntrailer\n<</Size 99>>\nstartxref\n9\n%%EOF\n"
        #expect(check.verdict(signed + Array(update.utf8)) == .changedLater(record))
        // Before the file: readers skip it, and every offset is wrong.
        #expect(check.verdict(Array("\n".utf8) + signed) != .signed(record))
        for count in stride(from: 0, to: signed.count, by: 997) {
            if case .signed = check.verdict(Array(signed.prefix(count))) { Issue.record("first \(count) bytes") }
        }
    }

    /// A true signature copied to where it covers something else.
    @Test func rangesThatSkipBytesAreNotWhole() throws {
        let found = try #require(SignatureFinder(signed).signatures().first)
        let text = "[0 \(found.before.upperBound) \(found.after.lowerBound) \(found.after.count)]"
        let place = try #require(Data(signed).range(of: Data(text.utf8)))
        for other in [
            "[0 \(found.before.upperBound) \(found.after.lowerBound) \(found.after.count - 10)]",
            "[1 \(found.before.upperBound) \(found.after.lowerBound) \(found.after.count)]",
            "[0 \(found.before.upperBound - 9) \(found.after.lowerBound) \(found.after.count)]",
            "[0 \(found.before.upperBound) \(found.after.lowerBound + 99) \(found.after.count - 99)]",
            "[0 99999999999 99999999999 9]", "[0 -1 -1 -1]", "[0 1 2]", "[]", "[0 0 0 0]",
        ] {
            var changed = signed
            let padded = other + String(repeating: " ", count: max(0, text.utf8.count - other.utf8.count))
            changed.replaceSubrange(place.lowerBound..<place.lowerBound + padded.utf8.count, with: padded.utf8)
            if case .signed = check.verdict(changed) { Issue.record("\(other)") }
        }
    }

    /// Anything but zeros behind the signature could be another document.
    @Test func paddingMustBeEmpty() throws {
        let prepared = try world.renderer.prepared(
            SampleLetters.research, created: SampleLetters.created, signature: SigningWorld.facts)
        var changed = signed
        let last = prepared.gap.upperBound - 2
        changed[last] = UInt8(ascii: "1")
        #expect(check.verdict(changed) == .changedLater(record))
        changed[last] = UInt8(ascii: " ")
        #expect(check.verdict(changed) != .signed(record))
    }

    /// A key of the office for another purpose signs no letters.
    @Test func sealingKeyIsForeign() throws {
        let prepared = try world.renderer.prepared(
            SampleLetters.research, created: SampleLetters.created, signature: SigningWorld.facts)
        for identity in [world.sealing, world.stamping] {
            let signature = try SignedData(
                contentType: .CMS.data, digest: prepared.digest, signer: identity,
                certificates: [identity.certificate.bytes]
            ).encoded()
            #expect(check.verdict(try prepared.filled(with: signature)) == .foreignSignature)
        }
    }

    @Test func revocationIsTold() throws {
        let list = try world.authority.revoke(
            world.stored.certificate, for: .keyCompromise, after: nil, at: world.now.adding(hours: 1))
        let check = LetterCheck(roots: TrustedRoots(world.root), revoked: list)
        guard case .signed(let stamped) = check.verdict(signed),
            case .signed(let plain) = check.verdict(try world.signed(stamped: false))
        else {
            Issue.record("not signed")
            return
        }
        #expect(stamped.revokedAt == world.now.adding(hours: 1))
        // The stamp proves that it was signed before; the signer's own clock proves nothing.
        #expect(!stamped.wasRevokedBeforeSigning && plain.wasRevokedBeforeSigning)
    }

    /// Bytes changed all over the file: never the issued letter again outside the signature's place, never a trap.
    @Test func mutationsNeverPass() throws {
        let found = try #require(SignatureFinder(signed).signatures().first)
        var state: UInt64 = 20_261_121
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for round in 0..<600 {
            var changed = signed
            let isInside = round % 3 == 0
            for _ in 0...random(3) {
                let place =
                    isInside
                    ? found.before.upperBound + random(found.signature.count * 2)
                    : (round % 2 == 0 ? random(found.before.count) : found.after.lowerBound + random(found.after.count))
                changed[place] ^= UInt8(1 + random(255))
            }
            let verdict = check.verdict(changed)
            if !isInside, changed != signed, case .signed = verdict { Issue.record("round \(round)") }
        }
    }

    /// Files made to waste time or memory.
    @Test func hostileFilesAreCheap() {
        let many = Array("%PDF-1.7\n".utf8) + Array(String(repeating: "/ByteRange [0 5 9 9]", count: 50_000).utf8)
        let nested = (0..<60_000).flatMap { _ -> [UInt8] in [0x30, 0x80] }
        var deep = Array("%PDF-1.7\n/ByteRange [0 60 240063 0] /Contents                 ".utf8)
        deep = Array(deep.prefix(60)) + [UInt8(ascii: "<")]
        for byte in nested { deep += Array(hexadecimal([byte]).utf8) }
        deep.append(UInt8(ascii: ">"))
        let start = ContinuousClock.now
        #expect(check.verdict(many) == .unsigned)
        if case .signed = check.verdict(deep) { Issue.record("signed") }
        if case .signed = check.verdict(Array(many.shuffled())) { Issue.record("signed") }
        #expect(ContinuousClock.now - start < .seconds(10))
    }
}
