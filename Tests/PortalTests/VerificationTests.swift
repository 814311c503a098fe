import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Letters
@testable import Portal

@Suite struct VerificationTests {
    static func check(_ client: Client, _ bytes: Data) async throws -> Client.Reply {
        let page = try await client.get("/verifikasi")
        return try await client.post(
            "/verifikasi/berkas", ["csrf": page.csrf], files: [("berkas", "surat.pdf", bytes)])
    }

    @Test func theIssuedFileIsRecognised() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let siti = try await portal.client(DemoWorld.siti)
        let file = try await siti.get("/permohonan/\(reference)/surat.pdf").bytes
        let visitor = portal.client()
        let same = try await Self.check(visitor, file)
        #expect(same.status == 200 && same.text.contains("Berkas ini surat asli dari kami"))
        #expect(same.text.contains("000.9/0001/BRIDA/2026") && !same.text.contains("Siti Aminah"))
        let letter = try LetterLifeTests.letter(portal, reference)
        let token = letter.token
        #expect(same.text.contains("/verifikasi/\(token)"))
        let appended = try await Self.check(visitor, file + Data(" ".utf8))
        #expect(appended.text.contains("Berkas ini sudah diubah") && !appended.text.contains(token))
        var inside = file
        inside[inside.count / 2] ^= 1
        #expect(try await Self.check(visitor, inside).text.contains("Berkas ini sudah diubah"))
        portal.pass(seconds: Moment(letter.validUntil.adding(days: 1), hour: 9).seconds - TestPortal.start.seconds)
        let expired = try await Self.check(visitor, file)
        #expect(expired.text.contains("tidak berlaku lagi") && expired.text.contains("kedaluwarsa"))
        #expect(try await Self.check(visitor, Data("halo".utf8)).text.contains("bukan PDF"))
        let empty = try await Self.check(visitor, Data())
        #expect(empty.status == 422 && empty.text.contains("Pilih berkas PDF"))
        let large = try await Self.check(visitor, Data(count: FileCheckForm.maxBytes + 1))
        #expect(large.status == 422 && large.text.contains("paling besar 10 MB"))
    }

    /// A file like the issued letter, signed by whom the test says.
    private static func signed(_ portal: TestPortal, by signer: OfficeSigner) throws -> Data {
        let letter = try LetterLifeTests.letter(portal, portal.reference(.issued))
        let facts = SignatureFacts(name: "<b>Ratna</b>", reason: "uji", location: "Medan")
        return Data(
            try signer.sign(letter.document, with: portal.site.letters, facts: facts, secret: "", at: TestPortal.start))
    }

    private static func identity(
        _ portal: TestPortal, by authority: CertificateAuthority
    ) throws -> SigningIdentity {
        try authority.issue(
            .signing, to: KeyHolder(name: "<b>Kota Lain</b>", office: "Kota Lain"), at: TestPortal.start,
            passphrase: DemoWorld.password, cost: .quick
        ).opened(passphrase: DemoWorld.password)
    }

    @Test func signaturesAreTold() async throws {
        let portal = try TestPortal()
        let folder = portal.site.desk.settings.folder
        let authority = try CertificateAuthority(folder.identity("root").opened(passphrase: DemoWorld.password))
        let ours = try Self.identity(portal, by: authority)
        let copy = try Self.signed(portal, by: OfficeSigner(ours, root: authority.root, revoked: nil))
        #expect(try await Self.check(portal.client(), copy).text.contains("bukan berkas yang kami terbitkan"))
        #expect(try await !Self.check(portal.client(), copy).text.contains("<b>Kota"))

        let other = try CertificateAuthority.makeRoot(
            office: "Kota Lain", at: TestPortal.start, passphrase: DemoWorld.password, cost: .quick)
        let stranger = try CertificateAuthority(other.opened(passphrase: DemoWorld.password))
        let foreign = try Self.signed(
            portal,
            by: OfficeSigner(Self.identity(portal, by: stranger), root: stranger.root, revoked: nil))
        #expect(try await Self.check(portal.client(), foreign).text.contains("Tanda tangan ini bukan dari kami"))
        #expect(
            try await Self.check(portal.client(), JourneyTests.pdf).text.contains("Berkas ini bukan surat dari kami"))

        try folder.keep(
            authority.revoke(ours.certificate, for: .keyCompromise, after: nil, at: TestPortal.start))
        portal.site.desk.load(logger: portal.site.logger)
        #expect(try await Self.check(portal.client(), copy).text.contains("tidak dapat dipercaya"))
    }

    @Test func filesAreCheckedAtAMeasuredPace() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        var statuses: [Int] = []
        for _ in 0..<13 { statuses.append(try await Self.check(client, JourneyTests.pdf).status) }
        #expect(statuses == Array(repeating: 200, count: 12) + [429])
        portal.pass(seconds: 10)
        #expect(try await Self.check(client, JourneyTests.pdf).status == 200)
    }

    static let token = "AbCdEfGhIjKlMnOpQrStUvWxYz012-_9"

    @Test(arguments: [
        (token, true), ("http://127.0.0.1/verifikasi/\(token)", true), ("  /verifikasi/\(token)#x.y ", true),
        ("https://lain.example/verifikasi/\(token)?a=1", true), ("", false), ("000.9/0001/BRIDA/2026", false),
        (String(token.dropLast()), false), ("\(token)A", false), ("/verifikasi/", false),
    ])
    func addressesArePasted(typed: String, isAddress: Bool) async throws {
        #expect(VerificationRoutes.token(in: typed) == (isAddress ? Self.token : nil))
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let csrf = try await client.get("/verifikasi").csrf
        let reply = try await client.post("/verifikasi/cari", ["csrf": csrf, "alamat": typed])
        if isAddress {
            #expect(reply.status == 303 && reply.location == "/verifikasi/\(Self.token)")
        } else {
            #expect(reply.status == 422 && reply.text.contains("Tempelkan seluruh alamat"))
        }
    }

    @Test func guessesAreAnsweredAlikeAndNotForLong() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        var statuses: Set<Int> = []
        for _ in 0..<120 {
            let guess = Token.text((0..<24).map { _ in UInt8.random(in: 0...255) })
            statuses.insert(try await client.get("/verifikasi/\(guess)").status)
        }
        #expect(statuses == [404])
        #expect(try await client.get("/verifikasi/\(Self.token)").status == 429)
    }
}
