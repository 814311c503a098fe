import Foundation
import Permits
import Store
import Testing

@testable import Letters
@testable import Portal

/// Letters leave the office sealed and signed, or not at all.
@Suite struct LetterIssueTests {
    private static let passphrase = "gajah duduk di pelabuhan"

    private static func sign(
        _ portal: TestPortal, secret: String = DemoWorld.password
    ) async throws -> (reference: String, reply: Client.Reply) {
        let reference = try portal.reference(.awaitingSignature)
        let ratna = try await portal.client(DemoWorld.ratna)
        let path = "/petugas/permohonan/\(reference)/tanda-tangan"
        let page = try await ratna.get(path)
        return (
            reference,
            try await ratna.post(
                path,
                [
                    "csrf": page.csrf, "revision": page.value(of: "revision") ?? "", "hari": "2026-11-17",
                    "kata_sandi": secret,
                ])
        )
    }

    private static func expectUnsigned(_ portal: TestPortal, _ reference: String) throws {
        #expect(try portal.application(reference, as: DemoWorld.ratna).state == .awaitingSignature)
        // The demo world's own letter is the only one.
        #expect(try portal.site.store.numberReports().filter { $0.last > 0 }.map(\.last) == [1])
    }

    private static func authority(_ portal: TestPortal) throws -> CertificateAuthority {
        try CertificateAuthority(
            portal.site.desk.settings.folder.identity("root").opened(passphrase: DemoWorld.password))
    }

