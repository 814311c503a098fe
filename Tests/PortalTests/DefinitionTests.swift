import Foundation
import Permits
import Store
import Testing

@testable import Portal

/// A second kind of letter needs data and nothing else.
@Suite struct DefinitionTests {
    @Test(arguments: Client.Transport.allCases)
    func aSecondLetterTypeGoesAllTheWay(transport: Client.Transport) async throws {
        let portal = try TestPortal()
        let file = URL(fileURLWithPath: "\(root)/Tests/PortalTests/domisili.json")
        let type = try JSONDecoder().decode(LetterType.self, from: Data(contentsOf: file))
        #expect(type.faults == [])
        try portal.site.store.load(StartData(offices: [], letterTypes: [type], holidays: []), at: TestPortal.start)
        #expect(
            try await portal.client(over: transport).get("/layanan/domisili").text.contains("Surat Keterangan Domisili")
        )

        let siti = try await portal.client(DemoWorld.siti, over: transport)
        let csrf = try await siti.get("/akun").csrf
        let begun = try await siti.post("/permohonan", ["slug": "domisili", "csrf": csrf])
        let reference = try #require(begun.location?.split(separator: "/").dropFirst().first)
        let saved = try await siti.post(
            "/permohonan/\(reference)/isian/warga",
            ["csrf": csrf, "warga": "Siti Aminah", "alamat": "Jalan Mawar 5", "keperluan": "Sekolah"])
        #expect(saved.status == 303)
        let sent = try await siti.post("/permohonan/\(reference)/pengajuan", ["csrf": csrf, "pernyataan": "1"])
        #expect(sent.status == 303)

        let budi = try await portal.client(DemoWorld.budi, over: transport)
        let review = try await budi.get("/petugas/permohonan/\(reference)")
        #expect(review.text.contains("Jalan Mawar 5"))
        let decided = try await budi.post(
            "/petugas/permohonan/\(reference)/keputusan",
            ["csrf": review.csrf, "revision": review.value(of: "revision") ?? "", "keputusan": "recommend"])
        #expect(decided.status == 303)
        let ratna = try await portal.client(DemoWorld.ratna, over: transport)
        let preview = try await ratna.get("/petugas/permohonan/\(reference)/tanda-tangan")
        #expect(preview.text.contains("SURAT KETERANGAN DOMISILI"))
        let signed = try await ratna.post(
            "/petugas/permohonan/\(reference)/tanda-tangan",
            [
                "csrf": preview.csrf, "revision": preview.value(of: "revision") ?? "",
                "hari": preview.value(of: "hari") ?? "", "kata_sandi": DemoWorld.password,
            ])
        #expect(signed.status == 303)
        let status = try await siti.get("/permohonan/\(reference)")
        #expect(status.text.contains("1/XI/DOM/BRIDA/2026"))
        let path = try #require(
            status.text.range(of: "/verifikasi/[A-Za-z0-9_-]+", options: .regularExpression).map {
                String(status.text[$0])
            })
        #expect(try await portal.client(over: transport).get(path).text.contains("S*** A*****"))
    }
}
