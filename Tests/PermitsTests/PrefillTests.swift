import Testing

@testable import Permits

/// What an account fills in, and when it is about somebody else.
@Suite struct PrefillTests {
    private static func draft(_ answers: [String: String]) throws -> Application {
        var application = try Fixture.application(.draft, answers: answers)
        application.type = try Fixture.shipped("surat-pengantar")
        return application
    }

    private static func chosen(_ who: String, before answers: [String: String]) throws -> [String: String] {
        let before = try draft(answers)
        return before.drafted(with: ["untuk_siapa": who], today: Fixture.now.day).application
            .prefilled(since: before, from: Fixture.account).answers
    }

    private static let oneself = "Diri sendiri"
    private static let another = "Orang lain (saya mewakili)"

    @Test func nobodyIsTakenForAnother() throws {
        let begun = Application.prefilled(try Fixture.shipped("surat-pengantar"), from: Fixture.account)
        #expect(begun["nama"] == nil && begun["nik"] == nil && begun["nama_wakil"] == "Siti Aminah")
        let own = try Self.chosen(Self.oneself, before: begun)
        #expect(own["nama"] == "Siti Aminah" && own["nik"] == "1271045203990001")
        let other = try Self.chosen(Self.another, before: begun)
        #expect((other["nama"] ?? "") == "" && (other["nik"] ?? "") == "")
        // Chosen anew: what the account had filled in goes, what was typed stays.
        #expect(try Self.chosen(Self.another, before: own)["nama"] == "")
        let typed = own.merging(["nama": "Rahmat"]) { $1 }
        #expect(try Self.chosen(Self.another, before: typed)["nama"] == "Rahmat")
        #expect(try Self.chosen(Self.oneself, before: typed)["nama"] == "Rahmat")
    }

    @Test func aLinkThatSaysForWhomDecidesToo() throws {
        let type = try Fixture.shipped("surat-pengantar")
        let own = Application.prefilled(type, from: Fixture.account, given: ["untuk_siapa": Self.oneself])
        #expect(own["nama"] == "Siti Aminah")
        let linked = try Self.draft([:]).answers(
            linking: ["untuk_siapa": Self.oneself], from: Fixture.account, today: Fixture.now.day)
        #expect(linked["nik"] == "1271045203990001")
    }
}
