import Testing

@testable import Permits

/// NIK or passport: how it is kept, shown and asked for.
@Suite struct IdentityTests {
    static let amirah = Account(
        id: AccountID(2), name: "Amirah binti Yusof", email: "amirah@contoh.id", phone: "+60123456789",
        identity: .passport(country: "MYS", number: "A12345678"), state: .active, role: .citizen, unit: nil,
        registeredAt: Fixture.now)

    @Test(arguments: [
        (Identity.nik("1271045203990001"), "1271045203990001", "1271**********01"),
        (.passport(country: "MYS", number: "A12345678"), "MYSA12345678<<<<", "MYS*******78<<<<"),
        (.passport(country: "KOR", number: "M1234"), "KORM1234<<<<<<<<", "KOR***34<<<<<<<<"),
        (.passport(country: "THA", number: "AA1234567890"), "THAAA1234567890<", "THA**********90<"),
        // Of an account that was deleted.
        (.nik("1271**********01"), "1271**********01", "1271**********01"),
        (.passport(country: "MYS", number: "*******78"), "MYS*******78<<<<", "MYS*******78<<<<"),
    ])
    func sixteenCharactersHoldEither(identity: Identity, stored: String, masked: String) {
        #expect(identity.stored == stored)
        #expect(Identity(stored: stored) == identity)
        #expect(identity.masked.stored == masked)
        #expect(identity.masked.masked == identity.masked)
    }

    @Test func countriesAreListed() {
        let codes = Country.all(in: .indonesian).map(\.code)
        #expect(codes.count == 241 && Set(codes) == Set(Country.all(in: .english).map(\.code)))
        #expect(codes.allSatisfy { $0.count == 3 && $0.allSatisfy { $0.isASCII && $0.isUppercase } })
        for language in Language.allCases {
            let names = Country.all(in: language).map { $0.name(in: language) }
            #expect(Set(names).count == names.count)
            #expect(names.allSatisfy { $0.count > 2 && PrintableText.missing(in: $0) == nil && !$0.contains("|") })
            #expect(names.first == (language == .english ? "Afghanistan" : "Afganistan"))
        }
        #expect(Country(code: "DEU")?.name(in: .indonesian) == "Jerman")
        #expect(Country(code: "DEU")?.name(in: .english) == "Germany")
        #expect(Country(code: "MYS")?.name(in: .english) == "Malaysia")
        let english = Country.all(in: .english).map(\.code)
        #expect(english.firstIndex(of: "ALA") == english.firstIndex(of: "AFG").map { $0 + 1 }, "Å stands with A")
    }

    private static func registered(_ identity: Identity, phone: String = "+60 12-345 6789") throws -> Registration {
        try Registration(
            name: "Amirah binti Yusof", email: "amirah@contoh.id", phone: phone, identity: identity,
            password: "kuda-biru-lompat")
    }

    @Test(arguments: [
        ("A12345678", "A12345678"), ("a 1234-5678", "A12345678"), ("12345", "12345"),
        ("\u{202E}A12345678\u{2069}", "A12345678"),
    ])
    func passportsAreKeptInOneForm(typed: String, kept: String) throws {
        let registration = try Self.registered(.passport(country: " MYS ", number: typed))
        #expect(registration.identity == .passport(country: "MYS", number: kept))
        #expect(registration.phone == "+60123456789")
    }

    @Test(arguments: [
        "", " \t", "A123", "A123456789012", "ABCDEFG", "A1234567<", "<b>A1234</b>", "A12345678' --", "👩‍🔬12345",
        "\u{627}\u{644}12345", "A1234567\u{301}", "１２３４５６", "A12_45678", String(repeating: "1", count: 50_000),
    ])
    func whatIsNoPassport(typed: String) {
        let found = problems { _ = try Self.registered(.passport(country: "MYS", number: typed)) }
        #expect(found == [FieldProblem("paspor", "passportForm")])
    }

