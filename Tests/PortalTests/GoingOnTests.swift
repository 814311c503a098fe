import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// Whoever comes back to a draft goes on where something is left to do.
@Suite struct GoingOnTests {
    /// Where every way back leads: the draft's page, its service's page, and the button that begins one.
    private static func ways(_ portal: TestPortal, _ siti: Client, _ reference: String) async throws -> Set<String> {
        let path = "/permohonan/\(reference)"
        let csrf = try await siti.get("/akun").csrf
        var ways: Set<String> = []
        for page in [path, "/layanan/penelitian"] {
            let text = try await siti.get(page).text
            for match in text.matches(of: /href="(\/permohonan\/[^"\/]+\/(?:isian\/[^"]+|berkas|periksa))"/) {
                ways.insert(String(match.output.1))
            }
        }
        ways.insert(try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf]).location ?? "-")
        return ways
    }

    /// A draft that the portal deleted by itself says so, and offers nothing that is not there.
    @Test func anExpiredDraftIsNoWithdrawal() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let reference = try #require(begun.location?.split(separator: "/").dropFirst().first.map(String.init))
        let keeping = DraftKeeping()
        portal.pass(seconds: Int64(keeping.days) * 86_400)
        _ = try portal.site.store.remindOfDrafts(keeping, at: portal.site.now())
        portal.pass(seconds: Int64(DraftKeeping.notice + 1) * 86_400)
        #expect(try portal.site.store.deleteRestingDrafts(keeping, at: portal.site.now()) > 0)
        let back = try await portal.client(DemoWorld.siti)
        let page = try await back.get("/permohonan/\(reference)").text
        #expect(page.contains("Draf ini sudah dihapus") && !page.contains("Permohonan ini dibatalkan"))
        #expect(page.contains("<dt>Selesai</dt><dd>") && !page.contains("<dt>Selesai</dt><dd></dd>"))
        #expect(!page.contains("/pengajuan-ulang") && page.contains("href=\"/layanan/penelitian\""))
        let timeline = page[try #require(page.range(of: "id=\"riwayat\"")).lowerBound...]
        let item = try #require(timeline.firstMatch(of: /Draf dihapus karena[\s\S]*?<\/li>/)).output
        #expect(item.contains("Portal") && !item.contains(DemoWorld.siti.name))
    }

    @Test func theFirstStepThatIsNotDoneOpens() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "penelitian", "csrf": csrf])
        let first = try #require(begun.location)
        let reference = try #require(first.split(separator: "/").dropFirst().first.map(String.init))
        #expect(try await Self.ways(portal, siti, reference) == [first])
        let type = try portal.application(reference, as: DemoWorld.siti).type
        let answers = DemoWorld.answers(
            to: type, about: "Judul penelitian untuk pengujian portal", on: TestPortal.start.day)
        let sections = type.sections(for: answers)
        for (index, section) in sections.enumerated() {
            var fields = answers.filter { key, _ in section.fields.contains { $0.key == key } }
            fields["csrf"] = csrf
            let reply = try await siti.post("/permohonan/\(reference)/isian/\(section.key)", fields)
            try #require(reply.status == 303, "\(section.key)")
            let next = index + 1 < sections.count ? "isian/\(sections[index + 1].key)" : "berkas"
            #expect(try await Self.ways(portal, siti, reference) == ["/permohonan/\(reference)/\(next)"])
        }
        let files = type.papers(for: answers).map { ($0.key, "\($0.key).pdf", JourneyTests.pdf) }
        #expect(try await siti.post("/permohonan/\(reference)/berkas", ["csrf": csrf], files: files).status == 303)
        #expect(try await Self.ways(portal, siti, reference) == ["/permohonan/\(reference)/periksa"])
        // An answer that was taken out again is what is left.
        let second = sections[1].key
        let field = try #require(sections[1].fields.first { type.isNeeded($0, in: answers) && $0.kind != .file }).key
        let emptied = ["csrf": csrf, field: "", "then": "stay"]
        #expect(try await siti.post("/permohonan/\(reference)/isian/\(second)", emptied).status == 303)
        #expect(try await Self.ways(portal, siti, reference) == ["/permohonan/\(reference)/isian/\(second)"])
    }
}
