@testable import Permits
import Testing

@Suite struct ContactTests {
    @Test(arguments: [
        ("0812-3456-7890", "6281234567890"), ("+62 812 3456 7890", "6281234567890"), ("62812345678", "62812345678"),
        ("(0813) 11.22.33.44", "6281311223344"), ("81234567890", "6281234567890"), ("+62 0812 345678", "62812345678"),
    ])
    func phones(typed: String, stored: String) { #expect(ContactChecks.phone(typed) == stored) }

    @Test(arguments: [
        "061-4555666", "0802345678", "08123", "8123", "802345678", "0812345678901234", "+1 212 5550000", "abc", "",
    ])
    func refusedPhones(typed: String) { #expect(ContactChecks.phone(typed) == nil) }

    @Test(arguments: [("Siti@Contoh.ID", "Siti@contoh.id"), ("a.b+c@sub.kampus.ac.id", "a.b+c@sub.kampus.ac.id")])
    func emails(typed: String, stored: String) { #expect(ContactChecks.email(typed) == stored) }

    @Test(arguments: [
        "dihapus-7@dihapus.invalid",
        "siti", "siti@", "@contoh.id", "siti@contoh", "si ti@contoh.id", "a@b@c.id", "a@.id", "a..b@c.id", "a@-c.id",
        "<a@c.id>", "sit\u{ED}@contoh.id",
    ])
    func refusedEmails(typed: String) { #expect(ContactChecks.email(typed) == nil) }

    @Test(arguments: ["1271045203990001", "1271 0412 0399 0001", "3175010101000002"])
    func niks(typed: String) { #expect(NIK(typed) != nil) }

    @Test(arguments: [
        "127104520399000", "12710452039900012", "1271045203990000", "1271043213990001",
        "1271040013990001",
        "1271043002990001", "127104120399000a",
    ])
    func refusedNIKs(typed: String) { #expect(NIK(typed) == nil) }

    /// Never refused: whoever was given such a number has no other.
    @Test func anUnknownProvinceIsNoted() {
        #expect(NIK("1071041203990001")?.hasKnownProvince == false)
        #expect(NIK("9971041203990001")?.province == "99")
        #expect(NIK("1271041203990001")?.hasKnownProvince == true)
        var field = FieldDefinition(key: "petugas", kind: .group, label: "Petugas", isRequired: true)
        field.columns = [FieldDefinition(key: "nik", kind: .nik, label: "NIK", isRequired: true)]
        let rows = #"[{"nik":"1271041203990001"},{"nik":"9971041203990001"},{"nik":"x"}]"#
        #expect(field.strangeNIKs(in: rows).map(\.row) == [2])
    }

    @Test func numbersAreShownAsPeopleWriteThem() {
        #expect(ContactChecks.domestic("628123456789") == "0812 3456 789")
        for other in ["62", "62812x", "0812", ""] { #expect(ContactChecks.domestic(other) == other) }
    }

    @Test func nikIsMasked() { #expect(NIK("1271045203990001")?.masked == "1271**********01") }
}

@Suite struct RegistrationTests {
    @Test func goodFormIsKeptInStoredForm() throws {
        let registration = try Registration(
            name: "  Siti   Aminah ", email: "siti@Contoh.id", phone: "0812 3456 7890",
            identity: .nik("1271045203990001"),
            password: "kuda-biru-lompat")
        #expect(registration.name == "Siti Aminah")
        #expect(registration.email == "siti@contoh.id")
        #expect(registration.phone == "6281234567890")
    }

    @Test func allProblemsAreNamedAtOnce() {
        let problems = problems {
            _ = try Registration(name: " ", email: "x", phone: "1", identity: .nik("2"), password: "pendek")
        }
        #expect(problems.map(\.field) == ["nama", "surel", "nik", "telepon", "kata_sandi"])
    }

    @Test(arguments: ["Menang! https://evil.example", "a@b.id", "Budi 2", "<b>Siti</b>", "😀"])
    func whatIsNoName(name: String) {
        let found = problems {
            _ = try Registration(
                name: name, email: "a@b.id", phone: "081234567890", identity: .nik("1271045203990001"),
                password: "kuda-biru-lompat")
        }
        #expect(found.map(\.key) == ["problem.nameForm"])
    }

    @Test(arguments: [
        "1234567890", "qwertyuiop", "password123", "Rahasia2026", "sayangku12", "aaaaaaaaaa", "ababababab",
        "0987654321", "abcdefghij",
        "sitiaminah1", "P@ssword123!", "Bismillah123",
    ])
    func commonPasswords(password: String) {
        #expect(!Password.problems(password, name: "Siti Aminah", email: "sitiaminah@contoh.id").isEmpty)
    }

    @Test(arguments: ["kuda-biru-lompat", "hujan di bulan juni", "T7#kelapa-muda", "naik becak ke pajak"])
    func goodPasswords(password: String) {
        #expect(Password.problems(password, name: "Siti Aminah", email: "siti@contoh.id").isEmpty)
    }
}

@Suite struct TextTests {
    @Test(arguments: [
        ("  a \t b ", false, "a b"), ("a\r\nb\rc", true, "a\nb\nc"), ("a\nb", false, "a b"),
        ("a\u{202E}b\u{200B}c\u{0}", false, "abc"),
        ("👩‍🔬 Riset", false, "👩‍🔬 Riset"), ("e\u{301}", false, "e\u{301}"), ("\n\n a \n\n", true, "a"),
    ])
    func cleaning(raw: String, lines: Bool, cleaned: String) {
        #expect(TypedText.cleaned(raw, keepingLines: lines) == cleaned)
    }

    @Test func names() {
        #expect(TypedText.maskedName("Siti Aminah") == "S*** A*****")
        #expect(TypedText.maskedName("Suharto") == "S******")
        #expect(TypedText.maskedEmail("siti@contoh.id") == "s***@contoh.id")
    }
}
