import Foundation
import Permits
import Testing

@testable import Letters

struct SignatureTests {
    private let world: SigningWorld
    private let scratch: Scratch

    init() throws {
        world = try SigningWorld.shared.get()
        scratch = try Scratch()
    }

    @Test(arguments: [false, true])
    func otherReadersTrustIt(stamped: Bool) throws {
        let said = try SignatureJudges.judge(world.signed(stamped: stamped), root: world.root)
        #expect(said.pyhanko.contains("The signature is judged VALID."), "\(said.pyhanko)")
        #expect(said.pyhanko.contains("The signature is cryptographically sound"))
        #expect(said.pyhanko.contains("The signer's certificate is trusted."))
        #expect(said.pyhanko.contains("covers the entire file") == true, "\(said.pyhanko)")
        #expect(said.pyhanko.contains("time stamp") || !stamped, "\(said.pyhanko)")
        #expect(said.poppler.contains("Signature is Valid."), "\(said.poppler)")
        #expect(said.poppler.contains("Certificate is Trusted."), "\(said.poppler)")
        #expect(said.poppler.contains("Total document signed"))
        #expect(said.poppler.contains("ETSI.CAdES.detached"))
    }

    /// In a page, in the metadata, in the structure, in the table of objects.
    @Test(arguments: ["stream\n", "pdfaid:part>2", "/StructTreeRoot", "0000000000 65535"])
    func otherReadersSeeOneChangedByte(place: String) throws {
        var bytes = try world.signed()
        let found = try #require(Data(bytes).range(of: Data(place.utf8)))
        bytes[found.upperBound + 2] ^= 1
        let said = try SignatureJudges.judge(bytes, root: world.root)
        #expect(!said.pyhanko.contains("judged VALID"), "\(said.pyhanko)")
        #expect(!said.poppler.contains("Signature is Valid."), "\(said.poppler)")
    }

    @Test func otherReadersDoNotTrustAnotherRoot() throws {
        let other = try CertificateAuthority.makeRoot(
            office: "Kantor Lain", at: world.yesterday, passphrase: SigningWorld.passphrase, cost: .quick)
        let said = try SignatureJudges.judge(world.signed(), root: other.certificate)
        #expect(!said.pyhanko.contains("judged VALID"))
        #expect(said.poppler.contains("Signature is Valid."))
        #expect(!said.poppler.contains("Certificate is Trusted."))
    }

    @Test func signedFileIsStillAnArchiveFile() throws {
        let bytes = try world.signed()
        let path = try scratch.write(bytes, as: "signed.pdf")
        let check = try Tool.qpdf.run(["--check", path])
        #expect(check.status == 0 && check.output.contains("No syntax or stream encoding errors found"))
        #expect(try Tool.pdfinfo.run(["-struct", path]).output.contains("Form"))
        let text = String(decoding: bytes, as: UTF8.self)
        for part in [
            "/SigFlags 3", "/Perms <</DocMDP ", "/TransformMethod /DocMDP", "/P 1/V /1.2", "/F 132", "/StructParent 2",
            "/Type /OBJR", "/TU (Tanda tangan elektronik Dr. Ir. Ratna", "/AP <</N ", "<pdfaid:part>2",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        // Once as the form's appearance, and no widget in the other pages.
        #expect(text.components(separatedBy: "/Annots").count == 2)
    }

    @Test func preparedBytesAreTheSameEveryTime() throws {
        let letter = try world.renderer.prepared(
            SampleLetters.research, created: SampleLetters.created, signature: SigningWorld.facts)
        let again = try LetterRenderer().prepared(
            SampleLetters.research, created: SampleLetters.created, signature: SigningWorld.facts)
        #expect(letter == again)
        let signed = try world.signer(stamped: true).sign(letter, at: world.now)
        #expect(signed.count == letter.bytes.count)
        #expect(signed[..<letter.gap.lowerBound] == letter.bytes[..<letter.gap.lowerBound])
        #expect(signed[letter.gap.upperBound...] == letter.bytes[letter.gap.upperBound...])
        #expect(
            letter.bytes[letter.gap].first == UInt8(ascii: "<") && letter.bytes[letter.gap].last == UInt8(ascii: ">"))
    }

    @Test func letterWithoutACodeIsSignedInvisibly() throws {
        var letter = SampleLetters.research
        letter.blocks = [.paragraph("Pemberitahuan.")]
        let bytes = try world.signed(letter)
        #expect(String(decoding: bytes, as: UTF8.self).contains("/Rect [0 0 0 0]"))
        let said = try SignatureJudges.judge(bytes, root: world.root)
        #expect(said.pyhanko.contains("judged VALID") && said.poppler.contains("Signature is Valid."))
    }

