import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Letters
@testable import Portal

/// What the portal says of the seals in its QR codes, and what it gives others to check them with.
@Suite struct SealPageTests {
    private static func revoke(_ portal: TestPortal, for reason: RevocationList.Reason) throws {
        let folder = portal.site.desk.settings.folder
        let authority = try CertificateAuthority(folder.identity("root").opened(passphrase: DemoWorld.password))
        for entry in try folder.entries() where entry.use == .sealing {
            try folder.keep(
                authority.revoke(
                    entry.certificate, for: reason, after: folder.revocations(root: authority.root),
                    at: TestPortal.start))
        }
        portal.site.desk.load(logger: portal.site.logger)
    }

    private static func search(_ portal: TestPortal, _ text: String) async throws -> Client.Reply {
        let client = portal.client()
        let csrf = try await client.get("/verifikasi").csrf
        return try await client.post("/verifikasi/cari", ["csrf": csrf, "alamat": text])
    }

    /// A seal by the office's key over a letter that was never issued.
    private static func forged(_ portal: TestPortal) throws -> String {
        let letter = try LetterLifeTests.letter(portal, portal.reference(.issued))
        let folder = portal.site.desk.settings.folder
        let entry = try #require(
            try folder.entries().first { $0.use == .sealing && $0.owner == "brida-medan" })
        let key = try folder.identity(entry.id).opened(passphrase: DemoWorld.password)
        let seal = LetterSeal(
            number: "000.9/0099/BRIDA/2026", issuedOn: TestPortal.start.day, office: "BRIDA Kota Medan",
            maskedName: "J***", document: letter.document)
        return try seal.sealed(url: "http://127.0.0.1/verifikasi/\(VerificationTests.token)", with: key)
    }

    private static func genuine(_ portal: TestPortal) throws -> (text: String, path: String) {
        let letter = try LetterLifeTests.letter(portal, portal.reference(.issued))
        return (try #require(letter.document.sealText), "/verifikasi/\(letter.token)")
    }

    @Test func aGoodSealLeadsToItsLetter() async throws {
        let portal = try TestPortal()
        let (text, path) = try Self.genuine(portal)
        let reply = try await Self.search(portal, " \(text.prefix(80)) \(text.dropFirst(80))\n")
        #expect(reply.status == 303 && reply.location == path)
        #expect(try await !portal.client().get(path).text.contains("menyegel"))
        var broken = Array(text)
        broken[broken.count - 3] = broken[broken.count - 3] == "1" ? "2" : "1"
        for wrong in [String(broken), String(text.dropLast(1)), text.replacing("/verifikasi/", with: "/verifikasi/x/")]
        {
            let page = try await Self.search(portal, wrong)
            #expect(page.status == 200 && page.text.contains("Segel kode QR ini tidak sah"))
            #expect(!page.text.contains(path))
        }
        let unknown = try await Self.search(portal, Self.forged(portal)).text
        #expect(unknown.contains("Surat ini tidak ada di buku kami") && unknown.contains("000.9/0099/BRIDA/2026"))
        #expect(!unknown.contains("J***"))
    }

    @Test func aSealOfAKeyThatWasGivenUpNeedsTheRegister() async throws {
        let portal = try TestPortal()
        let (text, path) = try Self.genuine(portal)
        let forged = try Self.forged(portal)
        try Self.revoke(portal, for: .superseded)
        let known = try await Self.search(portal, text).text
        #expect(known.contains("Segel ini asli dan suratnya ada di buku kami") && known.contains("href=\"\(path)\""))
        #expect(known.contains("diganti dengan kunci baru") && known.contains("17 November 2026"))
        #expect(try await Self.search(portal, forged).text.contains("Surat ini tidak ada di buku kami"))
        let page = try await portal.client().get(path).text
        #expect(page.contains("asli dan berlaku") && page.contains("dicabut pada 17 November 2026 (diganti dengan"))
    }

    @Test func aSealOfACompromisedKeySaysNothing() async throws {
        let portal = try TestPortal()
        let (text, path) = try Self.genuine(portal)
        let forged = try Self.forged(portal)
        try Self.revoke(portal, for: .keyCompromise)
        let known = try await Self.search(portal, text).text
        #expect(known.contains("Segel ini tidak dapat dipercaya lagi") && known.contains("kunci mungkin bocor"))
        #expect(known.contains("href=\"\(path)\""))
        let strange = try await Self.search(portal, forged).text
        #expect(
            strange.contains("Jangan terima surat ini") && !strange.contains("/verifikasi/\(VerificationTests.token)"))
        #expect(try await portal.client().get(path).text.contains("kunci mungkin bocor"))
    }

    @Test func anybodyMayHaveThePublicKeys() async throws {
        let portal = try TestPortal()
        let visitor = portal.client()
        #expect(try await visitor.get("/verifikasi").text.contains("href=\"/verifikasi/kunci-publik\""))
        let page = try await visitor.get("/verifikasi/kunci-publik")
        #expect(page.status == 200 && page.text.contains("Segel kode QR") && !page.text.contains("revoked.crl.pem"))
        let folder = portal.site.desk.settings.folder
        #expect(page.text.contains(try folder.root().fingerprint))
        #expect(try await visitor.get("/verifikasi/kunci-publik/revoked.crl.pem").status == 404)
        #expect(try await visitor.get("/verifikasi/kunci-publik/root.key.pem").status == 404)
        try Self.revoke(portal, for: .keyCompromise)
        let after = try await visitor.get("/verifikasi/kunci-publik").text
        #expect(after.contains("Dicabut 17 November 2026: kunci mungkin bocor") && after.contains("17 November 2027"))
        let file = try await visitor.get("/verifikasi/kunci-publik/public-keys.pem")
        #expect(file.status == 200 && file.headers["content-type"] == "application/x-pem-file")
        #expect(file.headers["content-disposition"]?.hasPrefix("attachment") == true)
        let keys = try PublicKeys(pem: file.text)
        #expect(keys.roots == [try folder.root()] && !file.text.contains("PRIVATE"))
        #expect(try keys.seals.count == folder.entries().filter { $0.use == .sealing }.count)
        #expect(try keys.revoked == folder.revocations(root: folder.root()))
        #expect(try await visitor.get("/verifikasi/kunci-publik/root.pem").text == folder.root().pem)
        #expect(try await visitor.get("/verifikasi/kunci-publik/revoked.crl.pem").text == keys.revoked?.pem)
    }

    @Test func withoutKeysThePageSaysSo() async throws {
        let portal = try TestPortal()
        let (text, path) = try Self.genuine(portal)
        try FileManager.default.removeItem(atPath: portal.site.desk.settings.folder.path)
        portal.site.desk.load(logger: portal.site.logger)
        let visitor = portal.client()
        #expect(try await visitor.get("/verifikasi/kunci-publik").text.contains("belum membuat kuncinya"))
        #expect(try await visitor.get("/verifikasi/kunci-publik/public-keys.pem").status == 404)
        #expect(try await Self.search(portal, text).location == path)
    }
}
