import Permits
import SwiftASN1
import X509

/// What an office publishes so that anybody can check its letters without it: the root, the certificates of its sealing
/// keys, old ones too, and the list of revoked ones. None of it is secret.
public struct PublicKeys: Sendable {
    /// The office's own first; those of signing providers may follow.
    public let roots: [OfficeCertificate]
    public let seals: [OfficeCertificate]
    /// Nil where there is none, or none was given.
    public let revoked: RevocationList?

    public init(root: OfficeCertificate, seals: [OfficeCertificate], revoked: RevocationList?) {
        roots = [root]
        self.seals = seals
        self.revoked = revoked
    }

    /// Reads certificates and revocation lists in PEM (RFC 7468), one after the other in any order; of several lists the
    /// newest counts. Certificates for other uses are passed over. Throws `SigningError.keyDamaged`, or
    /// `.certificateForeign` for a list that none of the roots signed.
    public init(pem: String) throws(SigningError) {
        let documents: [PEMDocument]
        do {
            documents = try PEMDocument.parseMultiple(pemString: pem)
        } catch {
            throw .keyDamaged
        }
        var certificates: [OfficeCertificate] = []
        for document in documents where document.discriminator == Certificate.defaultPEMDiscriminator {
            certificates.append(try OfficeCertificate(pem: document.pemString))
        }
        let roots = certificates.filter { $0.use == .root }
        var lists: [RevocationList] = []
        for document in documents where document.discriminator == RevocationList.pemType {
            guard let list = roots.lazy.compactMap({ try? RevocationList(pem: document.pemString, root: $0) }).first
            else { throw .certificateForeign }
            lists.append(list)
        }
        self.roots = roots
        seals = certificates.filter { $0.use == .sealing }
        revoked = lists.max { $0.issuedAt < $1.issuedAt }
    }

    /// Everything, as `init(pem:)` reads it.
    public var pem: String { (roots + seals).map(\.pem).joined() + (revoked?.pem ?? "") }

    /// Checks signed files. Nil without a root.
    public var letterCheck: LetterCheck? {
        guard let first = roots.first else { return nil }
        let trusted = roots.dropFirst().reduce(TrustedRoots(first)) { $0 + TrustedRoots($1) }
        return LetterCheck(roots: trusted, revoked: revoked)
    }
}

extension OfficeCertificate {
    /// SHA-256 of the certificate in groups of four hexadecimal digits, for people to compare.
    public var fingerprint: String {
        let digits = Array(hexadecimal(digest).uppercased())
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: " ")
    }
}
