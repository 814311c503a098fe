/// Why a letter was not signed, or a key could not be made or read. Whoever catches one has kept nothing: the
/// application stays unsigned and its number unused.
public enum SigningError: Error, Hashable, Sendable, CaseIterable {
    /// The passphrase does not open the key.
    case wrongPassphrase
    /// Shorter than `EncryptedKey.minimumPassphraseBytes` when a key is made.
    case weakPassphrase
    /// A key, certificate or revocation list cannot be read, or is not what its name says.
    case keyDamaged
    /// The folder has no key for this use.
    case keyMissing
    /// A key file cannot be written.
    case keyNotKept
    /// The private key is not the certificate's.
    case keyMismatch
    case certificateExpired
    case certificateNotYetValid
    case certificateRevoked
    /// The office root did not issue it.
    case certificateForeign
    /// A certificate for something else, such as a sealing key for a signature.
    case certificateWrongUse
    /// The signature does not fit the room left for it in the file.
    case signatureTooLong
    /// The cryptographic library refused; nobody can do anything about it but look at the log.
    case cannotSign

    /// No answer from the time-stamp service, or none that is HTTP 200.
    case stampUnreachable
    case stampTimedOut
    /// The service answered that it does not grant a stamp (RFC 3161, 2.4.2, PKIStatus).
    case stampRefused
    /// An answer to another question: nonce, or digest, or policy.
    case stampWrongNonce
    case stampWrongImprint
    case stampWrongPolicy
    /// Its time is more than five minutes from ours.
    case stampWrongTime
    /// The token's own signature is wrong, or its certificate is not one for time stamps that we trust.
    case stampUntrusted
    case stampDamaged

    /// No answer from the signing provider, or a server error.
    case providerUnreachable
    case providerTimedOut
    case providerWrongPassphrase
    case providerUnknownUser
    /// The provider does not know the portal: its user name or password there.
    case providerForbidden
    /// The provider answered with another error.
    case providerRefused
    /// The answer is not what the service's description says.
    case providerDamaged
    /// The file that came back is not the letter that was sent.
    case providerOtherLetter
    /// The file that came back carries no signature over all of it that holds.
    case providerUnsigned

    /// Key of the sentence for people.
    public var textKey: String { "problem.signing.\(self)" }
}
