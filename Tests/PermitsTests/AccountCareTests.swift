import Testing

@testable import Permits

@Suite struct DeviceTests {
    @Test(arguments: [
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
            "Chrome", "Android"
        ),
        (
            "Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A146P) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
            "Samsung Internet", "Android"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari", "iPhone"
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0.6723.37 Mobile/15E148 Safari/604.1",
            "Chrome", "iPhone"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "Edge", "Windows"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36 OPR/114.0.0.0",
            "Opera", "Windows"
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox", "Linux"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
            "Safari", "Mac"
        ),
    ])
    func browsersAreRecognised(agent: String, browser: String, system: String) {
        let device = Device(userAgent: agent)
        #expect(device.browser == browser)
        #expect(device.system == system)
    }

    @Test(arguments: ["", "curl/8.5.0", "<script>"])
    func othersAreUnknown(agent: String) {
        #expect(Device(userAgent: agent).browser == nil)
        #expect(Device(userAgent: agent).system == nil)
    }
}

@Suite struct MaskingTests {
    private static func type() throws -> LetterType {
        var type = try Fixture.research()
        var roster = FieldDefinition(key: "daftar", kind: .group, label: "Daftar", isRequired: false)
        roster.columns = [
            FieldDefinition(key: "nama", kind: .text, label: "Nama", isRequired: true),
            FieldDefinition(key: "nik", kind: .nik, label: "NIK", isRequired: true),
            FieldDefinition(key: "hp", kind: .phone, label: "Ponsel", isRequired: false),
            FieldDefinition(key: "surel", kind: .email, label: "Surel", isRequired: false),
        ]
        type.sections[0].fields.append(roster)
        return type
    }

    /// Rows as they are kept, one with the line that it was pasted as, and a paste that was never checked.
    @Test(arguments: [
        ##"[{"nama":"Rina","nik":"1271045203990001","hp":"628123","surel":"r@contoh.id","#":"4","*":"Rina;1271045203990001"}]"##,
        "Rina\t1271045203990001\t628123\tr@contoh.id",
    ])
    func rostersAreMaskedCellByCell(stored: String) throws {
        let kept = DeletedAccount.answers(["daftar": stored, "judul": "Sarapan"], of: try Self.type())
        let row = try #require(GroupRows(stored: kept["daftar"] ?? "")?.rows.first)
        #expect(row.cells == ["nama": "Rina", "nik": "1271**********01", "hp": "", "surel": ""])
        #expect(row.source == nil && kept["judul"] == "Sarapan")
    }
}

@Suite struct TrackingRuleTests {
    @Test(arguments: [("7890", "7890"), (" 78 90", "7890"), ("78-90", "7890")])
    func digits(typed: String, kept: String) { #expect(TrackedApplication.digits(typed) == kept) }

    @Test(arguments: ["", "789", "78901", "78a0", "٧٨٩٠", "+789"])
    func noDigits(typed: String) { #expect(TrackedApplication.digits(typed) == nil) }

    /// Whatever kinds of events there will be, only these are for everybody.
    @Test func innerWorkIsNotPublic() {
        let shown = EventKind.allCases.filter { TrackedApplication.isPublic($0) }
        #expect(
            Set(shown) == [
                .submitted, .claimed, .returned, .resubmitted, .recommended, .refused, .signed, .withdrawn,
            ])
    }
}

@Suite struct TransferRuleTests {
    private static func account(_ id: Int64, email: String, role: Role = .citizen, state: AccountState = .active)
        -> Account
    {
        Account(
            id: AccountID(id), name: "A", email: email, phone: "", identity: nil, state: state, role: role, unit: nil,
            registeredAt: Moment(seconds: 0))
    }

    @Test(arguments: [
        ("joko@contoh.id", Role.citizen, true), ("JOKO@contoh.id", .citizen, true), ("siti@contoh.id", .citizen, false),
        ("joko@contoh.id", .verifier, false), ("joko@contoh.id", .admin, false),
    ])
    func onlyTheAddressedCitizenMayTakeIt(email: String, role: Role, may: Bool) throws {
        let reference = try #require(Reference("R7KQ-2M9X"))
        let offer = TransferOffer(
            id: 1, reference: reference, typeName: "Riset", email: "Joko@contoh.id", offeredAt: Moment(seconds: 0),
            expiresAt: Moment(seconds: 9))
        #expect(offer.isFor(Self.account(2, email: email, role: role)) == may)
    }
}
