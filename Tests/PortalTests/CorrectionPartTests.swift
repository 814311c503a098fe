import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// An application of which everything was returned, each part with its own words.
struct ReturnedWhole {
    struct Part {
        let page: Client.Reply
        let held: [String]
    }

    let portal: TestPortal
    let siti: Client
    let officer: Client
    let reference: String
    /// In the order in which they were judged.
    let keys: [String]

    var path: String { "/permohonan/\(reference)/perbaikan" }

    init(_ slug: String, letters: Int = 60) async throws {
        portal = try TestPortal()
        siti = try await portal.client(DemoWorld.siti, over: .direct)
        officer = try await portal.client(slug == "surat-pengantar" ? DemoWorld.tono : DemoWorld.budi, over: .direct)
        let type = try portal.site.store.publishedLetterType(slug: slug, at: TestPortal.start).type
        reference = try await CatalogueTests.apply(type, as: [:], siti, portal)
        let review = try await officer.get("/petugas/permohonan/\(reference)")
        let names = review.text.matches(of: /name="verdict\.([^"]+)"/).map { String($0.output.1) }
        var keys: [String] = []
        for name in names where !keys.contains(name) { keys.append(name) }
        self.keys = keys
        var fields = ["csrf": review.csrf, "keputusan": "return", "revision": review.value(of: "revision") ?? ""]
        for (index, key) in keys.enumerated() {
            fields["verdict.\(key)"] = "return"
            fields["reason.\(key)"] = Self.reason(letters, seed: UInt64(index + 1))
        }
        let returned = try await officer.post("/petugas/permohonan/\(reference)/keputusan", fields)
        try #require(returned.status == 303 && keys.count > 7, "\(slug): \(returned.status), \(keys.count)")
    }

    /// Words of an office in an order of their own.
    private static func reason(_ letters: Int, seed: UInt64) -> String {
        let words = """
            belum sesuai dengan surat pengantar tulis seperti pada halaman pertama proposal mohon diperbaiki karena nomor
            tanggal tidak terbaca foto buram lampirkan yang asli dan pastikan nama pemohon sama kartu identitas berlaku
            sampai masa penelitian selesai lokasi harus disebut lengkap kelurahan kecamatan dinas terkait penanggung jawab
            tanda tangan basah stempel kampus program studi semester jadwal kegiatan
            """.split { $0.isWhitespace }
        var (seed, text) = (seed, "Bagian \(seed)")
        while text.count < letters {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            text += " \(words[Int(seed >> 33) % words.count])"
        }
        return String(text.prefix(letters))
    }

    func application() throws -> Application { try portal.application(reference, as: DemoWorld.siti) }

    /// Where the list of all parts leads to, each part once.
    func parts() async throws -> [Part] {
        let list = try await siti.get(path).text
        var parts: [Part] = []
        for link in list.matches(of: /<li><a href="([^"#]*\?bagian=([^"#]+))#f-/) {
            let key = String(link.output.2)
            if parts.contains(where: { $0.held.contains(key) }) { continue }
            let page = try await siti.get(String(link.output.1))
            let held = try #require(page.value(of: "perbaikan.isi"), "\(key)").split(separator: " ").map(String.init)
            try #require(held.contains(key), "\(key) is not on its part")
            parts.append(Part(page: page, held: held))
        }
        return parts
    }

    /// What a browser sends of a part, with what a person types into it.
    func form(_ part: Part, _ typed: [String: String]) -> [String: String] {
        ["csrf": part.page.csrf, "perbaikan.isi": part.held.joined(separator: " ")].merging(typed) { $1 }
    }

    /// Explains everything that the part holds, leaving its answers as they are.
    func explained(_ part: Part) throws -> [String: String] {
        var fields = try answers(part.held)
        for key in part.held { fields[Correction.explanationField(key)] = "\(key) sudah benar." }
        return form(part, fields)
    }

    func answers(_ keys: [String]) throws -> [String: String] {
        let application = try application()
        var fields: [String: String] = [:]
        for field in application.type.fields where keys.contains(field.key) {
            let answer = application.answers[field.key] ?? ""
            if field.kind == .dateRange {
                (fields["\(field.key).mulai"], fields["\(field.key).sampai"]) = DayRange.halves(of: answer)
            } else {
                fields[field.key] = answer
            }
        }
        return fields
    }
}

