import Foundation
import HTTPServer
import Letters
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Files of strangers go out as what they are, and inert.
@Suite struct ServingTests {
    /// A grey point (ITU T.81), with a page behind it that must stay unread.
    static let jpeg =
        Data([0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12])
        + Data([0xFF, 0xD9]) + Data("<script>alert(1)</script>".utf8)

    static let chromium =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"

    private func uploaded(_ portal: TestPortal, _ siti: Client, _ content: Data) async throws -> String {
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let path = try #require(begun.location).replacingOccurrences(of: "/isian/pemohon", with: "/berkas")
        let reply = try await siti.post(path, ["csrf": csrf], files: [("ktp", "ktp.html", content)])
        try #require(reply.status == 303, "\(reply.text)")
        let reference = try #require(path.split(separator: "/").dropFirst().first)
        let paper = try #require(try portal.application(reference, as: DemoWorld.siti).attachments.first)
        return "\(path)/\(paper.id)"
    }

    @Test(arguments: [
        (jpeg, "image/jpeg", "ktp.jpg", "inline"), (JourneyTests.pdf, "application/pdf", "ktp.pdf", "attachment"),
    ])
    func headersOfAPaper(content: Data, type: String, name: String, shown: String) async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reply = try await siti.get(try await uploaded(portal, siti, content))
        #expect(reply.status == 200 && reply.bytes == content)
        #expect(reply.headers["content-type"] == type)
        #expect(reply.headers["x-content-type-options"] == "nosniff")
        #expect(reply.headers["content-disposition"]?.hasPrefix("\(shown); filename=\"\(name)\"") == true)
        let policy = try #require(reply.headers["content-security-policy"])
        #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'self'"))
        #expect(!policy.contains("script-src") && policy.hasSuffix("; sandbox"))
        #expect(reply.headers["cache-control"] == "no-store")
    }

    /// Where the browser shows it in its sandbox; a download anywhere else, and the officer's page says so.
    @Test(arguments: [
        (chromium, true),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/109.0.0.0 Safari/537.36", false),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", false),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", true), ("Chrome/", false),
        ("", false),
    ])
    func previewsOfPDFs(browser: String, isShown: Bool) async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let path = try await uploaded(portal, siti, JourneyTests.pdf)
        let reply = try await siti.get(path, headers: ["User-Agent": browser])
        #expect(reply.headers["content-security-policy"]?.hasSuffix("; sandbox") == true)
        #expect(reply.headers["content-disposition"]?.hasPrefix(isShown ? "inline;" : "attachment;") == true)
        let budi = try await portal.client(DemoWorld.budi)
        let review = try await budi.get(
            "/petugas/permohonan/\(try portal.reference(.submitted))", headers: ["User-Agent": browser])
        #expect(review.status == 200 && review.text.contains("<iframe") == isShown)
        #expect(review.text.contains("menampilkan PDF dengan aman") == !isShown)
    }

    @Test func aLetterIsADownload() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reply = try await siti.get("/permohonan/\(try portal.reference(.issued))/surat.pdf")
        #expect(reply.status == 200 && reply.headers["content-type"] == "application/pdf")
        #expect(reply.headers["content-disposition"]?.hasPrefix("attachment;") == true)
        #expect(reply.headers["x-content-type-options"] == "nosniff")
        // What we make passes what we ask of others.
        #expect(try FileInspection.inspect(Array(reply.bytes)).kind == .pdf)
    }

    /// A download that a weak network broke goes on where it ended, and only with the same file.
    @Test func brokenDownloadsGoOn() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let letter = "/permohonan/\(try portal.reference(.issued))/surat.pdf"
        for path in [letter, try await uploaded(portal, siti, JourneyTests.pdf)] {
            let whole = try await siti.get(path)
            let tag = try #require(whole.headers["etag"])
            #expect(tag.count == 66 && whole.headers["accept-ranges"] == "bytes")
            let rest = try await siti.get(path, headers: ["Range": "bytes=20-", "If-Range": tag])
            #expect(rest.status == 206 && rest.bytes == whole.bytes.dropFirst(20))
            #expect(rest.headers["etag"] == tag)
            #expect(rest.headers["content-range"] == "bytes 20-\(whole.bytes.count - 1)/\(whole.bytes.count)")
            let other = try await siti.get(
                path, headers: ["Range": "bytes=20-", "If-Range": "\"\(String(repeating: "0", count: 64))\""])
            #expect(other.status == 200 && other.bytes == whole.bytes)
            let same = try await siti.get(path, headers: ["If-None-Match": tag])
            #expect(same.status == 304 && same.bytes.isEmpty && same.headers["etag"] == tag)
            #expect(try await siti.get(path, headers: ["If-Match": "\"x\""]).status == 412)
            #expect(try await siti.get(path, headers: ["Range": "bytes=9999999-"]).status == 416)
        }
        // Neither a tag nor a part opens anything for others.
        let stranger = try await portal.client().get(letter, headers: ["If-None-Match": "*"])
        #expect(stranger.status == 303)
    }

    @Test func assetsSayWhichMethodsTheyKnow() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        for path in ["/aset/css/app.css", try #require(portal.site.statics.url("css/app.css"))] {
            let answer = try await client.send("OPTIONS", path)
            #expect(answer.status == 204 && answer.headers["allow"] == "GET, HEAD, OPTIONS")
            let post = try await client.send("POST", path)
            #expect(post.status == 405 && post.headers["allow"] == "GET, HEAD, OPTIONS")
        }
        #expect(try await client.send("OPTIONS", "/aset/nirada.css").status == 404)
        #expect(try await client.send("OPTIONS", "/layanan").headers["allow"] == "GET, HEAD, OPTIONS")
    }

    /// Every refusal has its sentence, and what is not a paper at all says what is.
    @Test func everyFaultHasItsSentence() throws {
        let texts = try Texts(file: "\(root)/Templates/strings/id.json")
        for key in FileFault.allCases.map(\.rawValue) + ["fileVirus", "fileScannerAway", "fileTooLargeToScan"] {
            let values = ["label": "KTP", "kinds": "PDF", "pixels": "50"]
            let sentence = texts.problem(FieldProblem("ktp", key, values))
            #expect(sentence.hasPrefix("KTP: ") && sentence.count > 40 && !sentence.contains("{"), "\(key)")
        }
    }
}
