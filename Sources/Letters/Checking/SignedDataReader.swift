import Crypto
import Foundation
import Permits
import SwiftASN1
import X509

/// Reads CMS SignedData from anywhere and checks its one signature (RFC 5652). Throws on whatever it does not expect.
struct SignedDataReader {
    let contentType: ASN1ObjectIdentifier
    /// Nil when detached.
    let content: [UInt8]?
    let certificates: [Certificate]
    /// Of the first signer.
    let signature: [UInt8]
    private let issuer: ArraySlice<UInt8>
    private let serial: [UInt8]
    private let digestAlgorithm: ASN1ObjectIdentifier
    private let signatureAlgorithm: ASN1ObjectIdentifier
    /// The signed attributes as they were signed: as a SET.
    private let signedBytes: [UInt8]
    private let attributes: [ASN1ObjectIdentifier: [ASN1Node]]
    private let unsignedAttributes: [ASN1ObjectIdentifier: [ASN1Node]]

    private static let maximumCertificates = 16

    init(der bytes: ArraySlice<UInt8>) throws {
        let info = try DER.parse(bytes).children()
        guard try info.at(0).object() == .CMS.signedData, info.count == 2 else { throw DERFault.unexpected }
        let outer = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
        let fields = try info.at(1).children(outer).at(0).children()
        let encapsulated = try fields.at(2).children()
        contentType = try encapsulated.at(0).object()
        content =
            encapsulated.count > 1
            ? try Array(encapsulated.at(1).children(outer).at(0).primitive(.octetString)) : nil
        certificates =
            try fields.first { $0.isTagged(0) }
            .map {
                try $0.children(outer).prefix(Self.maximumCertificates).compactMap { try? Certificate(derEncoded: $0) }
            }
            ?? []
        guard let set = fields.last, case let signers = try set.children(.set), signers.count == 1 else {
            throw DERFault.unexpected
        }
        let signer = try signers.at(0).children()
        let name = try signer.at(1).children()
        issuer = try name.at(0).encodedBytes
        serial = try Array(name.at(1).primitive(.integer).drop { $0 == 0 })
        digestAlgorithm = try signer.at(2).children().at(0).object()
        let signed = try signer.at(3)
        attributes = try Self.attributes(signed.children(outer))
        // The tag [0] stands for SET, and the SET is what was signed (5.4).
        signedBytes = [0x31] + signed.encodedBytes.dropFirst()
        signatureAlgorithm = try signer.at(4).children().at(0).object()
        signature = try Array(signer.at(5).primitive(.octetString))
        let unsigned = ASN1Identifier(tagWithNumber: 1, tagClass: .contextSpecific)
        unsignedAttributes = try signer.count > 6 ? Self.attributes(signer.at(6).children(unsigned)) : [:]
    }

    private static func attributes(_ nodes: [ASN1Node]) throws -> [ASN1ObjectIdentifier: [ASN1Node]] {
        var attributes: [ASN1ObjectIdentifier: [ASN1Node]] = [:]
        for node in nodes {
            let parts = try node.children()
            let type = try parts.at(0).object()
            guard attributes[type] == nil else { throw DERFault.unexpected }
            attributes[type] = try parts.at(1).children(.set)
        }
        return attributes
    }

    /// The certificate whose key signed the attributes. What they say of the content is for `covers` to tell.
    func signer() throws -> Certificate {
        guard try attribute(.CMS.contentType).object() == contentType else { throw DERFault.unexpected }
        for certificate in certificates {
            guard Array(certificate.serialNumber.bytes.drop { $0 == 0 }) == serial,
                try der({ try $0.serialize(certificate.issuer) }) == Array(issuer)
            else { continue }
            try checkNamed(certificate)
            let isValid = certificate.publicKey.isValidSignature(
                signature, for: signedBytes, signatureAlgorithm: try algorithm())
            guard isValid else { throw DERFault.unexpected }
            return certificate
        }
        throw DERFault.unexpected
    }

    /// Whether the attributes hold the digest of the content; the closure hashes it.
    func covers(_ digest: (ContentDigest) -> [UInt8]) throws -> Bool {
        let claimed = try Array(attribute(.CMS.messageDigest).primitive(.octetString))
        let algorithm = try ContentDigest(digestAlgorithm)
        return digest(algorithm) == claimed
    }

