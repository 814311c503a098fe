import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Signing up with an NIK or a passport, and where either is shown.
@Suite struct IdentityPageTests {
    private static let amirah = [
        "nama": "Aminah binti Said", "surel": "aminah@contoh.id", "identitas": "paspor", "negara": "MYS",
        "paspor": "k 1234567", "telepon": "+60 19 876 5432", "kata_sandi": "kopi gayo pagi hari",
    ]

    private static func signUp(_ changes: [String: String], _ client: Client) async throws -> Client.Reply {
        let csrf = try await client.get("/daftar").csrf
        return try await client.post("/daftar", amirah.merging(changes) { $1 }.merging(["csrf": csrf]) { $1 })
    }

    @Test func aForeignerSignsUp() async throws {
        let portal = try TestPortal()
        // What stands in the other kind's box counts for nothing.
        let reply = try await Self.signUp(["nik": "<b>salah"], portal.client())
        #expect(reply.status == 303)
        let account = try #require(try portal.site.store.credentials(email: "aminah@contoh.id")).account
        #expect(account.identity == .passport(country: "MYS", number: "K1234567"))
        #expect(account.phone == "+60198765432")
        // Whoever activates it sees country and part of the number, and a number that can be dialled.
        let list = try await portal.client(DemoWorld.budi).get("/petugas/akun").text
        #expect(list.contains("******67 (Malaysia)"))
        #expect(list.contains("+60198765432") && !list.contains("++60") && !list.contains("K1234567"))
    }

    @Test func anIndonesianNeedsNoPassport() async throws {
        let portal = try TestPortal()
        for (index, chosen) in ["nik", "", "lain"].enumerated() {
            let fields = [
                "surel": "rina\(index)@contoh.id", "identitas": chosen, "nik": "1271054503990001", "negara": "<b>",
                "paspor": "x", "telepon": "081362001234",
            ]
            #expect(try await Self.signUp(fields, portal.client()).status == 303)
            let account = try #require(try portal.site.store.credentials(email: "rina\(index)@contoh.id")).account
            #expect(account.identity == .nik("1271054503990001"), "\(chosen)")
        }
    }

    /// Each in its box, and all else as it was typed, the other kind's number too.
    @Test(arguments: ["id", "en"]) func whatIsWrongIsToldAndKept(language: String) async throws {
        let portal = try TestPortal()
        let client = language == "en" ? try await LanguageTests.english(portal) : portal.client()
        let texts = try #require(Language(rawValue: language).map { portal.site.renderers[$0].texts })
        for (name, raw) in BadInputTests.inputs where !["Arabic"].contains(name) {
            for (field, problem) in [
                ("paspor", "passportForm"), ("negara", "countryMissing"), ("telepon", "phoneForm"),
            ] {
                // No number of any country.
                let raw = String(raw.prefix(15_000))
                let reply = try await Self.signUp([field: raw, "nik": "127105<i>"], client)
                let page = reply.text
                #expect(reply.status == 422, "\(field), \(name)")
                #expect(page.contains(texts("problem.\(problem)").replacing("'", with: "&#39;")), "\(field), \(name)")
                #expect(page.contains("value=\"paspor\" checked") && page.contains("value=\"127105&lt;i&gt;\""))
                #expect(field == "negara" || page.contains("value=\"MYS\" selected"))
                #expect(!page.contains("<script>alert") && !page.contains("<i>"), "\(field), \(name)")
                #expect(!page.contains("kopi gayo"), "never the password")
            }
            if try await client.get("/daftar").status != 200 { Issue.record("gone after \(name)") }
            portal.pass(seconds: 3600)
        }
        #expect(try portal.site.store.credentials(email: "aminah@contoh.id") == nil)
    }

    /// A number from abroad is not for an Indonesian, who is told so.
    @Test func phonesFollowTheChoice() async throws {
        let portal = try TestPortal()
        let fields = ["identitas": "nik", "nik": "1271054503990001"]
        let reply = try await Self.signUp(fields, portal.client())
        #expect(reply.status == 422 && reply.text.contains("Tulis nomor ponsel Indonesia"))
        #expect(reply.text.contains("value=\"K1234567\"") || reply.text.contains("value=\"k 1234567\""))
        let amirah = try await portal.client(DemoWorld.amirah)
        let csrf = try await amirah.get("/akun/telepon").csrf
        for (typed, kept) in [("0062 812 3456 7890", "6281234567890"), ("+66 81 234 5678", "+66812345678")] {
            let changed = try await amirah.post(
                "/akun/telepon", ["telepon": typed, "kata_sandi": DemoWorld.password, "csrf": csrf])
            #expect(changed.status == 303)
            #expect(try portal.site.store.credentials(email: DemoWorld.amirah.email)?.account.phone == kept)
        }
        let refused = try await amirah.post(
            "/akun/telepon", ["telepon": "66812345678", "kata_sandi": DemoWorld.password, "csrf": csrf])
        #expect(refused.status == 422 && refused.text.contains("value=\"66812345678\""))
    }

    @Test func aSwitchOfLanguageKeepsTheChoice() async throws {
        let portal = try TestPortal()
        let client = portal.client()
        let csrf = try await client.get("/daftar").csrf
        let turned = try await client.post(
            "/daftar", Self.amirah.merging(["csrf": csrf, "isian.bahasa": "en"]) { $1 })
        let page = turned.status == 303 ? try await client.get(turned.location ?? "").text : turned.text
        #expect(page.contains("lang=\"en\"") && page.contains("value=\"paspor\" checked"))
        #expect(page.contains("value=\"MYS\" selected") && page.contains("value=\"k 1234567\""))
        #expect(page.contains(">Germany<") && !page.contains(">Jerman<"))
    }

    @Test func thePassportIsShownInPartAndToItsOfficerWhole() async throws {
        let portal = try TestPortal()
        let own = try await portal.client(DemoWorld.amirah).get("/akun").text
        #expect(own.contains("*******78 (Malaysia)") && !own.contains("A12345678") && own.contains("+60123456789"))
        let viewer = try portal.viewer(DemoWorld.amirah)
        let row = try #require(try portal.site.store.applications(of: viewer, limit: 5).first)
        let review = try await portal.client(DemoWorld.budi).get("/petugas/permohonan/\(row.reference)").text
        #expect(review.contains("A12345678 (Malaysia)") && review.contains("+60123456789"))
        #expect(!review.contains("++60"))
        // Strangers track with the last digits of a number from abroad, and see no number.
        let stranger = portal.client()
        let csrf = try await stranger.get("/lacak").csrf
        let tracked = try await stranger.post(
            "/lacak", ["nomor": row.reference.description, "angka": "6789", "csrf": csrf])
        #expect(tracked.status == 200 && tracked.text.contains(row.reference.description))
        #expect(!tracked.text.contains("A12345678") && !tracked.text.contains("Malaysia"))
    }
}
