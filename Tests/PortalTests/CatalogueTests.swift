import Foundation
import Letters
import Permits
import Store
import Testing

@testable import Portal

/// Every kind of letter that is shipped, for everybody who may apply for it, from the first question to the letter.
@Suite struct CatalogueTests {
    /// Answers to the choices on which others depend: each once, the others at their first.
    static func variants(_ type: LetterType) -> [[String: String]] {
        let conditions =
            type.fields.flatMap { [$0.showIf, $0.requiredIf] }
            + type.requirements.flatMap { [$0.showIf, $0.requiredIf] }
        let steering = Set(conditions.flatMap { $0?.parts.map(\.field) ?? [] })
        let choices = type.fields.filter { steering.contains($0.key) }
        return [[:]]
            + choices.flatMap { field in (field.options ?? []).dropFirst().map { [field.key: $0] } }
    }

    @Test func everyTypeGoesFromTheFirstQuestionToTheLetter() async throws {
        let portal = try TestPortal()
        let types = try portal.site.store.publishedLetterTypes(at: TestPortal.start)
        #expect(
            types.map(\.type.slug) == ["kkn", "magang", "observasi", "penelitian", "surat-pengantar", "survei"])
        #expect(Set(types.map(\.unit)).count == 2)
        for published in types {
            #expect(published.type.faults == [])
            let siti = try await portal.client(DemoWorld.siti, over: .direct)
            for variant in Self.variants(published.type) {
                portal.pass(seconds: 300)
                let reference = try await Self.apply(published.type, as: variant, siti, portal)
                try Self.compose(reference, variant, portal)
            }
        }
    }

    /// Fills in every step that is offered, uploads every paper that is asked, and sends.
    static func apply(
        _ type: LetterType, as variant: [String: String], _ siti: Client, _ portal: TestPortal
    ) async throws -> String {
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": type.slug, "csrf": csrf])
        var path = try #require(begun.location, "\(type.slug) \(variant): \(begun.status)")
        let reference = String(try #require(path.split(separator: "/").dropFirst().first))
        let answers = DemoWorld.answers(to: type, about: "Uji coba portal untuk \(type.name)", on: TestPortal.start.day)
            .merging(variant) { $1 }
        var steps = 0
        while !path.hasSuffix("/periksa") {
            steps += 1
            try #require(steps < 12, "\(type.slug) \(variant): \(path)")
            let page = try await siti.get(path)
            try #require(page.status == 200, "\(path)")
            let application = try portal.application(reference, as: DemoWorld.siti)
            let reply: Client.Reply
            if path.hasSuffix("/berkas") {
                let files = application.askedRequirements.map { ($0.key, "\($0.key).pdf", JourneyTests.pdf) }
                for paper in application.askedRequirements { #expect(page.text.contains("name=\"\(paper.key)\"")) }
                reply = try await siti.post(path, ["csrf": csrf, "then": "next"], files: files)
            } else {
                let section = try #require(application.askedSections.first { path.hasSuffix("/isian/\($0.key)") })
                reply = try await Self.answer(section, answers, at: path, csrf, siti)
            }
            try #require(reply.status == 303, "\(type.slug) \(variant) at \(path): \(reply.status)")
            path = try #require(reply.location)
        }
        let check = try await siti.get(path)
        #expect(!check.text.contains("Yang masih kurang"), "\(type.slug) \(variant)")
        let sent = try await siti.post("/permohonan/\(reference)/pengajuan", ["csrf": csrf, "pernyataan": "1"])
        try #require(sent.status == 303, "\(type.slug) \(variant): \(sent.status)")
        return reference
    }

    private static func answer(
        _ section: FormSection, _ answers: [String: String], at path: String, _ csrf: String, _ siti: Client
    ) async throws -> Client.Reply {
        if let group = section.group {
            let rows = try #require(GroupRows(stored: answers[group.key] ?? "")).rows
            let table = rows.map { row in (group.columns ?? []).map { row.cells[$0.key] ?? "" }.joined(separator: "\t")
            }
            let fields = ["csrf": csrf, "then": "next", "tempel": table.joined(separator: "\n")]
            return try await siti.post(path.replacing("/isian/", with: "/daftar/"), fields, files: [])
        }
        var fields = ["csrf": csrf, "then": "next"]
        for field in section.fields {
            let answer = answers[field.key] ?? ""
            switch field.kind {
            case .dateRange:
                let (first, last) = DayRange.halves(of: answer)
                fields["\(field.key).mulai"] = first
                fields["\(field.key).sampai"] = last
            // The client sends one value under a name.
            case .multiChoice: fields[field.key] = answer.split(separator: "\n").first.map(String.init)
            default: fields[field.key] = answer
            }
        }
        let files = section.papers.map { ($0.key, "\($0.key).pdf", JourneyTests.pdf) }
        return files.isEmpty
            ? try await siti.post(path, fields) : try await siti.post(path, fields, files: files)
    }

    /// The letter can be drawn and has no holes.
    private static func compose(_ reference: String, _ variant: [String: String], _ portal: TestPortal) throws {
        let application = try portal.application(reference, as: DemoWorld.siti)
        let type = application.type
        let context = LetterContext(
            answers: application.answers,
            office: try portal.site.store.office(application.unit, on: TestPortal.start.day),
            signatory: SignatoryTitle(positionLines: ["KEPALA,"], name: "Ratna", rank: "", nip: ""),
            date: TestPortal.start.day, number: 1, verificationURL: "http://127.0.0.1/verifikasi/x")
        let composed = type.compose(context)
        #expect(composed.emptyLabels == [], "\(type.slug) \(variant)")
        let pdf = try portal.site.letters.pdf(composed.document, created: TestPortal.start.seconds)
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
        for block in composed.document.blocks {
            if case .numbered(_, let items) = block {
                for item in items { #expect(!item.contains("  ") && !item.contains("{"), "\(type.slug): \(item)") }
            }
        }
    }

    /// Offices share nothing: neither files nor numbers nor people.
    @Test func aSecondOfficeIssuesItsOwnLetter() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let type = try portal.site.store.publishedLetterType(slug: "surat-pengantar", at: TestPortal.start).type
        let reference = try await Self.apply(type, as: [:], siti, portal)
        let path = "/petugas/permohonan/\(reference)"
        let budi = try await portal.client(DemoWorld.budi, over: .direct)
        #expect(try await budi.get(path).status == 404)
        #expect(!(try await budi.get("/petugas").text.contains(reference)))

        let tono = try await portal.client(DemoWorld.tono, over: .direct)
        let review = try await tono.get(path)
        #expect(review.text.contains("Kelurahan Petisah Tengah, Kecamatan Medan Petisah"))
        let decided = try await tono.post(
            "\(path)/keputusan",
            ["csrf": review.csrf, "revision": review.value(of: "revision") ?? "", "keputusan": "recommend"])
        #expect(decided.status == 303)
        let ratna = try await portal.client(DemoWorld.ratna, over: .direct)
        #expect(try await ratna.get("\(path)/tanda-tangan").status == 404)
        let lina = try await portal.client(DemoWorld.lina, over: .direct)
        let preview = try await lina.get("\(path)/tanda-tangan")
        let signed = try await lina.post(
            "\(path)/tanda-tangan",
            [
                "csrf": preview.csrf, "revision": preview.value(of: "revision") ?? "",
                "hari": preview.value(of: "hari") ?? "", "kata_sandi": DemoWorld.password,
            ])
        #expect(signed.status == 303)
        let status = try await siti.get("/permohonan/\(reference)").text
        #expect(status.contains("400.12/0001/KMP/XI/2026"))
    }

    /// Returned because the applicant is somebody else: what that asks for is asked, and only then.
    @Test func mendingWhoAppliesAsksForWhatThatNeeds() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let budi = try await portal.client(DemoWorld.budi, over: .direct)
        let review = try await budi.get("/petugas/permohonan/\(reference)")
        let returned = try await budi.post(
            "/petugas/permohonan/\(reference)/keputusan",
            [
                "csrf": review.csrf, "revision": review.value(of: "revision") ?? "", "keputusan": "return",
                "verdict.jenis_pemohon": "return", "reason.jenis_pemohon": "Anda bukan mahasiswa",
            ])
        #expect(returned.status == 303)
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let path = "/permohonan/\(reference)/perbaikan"
        let form = try await siti.get(path)
        #expect(form.text.contains("name=\"jenis_pemohon\"") && !form.text.contains("name=\"alamat\""))
        let chosen = ["csrf": form.csrf, "jenis_pemohon": "Umum"]
        let asked = try await siti.post(path, chosen, files: [])
        #expect(asked.status == 422)
        for text in ["name=\"alamat\"", "name=\"surat_permohonan\"", "value=\"Umum\" checked"] {
            #expect(asked.text.contains(text), "\(text)")
        }
        #expect(!asked.text.contains("name=\"nama\"") && !asked.text.contains("name=\"proposal\""))
        let sent = try await siti.post(
            path, chosen.merging(["alamat": "Jalan Mawar 5"]) { $1 },
            files: [("surat_permohonan", "surat.pdf", JourneyTests.pdf)])
        #expect(sent.status == 303)
        let review2 = try await budi.get("/petugas/permohonan/\(reference)").text
        #expect(review2.contains("Jalan Mawar 5") && !review2.contains("Program studi"))
    }

    @Test func thePublicPageShowsThePapersOfWhoAsks() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let student = try await client.get("/layanan/penelitian").text
        let society = try await client.get("/layanan/penelitian?untuk=Organisasi%20kemasyarakatan").text
        let strange = try await client.get("/layanan/penelitian?untuk=%3Cscript%3E").text
        #expect(student.contains("Kartu tanda mahasiswa") && !student.contains("Akta pendirian"))
        #expect(society.contains("Akta pendirian") && !society.contains("Kartu tanda mahasiswa"))
        #expect(strange.contains("Kartu tanda mahasiswa") && !strange.contains("<script>"))
    }
}
