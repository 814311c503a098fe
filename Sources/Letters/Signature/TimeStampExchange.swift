public import Permits
import SwiftASN1
import X509

/// A question to a time-stamp service and the reading of its answer (RFC 3161, 2.4). Whoever speaks HTTP carries both:
/// `application/timestamp-query` there, `application/timestamp-reply` back.
public struct TimeStampRequest: Sendable {
    private let imprint: [UInt8]
    private let nonce: [UInt8]
    private let policy: ASN1ObjectIdentifier?
    /// DER of the TimeStampReq.
    public let bytes: [UInt8]

    /// A clock that is further away is not believed, in seconds.
    private static let maximumSkew: Int64 = 300

    /// `policy` in dotted form, when the office wants a certain one. Throws `SigningError.cannotSign`.
    public init(imprint: [UInt8], policy: String? = nil) throws(SigningError) {
        var nonce = randomBytes(8)
        nonce[0] = nonce[0] & 0x7F | 0x40
        do {
            let identifier = try policy.map { try ASN1ObjectIdentifier(dotRepresentation: $0) }
            bytes = try der { coder in
                try coder.sequence { request in
                    try request.serialize(1)
                    try request.writeImprint(imprint)
                    if let identifier { try request.serialize(identifier) }
                    request.unsigned(nonce)
                    try request.serialize(true)  // with the certificate
                }
            }
            self.policy = identifier
        } catch {
            throw .cannotSign
        }
        self.imprint = imprint
        self.nonce = nonce
    }

    /// The token in a TimeStampResp, checked: granted, our nonce, digest and policy, a time near ours, signed by a
    /// certificate for time stamps below one of the roots.
    public func token(in answer: [UInt8], roots: TrustedRoots, at now: Moment) throws(SigningError) -> [UInt8] {
        do {
            let parts = try DER.parse(answer).children()
            let status = try Int(derEncoded: parts.at(0).children().at(0))
            // 0 granted, 1 granted with changes; all others are refusals.
            guard status == 0 || status == 1 else { throw SigningError.stampRefused }
            let token = try Array(parts.at(1).encodedBytes)
            let data = try SignedDataReader(der: token[...])
            guard data.contentType == .CMS.timeStampInfo, let content = data.content else {
                throw SigningError.stampDamaged
            }
            let info = try TimeStampInfo(derEncoded: content)
            guard info.imprint == imprint else { throw SigningError.stampWrongImprint }
            guard info.nonce == nonce else { throw SigningError.stampWrongNonce }
            guard policy == nil || info.policy == policy else { throw SigningError.stampWrongPolicy }
            guard abs(info.time.seconds - now.seconds) <= Self.maximumSkew else { throw SigningError.stampWrongTime }
            _ = try data.checkStamp(roots: roots)
            return token
        } catch let error as SigningError {
            throw error
        } catch {
            throw .stampDamaged
        }
    }
}

/// A time-stamp service for others, the office's own behind HTTP; also what tests talk to.
extension OfficeTimeStamper {
    /// DER of a TimeStampResp to the DER of a TimeStampReq. A request that cannot be read is refused in the answer.
    public func answer(_ request: [UInt8], at now: Moment) -> [UInt8] {
        do {
            let fields = try DER.parse(request).children()
            let print = try fields.at(1).children()
            guard try print.at(0).children().at(0).object() == .Algorithm.sha256 else { return refusal }
            let imprint = try Array(print.at(1).primitive(.octetString))
            guard imprint.count == 32 else { return refusal }
            let nonce = try fields.dropFirst(2).first { $0.identifier == .integer }
                .map { try Array($0.primitive(.integer).drop { $0 == 0 }) }
            let token = try token(for: imprint, nonce: nonce, at: now)
            return try der { coder in
                try coder.sequence { response in
                    try response.sequence { try $0.serialize(0) }
                    response.serializeRawBytes(token)
                }
            }
        } catch {
            return refusal
        }
    }

    /// PKIStatus 2, rejection: SEQUENCE { SEQUENCE { INTEGER 2 } }.
    private var refusal: [UInt8] { [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02] }
}
