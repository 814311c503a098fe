import Foundation
import Permits
import Store
import Testing

@testable import Portal

/// Answers as people type them, and what of them is shown back.
@Suite struct TypedAnswerTests {
    private struct Draft {
        let portal: TestPortal
        let siti: Client
        let csrf: String
        let base: String

        init(_ slug: String) async throws {
            portal = try TestPortal()
            siti = try await portal.client(DemoWorld.siti, over: .direct)
            csrf = try await siti.get("/akun").csrf
            let begun = try await siti.post("/permohonan", ["slug": slug, "csrf": csrf])
            let name = try #require(begun.location?.split(separator: "/").dropFirst().first)
            base = "/permohonan/\(name)"
        }

        func answers() throws -> [String: String] {
            try portal.application(base.dropFirst("/permohonan/".count), as: DemoWorld.siti).answers
        }

        func send(_ section: String, _ fields: [String: String]) async throws -> Client.Reply {
            try await siti.post("\(base)/isian/\(section)", fields.merging(["csrf": csrf, "then": "stay"]) { $1 })
        }
    }

    /// What Chromium sends for 01 12 26 in its box for dates.
    @Test func aYearOfTwoDigitsInABoxIsAskedForAgain() async throws {
        let draft = try await Draft("kkn")
        let wrong = try await draft.send("pengantar", ["tanggal_pengantar": "0026-01-12"])
        #expect(wrong.status == 422 && wrong.text.contains("empat angka"))
        #expect(try draft.answers()["tanggal_pengantar", default: ""].isEmpty)
        #expect(try await !draft.siti.get("\(draft.base)/periksa").text.contains("Januari 26"), "nor shown as a day")
        let range = try await draft.send("kegiatan", ["waktu.mulai": "2026-12-01", "waktu.sampai": "0026-12-31"])
        #expect(range.status == 422 && range.text.contains("empat angka"))
        #expect(try await draft.send("pengantar", ["tanggal_pengantar": "12 Jan 2026"]).status == 303)
        #expect(try draft.answers()["tanggal_pengantar"] == "2026-01-12")
    }

    @Test func boxesForDatesHaveBounds() async throws {
        let draft = try await Draft("kkn")
        let today = TestPortal.start.day.iso
        let letter = try await draft.siti.get("\(draft.base)/isian/pengantar").text
        #expect(letter.contains("min=\"1900-01-01\" max=\"\(today)\""))
        let activity = try await draft.siti.get("\(draft.base)/isian/kegiatan").text
        // Begun within 180 days, for 93.
        let last = TestPortal.start.day.adding(days: 180 + 92).iso
        #expect(activity.components(separatedBy: "min=\"\(today)\" max=\"\(last)\"").count == 3, "both ends")
    }

    @Test func phonesAndInstitutionsAreShownAsPeopleWriteThem() async throws {
        let draft = try await Draft("kkn")
        let page = "\(draft.base)/isian/penanggung"
        let before = try await draft.siti.get(page).text
        #expect(before.contains("value=\"0812 ") && !before.contains("value=\"628"))
        #expect(before.contains("<option value=\"Universitas Sumatera Utara (USU)\">"))
        let sent = try await draft.send("penanggung", ["telepon": "8123456789", "lembaga": "umsu"])
        #expect(sent.status == 303)
        let after = try await draft.siti.get(page).text
        #expect(after.contains("value=\"0812 3456 789\""))
        #expect(after.contains("value=\"Universitas Muhammadiyah Sumatera Utara\""))
        let wrong = try await draft.send("penanggung", ["telepon": "62812x"])
        #expect(wrong.status == 422 && wrong.text.contains("value=\"62812x\""), "what was typed stays")
        #expect(try await draft.siti.get("/akun/telepon").text.contains("value=\"0812 "))
    }

    /// People are warned and nobody is turned away: a NIK is permanent even when it is wrong.
    @Test func anUnknownProvinceIsNotedAndBlocksNothing() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let type = try portal.site.store.publishedLetterType(slug: "survei", at: TestPortal.start).type
        let steering = try #require(type.fields.first { $0.kind == .group }?.showIf)
        let rows = #"[{"nama":"Rahmat","nik":"1271045203990011"},{"nama":"Maria","nik":"9871045203990012"}]"#
        let group = try #require(type.fields.first { $0.kind == .group }?.key)
        let variant = ["nik": "9971045203990001", steering.field: steering.values[0], group: rows]
        let reference = try await CatalogueTests.apply(type, as: variant, siti, portal)
        let budi = try await portal.client(DemoWorld.budi, over: .direct)
        let review = try await budi.get("/petugas/permohonan/\(reference)").text
        #expect(review.contains("NIK (99) bukan kode provinsi") && review.contains("pada baris 2 bukan kode provinsi"))
    }

    /// Numbers stand as the reader's language writes them.
    @Test func numbersAreWrittenInTheReadersLanguage() async throws {
        let draft = try await Draft("survei")
        _ = try await draft.send("survei", ["responden": "1,500"])
        let check = "\(draft.base)/periksa"
        #expect(try await draft.siti.get(check).text.contains("1.500 orang"))
        let wrong = try await draft.send("survei", ["responden": "1000000"])
        #expect(wrong.text.contains("dari 1 sampai 100.000"))
    }

    /// The number of steps depends on the answers, and is told once they are given.
    @Test func stepsAreCountedWhenTheyAreKnown() async throws {
        let draft = try await Draft("observasi")
        let first = try await draft.siti.get("\(draft.base)/isian/pemohon").text
        #expect(first.contains("Langkah <b>1</b></p>") && !first.contains("<progress"))
        let who = ["jenis_pemohon": "Umum", "pelaksana": "Saya sendiri", "kewarganegaraan": "Warga negara Indonesia"]
        #expect(try await draft.send("pemohon", who).status == 303)
        #expect(try await draft.siti.get("\(draft.base)/isian/pemohon").text.contains("<b>1</b> dari 5"))
        #expect(try await draft.siti.get("\(draft.base)/isian/peneliti").text.contains("<b>2</b> dari 5"))
    }

    @Test func theApplicantSeesItBeforeSending() async throws {
        let draft = try await Draft("survei")
        #expect(try await draft.send("pelaksana", ["nik": "9971045203990001"]).status == 303)
        let check = try await draft.siti.get("\(draft.base)/periksa").text
        #expect(check.contains("NIK (99) bukan kode provinsi"))
        #expect(try await draft.send("pelaksana", ["nik": "1271045203990001"]).status == 303)
        #expect(try await !draft.siti.get("\(draft.base)/periksa").text.contains("kode provinsi"))
    }
}
