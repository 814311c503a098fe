import Foundation
import Testing

@testable import Permits

/// What people type, and what they should see first, in the catalogue that is shipped.
@Suite struct CatalogueSearchTests {
    static let slugs = ["kkn", "magang", "observasi", "penelitian", "surat-pengantar", "survei"]

    static let types: [LetterType] = slugs.compactMap { slug in
        func read<Value: Decodable>(_ type: Value.Type, _ path: String) -> Value? {
            let file = Fixture.root.appendingPathComponent("migrations/start/letter-types/\(path).json")
            return (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(type, from: $0) }
        }
        var type = read(LetterType.self, slug)
        type?.translations = read([String: String].self, "en/\(slug)").map { ["en": $0] }
        return type
    }

    static let index = SearchIndex(
        types.map {
            $0.searched(
                office: $0.slug == "surat-pengantar"
                    ? ["Kecamatan Medan Petisah"] : ["Badan Riset dan Inovasi Daerah Kota Medan", "BRIDA Kota Medan"])
        })

    private static func found(_ search: String) throws -> (slugs: [String], isPartial: Bool) {
        let outcome = try #require(index.search(search), "\(search) asks for nothing")
        return (outcome.documents.map { slugs[$0] }, outcome.isPartial)
    }

    @Test(
        arguments: [
            // As it is called, and by its parts.
            ("riset", "penelitian"), ("penelitian", "penelitian"), ("surat keterangan riset", "penelitian"),
            ("magang", "magang"), ("PKL", "magang"), ("kkn", "kkn"), ("survei", "survei"), ("observasi", "observasi"),
            ("surat pengantar", "surat-pengantar"), ("camat", "surat-pengantar"), ("pene", "penelitian"),
            // As people say it.
            ("izin penelitian", "penelitian"), ("ijin penelitian", "penelitian"), ("IJIN RISET", "penelitian"),
            ("surat rekomendasi penelitian", "penelitian"), ("surat izin riset mahasiswa", "penelitian"),
            ("cara mengurus izin penelitian", "penelitian"), ("bagaimana cara membuat surat penelitian", "penelitian"),
            ("syarat izin penelitian", "penelitian"), ("mau minta surat magang", "magang"),
            ("permohonan pkl", "magang"), ("surat untuk kkn", "kkn"), ("perijinan survei", "survei"),
            // With affixes.
            ("meneliti", "penelitian"), ("peneliti", "penelitian"), ("penelitiannya", "penelitian"),
            ("pemagangan", "magang"), ("mengobservasi", "observasi"), ("mengamati", "observasi"),
            ("mensurvei", "survei"), ("pengabdian", "kkn"), ("mengabdi", "kkn"), ("berwawancara", "penelitian"),
            ("mewawancarai", "penelitian"), ("bermagang", "magang"), ("mengambil data", "penelitian"),
            // By what it is for.
            ("skripsi", "penelitian"), ("skripsi s1", "penelitian"), ("tesis S-2", "penelitian"),
            ("tugas akhir", "penelitian"), ("wawancara", "penelitian"), ("kuesioner", "survei"),
            ("kuisioner", "survei"), ("angket", "survei"), ("data awal", "observasi"), ("prariset", "observasi"),
            ("pra riset", "observasi"), ("pra-penelitian", "observasi"), ("prasurvei", "observasi"), ("MBKM", "magang"),
            ("prakerin", "magang"), ("pkl smk", "magang"), ("praktek kerja lapangan", "magang"), ("KKN-PPM", "kkn"),
            ("kkn/mbkm", "kkn"), ("SKCK", "surat-pengantar"), ("domisili", "surat-pengantar"),
            ("surat keterangan domisili", "surat-pengantar"), ("tidak mampu", "surat-pengantar"),
            ("beasiswa", "surat-pengantar"), ("nikah", "surat-pengantar"), ("pernikahan", "surat-pengantar"),
            ("UMKM", "surat-pengantar"), ("SKU", "surat-pengantar"), ("wedding", "surat-pengantar"),
            ("scholarship", "surat-pengantar"), ("domicile", "surat-pengantar"), ("NGO", "penelitian"),
            ("LSM", "penelitian"), ("izin keramaian", "surat-pengantar"), ("izin usaha", "surat-pengantar"),
            // By who asks, which paper, which office.
            ("siswa", "magang"), ("sekolah", "magang"), ("smk", "magang"), ("mahasiswa", "penelitian"),
            ("dosen", "penelitian"), ("penelitian dosen", "penelitian"), ("balitbang", "penelitian"),
            ("brida penelitian", "penelitian"), ("pengantar kartu keluarga", "surat-pengantar"),
            ("kartu pelajar", "magang"),
            // With slips.
            ("penelitan", "penelitian"), ("peneltian", "penelitian"), ("penleitian", "penelitian"),
            ("magng", "magang"), ("mgaang", "magang"), ("skrpsi", "penelitian"), ("obserpasi", "observasi"),
            ("kuesoner", "survei"), ("domisli", "surat-pengantar"), ("menelti", "penelitian"),
            ("wawancra", "penelitian"),
            // In English.
            ("research", "penelitian"), ("research permit", "penelitian"), ("internship", "magang"),
            ("survey", "survei"), ("community service", "kkn"), ("thesis", "penelitian"), ("interviews", "penelitian"),
            ("how to get a research letter", "penelitian"), ("market research", "survei"),
            ("questionnaire", "survei"), ("observation", "observasi"), ("low income", "surat-pengantar"),
        ] as [(String, String)])
    func first(search: String, slug: String) throws {
        let found = try Self.found(search)
        #expect(found.slugs.first == slug, "\(search): \(found.slugs)")
        #expect(!found.isPartial, "\(search) has every word")
    }

