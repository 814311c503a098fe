import Foundation
import HTTPServer
import HTTPTypes
import Permits
import Store
import Testing

@testable import Portal

/// Pages of applicants who have much: page, style and script together must come with the first round trip of a fresh
/// connection.
@Suite struct WeightTests {
    private static let most = 14_336
    private static let reason = "Belum sesuai dengan surat pengantar. Tulis seperti pada halaman pertama proposal."

    /// What a browser without anything in its cache fetches.
    private func weight(_ page: Client.Reply, _ portal: TestPortal) throws -> Int {
        var weight = try #require(gzip(Array(page.bytes))).count
        let assets = page.text.matches(of: /(?:rel="stylesheet" href|script src)="([^"]+)"/).map { String($0.output.1) }
        #expect(assets.count == 2, "\(assets)")
        // Where pages are rendered without published addresses, as here, they name the files themselves.
        for path in assets.map({ "/aset\($0)" }) {
            let head = RequestHead(method: .get, path: path, fields: [.acceptEncoding: "gzip"])
            let asset = try #require(portal.site.statics.respond(path: path, head: head), "\(path)")
            if case .bytes(let bytes) = asset.body { weight += bytes.count } else { Issue.record("\(path) is no text") }
        }
        return weight
    }

    /// In both languages.
    private func expectLight(_ path: String, _ client: Client, _ portal: TestPortal) async throws {
        for language in ["en", "id"] {
            try await speak(language, client)
            try expectLight(try await client.get(path), "\(path) in \(language)", portal)
        }
    }

    private func expectLight(_ page: Client.Reply, status: Int = 200, _ what: String, _ portal: TestPortal) throws {
        #expect(page.status == status, "\(what)")
        let weight = try weight(page, portal)
        #expect(weight <= Self.most, "\(what): \(weight) bytes")
        if let file = ProcessInfo.processInfo.environment["WEIGHTS"] {
            let line = "\(weight) \(what)\n"
            let before = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            try (before + line).write(toFile: file, atomically: true, encoding: .utf8)
        }
    }

    private func speak(_ language: String, _ client: Client) async throws {
        let csrf = try await client.get("/akun").csrf
        let reply = try await client.post("/bahasa", ["csrf": csrf, "bahasa": language, "kembali": "/akun"])
        #expect(reply.status == 303)
    }

    /// Much is returned, each with its reason.
    private func returnMuch(_ reference: String, _ officer: Client) async throws -> [String] {
        let path = "/petugas/permohonan/\(reference)"
        let review = try await officer.get(path)
        let names = review.text.matches(of: /name="verdict\.([^"]+)"/).map { String($0.output.1) }
        let keys = Set(names).sorted().prefix(6)
        var fields = ["csrf": review.csrf, "keputusan": "return", "revision": review.value(of: "revision") ?? ""]
        for key in keys {
            fields["verdict.\(key)"] = "return"
            fields["reason.\(key)"] = Self.reason
        }
        let returned = try await officer.post("\(path)/keputusan", fields)
        try #require(returned.status == 303 && keys.count > 4, "\(reference): \(returned.status)")
        return Array(keys)
    }

    @Test(arguments: ["kkn", "magang", "observasi", "penelitian", "surat-pengantar", "survei"])
    func everyStepIsLight(_ slug: String) async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let officer = try await portal.client(
            slug == "surat-pengantar" ? DemoWorld.tono : DemoWorld.budi, over: .direct)
        let type = try portal.site.store.publishedLetterType(slug: slug, at: TestPortal.start).type
        let reference = try await CatalogueTests.apply(type, as: [:], siti, portal)
        let path = "/permohonan/\(reference)"
        try await expectLight(path, siti, portal)
        let keys = try await returnMuch(reference, officer)
        try await expectLight(path, siti, portal)
        try await expectLight("\(path)/perbaikan", siti, portal)
        for language in ["en", "id"] {
            try await speak(language, siti)
            var wrong = ["csrf": try await siti.get("/akun").csrf]
            for key in keys { wrong[key] = "?" }
            let refused = try await siti.post("\(path)/perbaikan", wrong, files: [])
            try expectLight(refused, status: 422, "refused \(path)/perbaikan of \(slug) in \(language)", portal)
        }
        let csrf = try await siti.get("/akun").csrf
        _ = try await siti.post("\(path)/penarikan", ["csrf": csrf])
        let draft = try await siti.post("\(path)/pengajuan-ulang", ["csrf": csrf])
        let again = String(try #require(draft.location?.split(separator: "/").dropFirst().first))
        let application = try portal.application(again, as: DemoWorld.siti)
        for section in application.askedSections {
            try await expectLight("/permohonan/\(again)/isian/\(section.key)", siti, portal)
        }
        for step in ["/berkas", "/periksa", ""] { try await expectLight("/permohonan/\(again)\(step)", siti, portal) }
    }

    /// With the countries of the world in it.
    @Test func signingUpIsLight() async throws {
        let portal = try TestPortal()
        for language in ["en", "id"] {
            let client = portal.client(over: .direct)
            let csrf = try await client.get("/daftar").csrf
            _ = try await client.post("/bahasa", ["csrf": csrf, "bahasa": language, "kembali": "/daftar"])
            let page = try await client.get("/daftar")
            #expect(page.text.contains("<html lang=\"\(language)\""))
            try expectLight(page, "sign-up in \(language)", portal)
            let wrong = ["nama": "Siti 2", "surel": "x", "identitas": "paspor", "telepon": "1", "csrf": page.csrf]
            let refused = try await client.post("/daftar", wrong)
            try expectLight(refused, status: 422, "refused sign-up in \(language)", portal)
        }
    }

    /// The officer was pleased with nothing and explains it at length: what is to be mended comes in parts.
    @Test(arguments: ["kkn", "magang", "observasi", "penelitian", "surat-pengantar", "survei"], [200, 500])
    func everythingReturnedIsLight(_ slug: String, _ letters: Int) async throws {
        let returned = try await ReturnedWhole(slug, letters: letters)
        let siti = returned.siti
        for language in ["en", "id"] {
            try await speak(language, siti)
            let list = try await siti.get(returned.path)
            try expectLight(list, "all of \(slug) in \(language)", returned.portal)
            let refused = try await siti.post(returned.path, ["csrf": list.csrf, "perbaikan.isi": ""], files: [])
            try expectLight(refused, status: 422, "all of \(slug) refused in \(language)", returned.portal)
            #expect(refused.text.matches(of: #/<li><a href="[^"]*bagian=/#).count == returned.keys.count * 2)
            for part in try await returned.parts() {
                let what = "\(letters) letters on each of \(part.held) of \(slug) in \(language)"
                try expectLight(part.page, what, returned.portal)
                var wrong = try returned.explained(part)
                for key in part.held { wrong[Correction.explanationField(key)]?.append("\u{7}") }
                let told = try await siti.post(returned.path, wrong, files: [])
                try expectLight(told, status: 422, "refused \(what)", returned.portal)
                for key in part.held { wrong[Correction.explanationField(key)] = "" }
                #expect(try await siti.post(returned.path, wrong, files: []).status == 303)
            }
        }
    }

    /// Names and numbers that do not look alike, as zip programs like them least.
    private static func people(_ count: Int, bad: Bool = false) -> String {
        let first = [
            "Siti", "Rahmat", "Maria", "Tiurma", "Joko", "Nurhaliza", "Bonar", "Lestari", "Ferdinand", "Aisyah",
        ]
        let last = ["Lubis", "Simbolon", "Hutagalung", "Nasution", "Purba", "Tanjung", "Siregar", "Manurung", "Wijaya"]
        let course = ["Gizi", "Ilmu Hukum", "Teknik Sipil", "Agribisnis", "Sastra Indonesia", "Akuntansi", "Farmasi"]
        var seed: UInt64 = 7
        func next(_ below: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % below
        }
        return (0..<count).map { _ in
            let name = "\(first[next(10)]) \(first[next(10)]) \(last[next(9)])"
            let number = bad ? "1\(next(10))" : "19\(next(9_000_000) + 1_000_000)"
            return "\(name)\t\(number)\tS1 \(course[next(7)])\t08\(next(900_000_000) + 1_000_000_000)"
        }.joined(separator: "\n")
    }

    @Test(arguments: [(50, false), (30, true)])
    func aLongRosterIsLight(_ count: Int, _ bad: Bool) async throws {
        let draft = try await RosterTests.Draft()
        let sent = try await draft.send(["tempel": Self.people(count, bad: bad), "then": "import"])
        #expect(sent.status == 303)
        let path = "/permohonan/\(draft.reference)/isian/peserta"
        let told = try await draft.page()
        try expectLight(told, "\(count) rows that were just sent", draft.portal)
        for query in ["", "?halaman=2", "?baris=11"] { try await expectLight(path + query, draft.siti, draft.portal) }
        let next = try await draft.siti.post(
            path.replacing("/isian/", with: "/daftar/"), ["csrf": told.csrf, "then": "next"], files: [])
        if bad { try expectLight(next, status: 422, "\(count) rows that are wrong", draft.portal) }
    }

    /// As much as may be asked and answered, in words that do not repeat, with all the files that there may be.
    private func aLongAnswerIsLight(_ path: String, _ siti: Client, _ budi: Client, _ portal: TestPortal) async throws {
        let words = String(Self.people(100).prefix(MessageRules.maximumLength))
        let csrf = try await budi.get("/petugas").csrf
        let asked = ["csrf": csrf, "kunci": "tanya", "tanya": "1", "pesan": words]
        #expect(try await budi.post("/petugas\(path)/pesan", asked, files: []).status == 303)
        let page = try await siti.get("\(path)/pesan")
        let fields = ConversationTests.fields(page, String(words.reversed())).merging(["then": "stay"]) { $1 }
        let files = MessageRules.places.map { ($0, "surat keterangan dari \($0) tahun 2026.pdf", JourneyTests.pdf) }
        #expect(try await siti.post("\(path)/pesan", fields, files: files).status == 303)
        try await expectLight("\(path)/pesan", siti, portal)
        let last = ConversationTests.fields(try await siti.get("\(path)/pesan"), "")
        try expectLight(
            try await siti.post("\(path)/pesan", last, files: []), status: 422, "an empty answer", portal)
        let gone = ["csrf": page.csrf, "then": "discard"]
        #expect(try await siti.post("\(path)/pesan", gone, files: []).status == 303)
    }

    /// However much was written and whatever happened, and all of it can be read.
    @Test func aLongHistoryIsLight() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let budi = try await portal.client(DemoWorld.budi, over: .direct)
        let words = Self.people(40).split(separator: "\n")
        func write(_ text: String, as client: Client, at path: String, _ number: Int) async throws {
            let csrf = try await client.get("/akun").csrf
            let fields = ["csrf": csrf, "kunci": "k\(number)", "pesan": text]
            #expect(try await client.post("\(path)/pesan", fields, files: []).status == 303)
        }
        for number in 0..<60 {
            portal.pass(seconds: 30)
            let text = "Pesan \(number). " + words.shuffled().prefix(5).joined(separator: ", ")
            let isOwn = number.isMultiple(of: 2)
            let path = isOwn ? "/permohonan/\(reference)" : "/petugas/permohonan/\(reference)"
            try await write(text, as: isOwn ? siti : budi, at: path, number)
        }
        let path = "/permohonan/\(reference)"
        let title = try #require(try portal.application(reference, as: DemoWorld.siti).answers["judul"])
        for round in 0..<8 {
            let review = try await budi.get("/petugas/permohonan/\(reference)")
            let returned = try await budi.post(
                "/petugas/permohonan/\(reference)/keputusan",
                [
                    "csrf": review.csrf, "revision": review.value(of: "revision") ?? "", "keputusan": "return",
                    "verdict.judul": "return", "reason.judul": Self.reason,
                ])
            #expect(returned.status == 303)
            let mended = [
                "csrf": try await siti.get("/akun").csrf, "judul": title,
                Correction.explanationField("judul"): "Sudah benar, lihat halaman \(round) proposal.",
            ]
            #expect(try await siti.post("\(path)/perbaikan", mended, files: []).status == 303)
        }
        var numbers: Set<Int> = []
        for part in 1...4 {
            let page = try await siti.get("\(path)?pesan=\(part)")
            try expectLight(page, "part \(part) of a long conversation", portal)
            numbers.formUnion(page.text.matches(of: #/Pesan ([0-9]+)\. /#).compactMap { Int($0.output.1) })
            #expect(page.text.contains("pesan=\(part + 1)#percakapan") == (part < 4), "\(part)")
        }
        #expect(numbers == Set(0..<60))
        let first = try await siti.get(path)
        #expect(first.text.contains("Pesan 59.") && first.text.contains("?riwayat=2#riwayat"))
        #expect(try await siti.get("\(path)?riwayat=2").text.contains("Permohonan diterima kantor"))
        try await expectLight("\(path)/pesan", siti, portal)
        try await expectLight(path, siti, portal)
        for strange in ["0", "-1", "x", "999999999999999999999"] {
            #expect(try await siti.get("\(path)?pesan=\(strange)&riwayat=\(strange)").status == 200)
        }
        // Nobody waits for a page at the office.
        let review = try await budi.get("/petugas/permohonan/\(reference)").text
        #expect(review.contains("Pesan 0.") && review.contains("Pesan 59."))
        try await aLongAnswerIsLight(path, siti, budi, portal)
        // One long message is a part of its own.
        try await write(String(repeating: "Panjang. ", count: 440), as: siti, at: path, 60)
        #expect(try await siti.get(path).text.matches(of: #/Pesan [0-9]+\. /#).count < 15)
    }
}