    @Test(arguments: [
        "", "IDN", "XXX", "mys", "MY", "Malaysia", "<b>", "MYS|", "\u{202E}", String(repeating: "M", count: 9999),
    ])
    func whatIsNoCountry(typed: String) {
        let found = problems { _ = try Self.registered(.passport(country: typed, number: "A12345678")) }
        #expect(found == [FieldProblem("negara", "countryMissing")])
    }

    @Test func everyProblemIsNamedAtOnce() {
        let found = problems {
            _ = try Registration(
                name: " ", email: "x", phone: "60123456789", identity: .passport(country: "", number: "x"),
                password: "x")
        }
        #expect(found.map(\.field) == ["nama", "surel", "negara", "paspor", "telepon", "kata_sandi"])
    }

    /// Numbers from abroad are for those who come from there.
    @Test(arguments: [
        ("+60 12-345 6789", "+60123456789"), ("0060 12 345 6789", "+60123456789"),
        ("+1 (212) 555.0000", "+12125550000"),
        ("+49 30 901820", "+4930901820"), ("0812 3456 7890", "6281234567890"), ("0062 812 3456 7890", "6281234567890"),
        ("+62 812 3456 7890", "6281234567890"),
    ])
    func phonesOfForeigners(typed: String, kept: String) throws {
        let registration = try Self.registered(.passport(country: "MYS", number: "A12345678"), phone: typed)
        #expect(registration.phone == kept)
        // What was kept is read again when an answer is handed in, and shown as it can be typed.
        #expect(ContactChecks.worldwidePhone(kept) == kept)
        #expect(ContactChecks.worldwidePhone(ContactChecks.domestic(kept)) == kept)
        #expect(ContactChecks.international(kept).hasPrefix("+") && ContactChecks.international(kept).hasSuffix(kept))
        let indonesian = problems { _ = try Self.registered(.nik("1271045203990001"), phone: typed) }
        #expect(
            indonesian.map(\.key) == (kept.hasPrefix("62") && !typed.hasPrefix("00") ? [] : ["problem.phoneDomestic"]))
    }

    @Test(arguments: [
        "", "60123456789", "+601234", "+6012345678901234", "+0123456789", "+62 61 4555666", "+60 12x45 6789",
        "++60123456789",
        "+", "00", "<b>+60123456789", "+٦٠١٢٣٤٥٦٧٨٩", "+60123456789😀",
    ])
    func refusedPhonesOfForeigners(typed: String) {
        let found = problems { _ = try Self.registered(.passport(country: "MYS", number: "A12345678"), phone: typed) }
        #expect(found == [FieldProblem("telepon", "phoneForm")])
    }

    // MARK: In letter types

    @Test(arguments: ["penelitian", "survei", "observasi", "magang", "kkn"])
    func theAccountSaysWhoIsForeign(slug: String) throws {
        let type = try Fixture.shipped(slug)
        let foreign = Application.prefilled(type, from: Self.amirah)
        #expect(foreign["kewarganegaraan"] == Citizenship.foreign && foreign["paspor"] == "A12345678")
        #expect((foreign["nik"] ?? "").isEmpty)
        let own = Application.prefilled(type, from: Fixture.account)
        #expect(own["kewarganegaraan"] == Citizenship.indonesian && own["nik"] == "1271045203990001")
        #expect((own["paspor"] ?? "").isEmpty)
    }

    @Test func citizenshipIsAChoiceOfTwo() throws {
        var type = try Fixture.research()
        let section = try #require(type.sections.firstIndex { $0.fields.contains { $0.key == "kewarganegaraan" } })
        let field = try #require(type.sections[section].fields.firstIndex { $0.key == "kewarganegaraan" })
        #expect(type.sections[section].fields[field].faults.isEmpty)
        type.sections[section].fields[field].options = ["WNI", "WNA"]
        #expect(type.sections[section].fields[field].faults.contains { $0.contains("citizenship is a choice") })
    }
}
