@testable import Permits
import Testing

@Suite struct ReuseTests {
    private static func given(
        _ id: Int64, _ kind: String, daysAgo: Int, file: FileKind = .pdf, size: Int = 10
    ) throws -> GivenPaper {
        let reference = try #require(Reference("R7KQ-2M9X"))
        let attachment = Permits.Attachment(
            id: id, requirement: kind, filename: "\(kind).pdf", kind: file, size: size,
            sha256: String(repeating: "a", count: 64), addedAt: Fixture.now)
        return GivenPaper(
            attachment: attachment, kind: kind, reference: reference, holder: reference,
            givenAt: Fixture.now.adding(hours: Int64(-24 * daysAgo)))
    }

    private static func requirement(_ rule: ReuseRule?) -> Requirement {
        Requirement(
            key: "kartu", label: "Kartu", hint: "", isRequired: true, kinds: [.pdf, .png], maxBytes: 100, reuse: rule)
    }

    @Test func theNewestThatFitsIsOfferedAsLongAsItIsGood() throws {
        let rule = ReuseRule(kind: "kartu", days: 180)
        let today = Fixture.now.day
        let cases: [([GivenPaper], ReuseRule?, Int64?, Bool)] = [
            ([], rule, nil, true),
            ([try Self.given(1, "kartu", daysAgo: 10)], nil, nil, true),
            ([try Self.given(1, "kartu", daysAgo: 10)], rule, 1, true),
            ([try Self.given(1, "kartu", daysAgo: 180)], rule, 1, true),
            ([try Self.given(1, "kartu", daysAgo: 181)], rule, 1, false),
            ([try Self.given(1, "lain", daysAgo: 1)], rule, nil, true),
            ([try Self.given(1, "kartu", daysAgo: 9), try Self.given(2, "kartu", daysAgo: 3)], rule, 2, true),
            ([try Self.given(1, "kartu", daysAgo: 9, file: .jpeg)], rule, nil, true),
            ([try Self.given(1, "kartu", daysAgo: 9, size: 101)], rule, nil, true),
        ]
        for (index, (papers, rule, id, isGood)) in cases.enumerated() {
            switch Self.requirement(rule).offer(among: papers, on: today) {
            case nil: #expect(id == nil, "case \(index)")
            case .usable(let paper, let until):
                #expect(paper.attachment.id == id && isGood && until >= today, "case \(index)")
            case .expired(let paper, let since):
                #expect(paper.attachment.id == id && !isGood && since < today, "case \(index)")
            }
        }
    }

    @Test(arguments: [
        ("ktp", 1, true), ("ktp", 3650, true), ("ktp", 0, false), ("ktp", 3651, false), ("K T P", 9, false),
    ])
    func rulesAreChecked(kind: String, days: Int, isFine: Bool) throws {
        var type = try Fixture.research()
        type.requirements[0].reuse = ReuseRule(kind: kind, days: days)
        #expect(type.faults.isEmpty == isFine)
    }

    @Test func lettersOfIntroductionAreAskedForAnew() throws {
        let type = try Fixture.research()
        #expect(type.requirement("surat_pengantar")?.reuse == nil && type.requirement("ktp")?.reuse?.kind == "ktp")
    }
}

@Suite struct ApplyingAgainTests {
    @Test func answersThatStillFitAreKept() throws {
        var newest = try Fixture.research()
        newest.version += 1
        // A question that is another one now, one that is gone, a shorter limit, an option that is gone.
        for section in newest.sections.indices {
            newest.sections[section].fields.removeAll { $0.key == "penanggung_jawab" }
            for index in newest.sections[section].fields.indices {
                switch newest.sections[section].fields[index].key {
                case "lama": newest.sections[section].fields[index].max = 2
                case "lokasi": newest.sections[section].fields[index].kind = .longText
                case "pelaksana": newest.sections[section].fields[index].options = ["Kelompok"]
                default: break
                }
            }
        }
        let old = try Fixture.application(.refused)
        let again = old.answersAgain(
            under: newest, prefilled: ["nama": "Siti Aminah Lubis", "alamat": "Jalan Mawar 5"], on: Fixture.now.day)
        let kept = ["jenis_pemohon", "nama", "nik", "nim", "program_studi", "lembaga", "judul", "nomor_pengantar"]
        for key in kept { #expect(again[key] == Fixture.answers[key], "\(key)") }
        #expect(again["alamat"] == "Jalan Mawar 5", "what the account knows fills what was empty")
        for key in ["penanggung_jawab", "lama", "lokasi", "pelaksana"] { #expect(again[key] == nil, "\(key)") }
        #expect(
            again["tanggal_pengantar"] == Fixture.answers["tanggal_pengantar"], "the date of a letter is always past")
    }

    @Test func daysToComeAreKept() throws {
        var type = try Fixture.research()
        type.sections[0].fields.append(
            FieldDefinition(key: "mulai", kind: .date, label: "Mulai", isRequired: true))
        type.sections[0].fields.append(
            FieldDefinition(key: "masa", kind: .dateRange, label: "Masa", isRequired: true))
        func again(_ key: String, _ value: String) throws -> String? {
            let base = try Fixture.application(.issued)
            let old = Application(
                id: base.id, reference: base.reference, type: type, unit: base.unit, applicant: base.applicant,
                state: .issued, step: 0, answers: [key: value], attachments: [], findings: [], claimedBy: nil,
                clock: base.clock, submittedAt: Fixture.now, revision: 0)
            return old.answersAgain(under: type, prefilled: [:], on: Fixture.now.day)[key]
        }
        #expect(try again("mulai", "2026-11-17") == "2026-11-17")
        #expect(try again("mulai", "2026-11-16") == nil)
        #expect(try again("masa", "2026-11-18/2026-12-18") == "2026-11-18/2026-12-18")
        #expect(try again("masa", "2026-11-10/2026-12-18") == nil)
    }

    @Test(arguments: ApplicationState.allCases)
    func onlyWhatIsOverIsBegunAgain(state: ApplicationState) throws {
        #expect(
            try Fixture.application(state).canBeginAnother == [.issued, .refused, .withdrawn].contains(state))
    }
}
