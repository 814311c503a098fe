import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

@Suite struct ServicePageTests {
    /// Titles of the services that a list shows.
    private static func titles(_ page: String) -> [String] {
        page.matches(of: /<h3><a href="[^"]*">([^<]*)<\/a><\/h3>/).map { String($0.1) }
    }

    @Test func theCatalogueIsNarrowedByWordsPeopleAndOffices() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        func titles(_ query: String) async throws -> [String] {
            Self.titles(try await client.get("/layanan\(query)").text)
        }
        #expect(try await titles("").count == 6)
        #expect(try await titles("?cari=SKR%C3%8Dpsi") == ["Surat Keterangan Riset (izin penelitian)"])
        #expect(try await titles("?cari=riset").first == "Surat Keterangan Riset (izin penelitian)")
        #expect(try await titles("?cari=thesis") == ["Surat Keterangan Riset (izin penelitian)"])
        #expect(try await titles("?saya=Siswa") == ["Surat Rekomendasi Magang atau PKL"])
        #expect(try await titles("?saya=Umum").last == "Surat Pengantar Camat")
        #expect(try await titles("?kantor=kecamatan-medan-petisah") == ["Surat Pengantar Camat"])
        #expect(try await titles("?saya=Umum&kantor=brida-medan&cari=survei").first == "Surat Keterangan Survei")
        let who = try await client.get("/layanan?saya=Umum").text
        // A card leads to the papers of who asks.
        #expect(who.contains("href=\"/layanan/penelitian?untuk=Umum\"") && who.contains("value=\"Umum\" selected"))
        #expect(try await client.get("/").text.contains("<form method=\"get\" action=\"/layanan\""))
    }

    /// Whoever finds nothing sees what comes nearest, then everything, and is always told which.
    @Test func noSearchEndsInNothing() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let research = "Surat Keterangan Riset (izin penelitian)"
        let found = try await client.get("/layanan?cari=ijin+penelitan").text
        #expect(Self.titles(found).first == research && found.contains("layanan untuk “ijin penelitan”."))
        #expect(found.contains("<title>") && found.contains("“ijin penelitan”. - Suratizin</title>"))
        let partly = try await client.get("/layanan?cari=penelitian+nuklir").text
        #expect(Self.titles(partly).first == research)
        #expect(partly.contains("Tidak ada layanan dengan semua kata “penelitian nuklir”."))
        let beyond = try await client.get("/layanan?cari=skck&saya=Mahasiswa").text
        #expect(Self.titles(beyond) == ["Surat Pengantar Camat"])
        #expect(
            beyond.contains("Tanpa pilihan itu, 1 layanan cocok.") && beyond.contains("value=\"Mahasiswa\" selected"))
        let nothing = try await client.get("/layanan?cari=%3Cscript%3Esepeda")
        #expect(nothing.status == 200 && !nothing.text.contains("<script>sepeda"))
        #expect(nothing.text.contains("Tidak ada layanan yang cocok dengan “&lt;script&gt;sepeda”"))
        #expect(Self.titles(nothing.text).count == 6 && nothing.text.contains("href=\"/bantuan#kontak\""))
        let neither = try await client.get("/layanan?saya=Siswa&kantor=kecamatan-medan-petisah").text
        #expect(Self.titles(neither).count == 6 && neither.contains("Tidak ada layanan yang cocok"))
    }

    /// What is published later is found at once.
    @Test func theIndexFollowsWhatIsPublished() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        #expect(try await client.get("/layanan?cari=nelayan").text.contains("Tidak ada layanan"))
        let file = URL(fileURLWithPath: "\(root)/Tests/PortalTests/domisili.json")
        var type = try JSONDecoder().decode(LetterType.self, from: Data(contentsOf: file))
        type.keywords = ["nelayan"]
        try portal.site.store.load(StartData(offices: [], letterTypes: [type], holidays: []), at: TestPortal.start)
        #expect(Self.titles(try await client.get("/layanan?cari=nelayan").text) == [type.name])
        // It names nobody, so it is for whoever looks; what its form asks is no group of people.
        let page = try await client.get("/layanan?saya=Siswa").text
        #expect(Self.titles(page).contains(type.name) && !page.contains("<option value=\"Bank\""))
    }

    /// An office with its own people and services appears without a change of code.
    @Test func whoSomebodyIsComesFromTheDefinitions() async throws {
        let portal = try TestPortal()
        let file = URL(fileURLWithPath: "\(root)/Tests/PortalTests/domisili.json")
        var type = try JSONDecoder().decode(LetterType.self, from: Data(contentsOf: file))
        type.audiences = [ApplicantGroup(name: "Nelayan")]
        type.translations = ["en": ["Nelayan": "Fisher"]]
        try portal.site.store.load(StartData(offices: [], letterTypes: [type], holidays: []), at: TestPortal.start)
        let page = try await portal.client(over: .direct).get("/layanan?saya=Nelayan").text
        #expect(Self.titles(page) == [type.name])
        let english = try await LanguageTests.english(portal).get("/layanan?saya=Nelayan").text
        #expect(english.contains("<option value=\"Nelayan\" selected>Fisher</option>"))
    }

    @Test(arguments: Language.allCases)
    func everyServiceTellsAllFourteenComponents(language: Language) async throws {
        let portal = try TestPortal()
        let client = language == .english ? try await LanguageTests.english(portal) : portal.client()
        let texts = portal.site.renderers[language].texts
        let types = try portal.site.store.publishedLetterTypes(at: TestPortal.start)
        #expect(types.count == 6)
        for published in types {
            let type = published.type.localized(to: language)
            let office = try portal.site.store.office(published.unit, on: TestPortal.start.day).localized(to: language)
            #expect(type.missingComponents(of: office).isEmpty, "\(type.slug)")
            let page = try await client.get("/layanan/\(type.slug)").text.replacing("&#39;", with: "'")
            for component in StandardComponent.allCases where ![.requirements, .duration].contains(component) {
                for line in type.standard(component, of: office) {
                    #expect(page.contains(line), "\(type.slug), \(component): \(line)")
                }
            }
            for component in StandardComponent.detailed {
                let title = texts("standard.\(component.rawValue)")
                #expect(page.contains("<h3>\(title)</h3>"), "\(type.slug): \(title)")
            }
            #expect(page.contains(texts("service.days", ["days": "\(type.service.workingDays)"])))
            #expect(page.contains("<li><b>\(type.requirements.last?.label ?? "-")</b>"), "\(type.slug)")
            #expect(page.contains("\">\(texts("service.ready.apply"))</a>"), "\(type.slug) ends with a way on")
        }
    }

    /// Nine of ten, where ten are known; else the promise, and that it is one.
    @Test func theTimeIsMeasuredOrPromised() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        portal.jobs.runHourly()
        let few = try await client.get("/layanan/penelitian").text
        #expect(few.contains("belum cukup untuk dihitung. Pegangan Anda: waktu yang dijanjikan, 3 hari kerja."))
        #expect(
            Shown.measured(
                MeasuredTime(workingDays: 2, cases: 10),
                try portal.site.store.publishedLetterType(slug: "penelitian", at: TestPortal.start).type,
                portal.site.renderers[.english].texts)
                == "9 of 10 files in the last 90 days were done within 2 working days.")
        let texts = portal.site.renderers[.indonesian].texts
        let time = MeasuredTime(workingDays: 2, cases: 10)
        #expect(Shown.measuredShort(time, texts) == "9 dari 10 selesai dalam 2 hari kerja")
        #expect(Shown.measuredShort(MeasuredTime(workingDays: 2, cases: 9), texts) == nil)
        #expect(Shown.measuredShort(nil, texts) == nil)
    }

    @Test func publicPagesSayHowTheyAreShared() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let english = try await LanguageTests.english(portal)
        for (path, address) in [
            ("/", "/"), ("/layanan?cari=riset", "/layanan"),
            ("/layanan/penelitian?untuk=Umum", "/layanan/penelitian"),
            ("/layanan/penelitian/persyaratan?untuk=Umum", "/layanan/penelitian/persyaratan"),
            ("/layanan/penelitian/kelayakan?di_medan=ya", "/layanan/penelitian/kelayakan"),
            ("/layanan/penelitian/kelayakan?\(Self.eligible)", "/layanan/penelitian/kelayakan"),
            // What a link brings goes on with it; what it may not bring does not.
            ("/layanan/penelitian/ajukan?lembaga=USU&nik=1", "/layanan/penelitian/ajukan?lembaga=USU"),
        ] {
            let page = try await client.get(path).text
            let found = page.matches(of: /<meta (?:property|name)="([^"]+)" content="([^"]+)">/)
            let tags = Dictionary(found.map { (String($0.1), String($0.2)) }) { first, _ in first }
            func content(_ name: String) -> String? { tags[name] }
            #expect(content("og:url") == "http://127.0.0.1\(address)", "\(path)")
            #expect(page.contains("<link rel=\"canonical\" href=\"http://127.0.0.1\(address)\">"))
            #expect(content("og:locale") == "id_ID" && content("og:site_name") == "Suratizin")
            #expect(content("twitter:card") == "summary_large_image" && content("og:type") == "website")
            #expect(content("og:title") != nil && content("og:description") == content("description"))
            #expect((content("og:description") ?? "").count > 30 && content("og:title")?.contains("USU") == false)
            let isOfService = path.hasPrefix("/layanan/")
            #expect(content("og:title")?.contains("Surat Keterangan Riset") == isOfService, "\(path)")
            let picture = try #require(content("og:image"))
            #expect(picture.hasPrefix("http://127.0.0.1/"))
            let image = try await client.get(String(picture.dropFirst("http://127.0.0.1".count)))
            #expect(image.status == 200 && image.headers["content-type"] == "image/png")
            // Width and height of a PNG stand in its first chunk (PNG, 11.2.2).
            #expect(Array(image.bytes[16..<24]) == [0, 0, 0x04, 0xB0, 0, 0, 0x02, 0x76])
            #expect(try await english.get(path).text.contains("property=\"og:locale\" content=\"en_US\""))
        }
        let service = try await client.get("/layanan/penelitian").text
        let address = "http%3A%2F%2F127.0.0.1%2Flayanan%2Fpenelitian"
        for link in [
            "https://wa.me/?text=Persyaratan%2C%20waktu", "https://t.me/share/url?url=\(address)&amp;text=",
            "https://www.facebook.com/sharer/sharer.php?u=\(address)\"",
            "value=\"http://127.0.0.1/layanan/penelitian\" readonly",
        ] { #expect(service.contains(link), "\(link)") }
        #expect(!(try await client.get("/masuk").text.contains("og:title")))
    }

    @Test func theListOfRequirementsIsForWhoAsks() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let page = try await client.get("/layanan/penelitian/persyaratan?untuk=Umum").text
        #expect(page.contains("<b>Surat permohonan</b>") && !page.contains("Kartu tanda mahasiswa"))
        for part in [
            "Jalan Kapten Maulana Lubis Nomor 2, Medan 20112", "Senin sampai Kamis: 08.00-12.00",
            "http://127.0.0.1/layanan/penelitian", "17 November 2026", "role=\"img\" aria-label=\"Kode QR",
        ] { #expect(page.contains(part), "\(part)") }
        #expect(try await client.get("/layanan/tidak-ada/persyaratan").status == 404)
    }

    /// What else decides on a paper is said as a sentence.
    @Test func conditionsOfPapersAreSentences() async throws {
        let client = try TestPortal().client(over: .direct)
        let own = try await client.get("/layanan/surat-pengantar?untuk=Diri%20sendiri").text
        #expect(!own.contains("Hanya bila &quot;"))
        let other = try await client.get("/layanan/surat-pengantar?untuk=Orang%20lain%20(saya%20mewakili)").text
        let card = "&quot;Apakah orang yang memerlukan surat sudah ber-KTP?&quot; dijawab"
        #expect(
            other.contains("Hanya bila \(card) Sudah ber-KTP. ") && other.contains("Hanya bila \(card) Belum ber-KTP. ")
        )
        #expect(other.contains("Keluarga lain, atau Bukan keluarga, atau \(card) Sudah ber-KTP. "))
        let reader = try TestPortal().client(over: .direct)
        let english = try await reader.get("/layanan/magang", headers: ["Cookie": "bahasa=en"]).text
        #expect(english.contains("Only if the answer to &quot;Your citizenship&quot; is Indonesian citizen. "))
    }

    static let eligible = "di_medan=ya&proposal_siap=ya&punya_pengantar=ya&peneliti_asing=tidak&periksa=1"

    /// What can be got meanwhile keeps nobody from beginning.
    @Test func whoOnlyLacksAPaperMayBegin() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let path = "/layanan/penelitian/kelayakan?\(Self.eligible.replacing("pengantar=ya", with: "pengantar=tidak"))"
        let page = try await client.get("\(path)&untuk=Mahasiswa").text
        #expect(page.contains("<h1>Anda dapat mulai</h1>") && page.contains("Anda boleh mulai mengisi draf"))
        #expect(page.contains("Siapkan dulu") && !page.contains("belum memenuhi syarat"))
        #expect(page.contains("/masuk?next=%2Flayanan%2Fpenelitian%3Funtuk%3DMahasiswa\">Ajukan permohonan"))
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let mine = try await siti.get("\(path)&untuk=Mahasiswa").text
        #expect(mine.contains("name=\"untuk\" value=\"Mahasiswa\"") && mine.contains("<button class=\"btn\">Ajukan"))
    }

    /// Whoever applies for themselves needs no letter of a campus and is not asked for one.
    @Test func questionsGoByWhoAsks() async throws {
        let client = try TestPortal().client(over: .direct)
        let path = "/layanan/penelitian/kelayakan"
        let form = try await client.get("\(path)?untuk=Umum").text
        #expect(form.contains("name=\"di_medan\"") && !form.contains("name=\"punya_pengantar\""))
        let without = "di_medan=ya&proposal_siap=ya&peneliti_asing=tidak&periksa=1"
        #expect(try await client.get("\(path)?\(without)&untuk=Umum").text.contains("<h1>Anda memenuhi syarat</h1>"))
        #expect(try await client.get("\(path)?\(without)&untuk=Mahasiswa").status == 422)
        // What is to be applied for instead is a click away.
        let other = try await client.get(
            "\(path)?\(Self.eligible.replacing("proposal_siap=ya", with: "proposal_siap=tidak"))&untuk=Umum")
        #expect(other.text.contains("<a href=\"/layanan/observasi?untuk=Umum\">Surat Keterangan Pra-Riset"))
    }

    /// The office is reached by what it has, in the reader's language.
    @Test func theListTellsHowToReachTheOffice() async throws {
        let client = try TestPortal().client(over: .direct)
        let english = try await client.get(
            "/layanan/penelitian/persyaratan?untuk=Umum", headers: ["Cookie": "bahasa=en"]
        ).text
        #expect(english.contains("Email: brida@medan.go.id") && english.contains("brida.medan.go.id"))
        #expect(!english.contains("Laman") && !english.contains("Surel"))
    }

    @Test func noWordIsBlamedWhereNoneWasTyped() async throws {
        let client = try TestPortal().client(over: .direct)
        let none = try await client.get("/layanan?kantor=kecamatan-medan-petisah&saya=Mahasiswa").text
        #expect(none.contains("Coba kantor lain") && !none.contains("Coba kata lain"))
        #expect(try await client.get("/layanan?cari=zzzz").text.contains("Coba kata lain"))
    }

    @Test func theChosenApplicantIsInTheDraft() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let guest = try await client.get("/layanan/penelitian?untuk=Umum").text
        #expect(guest.contains("href=\"/masuk?next=%2Flayanan%2Fpenelitian%3Funtuk%3DUmum\""))
        #expect(guest.contains("href=\"/layanan/penelitian/kelayakan?untuk=Umum\""))
        let questions = try await client.get("/layanan/penelitian/kelayakan?untuk=Umum").text
        #expect(questions.contains("<input type=\"hidden\" name=\"untuk\" value=\"Umum\">"))
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        // Nobody chose: nothing is brought.
        #expect(!(try await siti.get("/layanan/penelitian").text.contains("name=\"untuk\"")))
        #expect(!(try await siti.get("/layanan/penelitian?untuk=Raja").text.contains("name=\"untuk\"")))
        let page = try await siti.get("/layanan/penelitian?untuk=Umum")
        #expect(page.text.contains("<input type=\"hidden\" name=\"untuk\" value=\"Umum\">"))
        func begin(_ applicant: String) async throws -> String? {
            let form = ["csrf": page.csrf, "slug": "penelitian", "untuk": applicant]
            let location = try #require(try await siti.post("/permohonan", form).location)
            let reference = try #require(location.split(separator: "/").dropFirst().first)
            return try portal.application(String(reference), as: DemoWorld.siti).answers["jenis_pemohon"]
        }
        #expect(try await begin("Raja") == nil)
        #expect(try await begin("Umum") == "Umum")
        // What stands in a draft stays.
        #expect(try await begin("Mahasiswa") == "Umum")
    }

    @Test func eligibilityLeadsOnOrElsewhere() async throws {
        let portal = try TestPortal()
        let client = portal.client(over: .direct)
        let path = "/layanan/penelitian/kelayakan"
        let form = try await client.get(path)
        #expect(form.status == 200 && form.text.contains("name=\"di_medan\" value=\"ya\""))
        let open = try await client.get("\(path)?di_medan=ya&periksa=1")
        #expect(open.status == 422 && open.text.contains("value=\"ya\" checked"))
        #expect(open.text.matches(of: /class="error" id=/).count == 3)
        let answers = "di_medan=ya&proposal_siap=ya&punya_pengantar=ya"
        #expect(Self.eligible == "\(answers)&peneliti_asing=tidak&periksa=1")
        let yes = try await client.get("\(path)?\(answers)&peneliti_asing=tidak&periksa=1").text
        #expect(yes.contains("<h1>Anda memenuhi syarat</h1>") && yes.contains("/masuk?next=%2Flayanan%2Fpenelitian"))
        let no = try await client.get("\(path)?\(answers)&peneliti_asing=ya&periksa=1").text
        #expect(no.contains("<h1>Anda belum memenuhi syarat</h1>") && no.contains("izin penelitian asing dari BRIN"))
        #expect(no.contains("href=\"\(path)?di_medan=ya&amp;proposal_siap=ya"))
        #expect(!no.contains("Tanyakan kepada pemerintah daerah setempat") && !no.contains("/masuk?next"))
        for type in try portal.site.store.publishedLetterTypes(at: TestPortal.start).map(\.type) {
            #expect((3...6).contains(type.eligibility?.count ?? 0), "\(type.slug)")
            let good = (type.eligibility ?? []).map { "\($0.key)=\($0.passes == .yes ? "ya" : "tidak")" }
            let page = try await client.get(
                "/layanan/\(type.slug)/kelayakan?periksa=1&\(good.joined(separator: "&"))")
            #expect(page.text.contains("Anda memenuhi syarat"), "\(type.slug)")
        }
    }
}
