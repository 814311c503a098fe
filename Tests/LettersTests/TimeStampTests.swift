import Foundation
import Permits
import Testing

@testable import Letters

struct TimeStampTests {
    private let world: SigningWorld
    private let scratch: Scratch
    private let imprint = sha256(Array("tanda tangan".utf8))

    init() throws {
        world = try SigningWorld.shared.get()
        scratch = try Scratch()
    }

    private var roots: TrustedRoots { TrustedRoots(world.root) }

    @Test func opensslVerifiesOurAnswer() throws {
        let request = try TimeStampRequest(imprint: imprint)
        let answer = world.stamper.answer(request.bytes, at: world.now)
        let query = try scratch.write(request.bytes, as: "query.tsq")
        let reply = try scratch.write(answer, as: "reply.tsr")
        let root = try scratch.write(Array(world.root.pem.utf8), as: "root.pem")
        let verified = try SignatureJudges.openssl.run([
            "ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", root,
        ])
        #expect(verified.output.contains("Verification: OK") || verified.status == 0, "\(verified.output)")
        let text = try SignatureJudges.openssl.run(["ts", "-query", "-in", query, "-text"]).output
        #expect(text.contains("Certificate required: yes") && text.contains("sha256"))
        let token = try request.token(in: answer, roots: roots, at: world.now)
        #expect(try SignedDataReader(der: token[...]).checkStamp(roots: roots).time == world.now)
    }

    @Test func weVerifyOpensslsAnswer() throws {
        let key = try scratch.write(Array(world.storedStamping.key.pem.utf8), as: "tsa.key.pem")
        let certificate = try scratch.write(Array(world.stamping.certificate.pem.utf8), as: "tsa.pem")
        let serial = try scratch.write(Array("01\n".utf8), as: "serial")
        let settings = """
            [tsa]
            default_tsa = server
            [server]
            serial = \(serial)
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            other_policies = 1.2.3.4.2
            digests = sha256
            accuracy = secs:1
            ordering = yes
            ess_cert_id_alg = sha256
            """
        let file = try scratch.write(Array(settings.utf8), as: "tsa.cnf")
        for policy in [nil, "1.2.3.4.2"] {
            let request = try TimeStampRequest(imprint: imprint, policy: policy)
            let query = try scratch.write(request.bytes, as: "query.tsq")
            let reply = scratch.path("reply.tsr")
            let made = try SignatureJudges.openssl.run([
                "ts", "-reply", "-config", file, "-section", "server", "-queryfile", query, "-signer", certificate,
                "-inkey", key, "-passin", "pass:\(SigningWorld.passphrase)", "-out", reply,
            ])
            try #require(made.status == 0)
            let answer = [UInt8](try Data(contentsOf: URL(fileURLWithPath: reply)))
            let token = try request.token(in: answer, roots: roots, at: world.now)
            #expect(!token.isEmpty)
        }
    }

    @Test func answersToOtherQuestionsAreRefused() throws {
        let now = world.now
        let request = try TimeStampRequest(imprint: imprint)
        let answer = world.stamper.answer(request.bytes, at: now)
        let second = try TimeStampRequest(imprint: imprint)
        #expect(throws: SigningError.stampWrongNonce) { try second.token(in: answer, roots: roots, at: now) }
        let other = try TimeStampRequest(imprint: sha256([1]))
        #expect(throws: SigningError.stampWrongImprint) { try other.token(in: answer, roots: roots, at: now) }
        let late = world.stamper.answer(request.bytes, at: now.adding(seconds: 301))
        #expect(throws: SigningError.stampWrongTime) { try request.token(in: late, roots: roots, at: now) }
        let policy = try TimeStampRequest(imprint: imprint, policy: "1.2.3")
        let wrongPolicy = world.stamper.answer(policy.bytes, at: now)
        #expect(throws: SigningError.stampWrongPolicy) { try policy.token(in: wrongPolicy, roots: roots, at: now) }
        #expect(throws: SigningError.cannotSign) { try TimeStampRequest(imprint: imprint, policy: "bukan oid") }
    }

    @Test func refusedUntrustedAndDamaged() throws {
        let now = world.now
        let request = try TimeStampRequest(imprint: imprint)
        let answer = world.stamper.answer(request.bytes, at: now)
        let rejection: [UInt8] = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]
        #expect(throws: SigningError.stampRefused) { try request.token(in: rejection, roots: roots, at: now) }
        #expect(world.stamper.answer([1, 2, 3], at: now) == rejection)
        #expect(throws: SigningError.stampDamaged) { try request.token(in: [], roots: roots, at: now) }
        #expect(throws: SigningError.stampDamaged) {
            try request.token(in: Array(answer.dropLast(9)), roots: roots, at: now)
        }
        let other = try CertificateAuthority.makeRoot(
            office: "x", at: world.yesterday, passphrase: SigningWorld.passphrase, cost: .quick)
        #expect(throws: SigningError.stampUntrusted) {
            try request.token(in: answer, roots: TrustedRoots(other.certificate), at: now)
        }
        // The last byte of the answer is one of the signature.
        var changed = answer
        changed[changed.count - 1] ^= 1
        #expect(throws: SigningError.stampUntrusted) { try request.token(in: changed, roots: roots, at: now) }
        let expired = world.stamper.answer(request.bytes, at: now.adding(hours: 24 * 731))
        #expect(throws: SigningError.stampRefused) { try request.token(in: expired, roots: roots, at: now) }
    }

    /// A letter's key is no clock: right root, wrong use.
    @Test func certificateForLettersMakesNoStamps() throws {
        let request = try TimeStampRequest(imprint: imprint)
        let info = try TimeStampInfo(
            policy: .officeTimeStampPolicy, imprint: imprint, time: world.now, nonce: nil
        ).encoded()
        let token = try SignedData(
            contentType: .CMS.timeStampInfo, digest: sha256(info), content: info, signer: world.ratna,
            certificates: [world.ratna.certificate.bytes]
        ).encoded()
        #expect(throws: SigningError.stampUntrusted) {
            try SignedDataReader(der: token[...]).checkStamp(roots: roots)
        }
        #expect(!request.bytes.isEmpty)
    }

    /// Any answer that anybody may send: an error, never a trap.
    @Test func changedAnswersAreNeverBelieved() throws {
        let request = try TimeStampRequest(imprint: imprint)
        let answer = world.stamper.answer(request.bytes, at: world.now)
        var believed = 0
        for index in answer.indices {
            var changed = answer
            changed[index] ^= UInt8(truncatingIfNeeded: index &* 37 | 1)
            if (try? request.token(in: changed, roots: roots, at: world.now)) != nil { believed += 1 }
        }
        // A few bytes outside the signed parts mean nothing: versions, lists of algorithms.
        #expect(believed < 40, "\(believed) of \(answer.count)")
    }
}
