import Crypto

/// What the signature says of itself besides the certificate. Readers show these as the signer's claims.
public struct SignatureFacts: Sendable, Equatable {
    /// Name of the signatory as the letter prints it.
    public var name: String
    /// Such as `Menerbitkan Surat Keterangan Riset`.
    public var reason: String
    /// City.
    public var location: String

    public init(name: String, reason: String, location: String) {
        self.name = name
        self.reason = reason
        self.location = location
    }

    /// Without byte range and contents. DocMDP with `/P 1`: no later change is allowed (ISO 32000-1, 12.8.2.2).
    func dictionary(at time: LocalTime) -> PDFDictionary {
        let parameters: PDFDictionary = [
            "Type": .name("TransformParams"), "P": .integer(1), "V": .name("1.2"),
        ]
        return [
            "Type": .name("Sig"), "Filter": .name("Adobe.PPKLite"), "SubFilter": .name("ETSI.CAdES.detached"),
            "M": .text(time.pdf), "Name": .text(Metadata.oneLine(name)), "Reason": .text(Metadata.oneLine(reason)),
            "Location": .text(Metadata.oneLine(location)),
            "Reference": .array([
                .dictionary([
                    "Type": .name("SigRef"), "TransformMethod": .name("DocMDP"),
                    "TransformParams": .dictionary(parameters),
                ])
            ]),
        ]
    }
}

/// A letter's file with an empty signature in it.
public struct PreparedLetter: Sendable, Equatable {
    /// The signature's place is filled with zeros.
    public let bytes: [UInt8]
    /// From `<` to past `>`: what the signature does not cover.
    let gap: Range<Int>

    /// Hexadecimal digits that a signature may take: 8 KiB hold certificates and a time stamp of other services too.
    static let signatureDigits = 16_384

    /// SHA-256 of all bytes but the gap.
    var digest: [UInt8] {
        var hash = SHA256()
        bytes.withUnsafeBytes { all in
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: all[..<gap.lowerBound]))
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: all[gap.upperBound...]))
        }
        return Array(hash.finalize())
    }

    /// The signed file.
    func filled(with signature: [UInt8]) throws(SigningError) -> [UInt8] {
        guard signature.count * 2 + 2 <= gap.count else { throw .signatureTooLong }
        var digits: [UInt8] = []
        digits.reserveCapacity(signature.count * 2)
        for byte in signature { digits.append(hexDigitsOf: byte) }
        var file = bytes
        let start = gap.lowerBound + 1
        file.replaceSubrange(start..<start + digits.count, with: digits)
        return file
    }
}
