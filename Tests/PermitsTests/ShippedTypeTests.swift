import Testing

@testable import Permits

/// What the shipped kinds of letters ask of whom, and of whom their letters speak.
@Suite struct ShippedTypeTests {
    private static let indonesian = "Warga negara Indonesia"
    private static let foreign = "Warga negara asing"

    private static func asked(_ slug: String, _ answers: [String: String]) throws -> (
        fields: [String], papers: [String]
    ) {
        let type = try Fixture.shipped(slug)
        return (type.sections(for: answers).flatMap { $0.fields.map(\.key) }, type.papers(for: answers).map(\.key))
    }

    private static func text(_ slug: String, _ answers: [String: String]) throws -> String {
        let type = try Fixture.shipped(slug)
        let context = LetterContext(
            answers: Fixture.answers.merging(answers) { $1 }, office: try Fixture.office(),
            signatory: SignatoryTitle(positionLines: ["KEPALA,"], name: "Ratna", rank: "", nip: ""),
            date: Fixture.now.day, number: 1, verificationURL: nil)
        return "\(type.compose(context).document.blocks)"
    }

    private static let roster = GroupRows(
        rows: ["Rahmat", "Maria"].map { GroupRows.Row(cells: ["nama": $0, "nim": "21050\($0.count)"]) }
    ).stored

    @Test(arguments: [
        ("Mahasiswa", indonesian, ["surat_pengantar", "proposal", "ktm", "ktp"]),
        ("Mahasiswa", foreign, ["surat_pengantar", "proposal", "ktm", "paspor_berkas"]),
        ("Siswa SMK atau SMA", indonesian, ["surat_pengantar", "proposal", "kartu_pelajar", "identitas_siswa"]),
        ("Siswa SMK atau SMA", foreign, ["surat_pengantar", "proposal", "kartu_pelajar", "paspor_berkas"]),
        ("Kampus atau sekolah", indonesian, ["surat_pengantar", "proposal", "surat_tugas", "ktp"]),
    ])
    func papersOfInterns(applicant: String, citizenship: String, papers: [String]) throws {
        let asked = try Self.asked("magang", ["jenis_pemohon": applicant, "kewarganegaraan": citizenship])
        #expect(asked.papers == papers)
        #expect(asked.fields.contains("nik") == (citizenship == Self.indonesian))
        #expect(asked.fields.contains("paspor") == (citizenship == Self.foreign))
    }

    /// BRIN's permit is for those whom no Indonesian campus answers for.
    @Test(arguments: ["penelitian", "survei", "observasi"], [true, false])
    func papersOfForeignResearchers(slug: String, isAtCampus: Bool) throws {
        var answers = ["jenis_pemohon": "Mahasiswa", "kewarganegaraan": Self.foreign]
        answers["asal_lembaga"] = isAtCampus ? "Kampus di Indonesia" : "Bukan kampus di Indonesia"
        let asked = try Self.asked(slug, answers)
        #expect(asked.fields.contains("paspor") && asked.fields.contains("asal_lembaga"))
        #expect(!asked.fields.contains("nik") && !asked.papers.contains("ktp"))
        #expect(asked.papers.contains("paspor_berkas") && asked.papers.contains("izin_brin") != isAtCampus)
        answers["kewarganegaraan"] = Self.indonesian
        let own = try Self.asked(slug, answers)
        #expect(own.fields.contains("nik") && own.papers.contains("ktp"))
        #expect(Set(["paspor", "asal_lembaga"]).isDisjoint(with: own.fields))
        #expect(Set(["paspor_berkas", "izin_brin"]).isDisjoint(with: own.papers))
    }

