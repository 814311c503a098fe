@testable import Permits
import Testing

@Suite struct LetterTypeTests {
    @Test func shippedTypeHasNoFaults() throws { #expect(try Fixture.research().faults == []) }

    @Test func faultsAreNamed() throws {
        var type = try Fixture.research()
        type.subjectField = "tidak_ada"
        type.number.pattern = "{nomor}"
        type.chain = []
        type.letter.footer = ["{field:hilang}", "{terbuka"]
        type.sections[0].fields[0].key = "ktp"
        let faults = type.faults.joined(separator: "\n")
        for word in ["tidak_ada", "{nomor}", "chain", "{field:hilang}", "open brace", "'ktp' is used twice"] {
            #expect(faults.contains(word), "\(word) in \(faults)")
        }
    }

    static let field = FieldDefinition(key: "k", kind: .text, label: "Isian", isRequired: true)

    static func checked(
        _ kind: FieldDefinition.Kind, _ raw: String, _ change: (inout FieldDefinition) -> Void = { _ in }
    ) -> String {
        var field = Self.field
        field.kind = kind
        change(&field)
        switch field.check(raw, today: Fixture.now.day) {
        case .success(let value): return value
        case .failure(let problem): return problem.key
        }
    }

    @Test(arguments: [
        (FieldDefinition.Kind.text, "  Medan\u{0} Kota ", "Medan Kota"), (.text, "<script>", "<script>"),
        (.text, "a\nb", "a b"),
        (.text, String(repeating: "x", count: 201), "problem.tooLong"), (.longText, "a\r\nb", "a\nb"),
        (.text, " \t ", ""),
        (.number, "007", "7"), (.number, "-1", "problem.notANumber"), (.number, "1.5", "problem.notANumber"),
        (.number, "٣", "problem.notANumber"), (.number, "9999999999", "problem.notANumber"),
        (.date, "2026-08-17", "2026-08-17"), (.date, "17/08/2026", "2026-08-17"), (.date, "17-8-2026", "2026-08-17"),
        (.date, "31/02/2026", "problem.notADate"), (.date, "besok", "problem.notADate"),
        (.date, "17/08/26", "2026-08-17"), (.date, "12.1.26", "2026-01-12"), (.date, "12 1 79", "2079-01-12"),
        (.date, "12-1-80", "1980-01-12"), (.date, "12 Januari 2026", "2026-01-12"),
        (.date, "12 Jan 2026", "2026-01-12"),
        (.date, "1 agt. 26", "2026-08-01"), (.date, "Senin, 12 Januari 2026", "2026-01-12"),
        (.date, "August 17, 2026", "2026-08-17"), (.date, "2026/8/17", "2026-08-17"),
        (.date, "30 Pebruari 2026", "problem.notADate"), (.date, "12/13/2026", "problem.notADate"),
        (.date, "12 Ja 2026", "problem.notADate"), (.date, "12 Januari", "problem.notADate"),
        (.date, "12/1/226", "problem.notADate"), (.date, "17/08/1899", "problem.notADate"),
        (.date, "0026-01-12", "problem.yearForm"), (.date, "2201-01-01", "problem.yearForm"),
        (.date, "2200-12-31", "2200-12-31"), (.dateRange, "0026-01-12 s.d. 2026-01-13", "problem.yearForm"),
        (.dateRange, "2026-01-12/0026-01-13", "problem.yearForm"),
        (.dateRange, "12 Jan 2026 - 3 Feb 2026", "2026-01-12/2026-02-03"),
        (.number, "1.000", "1000"), (.number, "1 000", "1000"), (.number, "12.345.678", "12345678"),
        (.number, "1.00", "problem.notANumber"), (.number, "1000.000", "problem.notANumber"),
        (.number, ".000", "problem.notANumber"),
        (.number, "'12", "12"), (.phone, "8123456789", "628123456789"), (.phone, "'08123456789", "628123456789"),
        (.phone, "+62 (0)812-3456-789", "628123456789"), (.nik, "'9971045203990001", "9971045203990001"),
        (.nik, "1271 0452 0399 0001", "1271045203990001"), (.nik, "123", "problem.nikForm"),
        (.number, "1,500", "1500"), (.number, "1.500", "1500"), (.number, "1 500", "1500"),
        (.number, "12,500,000", "12500000"),
        (.number, "1,5", "problem.notANumber"), (.number, "1,500.000", "problem.notANumber"),
        (.number, "1,,500", "problem.notANumber"),
        (.studentNumber, "19.05/01-023", "19.05/01-023"),
        (.studentNumber, "x", "problem.nimForm"), (.studentNumber, "Identitas", "problem.nimForm"),
        (.name, "2105001", "problem.nameLetters"), (.name, "Siti 2", "Siti 2"),
        (.phone, "081234567890", "6281234567890"),
        (.phone, "12", "problem.phoneForm"),
        (.email, "a@b.id", "a@b.id"), (.email, "a", "problem.emailForm"), (.choice, "x", "problem.notAnOption"),
    ])
    func checks(kind: FieldDefinition.Kind, raw: String, outcome: String) {
        #expect(Self.checked(kind, raw) == outcome)
    }

    @Test func bounds() {
        #expect(Self.checked(.number, "13") { $0.max = 12 } == "problem.outOfRange")
        #expect(Self.checked(.number, "0") { $0.min = 1 } == "problem.outOfRange")
        #expect(Self.checked(.text, "abc") { $0.minLength = 5 } == "problem.tooShort")
        #expect(Self.checked(.date, "2026-11-16") { $0.notBeforeToday = true } == "problem.dateInPast")
        #expect(Self.checked(.date, "2026-11-18") { $0.notAfterToday = true } == "problem.dateInFuture")
        #expect(Self.checked(.choice, "b") { $0.options = ["a", "b"] } == "b")
        // 17 November 2026 and 30 days.
        #expect(Self.checked(.date, "2026-12-17") { $0.withinDays = 30 } == "2026-12-17")
        #expect(Self.checked(.date, "2026-12-18") { $0.withinDays = 30 } == "problem.dateTooFar")
        #expect(Self.checked(.dateRange, "2026-12-17/2027-03-01") { $0.withinDays = 30 } == "2026-12-17/2027-03-01")
        #expect(Self.checked(.dateRange, "2026-12-18/2026-12-19") { $0.withinDays = 30 } == "problem.dateTooFar")
    }

    @Test(arguments: [
        ("uinsu", "Universitas Islam Negeri Sumatera Utara"), ("UIN-SU", "Universitas Islam Negeri Sumatera Utara"),
        ("UIN Medan", "Universitas Islam Negeri Sumatera Utara"), ("mikroskil", "Mikroskil"),
        ("Universitas Islam Negeri Sumatera Utara (UINSU, UIN Medan)", "Universitas Islam Negeri Sumatera Utara"),
        ("UIN", "UIN"), ("Kampus Lain (KL)", "Kampus Lain (KL)"), ("()", "()"),
    ])
    func institutionsAreKeptInFull(typed: String, kept: String) {
        let outcome = Self.checked(.institution, typed) {
            $0.suggestions = ["Mikroskil", "Universitas Islam Negeri Sumatera Utara (UINSU, UIN Medan)", "()"]
        }
        #expect(outcome == kept)
    }

    /// Letters write as people of the place do.
    @Test func lettersGroupThousands() {
        #expect(IndonesianText.counted(1500, "orang") == "1.500 (seribu lima ratus) orang")
        #expect(IndonesianText.counted(12_500_000, "orang").hasPrefix("12.500.000 (dua belas juta"))
        #expect(IndonesianText.counted(25, "orang") == "25 (dua puluh lima) orang")
    }

    @Test func boxesOfferTheDaysThatAreTaken() throws {
        var field = Self.field
        let today = Fixture.now.day
        #expect(field.days(today: today)?.lowerBound.iso == "1900-01-01")
        #expect(field.days(today: today)?.upperBound.iso == "2200-12-31")
        (field.notBeforeToday, field.notAfterToday) = (true, true)
        #expect(field.days(today: today) == today...today)
        (field.notBeforeToday, field.notAfterToday, field.kind, field.withinDays) = (true, nil, .date, 30)
        #expect(field.days(today: today) == today...today.adding(days: 30))
        (field.kind, field.max) = (.dateRange, 14)
        #expect(field.days(today: today) == today...today.adding(days: 43))
        field.max = nil
        #expect(field.days(today: today)?.upperBound.iso == "2200-12-31")
    }
}

@Suite struct LetterTests {
    @Test(arguments: [
        ("{classification}/{number:4}/{unit}/{year}", "000.9/0007/BRIDA/2026"),
        ("{number}/{month:roman}/{month}/{year}", "7/XI/11/2026"),
        ("{number:3}-{unit}", "007-BRIDA"),
    ])
    func numbers(pattern: String, text: String) throws {
        let parsed = try #require(NumberPattern(pattern))
        #expect(parsed.text(number: 7, classification: "000.9", unit: "BRIDA", on: Fixture.now.day) == text)
    }

