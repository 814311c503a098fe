import Testing

@testable import Permits

/// What people are asked to look at twice, and what not.
@Suite struct AnswerDoubtTests {
    static let today = Fixture.now.day

    static func doubts(_ slug: String, _ key: String, _ answers: [String: String]) throws -> [AnswerDoubt] {
        let type = try Fixture.shipped(slug)
        return type.doubts(about: try #require(type.field(key)), in: answers, today: today)
    }

    /// 17 November 2026.
    @Test(
        arguments: [
            ("1271045503990001", "1999-03-15", []), ("1271041503990001", "1999-03-15", []),
            ("1271041503090001", "2009-03-15", []), ("1271041503090001", "1999-03-15", [.birthDate(inNIK: "15-03-09")]),
            ("1271045503990001", "1980-01-01", [.birthDate(inNIK: "15-03-99")]),
            ("1271045503990001", "1999-03-16", [.birthDate(inNIK: "15-03-99")]),
            ("1271041711260001", "2026-11-17", [.age]), ("1271041503150001", "1915-03-15", [.age]),
            ("", "1980-01-01", []), ("1271045503990001", "", []), ("1271045503990001", "15 Maret", []),
        ] as [(String, String, [AnswerDoubt])])
    func birthDatesAreComparedWithTheNIK(nik: String, day: String, doubts: [AnswerDoubt]) throws {
        let answers = ["nik": nik, "tanggal_lahir": day]
        #expect(try Self.doubts("surat-pengantar", "tanggal_lahir", answers) == doubts)
        #expect(try Self.doubts("surat-pengantar", "nik", answers) == [])
    }

    @Test(
        arguments: [
            ("2026-11-17", []), ("2024-11-17", []), ("2024-11-16", [.longAgo(years: 2)]),
            ("1901-01-01", [.longAgo(years: 125)]),
        ] as [(String, [AnswerDoubt])])
    func oldLettersAreNoted(day: String, doubts: [AnswerDoubt]) throws {
        #expect(try Self.doubts("surat-pengantar", "tanggal_kelurahan", ["tanggal_kelurahan": day]) == doubts)
        let answers = ["jenis_pemohon": "Mahasiswa", "tanggal_pengantar": day]
        for slug in ["penelitian", "observasi", "survei", "magang", "kkn"] {
            #expect(try Self.doubts(slug, "tanggal_pengantar", answers) == doubts, "\(slug)")
        }
    }

    private static let rows = GroupRows(
        rows: [("Rahmat", "2105001"), ("Maria", "2105002")].map { GroupRows.Row(cells: ["nama": $0, "nim": $1]) }
    ).stored

    /// Whom the letter names belongs in its annex.
    @Test(
        arguments: [
            ("penelitian", "anggota", ["pelaksana": "Kelompok", "jenis_pemohon": "Mahasiswa"]),
            ("observasi", "anggota", ["pelaksana": "Kelompok", "jenis_pemohon": "Mahasiswa"]),
            ("magang", "peserta", ["bentuk": "Beberapa orang", "jenis_pemohon": "Mahasiswa"]),
            ("kkn", "peserta", ["jenis_pemohon": "Mahasiswa (ketua kelompok)"]),
        ])
    func theApplicantBelongsInTheList(slug: String, group: String, answers: [String: String]) throws {
        func doubts(_ name: String, _ nim: String) throws -> [AnswerDoubt] {
            try Self.doubts(slug, group, answers.merging(["nama": name, "nim": nim, group: Self.rows]) { $1 })
        }
        #expect(try doubts("Siti Aminah", "2105009") == [.notListed(name: "Siti Aminah")])
        // By number, however the name is written; by name where there is no number yet.
        #expect(try doubts("Maria S.", "2105002") == [] && doubts("maria", "") == [])
        #expect(try doubts("Maria", "2105009") == [.notListed(name: "Maria")])
        #expect(try doubts("", "") == [])
    }

    @Test func whoOnlyAppliesForOthersIsNotMissed() throws {
        let campus = ["jenis_pemohon": "Kampus atau sekolah", "nama": "Dr. Siti", "peserta": Self.rows]
        #expect(try Self.doubts("magang", "peserta", campus) == [])
        let faculty = ["jenis_pemohon": "Kampus (LPPM atau fakultas)", "nama": "Dr. Siti", "peserta": Self.rows]
        #expect(try Self.doubts("kkn", "peserta", faculty) == [])
        // An institution's researcher has no student number, and is looked for by name.
        let institution = [
            "jenis_pemohon": "Lembaga atau perusahaan", "pelaksana": "Kelompok", "nama": "Dr. Siti", "nim": "2105001",
            "anggota": Self.rows,
        ]
        #expect(try Self.doubts("penelitian", "anggota", institution) == [.notListed(name: "Dr. Siti")])
    }

    @Test(arguments: [
        ("rina@gmial.com", "rina@gmail.com"), ("rina@gmail.co", "rina@gmail.com"), ("rina@gamil.com", "rina@gmail.com"),
        ("rina@yaho.com", "rina@yahoo.com"), ("rina@yahoo.co.di", "rina@yahoo.co.id"),
        ("rina@hotmial.com", "rina@hotmail.com"), ("rina@outlok.com", "rina@outlook.com"),
        ("rina@gmail.com", nil), ("rina@ymail.com", nil), ("rina@mail.com", nil), ("rina@usu.ac.id", nil),
        ("rina@contoh.id", nil), ("rina", nil),
    ])
    func slipsInDomainsAreAskedAbout(typed: String, meant: String?) { #expect(EmailDomain.meant(by: typed) == meant) }

    @Test func rulesAreChecked() throws {
        var type = try Fixture.shipped("surat-pengantar")
        for section in type.sections.indices {
            for field in type.sections[section].fields.indices where type.sections[section].fields[field].birthOf != nil
            {
                type.sections[section].fields[field].birthOf = "nama"
            }
        }
        type.sections[0].fields[0].recentDays = 3
        type.sections[0].fields[0].includes = OwnRowRule(columns: ["nama": "tidak_ada"])
        let faults = type.faults.joined(separator: "\n")
        for fault in ["birthOf names no NIK", "only a date has recentDays", "only a group includes", "includes needs"] {
            #expect(faults.contains(fault), "\(fault) in \(faults)")
        }
    }
}
