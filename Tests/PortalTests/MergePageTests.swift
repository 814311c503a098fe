import Foundation
import Permits
import Store
import Testing

@testable import Portal

/// Merging another account into one's own, as people do it.
@Suite struct MergePageTests {
    static let path = "/akun/penggabungan"
    static let otherPassword = "sepeda tua di teras"
    static let campus = "siti@kampus.ac.id"

    /// Siti's second account, by default of her number and active.
    @discardableResult
    static func second(
        _ portal: TestPortal, email: String = campus, nik: String? = nil, isActive: Bool = true
    ) throws -> Permits.Account {
        let siti = try #require(try portal.site.store.credentials(email: DemoWorld.siti.email)).account
        let number = try #require(nik ?? siti.nik)
        let registration = try Registration(
            name: "Siti Aminah", email: email, phone: "081398765432", identity: .nik(number), password: otherPassword)
        let hash = try portal.site.hasher.hash(otherPassword, salt: portal.site.random(16))
        let id = try portal.site.store.register(registration, passwordHash: hash, at: portal.site.now()).id
        if isActive {
            try portal.site.store.activate(id, by: portal.viewer(DemoWorld.dewi), at: portal.site.now())
        }
        return try portal.site.store.account(id)
    }

    static func named(_ email: String = campus, _ password: String = otherPassword, own: String = DemoWorld.password)
        -> [String: String]
    {
        ["surel": email, "kata_sandi_lain": password, "kata_sandi": own]
    }

    /// Names the other account.
    static func name(_ client: Client, _ fields: [String: String] = MergePageTests.named()) async throws -> Client.Reply
    {
        let csrf = try await client.get("/akun").csrf
        return try await client.post(path, fields.merging(["csrf": csrf]) { $1 })
    }

