import Foundation
import HTTPServer
import HTTPTypes
import Logging
import Permits
import Portal
import Testing

@testable import Letters

/// The portal's side of outside services, against servers on this machine that speak like them.
struct SigningServiceTests {
    private static let passphrase = "gajah duduk di pelabuhan"
    private static let facts = SignatureFacts(name: "Ratna", reason: "Menerbitkan", location: "Medan")
    private static let document = LetterDocument(
        language: "id", title: "Surat Keterangan", issuer: "BRIDA", blocks: [.paragraph("Isi surat.")], footer: [])

    private let now = Moment(seconds: Int64(Date().timeIntervalSince1970))
    private let authority: CertificateAuthority
    private let signing: StoredIdentity
    private let stamper: OfficeTimeStamper

    init() throws {
        let yesterday = now.adding(hours: -24)
        authority = try CertificateAuthority(
            CertificateAuthority.makeRoot(office: "BRIDA", at: yesterday, passphrase: Self.passphrase, cost: .quick)
                .opened(passphrase: Self.passphrase))
        signing = try authority.issue(
            .signing, to: KeyHolder(name: "Ratna", office: "BRIDA"), at: yesterday, passphrase: Self.passphrase,
            cost: .quick)
        let stamping = try authority.issue(
            .stamping, to: KeyHolder(name: "Waktu", office: "BRIDA"), at: yesterday, passphrase: Self.passphrase,
            cost: .quick
        ).opened(passphrase: Self.passphrase)
        stamper = OfficeTimeStamper(stamping, root: authority.root, revoked: nil)
    }

    private var roots: TrustedRoots { TrustedRoots(authority.root) }

    private func sign(stampedAt address: String) throws -> [UInt8] {
        let service = try #require(HTTPTimeStamper(address: address, roots: roots, timeout: 1))
        let signer = OfficeSigner(signing, root: authority.root, revoked: nil, stamper: service)
        return try signer.sign(
            Self.document, with: LetterRenderer(), facts: Self.facts, secret: Self.passphrase, at: now)
    }

    @Test func stampFromOutside() throws {
        let server = try ServiceDouble { [stamper, now] request in
            guard request.head.fields[.contentType] == "application/timestamp-query" else {
                return .text("?", status: .unsupportedMediaType)
            }
            return .bytes(stamper.answer(request.body, at: now), type: "application/timestamp-reply")
        }
        let signed = try sign(stampedAt: server.address)
        guard case .signed(let record) = LetterCheck(roots: roots, revoked: nil).verdict(signed) else {
            Issue.record("not signed")
            return
        }
        #expect(record.isTimeStamped && record.signedAt == now)
    }

    @Test func stampServiceFailsInEveryWay() throws {
        typealias Failure = (SigningError, @Sendable (Request) -> Response)
        let imprint = [UInt8](repeating: 7, count: 32)
        let failures: [Failure] = [
            (.stampUnreachable, { _ in .text("busy", status: .serviceUnavailable) }),
            (.stampUnreachable, { _ in .redirect(to: "/elsewhere") }),
            (
                .stampTimedOut,
                { _ in
                    Thread.sleep(forTimeInterval: 2)
                    return .text("late")
                }
            ),
            (.stampDamaged, { _ in .text("<html>portal tamu</html>") }),
            (.stampDamaged, { _ in .bytes([UInt8](repeating: 0x30, count: 100_000), type: "x/y") }),
            (.stampRefused, { _ in .bytes([0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02], type: "x/y") }),
            (
                .stampWrongImprint,
                { [stamper, now] _ in
                    guard let other = try? TimeStampRequest(imprint: imprint) else { return .text("") }
                    return .bytes(stamper.answer(other.bytes, at: now), type: "x/y")
                }
            ),
            (
                .stampWrongTime,
                { [stamper, now] request in
                    .bytes(stamper.answer(request.body, at: now.adding(hours: 1)), type: "x/y")
                }
            ),
        ]
        for (error, answer) in failures {
            let server = try ServiceDouble(answer)
            #expect(throws: error) { try sign(stampedAt: server.address) }
        }
        // Nobody listens there any more.
        let gone = try ServiceDouble { _ in .text("") }.address
        #expect(throws: SigningError.stampUnreachable) { try sign(stampedAt: gone) }
        for address in ["", "ftp://a.id/", "file:///etc/passwd", "https://u@a.id", "tsa"] {
            #expect(HTTPTimeStamper(address: address, roots: roots) == nil, "\(address)")
        }
    }

