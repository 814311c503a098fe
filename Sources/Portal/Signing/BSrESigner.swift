import Foundation
public import Letters
public import Permits

/// Signs with a certificate of BSrE through the e-sign client service that an office runs (version 2). The service adds
/// its signature to the finished letter and sends the file back; nothing of it is believed before it was checked.
/// How the service tells its errors is not published: wrong passphrases and unknown users are told by the words of its
/// message, and everything else is a refusal.
public struct BSrESigner: LetterSigner {
    /// How the service knows the signatory.
    public enum Signatory: Sendable, Equatable {
        case nik(String)
        case email(String)
    }

    /// Where the service is, and how the portal logs in there.
    public struct Service: Sendable {
        let url: URL
        let user: String
        let password: String
        let timeout: Double

        /// `address` without `/api/v2`; plain HTTP only where `allowsPlain` says so, because passphrases go there.
        /// `timeout` in seconds. Nil when the address will not do.
        public init?(address: String, user: String, password: String, allowsPlain: Bool = false, timeout: Double = 30) {
            guard let url = Exchange.url(address, allowsPlain: allowsPlain), !user.contains(":") else { return nil }
            self.url = url.appendingPathComponent("api/v2/sign/pdf")
            self.user = user
            self.password = password
            self.timeout = timeout
        }
    }

    private let service: Service
    private let signatory: Signatory
    private let check: LetterCheck
    private let exchange: Exchange

    public var namesBSrE: Bool { true }

    /// `roots` are the certificates that BSrE's lead to.
    public init(_ service: Service, signatory: Signatory, roots: TrustedRoots) {
        self.service = service
        self.signatory = signatory
        check = LetterCheck(roots: roots, revoked: nil)
        exchange = Exchange(timeout: service.timeout)
    }

    public func sign(
        _ document: LetterDocument, with renderer: LetterRenderer, facts: SignatureFacts, secret: String,
        at now: Moment
    ) throws -> [UInt8] {
        let letter = try renderer.pdf(document, created: now.seconds)
        let request = SignRequest(signatory, facts: facts, passphrase: secret, letter: letter)
        let answer = try send(JSONEncoder().encode(request))
        try checkStatus(answer)
        guard let content = try? JSONDecoder().decode(SignAnswer.self, from: Data(answer.body)),
            content.file.count == 1,
            let data = Data(base64Encoded: content.file[0])
        else { throw SigningError.providerDamaged }
        let signed = [UInt8](data)
        // A signature is added at the end; the letter before it stays as it was, byte for byte.
        guard signed.starts(with: letter) else { throw SigningError.providerOtherLetter }
        guard case .signed = check.verdict(signed) else { throw SigningError.providerUnsigned }
        return signed
    }

    private func send(_ body: Data) throws(SigningError) -> Exchange.Answer {
        let login = Data("\(service.user):\(service.password)".utf8).base64EncodedString()
        do {
            return try exchange.post(
                [UInt8](body), to: service.url,
                fields: [
                    "Content-Type": "application/json", "Accept": "application/json", "Authorization": "Basic \(login)",
                ])
        } catch {
            switch error {
            case .timedOut: throw .providerTimedOut
            case .unreachable: throw .providerUnreachable
            case .tooLarge: throw .providerDamaged
            }
        }
    }

    private func checkStatus(_ answer: Exchange.Answer) throws(SigningError) {
        if (200..<300).contains(answer.status) { return }
        if answer.status >= 500 || answer.status < 400 { throw .providerUnreachable }
        let message = String(decoding: answer.body.prefix(4096), as: UTF8.self).lowercased()
        if message.contains("passphrase") { throw .providerWrongPassphrase }
        let unknown = ["terdaftar", "ditemukan", "not registered", "not found"]
        if answer.status != 401, unknown.contains(where: message.contains) { throw .providerUnknownUser }
        throw answer.status == 401 || answer.status == 403 ? .providerForbidden : .providerRefused
    }
}

private struct SignRequest: Encodable {
    struct Properties: Encodable {
        let tampilan: String
        let location: String
        let reason: String
    }

    let nik: String?
    let email: String?
    let passphrase: String
    let signatureProperties: [Properties]
    let file: [String]

    init(_ signatory: BSrESigner.Signatory, facts: SignatureFacts, passphrase: String, letter: [UInt8]) {
        switch signatory {
        case .nik(let nik): (self.nik, email) = (nik, nil)
        case .email(let email): (nik, self.email) = (nil, email)
        }
        self.passphrase = passphrase
        signatureProperties = [
            Properties(tampilan: "INVISIBLE", location: facts.location, reason: facts.reason)
        ]
        file = [Data(letter).base64EncodedString()]
    }
}

private struct SignAnswer: Decodable {
    let file: [String]
}