    /// The time-stamp token over this signature, where there is one.
    var timeStamp: ArraySlice<UInt8>? { unsignedAttributes[.CMS.timeStampToken]?.first?.encodedBytes }

    private func attribute(_ type: ASN1ObjectIdentifier) throws -> ASN1Node {
        guard let values = attributes[type], values.count == 1 else { throw DERFault.unexpected }
        return values[0]
    }

    /// Where the attributes name the signer's certificate with SHA-256, it must be this one (RFC 5035, 5.4).
    private func checkNamed(_ certificate: Certificate) throws {
        guard attributes[.CMS.signingCertificateV2] != nil else { return }
        let identifier = try attribute(.CMS.signingCertificateV2).children().at(0).children().at(0).children()
        // Another hash algorithm would come first; only SHA-256, the default, is left out.
        guard let first = identifier.first, first.identifier == .octetString else { return }
        let bytes = try der { try $0.serialize(certificate) }
        guard try Array(first.primitive(.octetString)) == sha256(bytes) else { throw DERFault.unexpected }
    }

    private func algorithm() throws -> Certificate.SignatureAlgorithm {
        switch (signatureAlgorithm, digestAlgorithm) {
        case (.Algorithm.ecdsaSHA256, .Algorithm.sha256): .ecdsaWithSHA256
        case (.Algorithm.ecdsaSHA384, .Algorithm.sha384): .ecdsaWithSHA384
        case (.Algorithm.ecdsaSHA512, .Algorithm.sha512): .ecdsaWithSHA512
        case (.Algorithm.rsa, .Algorithm.sha256), (.Algorithm.rsaSHA256, .Algorithm.sha256): .sha256WithRSAEncryption
        case (.Algorithm.rsa, .Algorithm.sha384), (.Algorithm.rsaSHA384, .Algorithm.sha384): .sha384WithRSAEncryption
        case (.Algorithm.rsa, .Algorithm.sha512), (.Algorithm.rsaSHA512, .Algorithm.sha512): .sha512WithRSAEncryption
        default: throw DERFault.unexpected
        }
    }
}

enum ContentDigest {
    case sha256, sha384, sha512

    init(_ algorithm: ASN1ObjectIdentifier) throws {
        switch algorithm {
        case .Algorithm.sha256: self = .sha256
        case .Algorithm.sha384: self = .sha384
        case .Algorithm.sha512: self = .sha512
        default: throw DERFault.unexpected
        }
    }

    func of(_ parts: [ArraySlice<UInt8>]) -> [UInt8] {
        switch self {
        case .sha256: hash(parts, SHA256())
        case .sha384: hash(parts, SHA384())
        case .sha512: hash(parts, SHA512())
        }
    }

    private func hash<Function: HashFunction>(_ parts: [ArraySlice<UInt8>], _ start: Function) -> [UInt8] {
        var function = start
        for part in parts { part.withUnsafeBytes { function.update(bufferPointer: $0) } }
        return Array(function.finalize())
    }
}

extension SignedDataReader {
    /// For a time-stamp token: its time, when its signature holds and its certificate is for time stamps, critically
    /// and for nothing else, and leads to one of the roots (RFC 3161, 2.3). Throws `SigningError.stampUntrusted`.
    func checkStamp(roots: TrustedRoots) throws(SigningError) -> (time: Moment, imprint: [UInt8]) {
        do {
            guard contentType == .CMS.timeStampInfo, let content else { throw SigningError.stampDamaged }
            let info = try TimeStampInfo(derEncoded: content)
            let certificate = try signer()
            guard try covers({ $0.of([content[...]]) }),
                certificate.extensions[oid: .Certificates.extendedKeyUsage]?.critical == true,
                try certificate.extensions.extendedKeyUsage.map(Array.init) == [.timeStamping],
                roots.trust(certificate, through: certificates, at: info.time)
            else { throw SigningError.stampUntrusted }
            return (info.time, info.imprint)
        } catch let error as SigningError {
            throw error
        } catch {
            throw .stampUntrusted
        }
    }
}
