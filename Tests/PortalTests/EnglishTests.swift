import Foundation
import Letters
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// What an English reader meets: English sentences around Indonesian answers and letters.
@Suite struct EnglishTests {
    private static func words() throws -> Regex<(Substring, Substring)> {
        let text = try String(contentsOfFile: "\(root)/Tests/indonesian-words.txt", encoding: .utf8)
        return try Regex(#"(?i)\b("# + text.split(whereSeparator: \.isWhitespace).joined(separator: "|") + #")\b"#)
    }

    /// What people said or what is called so: not ours to translate.
    private static func quoted(_ portal: TestPortal) throws -> [String] {
        let store = portal.site.store
        let type = try store.publishedLetterType(slug: "penelitian", at: TestPortal.start)
        let siti = try portal.viewer(DemoWorld.siti)
        let office = try store.office(type.unit, on: TestPortal.start.day)
        var texts = [office.name, office.shortName, "Surat Keterangan Riset", "Kepala BRIDA Kota Medan"]
        texts += type.type.fields.flatMap { ($0.suggestions ?? []) + [$0.example].compactMap { $0 } }
        texts += DemoWorld.people.map(\.name)
        texts += portal.site.desk.publicKeys.map { ($0.roots + $0.seals).map(\.organization) } ?? []
        // What the letters are called, and lines to be copied into Indonesian papers.
        for published in try store.publishedLetterTypes(at: TestPortal.start).map(\.type) {
            let pair = zip(published.requirements, published.localized(to: .english).requirements)
            texts += [published.letter.title]
            texts += published.fields.flatMap { $0.places ?? [] }.flatMap { [$0.kecamatan, $0.kelurahan] }
            texts += pair.flatMap { zip($0.sample ?? [], $1.sample ?? []).map { $0.commonPrefix(with: $1) } }
        }
        for row in try store.applications(of: siti, limit: 50) {
            let application = try store.application(row.reference, visibleTo: siti)
            texts += application.answers.values.map { $0 } + application.attachments.map(\.filename)
            texts += application.findings.map(\.reason)
            texts +=
                try store.letter(of: row.reference, visibleTo: siti).map { letter in
                    [letter.summary.typeName, letter.summary.signatoryPosition, letter.summary.signatoryName]
                } ?? []
        }
        return texts.filter { $0.count > 2 }.sorted { $0.count > $1.count }
    }

    private static func indonesian(in html: String, besides quoted: [String]) throws -> [String] {
        let pattern = try words()
        let read = html.matches(of: /(?:alt|title|aria-label|data-label|data-large)="([^"]*)"/).map { String($0.1) }
        var text = html.replacing(/<article class="sheet".*?<\/article>/.dotMatchesNewlines(), with: " ")
            .replacing(/<datalist.*?<\/datalist>/.dotMatchesNewlines(), with: " ")
            .replacing(/<([a-z0-9]+)[^>]* lang="id">.*?<\/\1>/.dotMatchesNewlines(), with: " ")
            .replacing(/<[^>]*>/, with: " ")
        text += " " + read.joined(separator: " | ")
        for name in quoted { text = text.replacingOccurrences(of: name, with: " ") }
        return text.matches(of: pattern).map { match in
            let start = text.index(match.range.lowerBound, offsetBy: -30, limitedBy: text.startIndex) ?? text.startIndex
            return String(text[start..<match.range.upperBound]).replacing("\n", with: " ")
        }
    }

