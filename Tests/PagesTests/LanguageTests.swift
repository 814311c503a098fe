import Foundation
import Mustache
import Permits
import Testing

@testable import Pages

/// Indonesian words that no English sentence has. Shared wording such as NIK, KTP and names of offices is not in it.
enum IndonesianWords {
    static func pattern() throws -> Regex<(Substring, Substring)> {
        let words = try Repository.text("Tests/indonesian-words.txt").split(whereSeparator: \.isWhitespace)
        return try Regex(#"(?i)\b("# + words.joined(separator: "|") + #")\b"#)
    }

    /// Every such word in what people read of a page: text, and attributes that are read out.
    static func found(in html: String) throws -> [String] {
        let words = try pattern()
        var text = html.replacing(/<(script|style).*?<\/\1>/.dotMatchesNewlines(), with: " ")
        let read = /(?:alt|title|aria-label|data-label|data-large|placeholder)="([^"]*)"/
        let attributes = text.matches(of: read).map { String($0.1) }.joined(separator: " | ")
        // The switch names the other language in its own words.
        text = text.replacing(/<button[^>]* lang="id">.*?<\/button>/, with: " ")
        text = text.replacing(/<[^>]*>/, with: " ") + " " + attributes
        return text.matches(of: words).map { String($0.1).lowercased() }
    }
}

/// English is complete, and says the same things with the same values.
@Suite struct LanguageTests {
    static func table(_ language: Language) throws -> [String: String] {
        let file = "\(Repository.templates)/strings/\(language.rawValue).json"
        return try JSONDecoder().decode([String: String].self, from: Data(contentsOf: URL(fileURLWithPath: file)))
    }

    @Test(arguments: Language.allCases.filter { $0 != .standard })
    func everyTextIsTranslatedAndNoneIsIdle(language: Language) throws {
        let standard = try Self.table(.standard)
        let other = try Self.table(language)
        let missing = standard.keys.filter { other[$0, default: ""].isEmpty }.sorted()
        let idle = other.keys.filter { standard[$0] == nil }.sorted()
        #expect(missing.isEmpty, "\(language.rawValue).json lacks: \(missing.joined(separator: ", "))")
        #expect(idle.isEmpty, "\(language.rawValue).json has what id.json has not: \(idle.joined(separator: ", "))")
    }

    @Test(arguments: Language.allCases.filter { $0 != .standard })
    func translationsTakeTheSameValues(language: Language) throws {
        func values(_ text: String) -> Set<String> {
            Set(text.matches(of: /\{+([A-Za-z.]+)(\|[^}]*)?\}+/).map { String($0.1) })
        }
        let other = try Self.table(language)
        for (key, text) in try Self.table(.standard) {
            let translated = other[key] ?? ""
            #expect(values(text) == values(translated), "\(key): '\(text)' and '\(translated)'")
            #expect(text.contains("{{") == translated.contains("{{"), "\(key)")
        }
    }

    @Test func englishTextsHoldNoIndonesian() throws {
        for (key, text) in try Self.table(.english) {
            let found = try IndonesianWords.found(in: text)
            #expect(found.isEmpty, "\(key): \(found)")
        }
        // The net has no hole: Indonesian texts of some length are all caught.
        let long = try Self.table(.indonesian).values.filter { $0.count > 60 }
        let missed = try long.filter { try IndonesianWords.found(in: $0).isEmpty }
        #expect(missed.count * 20 < long.count, "\(missed)")
    }

    /// A model whose every text is English, so that what else is read comes from the template.
    struct Neutral: MustacheParent {
        let base: any MustacheParent

        func child(named name: String) -> Any? {
            guard let child = base.child(named: name) else { return nil }
            switch child {
            case let text as String: return text.isEmpty ? "" : "Sample"
            case let texts as [String]: return texts.map { _ in "Sample" }
            case let list as [any MustacheParent]: return list.map { Neutral(base: $0) }
            case let parent as any MustacheParent: return Neutral(base: parent)
            default: return child
            }
        }
    }

    @Test func englishTemplatesHoldNoIndonesian() throws {
        let renderer = try Repository.renderer(.english)
        for sample in Sample.pages {
            let html = renderer.html(
                Neutral(base: sample.page), template: sample.type.template, in: Neutral(base: sample.frame))
            let found = try IndonesianWords.found(in: html)
            #expect(found.isEmpty, "\(sample): \(found)")
        }
    }

    @Test(arguments: Language.allCases)
    func everySampleRendersInEveryLanguage(language: Language) throws {
        let renderer = try Repository.renderer(language)
        for sample in Sample.pages {
            let html = sample.html(renderer, in: sample.frame)
            for leftover in ["{{", "}}", "[[", "|"] {
                #expect(!html.contains(leftover), "\(sample) shows \(leftover)")
            }
        }
        for sample in Sample.mails {
            let (subject, body) = sample.mail(renderer)
            #expect(!subject.isEmpty && !subject.contains("{") && !body.contains("{") && !body.contains("[["))
        }
    }

    @Test func aMissingTranslationFallsBack() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "texts-\(UUID().uuidString).json").path()
        try #"{"nav.logIn": "Log in"}"#.write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let standard = try Texts(file: TextTests.file)
        let texts = try Texts(file: file, language: .english, fallback: standard)
        #expect(texts("nav.logIn") == "Log in" && texts("nav.logOut") == "Keluar" && texts.language == .english)
        #expect(try Texts(file: file, language: .english)["nav.logOut"] == nil)
    }

    /// The form says that answers go into an Indonesian letter, and the preview that the letter is one.
    @Test func translatedPagesSayThatTheLetterIsIndonesian() throws {
        let english = try Repository.renderer(.english)
        var frame = Frame.citizen
        frame.language = "en"
        let form = try #require(SectionForm.samples.first)
        #expect(english.html(form, in: frame).contains("printed on a letter in Indonesian"))
        #expect(!english.html(form, in: .citizen).contains("printed on a letter in Indonesian"))
        let signing = try #require(Signing.samples.first)
        #expect(english.html(signing, in: frame).contains("The letter itself is in Indonesian."))
    }
}

