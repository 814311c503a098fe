import Foundation
import Permits
import Store
import Testing

@testable import Portal

/// The same form sent twice, as a double click sends it where no script holds it back: one effect, and both times the
/// outcome that was wanted.
@Suite struct SecondClickTests {
    struct Form: Sendable {
        let client: Client
        let path: String
        let fields: [String: String]
        /// How often it has happened.
        let count: @Sendable () throws -> Int
    }

    static let fresh = "sepeda tua di teras"

    static let forms: [(String, @Sendable (TestPortal) async throws -> Form)] = [
        ("a new password by mail", newPassword), ("another password", anotherPassword),
        ("another address", anotherAddress), ("confirming it", confirmation), ("an offer", offer),
        ("accepting it", { try await decision($0, to: "") }),
        ("declining it", { try await decision($0, to: "/penolakan") }),
        ("an institution", institution), ("an invitation", invitation), ("joining", joining), ("signing up", signUp),
        ("a message", message), ("a report", report), ("merging", merging),
    ]

    @Test(arguments: forms.indices)
    func oneEffectAndTheSameOutcome(index: Int) async throws {
        let (name, prepare) = Self.forms[index]
        let portal = try TestPortal()
        let form = try await prepare(portal)
        let first = try await form.client.post(form.path, form.fields)
        #expect([200, 303].contains(first.status), "\(name): \(first.status)")
        // With and without the mails of the first having left meanwhile.
        for round in 1...2 {
            let again = try await form.client.post(form.path, form.fields)
            #expect(
                again.status == first.status && again.location == first.location, "\(name), \(round): \(again.status)")
            portal.jobs.runOnce()
            #expect(try form.count() == 1, "\(name), \(round)")
        }
    }

    @Test func somethingElseIsNoSecondClick() async throws {
        let portal = try TestPortal()
        let form = try await Self.newPassword(portal)
        #expect(try await form.client.post(form.path, form.fields).status == 303)
        let other = form.fields.merging(["kata_sandi": "payung merah di pintu"]) { $1 }
        #expect(try await form.client.post(form.path, other).status == 404)
        portal.pass(seconds: 301)
        #expect(try await form.client.post(form.path, form.fields).status == 404)
        // An offer to somebody else while one stands.
        let second = try TestPortal()
        let offer = try await Self.offer(second)
        #expect(try await offer.client.post(offer.path, offer.fields).status == 303)
        let elsewhere = offer.fields.merging(["surel": "orang@contoh.id"]) { $1 }
        let refused = try await offer.client.post(offer.path, elsewhere)
        #expect(refused.status == 409 && !refused.text.contains("Status permohonan"))
    }

    // MARK: Forms

    private static func mails(_ portal: TestPortal, to email: String, with part: String) -> @Sendable () -> Int {
        { portal.mails.to(email).filter { $0.body.contains(part) || $0.subject.contains(part) }.count }
    }

    private static func link(_ portal: TestPortal, _ part: String, to email: String) throws -> String {
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(email).last { $0.body.contains(part) }, "\(part) to \(email)")
        let line = try #require(mail.body.split(whereSeparator: \.isNewline).first { $0.contains(part) })
        return String(line.dropFirst("http://127.0.0.1".count))
    }

    @Sendable private static func newPassword(_ portal: TestPortal) async throws -> Form {
        let client = portal.client()
        let csrf = try await client.get("/lupa-sandi").csrf
        _ = try await client.post("/lupa-sandi", ["surel": DemoWorld.siti.email, "csrf": csrf])
        let path = try link(portal, "/sandi-baru/", to: DemoWorld.siti.email)
        return Form(
            client: client, path: path, fields: ["kata_sandi": fresh, "csrf": csrf],
            count: mails(portal, to: DemoWorld.siti.email, with: "Kata sandi akun Anda diganti"))
    }

    @Sendable private static func anotherPassword(_ portal: TestPortal) async throws -> Form {
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/kata-sandi").csrf
        return Form(
            client: siti, path: "/akun/kata-sandi",
            fields: ["kata_sandi": DemoWorld.password, "kata_sandi_baru": fresh, "csrf": csrf],
            count: mails(portal, to: DemoWorld.siti.email, with: "Kata sandi akun Anda diganti"))
    }

    @Sendable private static func anotherAddress(_ portal: TestPortal) async throws -> Form {
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/surel").csrf
        return Form(
            client: siti, path: "/akun/surel",
            fields: ["surel": "siti.baru@contoh.id", "kata_sandi": DemoWorld.password, "csrf": csrf],
            count: mails(portal, to: "siti.baru@contoh.id", with: "/konfirmasi-surel/"))
    }

    @Sendable private static func confirmation(_ portal: TestPortal) async throws -> Form {
        let request = try await anotherAddress(portal)
        try #require(try await request.client.post(request.path, request.fields).status == 303)
        let path = try link(portal, "/konfirmasi-surel/", to: "siti.baru@contoh.id")
        return Form(
            client: request.client, path: path, fields: ["csrf": request.fields["csrf"] ?? ""],
            count: mails(portal, to: DemoWorld.siti.email, with: "Alamat surel akun Anda diganti"))
    }

    @Sendable private static func offer(_ portal: TestPortal) async throws -> Form {
        try portal.site.store.activate(
            portal.viewer(DemoWorld.joko).account, by: portal.viewer(DemoWorld.dewi), at: portal.site.now())
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(try portal.reference(.submitted))/pengalihan"
        return Form(
            client: siti, path: path,
            fields: ["surel": DemoWorld.joko.email, "csrf": try await siti.get(path).csrf],
            count: mails(portal, to: DemoWorld.joko.email, with: "/pengalihan/"))
    }

    private static func decision(_ portal: TestPortal, to place: String) async throws -> Form {
        let offer = try await offer(portal)
        try #require(try await offer.client.post(offer.path, offer.fields).status == 303)
        let path = try link(portal, "/pengalihan/", to: DemoWorld.joko.email)
        let joko = try await portal.client(DemoWorld.joko)
        let reference = String(offer.path.split(separator: "/")[1])
        let isAccepted = place.isEmpty
        return Form(
            client: joko, path: path + place, fields: ["csrf": try await joko.get(path).csrf],
            count: {
                let owner = isAccepted ? DemoWorld.joko : DemoWorld.siti
                return try portal.site.store.timeline(
                    try #require(Reference(reference)), visibleTo: portal.viewer(owner)
                ).filter { $0.kind == .transferred }.count + (isAccepted ? 0 : 1)
            })
    }

    @Sendable private static func institution(_ portal: TestPortal) async throws -> Form {
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun/lembaga/baru").csrf
        return Form(
            client: siti, path: "/akun/lembaga/baru",
            fields: [
                "nama": "Yayasan Contoh", "jenis": "organisation", "alamat": "Jl. A 1", "pimpinan": "Ibu Ani",
                "csrf": csrf,
            ], count: { try portal.site.store.institutions(of: portal.viewer(DemoWorld.siti)).count })
    }

    @Sendable private static func invitation(_ portal: TestPortal) async throws -> Form {
        try portal.site.store.activate(
            portal.viewer(DemoWorld.joko).account, by: portal.viewer(DemoWorld.dewi), at: portal.site.now())
        let made = try await institution(portal)
        let path = try #require(try await made.client.post(made.path, made.fields).location)
        return Form(
            client: made.client, path: "\(path)/undangan",
            fields: ["surel": DemoWorld.joko.email, "csrf": made.fields["csrf"] ?? ""],
            count: mails(portal, to: DemoWorld.joko.email, with: "/undangan/"))
    }

    @Sendable private static func joining(_ portal: TestPortal) async throws -> Form {
        let invitation = try await invitation(portal)
        try #require(try await invitation.client.post(invitation.path, invitation.fields).status == 303)
        let path = try link(portal, "/undangan/", to: DemoWorld.joko.email)
        let joko = try await portal.client(DemoWorld.joko)
        return Form(
            client: joko, path: path, fields: ["csrf": try await joko.get(path).csrf],
            count: { try portal.site.store.institutions(of: portal.viewer(DemoWorld.joko)).count })
    }

    @Sendable private static func message(_ portal: TestPortal) async throws -> Form {
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.submitted)
        let path = "/permohonan/\(reference)/pesan"
        let upload = try await siti.post(
            "\(path)/unggahan/lampiran-1", ["csrf": siti.get(path).csrf],
            files: [("lampiran-1", "jadwal.pdf", JourneyTests.pdf)])
        try #require(upload.status == 200)
        return Form(
            client: siti, path: path, fields: ConversationTests.fields(try await siti.get(path), "Awal Desember."),
            count: { try ConversationTests.messages(portal, reference).count })
    }

    @Sendable private static func report(_ portal: TestPortal) async throws -> Form {
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.issued)
        let path = "/permohonan/\(reference)/laporan/unggahan"
        let upload = try await siti.post(
            "\(path)/laporan", ["csrf": siti.get(path).csrf], files: [("laporan", "hasil.pdf", JourneyTests.pdf)])
        let mark = try #require(upload.value(of: "berkas"))
        return Form(
            client: siti, path: path, fields: ["csrf": upload.csrf, "berkas": mark],
            count: {
                try portal.site.store.timeline(
                    try #require(Reference(reference)), visibleTo: portal.viewer(DemoWorld.siti)
                ).filter { $0.kind == .reportGiven }.count
            })
    }

    @Sendable private static func merging(_ portal: TestPortal) async throws -> Form {
        try MergePageTests.second(portal)
        let siti = try await portal.client(DemoWorld.siti)
        let path = try #require(try await MergePageTests.name(siti).location)
        return Form(
            client: siti, path: path, fields: ["csrf": try await siti.get(path).csrf, "setuju": "1"],
            count: {
                portal.jobs.runOnce()
                return portal.mails.to(MergePageTests.campus).filter { $0.subject.contains("sudah digabung") }.count
            })
    }

    @Sendable private static func signUp(_ portal: TestPortal) async throws -> Form {
        let client = portal.client()
        let csrf = try await client.get("/daftar").csrf
        return Form(
            client: client, path: "/daftar",
            fields: [
                "nama": "Rina Harahap", "surel": "rina@contoh.id", "telepon": "0813 6200 1234",
                "nik": "1271054503990003", "kata_sandi": fresh, "csrf": csrf,
            ], count: { portal.mails.to("rina@contoh.id").count })
    }
}
