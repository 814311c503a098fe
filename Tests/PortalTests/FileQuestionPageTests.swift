import Foundation
import Permits
import Store
import Testing

@testable import Portal

/// A file that is asked for beside other questions, from the form to its correction, without a script.
@Suite struct FileQuestionPageTests {
    private struct Draft {
        let portal: TestPortal
        let siti: Client
        let csrf: String
        let reference: String

        init() async throws {
            portal = try TestPortal()
            siti = try await portal.client(DemoWorld.siti)
            csrf = try await siti.get("/akun").csrf
            let begun = try await siti.post("/permohonan", ["slug": "survei", "csrf": csrf])
            reference = String(try #require(begun.location?.split(separator: "/").dropFirst().first))
        }

        var base: String { "/permohonan/\(reference)" }
        var page: String { "\(base)/isian/survei" }

        func application() throws -> Application { try portal.application(reference, as: DemoWorld.siti) }

        func send(
            _ fields: [String: String], _ files: [(String, String, Data)], then: String = "stay"
        ) async throws -> Client.Reply {
            try await siti.post(page, fields.merging(["csrf": csrf, "then": then]) { $1 }, files: files)
        }
    }

    @Test func itStandsBetweenTheQuestions() async throws {
        let draft = try await Draft()
        let html = try await draft.siti.get(draft.page).text
        #expect(html.contains("enctype=\"multipart/form-data\"") && html.contains("data-upload="))
        let places = ["name=\"cara\"", "type=\"file\" id=\"f-kuesioner\"", "name=\"responden\""].compactMap {
            html.range(of: $0)?.lowerBound
        }
        #expect(places.count == 3 && places == places.sorted())
        #expect(try await !draft.siti.get("\(draft.base)/berkas").text.contains("f-kuesioner"))
        let other = try await draft.siti.get("\(draft.base)/isian/pelaksana").text
        #expect(!other.contains("multipart/form-data") && !other.contains("data-upload="))
    }

    @Test func textAndFileAreKeptTogether() async throws {
        let draft = try await Draft()
        let saved = try await draft.send(
            ["lokasi": "Medan Baru"],
            [("kuesioner", "angket.pdf", JourneyTests.pdf), ("ktp", "k.pdf", JourneyTests.pdf)])
        #expect(saved.status == 303 && saved.location == draft.page)
        let kept = try draft.application()
        #expect(kept.answers["lokasi"] == "Medan Baru")
        #expect(kept.attachment(for: "kuesioner")?.filename == "angket.pdf")
        #expect(kept.attachment(for: "ktp") == nil, "a paper of another page has no place here")
        #expect(try await draft.siti.get(draft.page).text.contains("angket.pdf"))
        // Sent as text, as a form without its encoding would, it is no file and takes none away.
        #expect(
            try await draft.siti.post(draft.page, ["csrf": draft.csrf, "kuesioner": "x", "then": "stay"]).status == 303)
        #expect(try draft.application().attachment(for: "kuesioner") != nil)
        #expect(try draft.application().answers["kuesioner"] == nil)
    }

    @Test func aWrongFileIsNamedBesideItsQuestion() async throws {
        let draft = try await Draft()
        let bad: [(String, String, Data)] = [("kuesioner", "angket.docx", Data("PK\u{3}\u{4}".utf8))]
        let reply = try await draft.send(["lokasi": "Medan Baru", "responden": "banyak"], bad)
        #expect(reply.status == 422 && reply.text.contains("id=\"f-kuesioner-error\""))
        #expect(reply.text.contains("href=\"#f-kuesioner\"") && reply.text.contains("value=\"banyak\""))
        #expect(try draft.application().answers["lokasi"] == "Medan Baru")
        let onward = try await draft.send(["lokasi": "Medan Baru"], [], then: "next")
        #expect(onward.status == 422 && onward.text.contains("id=\"f-kuesioner-error\""))
        let check = try await draft.siti.get("\(draft.base)/periksa").text
        #expect(check.contains("\(draft.page)#f-kuesioner"))
    }

