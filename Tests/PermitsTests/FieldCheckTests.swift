import Testing

@testable import Permits

/// Every kind of question against everything that people, phones and attackers type.
@Suite struct FieldCheckTests {
    static let today = Fixture.now.day

    static func field(_ kind: FieldDefinition.Kind) -> FieldDefinition {
        var field = FieldDefinition(key: "k", kind: kind, label: "Isian", isRequired: true)
        field.options = ["Satu", "Dua"]
        field.places = Fixture.lists.places
        if kind == .group {
            field.columns = [
                FieldDefinition(key: "nama", kind: .text, label: "Nama", isRequired: true),
                FieldDefinition(key: "nim", kind: .studentNumber, label: "NIM", isRequired: true, isUnique: true),
            ]
        }
        return field
    }

    static func outcome(_ kind: FieldDefinition.Kind, _ raw: String) -> String {
        switch field(kind).check(raw, today: today) {
        case .success(let value): value
        case .failure(let problem): problem.key
        }
    }

    /// A well-formed answer of each kind, and the problem that a malformed one of it is.
    static let forms: [(kind: FieldDefinition.Kind, good: String, stored: String, problem: String)] = [
        (.text, "Medan", "Medan", "problem.tooLong"), (.longText, "a\r\nb", "a\nb", "problem.tooLong"),
        (.name, "Siti", "Siti", "problem.tooLong"),
        (.institution, "USU", "USU", "problem.tooLong"), (.number, "12", "12", "problem.notANumber"),
        (.date, "17/08/2026", "2026-08-17", "problem.notADate"),
        (.dateRange, "17/08/2026 s.d. 2026-08-31", "2026-08-17/2026-08-31", "problem.notADateRange"),
        (.choice, "Dua", "Dua", "problem.notAnOption"), (.multiChoice, "Dua\nSatu", "Satu\nDua", "problem.notAnOption"),
        (.nik, "1271 0452 0399 0001", "1271045203990001", "problem.nikForm"),
        (.passport, "x 123-4567", "X1234567", "problem.passportForm"),
        (.studentNumber, "19.05/01", "19.05/01", "problem.nimForm"),
        (.phone, "0812-3456-789", "628123456789", "problem.phoneForm"),
        (.email, "a@B.id", "a@b.id", "problem.emailForm"),
        (.district, "12.71.01.1001", "12.71.01.1001", "problem.notAnOption"),
        (
            .group, "Siti\t19050\nRahmat\t19051",
            #"[{"nama":"Siti","nim":"19050"},{"nama":"Rahmat","nim":"19051"}]"#, "problem.groupRows"
        ),
    ]

    @Test func theTableKnowsEveryKind() {
        // What a file answers is no text: `FileQuestionTests`.
        #expect(Set(Self.forms.map(\.kind)) == Set(FieldDefinition.Kind.allCases).subtracting([.file]))
    }

    @Test func wellFormedAnswersAreKeptInOneForm() {
        for form in Self.forms {
            #expect(Self.outcome(form.kind, form.good) == form.stored, "\(form.kind)")
            // What was kept is read again when it is handed in.
            #expect(Self.outcome(form.kind, form.stored) == form.stored, "\(form.kind)")
        }
    }

    static let texts: Set<FieldDefinition.Kind> = [.text, .name, .longText, .institution]

    /// What is in the answer, and how it is kept by the kinds that take any text that a letter can print.
    static let bad: [(name: String, raw: String, kept: String)] = [
        ("markup", "<script>alert('x')</script>&\"", "<script>alert('x')</script>&\""),
        ("SQL", "'; DROP TABLE application; --", "'; DROP TABLE application; --"),
        ("template", "{{frame.csrf}} {field:nik}", "{{frame.csrf}} {field:nik}"),
        ("right to left", "\u{202E}gnp.exe \u{2066}x\u{2069}", "gnp.exe x"),
        ("Arabic", "\u{645}\u{64A}\u{62F}\u{627}\u{646}", "problem.notPrintable"),
        ("emoji", "👩‍🔬🏽🇮🇩", "problem.notPrintable"), ("combining", "e\u{301}a\u{308}", "e\u{301}a\u{308}"),
        ("control", "a\u{0}b\u{7}c\u{1B}[31m", "abc[31m"), ("zero width", "a\u{200B}\u{FEFF}b\u{2060}", "ab"),
        ("full width digits", "１２７１０４５２０３９９０００１", "problem.notPrintable"),
        ("lone surrogate's stand-in", "a\u{FFFD}", "problem.notPrintable"),
    ]

