import Foundation
import HTTPTypes
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// A form that came after its session had ended: drafts are saved, and nothing else happens by the log-in's button.
@Suite struct InterruptedTests {
    /// Logs in again with what the log-in page holds.
    static func again(
        _ held: Client.Reply, _ client: Client, as person: DemoWorld.Person = DemoWorld.siti
    ) async throws -> Client.Reply {
        var fields = ["surel": person.email, "kata_sandi": DemoWorld.password]
        for match in held.text.matches(of: /<input type="hidden" name="([^"]+)" value="([^"]*)">/) {
            fields[String(match.output.1)] = String(match.output.2)
        }
        return try await client.post("/masuk", fields)
    }

    static func ended(_ portal: TestPortal) { portal.pass(seconds: Store.sessionIdleSeconds + 1) }

    @Test func aWithdrawalIsAskedAgain() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.submitted)
        let path = "/permohonan/\(reference)/penarikan"
        let csrf = try await siti.get("/akun").csrf
        Self.ended(portal)
        let held = try await siti.post(path, ["csrf": csrf, "alasan": "Lokasi berubah"])
        #expect(held.status == 403 && held.text.contains("Permohonan BELUM dibatalkan."))
        let page = try await Self.again(held, siti)
        #expect(page.status == 200 && page.text.contains("Lokasi berubah</textarea>"))
        #expect(page.text.contains("Permohonan BELUM dibatalkan.") && page.text.contains("action=\"\(path)\""))
        #expect(try portal.application(reference, as: DemoWorld.siti).state == .submitted)
        #expect(try await siti.post(path, ["csrf": page.csrf, "alasan": "Lokasi berubah"]).status == 303)
        #expect(try portal.application(reference, as: DemoWorld.siti).state == .withdrawn)
    }

    @Test func aMessageIsNotSentWithoutItsFile() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.submitted)
        let csrf = try await siti.get("/akun").csrf
        Self.ended(portal)
        let held = try await siti.post(
            "/permohonan/\(reference)/pesan", ["csrf": csrf, "pesan": "Ini jadwalnya"],
            files: [("lampiran", "jadwal.pdf", JourneyTests.pdf)])
        let entered = try await Self.again(held, siti)
        #expect(entered.status == 303 && entered.location == "/permohonan/\(reference)/pesan")
        let page = try await siti.get("/permohonan/\(reference)/pesan")
        #expect(page.status == 200 && page.text.contains("Ini jadwalnya</textarea>"))
        #expect(page.text.contains("Pesan BELUM terkirim.") && page.text.contains("perlu dipilih lagi"))
        let talk = try portal.site.store.conversation(
            try #require(Reference(reference)), visibleTo: portal.viewer(DemoWorld.siti), at: portal.site.now())
        #expect(talk.messages.isEmpty)
    }

    @Test func anApplicationIsNotSentAndItsSenderIsTold() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await JourneyTests.filledDraft(portal, siti)
        let path = "/permohonan/\(reference)"
        let csrf = try await siti.get("\(path)/periksa").csrf
        Self.ended(portal)
        let held = try await siti.post("\(path)/pengajuan", ["csrf": csrf, "pernyataan": "1"])
        #expect(held.status == 403 && held.text.contains("Permohonan BELUM terkirim."))
        // Once wrong: it is still said.
        let wrong = try await siti.post(
            "/masuk",
            [
                "surel": DemoWorld.siti.email, "kata_sandi": "bukan sandi saya", "csrf": held.csrf,
                "held_action": "\(path)/pengajuan", "held.pernyataan": "1",
            ])
        #expect(wrong.status == 422 && wrong.text.contains("Permohonan BELUM terkirim."))
        let page = try await Self.again(wrong, siti)
        #expect(page.status == 200 && page.text.contains("Periksa isian"))
        #expect(page.text.contains("Permohonan BELUM terkirim.") && page.text.contains("action=\"\(path)/pengajuan\""))
        #expect(try portal.application(reference, as: DemoWorld.siti).state == .draft)
    }

    @Test func aCorrectionIsSavedAndNotSent() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.needsCorrection)
        let path = "/permohonan/\(reference)/perbaikan"
        let csrf = try await siti.get(path).csrf
        let key = try #require(
            portal.application(reference, as: DemoWorld.siti).keysToMend.first)
        Self.ended(portal)
        let name = Correction.explanationField(key)
        let held = try await siti.post(path, ["csrf": csrf, name: "Berkas ini sudah yang terbaru."], files: [])
        #expect(held.text.contains("Perbaikan BELUM terkirim."))
        let reply = try await Self.again(held, siti)
        #expect(reply.status == 303 && reply.location == path)
        let page = try await siti.get(path)
        #expect(page.text.contains("Isian tadi tersimpan, tetapi perbaikan BELUM terkirim."))
        #expect(page.text.contains("Berkas ini sudah yang terbaru.</textarea>"))
        #expect(try portal.application(reference, as: DemoWorld.siti).state == .needsCorrection)
    }

    /// What was pressed to take something away is not done by another button.
    @Test func aDraftIsSavedWithoutRemovingAnything() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let section = try #require(begun.location).replacingOccurrences(of: "pemohon", with: "penelitian")
        Self.ended(portal)
        let held = try await siti.post(section, ["csrf": csrf, "lokasi": "Kantor Camat", "remove": "1-x"])
        let reply = try await Self.again(held, siti)
        #expect(reply.location == section)
        let page = try await siti.get(section)
        #expect(page.text.contains("penghapusan BELUM dilakukan") && page.text.contains("Kantor Camat"))
    }

    /// Buttons without typing: back to where they stand, with what they did not do.
    @Test(arguments: [
        ("/akun/penghapusan", "/akun/penghapusan", "Penghapusan akun BELUM diminta."),
        ("/akun/perangkat", "/akun/perangkat", "Yang Anda pilih tadi BELUM dilakukan."),
        ("/undangan/tidak-ada", "/undangan/tidak-ada", "Undangan BELUM diterima."),
        ("/pengalihan/tidak-ada", "/pengalihan/tidak-ada", "Permohonan itu BELUM menjadi milik Anda."),
    ])
    func aButtonIsPressedAgain(path: String, page: String, sentence: String) async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        Self.ended(portal)
        let held = try await siti.post(path, ["csrf": csrf])
        #expect(held.status == 403 && held.text.contains(sentence))
        let reply = try await Self.again(held, siti)
        #expect(reply.status == 303 && reply.location == page)
        #expect(try await siti.get(page).text.contains(sentence))
    }

    /// Beginning a draft takes nothing from anybody: the log-in leads straight on.
    @Test func aNewApplicationBegins() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        Self.ended(portal)
        let held = try await siti.post("/permohonan", ["csrf": csrf, "slug": "penelitian"])
        let reply = try await Self.again(held, siti)
        #expect(reply.status == 303 && reply.location?.hasSuffix("/isian/pemohon") == true)
    }

    /// What an officer had filled in stands there again, and nothing of it is done.
    @Test(arguments: [
        ("/keputusan", "Keputusan BELUM tersimpan."), ("/penilaian", "Isian tadi BELUM tersimpan."),
        ("/pesan", "Pesan BELUM terkirim."),
    ])
    func anOfficersFormIsFilledInAgain(form: String, sentence: String) async throws {
        let portal = try TestPortal()
        let budi = try await portal.client(DemoWorld.budi)
        let reference = try portal.reference(.submitted)
        let path = "/petugas/permohonan/\(reference)"
        let page = try await budi.get(path)
        let typed = [
            "csrf": page.csrf, "revision": page.value(of: "revision") ?? "", "keputusan": "refuse",
            "alasan": "Alasan yang panjang", "pesan": "Pertanyaan yang panjang", "reason.judul": "Judul kurang jelas",
        ]
        Self.ended(portal)
        let shown = try await Self.again(budi.post(path + form, typed), budi, as: DemoWorld.budi)
        #expect(shown.status == 200 && shown.text.contains(sentence))
        let words = form == "/pesan" ? ["Pertanyaan yang panjang"] : ["Alasan yang panjang", "Judul kurang jelas"]
        for words in words { #expect(shown.text.contains(words), "\(words)") }
        #expect(try portal.application(reference, as: DemoWorld.siti).state == .submitted)
    }

    @Test func aSignatorysReasonIsFilledInAgain() async throws {
        let portal = try TestPortal()
        let ratna = try await portal.client(DemoWorld.ratna)
        let path = "/petugas/permohonan/\(try portal.reference(.awaitingSignature))"
        let csrf = try await ratna.get("\(path)/tanda-tangan").csrf
        Self.ended(portal)
        let held = try await ratna.post("\(path)/pengembalian", ["csrf": csrf, "alasan": "Tanggalnya keliru"])
        let shown = try await Self.again(held, ratna, as: DemoWorld.ratna)
        #expect(shown.status == 200 && shown.text.contains("Tanggalnya keliru</textarea>"))
        #expect(shown.text.contains("Isian tadi BELUM tersimpan."))
    }

    /// The session goes on, but the page is of another one: the form's own page, and for a draft one button that saves.
    @Test func anOutdatedFormIsShownOnItsOwnPage() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try portal.reference(.submitted)
        let page = try await siti.post("/permohonan/\(reference)/penarikan", ["csrf": "x", "alasan": "Lokasi berubah"])
        #expect(page.status == 403 && page.text.contains("Lokasi berubah</textarea>"))
        #expect(page.text.contains("Permohonan BELUM dibatalkan."))
        let returned = "/permohonan/\(try portal.reference(.needsCorrection))/perbaikan"
        let offered = try await siti.post(returned, ["csrf": "x", "judul": "Judul baru yang panjang"], files: [])
        #expect(offered.status == 403 && offered.text.contains("tidak ada yang terkirim ke kantor"))
        var fields = ["csrf": offered.csrf, "judul": "Judul baru yang panjang"]
        fields["isian.simpan"] = offered.value(of: "isian.simpan")
        #expect(try await siti.post(returned, fields).location == returned)
        #expect(try await siti.get(returned).text.contains("perbaikan BELUM terkirim"))
        #expect(try portal.reference(.needsCorrection) == returned.split(separator: "/")[1])
    }

    /// The tables name forms and pages that there are.
    @Test func everyRuleIsOfAForm() {
        let posts = Set(PortalResponder.routes.filter { $0.method == .post }.map(\.pattern))
        let gets = Set(PortalResponder.routes.filter { $0.method == .get }.map(\.pattern))
        for pattern in Interrupted.undone.keys { #expect(posts.contains(pattern), "\(pattern)") }
        for (form, page) in Interrupted.pages {
            #expect(posts.contains(form) && gets.contains(page), "\(form)")
        }
    }
}
