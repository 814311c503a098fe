import Foundation
import Permits
import Store
import Testing

@testable import Portal

/// Every question of every kind of letter against what people, phones and attackers send, over HTTP: it is kept as text
/// or refused beside its field, and never harms what stands next to it.
@Suite struct BadInputTests {
    static let inputs: [(name: String, raw: String)] = [
        ("empty", ""), ("blank", " \t\r\n"), ("too long", String(repeating: "a", count: 50_000)),
        ("wrong form", "bukan isian yang benar"), ("markup", "<script>alert(1)</script>\"'><b>"),
        ("template", "{{frame.csrf}}[[nav.logIn]]{field:nik}"), ("SQL", "'; DROP TABLE application; --"),
        ("right to left", "\u{202E}gnp.exe\u{2066}\u{2069}"), ("Arabic", "\u{645}\u{64A}\u{62F}\u{627}\u{646}"),
        ("emoji", "👩‍🔬🏽🇮🇩"), ("combining", "e\u{301}\u{300}\u{338}" + String(repeating: "\u{301}", count: 300)),
        ("control", "a\u{0}\u{7}\u{1B}[31mb\u{85}"), ("zero width", "a\u{200B}\u{FEFF}\u{2060}b"),
        ("JSON", #"[{"nama":1}]"#), ("huge number", String(repeating: "9", count: 400)),
    ]

    /// A draft of every kind of letter.
    private static func drafts(_ portal: TestPortal, _ siti: Client) async throws -> [(type: LetterType, name: String)]
    {
        let csrf = try await siti.get("/akun").csrf
        var drafts: [(type: LetterType, name: String)] = []
        for published in try portal.site.store.publishedLetterTypes(at: TestPortal.start) {
            let begun = try await siti.post("/permohonan", ["slug": published.type.slug, "csrf": csrf])
            let name = try #require(begun.location?.split(separator: "/").dropFirst().first)
            drafts.append((published.type, String(name)))
        }
        return drafts
    }

    /// One question at a time, with the choices before it made so that it is asked.
    private struct Question {
        let portal: TestPortal
        let siti: Client
        let csrf: String
        let type: LetterType
        let name: String
        let field: FieldDefinition

        var section: String { type.sections.first { $0.fields.contains { $0.key == field.key } }?.key ?? "" }
        var page: String { "/permohonan/\(name)/isian/\(section)" }

        func application() throws -> Application { try portal.application(name, as: DemoWorld.siti) }

        /// Makes the choices on which it depends, and empties what was answered before.
        func ask() throws {
            let reference = try #require(Reference(name))
            try portal.site.store.saveDraft(reference, by: portal.viewer(DemoWorld.siti), at: TestPortal.start) {
                var answers = $0.answers
                if field.kind != .file { answers[field.key] = "" }
                var condition = field.showIf
                while let needed = condition {
                    answers[needed.field] = needed.values.first
                    condition = type.field(needed.field)?.showIf
                }
                return answers
            }
        }

        /// Answered with a page or a redirect: 404 would mean that nobody asked.
        func send(_ fields: [String: String], _ what: String) async throws {
            let form = fields.merging(["csrf": csrf]) { $1 }
            let reply =
                field.kind == .group
                ? try await siti.post("/permohonan/\(name)/daftar/\(section)", form, files: [])
                : try await siti.post(page, form.merging(["then": "stay"]) { $1 })
            let place = "\(type.slug), \(field.key), \(what)"
            #expect([303, 422].contains(reply.status), "\(place): \(reply.status)")
            BadInputTests.expectHarmless(reply.text, place)
            BadInputTests.expectHarmless(try await siti.get(page).text, place)
            try expectTame(place)
        }

        private func expectTame(_ place: String) throws {
            let kept = try application().answers[field.key] ?? ""
            #expect(!kept.unicodeScalars.contains { BadInputTests.isTrick($0) }, "\(place): \(kept.debugDescription)")
            // A roster keeps cells that are wrong as they came, to be mended in their place.
            let longest = field.kind == .group ? 300_000 : max(field.maximumLength, 400)
            #expect(kept.utf16.count <= longest, "\(place): \(kept.utf16.count)")
        }
    }

    @Test func everyQuestionOfEveryLetterHoldsOut() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let csrf = try await siti.get("/akun").csrf
        var kinds: Set<FieldDefinition.Kind> = []
        for (type, name) in try await Self.drafts(portal, siti) {
            for field in type.fields {
                kinds.insert(field.kind)
                let question = Question(portal: portal, siti: siti, csrf: csrf, type: type, name: name, field: field)
                try question.ask()
                let page = try await siti.get(question.page)
                let inputs =
                    field.kind == .group ? (field.columns ?? []).map { "baru.\($0.key)" } : Self.boxes(of: field)
                for input in inputs { #expect(page.text.contains("name=\"\(input)\""), "\(type.slug): \(input)") }
                switch field.kind {
                case .group: try await Self.fillRows(question)
                case .file: try await Self.upload(question)
                default: try await Self.answer(question, in: inputs)
                }
            }
        }
        #expect(kinds == Set(FieldDefinition.Kind.allCases))
    }

    private static func boxes(of field: FieldDefinition) -> [String] {
        field.kind == .dateRange ? ["\(field.key).mulai", "\(field.key).sampai"] : [field.key]
    }

    /// All inputs of the question at once, and each end of a range beside a right one.
    private static func answer(_ question: Question, in names: [String]) async throws {
        for input in inputs {
            try await question.send(Dictionary(uniqueKeysWithValues: names.map { ($0, input.raw) }), input.name)
            guard names.count > 1 else { continue }
            for bad in names {
                let typed = names.map { ($0, $0 == bad ? input.raw : "2026-12-01") }
                try await question.send(Dictionary(uniqueKeysWithValues: typed), "\(bad): \(input.name)")
            }
        }
    }

    /// Each column of the blank row, then all of it as a table.
    private static func fillRows(_ question: Question) async throws {
        for input in inputs {
            for column in question.field.columns ?? [] {
                try question.ask()
                try await question.send(
                    ["baru.\(column.key)": input.raw, "then": "add"], "\(column.key): \(input.name)")
            }
            try question.ask()
            try await question.send(["tempel": "Nama;\(input.raw)\nSiti;\(input.raw)", "then": "import"], input.name)
        }
    }

    private static let names: [(name: String, raw: String)] = [
        ("markup", "<script>alert(1)</script>\"'><b>.pdf"), ("right to left", "\u{202E}fdp.exe\u{2066}.pdf"),
        ("emoji", "👩‍🔬🏽🇮🇩.pdf"), ("too long", String(repeating: "a", count: 5000) + ".pdf"),
        ("combining", "e" + String(repeating: "\u{301}", count: 5000) + ".pdf"),
        ("control", "a\u{0}\u{7}\r\n\u{1B}[31m.pdf"), ("path", "../../../etc/passwd"), ("dots", "..."), ("empty", ""),
    ]

    private static func upload(_ question: Question) async throws {
        let key = question.field.key
        func send(_ filename: String, _ content: Data) async throws -> Client.Reply {
            try await question.siti.post(
                question.page, ["csrf": question.csrf, "then": "stay"], files: [(key, filename, content)])
        }
        for (what, filename) in names {
            #expect(try await send(filename, JourneyTests.pdf).status == 303, "\(what)")
            let kept = try #require(try question.application().attachment(for: key)?.filename, "\(what)")
            #expect(!kept.unicodeScalars.contains { isTrick($0) || $0 == "/" || $0 == "\\" }, "\(what): \(kept)")
            #expect(kept.hasSuffix(".pdf") && kept.count > 4 && kept.utf16.count <= 210, "\(what): \(kept.count)")
            expectHarmless(try await question.siti.get(question.page).text, what)
        }
        let before = try question.application().attachment(for: key)
        let limit = question.field.file?.maxBytes ?? 0
        let bad: [(name: String, filename: String, content: Data)] = [
            ("wrong kind", "a.exe", Data([0x4D, 0x5A, 0x90, 0])), ("wrong content", "a.pdf", Data("halo".utf8)),
            ("empty", "a.pdf", Data()), ("markup", "<b>.html", Data("<script>alert(1)</script>".utf8)),
            ("too large", "a.pdf", JourneyTests.pdf + Data(count: limit)),
            ("cut off", "a.pdf", Data("%PDF-1.7\n".utf8)),
        ]
        for (what, filename, content) in bad {
            let reply = try await send(filename, content)
            #expect(reply.status == 422 && reply.text.contains("id=\"f-\(key)-error\""), "\(what): \(reply.status)")
            expectHarmless(reply.text, what)
            #expect(try question.application().attachment(for: key) == before, "\(what)")
        }
    }

    fileprivate static func expectHarmless(_ page: String, _ place: String) {
        for part in ["<script>alert", "\"'><b>"] {
            #expect(!page.utf8.contains(part.utf8), "\(place): \(part)")
        }
    }

    /// Characters that hide or reorder what stands around them; joiners hold emoji together.
    fileprivate static func isTrick(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control: scalar != "\n"
        case .format: scalar != "\u{200D}" && scalar != "\u{200C}"
        default: false
        }
    }