    @Test func twoAccountsBecomeOne() async throws {
        let portal = try TestPortal()
        let other = try Self.second(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let there = portal.client()
        let logIn = [
            "surel": Self.campus, "kata_sandi": Self.otherPassword, "csrf": try await there.get("/masuk").csrf,
        ]
        #expect(try await there.post("/masuk", logIn).status == 303)
        let begun = try await there.post(
            "/permohonan", ["slug": "penelitian", "csrf": try await there.get("/akun").csrf])
        let draft = try #require(begun.location?.split(separator: "/").dropFirst().first.map(String.init))
        #expect(try await siti.get("/akun").text.contains("href=\"\(Self.path)\""))
        #expect(try await siti.get(Self.path).status == 200)
        let named = try await Self.name(siti)
        let check = try #require(named.location)
        #expect(named.status == 303 && check.hasPrefix("\(Self.path)/"))
        let page = try await siti.get(check)
        #expect(page.status == 200)
        for part in [
            DemoWorld.siti.email, Self.campus, "0812 3456 7800", "ponsel akun ini: 7800", "tidak dapat dibatalkan",
            "<dt>Draf</dt><dd>1</dd>", "<dt>Permohonan</dt><dd>0</dd>",
        ] { #expect(page.text.contains(part), "\(part)") }
        // Nothing has happened, and nothing secret stands in the form.
        #expect(
            page.text.matches(of: /type="hidden" name="([^"]+)"/).allSatisfy { $0.1 == "csrf" || $0.1 == "kembali" })
        #expect(!page.text.contains(Self.otherPassword) && !page.text.contains("scrypt"))
        #expect(try portal.site.store.account(other.id).state == .active)
        let untold = try await siti.post(check, ["csrf": page.csrf])
        #expect(untold.status == 422 && untold.text.contains("Centang dahulu"))
        let done = try await siti.post(check, ["csrf": page.csrf, "setuju": "1"])
        #expect(done.status == 303 && done.location == "/permohonan")
        #expect(try await siti.get("/permohonan").text.contains("Kedua akun sudah digabung"))
        #expect(try await siti.get("/permohonan/\(draft)").status == 200)
        // The other place is logged out, and its address is nobody's.
        let lost = try await there.get("/permohonan/\(draft)")
        #expect(lost.status == 303 && lost.location?.hasPrefix("/masuk?next=") == true)
        let stranger = portal.client()
        var answers: [String] = []
        for email in [Self.campus, "siapa@nowhere.id"] {
            let reply = try await stranger.post(
                "/masuk",
                ["surel": email, "kata_sandi": Self.otherPassword, "csrf": try await stranger.get("/masuk").csrf])
            answers.append("\(reply.status) \(reply.text.contains("Surel atau kata sandi tidak cocok"))")
        }
        #expect(answers == ["422 true", "422 true"])
        portal.jobs.runOnce()
        let gone = try #require(portal.mails.to(Self.campus).last)
        #expect(gone.subject.contains("sudah digabung") && gone.body.contains("s***@contoh.id"))
        #expect(!gone.body.contains(DemoWorld.siti.email) && gone.body.contains("/bantuan#kontak"))
        let kept = try #require(portal.mails.to(DemoWorld.siti.email).last { $0.body.contains("s***@kampus.ac.id") })
        #expect(!kept.body.contains(Self.campus) && kept.body.contains("/lupa-sandi"))
        #expect(try portal.application(draft, as: DemoWorld.siti).state == .draft)
    }

    @Test func whatWasBeingTypedIsGivenBack() async throws {
        let portal = try TestPortal()
        try Self.second(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let there = portal.client()
        let logIn = [
            "surel": Self.campus, "kata_sandi": Self.otherPassword, "csrf": try await there.get("/masuk").csrf,
        ]
        #expect(try await there.post("/masuk", logIn).status == 303)
        let begun = try await there.post(
            "/permohonan", ["slug": "penelitian", "csrf": try await there.get("/akun").csrf])
        let section = try #require(begun.location).replacingOccurrences(of: "/pemohon", with: "/penelitian")
        let csrf = try await there.get(section).csrf
        let check = try #require(try await Self.name(siti).location)
        #expect(try await siti.post(check, ["csrf": siti.get(check).csrf, "setuju": "1"]).status == 303)
        let held = try await there.post(
            section, ["csrf": csrf, "judul": "Judul yang baru saja diketik", "then": "stay"])
        #expect(held.status == 403 && held.text.contains("name=\"held.judul\""))
        let resumed = try await there.post(
            "/masuk",
            [
                "surel": DemoWorld.siti.email, "kata_sandi": DemoWorld.password, "csrf": held.csrf,
                "held_action": section, "held.judul": "Judul yang baru saja diketik", "held.then": "stay",
            ])
        #expect(resumed.status == 303 && resumed.location == section)
        #expect(try await siti.get(section).text.contains("Judul yang baru saja diketik"))
    }

    // MARK: Refusals

    /// Whether there is such an account, whose it is and what became of it: the answer is the same.
    @Test func nobodyLearnsOfOtherAccounts() async throws {
        let portal = try TestPortal()
        try Self.second(portal)
        let rejected = try Self.second(portal, email: "ditolak@contoh.id", isActive: false)
        try portal.site.store.reject(
            rejected.id, because: "Nama", by: portal.viewer(DemoWorld.dewi), at: portal.site.now())
        let deleted = try Self.second(portal, email: "dihapus@contoh.id")
        try portal.site.store.requestDeletion(of: Permits.Viewer(deleted), at: portal.site.now().adding(hours: -24 * 8))
        #expect(try portal.site.store.deleteDueAccounts(at: portal.site.now()) == 1)
        let siti = try await portal.client(DemoWorld.siti)
        var answers: Set<String> = []
        for (email, password) in [
            (Self.campus, "salah sekali ini"), ("siapa@nowhere.id", Self.otherPassword),
            (rejected.email, Self.otherPassword), (deleted.email, Self.otherPassword),
            (DemoWorld.budi.email, DemoWorld.password), (DemoWorld.dewi.email, DemoWorld.password), (Self.campus, ""),
            (Self.campus, String(repeating: "x", count: 2000)),
        ] {
            let reply = try await Self.name(siti, Self.named(email, password))
            // What differs from one answer to the next whatever was asked.
            let text = reply.text.replacing(email, with: "x").replacing(/name="csrf" value="[^"]+"/, with: "")
                .replacing(/<code>[^<]*</, with: "")
            answers.insert("\(reply.status) \(text)")
        }
        #expect(answers.count == 1, "\(answers.count) different answers")
        #expect(answers.first?.contains("tidak dapat digabung") == true)
        #expect(try portal.site.store.account(rejected.id).state == .suspended)
    }

    /// The tries are those of logging in, and nothing is asked about another account without one's own password.
    @Test func itIsNoSecondPlaceToGuess() async throws {
        let portal = try TestPortal()
        try Self.second(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let wrongOwn = try await Self.name(siti, Self.named(own: "bukan sandi saya"))
        #expect(wrongOwn.status == 422 && wrongOwn.text.contains("Kata sandi tidak cocok. Ketik sekali lagi."))
        #expect(!wrongOwn.text.contains("tidak dapat digabung") && wrongOwn.text.contains("value=\"\(Self.campus)\""))
        for _ in 1...8 { #expect(try await Self.name(siti, Self.named(Self.campus, "salah")).status == 422) }
        let last = try await Self.name(siti)
        #expect(last.status == 429 && last.headers["retry-after"] != nil)
        let there = portal.client()
        let logIn = [
            "surel": Self.campus, "kata_sandi": Self.otherPassword, "csrf": try await there.get("/masuk").csrf,
        ]
        #expect(try await there.post("/masuk", logIn).status == 429, "the tries are used up there as well")
        portal.pass(seconds: 61)
        #expect(try await Self.name(siti).status == 303)
    }

    @Test func refusalsSayWhatElseCanBeDone() async throws {
        let portal = try TestPortal()
        let store = portal.site.store
        try Self.second(portal, email: "lain@contoh.id", nik: "1271041203990009")
        let leaving = try Self.second(portal, email: "pergi@contoh.id")
        try store.requestDeletion(of: Permits.Viewer(leaving), at: portal.site.now())
        let siti = try await portal.client(DemoWorld.siti)
        for (email, status, parts) in [
            (
                "lain@contoh.id", 409,
                ["NIK atau nomor paspor kedua akun berbeda", "alihkan permohonan", "/permohonan\"", "/bantuan#kontak"]
            ),
            ("pergi@contoh.id", 409, ["sedang menunggu dihapus. Masuk ke akun itu"]),
            ("SITI@contoh.id", 422, ["Ini alamat akun yang sedang Anda pakai"]),
            ("siti@", 422, ["value=\"siti@\""]), ("", 422, ["id=\"f-surel"]),
        ] {
            let reply = try await Self.name(siti, Self.named(email))
            #expect(reply.status == status, "\(email): \(reply.status)")
            for part in parts { #expect(reply.text.contains(part), "\(email): \(part)") }
            #expect(!reply.text.contains(Self.otherPassword))
        }
        try store.requestDeletion(of: portal.viewer(DemoWorld.siti), at: portal.site.now())
        #expect(try await siti.get(Self.path).text.contains("Batalkan dahulu penghapusannya"))
        #expect(try await Self.name(siti).status == 409)
        // Joko has not activated his account yet.
        let joko = try await portal.client(DemoWorld.joko)
        #expect(try await joko.get(Self.path).text.contains("Akun ini belum aktif"))
        #expect(try await Self.name(joko).status == 409)
    }

    @Test func aPendingOneMayBeGivenUp() async throws {
        let portal = try TestPortal()
        let other = try Self.second(portal, isActive: false)
        let siti = try await portal.client(DemoWorld.siti)
        let check = try #require(try await Self.name(siti).location)
        #expect(try await siti.post(check, ["csrf": siti.get(check).csrf, "setuju": "1"]).status == 303)
        #expect(try portal.site.store.account(other.id).state == .suspended)
    }

    @Test func thePageIsForItsSessionAndTenMinutes() async throws {
        let portal = try TestPortal()
        let other = try Self.second(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let elsewhere = try await portal.client(DemoWorld.siti)
        let joko = try await portal.client(DemoWorld.joko)
        let check = try #require(try await Self.name(siti).location)
        for client in [elsewhere, joko] {
            let page = try await client.get(check)
            #expect(page.status == 404 && page.text.contains("tidak berlaku lagi"))
            #expect(!page.text.contains(Self.campus))
            #expect(try await client.post(check, ["csrf": page.csrf, "setuju": "1"]).status == 404)
        }
        let csrf = try await siti.get("/akun").csrf
        #expect(try await siti.post(check, ["setuju": "1"]).status == 403, "no form token")
        portal.pass(seconds: AccountMerge.proofSeconds)
        #expect(try await siti.get(check).status == 404)
        #expect(try await siti.post(check, ["csrf": csrf, "setuju": "1"]).status == 404)
        #expect(try portal.site.store.account(other.id).state == .active)
    }

    @Test func theOtherLanguageKeepsWhatWasTyped() async throws {
        let portal = try TestPortal()
        try Self.second(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let turned = try await siti.post(
            Self.path, Self.named().merging(["csrf": csrf, "isian.bahasa": "en"]) { $1 })
        #expect(turned.status == 200 && turned.text.contains("Merge another account"))
        #expect(turned.text.contains("value=\"\(Self.campus)\"") && !turned.text.contains(Self.otherPassword))
        let check = try #require(try await Self.name(siti).location)
        let page = try await siti.post(check, ["csrf": csrf, "setuju": "1", "isian.bahasa": "id"])
        #expect(page.status == 200 && page.text.contains("checked"))
    }
}