    @Test func anIssuedLetterIsSignedStampedAndSealed() async throws {
        let portal = try TestPortal()
        let (reference, reply) = try await Self.sign(portal)
        #expect(reply.status == 303)
        let letter = try LetterLifeTests.letter(portal, reference)
        let file = try portal.site.vault.bytes(of: #require(letter.pdfSHA256))
        let check = try #require(portal.site.desk.check)
        guard case .signed(let record) = check.verdict(Array(file)) else {
            Issue.record("not signed: \(check.verdict(Array(file)))")
            return
        }
        #expect(record.name == DemoWorld.ratna.name && record.isTimeStamped && record.signedAt == TestPortal.start)
        let url = try #require(Self.mark(letter.document))
        #expect(url.hasPrefix("http://127.0.0.1/verifikasi/\(letter.token)#"))
        let reading = try SealCheck(#require(portal.site.desk.publicKeys)).read(url)
        let seal = reading.seal
        #expect(reading.standing == .good && reading.url == "http://127.0.0.1/verifikasi/\(letter.token)")
        #expect(SealInFile.text(in: Array(file)) == url, "the signed file names the code on paper")
        #expect(seal.number == letter.numberText && seal.issuedOn == TestPortal.start.day)
        #expect(seal.maskedName == letter.summary.maskedName && seal.matches(letter.document))
        #expect(!letter.document.footer.contains(LetterDocument.certifiedByBSrE))
        // A fetched file stays what it was.
        let siti = try await portal.client(DemoWorld.siti)
        #expect(try await Array(siti.get("/permohonan/\(reference)/surat.pdf").bytes) == Array(file))
    }

    private static func mark(_ document: LetterDocument) -> String? {
        document.blocks.lazy.compactMap { if case .signature(let block) = $0 { block.mark.url } else { nil } }.first
    }

    @Test func withoutKeysNothingIsSignedAndNoNumberUsed() async throws {
        let portal = try TestPortal()
        try FileManager.default.removeItem(atPath: portal.site.desk.settings.folder.path)
        portal.site.desk.load(logger: portal.site.logger)
        let (reference, reply) = try await Self.sign(portal)
        #expect(reply.status == 422 && reply.text.contains("Kunci tanda tangan belum disiapkan"))
        #expect(!reply.text.contains("name=\"kata_sandi\""))
        try Self.expectUnsigned(portal, reference)
        let budi = try await portal.client(DemoWorld.budi)
        let path = "/petugas/permohonan/\(try portal.reference(.submitted))"
        let page = try await budi.get(path)
        let refused = try await LetterLifeTests.read(
            budi, path + "/keputusan",
            [
                "csrf": page.csrf, "revision": page.value(of: "revision") ?? "", "keputusan": "refuse",
                "alasan": "Lokasi di luar Kota Medan.",
            ])
        #expect(refused.status == 422 && refused.text.contains("Kunci tanda tangan belum disiapkan"))
        #expect(refused.text.contains("Lokasi di luar Kota Medan."), "nothing typed is lost")
        try Self.expectUnsigned(portal, reference)
    }

    @Test func revokedAndExpiredCertificatesSignNothing() async throws {
        let portal = try TestPortal()
        let folder = portal.site.desk.settings.folder
        let authority = try Self.authority(portal)
        for entry in try folder.entries() where entry.use == .signing && entry.owner.hasPrefix("akun-") {
            let list = try folder.revocations(root: authority.root)
            try folder.keep(
                authority.revoke(entry.certificate, for: .keyCompromise, after: list, at: TestPortal.start))
        }
        portal.site.desk.load(logger: portal.site.logger)
        let (reference, reply) = try await Self.sign(portal)
        #expect(reply.status == 422 && reply.text.contains("sudah dicabut"))
        try Self.expectUnsigned(portal, reference)
        // A new key for the same person signs again.
        let ratna = try portal.viewer(DemoWorld.ratna)
        let account = try #require(try portal.site.store.credentials(of: ratna.account)).account
        let title = try #require(try portal.site.store.signatoryTitle(account.id, on: TestPortal.start.day))
        _ = try KeySetup.issue(
            to: account, as: title,
            office: portal.site.store.office(#require(account.unit), on: TestPortal.start.day), by: authority,
            in: folder, years: 1, passphrase: DemoWorld.password, cost: .quick, at: TestPortal.start)
        portal.site.desk.load(logger: portal.site.logger)
        portal.pass(seconds: 400 * 86_400)
        let late = try await portal.client(DemoWorld.ratna).get("/petugas/permohonan/\(reference)/tanda-tangan")
        #expect(late.text.contains("Masa berlaku sertifikat tanda tangan sudah habis"))
        portal.pass(seconds: -400 * 86_400)
        #expect(try await Self.sign(portal).reply.status == 303)
    }

    @Test func aSignatorysOwnPassphraseIsAskedAndNotKept() async throws {
        let portal = try TestPortal()
        let folder = portal.site.desk.settings.folder
        let account = try #require(
            try portal.site.store.credentials(of: portal.viewer(DemoWorld.ratna).account)
        ).account
        let title = try #require(try portal.site.store.signatoryTitle(account.id, on: TestPortal.start.day))
        let office = try portal.site.store.office(#require(account.unit), on: TestPortal.start.day)
        _ = try KeySetup.issue(
            to: account, as: title, office: office, by: Self.authority(portal), in: folder,
            passphrase: Self.passphrase, cost: .quick, at: TestPortal.start.adding(seconds: 1))
        portal.pass(seconds: 2)
        portal.site.desk.load(logger: portal.site.logger)
        let (reference, wrong) = try await Self.sign(portal)
        #expect(wrong.status == 422 && wrong.text.contains("Frasa sandi salah"))
        #expect(wrong.text.contains("Frasa sandi tanda tangan") && !wrong.text.contains(DemoWorld.password))
        try Self.expectUnsigned(portal, reference)
        #expect(try await Self.sign(portal, secret: "").reply.status == 422)
        let (_, right) = try await Self.sign(portal, secret: Self.passphrase)
        #expect(right.status == 303)
        #expect(try LetterLifeTests.letter(portal, reference).number == 2)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(portal.directory)/suratizin.sqlite-wal"))
        #expect(bytes.range(of: Data(Self.passphrase.utf8)) == nil)
    }

    @Test func throughBSrE() async throws {
        let now = TestPortal.start
        let authority = try CertificateAuthority(
            CertificateAuthority.makeRoot(office: "BSrE", at: now, passphrase: Self.passphrase, cost: .quick)
                .opened(passphrase: Self.passphrase))
        let identity = try authority.issue(
            .signing, to: KeyHolder(name: "Ratna", office: "BSrE"), at: now, years: 5, passphrase: Self.passphrase,
            cost: .quick)
        let provider = try ProviderDouble(identity, passphrase: Self.passphrase)
        let portal = try TestPortal { settings in
            guard
                let service = BSrESigner.Service(
                    address: provider.server.address, user: "portal", password: "rahasia", allowsPlain: true)
            else { return }
            settings.bsre = SigningDesk.BSrE(service: service, roots: TrustedRoots(authority.root))
        }
        let (reference, wrong) = try await Self.sign(portal)
        #expect(wrong.status == 422 && wrong.text.contains("Frasa sandi BSrE salah"))
        #expect(wrong.text.contains("Balai Besar Sertifikasi Elektronik"), "what is printed is what was read")
        try Self.expectUnsigned(portal, reference)
        let (_, right) = try await Self.sign(portal, secret: Self.passphrase)
        #expect(right.status == 303, "\(right.text)")
        let letter = try LetterLifeTests.letter(portal, reference)
        #expect(letter.document.footer.contains(LetterDocument.certifiedByBSrE))
    }

    @Test func aRefusalComesWithItsLetter() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let budi = try await portal.client(DemoWorld.budi)
        let path = "/petugas/permohonan/\(reference)"
        let page = try await budi.get(path)
        let fields = [
            "csrf": page.csrf, "revision": page.value(of: "revision") ?? "", "keputusan": "refuse",
            "alasan": "Lokasi di luar Kota Medan.\nProposal belum disetujui pembimbing.",
        ]
        let strange = try await budi.post(path + "/keputusan", fields.merging(["alasan": "Lokasi 😀"]) { $1 })
        #expect(strange.status == 422 && strange.text.contains("tidak dapat dicetak"))
        let reading = try await budi.post(path + "/keputusan", fields)
        #expect(reading.status == 200 && reading.text.contains("Proposal belum disetujui pembimbing."))
        #expect(try portal.application(reference, as: DemoWorld.budi).state == .submitted, "nothing is decided yet")
        let mending = try await budi.post(path + "/keputusan", fields.merging(["langkah": "ubah"]) { $1 })
        #expect(mending.status == 200 && mending.text.contains("belum disetujui pembimbing.</textarea>"))
        let digest = ["dibaca": reading.value(of: "dibaca") ?? ""]
        let other = try await budi.post(
            path + "/keputusan", fields.merging(digest.merging(["alasan": "Lokasi lain."]) { $1 }) { $1 })
        #expect(other.status == 200 && other.text.contains("Bacalah sekali lagi"), "another letter than was read")
        #expect(try await budi.post(path + "/keputusan", fields.merging(digest) { $1 }).status == 303)
        let siti = try await portal.client(DemoWorld.siti)
        let status = try await siti.get("/permohonan/\(reference)").text
        #expect(status.contains("Surat penolakan 000.9/0002/BRIDA/2026"))
        let file = try await siti.get("/permohonan/\(reference)/dokumen/penolakan")
        #expect(file.status == 200 && file.headers["content-type"] == "application/pdf")
        guard case .signed(let record) = portal.site.desk.check?.verdict(Array(file.bytes)) else {
            Issue.record("the refusal is not signed")
            return
        }
        #expect(record.name.hasPrefix("Segel Elektronik"))
        let application = try portal.application(reference, as: DemoWorld.budi)
        let letter = try #require(
            try portal.site.store.letter(
                .refusal, of: application.reference, visibleTo: portal.viewer(DemoWorld.budi)))
        let texts = letter.document.blocks.flatMap { block in
            if case .numbered(_, let items) = block { items } else { [String]() }
        }
        #expect(texts == ["Lokasi di luar Kota Medan.", "Proposal belum disetujui pembimbing."])
        let verified = try await portal.client().get("/verifikasi/\(letter.token)").text
        #expect(verified.contains("permohonan ditolak") && !verified.contains("Berlaku sampai"))
        // It is no permit: nothing may be done with it as with one.
        #expect(
            try portal.site.store.letter(of: application.reference, visibleTo: portal.viewer(DemoWorld.siti)) == nil)
        #expect(try await siti.get("/permohonan/\(reference)/surat.pdf").status == 404)
        #expect(try portal.site.store.numberReports().allSatisfy { $0.isSound })
        let joko = try await portal.client(DemoWorld.joko)
        #expect(try await joko.get("/permohonan/\(reference)/dokumen/penolakan").status == 404)
    }

