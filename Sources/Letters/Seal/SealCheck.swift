public import Permits

/// What a sealing key is worth.
public enum SealStanding: Sendable, Equatable {
    /// Issued by the office's root, and on no list of revoked keys that is known.
    case good
    /// Given up in good order. What was sealed before counts, but the day in a seal is written by whoever has the key:
    /// that the letter is from before must be known from elsewhere, from the office's register or from its signed file.
    case retired(RevocationList.Entry)
    /// In strange hands, maybe, or given up before the day of the seal: the seal says nothing.
    case revoked(RevocationList.Entry)
}

/// A seal that holds, and what its key is worth.
public struct SealReading: Sendable, Equatable {
    public let seal: LetterSeal
    /// The address before the `#`, sealed too.
    public let url: String
    public let standing: SealStanding
}

/// Checks QR codes against an office's public keys: the seal itself, the chain of its key to the root, the validity of
/// both on the day of the letter, and the list of revoked keys.
public struct SealCheck: Sendable {
    private let keys: PublicKeys

    public init(_ keys: PublicKeys) { self.keys = keys }

    /// - Parameter text: The whole text of the code.
    public func read(_ text: String) throws(SealError) -> SealReading {
        let opened = try LetterSeal.opened(text, keys: keys.seals)
        guard let root = keys.roots.first(where: { opened.key.isIssued(by: $0) }) else { throw .foreignKey }
        let day = opened.seal.issuedOn
        guard root.validFrom.day <= day, day <= root.validUntil.day else { throw .outsideValidity }
        return SealReading(seal: opened.seal, url: opened.url, standing: standing(of: opened.key, on: day))
    }

    private func standing(of key: OfficeCertificate, on day: Day) -> SealStanding {
        guard let entry = keys.revoked?.entry(of: key) else { return .good }
        switch entry.reason {
        // Without a reason the worst is assumed.
        case .keyCompromise, .unspecified: return .revoked(entry)
        case .affiliationChanged, .superseded, .cessationOfOperation:
            // Seals have days and no hours: that of the revocation itself is for the other proof to decide.
            return day <= entry.revokedAt.day ? .retired(entry) : .revoked(entry)
        }
    }
}

extension LetterDocument {
    /// The whole text of its QR code; nil before it is sealed.
    public var sealText: String? {
        for case .signature(let block) in blocks {
            if let url = block.mark.url { return url }
        }
        return nil
    }
}
