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
        #expect(reply.text.contains("ada di meja petugas") && reply.text.contains("Perkiraan selesai"))
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
        // Another reference is not held up by it.
        #expect(
            try await client.post("/lacak", ["nomor": "R7KQ-2M9X", "angka": "1000", "csrf": csrf]).status == 422)
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
