import Foundation
import Permits
import Store
import Testing

@testable import Portal

@Suite struct TrackingTests {
    @Test func tellsTheStateAndNothingElse() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let client = portal.client()
        let form = try await client.get("/lacak")
        let reply = try await client.post(
            "/lacak", ["nomor": reference.lowercased(), "angka": "7800", "csrf": form.csrf])
        #expect(reply.status == 200)
        #expect(reply.text.contains("menunggu giliran diperiksa") && reply.text.contains("Perkiraan selesai"))
        let stored = try portal.application(reference, as: DemoWorld.siti)
        for secret in [
            DemoWorld.siti.name, DemoWorld.budi.name, stored.subject, "1271045203990001", "62812345678",
            DemoWorld.siti.email,
        ] {
            #expect(!reply.text.contains(secret), "\(secret)")
        }
    }

    @Test func unknownAndWrongAreOneAnswerAndKeepWhatWasTyped() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let client = portal.client()
        let csrf = try await client.get("/lacak").csrf
        var answers: [String] = []
        for number in [reference, "R7KQ-2M9X"] {
            let reply = try await client.post("/lacak", ["nomor": number, "angka": "0001", "csrf": csrf])
            #expect(reply.status == 422 && reply.text.contains("value=\"\(number)\""))
            #expect(reply.text.contains("value=\"0001\""))
            answers.append(
                reply.text.replacing(number, with: "").replacing(
                    /name="csrf" value="[^"]*"|<code>[^<]*<\/code>/, with: ""))
        }
        #expect(answers[0] == answers[1])
        let odd = try await client.post("/lacak", ["nomor": "1<2", "angka": "12", "csrf": csrf])
        #expect(odd.status == 422 && odd.text.contains("value=\"1&lt;2\""))
        #expect(odd.text.contains("delapan huruf dan angka") && odd.text.contains("empat angka terakhir"))
        let stale = try await client.post("/lacak", ["nomor": reference, "angka": "7800"])
        #expect(stale.status == 403 && stale.text.contains("value=\"\(reference)\""))
    }

    @Test func digitsCannotBeTriedOut() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let client = portal.client()
        let csrf = try await client.get("/lacak").csrf
        var replies: [Client.Reply] = []
        for guess in 0..<12 {
            replies.append(
                try await client.post("/lacak", ["nomor": reference, "angka": "\(1000 + guess)", "csrf": csrf]))
        }
        #expect(replies.map(\.status) == Array(repeating: 422, count: 10) + [429, 429])
        let wait = try #require(replies.last?.headers["retry-after"].flatMap { Int($0) })
        #expect(wait > 0 && wait <= 3600)
        // Its owner is held up by none of it, from an address of their own, however often they look.
        let owner = portal.client(over: .direct, from: "192.0.2.1")
        let own = try await owner.get("/lacak").csrf
        for _ in 0..<12 {
            let reply = try await owner.post(
                "/lacak", ["nomor": reference, "angka": "7800", "csrf": own])
            #expect(reply.status == 200)
        }
        // Nor do many addresses find them: a hundred tries, wherever they come from.
        var answered = 10
        for network in 2..<32 {
            let client = portal.client(over: .direct, from: "192.0.2.\(network)")
            let csrf = try await client.get("/lacak").csrf
            for guess in 0..<10 {
                let fields = ["nomor": reference, "angka": "\(2000 + guess)", "csrf": csrf]
                let reply = try await client.post("/lacak", fields)
                answered += reply.status == 422 ? 1 : 0
            }
        }
        #expect(answered == 100)
        // Another reference is not held up by it.
        #expect(
            try await client.post("/lacak", ["nomor": "R7KQ-2M9X", "angka": "1000", "csrf": csrf]).status == 422)
    }

    /// The same on the application's own page, in the list and here, in both languages.
    @Test func thePlaceInTheQueueIsTold() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let name = try await JourneyTests.filledDraft(portal, siti)
        let form = ["csrf": try await siti.get("/akun").csrf, "pernyataan": "1"]
        try #require(try await siti.post("/permohonan/\(name)/pengajuan", form).status == 303)
        let reference = try #require(Reference(name))
        let place = try #require(try portal.site.store.place(of: portal.application(name, as: DemoWorld.siti)))
        try #require(place.total > 1)
        let words = "Urutan ke-\(place.ahead + 1) dari \(place.total) yang menunggu diperiksa"
        let status = try await siti.get("/permohonan/\(name)").text
        #expect(status.contains("<dt>Antrean</dt><dd>\(words)<br>") && status.contains("tetap memegang tenggatnya"))
        #expect(try await siti.get("/permohonan").text.contains("\(words). Anda tidak perlu melakukan apa pun."))
        let tracked = try await track(portal, name)
        #expect(tracked.contains("<dd>\(words)<br>"))
        let signing = try await siti.get("/permohonan/\(portal.reference(.awaitingSignature))").text
        #expect(signing.contains("ditandatangani") && signing.contains("<dt>Antrean</dt>"))
        // Late, it still stands somewhere, and both are said.
        portal.pass(seconds: 20 * 86_400)
        let later = try await portal.client(DemoWorld.siti, over: .direct)
        let late = try await later.get("/permohonan/\(name)").text
        #expect(late.contains(words) && late.contains("Kami terlambat"))
        #expect(try await LanguageTests.press(later.get("/akun"), later).status == 303)
        let english = "Number \(place.ahead + 1) of \(place.total) waiting to be checked"
        #expect(try await later.get("/permohonan/\(name)").text.contains("<dt>Queue</dt><dd>\(english)<br>"))
        let budi = try portal.viewer(DemoWorld.budi)
        try portal.site.store.change(reference, by: budi, origin: "-") { application, _ in
            try application.claim(by: budi, at: portal.site.now())
        }
        #expect(try await !later.get("/permohonan/\(name)").text.contains("<dt>Queue</dt>"))
        #expect(try await !track(portal, name).contains("Antrean"))
    }

    private func track(_ portal: TestPortal, _ reference: String) async throws -> String {
        let client = portal.client(over: .direct)
        let csrf = try await client.get("/lacak").csrf
        return try await client.post("/lacak", ["nomor": reference, "angka": "7800", "csrf": csrf]).text
    }

    /// The list, the public page and the application's own page say the same of a letter that is over.
    @Test func aLetterThatIsOverIsNoneThatIsReady() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let good = try await track(portal, reference)
        #expect(good.contains("Surat Anda sudah terbit") && good.contains("Surat siap diunduh."))
        let other = try await anotherIssued(portal)
        let ratna = try await portal.client(DemoWorld.ratna)
        _ = try await LetterLifeTests.act(
            ratna, other, "pencabutan",
            ["sebab": "termsBroken", "alasan": LetterLifeTests.reason, "kata_sandi": DemoWorld.password])
        let revoked = try await track(portal, other)
        #expect(revoked.contains("Surat Anda dicabut") && revoked.contains("Dicabut"))
        #expect(!revoked.contains("siap diunduh") && !revoked.contains(LetterLifeTests.reason))
        portal.pass(seconds: 400 * 86_400)
        let expired = try await track(portal, reference)
        #expect(expired.contains("Masa berlaku surat Anda sudah habis") && !expired.contains("siap diunduh"))
        let list = try await portal.client(DemoWorld.siti, over: .direct).get("/permohonan").text
        #expect(list.contains("Dicabut") && list.contains("tidak boleh dipakai lagi"))
        #expect(list.contains("Surat ini asli, tetapi tidak berlaku lagi.") && !list.contains("siap diunduh"))
    }

    /// One more, whose letter holds now.
    private func anotherIssued(_ portal: TestPortal) async throws -> String {
        let siti = try await portal.client(DemoWorld.siti)
        let reference = try await JourneyTests.filledDraft(portal, siti)
        let csrf = try await siti.get("/akun").csrf
        _ = try await siti.post("/permohonan/\(reference)/pengajuan", ["csrf": csrf, "pernyataan": "1"])
        try await LetterLifeTests.recommendAndSign(portal, reference)
        return reference
    }

    @Test func waitingTakenUpAskedAndLateAreTold() async throws {
        let portal = try TestPortal()
        let name = try portal.reference(.submitted)
        let reference = try #require(Reference(name))
        let budi = try portal.viewer(DemoWorld.budi)
        #expect(try await track(portal, name).contains("Menunggu giliran diperiksa."))
        try portal.site.store.change(reference, by: budi, origin: "-") { application, _ in
            try application.claim(by: budi, at: portal.site.now())
        }
        let taken = try await track(portal, name)
        #expect(taken.contains("ada di meja petugas") && taken.contains("Petugas sedang memeriksa."))
        #expect(!taken.contains("terlambat"))
        let question = MessageDraft(text: "Di mana lokasinya?", isQuestion: true, files: [], token: "t")
        try portal.site.store.write(question, about: reference, by: budi, origin: "-", at: portal.site.now())
        portal.pass(seconds: 60 * 86_400)
        let late = try await track(portal, name)
        #expect(late.contains("Jawab pertanyaan kantor.") && !late.contains("tidak perlu melakukan apa pun"))
        #expect(late.contains("Kami terlambat, mohon maaf.") && !late.contains("Di mana lokasinya"))
    }
}

