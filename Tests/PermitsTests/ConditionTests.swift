import Testing

@testable import Permits

/// Who is asked what.
@Suite struct ConditionTests {
    static func application(
        _ changes: [String: String], state: ApplicationState = .draft, findings: [Finding] = [],
        attachments: [Permits.Attachment]? = nil
    ) throws -> Application {
        try Fixture.application(
            state, answers: Fixture.answers.merging(changes) { $1 }, attachments: attachments, findings: findings)
    }

    @Test(arguments: [
        ("Mahasiswa", ["surat_pengantar", "proposal", "ktm", "ktp"]),
        ("Dosen atau peneliti", ["surat_pengantar", "proposal", "surat_tugas", "ktp"]),
        ("Lembaga atau perusahaan", ["surat_pengantar", "proposal", "akta", "ktp"]),
        ("Organisasi kemasyarakatan", ["surat_pengantar", "proposal", "akta", "pengesahan", "ktp"]),
        ("Umum", ["surat_permohonan", "proposal", "ktp"]),
    ])
    func papersDependOnWhoApplies(applicant: String, papers: [String]) throws {
        let application = try Self.application(["jenis_pemohon": applicant])
        #expect(application.askedPapers.map(\.key) == papers)
        #expect(try Fixture.research().applicantField?.key == "jenis_pemohon")
    }

    @Test func hiddenQuestionsAreNeitherRequiredNorPrintedNorHandedIn() throws {
        let application = try Self.application(["jenis_pemohon": "Umum", "alamat": "Jalan Mawar 5"])
        #expect(application.askedSections.map(\.key) == ["pemohon", "peneliti", "penelitian"])
        #expect(application.type.printed("nim", in: application.answers) == "")
        // Kept while the draft is open: the choice may be changed back.
        #expect(application.answers["nim"] == "190501023")
        let sent = try application.submit(by: Fixture.siti, stating: true, at: Fixture.now).application
        #expect(sent.answers["nim"] == nil && sent.answers["alamat"] == "Jalan Mawar 5")
    }

    @Test func papersOfAnotherChoiceAreNotHandedIn() throws {
        let papers = ["surat_pengantar", "proposal", "ktm", "ktp", "surat_permohonan"].enumerated().map {
            Fixture.attachment(Int64($0.offset), $0.element)
        }
        let application = try Self.application(
            ["jenis_pemohon": "Umum", "alamat": "Jalan Mawar 5"], attachments: papers)
        let sent = try application.submit(by: Fixture.siti, stating: true, at: Fixture.now).application
        #expect(sent.attachments.map(\.requirement) == ["proposal", "ktp", "surat_permohonan"])
    }

    @Test func aChoiceOpensAStep() throws {
        let group = try Self.application(["pelaksana": "Kelompok"])
        #expect(group.askedSections.map(\.key).contains("anggota"))
        #expect(group.missing(today: Fixture.now.day).map(\.field) == ["anggota"])
    }

    @Test func whatHangsOnAHiddenChoiceIsHidden() throws {
        var type = try Fixture.research()
        type.sections[2].fields = [
            FieldDefinition(
                key: "bidang", kind: .choice, label: "Bidang", isRequired: true,
                showIf: AnswerCondition(field: "pelaksana", values: ["Kelompok"]), options: ["A", "B"])
        ]
        type.sections[3].fields.append(
            FieldDefinition(
                key: "rinci", kind: .text, label: "Rinci", isRequired: true,
                showIf: AnswerCondition(field: "bidang", values: ["A"])))
        let detail = try #require(type.field("rinci"))
        #expect(type.isAsked(detail, in: ["pelaksana": "Kelompok", "bidang": "A"]))
        #expect(!type.isAsked(detail, in: ["pelaksana": "Saya sendiri", "bidang": "A"]))
        #expect(type.dependents(of: ["pelaksana"]) == ["bidang", "rinci"])
    }