    @Test(arguments: ["", "{year}", "{number}{number}", "{number:0}", "{number:x}", "{nomor}", "{number", "number}"])
    func refusedPatterns(pattern: String) { #expect(NumberPattern(pattern) == nil) }

    @Test(arguments: [
        (1, "satu"), (11, "sebelas"), (17, "tujuh belas"), (20, "dua puluh"), (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (111, "seratus sebelas"), (1000, "seribu"), (2026, "dua ribu dua puluh enam"),
        (1_500_000, "satu juta lima ratus ribu"),
    ])
    func words(number: Int, text: String) { #expect(IndonesianText.words(number) == text) }

    func context(number: Int?) throws -> LetterContext {
        LetterContext(
            answers: Fixture.answers, office: try Fixture.office(),
            signatory: SignatoryTitle(
                positionLines: ["KEPALA BADAN,"], name: "Dr. Ratna", rank: "Pembina", nip: "196812311993031001"),
            date: Fixture.now.day, number: number, verificationURL: nil)
    }

    @Test func letterIsComposedFromData() throws {
        let composed = try Fixture.research().compose(context(number: 1))
        #expect(composed.numberText == "000.9/0001/BRIDA/2026")
        #expect(composed.validUntil.iso == "2027-02-16")
        #expect(composed.emptyLabels == [])
        #expect(
            composed.document.blocks.contains(
                .title(text: "SURAT KETERANGAN RISET", number: "NOMOR : 000.9/0001/BRIDA/2026")))
        let rows = composed.document.blocks.compactMap { if case .fields(let rows) = $0 { rows } else { nil } }.joined()
        #expect(rows.contains(LetterField(label: "Lamanya", value: "3 (tiga) bulan")))
        let signatures = composed.document.blocks.compactMap {
            if case .signature(let block) = $0 { block } else { nil }
        }
        #expect(signatures.first?.nameLines == ["Pembina", "NIP 19681231 199303 1 001"])
        #expect(signatures.first?.placeLines == ["Dikeluarkan di Medan", "Pada tanggal 17 November 2026"])
    }

    @Test func emptyAnswersAreNamed() throws {
        var context = try context(number: nil)
        context.answers["lokasi"] = ""
        let composed = try Fixture.research().compose(context)
        #expect(composed.emptyLabels == ["Lokasi penelitian"])
        #expect(composed.numberText == "000.9/____/BRIDA/2026")
    }

    @Test func textTypedByApplicantsIsNoTemplate() throws {
        var context = try context(number: 1)
        context.answers["judul"] = "{letter:number} {field:nik}"
        let rows = try Fixture.research().compose(context).document.blocks.compactMap {
            if case .fields(let rows) = $0 { rows } else { nil }
        }
        #expect(rows.joined().contains { $0.value == "{letter:number} {field:nik}" })
    }

    @Test func publicSummaryMasksTheName() throws {
        let context = try context(number: 1)
        let summary = try Fixture.research().summary(
            of: Fixture.answers, office: context.office, signatory: context.signatory)
        #expect(summary.maskedName == "S*** A*****")
        #expect(summary.rows.map(\.label) == ["Perguruan tinggi atau lembaga", "Judul penelitian"])
    }
}