@Suite struct CorrectionPartTests {
    @Test func everythingIsMendedPartByPart() async throws {
        let returned = try await ReturnedWhole("kkn")
        let siti = returned.siti
        let parts = try await returned.parts()
        #expect(parts.count > 3 && parts.flatMap(\.held).sorted() == returned.keys.sorted())
        #expect(parts.allSatisfy { $0.held.count <= 5 && !$0.page.text.contains("Kirim perbaikan") })
        #expect(parts[1].page.text.contains("Bagian 2 dari \(parts.count)"))
        var next = returned.path
        for (index, part) in parts.enumerated() {
            if index > 0 { #expect(next == "\(returned.path)?bagian=\(part.held[0])", "after part \(index)") }
            let list = try await siti.get(returned.path).text
            let done = parts[..<index].flatMap(\.held).count
            #expect(list.contains("\(done) dari \(returned.keys.count) selesai."))
            #expect(list.contains("<a class=\"btn\" href=\"\(returned.path)?bagian=\(part.held[0])\""))
            let saved = try await siti.post(returned.path, try returned.explained(part), files: [])
            #expect(saved.status == 303)
            next = try #require(saved.location)
        }
        #expect(next == returned.path)
        let list = try await siti.get(next)
        #expect(!list.text.contains("Lanjutkan perbaikan"))
        for _ in 1...2 {
            let sent = try await siti.post(next, ["csrf": list.csrf, "perbaikan.isi": ""], files: [])
            #expect(sent.status == 303 && sent.location?.hasPrefix("/permohonan/\(returned.reference)") == true)
        }
        #expect(try returned.application().state == .submitted)
        let review = try await returned.officer.get("/petugas/permohonan/\(returned.reference)").text
        for key in returned.keys { #expect(review.contains("\(key) sudah benar."), "\(key)") }
    }

    /// Saving one part, and typing on it, leaves what was typed on another.
    @Test func nothingIsLostAcrossParts() async throws {
        let returned = try await ReturnedWhole("kkn")
        let siti = returned.siti
        let parts = try await returned.parts()
        let theme = try #require(parts.first { $0.held.contains("tema") })
        let name = try #require(parts.first { $0.held.contains("nama") })
        let typed = ["tema": "Tema yang baru saja diketik", "benar.lokasi": "Lokasi sudah benar."]
        let typing = ["draf.versi", "draf.halaman"].reduce(into: ["draf.urutan": "1"]) {
            $0[$1] = theme.page.value(of: $1) ?? ""
        }
        let fields = returned.form(theme, try returned.answers(theme.held)).merging(typed) { $1 }
        #expect(try await siti.post("\(returned.path)/ketikan", fields.merging(typing) { $1 }).status == 200)
        let other = try returned.answers(name.held).merging(["nama": "Nama lain", "benar.nim": "NIM benar."]) { $1 }
        #expect(try await siti.post(returned.path, returned.form(name, other), files: []).status == 303)
        func expectAll(_ what: Comment) async throws {
            let first = try await siti.get("\(returned.path)?bagian=tema").text
            #expect(first.contains("Tema yang baru saja diketik"), what)
            #expect(try await siti.get("\(returned.path)?bagian=lokasi").text.contains("Lokasi sudah benar."), what)
            #expect(try await siti.get("\(returned.path)?bagian=nama").text.contains("value=\"Nama lain\""), what)
            #expect(try await siti.get("\(returned.path)?bagian=nim").text.contains("NIM benar.</textarea>"), what)
        }
        try await expectAll("after a part was saved")
        let empty = ["csrf": name.page.csrf, "perbaikan.isi": ""]
        #expect(try await siti.post(returned.path, empty, files: []).status == 422)
        try await expectAll("after everything was sent too early")
        let turned = try await siti.post(
            returned.path, returned.form(theme, fields).merging(["isian.bahasa": "en"]) { $1 }, files: [])
        #expect(turned.location == "\(returned.path)?bagian=\(theme.held[0])")
        try await expectAll("in the other language")
        // An explanation that is taken out again is gone.
        let without = other.merging(["benar.nim": ""]) { $1 }
        #expect(try await siti.post(returned.path, returned.form(name, without), files: []).status == 303)
        #expect(try await !siti.get("\(returned.path)?bagian=nim").text.contains("NIM benar."))
        #expect(try returned.application().answers["nama"] != "Nama lain", "judged answers stay until it is sent")
    }

    @Test func whatIsWrongIsSaidWhereItIsMended() async throws {
        let returned = try await ReturnedWhole("kkn")
        let siti = returned.siti
        let parts = try await returned.parts()
        let part = try #require(parts.first { $0.held.contains("nim") })
        let wrong = try returned.answers(part.held).merging(["nim": "!"]) { $1 }
        let refused = try await siti.post(returned.path, returned.form(part, wrong), files: [])
        #expect(refused.status == 422 && refused.text.contains("href=\"#f-nim\""))
        #expect(refused.value(of: "perbaikan.isi") == part.held.joined(separator: " "))
        // The list leads there, and to all that nobody has mended yet.
        let list = try await siti.post(returned.path, ["csrf": part.page.csrf, "perbaikan.isi": ""], files: [])
        let problems = try #require(list.text.firstMatch(of: /(?s)id="problems".*?<\/div>/)).output
        for key in returned.keys {
            #expect(problems.contains("href=\"\(returned.path)?bagian=\(key)#f-"), "\(key)")
        }
        #expect(try returned.application().state == .needsCorrection)
        let explained = try returned.explained(part).merging(["benar.nim": String(repeating: "a", count: 1001)]) { $1 }
        let long = try await siti.post(returned.path, explained, files: [])
        #expect(long.status == 422 && long.text.contains("href=\"#f-benar-nim\""))
    }

    @Test func papersGoUpOnTheirPart() async throws {
        let returned = try await ReturnedWhole("survei")
        let siti = returned.siti
        let part = try #require(try await returned.parts().last)
        let paper = try #require(part.held.last)
        returned.portal.pass(seconds: 60)
        let files = [(paper, "baru.pdf", JourneyTests.pdf)]
        let up = try await siti.post(
            "/permohonan/\(returned.reference)/unggahan/\(paper)", ["csrf": part.page.csrf], files: files)
        #expect(up.status == 200 && up.text.contains("baru.pdf</a>") && up.text.contains("id=\"f-\(paper)\""))
        #expect(try await siti.get(returned.path).text.contains("1 dari \(returned.keys.count) selesai."))
        let bad = try await siti.post(
            returned.path, returned.form(part, try returned.answers(part.held)),
            files: [(part.held[0], "x.txt", Data("x".utf8))])
        #expect(bad.status == (try returned.application().type.requirement(part.held[0]) == nil ? 303 : 422))
    }

    /// A choice that asks for more: what is asked now comes before the next part.
    @Test func whatIsAskedBecauseOfAChoiceComesNext() async throws {
        let returned = try await ReturnedWhole("penelitian")
        let siti = returned.siti
        let part = try #require(try await returned.parts().first)
        try #require(part.held.contains("jenis_pemohon"))
        let chosen = try returned.answers(part.held).merging(["jenis_pemohon": "Umum"]) { $1 }
        let saved = try await siti.post(returned.path, returned.form(part, chosen), files: [])
        let next = try #require(saved.location)
        let page = try await siti.get(next)
        let application = try returned.application()
        let key = try #require(next.split(separator: "=").last.map(String.init))
        #expect(page.text.contains("name=\"\(key)\"") && !part.held.contains(key))
        let list = try await siti.get(returned.path).text
        let asked = application.type.fields.filter { field in
            field.kind != .file && application.isOpen(field.key)
                && application.type.isAsked(field, in: application.shownAnswers)
        }
        for field in asked { #expect(list.contains("bagian=\(field.key)#"), "\(field.key)") }
        #expect(asked.contains { !returned.keys.contains($0.key) })
    }

    @Test func aStrangePartIsTheList() async throws {
        let returned = try await ReturnedWhole("kkn")
        for strange in ["", "x", "%00", "judul", "tema%20nama"] {
            let page = try await returned.siti.get("\(returned.path)?bagian=\(strange)")
            #expect(page.status == 200 && page.text.contains("Lanjutkan perbaikan"), "\(strange)")
        }
        let status = try await returned.siti.get("/permohonan/\(returned.reference)").text
        #expect(status.contains("\(returned.path)?bagian=tema#f-tema"))
        let joko = try await returned.portal.client(DemoWorld.joko, over: .direct)
        #expect(try await joko.get("\(returned.path)?bagian=tema").status == 404)
    }
}
