import Crypto
public import Permits
import SwiftASN1

/// Confirms that something was there at a time (RFC 3161).
public protocol TimeStamper: Sendable {
    /// DER of a time-stamp token over an imprint, the SHA-256 of a signature value. Throws `SigningError.stamp...`;
    /// what it returns was checked.
    func token(for imprint: [UInt8], at now: Moment) throws(SigningError) -> [UInt8]
}

/// The office's own service: a key of its own, and the clock of the server.
public struct OfficeTimeStamper: TimeStamper {
    private let identity: SigningIdentity
    private let root: OfficeCertificate
    private let revoked: RevocationList?

    public init(_ identity: SigningIdentity, root: OfficeCertificate, revoked: RevocationList?) {
        self.identity = identity
        self.root = root
        self.revoked = revoked
    }

    public func token(for imprint: [UInt8], at now: Moment) throws(SigningError) -> [UInt8] {
        try token(for: imprint, nonce: nil, at: now)
    }

    /// With the nonce of a request, when it serves others.
    func token(for imprint: [UInt8], nonce: [UInt8]?, at now: Moment) throws(SigningError) -> [UInt8] {
        try identity.certificate.checkUse(.stamping, root: root, revoked: revoked, at: now)
        do {
            let info = try TimeStampInfo(
                policy: .officeTimeStampPolicy, imprint: imprint, time: now, nonce: nonce
            ).encoded()
            let data = SignedData(
                contentType: .CMS.timeStampInfo, digest: sha256(info), content: info, signer: identity,
                certificates: [identity.certificate.bytes])
            return try data.encoded()
        } catch {
            throw .cannotSign
        }
    }
}

/// TSTInfo: what a time-stamp token says (RFC 3161, 2.4.2).
struct TimeStampInfo {
    var policy: ASN1ObjectIdentifier
    /// SHA-256.
    var imprint: [UInt8]
    var time: Moment
    /// Big-endian without leading zeros.
    var nonce: [UInt8]?

    init(policy: ASN1ObjectIdentifier, imprint: [UInt8], time: Moment, nonce: [UInt8]?) {
        self.policy = policy
        self.imprint = imprint
        self.time = time
        self.nonce = nonce
    }

    init(derEncoded bytes: [UInt8]) throws {
        let fields = try DER.parse(bytes).children()
        guard try Int(derEncoded: fields.at(0)) == 1 else { throw DERFault.unexpected }
        policy = try fields.at(1).object()
        let print = try fields.at(2).children()
        guard try print.at(0).children().at(0).object() == .Algorithm.sha256 else {
            throw SigningError.stampWrongImprint
        }
        imprint = try Array(print.at(1).primitive(.octetString))
        time = try Moment(derEncoded: fields.at(4))
        // Accuracy and ordering are optional; the only INTEGER that may follow is the nonce.
        let optional = fields.dropFirst(5).first { $0.identifier == .integer }
        nonce = try optional.map { try Array($0.primitive(.integer).drop { $0 == 0 }) }
    }

    func encoded() throws -> [UInt8] {
        try der { coder in
            try coder.sequence { info in
                try info.serialize(1)
                try info.serialize(policy)
                try info.writeImprint(imprint)
                info.unsigned(randomSerial())
                try info.serialize(try time.generalizedTime())
                try info.sequence { try $0.serialize(1) }  // accurate to a second
                if let nonce { info.unsigned(nonce) }
            }
        }
    }
}

extension DER.Serializer {
    /// MessageImprint with SHA-256.
    mutating func writeImprint(_ imprint: [UInt8]) throws {
        try sequence { print in
            try print.algorithm(.Algorithm.sha256)
            print.octets(imprint)
        }
    }
}

func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