    private func provider(_ server: ServiceDouble, password: String = "rahasia") throws -> BSrESigner {
        let service = try #require(
            BSrESigner.Service(
                address: server.address, user: "portal", password: password, allowsPlain: true, timeout: 30))
        return BSrESigner(service, signatory: .nik("1271014101800001"), roots: roots)
    }

    private func sign(by provider: BSrESigner, _ passphrase: String) throws -> [UInt8] {
        try provider.sign(Self.document, with: LetterRenderer(), facts: Self.facts, secret: passphrase, at: now)
    }

    @Test func providerSignsTheLetterThatWasSent() throws {
        let server = try ProviderDouble(signing, passphrase: Self.passphrase)
        let signed = try sign(by: provider(server.server), Self.passphrase)
        let letter = try LetterRenderer().pdf(Self.document, created: now.seconds)
        #expect(signed.starts(with: letter) && signed.count > letter.count)
        guard case .signed(let record) = LetterCheck(roots: roots, revoked: nil).verdict(signed) else {
            Issue.record("not signed")
            return
        }
        #expect(record.name == "Ratna")
        #expect(try provider(server.server).namesBSrE)
        #expect(throws: SigningError.providerWrongPassphrase) { try sign(by: provider(server.server), "salah") }
        #expect(throws: SigningError.providerForbidden) {
            try sign(by: provider(server.server, password: "lain"), Self.passphrase)
        }
        // Signed and changed on the way, and signed by somebody whom nobody named.
        let other = try CertificateAuthority.makeRoot(office: "x", at: now, passphrase: Self.passphrase, cost: .quick)
        let service = try #require(
            BSrESigner.Service(
                address: server.server.address, user: "portal", password: "rahasia", allowsPlain: true))
        let stranger = BSrESigner(
            service, signatory: .email("ratna@medan.go.id"), roots: TrustedRoots(other.certificate))
        #expect(throws: SigningError.providerUnknownUser) { try sign(by: stranger, Self.passphrase) }
        let unnamed = BSrESigner(
            service, signatory: .nik("1271014101800001"), roots: TrustedRoots(other.certificate))
        #expect(throws: SigningError.providerUnsigned) { try sign(by: unnamed, Self.passphrase) }
    }

    @Test func providerFailsInEveryWay() throws {
        let letter = try LetterRenderer().pdf(Self.document, created: now.seconds)
        let other = try LetterRenderer().pdf(Self.document, created: now.seconds + 1)
        func file(_ bytes: [UInt8]) -> String {
            "{\"time\":\"120 ms\",\"file\":[\"\(Data(bytes).base64EncodedString())\"]}"
        }
        let failures: [(SigningError, HTTPResponse.Status, String)] = [
            (.providerUnreachable, .internalServerError, "{}"),
            (.providerUnreachable, .found, ""),
            (.providerRefused, .badRequest, "{\"error\":\"Kuota habis\"}"),
            (.providerUnknownUser, .badRequest, "{\"error\":\"User belum terdaftar\"}"),
            (.providerUnknownUser, .notFound, "{\"error\":\"NIK tidak ditemukan\"}"),
            (.providerForbidden, .forbidden, "{}"),
            (.providerWrongPassphrase, .badRequest, "{\"error\":\"Passphrase anda salah\"}"),
            (.providerDamaged, .ok, "<html>"),
            (.providerDamaged, .ok, "{\"file\":[]}"),
            (.providerDamaged, .ok, "{\"file\":[\"***\"]}"),
            (.providerOtherLetter, .ok, file(other)),
            (.providerOtherLetter, .ok, file([])),
            (.providerUnsigned, .ok, file(letter)),
            (.providerUnsigned, .ok, file(letter + Array("\n%%EOF\n".utf8))),
        ]
        for (error, status, body) in failures {
            let server = try ServiceDouble { _ in .text(body, status: status) }
            #expect(throws: error, "\(status) \(body.prefix(40))") { try sign(by: provider(server), Self.passphrase) }
        }
        #expect(
            BSrESigner.Service(address: "http://bsre.id", user: "a", password: "b") == nil, "no passphrase in clear")
        #expect(BSrESigner.Service(address: "https://bsre.id", user: "a:b", password: "b") == nil)
    }
}