@Suite struct TransferPageTests {
    @Test func anApplicationPassesByALink() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.submitted)
        let dewi = try portal.viewer(DemoWorld.dewi)
        try portal.site.store.activate(portal.viewer(DemoWorld.joko).account, by: dewi, at: portal.site.now())
        let siti = try await portal.client(DemoWorld.siti)
        let path = "/permohonan/\(reference)/pengalihan"
        let csrf = try await siti.get(path).csrf
        let wrong = try await siti.post(path, ["surel": DemoWorld.siti.email, "csrf": csrf])
        #expect(wrong.status == 422 && wrong.text.contains("alamat Anda sendiri"))
        #expect(try await siti.post(path, ["surel": DemoWorld.joko.email, "csrf": csrf]).status == 303)
        #expect(try await siti.get(path).text.contains("Batalkan tawaran"))
        portal.jobs.runOnce()
        let mail = try #require(portal.mails.to(DemoWorld.joko.email).last)
        #expect(!mail.body.contains("Siti"))
        let line = try #require(mail.body.split(whereSeparator: \.isNewline).first { $0.contains("/pengalihan/") })
        let link = String(line.dropFirst("http://127.0.0.1".count))
        #expect(try await portal.client().get(link).location?.hasPrefix("/masuk?next=") == true)
        #expect(try await siti.get(link).status == 404, "it is not for her")
        let joko = try await portal.client(DemoWorld.joko)
        let page = try await joko.get(link)
        #expect(page.status == 200 && page.text.contains(reference))
        let stored = try portal.application(reference, as: DemoWorld.siti)
        #expect(!page.text.contains(DemoWorld.siti.name) && !page.text.contains(stored.subject))
        let taken = try await joko.post(link, ["csrf": page.csrf])
        #expect(taken.status == 303 && taken.location == "/permohonan/\(reference)")
        #expect(try await joko.get("/permohonan/\(reference)").text.contains("dialihkan"))
        #expect(try await siti.get("/permohonan/\(reference)").status == 404)
    }
}
