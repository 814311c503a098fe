public import Permits
import SwiftASN1
import X509

/// The office's list of revoked certificates: a CRL, version 2, signed by the root (RFC 5280, 5).
public struct RevocationList: Sendable, Equatable {
    /// Why a key is not to be trusted any more (5.3.1).
    public enum Reason: Int, Sendable, CaseIterable {
        case unspecified = 0
        case keyCompromise = 1
        case affiliationChanged = 3
        case superseded = 4
        case cessationOfOperation = 5
    }

    public struct Entry: Sendable, Equatable {
        let serial: [UInt8]
        public let revokedAt: Moment
        public let reason: Reason

        public var serialText: String { hexadecimal(serial) }
    }

    public let entries: [Entry]
    public let issuedAt: Moment
    /// When readers should expect a newer list.
    public let nextUpdate: Moment
    public let number: Int
    private let bytes: [UInt8]

    static let pemType = "X509 CRL"
    private static let maximumEntries = 100_000

    public var pem: String { PEMDocument(type: Self.pemType, derBytes: bytes).pemString + "\n" }

    public func entry(of certificate: OfficeCertificate) -> Entry? { entry(certificate.serial) }

    func entry(_ serial: [UInt8]) -> Entry? { entries.first { $0.serial == serial } }

    /// Reads PEM and checks the root's signature. Throws `SigningError.keyDamaged` or `.certificateForeign`.
    public init(pem: String, root: OfficeCertificate) throws(SigningError) {
        do {
            let document = try PEMDocument(pemString: pem)
            guard document.discriminator == Self.pemType else { throw SigningError.keyDamaged }
            try self.init(der: document.derBytes, root: root)
        } catch SigningError.certificateForeign {
            throw .certificateForeign
        } catch {
            throw .keyDamaged
        }
    }

    private init(der bytes: [UInt8], root: OfficeCertificate) throws {
        let list = try DER.parse(bytes).children()
        let body = try list.at(0)
        let signature = try ASN1BitString(derEncoded: list.at(2)).bytes
        guard try list.at(1).children().at(0).object() == .Algorithm.ecdsaSHA256,
            root.certificate.publicKey.isValidSignature(
                signature, for: body.encodedBytes, signatureAlgorithm: .ecdsaWithSHA256)
        else { throw SigningError.certificateForeign }
        let fields = try body.children()
        let hasEntries = try fields.at(5).identifier == .sequence
        let nodes = hasEntries ? try fields.at(5).children() : []
        guard nodes.count <= Self.maximumEntries else { throw SigningError.keyDamaged }
        entries = try nodes.map { try Entry(derEncoded: $0) }
        issuedAt = try Moment(derEncoded: fields.at(3))
        nextUpdate = try Moment(derEncoded: fields.at(4))
        number = try Self.number(in: fields.at(hasEntries ? 6 : 5))
        self.bytes = bytes
    }

    private static func number(in extensions: ASN1Node) throws -> Int {
        let tag = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
        for node in try extensions.children(tag).at(0).children() {
            let item = try Certificate.Extension(derEncoded: node)
            if item.oid == .Certificates.listNumber { return try Int(derEncoded: item.value) }
        }
        throw SigningError.keyDamaged
    }
}

extension RevocationList.Entry {
    fileprivate init(derEncoded node: ASN1Node) throws {
        let parts = try node.children()
        serial = try Array(parts.at(0).primitive(.integer).drop { $0 == 0 })
        revokedAt = try Moment(derEncoded: parts.at(1))
        var reason = RevocationList.Reason.unspecified
        if parts.count > 2 {
            for node in try parts.at(2).children() {
                let item = try Certificate.Extension(derEncoded: node)
                guard item.oid == .Certificates.revocationReason else { continue }
                let value = try DER.parse(item.value).primitive(.enumerated)
                reason = value.first.flatMap { RevocationList.Reason(rawValue: Int($0)) } ?? .unspecified
            }
        }
        self.reason = reason
    }

    fileprivate func write(to coder: inout DER.Serializer) throws {
        try coder.sequence { entry in
            entry.unsigned(serial)
            try revokedAt.write(to: &entry)
            // An unspecified reason is left out (5.3.1).
            guard reason != .unspecified else { return }
            let value = der { coder in
                coder.appendPrimitiveNode(identifier: .enumerated) { $0.append(UInt8(reason.rawValue)) }
            }
            try entry.sequence {
                try $0.serialize(
                    Certificate.Extension(oid: .Certificates.revocationReason, critical: false, value: value[...]))
            }
        }
    }
}

extension CertificateAuthority {
    /// The list with one certificate more; revoking one again changes nothing but the date of the list. Publish it, and
    /// put it beside the certificates. `years` is how long readers may go on without a newer one.
    /// Throws `SigningError.certificateForeign` or `.cannotSign`.
    public func revoke(
        _ certificate: OfficeCertificate, for reason: RevocationList.Reason, after list: RevocationList?,
        at now: Moment, years: Int = 1
    ) throws(SigningError) -> RevocationList {
        guard certificate.isIssued(by: root), certificate != root else { throw .certificateForeign }
        var entries = list?.entries ?? []
        if !entries.contains(where: { $0.serial == certificate.serial }) {
            entries.append(.init(serial: certificate.serial, revokedAt: now, reason: reason))
        }
        return try revocationList(entries, number: (list?.number ?? 0) + 1, at: now, years: years)
    }

    /// A list with the same entries and a new date.
    public func renew(
        _ list: RevocationList?, at now: Moment, years: Int = 1
    ) throws(SigningError) -> RevocationList {
        try revocationList(list?.entries ?? [], number: (list?.number ?? 0) + 1, at: now, years: years)
    }

    private func revocationList(
        _ entries: [RevocationList.Entry], number: Int, at now: Moment, years: Int
    ) throws(SigningError) -> RevocationList {
        do {
            let body = try self.body(entries, number: number, at: now, until: now.adding(years: years))
            let signature = try identity.sign(body)
            let bytes = try der { coder in
                try coder.sequence { list in
                    list.serializeRawBytes(body)
                    try list.algorithm(.Algorithm.ecdsaSHA256)
                    try list.serialize(ASN1BitString(bytes: signature[...]))
                }
            }
            return try RevocationList(
                pem: PEMDocument(type: "X509 CRL", derBytes: bytes).pemString, root: root)
        } catch {
            throw .cannotSign
        }
    }

    private func body(
        _ entries: [RevocationList.Entry], number: Int, at now: Moment, until: Moment
    ) throws -> [UInt8] {
        let numberBytes = try der { try $0.serialize(number) }
        let extensions = [
            try AuthorityKeyIdentifier(
                keyIdentifier: root.certificate.extensions.subjectKeyIdentifier?.keyIdentifier
            ).makeCertificateExtension(),
            Certificate.Extension(oid: .Certificates.listNumber, critical: false, value: numberBytes[...]),
        ]
        return try der { coder in
            try coder.sequence { body in
                try body.serialize(1)  // version 2
                try body.algorithm(.Algorithm.ecdsaSHA256)
                try body.serialize(root.certificate.subject)
                try now.write(to: &body)
                try until.write(to: &body)
                if !entries.isEmpty {  // the list itself is left out when it is empty (5.1.2.6)
                    try body.sequence { list in for entry in entries { try entry.write(to: &list) } }
                }
                try body.tagged(0) { outer in
                    try outer.sequence { list in for item in extensions { try list.serialize(item) } }
                }
            }
        }
    }
}