    /// One wrong answer does not cost the right ones beside it.
    @Test func rightAnswersStayBesideWrongOnes() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let csrf = try await siti.get("/akun").csrf
        for (type, name) in try await Self.drafts(portal, siti) {
            guard let section = type.sections.first(where: { Self.pair(in: $0) != nil }),
                let (right, wrong) = Self.pair(in: section)
            else { continue }
            let reply = try await siti.post(
                "/permohonan/\(name)/isian/\(section.key)",
                [right.key: "Jalan Mawar 5", wrong.key: "<b>salah</b>", "csrf": csrf])
            #expect(reply.status == 422 && reply.text.contains("&lt;b&gt;salah"), "\(type.slug)")
            #expect(
                try portal.application(name, as: DemoWorld.siti).answers[right.key] == "Jalan Mawar 5", "\(type.slug)")
        }
    }

    /// A plain text and something with a form of its own that are asked together.
    private static func pair(in section: FormSection) -> (right: FieldDefinition, wrong: FieldDefinition)? {
        let asked = section.fields.filter { $0.showIf == nil }
        guard let right = asked.first(where: { $0.kind == .text && ($0.maxLength ?? 99) > 20 }),
            let wrong = asked.first(where: { [.nik, .phone, .email, .date].contains($0.kind) })
        else { return nil }
        return (right, wrong)
    }

    // MARK: A roster of 500 with three bad lines

    @Test func aFileOf500KeepsThe497() async throws {
        let draft = try await RosterTests.Draft()
        let bad = [17: "Tanpa NIM", 250: "Kolom;190777777;Gizi;08123456789;lebih", 499: ";190778888;<b>Gizi</b>"]
        let lines = (1...500).map { bad[$0] ?? "Peserta \($0);\(190_000_000 + $0);Gizi;08123456789" }
        let csv = Data(("Nama;NIM;Program studi;Telepon\r\n" + lines.joined(separator: "\r\n") + "\r\n").utf8)
        #expect(try await draft.send(["then": "import"], file: csv).status == 303)
        let rows = try draft.rows()
        #expect(rows.count == 500 && rows.count { $0.line == nil } == 497)
        #expect(rows.filter { $0.line != nil }.compactMap(\.source) == [17, 250, 499].map { bad[$0] ?? "" })
        let page = try await draft.page().text
        #expect(page.contains("500 baris") && page.contains("3 perlu dibetulkan"))
        #expect(page.contains("&lt;b&gt;Gizi") && !page.contains("<b>Gizi"))
        let early = try await draft.send(["then": "next"])
        #expect(early.status == 422)
        #expect(try draft.rows() == rows, "nothing is lost by going on too early")
    }

    @Test func threeTypedWrongHarmNoneOf497() async throws {
        let draft = try await RosterTests.Draft()
        #expect(try await draft.send(["tempel": RosterTests.table(497)]).status == 303)
        let good = try draft.rows()
        for (name, number) in [("Tanpa NIM", ""), ("\u{202E}Terbalik", "<b>"), ("", "190779999")] {
            let typed = ["baru.nama": name, "baru.nim": number, "then": "add"]
            #expect(try await draft.send(typed).status == 303)
        }
        let rows = try draft.rows()
        #expect(rows.count == 500 && Array(rows.prefix(497)) == good)
        #expect(rows.suffix(3).map { $0.cells["nama"] } == ["Tanpa NIM", "Terbalik", ""])
        #expect(try await draft.page().text.contains("3 perlu dibetulkan"))
        #expect(try await draft.send(["then": "next"]).status == 422)
        #expect(try draft.rows() == rows)
    }
}

extension String.UTF8View {
    /// Byte by byte: a combining mark makes a quotation mark another character.
    fileprivate func contains(_ part: String.UTF8View) -> Bool { Data(self).range(of: Data(part)) != nil }
}