    @Test(arguments: [
        ("Mahasiswa", "Saya sendiri", false), ("Mahasiswa", "Kelompok", true), ("Umum", "Saya sendiri", true),
        ("Dosen atau peneliti", "Kelompok", false), ("", "Kelompok", false),
    ])
    func conditionsMayBeJoined(applicant: String, doneBy: String, isAsked: Bool) throws {
        var type = try Fixture.research()
        // A student's group, or anybody of the public.
        type.sections[3].fields[0].showIf = AnswerCondition(
            field: "jenis_pemohon", values: ["Mahasiswa"],
            and: [AnswerCondition(field: "pelaksana", values: ["Kelompok"])],
            or: [AnswerCondition(field: "jenis_pemohon", values: ["Umum"])])
        let field = type.sections[3].fields[0]
        #expect(type.isAsked(field, in: ["jenis_pemohon": applicant, "pelaksana": doneBy]) == isAsked)
        #expect(type.dependents(of: ["pelaksana"]).contains(field.key))
        type.sections[3].fields[0].showIf?.and?[0].values = ["Raja"]
        #expect(type.faults.contains { $0.contains("'Raja'") })
    }

    /// Before anybody has said which: the public list names what may yet be asked for.
    @Test func papersThatMayBeAskedFor() throws {
        let type = try Fixture.shipped("magang")
        func papers(_ applicant: String) -> [String] {
            type.papers.filter { type.mayBeAsked($0, in: ["jenis_pemohon": applicant]) }.map(\.key)
        }
        #expect(papers("Mahasiswa") == ["surat_pengantar", "proposal", "ktm", "ktp", "paspor_berkas"])
        #expect(
            papers("Siswa SMK atau SMA")
                == ["surat_pengantar", "proposal", "kartu_pelajar", "identitas_siswa", "paspor_berkas"])
    }

    @Test func requiredIf() throws {
        var type = try Fixture.research()
        var field = FieldDefinition(key: "catatan", kind: .text, label: "Catatan", isRequired: false)
        field.requiredIf = AnswerCondition(field: "jenis_pemohon", values: ["Umum"])
        type.sections[3].fields.append(field)
        #expect(type.faults == [])
        #expect(type.isNeeded(field, in: ["jenis_pemohon": "Umum"]))
        #expect(!type.isNeeded(field, in: ["jenis_pemohon": "Mahasiswa"]))
    }

    /// Without a script a page can only ask what an earlier page decided.
    @Test func conditionsThatCannotWorkAreRefused() throws {
        let judul = AnswerCondition(field: "judul", values: ["x"])
        let later = AnswerCondition(field: "jenis_pemohon", values: ["Umum"])
        let unknown = AnswerCondition(field: "jenis_pemohon", values: ["Raja"])
        let cases: [(AnswerCondition, section: Int, fault: String)] = [
            (judul, 4, "needs a choice"), (later, 0, "earlier section"), (unknown, 1, "'Raja'"),
            (AnswerCondition(field: "jenis_pemohon", values: []), 1, "names no answer"),
            (AnswerCondition(field: "tidak_ada", values: ["x"]), 1, "'tidak_ada' is none"),
        ]
        for (condition, section, fault) in cases {
            var type = try Fixture.research()
            type.sections[section].fields[type.sections[section].fields.count - 1].showIf = condition
            #expect(type.faults.joined().contains(fault), "\(fault): \(type.faults)")
        }
    }

    @Test func groupsThatCannotWorkAreRefused() throws {
        let group = try #require(try Fixture.research().field("anggota"))
        func faults(_ change: (inout LetterType) -> Void) throws -> String {
            var type = try Fixture.research()
            change(&type)
            return type.faults.joined(separator: "\n")
        }
        #expect(try faults { $0.sections[2].fields.append(group) }.contains("stands alone"))
        #expect(try faults { $0.sections[2].fields[0].columns = [] }.contains("1 to 8 columns"))
        #expect(try faults { $0.sections[2].fields[0].columns?[0].kind = .group }.contains("fits no row"))
        #expect(try faults { $0.sections[2].fields[0].columns?[1].key = "nama" }.contains("column twice"))
        #expect(try faults { $0.sections[2].fields[0].max = 501 }.contains("at most 500"))
        #expect(try faults { $0.subjectField = "anggota" }.contains("asked of everybody"))
        #expect(try faults { $0.subjectField = "nim" }.contains("asked of everybody"))
        #expect(try faults { $0.sections[0].fields[0].options = ["Umum", "Umum"] }.contains("option twice"))
    }

    @Test func aLetterLeavesOutWhatWasNotAsked() throws {
        let context = LetterContext(
            answers: Fixture.answers.merging(["jenis_pemohon": "Umum", "alamat": "Jalan Mawar 5"]) { $1 },
            office: try Fixture.office(),
            signatory: SignatoryTitle(positionLines: ["KEPALA,"], name: "Ratna", rank: "", nip: ""),
            date: Fixture.now.day, number: 1, verificationURL: nil)
        let composed = try Fixture.research().compose(context)
        let text = "\(composed.document.blocks)"
        #expect(composed.emptyLabels == [] && text.contains("beralamat di Jalan Mawar 5"))
        #expect(!text.contains("190501023") && !text.contains("Dekan FKM") && !text.contains("tanggal  perihal"))
    }

    /// An officer returns the choice itself: what it opens can be filled in, what it closes is let go.
    @Test func mendingAChoiceOpensWhatHangsOnIt() throws {
        let returned = try Self.application(
            [:], state: .needsCorrection,
            findings: [Finding(key: "jenis_pemohon", verdict: .mend, reason: "Anda bukan mahasiswa")])
        #expect(returned.isOpen("alamat") && returned.isOpen("surat_permohonan") && !returned.isOpen("judul"))
        let typed = ["jenis_pemohon": "Umum", "judul": "Diam-diam diganti"]
        let short = returned.filled(with: typed, today: Fixture.now.day).answers
        let faults = problems { _ = try returned.resubmit(with: short, by: Fixture.siti, at: Fixture.now) }
        #expect(faults.map(\.field) == ["alamat", "surat_permohonan"])
        let papers = returned.attachments + [Fixture.attachment(9, "surat_permohonan")]
        let ready = try Self.application([:], state: .needsCorrection, findings: returned.findings, attachments: papers)
        let full = ready.filled(with: typed.merging(["alamat": "Jalan Mawar 5"]) { $1 }, today: Fixture.now.day).answers
        let next = try ready.resubmit(with: full, by: Fixture.siti, at: Fixture.now).application
        #expect(next.answers["alamat"] == "Jalan Mawar 5" && next.answers["nim"] == nil)
        #expect(next.answers["judul"] == Fixture.answers["judul"])
    }

    @Test func aReturnedRosterIsHandedInWhole() throws {
        let rows = #"[{"nama":"Siti","nim":"19050"},{"nama":"Rahmat","nim":"19051"}]"#
        let returned = try Self.application(
            ["pelaksana": "Kelompok", "anggota": rows], state: .needsCorrection,
            findings: [Finding(key: "anggota", verdict: .mend, reason: "Kurang satu")])
        func resubmit(_ text: String) throws -> Application {
            let answers = returned.filled(with: ["anggota": text], today: Fixture.now.day).answers
            return try returned.resubmit(with: answers, by: Fixture.siti, at: Fixture.now).application
        }
        #expect(problems { _ = try resubmit("Siti\t19050\n\t19051") }.map(\.key) == ["problem.groupRows"])
        #expect(try resubmit("Siti\t19050\nRahmat\t19051\nMaria\t19052").answers["anggota"]?.contains("Maria") == true)
    }
}
