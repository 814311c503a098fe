import Testing

@testable import Permits

@Suite struct EligibilityTests {
    static let questions = [
        EligibilityQuestion(key: "medan", question: "Di Medan?", passes: .yes, otherwise: "Tanya setempat."),
        EligibilityQuestion(key: "asing", question: "Orang asing?", passes: .no, otherwise: "Ke BRIN."),
        EligibilityQuestion(
            key: "surat", question: "Sudah punya surat?", passes: .yes, blocking: false, otherwise: "Minta surat."),
    ]

    @Test(
        arguments: [
            ([:], Eligibility.unanswered(["medan", "asing", "surat"])),
            (["medan": .yes, "surat": .no], .unanswered(["asing"])),
            (["medan": .yes, "asing": .no, "surat": .yes], .eligible),
            (["medan": .no, "asing": .no, "surat": .yes], .hindered([questions[0]])),
            (["medan": .no, "asing": .yes, "surat": .no], .hindered([questions[0], questions[1]])),
            (["medan": .yes, "asing": .no, "surat": .no], .unprepared([questions[2]])),
            (["medan": .yes, "asing": .yes, "surat": .yes, "lain": .no], .hindered([questions[1]])),
        ] as [([String: EligibilityQuestion.Answer], Eligibility)])
    func outcomes(answers: [String: EligibilityQuestion.Answer], outcome: Eligibility) throws {
        var type = try Fixture.research()
        type.eligibility = Self.questions
        #expect(type.eligibilityOutcome(of: answers) == outcome)
    }

    /// Whoever said as whom they apply is asked what concerns them.
    @Test func questionsAreForWhomTheyConcern() throws {
        var type = try Fixture.research()
        type.eligibility = Self.questions
        type.eligibility?[2].applicants = ["Mahasiswa"]
        let answers: [String: EligibilityQuestion.Answer] = ["medan": .yes, "asing": .no]
        #expect(type.eligibilityOutcome(of: answers, applicant: "Umum") == .eligible)
        #expect(type.eligibilityOutcome(of: answers, applicant: "Mahasiswa") == .unanswered(["surat"]))
        #expect(type.eligibilityOutcome(of: answers) == .unanswered(["surat"]))
        type.eligibility?[2].applicants = ["Raja"]
        #expect(type.faults.contains { $0.contains("no applicant can choose 'Raja'") })
    }

    @Test func faultsAreNamed() throws {
        var type = try Fixture.research()
        type.eligibility = Self.questions + [Self.questions[0]]
        type.eligibility?[1].key = "Orang Asing"
        type.eligibility?[1].otherwise = ""
        type.audiences = [
            ApplicantGroup(name: "Umum", applicant: "Raja"), ApplicantGroup(name: "Umum"), ApplicantGroup(name: ""),
        ]
        let faults = type.faults.joined(separator: "\n")
        for word in ["used twice", "'Orang Asing': use", "lacks a text", "'Raja'", "named twice", "has no name"] {
            #expect(faults.contains(word), "\(word) in \(faults)")
        }
    }

    /// A form may ask whom a letter is about; that is no group of people.
    @Test func onlyTheDefinitionsWordSaysForWhomItIs() throws {
        var type = try Fixture.research()
        #expect(type.forWhom.count == 5 && type.forWhom[0] == ApplicantGroup(name: "Mahasiswa", applicant: "Mahasiswa"))
        #expect(type.isFor("Umum") && !type.isFor("Siswa"))
        type.audiences = nil
        #expect(type.forWhom.isEmpty && type.isFor("Siswa"))
    }
}

