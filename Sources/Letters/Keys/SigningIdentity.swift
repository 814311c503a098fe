import Crypto

/// A certificate with its private key, opened: it signs without asking again. Keep it no longer than a batch of letters.
public struct SigningIdentity: Sendable {
    public let certificate: OfficeCertificate
    private let key: P256.Signing.PrivateKey

    /// Throws `SigningError.keyMismatch` when the two do not belong together.
    init(certificate: OfficeCertificate, key: P256.Signing.PrivateKey) throws(SigningError) {
        guard certificate.publicKey?.rawRepresentation == key.publicKey.rawRepresentation else { throw .keyMismatch }
        self.certificate = certificate
        self.key = key
    }

    /// ECDSA with SHA-256, as DER.
    func sign(_ bytes: [UInt8]) throws -> [UInt8] { try Array(key.signature(for: bytes).derRepresentation) }

    /// ECDSA with SHA-256 as r and s, 64 bytes.
    func signRaw(_ bytes: [UInt8]) throws -> [UInt8] { try Array(key.signature(for: bytes).rawRepresentation) }

    var privateKey: P256.Signing.PrivateKey { key }
}

/// A certificate with its private key as they lie on the disk.
public struct StoredIdentity: Sendable, Equatable {
    public let certificate: OfficeCertificate
    public let key: EncryptedKey

    public init(certificate: OfficeCertificate, key: EncryptedKey) {
        self.certificate = certificate
        self.key = key
    }

    /// Takes the time of scrypt, some 0.1 s. Throws `SigningError.wrongPassphrase`, `.keyDamaged` or `.keyMismatch`.
    public func opened(passphrase: String) throws(SigningError) -> SigningIdentity {
        try SigningIdentity(certificate: certificate, key: key.opened(passphrase: passphrase))
    }
}
