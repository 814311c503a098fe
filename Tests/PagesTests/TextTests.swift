import Foundation
import Permits
import Testing

@testable import Pages

@Suite struct TextTests {
    static let file = Repository.templates + "/strings/id.json"

    /// Keys in templates and in calls, against the keys of the file. Those that are made up are spelt out in
    /// `TextFamilyTests`, where also the texts are found that nothing shows.
    @Test func noTextIsMissing() throws {
        let keys = Set(try Texts(file: Self.file).keys)
        var used: Set<String> = []
        for text in try Repository.files(in: "Templates", suffix: ".mustache").values {
            used.formUnion(text.matches(of: /\[\[([A-Za-z0-9.]+)\]\]/).map { String($0.1) })
        }
        for source in try Repository.files(in: "Sources", suffix: ".swift").values {
            used.formUnion(source.matches(of: /(?:texts|self)\("([^"\\]+)"/).map { String($0.1) })
            used.formUnion(source.matches(of: /"((?:conflict|problem)(?:\.[a-zA-Z0-9]+)+)"/).map { String($0.1) })
        }
        #expect(used.subtracting(keys).isEmpty, "\(used.subtracting(keys).sorted())")
    }

    @Test(arguments: Language.allCases)
    func noKeyStandsTwice(language: Language) throws {
        let file = "\(Repository.templates)/strings/\(language.rawValue).json"
        let lines = try String(contentsOfFile: file, encoding: .utf8).matches(of: /\n\s*"([^"]+)":/)
        let keys = lines.map { String($0.1) }
        #expect(Set(keys).count == keys.count)
        #expect(try Texts(file: file).keys.count == keys.count)
    }

    @Test func valuesAreSetIn() throws {
        let texts = try Texts(file: Self.file)
        #expect(
            texts.problem(FieldProblem("judul", "required", ["label": "Judul penelitian"])) == "Isi judul penelitian.")
        #expect(
            texts.problem(FieldProblem("responden", "outOfRange", ["label": "NIK", "min": "1", "max": "100000"]))
                == "Isi NIK dengan angka dari 1 sampai 100.000.")
        #expect(
            texts.problem(FieldProblem("jenis", "notChosen", ["label": "jenis pemohon"])) == "Pilih jenis pemohon.")
        #expect(
            texts.problem(FieldProblem("jenis", "duplicateCell", ["label": "jenis pemohon", "row": "2"]))
                == "Jenis pemohon ini sama dengan baris 2.")
        #expect(texts.problem(FieldProblem("nik", "required", ["label": "NIK"])) == "Isi NIK.")
        #expect(
            texts.problem(FieldProblem("ktp", "fileEmpty", ["label": "Surat pengantar"])).hasPrefix("Surat pengantar: ")
        )
        #expect(texts("problem.required", ["label": "{label}"]) == "Isi {label}.")
        #expect(texts("no.such") == "[no.such]")
        #expect(texts.due(workingDaysLeft: -2).text == "Terlambat 2 hari kerja")
        #expect(texts.due(workingDaysLeft: 0).tone == .warn)
        #expect(texts.due(workingDaysLeft: 3).text == "3 hari kerja lagi")
        #expect(texts.hoursLeft(-2).text == "Lewat 2 jam")
        #expect(texts.hoursLeft(5).text == "5 jam lagi")
        #expect(texts.tooManyTries(seconds: 61).contains("dalam 2 menit"))
    }

    @Test func formatsFollowTheHouseRules() throws {
        let formats = try Texts(file: Self.file).formats
        let day = try #require(Day(year: 2026, month: 8, day: 17))
        let moment = Moment(day, hour: 8)
        #expect(formats.date(day) == "17 Agustus 2026")
        #expect(formats.dateTime(moment) == "Senin, 17 Agustus 2026 pukul 08.00 WIB")
        #expect(formats.numericDate(day) == "17/08/2026")
        #expect(Formats.machine(moment) == "2026-08-17T08:00+07:00")
        #expect(formats.number(1_234_567) == "1.234.567")
        #expect(formats.number(-1000) == "-1.000")
        #expect(formats.number(1234.5, decimals: 2) == "1.234,5")
        #expect(formats.number(-0.001, decimals: 2) == "0")
        #expect(formats.rupiah(10_000) == "Rp10.000,00")
        #expect(formats.fileSize(812) == "812 byte")
        #expect(formats.fileSize(1023 * 1024) == "1023 KB")
        #expect(formats.fileSize(1024 * 1024 - 1) == "1 MB")
        #expect(formats.fileSize(2_411_724) == "2,3 MB")
        #expect(formats.fileSize(10 * 1024 * 1024) == "10 MB")
    }
}