    @Test(arguments: ["penelitian", "survei", "observasi"])
    func lettersNameThePassport(slug: String) throws {
        let foreign = try Self.text(
            slug, ["kewarganegaraan": Self.foreign, "asal_lembaga": "Kampus di Indonesia", "paspor": "A12345678"])
        #expect(
            foreign.contains("label: \"Nomor Paspor\", value: \"A12345678\"") && !foreign.contains("1271045203990001"))
        #expect(try !Self.text(slug, ["paspor": "A12345678"]).contains("A12345678"), "of an Indonesian none is asked")
    }

    /// A campus lists its interns even when there is one; whoever applies for it accompanies them.
    @Test func aCampusIsNoIntern() throws {
        let campus = ["jenis_pemohon": "Kampus atau sekolah", "bentuk": "Satu orang"]
        let asked = try Self.asked("magang", campus)
        #expect(asked.fields.contains("peserta") && asked.fields.contains("jabatan"))
        #expect(!asked.fields.contains("nim") && !asked.fields.contains("bentuk"))
        let text = try Self.text(
            "magang",
            campus.merging(["nama": "Dr. Siti", "jabatan": "Dekan", "nim": "210501999", "peserta": Self.roster]) { $1 })
        #expect(text.contains("label: \"Pendamping\", value: \"Dr. Siti, Dekan\""))
        #expect(text.contains("value: \"2 (dua) orang, daftar terlampir\""))
        #expect(!text.contains("210501999") && !text.contains("label: \"Nama\", value"))
    }

    /// A reader tells questions apart by their labels.
    @Test(arguments: ["penelitian", "observasi", "survei", "magang", "kkn", "surat-pengantar"])
    func noTwoQuestionsAreCalledAlike(slug: String) throws {
        for language in Language.allCases {
            let labels = try Fixture.shipped(slug).localized(to: language).fields.map(\.label)
            #expect(Set(labels).count == labels.count, "\(labels)")
        }
    }

    /// A label that is a question, or the beginning of a sentence, fits into no other sentence.
    @Test(arguments: [
        ("penelitian", "jenis_pemohon", "notChosen", "jenis pemohon"),
        ("penelitian", "pelaksana", "notChosen", "pelaksana penelitian"),
        ("observasi", "pelaksana", "notChosen", "pelaksana observasi"),
        ("observasi", "cara", "notChosen", "Cara mengumpulkan data"),
        ("surat-pengantar", "untuk_siapa", "notChosen", "untuk siapa surat ini"),
        ("surat-pengantar", "kelurahan", "notChosen", "Kelurahan"),
        ("kkn", "tema", "required", "Tema atau program kerja"),
    ])
    func sentencesCallQuestionsByNouns(slug: String, key: String, problem: String, noun: String) throws {
        let field = try #require(try Fixture.shipped(slug).field(key))
        #expect(field.missingProblem == FieldProblem(key, problem, ["label": noun]))
    }

    /// Heads as people of either language write them, and as the page itself names the columns.
    @Test(arguments: [
        "Name;Student number", "Full Name;Student ID", "No;Full name;Student number;Major;Phone number",
        "Student name;Student ID;Study programme;Mobile number", "Nama;NIM", "No;Nama mahasiswa;NPM;Jurusan;No. HP",
        "Full name;Student or staff number;Study programme or department;Mobile phone number", "Name;Contact",
    ])
    func headsOfBothLanguagesAreRead(head: String) throws {
        let columns = try #require(try Fixture.shipped("kkn").field("peserta")?.columns)
        let table = GroupImport(DelimitedText(head), columns: columns)
        #expect(table.rows.isEmpty && table.leftOut.isEmpty, "\(head)")
    }

    /// A page tells its reader how the columns are called: whoever writes that above a table is understood.
    @Test(arguments: ["penelitian", "observasi", "survei", "magang", "kkn"])
    func shownColumnsAreAHead(slug: String) throws {
        let type = try Fixture.shipped(slug)
        for language in Language.allCases {
            let shown = type.localized(to: language)
            for (group, names) in zip(type.fields, shown.fields) where group.kind == .group {
                let head = (names.columns ?? []).map(\.label).joined(separator: ";")
                #expect(GroupImport(DelimitedText(head), columns: group.columns ?? []).rows.isEmpty, "\(head)")
            }
        }
    }

    @Test func aGroupNamesItsLeader() throws {
        let group = ["jenis_pemohon": "Mahasiswa", "bentuk": "Beberapa orang", "peserta": Self.roster]
        let many = try Self.text("magang", group)
        #expect(many.contains("label: \"Ketua Kelompok\", value: \"Siti Aminah, 190501023\"") && many.contains("Maria"))
        let one = try Self.text("magang", group.merging(["bentuk": "Satu orang"]) { $1 })
        #expect(one.contains("label: \"Nama\", value: \"Siti Aminah\"") && !one.contains("Maria"))
    }

    @Test func groupsOfStudentsMaySpreadOut() throws {
        let answers = [
            "peserta": Self.roster, "lokasi": "12.71.01.1001", "jenis_pemohon": "Mahasiswa (ketua kelompok)",
        ]
        #expect(!(try Self.text("kkn", answers).contains("Lokasi Lain")))
        let spread = try Self.text("kkn", answers.merging(["lokasi_lain": "Kelurahan Sekip"]) { $1 })
        #expect(spread.ranges(of: "Kelurahan Sekip").count == 2, "addressee and location")
    }

    @Test func aRepresentativeShowsBothCards() throws {
        let own = try Self.asked("surat-pengantar", ["untuk_siapa": "Diri sendiri"])
        #expect(own.papers == ["pengantar_kelurahan", "kk", "ktp"] && !own.fields.contains("nama_wakil"))
        let other = try Self.asked(
            "surat-pengantar",
            [
                "untuk_siapa": "Orang lain (saya mewakili)", "hubungan": "Suami atau istrinya",
                "punya_ktp": "Sudah ber-KTP",
            ])
        #expect(other.papers == ["pengantar_kelurahan", "kk", "surat_kuasa", "ktp_warga", "ktp"])
        #expect(Set(["nama_wakil", "nik_wakil", "hubungan"]).isSubset(of: other.fields))
        // Somebody else's card is not kept for later.
        #expect(try Fixture.shipped("surat-pengantar").requirement("ktp_warga")?.reuse == nil)
    }

    /// A child has no KTP and gives no power of attorney; a parent needs none.
    @Test(arguments: [
        ("Orang tua atau walinya", "Belum ber-KTP", ["identitas_anak"]),
        ("Orang tua atau walinya", "Sudah ber-KTP", ["surat_kuasa", "ktp_warga"]),
        ("Keluarga lain", "Belum ber-KTP", ["surat_kuasa", "identitas_anak"]),
        ("Bukan keluarga", "Sudah ber-KTP", ["surat_kuasa", "ktp_warga"]),
    ])
    func whoHasNoCardShowsAnother(relation: String, card: String, papers: [String]) throws {
        let answers = ["untuk_siapa": "Orang lain (saya mewakili)", "hubungan": relation, "punya_ktp": card]
        #expect(try Self.asked("surat-pengantar", answers).papers == ["pengantar_kelurahan", "kk"] + papers + ["ktp"])
        // Whoever turns to themselves meanwhile is asked for nobody else's papers.
        let own = answers.merging(["untuk_siapa": "Diri sendiri"]) { $1 }
        #expect(try Self.asked("surat-pengantar", own).papers == ["pengantar_kelurahan", "kk", "ktp"])
        #expect(try Fixture.shipped("surat-pengantar").applicantField?.key == "untuk_siapa")
    }

    @Test(arguments: [
        ("Izin keramaian", ["acara", "waktu_acara", "tempat_acara", "tamu"]),
        ("Keterangan usaha", ["nama_usaha", "jenis_usaha", "alamat_usaha"]),
        ("Keterangan tidak mampu", ["uraian"]), ("Keperluan lain", ["uraian"]), ("Mengurus SKCK", []),
    ])
    func aPurposeIsExplained(purpose: String, needed: [String]) throws {
        let type = try Fixture.shipped("surat-pengantar")
        let answers = ["keperluan": purpose]
        let details = try #require(type.sections(for: answers).first { $0.key == "rincian" })
        #expect(details.fields.filter { type.isNeeded($0, in: answers) }.map(\.key) == needed)
    }
}
