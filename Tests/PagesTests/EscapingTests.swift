import Foundation
import Mustache
import Permits
import Testing

@testable import Pages

@Suite struct EscapingTests {
    /// A parent whose every text is hostile, nested ones too.
    struct Hostile: MustacheParent {
        let base: any MustacheParent
        static let text = "\"\u{301} onfocus=alert(1) x=\"'><script>&{{csrf}}[[nav.logIn]]"

        func child(named name: String) -> Any? {
            guard let child = base.child(named: name) else { return nil }
            switch child {
            case is String: return Self.text
            case is Bool, is Int: return child
            case let texts as [String] where !texts.isEmpty: return texts.map { _ in Self.text }
            case let list as [any MustacheParent]: return list.map { Hostile(base: $0) }
            case let parent as any MustacheParent: return Hostile(base: parent)
            default: return child
            }
        }
    }

    @Test func nothingHostileComesThrough() throws {
        let renderer = try Repository.renderer()
        for sample in Sample.pages {
            let html = renderer.html(
                Hostile(base: sample.page), template: sample.type.template, in: Hostile(base: sample.frame))
            #expect(html.contains("&quot;\u{301} onfocus"), "\(sample)")
            let bytes = Array(html.utf8)
            for part in ["\"\u{301}", "<script>&", "'>", "\"'"] {
                let needle = Array(part.utf8)
                let found = bytes.indices.dropLast(needle.count).contains { bytes[$0...].starts(with: needle) }
                #expect(!found, "\(sample) lets \(part) through")
            }
        }
    }

    /// What swift-mustache would get wrong: `"` with a combining mark is one `Character`.
    @Test func marksDoNotHideQuotes() {
        #expect(Escaping.html.escape("\"\u{301}<\u{338}") == "&quot;\u{301}&lt;\u{338}")
        #expect(Escaping.html.escape("Siti") == "Siti")
        #expect(Escaping.none.escape("a<b") == "a<b")
    }

    @Test func textareasKeepLines() throws {
        let renderer = try Repository.renderer()
        var form = try #require(SectionForm.samples.first)
        form.questions = [
            Question(FieldModel(.textarea(rows: 3), name: "judul", label: "Judul", value: "\n  dua\n\n  tiga\n"))
        ]
        #expect(renderer.html(form, in: .citizen).contains(">\n\n  dua\n\n  tiga\n</textarea>"))
    }

    @Test func nilsDoNotBorrowFromOutside() throws {
        let renderer = try Repository.renderer()
        var form = try #require(SectionForm.samples.first)
        form.questions = [Question(FieldModel(.line, name: "a", label: "A", suffix: nil))]
        form.intro = nil
        let html = renderer.html(form, in: .citizen)
        #expect(!html.contains("Optional") && !html.contains("class=\"lead\""))
    }

    @Test func linksAreUniqueAndPlain() {
        let paths = Link.samples.map(\.path)
        #expect(Set(paths).count == paths.count)
        for path in paths { #expect(path.wholeMatch(of: /\/[a-zA-Z0-9\/._?=&%-]*/) != nil, "\(path)") }
        #expect(Link.service("a/b c?é").path == "/layanan/a%2Fb%20c%3F%C3%A9")
    }

    @Test func citizenPagesStaySmall() throws {
        let renderer = try Repository.renderer()
        for sample in Sample.pages where sample.frame.viewer?.role != "Petugas pemeriksa" {
            let size = sample.html(renderer, in: sample.frame).utf8.count
            #expect(size < 24_000, "\(sample): \(size) bytes")
        }
    }

    /// Style 7 KB and first view 14 KB when compressed, on a slow phone: text like this shrinks at least threefold.
    @Test func styleAndScriptStaySmall() throws {
        let style = try Repository.text("Public/css/app.css").utf8.count
        let script = try Repository.text("Public/js/app.js").utf8.count
        #expect(style < 27_000 && script < 2_000, "\(style) and \(script) bytes")
        let home = try #require(Home.samples.first)
        for language in Language.allCases {
            let html = try Repository.renderer(language).html(home, in: .visitor).utf8.count
            #expect(style + script + html < 42_000, "\(html) bytes of HTML in \(language)")
        }
    }
}