    @Test func itIsTakenAwayAndTypingStays() async throws {
        let draft = try await Draft()
        _ = try await draft.send([:], [("kuesioner", "angket.pdf", JourneyTests.pdf)])
        _ = try await draft.siti.post(
            "\(draft.base)/berkas", ["csrf": draft.csrf], files: [("ktp", "k.pdf", JourneyTests.pdf)])
        let (mark, other) = (
            try #require(try draft.application().attachment(for: "kuesioner")?.mark),
            try #require(try draft.application().attachment(for: "ktp")?.mark)
        )
        #expect(try await draft.send(["remove": other], []).location == draft.page)
        #expect(try draft.application().attachment(for: "ktp") != nil, "it is another page's")
        let removed = try await draft.send(["lokasi": "Medan Area", "remove": mark], [])
        #expect(removed.status == 303 && removed.location?.hasPrefix("\(draft.page)#f-") == true)
        #expect(try draft.application().attachment(for: "kuesioner") == nil)
        #expect(try draft.application().answers["lokasi"] == "Medan Area")
    }

    @Test func oneFileGoesUpByItself() async throws {
        let draft = try await Draft()
        let reply = try await draft.siti.post(
            "\(draft.base)/unggahan/kuesioner", ["csrf": draft.csrf],
            files: [("kuesioner", "angket.pdf", JourneyTests.pdf)])
        #expect(reply.status == 200 && reply.text.contains("id=\"f-kuesioner\"") && reply.text.contains("angket.pdf"))
        #expect(reply.text.contains("action=\"\(draft.page)\""), "its own page, of which the script takes its part")
    }

    @Test func itIsJudgedAndMendedLikeAPaper() async throws {
        let draft = try await Draft()
        let reference = try #require(Reference(draft.reference))
        let store = draft.portal.site.store
        let viewer = try draft.portal.viewer(DemoWorld.siti)
        let type = try draft.application().type
        let answers = DemoWorld.answers(to: type, about: "Kepuasan warga atas taman kota", on: TestPortal.start.day)
        try store.saveDraft(reference, by: viewer, at: TestPortal.start) { application in
            answers.merging(application.answers.filter { !$0.value.isEmpty }) { $1 }
        }
        for paper in try draft.application().askedPapers {
            let path = "\(draft.base)/unggahan/\(paper.key)"
            let files = [(paper.key, "\(paper.key).pdf", JourneyTests.pdf)]
            try #require(try await draft.siti.post(path, ["csrf": draft.csrf], files: files).status == 200)
        }
        let sent = try await draft.siti.post(
            "\(draft.base)/pengajuan", ["csrf": draft.csrf, "pernyataan": "1"])
        try #require(sent.status == 303)
        let budi = try await draft.portal.client(DemoWorld.budi)
        let staff = "/petugas/permohonan/\(draft.reference)"
        let review = try await budi.get(staff)
        #expect(
            review.text.components(separatedBy: "name=\"verdict.kuesioner\"").count == 3, "one verdict, two choices")
        let returned = try await budi.post(
            "\(staff)/keputusan",
            [
                "csrf": review.csrf, "revision": review.value(of: "revision") ?? "", "keputusan": "return",
                "verdict.kuesioner": "return", "reason.kuesioner": "Halaman dua terpotong",
            ])
        try #require(returned.status == 303)
        let mending = "\(draft.base)/perbaikan"
        let page = try await draft.siti.get(mending).text
        #expect(page.contains("Halaman dua terpotong") && page.contains("type=\"file\" id=\"f-kuesioner\""))
        #expect(!page.contains("type=\"text\" id=\"f-kuesioner\""))
        let empty = try await draft.siti.post(mending, ["csrf": draft.csrf], files: [])
        #expect(empty.status == 422 && empty.text.contains("id=\"f-kuesioner-error\""))
        let alone = try await draft.siti.post(
            "\(draft.base)/unggahan/kuesioner", ["csrf": draft.csrf],
            files: [("kuesioner", "lengkap.pdf", JourneyTests.pdf)])
        #expect(alone.status == 200 && alone.text.contains("lengkap.pdf"))
        let mended = try await draft.siti.post(mending, ["csrf": draft.csrf], files: [])
        #expect(mended.status == 303)
        #expect(try await budi.get(staff).text.contains("lengkap.pdf"))
    }
}
