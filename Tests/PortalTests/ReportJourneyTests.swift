import Foundation
import Pages
import Permits
import Store
import Testing

@testable import Portal

@Suite struct ReportJourneyTests {
    @Test func aReportIsGivenReturnedAndConfirmed() async throws {
        let portal = try TestPortal()
        let reference = try portal.reference(.issued)
        let path = "/permohonan/\(reference)/laporan/unggahan"
        let siti = try await portal.client(DemoWorld.siti)
        let status = try await siti.get("/permohonan/\(reference)")
        #expect(status.text.contains("Unggah paling lambat Jumat, 16 April 2027"))
        #expect(status.text.contains("href=\"\(path)\">Unggah laporan</a>"))
        #expect(status.text.contains("Anda, untuk menyerahkan laporan"))
        let wrong = try await siti.post(
            path, ["csrf": status.csrf], files: [("laporan", "laporan.docx", Data("PK bukan pdf".utf8))])
        #expect(
            wrong.status == 422 && wrong.text.contains("jenis berkas ini tidak diterima")
                && wrong.text.contains("class=\"error\""))
        #expect(try await siti.post(path, ["csrf": status.csrf], files: []).status == 422)
        for _ in 0..<2 {
            let given = try await siti.post(
                path, ["csrf": status.csrf], files: [("laporan", "laporan.pdf", JourneyTests.pdf)])
            #expect(given.status == 303, "a second click too")
        }
        let file = "/permohonan/\(reference)/laporan"
        #expect(try await siti.get(file).bytes == JourneyTests.pdf)
        let waiting = try await siti.get("/permohonan/\(reference)").text
        #expect(waiting.contains("Petugas, untuk memeriksa laporan"))
        let joko = try await portal.client(DemoWorld.joko)
        for path in [file, path] { #expect(try await joko.get(path).status == 404) }

        let budi = try await portal.client(DemoWorld.budi)
        #expect(try await budi.get("/petugas/laporan").text.contains("000.9/0001/BRIDA/2026"))
        let staff = "/petugas/permohonan/\(reference)"
        #expect(try await budi.get("\(staff)/laporan").bytes == JourneyTests.pdf)
        let opened = try await siti.get("/permohonan/\(reference)/pembukaan-berkas").text
        #expect(opened.contains(DemoWorld.budi.name) && opened.contains("laporan.pdf"))
        #expect(!opened.contains("<td data-label=\"Dibuka oleh\"><div>\(DemoWorld.siti.name)"))
        let sheet = try await budi.get("\(staff)/surat")
        let known = ["csrf": sheet.csrf, "laporan": sheet.value(of: "laporan") ?? ""]
        let decision = "\(staff)/laporan/keputusan"
        let empty = try await budi.post(decision, known.merging(["keputusan": "return"]) { $1 })
        #expect(empty.status == 422 && empty.text.contains("Lengkapi alasan"))
        let returned = try await budi.post(
            decision, known.merging(["keputusan": "return", "alasan": "Bab hasil belum ada"]) { $1 })
        #expect(returned.status == 303)
        #expect(try await budi.post(decision, known.merging(["keputusan": "confirm"]) { $1 }).status == 409)
        for path in ["/permohonan/\(reference)", path] {
            #expect(try await siti.get(path).text.contains("Bab hasil belum ada"))
        }
        let second = Data("%PDF-1.7\n2 0 obj<</Type/Page>>endobj\ntrailer<<>>\n%%EOF\n".utf8)
        #expect(try await siti.post(path, ["csrf": status.csrf], files: [("laporan", "b.pdf", second)]).status == 303)
        let again = try await budi.get("\(staff)/surat")
        let confirmed = try await budi.post(
            decision,
            ["csrf": again.csrf, "laporan": again.value(of: "laporan") ?? "", "keputusan": "confirm"])
        #expect(confirmed.status == 303)
        #expect(try await siti.get("/permohonan/\(reference)").text.contains("Tidak ada kewajiban lagi"))
        #expect(try await siti.get("/permohonan/\(reference)").text.contains("Tidak ada, sudah selesai"))
        portal.jobs.runOnce()
        let subjects = portal.mails.to(DemoWorld.siti.email).map(\.subject)
        for word in ["sudah kami terima", "perlu diperbaiki", "sudah lengkap"] {
            #expect(subjects.contains { $0.hasPrefix("Laporan untuk surat") && $0.contains(word) }, "\(word)")
        }
    }

    @Test func remindersAreMailedOnce() async throws {
        let portal = try TestPortal()
        let letter = try LetterLifeTests.letter(portal, try portal.reference(.issued))
        let due = try #require(letter.life.dutyDue)
        portal.pass(seconds: Moment(due, hour: 9).seconds - TestPortal.start.seconds)
        for _ in 0..<2 {
            portal.jobs.runHourly()
            portal.jobs.runOnce()
        }
        let mails = portal.mails.to(DemoWorld.siti.email).filter { $0.subject.contains("batas waktu laporan") }
        #expect(mails.count == 1)
        #expect(mails.first?.body.contains("Jumat, 16 April 2027") == true)
        let budi = try await portal.client(DemoWorld.budi)
        #expect(try await budi.get("/petugas/laporan?tab=ditunggu").text.contains(letter.numberText))
        portal.pass(seconds: 86_400)
        let later = try await portal.client(DemoWorld.budi)
        #expect(try await later.get("/petugas/laporan?tab=terlambat").text.contains(letter.numberText))
    }
}