@Suite struct ServiceStandardTests {
    @Test func theTypesOwnWordsComeFirst() throws {
        var type = try Fixture.research()
        var office = try Fixture.office()
        office.standard = StandardDetails(legalBasis: ["UU 25/2009"], staff: ["3 orang"], guarantee: ["Tepat waktu"])
        type.service.details = StandardDetails(legalBasis: ["Permendagri 3/2018"], staff: ["5 orang", ""])
        #expect(type.standard(.legalBasis, of: office) == ["Permendagri 3/2018", "UU 25/2009"])
        #expect(type.standard(.staff, of: office) == ["5 orang"])
        #expect(type.standard(.guarantee, of: office) == ["Tepat waktu"])
        #expect(type.standard(.duration, of: office) == ["3"] && type.standard(.procedure, of: office).count == 4)
        type.service.fee = ""
        #expect(
            type.missingComponents(of: office) == [.fee, .facilities, .competence, .supervision, .safety, .evaluation])
    }

    @Test func thereAreFourteen() {
        #expect(StandardComponent.allCases.count == 14 && StandardComponent.detailed.count == 8)
    }
}

@Suite struct MeasuredTimeTests {
    let calendar = WorkingCalendar(holidays: [Day(ordinal: 20776)])  // Thursday, 19 November 2026

    /// From Tuesday, 17 November 2026, to so many days later.
    static func span(_ days: Int, _ cases: Int = 1) -> MeasuredTime.Span {
        MeasuredTime.Span(came: Day(ordinal: 20774), done: Day(ordinal: 20774 + days), cases: cases)
    }

    @Test(
        arguments: [
            ([], nil), ([span(0)], 1), ([span(1)], 1),
            // The holiday and the weekend do not count.
            ([span(2)], 1), ([span(3)], 2), ([span(5)], 2), ([span(6)], 3),
            // Nine of ten: the tenth does not count, the second of eleven slow ones does.
            ([span(1, 9), span(7)], 1), ([span(1, 9), span(7, 2)], 4), ([span(1, 90), span(7, 10)], 1),
            ([span(1, 89), span(7, 11)], 4), ([span(7), span(1, 9)], 1),
            ([span(-1)], nil), ([span(1, 0)], nil),
        ] as [([MeasuredTime.Span], Int?)])
    func nineOfTen(spans: [MeasuredTime.Span], days: Int?) {
        #expect(MeasuredTime(spans, in: calendar)?.workingDays == days)
    }

    @Test func fewCasesTellNothing() {
        #expect(MeasuredTime([Self.span(1, 9)], in: calendar)?.isTelling == false)
        #expect(MeasuredTime([Self.span(1, 4), Self.span(2, 6)], in: calendar)?.isTelling == true)
    }
}

@Suite struct LinkedAnswerTests {
    let typed = [
        "lembaga": " Universitas  Medan ", "lama": "13", "nik": "1271045203990001", "nama": "Orang lain",
        "nim": "190501023", "judul": "", "jenis_pemohon": "Mahasiswa", "hantu": "x",
    ]

    /// Names and numbers of people come from nobody but themselves.
    @Test func onlyFieldsThatSaySoAreTaken() throws {
        let (answers, problems) = try Fixture.research().linked(typed, today: Fixture.now.day)
        #expect(answers == ["lembaga": "Universitas Medan", "jenis_pemohon": "Mahasiswa"])
        #expect(problems.map(\.field) == ["lama"])
    }

    @Test func nothingTypedIsOverwritten() throws {
        var application = try Fixture.application()
        application.answers["lembaga"] = "Politeknik Negeri Medan"
        application.answers["jenis_pemohon"] = ""
        let answers = application.answers(linking: typed, from: Fixture.account, today: Fixture.now.day)
        #expect(answers["lembaga"] == "Politeknik Negeri Medan" && answers["jenis_pemohon"] == "Mahasiswa")
        #expect(answers["nama"] == application.answers["nama"])
    }

    @Test(arguments: ["nama", "nik", "nim"]) func identityIsNeverLinked(key: String) throws {
        let type = try Fixture.research()
        #expect(!type.linkSections.flatMap(\.fields).contains { $0.key == key })
        var field = try #require(type.field(key))
        field.prefill = "link"
        #expect(field.faults.isEmpty == (field.kind == .text))
    }
}
