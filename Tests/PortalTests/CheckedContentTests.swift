import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Only what was checked is sent.
@Suite struct CheckedContentTests {
    private struct Open {
        let portal: TestPortal
        let phone: Client
        let laptop: Client
        let reference: String
        var path: String { "/permohonan/\(reference)" }

        init() async throws {
            portal = try TestPortal()
            phone = try await portal.client(DemoWorld.siti)
            laptop = try await portal.client(DemoWorld.siti)
            reference = try await JourneyTests.filledDraft(portal, phone)
        }

        func send(_ page: Client.Reply) async throws -> Client.Reply {
            let seen = try #require(page.value(of: CheckedContent.fieldName))
            return try await phone.post(
                "\(path)/pengajuan",
                ["csrf": page.csrf, Check.statementName: "1", CheckedContent.fieldName: seen])
        }

        /// Saves the section of the title as a whole, as its page does.
        func write(_ title: String, by client: Client) async throws {
            let type = try portal.application(reference, as: DemoWorld.siti).type
            let answers = DemoWorld.answers(
                to: type, about: "Judul penelitian untuk pengujian portal", on: TestPortal.start.day)
            let section = try #require(type.sections.first { $0.key == "penelitian" })
            var fields = answers.filter { key, _ in section.fields.contains { $0.key == key } }
            fields["judul"] = title
            fields["then"] = "stay"
            fields["csrf"] = try await client.get("/akun").csrf
            let reply = try await client.post("\(path)/isian/penelitian", fields)
            #expect(reply.status == 303)
        }

        var state: ApplicationState {
            get throws { try portal.application(reference, as: DemoWorld.siti).state }
        }
    }

    @Test func whatAnotherDeviceWroteIsCheckedFirst() async throws {
        let open = try await Open()
        let page = try await open.phone.get("\(open.path)/periksa")
        let title = "Judul yang ditulis di laptop sesudah diperiksa di ponsel"
        try await open.write(title, by: open.laptop)
        let refused = try await open.send(page)
        #expect(refused.status == 409 && refused.text.contains("Permohonan BELUM terkirim"))
        #expect(refused.text.contains("<li>Judul penelitian</li>") && refused.text.contains(title))
        #expect(!refused.text.contains("value=\"1\" checked"))
        #expect(try open.state == .draft)
        #expect(try await open.send(refused).status == 303)
        #expect(try open.state == .submitted)
    }

    @Test func anotherPaperIsCheckedFirst() async throws {
        let open = try await Open()
        let page = try await open.phone.get("\(open.path)/periksa")
        let draft = try open.portal.application(open.reference, as: DemoWorld.siti)
        let paper = try #require(draft.attachments.first)
        let csrf = try await open.laptop.get("/akun").csrf
        let another = JourneyTests.pdf + Data("%%EOF\n".utf8)
        let files = [(paper.requirement, "lain.pdf", another)]
        #expect(try await open.laptop.post("\(open.path)/berkas", ["csrf": csrf], files: files).status == 303)
        let refused = try await open.send(page)
        let label = try #require(draft.type.requirement(paper.requirement)).label
        #expect(refused.status == 409 && refused.text.contains("<li>\(label)</li>"))
        #expect(try open.state == .draft)
    }

    @Test func anotherInstitutionIsCheckedFirst() async throws {
        let open = try await Open()
        let viewer = try open.portal.viewer(DemoWorld.siti)
        let id = try open.portal.site.store.createInstitution(
            InstitutionProfile(name: "Yayasan Contoh", kind: "other", address: "Jl. A 1", head: "Ibu Ani"), by: viewer,
            at: open.portal.site.now())
        let page = try await open.phone.get("\(open.path)/periksa")
        let csrf = try await open.laptop.get("/akun").csrf
        let filed = try await open.laptop.post(
            "\(open.path)/lembaga", ["csrf": csrf, "atas_nama": "\(id.value)"])
        #expect(filed.location == "\(open.path)/periksa")
        let refused = try await open.send(page)
        #expect(refused.status == 409 && refused.text.contains("<li>Atas nama</li>"))
    }

    /// The same once more is no change, and neither is a page of an older make.
    @Test func theSameContentIsSent() async throws {
        let open = try await Open()
        let page = try await open.phone.get("\(open.path)/periksa")
        let title = try #require(try open.portal.application(open.reference, as: DemoWorld.siti).answers["judul"])
        try await open.write(title, by: open.laptop)
        #expect(try await open.send(page).status == 303)
        #expect(try open.state == .submitted)
        // A second click.
        #expect(try await open.send(page).location == open.path)
    }

    /// After a session that had ended: the tick stays only where nothing has changed.
    @Test(arguments: [false, true])
    func aTickIsKeptForWhatWasSeen(hasChanged: Bool) async throws {
        let open = try await Open()
        let page = try await open.phone.get("\(open.path)/periksa")
        InterruptedTests.ended(open.portal)
        let held = try await open.send(page)
        if hasChanged {
            try await open.write(
                "Judul lain sesudah sesi di ponsel berakhir", by: open.portal.client(DemoWorld.siti))
        }
        let shown = try await InterruptedTests.again(held, open.phone)
        #expect(shown.text.contains("value=\"1\" checked") == !hasChanged)
        #expect(shown.text.contains("<li>Judul penelitian</li>") == hasChanged)
        #expect(try await open.send(shown).status == 303)
    }
}