    @Test func noIndonesianIsLeftOnEnglishPages() async throws {
        let portal = try TestPortal()
        let siti = try await LanguageTests.english(portal, DemoWorld.siti)
        let draft = try await JourneyTests.filledDraft(portal, siti)
        let quoted =
            try Self.quoted(portal) + [
                "Judul penelitian untuk pengujian portal", "http://127.0.0.1/layanan/surat-pengantar",
                "http://127.0.0.1/layanan",
            ]
        let mend = try portal.reference(.needsCorrection)
        let status = try await siti.get("/permohonan/\(try portal.reference(.issued))").text
        let letter = try #require(status.firstMatch(of: /\/verifikasi\/[A-Za-z0-9_-]+/).map { String($0.0) })
        let states: [ApplicationState] = [.submitted, .needsCorrection, .awaitingSignature, .issued]
        let references = try states.map { try portal.reference($0) }
        let own = [
            "", "/isian/pemohon", "/isian/peneliti", "/isian/penelitian", "/isian/pengantar", "/berkas", "/periksa",
        ]
        let services = try portal.site.store.publishedLetterTypes(at: TestPortal.start).map {
            "/layanan/\($0.type.slug)"
        }
        let csrf = try await siti.get("/akun").csrf
        let group = try #require(try await siti.post("/permohonan", ["slug": "kkn", "csrf": csrf]).location)
        let pages: [(Client, [String])] = [
            (
                try await LanguageTests.english(portal),
                ["/", "/layanan", "/layanan?cari=thesis&saya=Mahasiswa", "/layanan?cari=zzz"] + services
                    + services.flatMap { ["\($0)/kelayakan", "\($0)/kelayakan?periksa=1", "\($0)/persyaratan"] }
                    + services.flatMap { ["\($0)/tautan", "\($0)/ajukan", "\($0)/tautan?buat=1"] }
                    + [
                        "/layanan/penelitian/tautan?lembaga=Kampus&buat=1",
                        "/layanan/penelitian/ajukan?lembaga=Kampus&jenis_pemohon=Umum&lama=99&nik=1",
                    ] + [
                        "/verifikasi", "/verifikasi/kunci-publik", "/bantuan", "/daftar", "/masuk", "/tidak-ada",
                        letter, "/verifikasi/x",
                    ]
            ),
            (
                siti,
                [
                    "/akun", "/permohonan", "/layanan/penelitian?untuk=Umum", group,
                    group.replacing("/isian/pemohon", with: "/isian/peserta"),
                    group.replacing("/isian/pemohon", with: "/isian/kegiatan"), "/permohonan/\(mend)/perbaikan",
                ]
                    + own.map { "/permohonan/\(draft)\($0)" } + references.map { "/permohonan/\($0)" }
            ),
            (try await LanguageTests.english(portal, DemoWorld.joko), ["/akun", "/daftar/selesai"]),
            (
                try await LanguageTests.english(portal, DemoWorld.budi),
                ["/petugas", "/petugas?tab=pemohon", "/petugas?tab=selesai", "/petugas?tab=pesan", "/petugas/akun"]
                    + references.map { "/petugas/permohonan/\($0)" }
            ),
            (
                try await LanguageTests.english(portal, DemoWorld.ratna),
                [
                    "/petugas", "/petugas/permohonan/\(references[2])",
                    "/petugas/permohonan/\(references[2])/tanda-tangan",
                ]
            ),
            (try await LanguageTests.english(portal, DemoWorld.dewi), ["/admin/akun"]),
        ]
        try await Self.walk(pages, besides: quoted)
    }

    private static func walk(_ pages: [(Client, [String])], besides quoted: [String]) async throws {
        for (client, paths) in pages {
            for path in paths { try check(try await client.get(path), path, besides: quoted) }
        }
    }

    private static func check(_ page: Client.Reply, _ path: String, besides quoted: [String]) throws {
        #expect([200, 404, 422].contains(page.status) && page.headers["content-language"] == "en", "\(path)")
        let found = try indonesian(in: page.text, besides: quoted)
        #expect(found.isEmpty, "\(path): \(found)")
        // A key that has no text shows itself.
        let missing = page.text.matches(of: /\[[a-z][a-zA-Z]*(?:\.[a-zA-Z0-9]+)+\]/).map { String($0.0) }
        #expect(missing.isEmpty, "\(path): \(missing)")
    }

