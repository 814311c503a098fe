import Foundation
import Permits
import Store
import Testing

@testable import Portal

@Suite struct PrivacyTests {
    private static let reader = """
        import io, json, sys, zipfile
        archive = zipfile.ZipFile(sys.argv[1])
        assert archive.testzip() is None
        data = json.loads(archive.read("data.json"))
        names = set(archive.namelist())
        for application in data["applications"]:
            for paper in application["papers"]:
                assert archive.getinfo(paper["path"]).file_size == paper["size"], paper
                names.discard(paper["path"])
            for letter in application["letters"]:
                assert archive.read(letter["path"]).startswith(b"%PDF-"), letter
                assert letter["kind"] == "permit", letter
                names.discard(letter["path"])
            for report in application["reports"]:
                assert archive.getinfo(report["path"]).file_size == report["size"], report
                names.discard(report["path"])
        for other in data["elsewhere"]:
            files = other["papers"] + [f for message in other["conversation"] for f in message["files"]]
            assert len(files) > 1 and [m["text"] for m in other["conversation"]] == ["Jadwal terlampir."], other
            for file in files:
                assert archive.getinfo(file["path"]).file_size == file["size"], file
                names.discard(file["path"])
        for waiting in data["notSent"]:
            assert waiting["text"] == "Belum selesai" and len(waiting["files"]) == 1, waiting
            for file in waiting["files"]:
                assert archive.getinfo(file["path"]).file_size == file["size"], file
                names.discard(file["path"])
        assert len(data["notSent"]) == 1
        assert names == {"data.json", "BACA-SAYA.html"}, names
        assert not any(set(name) & set('<>:"|?*') or name[-1] in ". " for name in archive.namelist())
        guide = archive.read("BACA-SAYA.html").decode()
        assert "Belum terkirim" in guide and "Belum selesai" in guide
        import re, urllib.parse
        linked = {urllib.parse.unquote(p) for p in re.findall('href="([^"]+)"', guide)}
        assert linked == set(archive.namelist()) - {"BACA-SAYA.html"}, linked ^ set(archive.namelist())
        modes = {info.external_attr >> 16 & 0o777 for info in archive.infolist()}
        assert modes == {0o600}, modes
        print(json.dumps([data["account"]["email"], len(data["applications"]),
            sum(len(a["letters"]) for a in data["applications"]), sum(len(a["views"]) for a in data["applications"]),
            [e["kind"] for e in data["accountEvents"]][-1], len(data["messages"]) > 0, len(data["elsewhere"])]))
        """

