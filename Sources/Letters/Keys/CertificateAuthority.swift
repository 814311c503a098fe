import Crypto
public import Permits
import SwiftASN1
import X509

/// Who holds a key, as its certificate will say.
public struct KeyHolder: Sendable, Equatable {
    /// Common name, such as `Dr. Ratna Dewi, M.Si.` or `Segel Surat BRIDA`. Certificates take 64 characters.
    public var name: String
    /// Name of the office.
    public var office: String
    /// Position of a signatory.
    public var position: String?
    /// NIP or another number that tells people of the same name apart: letters, digits, blanks and `'()+,-./:=?`.
    public var number: String?

    public init(name: String, office: String, position: String? = nil, number: String? = nil) {
        self.name = name
        self.office = office
        self.position = position
        self.number = number
    }

    fileprivate func distinguishedName() throws -> DistinguishedName {
        typealias Attribute = RelativeDistinguishedName.Attribute
        var attributes = [
            try Attribute(type: .RDNAttributeType.countryName, printableString: "ID"),
            Attribute(type: .RDNAttributeType.organizationName, utf8String: String(office.prefix(64))),
            Attribute(type: .RDNAttributeType.commonName, utf8String: String(name.prefix(64))),
        ]
        if let position {
            attributes.append(Attribute(type: .Certificates.title, utf8String: String(position.prefix(64))))
        }
        if let number, !number.isEmpty {
            attributes.append(
                try Attribute(type: .Certificates.serialNumber, printableString: String(number.prefix(64))))
        }
        return try DistinguishedName(attributes)
    }
}

/// The office root: makes itself, issues certificates for keys and lists revoked ones (RFC 5280). Its key is needed for
/// nothing else and is best kept on a medium that lies in a safe.
public struct CertificateAuthority: Sendable {
    let identity: SigningIdentity

    /// Throws `SigningError.certificateWrongUse` when the identity is no root.
    public init(_ identity: SigningIdentity) throws(SigningError) {
        guard identity.certificate.use == .root else { throw .certificateWrongUse }
        self.identity = identity
    }

    public var root: OfficeCertificate { identity.certificate }

    /// A new root. Throws `SigningError.weakPassphrase` or `.cannotSign`.
    public static func makeRoot(
        office: String, at now: Moment, years: Int = 20, passphrase: String, cost: KeyCost = .standard
    ) throws(SigningError) -> StoredIdentity {
        let key = P256.Signing.PrivateKey()
        let holder = KeyHolder(name: "Akar Tanda Tangan \(office)", office: office)
        let certificate: OfficeCertificate
        do {
            let name = try holder.distinguishedName()
            certificate = try make(
                key: key.publicKey, subject: name, issuer: name, issuerKey: key, use: .root, at: now,
                until: now.adding(years: years), issuerIdentifier: nil)
        } catch {
            throw .cannotSign
        }
        return StoredIdentity(certificate: certificate, key: try EncryptedKey(key, passphrase: passphrase, cost: cost))
    }

    /// A new key with its certificate, valid from `now`, never longer than the root. A key is renewed by issuing
    /// another; the old certificate stays in the folder, so that old signatures can be checked.
    public func issue(
        _ use: KeyUse, to holder: KeyHolder, at now: Moment, years: Int = 2, passphrase: String,
        cost: KeyCost = .standard
    ) throws(SigningError) -> StoredIdentity {
        guard use != .root else { throw .certificateWrongUse }
        if now < root.validFrom { throw .certificateNotYetValid }
        if now >= root.validUntil { throw .certificateExpired }
        let key = P256.Signing.PrivateKey()
        let certificate: OfficeCertificate
        do {
            certificate = try Self.make(
                key: key.publicKey, subject: holder.distinguishedName(), issuer: root.certificate.subject,
                issuerKey: identity.privateKey, use: use, at: now,
                until: min(now.adding(years: years), root.validUntil),
                issuerIdentifier: root.certificate.extensions.subjectKeyIdentifier)
        } catch {
            throw .cannotSign
        }
        return StoredIdentity(certificate: certificate, key: try EncryptedKey(key, passphrase: passphrase, cost: cost))
    }

    private static func make(
        key: P256.Signing.PublicKey, subject: DistinguishedName, issuer: DistinguishedName,
        issuerKey: P256.Signing.PrivateKey, use: KeyUse, at now: Moment, until: Moment,
        issuerIdentifier: SubjectKeyIdentifier?
    ) throws -> OfficeCertificate {
        let publicKey = Certificate.PublicKey(key)
        let identifier = SubjectKeyIdentifier(hash: publicKey)
        let extensions = try use.extensions(
            subject: identifier, authority: (issuerIdentifier ?? identifier).keyIdentifier)
        return try OfficeCertificate(
            Certificate(
                version: .v3, serialNumber: .init(bytes: randomSerial()), publicKey: publicKey,
                notValidBefore: now.date, notValidAfter: until.date, issuer: issuer, subject: subject,
                signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: .init(issuerKey)))
    }
}

extension KeyUse {
    fileprivate func extensions(
        subject: SubjectKeyIdentifier, authority: ArraySlice<UInt8>
    ) throws -> Certificate.Extensions {
        var list: [any CertificateExtensionConvertible] = [subject, AuthorityKeyIdentifier(keyIdentifier: authority)]
        switch self {
        case .root:
            list.append(Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0)))
            list.append(Critical(KeyUsage(keyCertSign: true, cRLSign: true)))
        case .signing:
            list.append(Critical(BasicConstraints.notCertificateAuthority))
            list.append(Critical(KeyUsage(digitalSignature: true, nonRepudiation: true)))
            // pdfsig wants e-mail protection, RFC 9336 the other.
            list.append(try ExtendedKeyUsage([.init(oid: .Certificates.documentSigning), .emailProtection]))
        case .sealing:
            list.append(Critical(BasicConstraints.notCertificateAuthority))
            list.append(Critical(KeyUsage(digitalSignature: true)))
        case .stamping:
            list.append(Critical(BasicConstraints.notCertificateAuthority))
            list.append(Critical(KeyUsage(digitalSignature: true)))
            // Critical and alone (RFC 3161, 2.3).
            list.append(Critical(try ExtendedKeyUsage([.timeStamping])))
        }
        return try Certificate.Extensions(list.map { try $0.makeCertificateExtension() })
    }
}

extension Moment {
    /// The same time of day on the same date some years later.
    func adding(years: Int) -> Moment {
        adding(seconds: Int64(day.adding(months: 12 * years).ordinal - day.ordinal) * 86_400)
    }
}