@Suite struct EnglishFormatTests {
    let texts: Texts

    init() throws { texts = try Repository.renderer(.english).texts }

    @Test func datesAndNumbers() throws {
        let formats = texts.formats
        let day = try #require(Day(year: 2026, month: 8, day: 17))
        #expect(formats.date(day) == "17 August 2026")
        #expect(formats.longDate(day) == "Monday 17 August 2026")
        #expect(formats.dateTime(Moment(day, hour: 8)) == "Monday 17 August 2026 at 08.00 WIB")
        #expect(formats.shortDateTime(Moment(day, hour: 8)) == "17 August 2026 at 08.00")
        #expect(formats.number(1_234_567) == "1,234,567")
        #expect(formats.number(1_234_567.891, decimals: 2) == "1,234,567.89")
        #expect(formats.rupiah(10_000) == "Rp10,000.00")
        #expect(formats.fileSize(1) == "1 byte" && formats.fileSize(812) == "812 bytes")
        #expect(formats.fileSize(2_411_724) == "2.3 MB")
    }

    @Test func oneAndMany() {
        #expect(texts("service.days", ["days": "1"]) == "1 working day")
        #expect(texts("service.months", ["months": "3"]) == "3 months from the date of issue")
        #expect(texts.due(workingDaysLeft: -1).text == "1 working day late")
        #expect(texts.due(workingDaysLeft: 3).text == "3 working days left")
        #expect(texts.hoursLeft(1).text == "1 hour left")
        #expect(texts.tooManyTries(seconds: 61) == "Too many tries. Try again in 2 minutes.")
        #expect(texts.alternatives(["PDF", "JPEG", "PNG"]) == "PDF, JPEG or PNG")
        #expect(texts.alternatives(["PDF", "PNG"]) == "PDF or PNG" && texts.alternatives(["PDF"]) == "PDF")
    }

    @Test func problemsNameFieldsAndSizesInTheReadersWords() {
        let problem = FieldProblem("judul", "required", ["label": "Judul penelitian"])
        #expect(texts.problem(problem, label: "Research title") == "Enter research title.")
        #expect(
            texts.problem(FieldProblem("a", "tooLong", ["labelKey": "decision.label", "max": "500", "count": "501"]))
                == "Shorten reason: at most 500 characters, now 501.")
        let large = FieldProblem("ktp", "fileTooLarge", ["limitBytes": "10485760", "actualBytes": "14889779"])
        #expect(
            texts.problem(large, label: "KTP").hasPrefix("KTP: the file is 14.2 MB, at most 10 MB is allowed."))
    }

    /// The portal writes Indonesian dates as letters do.
    @Test func indonesianMonthsAreTheOnesOfLetters() throws {
        let formats = try Repository.renderer().texts.formats
        for month in 1...12 {
            let day = try #require(Day(year: 2026, month: month, day: 9))
            #expect(formats.date(day) == IndonesianText.date(day))
        }
    }
}