    @Test func noIndonesianIsLeftOnPagesOfAccounts() async throws {
        let portal = try TestPortal()
        let store = portal.site.store
        let viewer = try portal.viewer(DemoWorld.siti)
        let profile = try InstitutionProfile(name: "Yayasan Contoh", kind: "campus", address: "Jl. A 1", head: "Ani")
        let institution = try store.createInstitution(profile, by: viewer, at: portal.site.now()).value
        let sent = try portal.reference(.submitted)
        let paper = try #require(try portal.application(sent, as: DemoWorld.siti).attachments.first)
        _ = try await portal.client(DemoWorld.budi).get("/petugas/permohonan/\(sent)/berkas/\(paper.id)")
        let siti = try await LanguageTests.english(portal, DemoWorld.siti)
        let draft = try await JourneyTests.filledDraft(portal, siti)
        let quoted = try Self.quoted(portal) + ["Yayasan Contoh", "Jl. A 1", "Judul penelitian untuk pengujian portal"]
        let menu = [
            "kata-sandi", "surel", "telepon", "perangkat", "pemberitahuan", "pembukaan-berkas", "data", "penghapusan",
            "lembaga", "lembaga/baru", "lembaga/\(institution)",
        ]
        let own = ["\(sent)/pengalihan", "\(sent)/pembukaan-berkas", "\(sent)", "\(draft)/lembaga"]
        let joko = try portal.viewer(DemoWorld.joko).account.value
        let visitor = try await LanguageTests.english(portal)
        try await Self.walk(
            [
                (
                    visitor,
                    ["/lacak", "/lupa-sandi", "/lupa-sandi/terkirim", "/sandi-baru/x"]
                        + ["/daftar/selesai"]
                ),
                (
                    siti,
                    menu.map { "/akun/\($0)" } + own.map { "/permohonan/\($0)" } + ["/pengalihan/x", "/undangan/x"]
                        + ["/konfirmasi-surel/x"]
                ),
                (try await LanguageTests.english(portal, DemoWorld.budi), ["/petugas/akun/\(joko)/penolakan"]),
            ], besides: quoted)

        let csrf = try await visitor.get("/lacak").csrf
        let tracked = try await visitor.post("/lacak", ["nomor": sent, "angka": "7800", "csrf": csrf])
        #expect(tracked.text.contains("Research letter") && tracked.text.contains("Application received by the office"))
        try Self.check(tracked, "/lacak", besides: quoted)
        try Self.check(try await visitor.post("/lacak", ["nomor": "x", "csrf": csrf]), "/lacak", besides: quoted)
        let known = try await siti.get("/akun").csrf
        for path in ["/akun/kata-sandi", "/akun/surel", "/akun/telepon", "/akun/penghapusan", "/akun/lembaga/baru"] {
            try Self.check(try await siti.post(path, ["csrf": known]), path, besides: quoted)
        }
        try store.requestDeletion(of: viewer, at: portal.site.now())
        let dewi = try await LanguageTests.english(portal, DemoWorld.dewi)
        try await Self.walk([(siti, ["/akun/data"]), (dewi, ["/admin/penghapusan"])], besides: quoted)
    }

