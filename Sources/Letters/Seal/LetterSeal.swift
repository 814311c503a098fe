import Crypto
import Foundation
public import Permits

/// Why the text of a QR code is not accepted as sealed by the office.
public enum SealError: Error, Equatable, Sendable {
    /// An address without sealed data, or with something else after it.
    case noSeal
    /// Another version of the format.
    case unknownVersion
    /// None of the given certificates made it.
    case unknownKey
    /// None of the given roots issued the certificate that made it.
    case foreignKey
    /// The seal does not hold: something was changed, the address included.
    case broken
    /// The letter's date is not within the validity of the sealing certificate.
    case outsideValidity
    /// A field is longer than 255 bytes, or a date before 2020 or after 2199.
    case unsuitable
}

/// The essentials of a letter that its QR code carries under the office's sealing key, so that a checker without the
/// portal, and even without a network, can compare them with the paper. It says what was issued, not whether that still
/// holds.
public struct LetterSeal: Sendable, Equatable {
    public var number: String
    public var issuedOn: Day
    /// Short name of the office.
    public var office: String
    /// The holder's name as the public page shows it.
    public var maskedName: String
    /// First 20 bytes of `LetterDocument.sealDigest`.
    public var documentHash: [UInt8]

    static let hashLength = 20

    public init(number: String, issuedOn: Day, office: String, maskedName: String, document: LetterDocument) {
        self.number = number
        self.issuedOn = issuedOn
        self.office = office
        self.maskedName = maskedName
        documentHash = Array(document.sealDigest.prefix(Self.hashLength))
    }

    fileprivate init(number: String, issuedOn: Day, office: String, maskedName: String, hash: [UInt8]) {
        self.number = number
        self.issuedOn = issuedOn
        self.office = office
        self.maskedName = maskedName
        documentHash = hash
    }

    /// Whether the seal was made for this text.
    public func matches(_ document: LetterDocument) -> Bool {
        documentHash.count == Self.hashLength && documentHash == Array(document.sealDigest.prefix(Self.hashLength))
    }

    /// The text for the QR code: `url`, `#`, and the sealed data in decimal digits, which QR codes pack best. The
    /// address is sealed too. Throws `SealError.unsuitable`, or `SigningError` when the key is not for sealing.
    public func sealed(url: String, with key: SigningIdentity) throws -> String {
        guard key.certificate.use == .sealing else { throw SigningError.certificateWrongUse }
        guard !url.contains("#") else { throw SealError.unsuitable }
        let data = try encoded(key: key.certificate.keyIdentifier)
        let signature = try key.signRaw(Self.message(url: url, data: data))
        return "\(url)#\(DecimalText.text(data + signature))"
    }

    /// A seal that holds, with the certificate that made it. Whether that one is to be trusted is for `SealCheck`.
    struct Opened {
        let seal: LetterSeal
        let url: String
        let key: OfficeCertificate
    }

    /// Reads the whole text of a QR code and checks it against sealing certificates of the office, old ones too.
    static func opened(_ text: String, keys: [OfficeCertificate]) throws(SealError) -> Opened {
        guard text.utf8.count <= 2048, let hash = text.firstIndex(of: "#") else { throw .noSeal }
        guard let bytes = DecimalText.bytes(text[text.index(after: hash)...]), bytes.count > 64 + 10 else {
            throw .noSeal
        }
        let url = String(text[..<hash])
        let data = Array(bytes.dropLast(64))
        guard data[0] == version else { throw .unknownVersion }
        guard let key = keys.first(where: { $0.use == .sealing && $0.keyIdentifier == Array(data[1..<5]) }),
            let publicKey = key.publicKey
        else { throw .unknownKey }
        guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: bytes.suffix(64)),
            publicKey.isValidSignature(signature, for: message(url: url, data: data)),
            let seal = LetterSeal(encoded: data)
        else { throw .broken }
        // The day of issue in Medan may begin before the certificate's first moment.
        guard key.validFrom.day <= seal.issuedOn, seal.issuedOn <= key.validUntil.day else { throw .outsideValidity }
        return Opened(seal: seal, url: url, key: key)
    }

    /// What is signed: no signature of the office over anything else begins like this.
    private static func message(url: String, data: [UInt8]) -> [UInt8] {
        Array("Suratizin letter seal\0\(url)\0".utf8) + data
    }

    // Version, key (4), days since 2020 (2), hash (20), then number, office and name, each behind its length.
    private static let version: UInt8 = 1
    private static let firstDay = Day(ordinal: 18_262)

    private func encoded(key: [UInt8]) throws(SealError) -> [UInt8] {
        guard let days = UInt16(exactly: issuedOn.ordinal - Self.firstDay.ordinal),
            documentHash.count == Self.hashLength
        else { throw .unsuitable }
        var data = [Self.version] + key + [UInt8(days >> 8), UInt8(days & 0xFF)] + documentHash
        for text in [number, office, maskedName] {
            guard let length = UInt8(exactly: text.utf8.count) else { throw .unsuitable }
            data.append(length)
            data += text.utf8
        }
        return data
    }

    private init?(encoded data: [UInt8]) {
        var rest = data.dropFirst(5)
        guard rest.count >= 2 + Self.hashLength else { return nil }
        let days = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
        let hash = Array(rest.prefix(Self.hashLength))
        rest = rest.dropFirst(Self.hashLength)
        var texts: [String] = []
        for _ in 0..<3 {
            guard let length = rest.popFirst(), rest.count >= Int(length),
                let text = String(validating: rest.prefix(Int(length)), as: UTF8.self)
            else { return nil }
            texts.append(text)
            rest = rest.dropFirst(Int(length))
        }
        guard rest.isEmpty else { return nil }
        self.init(
            number: texts[0], issuedOn: Day(ordinal: Self.firstDay.ordinal + days), office: texts[1],
            maskedName: texts[2], hash: hash)
    }
}

/// Bytes as decimal digits: seven bytes are 17 digits, and a shorter end has a length that tells its bytes.
enum DecimalText {
    private static let digitCounts = [0, 3, 5, 8, 10, 13, 15, 17]

    static func text(_ bytes: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 7) {
            let group = bytes[start..<min(start + 7, bytes.count)]
            let digits = String(group.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
            text += String(repeating: "0", count: digitCounts[group.count] - digits.count) + digits
        }
        return text
    }

    /// Nil for anything that `text` does not write.
    static func bytes(_ text: Substring) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 17) {
            let group = digits[start..<min(start + 17, digits.count)]
            guard let count = digitCounts.firstIndex(of: group.count) else { return nil }
            let value = group.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - 0x30) }
            guard value < UInt64(1) << UInt64(8 * count) else { return nil }
            for shift in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * shift))) }
        }
        return bytes
    }
}

extension LetterDocument {
    /// SHA-256 over the document as JSON with sorted keys, in UTF-8, with the addresses of its QR codes left out: they
    /// hold the seal. All 32 bytes.
    public var sealDigest: [UInt8] {
        var document = self
        for (index, block) in document.blocks.enumerated() {
            guard case .signature(var signature) = block else { continue }
            signature.mark.url = nil
            document.blocks[index] = .signature(signature)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings only; encoding them does not fail.
        guard let json = try? encoder.encode(document) else { return [] }
        return Array(SHA256.hash(data: json))
    }
}
