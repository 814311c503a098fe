import Crypto
import SwiftASN1
import X509

/// Writes CMS SignedData with one P-256 signer (RFC 5652), the way CAdES and PAdES want it (ETSI EN 319 122-1, EN 319
/// 142-1): the signed attributes name the signer's certificate, and there is no signing-time.
struct SignedData {
    let contentType: ASN1ObjectIdentifier
    /// SHA-256 of the content.
    let digest: [UInt8]
    /// The content itself, or nil where it stands elsewhere (detached).
    var content: [UInt8]?
    let signer: SigningIdentity
    /// The certificates inside; the office root is left out, whoever trusts it has it.
    var certificates: [[UInt8]]

    /// DER of a ContentInfo. `stamp` gets the signature value and returns a time-stamp token over it.
    func encoded(stamp: ([UInt8]) throws -> [UInt8]? = { _ in nil }) throws -> [UInt8] {
        let attributes = try signedAttributes()
        let signature = try signer.sign(der { $0.sortedSet(attributes) })
        let token = try stamp(signature)
        return try der { coder in
            try coder.sequence { info in
                try info.serialize(ASN1ObjectIdentifier.CMS.signedData)
                try info.tagged(0) { outer in
                    try outer.sequence { data in
                        try data.serialize(contentType == .CMS.data ? 1 : 3)
                        try data.set { try $0.algorithm(.Algorithm.sha256) }
                        try data.sequence { try writeContent(to: &$0) }
                        data.sortedSet(
                            certificates, identifier: ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific))
                        try data.set { set in
                            try set.sequence {
                                try writeSigner(to: &$0, attributes: attributes, signature: signature, token: token)
                            }
                        }
                    }
                }
            }
        }
    }

    private func writeContent(to coder: inout DER.Serializer) throws {
        try coder.serialize(contentType)
        if let content { coder.tagged(0) { $0.octets(content) } }
    }

    private func writeSigner(
        to coder: inout DER.Serializer, attributes: [[UInt8]], signature: [UInt8], token: [UInt8]?
    ) throws {
        try coder.serialize(1)
        coder.sequence { name in
            name.serializeRawBytes(signer.certificate.issuerName)
            name.unsigned(signer.certificate.serial)
        }
        try coder.algorithm(.Algorithm.sha256)
        coder.sortedSet(attributes, identifier: ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific))
        try coder.algorithm(.Algorithm.ecdsaSHA256)
        coder.octets(signature)
        guard let token else { return }
        try coder.tagged(1) { unsigned in
            try unsigned.sequence { attribute in
                try attribute.serialize(ASN1ObjectIdentifier.CMS.timeStampToken)
                attribute.set { $0.serializeRawBytes(token) }
            }
        }
    }

    private func signedAttributes() throws -> [[UInt8]] {
        try [
            attribute(.CMS.contentType) { try $0.serialize(contentType) },
            attribute(.CMS.messageDigest) { $0.octets(digest) },
            attribute(.CMS.signingCertificateV2) { value in
                // ESSCertIDv2 with SHA-256 as the hash, which DER leaves out because it is the default (RFC 5035, 4).
                value.sequence { certificates in
                    certificates.sequence { identifiers in
                        identifiers.sequence { identifier in
                            identifier.octets(signer.certificate.digest)
                            identifier.sequence { issuerSerial in
                                issuerSerial.sequence { names in
                                    names.tagged(4) { $0.serializeRawBytes(signer.certificate.issuerName) }
                                }
                                issuerSerial.unsigned(signer.certificate.serial)
                            }
                        }
                    }
                }
            },
        ]
    }

    private func attribute(
        _ type: ASN1ObjectIdentifier, _ value: (inout DER.Serializer) throws -> Void
    ) throws -> [UInt8] {
        try der { coder in
            try coder.sequence { attribute in
                try attribute.serialize(type)
                try attribute.set(value)
            }
        }
    }
}
