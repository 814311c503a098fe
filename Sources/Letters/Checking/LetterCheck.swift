public import Permits
import SwiftASN1
import X509

/// What a file says of itself. Whether it is byte for byte the file that was issued is for its SHA-256 to tell.
public enum LetterVerdict: Sendable, Equatable {
    case notAPDF
    case unsigned
    /// Signed, but with no certificate of the office or of a provider that it trusts; or damaged past reading.
    case foreignSignature
    /// Signed by us, all of it, and not changed since.
    case signed(SignerRecord)
    /// Our signature is in it, but the file is not what was signed: changed inside or appended to.
    case changedLater(SignerRecord)
}

/// Who signed, and when.
public struct SignerRecord: Sendable, Equatable {
    /// Common name and organisation of the certificate.
    public let name: String
    public let organization: String
    public let serialText: String
    /// From the time stamp, or else what the signer's clock said; nil when it said nothing.
    public let signedAt: Moment?
    /// Whether a trusted time stamp confirms the time.
    public let isTimeStamped: Bool
    /// When the certificate was revoked, if it was. A time-stamped signature from before that still counts.
    public let revokedAt: Moment?

    public var wasRevokedBeforeSigning: Bool {
        guard let revokedAt else { return false }
        guard isTimeStamped, let signedAt else { return true }
        return signedAt >= revokedAt
    }
}

/// Checks PDF files that anybody may upload. It follows no objects and takes time in proportion to the file's size.
public struct LetterCheck: Sendable {
    private let roots: TrustedRoots
    private let stampRoots: TrustedRoots
    private let revoked: RevocationList?

    /// `stampRoots` are trusted for time stamps only, besides the others.
    public init(roots: TrustedRoots, stampRoots: TrustedRoots? = nil, revoked: RevocationList?) {
        self.roots = roots
        self.stampRoots = stampRoots.map { roots + $0 } ?? roots
        self.revoked = revoked
    }

    public func verdict(_ bytes: [UInt8]) -> LetterVerdict {
        let finder = SignatureFinder(bytes)
        guard finder.isPDF else { return .notAPDF }
        let found = finder.signatures()
        guard !found.isEmpty else { return .unsigned }
        var changed: SignerRecord?
        for signature in found {
            guard let data = try? SignedDataReader(der: signature.signature[...]), data.contentType == .CMS.data,
                let record = record(data, claimed: signature.claimed)
            else { continue }
            let covered = [bytes[signature.before], bytes[signature.after]]
            if signature.coversWholeFile, (try? data.covers { $0.of(covered) }) == true { return .signed(record) }
            changed = changed ?? record
        }
        return changed.map(LetterVerdict.changedLater) ?? .foreignSignature
    }

    /// Nil unless the signature holds and a trusted certificate made it.
    private func record(_ data: SignedDataReader, claimed: Moment?) -> SignerRecord? {
        guard let certificate = try? data.signer(), isForDocuments(certificate) else { return nil }
        let stamped = stampedTime(data)
        // Without a time the certificate must be good for some time: its first moment is as good as any.
        let time = stamped ?? claimed ?? Moment(certificate.notValidBefore)
        guard roots.trust(certificate, through: data.certificates, at: time) else { return nil }
        let serial = Array(certificate.serialNumber.bytes)
        return SignerRecord(
            name: certificate.subject.text(.RDNAttributeType.commonName) ?? "",
            organization: certificate.subject.text(.RDNAttributeType.organizationName) ?? "",
            serialText: hexadecimal(serial), signedAt: stamped ?? claimed, isTimeStamped: stamped != nil,
            revokedAt: revoked?.entry(serial)?.revokedAt)
    }

    private func stampedTime(_ data: SignedDataReader) -> Moment? {
        guard let bytes = data.timeStamp, let token = try? SignedDataReader(der: bytes),
            let stamp = try? token.checkStamp(roots: stampRoots), stamp.imprint == sha256(data.signature)
        else { return nil }
        return stamp.time
    }

    /// Keys for QR codes, time stamps or web sites sign no letters.
    private func isForDocuments(_ certificate: Certificate) -> Bool {
        guard let usage = try? certificate.extensions.keyUsage, usage.digitalSignature || usage.nonRepudiation else {
            return false
        }
        guard let extended = try? certificate.extensions.extendedKeyUsage else { return usage.nonRepudiation }
        return extended.contains { [.init(oid: .Certificates.documentSigning), .emailProtection, .any].contains($0) }
    }
}
