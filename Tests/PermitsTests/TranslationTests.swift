import Foundation
import Testing

@testable import Permits

@Suite struct TranslationTests {
    private func type() throws -> LetterType {
        var type = try Fixture.research()
        let field = try #require(type.sections[1].fields.firstIndex { $0.key == "program_studi" })
        type.sections[1].fields[field].kind = .choice
        type.sections[1].fields[field].options = ["Sarjana", "Magister"]
        type.translations = [
            "en": ["Nama lengkap": "Full name", "Gratis": "Free", "Sarjana": "Bachelor", "bulan": "months"]
        ]
        return type
    }

    @Test func textsAreTranslatedAndAnswersAreNot() throws {
        let english = try type().localized(to: .english)
        #expect(english.field("nama")?.label == "Full name")
        #expect(english.service.fee == "Free")
        #expect(english.field("lama")?.suffix == "months")
        // Without a translation it stays.
        #expect(english.field("nim")?.label == "NIM atau nomor induk")
        let field = try #require(english.field("program_studi"))
        #expect(field.options == ["Sarjana", "Magister"])
        #expect(field.label(of: "Sarjana") == "Bachelor" && field.label(of: "Magister") == "Magister")
        #expect(field.check("Sarjana", today: Fixture.now.day) == .success("Sarjana"))
        #expect(english.letter == (try type().letter))
        #expect(try type().localized(to: .indonesian) == type())
    }

    @Test func whatLacksATranslationOrNeedsNoneIsNamed() throws {
        var type = try type()
        type.translations?["en"]?["Tidak ada"] = "Nowhere"
        let faults = type.translationFaults(in: .english)
        #expect(faults.contains("'Magister' has no translation"))
        #expect(faults.contains("'NIM atau nomor induk' has no translation"))
        #expect(faults.contains("'Tidak ada' is translated but stands nowhere"))
        #expect(!faults.contains { $0.contains("'Nama lengkap'") || $0.contains("'Sarjana'") })
    }

    @Test(arguments: [
        ("", ""), ("Nama lengkap", "Full name"), ("KTP, Nama lengkap", "KTP, Full name"),
        ("Nama, tempat lahir, Nama lengkap", "Name, place of birth, Full name"),
        ("Nama lengkap sekali", "Nama lengkap sekali"),
        ("Lain, lain", "Lain, lain"), ("Lain, Nama lengkap,", "Lain, Full name,"),
    ])
    func listsOfLabels(note: String, english: String) throws {
        var type = try type()
        type.sections[1].fields[1].label = "Nama, tempat lahir"
        type.translations?["en"]?["Nama, tempat lahir"] = "Name, place of birth"
        #expect(type.translatedList(note, to: .english) == english)
        #expect(type.translatedList(note, to: .indonesian) == note)
    }
}
