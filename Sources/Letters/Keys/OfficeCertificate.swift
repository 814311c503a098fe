import Crypto
import Foundation
public import Permits
import SwiftASN1
import X509

/// What a key of the office is for. Each has its own certificate, so that none serves for another.
public enum KeyUse: String, Sendable, CaseIterable, Codable {
    /// Issues the others and lists the revoked ones; kept away from the server.
    case root
    /// A signatory's letters.
    case signing
    /// The data inside QR codes.
    case sealing
    /// The time in signatures.
    case stamping
}

/// A certificate that the office issued (X.509 version 3, P-256).
public struct OfficeCertificate: Sendable, Equatable {
    let certificate: Certificate
    let bytes: [UInt8]
    /// DER of the issuer's name.
    let issuerName: [UInt8]
    /// SHA-256 of the certificate.
    let digest: [UInt8]
    public let use: KeyUse
    public let validFrom: Moment
    public let validUntil: Moment

    /// Reads PEM. Throws `SigningError.keyDamaged`, or `.certificateWrongUse` for one that is none of ours by its shape.
    public init(pem: String) throws(SigningError) {
        do {
            self = try Self(Certificate(pemEncoded: pem))
        } catch let error as SigningError {
            throw error
        } catch {
            throw .keyDamaged
        }
    }

    init(_ certificate: Certificate) throws {
        self.certificate = certificate
        bytes = try der { try $0.serialize(certificate) }
        issuerName = try der { try $0.serialize(certificate.issuer) }
        digest = Array(SHA256.hash(data: bytes))
        validFrom = Moment(certificate.notValidBefore)
        validUntil = Moment(certificate.notValidAfter)
        use = try Self.use(of: certificate)
    }

    private static func use(of certificate: Certificate) throws -> KeyUse {
        let extensions = certificate.extensions
        if case .isCertificateAuthority = try extensions.basicConstraints { return .root }
        let usages = try extensions.extendedKeyUsage.map(Array.init) ?? []
        if usages == [.timeStamping] { return .stamping }
        if usages.contains(.init(oid: .Certificates.documentSigning)) { return .signing }
        guard usages.isEmpty, try extensions.keyUsage?.digitalSignature == true else {
            throw SigningError.certificateWrongUse
        }
        return .sealing
    }

    public static func == (left: OfficeCertificate, right: OfficeCertificate) -> Bool { left.bytes == right.bytes }

    public var pem: String { PEMDocument(type: Certificate.defaultPEMDiscriminator, derBytes: bytes).pemString + "\n" }

    /// Big-endian, as it stands in the certificate.
    var serial: [UInt8] { Array(certificate.serialNumber.bytes) }

    /// Hexadecimal, for lists and file names.
    public var serialText: String { hexadecimal(serial) }

    /// Common name: who holds the key.
    public var name: String { certificate.subject.text(.RDNAttributeType.commonName) ?? "" }

    public var organization: String { certificate.subject.text(.RDNAttributeType.organizationName) ?? "" }

    var publicKey: P256.Signing.PublicKey? { P256.Signing.PublicKey(certificate.publicKey) }

    /// First bytes of the SHA-256 of the public key: tells sealing keys apart in a QR code.
    var keyIdentifier: [UInt8] { Array(SHA256.hash(data: certificate.publicKey.subjectPublicKeyInfoBytes).prefix(4)) }

    func isIssued(by root: OfficeCertificate) -> Bool {
        root.use == .root && certificate.issuer == root.certificate.subject
            && root.certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
    }

    /// Throws why a key may not be used at this time.
    public func checkUse(
        _ expected: KeyUse, root: OfficeCertificate, revoked: RevocationList?, at now: Moment
    ) throws(SigningError) {
        guard use == expected else { throw .certificateWrongUse }
        guard isIssued(by: root) else { throw .certificateForeign }
        if now < validFrom || now < root.validFrom { throw .certificateNotYetValid }
        if now > validUntil || now > root.validUntil { throw .certificateExpired }
        if let entry = revoked?.entry(serial), entry.revokedAt <= now { throw .certificateRevoked }
    }
}

extension DistinguishedName {
    /// The first value of this type, where it is text.
    func text(_ type: ASN1ObjectIdentifier) -> String? {
        for name in self {
            for attribute in name where attribute.type == type { return String(attribute.value) }
        }
        return nil
    }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes { text.append(hexDigitsOf: byte) }
    return String(decoding: text, as: UTF8.self).lowercased()
}