    @Test func badInputIsKeptAsTextOrRefused() {
        for form in Self.forms {
            for input in Self.bad {
                let expected = Self.texts.contains(form.kind) ? input.kept : form.problem
                #expect(Self.outcome(form.kind, input.raw) == expected, "\(form.kind): \(input.name)")
            }
        }
    }

    @Test(arguments: ["", " ", "\t\r\n", "\u{200B}\u{202E}", "\u{0}"])
    func emptyAnswersAreEmpty(raw: String) {
        for form in Self.forms {
            #expect(Self.outcome(form.kind, raw) == "", "\(form.kind)")
        }
    }

    @Test func tooMuchIsRefusedByEveryKind() {
        for form in Self.forms {
            for raw in [String(repeating: "1", count: 100_000), "e" + String(repeating: "\u{301}", count: 5000)] {
                let outcome = Self.outcome(form.kind, raw)
                #expect(outcome == form.problem, "\(form.kind): \(outcome.prefix(40))")
            }
        }
    }

    @Test(arguments: [
        ("1/1/2026 s.d. 31/3/2026", "2026-01-01/2026-03-31"), ("1/1/2026 sampai 1/1/2026", "2026-01-01/2026-01-01"),
        ("2026-03-31/2026-01-01", "problem.dateRangeReversed"), ("1/1/2026 s.d.", "problem.notADateRange"),
        ("s.d. 1/1/2026", "problem.notADateRange"), ("2026-01-01", "problem.notADateRange"),
        ("2026-02-30/2026-03-01", "problem.notADateRange"),
        ("2026-01-01/2026-01-02/2026-01-03", "problem.notADateRange"),
    ])
    func dateRanges(raw: String, outcome: String) { #expect(Self.outcome(.dateRange, raw) == outcome) }

    @Test func halvesOfARangeStayAsTyped() {
        for (first, last) in [("17/08/2026", "besok"), ("", "31/08/2026"), ("17/08/2026", "")] {
            let halves = DayRange.halves(of: TypedText.cleaned(DayRange.joined(first, last), keepingLines: false))
            #expect(halves.first == first && halves.last == last)
        }
        #expect(DayRange.joined("", "").isEmpty)
    }

    @Test func boundsOfRangesAndChoices() {
        func outcome(_ kind: FieldDefinition.Kind, _ raw: String, _ change: (inout FieldDefinition) -> Void) -> String {
            LetterTypeTests.checked(kind, raw, change)
        }
        #expect(outcome(.dateRange, "2026-11-17/2026-11-26") { $0.max = 10 } == "2026-11-17/2026-11-26")
        #expect(outcome(.dateRange, "2026-11-17/2026-11-27") { $0.max = 10 } == "problem.dateRangeTooLong")
        #expect(outcome(.dateRange, "2026-11-16/2026-11-27") { $0.notBeforeToday = true } == "problem.dateInPast")
        #expect(outcome(.dateRange, "2026-11-16/2026-11-18") { $0.notAfterToday = true } == "problem.dateInFuture")
        let three = ["a", "b", "c"]
        #expect(outcome(.multiChoice, "a") { ($0.options, $0.min) = (three, 2) } == "problem.tooFewChosen")
        #expect(outcome(.multiChoice, "a\nb\nc") { ($0.options, $0.max) = (three, 2) } == "problem.tooManyChosen")
        #expect(outcome(.multiChoice, "c\na\nc") { $0.options = three } == "a\nc")
    }

    @Test(arguments: [
        ("12.71.01.1001", "12.71.01.1001"), ("kelurahan pasar baru, kecamatan medan kota", "12.71.01.1001"),
        ("PASAR BARU", "12.71.01.1001"), ("12.71.01.9999", "problem.notAnOption"),
    ])
    func districts(raw: String, outcome: String) { #expect(Self.outcome(.district, raw) == outcome) }

    @Test func answersArePrintedInWords() {
        func printed(_ kind: FieldDefinition.Kind, _ stored: String) -> String { Self.field(kind).printed(stored) }
        #expect(printed(.dateRange, "2026-01-01/2026-03-31") == "1 Januari 2026 s.d. 31 Maret 2026")
        #expect(printed(.multiChoice, "a\nb\nc") == "a, b, dan c" && printed(.multiChoice, "a\nb") == "a dan b")
        #expect(printed(.district, "12.71.01.1001") == "Kelurahan Pasar Baru, Kecamatan Medan Kota")
        #expect(printed(.phone, "628123456789") == "0812 3456 789")
        let group = Self.forms.last?.stored ?? ""
        #expect(printed(.group, group) == "2 (dua) orang")
        #expect(Self.field(.group).lines(group) == ["1. Siti, 19050", "2. Rahmat, 19051"])
    }
}