    private func run(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test(arguments: Client.Transport.allCases)
    func everythingComesInOneArchiveThatOthersRead(transport: Client.Transport) async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let paper = try #require(try portal.application(reference, as: DemoWorld.siti).attachments.first)
        let budi = try await portal.client(DemoWorld.budi)
        _ = try await budi.get("/petugas/permohonan/\(reference)/berkas/\(paper.id)")
        try Self.handOver(portal)
        try Self.beginMessage(portal, about: try #require(Reference(reference)))
        let siti = try await portal.client(DemoWorld.siti, over: transport)
        let page = try await siti.get("/akun/data")
        let reply = try await siti.post("/akun/data/salinan", ["csrf": page.csrf])
        #expect(reply.status == 200 && reply.headers["content-type"] == "application/zip")
        #expect(reply.headers["content-disposition"]?.contains("data-saya-2026-11-17.zip") == true)
        #expect(reply.headers["cache-control"] == "no-store")
        let path = "\(portal.directory)/data.zip"
        try reply.bytes.write(to: URL(fileURLWithPath: path))
        let told = try run(["python3", "-c", Self.reader, path])
        #expect(told == "[\"siti@contoh.id\", 3, 1, 1, \"exported\", true, 1]")
        _ = try run(["unzip", "-tq", path])
        // Nothing is left of it on the server.
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(portal.site.vault.directory)/new")
        #expect(left.isEmpty, "\(left)")
    }

    /// What the office asked for stays with whoever withdrew instead, on the page and in the copy.
    @Test func reasonsOutliveAWithdrawal() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.needsCorrection)
        let reason = try #require(try portal.application(reference, as: DemoWorld.siti).findings.first).reason
        let csrf = try await siti.get("/akun").csrf
        let path = "/permohonan/\(reference)"
        #expect(try await siti.post("\(path)/penarikan", ["csrf": csrf, "alasan": ""]).status == 303)
        let page = try await siti.get(path).text
        #expect(!reason.isEmpty && page.contains("Yang diminta petugas") && page.contains(reason))
        let data = try portal.site.store.personalData(of: portal.viewer(DemoWorld.siti), at: portal.site.now())
        let file = try #require(data.applications.first { $0.reference == reference })
        #expect(file.findings.contains { $0.reason == reason && $0.label != $0.key })
        // Verdicts that nobody was told yet stay the office's.
        let judged = try portal.reference(.submitted)
        let budi = try portal.viewer(DemoWorld.budi)
        try portal.site.store.change(try #require(Reference(judged)), by: budi, origin: "-") { application, _ in
            let finding = Finding(key: "judul", verdict: .mend, reason: "Masih dipikirkan")
            return try application.judge([finding], by: budi, at: portal.site.now())
        }
        #expect(try await siti.post("/permohonan/\(judged)/penarikan", ["csrf": csrf, "alasan": ""]).status == 303)
        #expect(try await !siti.get("/permohonan/\(judged)").text.contains("Masih dipikirkan"))
        let export = try DataExport.make(
            of: portal.viewer(DemoWorld.siti), in: .english, at: portal.site.now(), portal.site)
        let archive = String(decoding: try Data(contentsOf: URL(fileURLWithPath: export.path)), as: UTF8.self)
        #expect(archive.contains("READ-ME.html") && archive.contains("What is in your copy"))
        #expect(archive.contains(reason) && !archive.contains("Masih dipikirkan"))
    }

    /// A message that is not sent yet, with a file whose name no Windows takes.
    private static func beginMessage(_ portal: TestPortal, about reference: Reference) throws {
        let now = portal.site.now()
        let siti = try portal.viewer(DemoWorld.siti)
        _ = try portal.site.store.saveMessage("Belum selesai", about: reference, by: siti, from: nil, at: now)
        let file = GivenFile(
            file: try portal.site.vault.keep([UInt8](JourneyTests.pdf)),
            scan: FileScan(kind: .pdf, pages: 1, scanner: "test", scannedAt: now),
            filename: "KTP \"asli\" <b>?*|: .pdf. ")
        _ = try portal.site.store.keepUnsent(
            file, at: MessageRules.places[0], for: .message, about: reference, by: siti, at: now)
    }

    /// One of Siti's applications, about which she wrote, becomes Joko's.
    private static func handOver(_ portal: TestPortal) throws {
        let store = portal.site.store
        let now = portal.site.now()
        let siti = try portal.viewer(DemoWorld.siti)
        try store.activate(portal.viewer(DemoWorld.joko).account, by: portal.viewer(DemoWorld.dewi), at: now)
        let reference = try #require(Reference(try portal.reference(.awaitingSignature)))
        let file = GivenFile(
            file: try portal.site.vault.keep([UInt8](JourneyTests.pdf)),
            scan: FileScan(kind: .pdf, pages: 1, scanner: "test", scannedAt: now), filename: "jadwal.pdf")
        let message = MessageDraft(text: "Jadwal terlampir.", isQuestion: false, files: [file], token: "satu")
        try store.write(message, about: reference, by: siti, origin: "-", at: now)
        try store.offerTransfer(of: reference, to: DemoWorld.joko.email, by: siti, at: now)
        let offer = try #require(try store.openTransfer(of: reference, by: siti, at: now))
        let token = [UInt8](repeating: 7, count: 32)
        #expect(try store.addTransferToken(token, for: offer.id))
        _ = try store.acceptTransfer(token: token, by: portal.viewer(DemoWorld.joko), origin: "-", at: now)
    }

    @Test func copiesAreLimitedAndOneAtATime() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/data").csrf
        let account = try portal.viewer(DemoWorld.siti).account
        let pass = try #require(portal.site.exports.enter(account))
        #expect(try await siti.post("/akun/data/salinan", ["csrf": csrf]).status == 409)
        pass.leave()
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try await siti.post("/akun/data/salinan", ["csrf": csrf]).status) }
        #expect(statuses == [200, 200, 200, 429])
    }

    @Test func aDeletionIsAskedForTakenBackAndCarriedOut() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/penghapusan").csrf
        #expect(try await siti.post("/akun/penghapusan", ["kata_sandi": "salah", "csrf": csrf]).status == 422)
        let fields = ["kata_sandi": DemoWorld.password, "csrf": csrf]
        #expect(try await siti.post("/akun/penghapusan", fields).status == 303)
        #expect(try await siti.get("/akun/data").text.contains("Batalkan penghapusan"))
        #expect(try await siti.get("/akun/penghapusan").location == "/akun/data")
        #expect(try await siti.get("/akun").text.contains("Akun ini dihapus pada Selasa, 24 November 2026"))
        #expect(try await siti.post("/akun/penghapusan/pembatalan", ["csrf": csrf]).status == 303)
        #expect(try await siti.get("/akun/data").text.contains("Minta akun dihapus"))
        #expect(try await siti.post("/akun/penghapusan", fields).status == 303)
        let dewi = try await portal.client(DemoWorld.dewi)
        let list = try await dewi.get("/admin/penghapusan").text
        #expect(list.contains(DemoWorld.siti.name) && list.contains("Menunggu") && list.contains("Dibatalkan"))
        let reference = try portal.reference(.issued)
        portal.pass(seconds: 7 * 86_400)
        portal.jobs.runOnce()
        let again = portal.client()
        let page = try await again.get("/masuk")
        let refused = try await again.post(
            "/masuk", ["surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": page.csrf])
        #expect(refused.status == 422)
        #expect(portal.mails.to(DemoWorld.siti.email).last?.subject == "Akun Anda sudah dihapus")
        let ratna = try await portal.client(DemoWorld.ratna)
        #expect(try await ratna.get("/petugas/permohonan/\(reference)").status == 200)
        #expect(try await portal.client(DemoWorld.dewi).get("/admin/penghapusan").text.contains("Akun dihapus"))
    }
}

@Suite struct ZipTests {
    /// Known value of the standard's check string, in pieces of every length.
    @Test(arguments: 0...9)
    func checksumIsTheStandardOne(first: Int) {
        let bytes = Array("123456789".utf8)
        var checksum = CRC32()
        for part in [bytes[..<first], bytes[first...]] { Array(part).withUnsafeBytes { checksum.update($0) } }
        #expect(checksum.value == 0xCBF4_3926)
    }
}
