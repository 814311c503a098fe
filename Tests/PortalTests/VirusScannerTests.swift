import Foundation
import HTTPServer
import Permits
import Store
import Testing

@testable import Portal

@Suite struct VirusScannerTests {
    private let file = UploadedFile(name: "a", filename: "a.pdf", bytes: [UInt8](repeating: 7, count: 200_000))

    @Test func sendsTheWholeFileInPieces() throws {
        let clamd = try FakeClamd(.says("stream: OK"))
        let scanner = try #require(VirusScanner(clamd.path))
        #expect(try scanner.scan(file) == .clean)
        #expect(clamd.received == [try file.readAll(limit: .max)])
    }

    @Test(arguments: [
        ("stream: OK", VirusVerdict.clean), ("stream: Eicar-Signature FOUND", .found("Eicar-Signature")),
        ("INSTREAM size limit exceeded. ERROR", .tooLarge),
    ])
    func answers(_ answer: String, _ verdict: VirusVerdict) throws {
        #expect(try VirusScanner.verdict(answer) == verdict)
        let clamd = try FakeClamd(.says(answer))
        #expect(try #require(VirusScanner(clamd.path)).scan(file) == verdict)
    }

    /// Nothing but a clear word lets a file in.
    @Test(arguments: [
        "", "OK", "stream: OK ", "stream: ok", "stream: Can't allocate memory ERROR", "stream:OK", "PONG",
    ])
    func otherAnswersAreNone(_ answer: String) throws {
        let clamd = try FakeClamd(.says(answer))
        let scanner = try #require(VirusScanner(clamd.path))
        #expect(throws: VirusScannerAway.self) { try scanner.scan(file) }
    }

    /// clamd says that a file is too large while it is still coming, and closes.
    @Test func aLimitMetHalfWayIsUnderstood() throws {
        let clamd = try FakeClamd(.stops("INSTREAM size limit exceeded. ERROR", after: 1000))
        let large = UploadedFile(name: "a", filename: "a.pdf", bytes: [UInt8](repeating: 7, count: 8 << 20))
        #expect(try #require(VirusScanner(clamd.path)).scan(large) == .tooLarge)
    }

    @Test func silenceEnds() throws {
        let clamd = try FakeClamd(.isSilent)
        let scanner = try #require(VirusScanner(clamd.path, timeout: 0.3))
        let time = ContinuousClock().measure {
            #expect(throws: VirusScannerAway(reason: "no answer in time")) { try scanner.scan(file) }
        }
        #expect(time < .seconds(2))
    }

    /// A silent clamd holds only so many threads of the server.
    @Test func onlySoManyWaitAtOnce() throws {
        let clamd = try FakeClamd(.isSilent)
        let scanner = try #require(VirusScanner(clamd.path, timeout: 2, atOnce: 1))
        let file = file
        let other = Thread { _ = try? scanner.scan(file) }
        other.start()
        while scanner.running == 0 { usleep(1000) }
        #expect(throws: VirusScannerAway(reason: "too many files at once")) { try scanner.scan(file) }
        while scanner.running == 1 { usleep(1000) }
        #expect(throws: VirusScannerAway.self) { try scanner.scan(file) }
    }

    @Test func aClosedDoorIsNoAnswer() throws {
        let clamd = try FakeClamd(.closes)
        let scanner = try #require(VirusScanner(clamd.path))
        #expect(throws: VirusScannerAway.self) { try scanner.scan(file) }
        let nobody = try #require(VirusScanner("/tmp/nobody-\(UUID().uuidString)"))
        #expect(throws: VirusScannerAway.self) { try nobody.scan(file) }
        // Port 1 of this machine: refused, not waited for.
        #expect(throws: VirusScannerAway.self) { try #require(VirusScanner("127.0.0.1:1")).scan(file) }
    }

    @Test(arguments: [
        ("/run/clamav/clamd.ctl", true), ("127.0.0.1:3310", true), ("localhost:3310", false), ("127.0.0.1", false),
        ("127.0.0.1:0", false), ("127.0.0.1:99999", false), ("clamd.ctl", false), ("", false),
        ("/" + String(repeating: "a", count: 107), false), ("/" + String(repeating: "a", count: 106), true),
    ])
    func addresses(_ text: String, _ isOne: Bool) { #expect((VirusScanner(text) != nil) == isOne) }

    @Test func uploadsWaitForAnAnswer() async throws {
        let clamd = try FakeClamd(.says("stream: OK"))
        let portal = try TestPortal(virusScanner: VirusScanner(clamd.path))
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let path = try #require(begun.location).replacingOccurrences(of: "/isian/pemohon", with: "/berkas")
        let reference = try #require(path.split(separator: "/").dropFirst().first)
        func upload() async throws -> Client.Reply {
            try await siti.post(path, ["csrf": csrf], files: [("ktp", "k.pdf", JourneyTests.pdf)])
        }
        clamd.conduct(.says("stream: Eicar-Signature FOUND"))
        let infected = try await upload()
        #expect(infected.status == 422 && infected.text.contains("pemeriksa virus menemukan bahaya"))
        clamd.conduct(.closes)
        let away = try await upload()
        #expect(away.status == 422 && away.text.contains("Coba unggah lagi beberapa menit lagi"))
        clamd.conduct(.says("INSTREAM size limit exceeded. ERROR"))
        #expect(try await upload().text.contains("terlalu besar untuk diperiksa"))
        #expect(try portal.application(reference, as: DemoWorld.siti).attachments.isEmpty)
        clamd.conduct(.says("stream: OK"))
        #expect(try await upload().status == 303)
        let paper = try #require(try portal.application(reference, as: DemoWorld.siti).attachments.first)
        #expect(
            try portal.site.store.scan(of: paper.sha256)
                == FileScan(
                    kind: .pdf, pages: 1, scanner: "structure/2, clamd", scannedAt: portal.site.now()))
        #expect(clamd.received.last == Array(JourneyTests.pdf))
    }

    /// Debian's clamd with one signature: the test file that every scanner knows (eicar.org).
    @Test func clamdItself() throws {
        let program = "/usr/sbin/clamd"
        try #require(FileManager.default.isExecutableFile(atPath: program), "install the Debian package clamav-daemon")
        let folder = "/tmp/clamd-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: "\(folder)/db", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
        let digits = eicar.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        try "Eicar-Test:0:*:\(digits)\n".write(toFile: "\(folder)/db/test.ndb", atomically: true, encoding: .utf8)
        try """
        LocalSocket \(folder)/ctl
        DatabaseDirectory \(folder)/db
        Foreground yes
        StreamMaxLength 1M
        """.write(toFile: "\(folder)/clamd.conf", atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["--config-file=\(folder)/clamd.conf"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let scanner = try #require(VirusScanner("\(folder)/ctl"))
        func scan(_ bytes: [UInt8]) throws -> VirusVerdict {
            try scanner.scan(UploadedFile(name: "a", filename: "a.pdf", bytes: bytes))
        }
        for _ in 0..<150 where (try? scan([1])) == nil { usleep(100_000) }
        #expect(try scan(Array(JourneyTests.pdf)) == .clean)
        #expect(try scan(Array(eicar.utf8)) == .found("Eicar-Test.UNOFFICIAL"))
        #expect(try scan([UInt8](repeating: 65, count: 3 << 20)) == .tooLarge)
    }
}