/// A service behind our own HTTP server, gone with the value.
final class ServiceDouble: Sendable {
    private let server: Server
    let address: String

    init(_ answer: @escaping @Sendable (Request) -> Response) throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.threads = 2
        server = try Server(
            configuration: configuration, responder: Answering(answer: answer), logger: Logger(label: "service"))
        try server.start()
        address = "http://127.0.0.1:\(server.port)"
    }

    deinit { server.stop(deadlineSeconds: 0.1) }

    private struct Answering: Responder {
        let answer: @Sendable (Request) -> Response

        func admit(_ head: RequestHead) -> Admission {
            head.method == .post
                ? .accept(.raw(max: 4_000_000), respond: answer)
                : .refuse(.text("POST only", status: .methodNotAllowed))
        }
    }
}

/// The provider's service: pyHanko signs what is sent, with the signatory's key, when the passphrase opens it.
struct ProviderDouble {
    let server: ServiceDouble

    private struct Body: Decodable {
        struct Properties: Decodable {
            let tampilan: String
        }
        let nik: String?
        let email: String?
        let passphrase: String
        let signatureProperties: [Properties]
        let file: [String]
    }

    init(_ identity: StoredIdentity, passphrase: String) throws {
        let key = identity.key.pem
        let certificate = identity.certificate.pem
        server = try ServiceDouble { request in
            let login = "Basic " + Data("portal:rahasia".utf8).base64EncodedString()
            guard request.head.fields[.authorization] == login else { return .text("{}", status: .unauthorized) }
            guard request.head.path == "/api/v2/sign/pdf",
                let body = try? JSONDecoder().decode(Body.self, from: Data(request.body)), body.file.count == 1,
                let letter = Data(base64Encoded: body.file[0]), body.signatureProperties.first?.tampilan == "INVISIBLE"
            else { return .text("{\"error\":\"Permintaan salah\"}", status: .badRequest) }
            guard body.nik == "1271014101800001" || body.email == DemoWorld.ratna.email else {
                return .text("{\"error\":\"User belum terdaftar\"}", status: .badRequest)
            }
            guard body.passphrase == passphrase else {
                return .text("{\"error\":\"Passphrase anda salah\",\"status_code\":2031}", status: .badRequest)
            }
            guard let signed = try? Self.sign(letter, key: key, certificate: certificate, passphrase: passphrase) else {
                return .text("{}", status: .internalServerError)
            }
            return .text("{\"time\":\"900 ms\",\"file\":[\"\(signed.base64EncodedString())\"]}")
        }
    }

    private static func sign(_ letter: Data, key: String, certificate: String, passphrase: String) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("provider-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
        try letter.write(to: URL(fileURLWithPath: path("in.pdf")))
        for (name, text) in [("key.pem", key), ("cert.pem", certificate), ("pass", passphrase)] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: root + "/.venv/bin/pyhanko")
        process.arguments = [
            "sign", "addsig", "--use-pades", "--field", "Sig1", "pemder", "--key", path("key.pem"), "--cert",
            path("cert.pem"), "--passfile", path("pass"), path("in.pdf"), path("out.pdf"),
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try Data(contentsOf: URL(fileURLWithPath: path("out.pdf")))
    }
}