    /// OpenSSL reads the CMS on its own.
    @Test func opensslVerifiesTheMessage() throws {
        let bytes = try world.signed()
        let found = try #require(SignatureFinder(bytes).signatures().first)
        let signature = try scratch.write(found.signature, as: "cms.der")
        let content = try scratch.write(Array(bytes[found.before] + bytes[found.after]), as: "content.bin")
        let root = try scratch.write(Array(world.root.pem.utf8), as: "root.pem")
        let arguments = [
            "cms", "-verify", "-inform", "DER", "-in", signature, "-content", content, "-binary", "-CAfile", root,
            "-purpose", "any", "-cades", "-out", "/dev/null",
        ]
        #expect(try SignatureJudges.openssl.run(arguments).status == 0)
        _ = try scratch.write([0], as: "content.bin")
        #expect(try SignatureJudges.openssl.run(arguments).status != 0)
    }

    @Test func noSigningTimeAmongTheAttributes() throws {
        let found = try #require(SignatureFinder(try world.signed()).signatures().first)
        // 1.2.840.113549.1.9.5
        let identifier = Data([0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x05])
        #expect(Data(found.signature).range(of: identifier) == nil)
    }

    private struct Refusal {
        let name: String
        let error: SigningError
        let sign: @Sendable (SigningWorld) throws -> [UInt8]
    }

    private static let refusals: [Refusal] = [
        Refusal(name: "after two years", error: .certificateExpired) { world in
            try world.signer(stamped: false).sign(
                SampleLetters.research, with: world.renderer, facts: SigningWorld.facts, secret: "",
                at: world.now.adding(hours: 24 * 731))
        },
        Refusal(name: "the day before", error: .certificateNotYetValid) { world in
            try world.signer(stamped: false).sign(
                SampleLetters.research, with: world.renderer, facts: SigningWorld.facts, secret: "",
                at: world.yesterday.adding(seconds: -1))
        },
        Refusal(name: "revoked", error: .certificateRevoked) { world in
            let list = try world.authority.revoke(
                world.stored.certificate, for: .keyCompromise, after: nil, at: world.now)
            return try OfficeSigner(world.ratna, root: world.root, revoked: list).sign(
                SampleLetters.research, with: world.renderer, facts: SigningWorld.facts, secret: "", at: world.now)
        },
        Refusal(name: "wrong passphrase", error: .wrongPassphrase) { world in
            try OfficeSigner(world.stored, root: world.root, revoked: nil).sign(
                SampleLetters.research, with: world.renderer, facts: SigningWorld.facts, secret: "bukan ini",
                at: world.now)
        },
        Refusal(name: "sealing key", error: .certificateWrongUse) { world in
            try OfficeSigner(world.sealing, root: world.root, revoked: nil).sign(
                SampleLetters.research, with: world.renderer, facts: SigningWorld.facts, secret: "", at: world.now)
        },
        Refusal(name: "another office's root", error: .certificateForeign) { world in
            let other = try CertificateAuthority.makeRoot(
                office: "Kantor Lain", at: world.yesterday, passphrase: SigningWorld.passphrase, cost: .quick)
            return try OfficeSigner(world.ratna, root: other.certificate, revoked: nil).sign(
                SampleLetters.research, with: world.renderer, facts: SigningWorld.facts, secret: "", at: world.now)
        },
        Refusal(name: "stamper with the wrong key", error: .certificateWrongUse) { world in
            let stamper = OfficeTimeStamper(world.ratna, root: world.root, revoked: nil)
            return try OfficeSigner(world.ratna, root: world.root, revoked: nil, stamper: stamper).sign(
                SampleLetters.research, with: world.renderer, facts: SigningWorld.facts, secret: "", at: world.now)
        },
        Refusal(name: "stamp of 9 KiB", error: .signatureTooLong) { world in
            try OfficeSigner(world.ratna, root: world.root, revoked: nil, stamper: HugeStamper()).sign(
                SampleLetters.research, with: world.renderer, facts: SigningWorld.facts, secret: "", at: world.now)
        },
    ]

    @Test(arguments: Self.refusals.indices)
    func refused(index: Int) throws {
        let refusal = Self.refusals[index]
        #expect(throws: refusal.error, "\(refusal.name)") { try refusal.sign(world) }
    }

    @Test func passphraseIsAskedForEveryLetterUnlessOpened() throws {
        let signer = OfficeSigner(world.stored, root: world.root, revoked: nil)
        let letter = try world.renderer.prepared(
            SampleLetters.research, created: SampleLetters.created, signature: SigningWorld.facts)
        #expect(throws: SigningError.wrongPassphrase) { try signer.sign(letter, at: world.now) }
        let opened = try signer.opened(secret: SigningWorld.passphrase)
        #expect(try opened.sign(letter, at: world.now).count == letter.bytes.count)
        #expect(!opened.namesBSrE)
    }

    @Test func everyErrorHasItsOwnSentence() {
        #expect(Set(SigningError.allCases.map(\.textKey)).count == SigningError.allCases.count)
        #expect(SigningError.wrongPassphrase.textKey == "problem.signing.wrongPassphrase")
    }
}

private struct HugeStamper: TimeStamper {
    func token(for imprint: [UInt8], at now: Moment) throws(SigningError) -> [UInt8] {
        [0x30, 0x82, 0x23, 0x28] + [UInt8](repeating: 0, count: 9000)
    }
}
