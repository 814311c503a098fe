import Permits
import Testing

@testable import Pages

/// A place in the queue, in words and drawn.
@Suite struct PlaceTests {
    private static func model(_ ahead: Int, _ total: Int, _ line: QueuePlace.Line, _ language: Language) throws
        -> PlaceModel
    {
        let texts = try Texts(file: "\(Repository.templates)/strings/\(language.rawValue).json", language: language)
        return PlaceModel(QueuePlace(line: line, ahead: ahead, total: total, limit: 1000), texts: texts)
    }

    @Test(arguments: [
        (0, 1, "Berikutnya yang diperiksa", "Next to be checked"),
        (4, 23, "Urutan ke-5 dari 23 yang menunggu diperiksa", "Number 5 of 23 waiting to be checked"),
        (
            999, 1001, "Urutan ke-1.000 dari lebih dari 1.000 yang menunggu diperiksa",
            "Number 1,000 of more than 1,000 waiting to be checked"
        ),
        (
            1001, 1001, "Masih ada lebih dari 1.000 berkas di depan yang menunggu diperiksa",
            "There are still more than 1,000 applications ahead waiting to be checked"
        ),
    ])
    func itIsSaid(ahead: Int, total: Int, indonesian: String, english: String) throws {
        #expect(try Self.model(ahead, total, .check, .indonesian).text == indonesian)
        #expect(try Self.model(ahead, total, .check, .english).text == english)
    }

    @Test(arguments: Language.allCases)
    func whatIsWaitedForIsSaid(language: Language) throws {
        let check = try Self.model(1, 3, .check, language)
        let signature = try Self.model(1, 3, .signature, language)
        #expect(check.text != signature.text && check.meaning != signature.meaning)
        for text in [check, signature].flatMap({ [$0.text, $0.meaning] }) {
            #expect(!text.contains("[") && !text.contains("{"), "\(text)")
        }
    }

    /// Dots before its own, and all dots.
    @Test(arguments: [
        (0, 3, 0, 3), (2, 3, 2, 3), (4, 10, 4, 10), (15, 16, 15, 16), (0, 500, 0, 16), (1, 500, 1, 16),
        (250, 500, 7, 16), (498, 500, 14, 16), (499, 500, 15, 16), (1001, 1001, 15, 16),
    ])
    func itIsDrawnInScale(ahead: Int, total: Int, before: Int, dots: Int) throws {
        let line = try #require(try Self.model(ahead, total, .check, .indonesian).line)
        #expect((line.here - PlaceModel.Line.margin) / PlaceModel.Line.step == before)
        #expect((line.end - PlaceModel.Line.margin) / PlaceModel.Line.step == dots - 1)
        #expect(line.width <= 240, "wider than the narrowest panel")
    }

    @Test func oneOrTwoAreNoLine() throws {
        for total in 1...2 { #expect(try Self.model(0, total, .check, .indonesian).line == nil) }
    }

    @Test func aListSaysItInItsSentence() throws {
        let texts = try Texts(file: "\(Repository.templates)/strings/id.json")
        func next(isAsked: Bool, _ place: QueuePlace?) -> String {
            BriefStanding(.submitted, isClaimed: false, isAsked: isAsked, letter: nil, place: place, texts: texts).next
        }
        let place = QueuePlace(line: .check, ahead: 4, total: 23, limit: 1000)
        #expect(next(isAsked: false, place).hasPrefix("Urutan ke-5 dari 23 yang menunggu diperiksa."))
        #expect(next(isAsked: true, place) == "Jawab pertanyaan kantor.")
        #expect(next(isAsked: false, nil).hasPrefix("Menunggu giliran diperiksa."))
    }
}