    /// Conversation, what is used again, and what was mended: each with something in it.
    @Test func noIndonesianIsLeftAroundConversations() async throws {
        let portal = try TestPortal()
        let store = portal.site.store
        let now = portal.site.now()
        let siti = try portal.viewer(DemoWorld.siti)
        let budi = try portal.viewer(DemoWorld.budi)
        let talked = try #require(Reference(try portal.reference(.submitted)))
        let asked = try #require(Reference(try portal.reference(.awaitingSignature)))
        func write(_ text: String, _ reference: Reference, _ viewer: Permits.Viewer) throws {
            let draft = MessageDraft(
                text: text, isQuestion: viewer == budi, files: [], token: UUID().uuidString)
            try store.write(draft, about: reference, by: viewer, origin: "-", at: now)
        }
        try write("Ask", talked, budi)
        try write("Answer", talked, siti)
        try write("Ask", asked, budi)
        let mended = try #require(Reference(try portal.reference(.needsCorrection)))
        let key = try #require(try store.application(mended, visibleTo: siti).keysToMend.first)
        let quoted = try Self.quoted(portal)
        try store.change(mended, by: siti, origin: "-") { application, _ in
            try application.resubmit(
                with: application.answers, explaining: [key: "It is right."], by: siti, at: now)
        }
        let english = try await LanguageTests.english(portal, DemoWorld.siti)
        let csrf = try await english.get("/akun").csrf
        let issued = try portal.reference(.issued)
        let again = try await english.post("/permohonan/\(issued)/pengajuan-ulang", ["csrf": csrf])
        let form = try #require(again.location)
        let group = try #require(try await english.post("/permohonan", ["slug": "survei", "csrf": csrf]).location)
        _ = try await english.post(
            group,
            [
                "csrf": csrf, "jenis_pemohon": "Mahasiswa", "pelaksana": "Saya sendiri",
                "kewarganegaraan": "Warga negara Indonesia", "then": "stay",
            ])
        let papers = group.replacing("/isian/pemohon", with: "/berkas")
        #expect(try await english.get(papers).text.contains("A file you uploaded before"))
        let officer = try await LanguageTests.english(portal, DemoWorld.budi)
        let own = [talked, asked, mended].map(\.description)
        try await Self.walk(
            [
                (
                    english,
                    ["/permohonan", form, papers, form.replacing("/isian/pemohon", with: "")]
                        + own.map { "/permohonan/\($0)" }
                ),
                (officer, ["/petugas", "/petugas?tab=pesan"] + own.map { "/petugas/permohonan/\($0)" }),
            ], besides: quoted)
        for (client, path) in [(english, "/permohonan/\(asked)"), (officer, "/petugas/permohonan/\(talked)")] {
            let reply = try await client.post("\(path)/pesan", ["csrf": try await client.get(path).csrf], files: [])
            #expect(reply.status == 422 && reply.text.contains("Write the message."))
            try Self.check(reply, path, besides: quoted)
        }
    }

    @Test func problemsAndConflictsAreEnglish() async throws {
        let portal = try TestPortal()
        let siti = try await LanguageTests.english(portal, DemoWorld.siti)
        let mend = try portal.reference(.needsCorrection)
        let csrf = try await siti.get("/akun").csrf
        let reply = try await siti.post("/permohonan/\(mend)/perbaikan", ["csrf": csrf], files: [])
        #expect(reply.status == 422 && reply.text.contains("Upload KTP (identity card)."))
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let first = try #require(begun.location)
        let path = first.replacingOccurrences(of: "/isian/pemohon", with: "/isian/penelitian")
        let who = try await siti.post(
            first,
            [
                "csrf": csrf, "jenis_pemohon": "Mahasiswa", "pelaksana": "Saya sendiri",
                "kewarganegaraan": "Warga negara Indonesia", "then": "next",
            ])
        #expect(who.status == 303)
        let wrong = try await siti.post(path, ["csrf": csrf, "judul": "pendek", "lama": "99", "then": "next"])
        #expect(wrong.text.contains("Complete research title: at least 10 characters, now 6."))
        #expect(wrong.text.contains("Enter length of research as a number from 1 to 12."))
        #expect(wrong.text.contains("Enter place of research."))
        let missing = try await siti.get(path.replacingOccurrences(of: "/isian/penelitian", with: "/periksa"))
        for sentence in [
            "Complete research title: at least 10 characters, now 6.", "Enter place of research.",
            "Upload covering letter.",
        ] {
            #expect(missing.text.contains(sentence), "\(sentence)")
        }
        let issued = try portal.reference(.issued)
        let late = try await siti.post("/permohonan/\(issued)/penarikan", ["csrf": csrf])
        #expect(late.status == 409 && late.text.contains("This application has already been decided."))
        let budi = try await LanguageTests.english(portal, DemoWorld.budi)
        let review = try await budi.get("/petugas/permohonan/\(try portal.reference(.submitted))")
        let refused = try await budi.post(
            "/petugas/permohonan/\(try portal.reference(.submitted))/keputusan",
            ["csrf": review.csrf, "revision": review.value(of: "revision") ?? "", "keputusan": "return"])
        #expect(refused.status == 422 && refused.text.contains("Mark at least one answer or document"))
    }

