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

    @Test func everyQuestionOfEveryLetterHoldsOut() async throws {
        let portal = try TestPortal()
        let siti = try await portal.client(DemoWorld.siti, over: .direct)
        let csrf = try await siti.get("/akun").csrf
        var kinds: Set<FieldDefinition.Kind> = []
        for (type, name) in try await Self.drafts(portal, siti) {
            for field in type.fields {
                kinds.insert(field.kind)
                let section = try #require(type.sections.first { $0.fields.contains { $0.key == field.key } })
                for input in Self.inputs {
                    let place = "\(type.slug), \(field.key), \(input.name)"
                    let path = "/permohonan/\(name)/isian/\(section.key)"
                    let reply = try await siti.post(path, [field.key: input.raw, "csrf": csrf, "then": "stay"])
                    #expect([303, 404, 422].contains(reply.status), "\(place): \(reply.status)")
                    Self.expectHarmless(reply.text, place)
                    Self.expectHarmless(try await siti.get(path).text, place)
                    let kept = try portal.application(name, as: DemoWorld.siti).answers[field.key] ?? ""
                    // A roster keeps lines that are wrong as they came, to be mended in their place.
                    if field.kind == .group { continue }
                    #expect(!kept.unicodeScalars.contains { Self.isTrick($0) }, "\(place): \(kept.debugDescription)")
                    #expect(kept.utf16.count <= max(field.maximumLength, 400), "\(place): \(kept.utf16.count)")
                }
            }
        }
        #expect(kinds == Set(FieldDefinition.Kind.allCases))
    }

    private static func expectHarmless(_ page: String, _ place: String) {
        for part in ["<script>alert", "\"'><b>"] {
            #expect(!page.utf8.contains(part.utf8), "\(place): \(part)")
        }
    }

    /// Characters that hide or reorder what stands around them; joiners hold emoji together.
    private static func isTrick(_ scalar: Unicode.Scalar) -> Bool {
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