    @Test func aRevocationComesWithItsLetter() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let ratna = try await portal.client(DemoWorld.ratna)
        let fields = ["sebab": "termsBroken", "alasan": LetterLifeTests.reason]
        let emoji = fields.merging(["alasan": LetterLifeTests.reason + " 👎"]) { $1 }
        let strange = try await LetterLifeTests.act(ratna, reference, "pencabutan", emoji)
        #expect(strange.status == 422 && strange.text.contains("Huruf 👎 tidak dapat dicetak"))
        #expect(strange.text.contains(LetterLifeTests.reason), "nothing typed is lost")
        // Read before it is signed: the letter's own words, and no number yet.
        let reading = try await LetterLifeTests.act(ratna, reference, "pencabutan", fields)
        #expect(reading.status == 422 && reading.text.contains("SURAT PENCABUTAN"))
        #expect(reading.text.contains("Kata sandi tidak cocok") && reading.text.contains("name=\"kata_sandi\""))
        #expect(try LetterLifeTests.letter(portal, reference).life.end == nil)
        let reply = try await LetterLifeTests.act(
            ratna, reference, "pencabutan",
            ["sebab": "termsBroken", "alasan": LetterLifeTests.reason, "kata_sandi": DemoWorld.password])
        #expect(reply.status == 303)
        let siti = try await portal.client(DemoWorld.siti)
        #expect(try await siti.get("/permohonan/\(reference)").text.contains("Surat pencabutan 000.9/0002/BRIDA/2026"))
        let file = try await siti.get("/permohonan/\(reference)/dokumen/pencabutan")
        guard case .signed(let record) = portal.site.desk.check?.verdict(Array(file.bytes)) else {
            Issue.record("the revocation is not signed")
            return
        }
        #expect(record.name == DemoWorld.ratna.name)
        let agenda = try await ratna.get("/petugas/agenda").text
        #expect(agenda.contains("000.9/0001/BRIDA/2026") && agenda.contains("000.9/0002/BRIDA/2026"))
        #expect(agenda.contains("BRIDA Kota Medan, tahun 2026") && !agenda.contains("brida 2026"))
    }

    /// What the page of a letter that was taken back does not tell any more, its revocation's does not tell either.
    @Test func aRevocationsOwnPageTellsNothingOfTheHolder() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let visitor = portal.client()
        let token = try LetterLifeTests.letter(portal, reference).token
        let before = try await visitor.get("/verifikasi/\(token)").text
        #expect(before.contains("S*** A*****") && before.contains("Universitas") && !before.contains("Dicabut dengan"))
        let ratna = try await portal.client(DemoWorld.ratna)
        let reply = try await LetterLifeTests.act(
            ratna, reference, "pencabutan",
            ["sebab": "termsBroken", "alasan": LetterLifeTests.reason, "kata_sandi": DemoWorld.password])
        try #require(reply.status == 303)
        let known = try #require(Reference(reference))
        let revocation = try #require(
            try portal.site.store.letter(.revocation, of: known, visibleTo: portal.viewer(DemoWorld.ratna)))
        let pages = [
            try await visitor.get("/verifikasi/\(token)").text,
            try await visitor.get("/verifikasi/\(revocation.token)").text,
        ]
        for page in pages {
            for secret in ["S*** A*****", "Universitas", "Peran Perempuan", LetterLifeTests.reason] {
                #expect(!page.contains(secret), "\(secret)")
            }
        }
        #expect(pages[0].contains("Dicabut dengan surat") && pages[0].contains("/verifikasi/\(revocation.token)"))
        #expect(pages[1].contains("Surat ini mencabut surat") && pages[1].contains("/verifikasi/\(token)"))
        // Whoever sends its file in learns no more than from its page.
        let file = try await ratna.get("/petugas/permohonan/\(reference)/dokumen/pencabutan").bytes
        let checked = try await VerificationTests.check(visitor, file).text
        #expect(checked.contains("asli dari kami") && !checked.contains("S*** A*****"))
    }

    @Test func theReceiptIsTheSameEachTime() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti)
        let first = try await siti.get("/permohonan/\(reference)/dokumen/tanda-terima")
        let second = try await siti.get("/permohonan/\(reference)/dokumen/tanda-terima")
        #expect(first.status == 200 && first.bytes == second.bytes && first.bytes.starts(with: Data("%PDF-".utf8)))
        #expect(try await siti.get("/permohonan/\(reference)/dokumen/lain").status == 404)
        #expect(
            try await portal.client(DemoWorld.joko).get("/permohonan/\(reference)/dokumen/tanda-terima").status == 404)
    }
}
