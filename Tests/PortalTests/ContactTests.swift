import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

/// How people reach the office that has their application, and not the one that was there first.
@Suite struct ContactTests {
    private static let elsewhere = "<a href=\"/bantuan#kontak\">Kontak dan jam kerja kantor</a>"

    @Test func theFootNamesTheOfficeOfThePage() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "surat-pengantar", "csrf": csrf])
        let draft = try #require(begun.location)
        func foot(_ path: String) async throws -> String {
            let page = try await siti.get(path).text
            return String(page[try #require(page.range(of: "<footer>")).lowerBound...])
        }
        for path in ["/layanan/penelitian", "/permohonan/\(try portal.reference(.submitted))"] {
            let foot = try await foot(path)
            #expect(foot.contains("<a href=\"mailto:brida@medan.go.id\">") && !foot.contains("Kecamatan"), "\(path)")
            #expect(foot.contains("<a href=\"/bantuan#brida-medan\">Alamat dan jam kerja</a>"), "\(path)")
        }
        for path in ["/layanan/surat-pengantar", draft] {
            let foot = try await foot(path)
            #expect(foot.contains("Kecamatan Medan Petisah") && !foot.contains("BRIDA"), "\(path)")
        }
        for path in ["/", "/layanan", "/akun", "/layanan/entah"] {
            let foot = try await foot(path)
            #expect(foot.contains(Self.elsewhere) && !foot.contains("BRIDA"), "\(path)")
        }
        // Whoever may not see an application is not told whose it is, either.
        let joko = try await portal.client(DemoWorld.joko)
        #expect(try await joko.get("/permohonan/\(try portal.reference(.submitted))").text.contains(Self.elsewhere))
    }

    @Test func theHelpPageTellsHowToReachEachOffice() async throws {
        let portal = try TestPortal()
        let page = try await portal.client().get("/bantuan").text
        for office in try portal.site.store.offices(on: TestPortal.start.day) {
            let start = try #require(page.range(of: "<div class=\"panel\" id=\"\(office.code)\">"))
            let part = page[start.upperBound...].prefix(1500)
            #expect(part.contains(office.name) && part.contains(office.reach.address[0]), "\(office.code)")
            #expect(try part.contains(#require(office.hours?.first)), "\(office.code)")
        }
        #expect(
            page.contains("<a href=\"mailto:brida@medan.go.id\">")
                && page.contains("href=\"https://brida.medan.go.id\""))
        // It is the first thing that the page leads to.
        let first = try #require(page.firstMatch(of: /<ul class="chips">\n<li><a href="([^"]*)"/))
        #expect(first.1 == "#kontak")
    }

    @Test func numbersCanBeDialledFromAnywhere() {
        for (phone, link) in [
            ("(061) 451-2345", "tel:+62614512345"), ("+62 61 4512345", "tel:+62614512345"), ("112", "tel:112"),
        ] {
            #expect(OfficeModel(id: "a", name: "A", phone: phone).phoneLink == link)
        }
        #expect(OfficeModel(id: "a", name: "A").phoneLink == nil)
    }

    /// Nobody reads what is answered to a mail, so each says whom to ask.
    @Test func mailsSayWhomToAsk() async throws {
        let portal = try TestPortal()
        portal.jobs.runOnce()
        let about = try #require(portal.mails.to(DemoWorld.siti.email).first { $0.subject.hasPrefix("Permohonan") })
        #expect(about.body.contains("Hubungi BRIDA Kota Medan: brida@medan.go.id.\n"), "\(about.body)")
        #expect(about.body.hasSuffix("Kontak dan jam kerja kantor: http://127.0.0.1/bantuan#kontak\n"))
        let account = try #require(portal.mails.to(DemoWorld.joko.email).first)
        #expect(account.body.hasSuffix("/bantuan#kontak\n") && !account.body.contains("BRIDA"))
    }
}
