import Foundation
import Permits

@testable import Letters

/// Keys of an office that was set up yesterday, made once for all tests. Programs that judge signatures look at the
/// real clock, so this does too.
struct SigningWorld: Sendable {
    static let shared = Result { try SigningWorld() }
    static let passphrase = "gajah duduk di pelabuhan"
    static let facts = SignatureFacts(
        name: "Dr. Ir. Ratna Dewi Nasution, S.T., M.Si.", reason: "Menerbitkan Surat Keterangan Riset",
        location: "Medan")

    let now: Moment
    let yesterday: Moment
    let storedRoot: StoredIdentity
    let authority: CertificateAuthority
    let stored: StoredIdentity
    let ratna: SigningIdentity
    let stamping: SigningIdentity
    let storedStamping: StoredIdentity
    let sealing: SigningIdentity
    let renderer: LetterRenderer

    private init() throws {
        let passphrase = Self.passphrase
        now = Moment(seconds: Int64(Date().timeIntervalSince1970))
        yesterday = now.adding(hours: -24)
        let office = "Badan Riset dan Inovasi Daerah Kota Medan"
        storedRoot = try CertificateAuthority.makeRoot(
            office: office, at: yesterday, passphrase: passphrase, cost: .quick)
        authority = try CertificateAuthority(storedRoot.opened(passphrase: passphrase))
        stored = try authority.issue(
            .signing,
            to: KeyHolder(
                name: Self.facts.name, office: office, position: "Kepala Badan", number: "196812311993031001"),
            at: yesterday, passphrase: passphrase, cost: .quick)
        ratna = try stored.opened(passphrase: passphrase)
        storedStamping = try authority.issue(
            .stamping, to: KeyHolder(name: "Penanda Waktu", office: office), at: yesterday, passphrase: passphrase,
            cost: .quick)
        stamping = try storedStamping.opened(passphrase: passphrase)
        sealing = try authority.issue(
            .sealing, to: KeyHolder(name: "Segel Surat", office: office), at: yesterday, passphrase: passphrase,
            cost: .quick
        ).opened(passphrase: passphrase)
        renderer = try LetterRenderer()
    }

    var root: OfficeCertificate { authority.root }

    var stamper: OfficeTimeStamper { OfficeTimeStamper(stamping, root: root, revoked: nil) }

    func signer(stamped: Bool) -> OfficeSigner {
        OfficeSigner(ratna, root: root, revoked: nil, stamper: stamped ? stamper : nil)
    }

    func signed(stamped: Bool = true, _ document: LetterDocument = SampleLetters.research) throws -> [UInt8] {
        try signer(stamped: stamped).sign(document, with: renderer, facts: Self.facts, secret: "", at: now)
    }
}

/// Other people's eyes on a signature.
enum SignatureJudges {
    static let certutil = Tool(name: "certutil", package: "the Debian package libnss3-tools")
    static let pdfsig = Tool(name: "pdfsig", package: "the Debian package poppler-utils")
    static let openssl = Tool(name: "openssl", package: "the Debian package openssl")
    static let pyhanko = Tool(
        name: environment + "/pyhanko", package: "Tests/Browser/requirements.txt into .venv (.ci/setup test)")
    static let python = Tool(
        name: environment + "/python", package: "Tests/Browser/requirements.txt into .venv (.ci/setup test)")

    private static let environment = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent(".venv/bin").path

    /// What pyHanko and Poppler say of the file, with the office root as the only one they trust.
    static func judge(_ bytes: [UInt8], root: OfficeCertificate) throws -> (pyhanko: String, poppler: String) {
        let scratch = try Scratch()
        let id = UUID().uuidString
        let file = try scratch.write(bytes, as: "signed-\(id).pdf")
        let trusted = try scratch.write(Array(root.pem.utf8), as: "root-\(id).pem")
        let database = scratch.path("nss-\(id)")
        try FileManager.default.createDirectory(atPath: database, withIntermediateDirectories: true)
        _ = try certutil.run(["-N", "-d", "sql:\(database)", "--empty-password"])
        _ = try certutil.run(["-A", "-a", "-d", "sql:\(database)", "-n", "root", "-t", "C,C,C", "-i", trusted])
        return try withExtendedLifetime(scratch) {
            let poppler = try pdfsig.run(["-nssdir", "sql:\(database)", file]).output
            let pyhanko = try pyhanko.run([
                "sign", "validate", "--pretty-print", "--trust", trusted, "--trust-replace", "--no-revocation-check",
                file,
            ]).output
            return (pyhanko, poppler)
        }
    }
}
