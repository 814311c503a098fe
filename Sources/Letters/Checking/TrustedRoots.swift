import Foundation
import Permits
import SwiftASN1
import X509

/// Root certificates that somebody decided to trust: the office's own, those of a provider, of a time-stamp service.
public struct TrustedRoots: Sendable {
    private let roots: [Certificate]

    /// More links than any provider uses.
    private static let maximumDepth = 4

    public init(_ root: OfficeCertificate) { roots = [root.certificate] }

    /// Any number of certificates in PEM, one after the other. Throws `SigningError.keyDamaged`.
    public init(pem: String) throws(SigningError) {
        do {
            roots = try PEMDocument.parseMultiple(pemString: pem).map { try Certificate(pemDocument: $0) }
        } catch {
            throw .keyDamaged
        }
    }

    private init(_ roots: [Certificate]) { self.roots = roots }

    public static func + (left: TrustedRoots, right: TrustedRoots) -> TrustedRoots {
        TrustedRoots(left.roots + right.roots)
    }

    /// Whether a chain of valid certificates leads from this one to a root (RFC 5280, 6.1, without policies and name
    /// constraints: a certificate with a critical extension that is not known here is refused).
    func trust(_ certificate: Certificate, through others: [Certificate], at time: Moment) -> Bool {
        var current = certificate
        for depth in 0..<Self.maximumDepth {
            guard isUsable(current, at: time) else { return false }
            if roots.contains(where: { isIssuer($0, of: current, at: time, below: depth) }) { return true }
            guard let next = others.first(where: { $0 != current && isIssuer($0, of: current, at: time, below: depth) })
            else { return false }
            current = next
        }
        return false
    }

    private func isUsable(_ certificate: Certificate, at time: Moment) -> Bool {
        guard Moment(certificate.notValidBefore) <= time, time <= Moment(certificate.notValidAfter) else {
            return false
        }
        let known: [ASN1ObjectIdentifier] = [
            .Certificates.basicConstraints, .Certificates.keyUsage, .Certificates.extendedKeyUsage,
            .Certificates.subjectKeyIdentifier, .Certificates.authorityKeyIdentifier,
        ]
        return certificate.extensions.allSatisfy { !$0.critical || known.contains($0.oid) }
    }

    /// `below` counts the authorities between the issuer and the end of the chain.
    private func isIssuer(_ issuer: Certificate, of certificate: Certificate, at time: Moment, below: Int) -> Bool {
        guard issuer.subject == certificate.issuer, isUsable(issuer, at: time),
            case .isCertificateAuthority(let length) = try? issuer.extensions.basicConstraints,
            length.map({ below <= $0 }) ?? true,
            (try? issuer.extensions.keyUsage)?.keyCertSign ?? true
        else { return false }
        return issuer.publicKey.isValidSignature(certificate.signature, for: certificate)
    }
}