    /// Everybody for whom it is finds it.
    @Test(
        arguments: [
            ("mahasiswa", ["kkn", "magang", "observasi", "penelitian", "survei"]),
            ("dosen", ["observasi", "penelitian", "survei"]), ("balitbang", slugs.filter { $0 != "surat-pengantar" }),
            ("siswa smk", ["magang"]), ("riset", ["kkn", "magang", "observasi", "penelitian", "survei"]),
        ] as [(String, [String])])
    func all(search: String, slugs: [String]) throws {
        #expect(try Self.found(search).slugs.sorted() == slugs)
    }

    @Test(arguments: [
        "sepeda", "pajak", "BPJS", "imb", "kendaraan", "set", "<script>", "akte", "visa", "rumah",
        "tanah", "xyzzy", "surat sepeda",
    ])
    func nothing(search: String) throws { #expect(try Self.found(search).slugs == []) }

    /// Some of what was asked for is better than nothing, when it is said.
    @Test(
        arguments: [
            ("penelitian sepeda", "penelitian"), ("magang di bank", "magang"), ("kkn di papua", "kkn"),
            ("surat riset nuklir", "penelitian"),
        ])
    func partial(search: String, slug: String) throws {
        let found = try Self.found(search)
        #expect(found.slugs.first == slug && found.isPartial, "\(search): \(found.slugs)")
    }

    @Test(arguments: ["", "  ", "?!", "<>", "cara mengurus", "how to"]) func noQuestion(search: String) {
        #expect(Self.index.search(search) == nil)
    }

    @Test func onlyWhatIsAllowedIsFound() throws {
        let outcome = try #require(Self.index.search("riset") { Self.slugs[$0] == "survei" })
        #expect(outcome == SearchIndex.Outcome(documents: [5], isPartial: false))
        #expect(try #require(Self.index.search("riset") { _ in false }).documents == [])
    }

    /// However much somebody types, and with a hundred kinds of letters.
    @Test func itIsFast() throws {
        let many = SearchIndex((0..<100).map { Self.types[$0 % 6].searched(office: ["Kantor \($0)"]) })
        let longest = (0..<9).map { "penleitai\($0)" }.joined(separator: " ")
        let clock = ContinuousClock()
        let times = try (0..<10).map { _ in try clock.measure { _ = try #require(many.search(longest)) } }
        // Debug builds are some twenty times slower than what is served, and the machine has other work.
        #expect(try #require(times.min()) < .milliseconds(100), "\(times)")
    }
}

@Suite struct SearchWordTests {
    @Test(
        arguments: [
            ("Rîset, PKL/magang!", ["riset", "pkl", "magang"]), ("pra-riset", ["prariset"]),
            ("Pra Riset", ["prariset"]),
            ("S-1", ["s1"]), ("S 2 ilmu", ["s2", "ilmu"]), ("pra", ["pra"]), ("a b", ["a", "b"]),
            ("ijin perijinan praktek survey", ["izin", "perizinan", "praktik", "survei"]), ("2026", ["2026"]),
        ] as [(String, [String])])
    func words(text: String, words: [String]) { #expect(SearchWord.words(in: text).map(\.text) == words) }

    @Test(
        arguments: [
            ("penelitian", "meneliti", true), ("pengumpulan", "mengumpulkan", true), ("menulis", "penulisan", true),
            ("memotret", "pemotretan", true), ("menyusun", "penyusunan", true), ("perizinan", "izin", true),
            ("wawancara", "diwawancarai", true), ("keramaian", "ramai", true), ("bukunya", "buku", true),
            ("surveys", "survey", true), ("magang", "medan", false), ("kerja", "keras", false),
            ("usaha", "usia", false),
        ])
    func kin(left: String, right: String, are: Bool) {
        let (left, right) = (SearchWord(left), SearchWord(right))
        #expect(left.stems.isDisjoint(with: right.stems) != are, "\(left.stems) \(right.stems)")
    }

    @Test(
        arguments: [
            ("magang", "magang", 0, true), ("magng", "magang", 1, true), ("mgaang", "magang", 1, true),
            ("magaang", "magang", 1, true), ("mageng", "magang", 1, true), ("mgang", "megan", 1, false),
            ("penlitan", "penelitian", 2, true), ("penlitan", "penelitian", 1, false), ("", "a", 1, true),
            ("a", "", 0, false), ("abcdef", "badcfe", 2, false),
        ])
    func distance(left: String, right: String, limit: Int, isWithin: Bool) {
        #expect(EditDistance.isWithin(limit, Array(left.utf8), Array(right.utf8)) == isWithin)
        #expect(EditDistance.isWithin(limit, Array(right.utf8), Array(left.utf8)) == isWithin)
    }
}