    /// An English reader chooses an English option; file, officer and letter have the Indonesian one.
    /// What is Indonesian for certain says so: the name of the city, of offices, lines of samples, what officers wrote,
    /// and what stands in a letter. What applicants typed may be anything.
    @Test func whatStaysIndonesianSaysSo() async throws {
        let portal = try TestPortal()
        let siti = try await LanguageTests.english(portal, DemoWorld.siti)
        let draft = try await JourneyTests.filledDraft(portal, siti)
        let mend = try portal.reference(.needsCorrection)
        let reason = try #require(try portal.application(mend, as: DemoWorld.budi).findings.map(\.reason).first)
        let letter = try #require(
            try await siti.get("/permohonan/\(try portal.reference(.issued))").text
                .firstMatch(of: /\/verifikasi\/[A-Za-z0-9_-]+/).map { String($0.0) })
        for (path, marked) in [
            (
                "/layanan",
                ["<small lang=\"id\">\(portal.site.settings.owner)</small>", "lang=\"id\">BRIDA Kota Medan</option>"]
            ),
            ("/permohonan/\(mend)", ["<p lang=\"id\">\(reason)</p>"]),
            ("/permohonan/\(mend)/perbaikan", ["<p lang=\"id\">\(reason)</p>", "<span lang=\"id\">\(reason)</span>"]),
            ("/permohonan/\(draft)/berkas", ["<li lang=\"id\">di Medan</li>", "<li>Title page</li>"]),
            (letter, ["<dd lang=\"id\">Badan Riset dan Inovasi Daerah Kota Medan</dd>"]),
        ] {
            let page = try await siti.get(path).text
            for text in marked { #expect(page.contains(text), "\(path) \(text)") }
        }
        #expect(try await !portal.client().get("/layanan").text.contains("<small lang"))
    }

    @Test func optionsAreShownInEnglishAndKeptInIndonesian() async throws {
        let portal = try TestPortal()
        let file = URL(fileURLWithPath: "\(root)/Tests/PortalTests/domisili.json")
        var type = try JSONDecoder().decode(LetterType.self, from: Data(contentsOf: file))
        type.translations = ["en": ["Keperluan": "Purpose", "Sekolah": "School", "Nama warga": "Name of the resident"]]
        try portal.site.store.load(StartData(offices: [], letterTypes: [type], holidays: []), at: TestPortal.start)
        let siti = try await LanguageTests.english(portal, DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let path = try #require(try await siti.post("/permohonan", ["slug": "domisili", "csrf": csrf]).location)
        let form = try await siti.get(path).text
        #expect(form.contains("<legend>Purpose"))
        #expect(form.contains("value=\"Sekolah\"><label for=\"f-keperluan\">School</label>"))
        let saved = try await siti.post(
            path, ["csrf": csrf, "warga": "Siti", "alamat": "Jalan Mawar 5", "keperluan": "Sekolah"])
        #expect(saved.status == 303)
        let reference = try #require(path.split(separator: "/").dropFirst().first)
        #expect(try portal.application(reference, as: DemoWorld.siti).answers["keperluan"] == "Sekolah")
        #expect(try await siti.get("/permohonan/\(reference)/periksa").text.contains("<dd>School</dd>"))
        _ = try await LanguageTests.press(siti.get("/akun"), siti, to: .indonesian)
        #expect(try await siti.get("/permohonan/\(reference)/periksa").text.contains("<dd>Sekolah</dd>"))
    }

    @Test func shippedOfficesAndLetterTypesAreTranslated() throws {
        let start = try StartData(directory: "\(root)/migrations/start")
        for office in start.offices {
            let faults = office.translationFaults(in: .english)
            #expect(faults.isEmpty, "\(office.code):\n\(faults.joined(separator: "\n"))")
        }
        #expect(!start.letterTypes.isEmpty)
        for type in start.letterTypes {
            let faults = type.translationFaults(in: .english)
            #expect(faults.isEmpty, "\(type.slug):\n\(faults.joined(separator: "\n"))")
        }
    }

    /// The event of a return lists Indonesian labels; the reader of the page sees their own.
    @Test func theTimelineNamesWhatWasReturned() async throws {
        let portal = try TestPortal()
        let siti = try await LanguageTests.english(portal, DemoWorld.siti)
        let page = try await siti.get("/permohonan/\(try portal.reference(.needsCorrection))").text
        #expect(page.contains("Returned for correction") && page.contains("<p class=\"said\">KTP (identity card)</p>"))
    }
}
