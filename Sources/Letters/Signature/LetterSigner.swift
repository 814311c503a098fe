public import Permits
import SwiftASN1

/// Signs letters, with keys of the office's own or through a provider of certificates.
public protocol LetterSigner: Sendable {
    /// Whether the letter may name BSrE: only when its certificate really signs.
    var namesBSrE: Bool { get }

    /// The whole signed file of a letter. `secret` is the passphrase that the signatory types for this letter; it is
    /// not kept. Throws `LetterError` or `SigningError`, and then nothing was signed.
    func sign(
        _ document: LetterDocument, with renderer: LetterRenderer, facts: SignatureFacts, secret: String,
        at now: Moment
    ) throws -> [UInt8]
}

/// Signs with a key of the office: PAdES B-B, or B-T with a time stamper (ETSI EN 319 142-1).
public struct OfficeSigner: LetterSigner {
    private enum Key: Sendable {
        case stored(StoredIdentity)
        case opened(SigningIdentity)
    }

    private let key: Key
    private let root: OfficeCertificate
    private let revoked: RevocationList?
    private let stamper: (any TimeStamper)?

    public var namesBSrE: Bool { false }

    /// Asks for the passphrase with every letter.
    public init(
        _ identity: StoredIdentity, root: OfficeCertificate, revoked: RevocationList?,
        stamper: (any TimeStamper)? = nil
    ) {
        self.init(.stored(identity), root, revoked, stamper)
    }

    /// Signs without a passphrase, for as long as it is kept.
    public init(
        _ identity: SigningIdentity, root: OfficeCertificate, revoked: RevocationList?,
        stamper: (any TimeStamper)? = nil
    ) {
        self.init(.opened(identity), root, revoked, stamper)
    }

    private init(
        _ key: Key, _ root: OfficeCertificate, _ revoked: RevocationList?, _ stamper: (any TimeStamper)?
    ) {
        self.key = key
        self.root = root
        self.revoked = revoked
        self.stamper = stamper
    }

    public var certificate: OfficeCertificate {
        switch key {
        case .stored(let identity): identity.certificate
        case .opened(let identity): identity.certificate
        }
    }

    /// Throws why no letter could be signed now, before anybody types a passphrase.
    public func check(at now: Moment) throws(SigningError) {
        try certificate.checkUse(.signing, root: root, revoked: revoked, at: now)
    }

    /// The same signer with its key open, for several letters in a row.
    public func opened(secret: String) throws(SigningError) -> OfficeSigner {
        guard case .stored(let identity) = key else { return self }
        return OfficeSigner(.opened(try identity.opened(passphrase: secret)), root, revoked, stamper)
    }

    public func sign(
        _ document: LetterDocument, with renderer: LetterRenderer, facts: SignatureFacts, secret: String,
        at now: Moment
    ) throws -> [UInt8] {
        try check(at: now)
        let prepared = try renderer.prepared(document, created: now.seconds, signature: facts)
        return try sign(prepared, secret: secret, at: now)
    }

    /// Fills in the signature of a prepared letter.
    public func sign(_ letter: PreparedLetter, secret: String = "", at now: Moment) throws(SigningError) -> [UInt8] {
        try check(at: now)
        guard case .opened(let identity) = try opened(secret: secret).key else { throw .cannotSign }
        let data = SignedData(
            contentType: .CMS.data, digest: letter.digest, signer: identity,
            certificates: [identity.certificate.bytes])
        let signature: [UInt8]
        do {
            signature = try data.encoded { value in try stamper?.token(for: sha256(value), at: now) }
        } catch let error as SigningError {
            throw error
        } catch {
            throw .cannotSign
        }
        return try letter.filled(with: signature)
    }
}
