import Foundation
import Testing

@testable import Permits

/// What a template may say, and what becomes of it.
@Suite struct LetterTemplateTests {
    private func block(_ json: String) throws -> BlockTemplate {
        try JSONDecoder().decode(BlockTemplate.self, from: Data(json.utf8))
    }

    private func context(number: Int? = 1) throws -> LetterContext {
        LetterContext(
            answers: Fixture.answers, office: try Fixture.office(),
            signatory: SignatoryTitle(positionLines: ["KEPALA BADAN,"], name: "Dr. Ratna", rank: "", nip: ""),
            date: Fixture.now.day, number: number, verificationURL: nil)
    }

    private func composed(_ json: String, _ context: LetterContext) throws -> [LetterBlock] {
        var type = try Fixture.research()
        type.letter.blocks = [try block(json)]
        return type.compose(context).document.blocks
    }

    @Test func correspondenceHead() throws {
        let json = """
            {"kind": "correspondence", "text": "{unit:city}, {letter:date}", "rows": [
              {"label": "Nomor", "value": "{letter:number}"}, {"label": "Lampiran", "value": "{field:tidak_diisi}"}],
             "addressee": ["Yth. Kepala {field:lokasi}"], "addresseePlace": ["di-", "{unit:city}"]}
            """
        #expect(
            try composed(json, context()) == [
                .correspondence(
                    CorrespondenceHead(
                        placeAndDate: "Medan, 17 November 2026",
                        rows: [LetterField(label: "Nomor", value: "000.9/0001/BRIDA/2026")],
                        addressee: ["Yth. Kepala SMP Negeri 1 Medan"], addresseePlace: ["di-", "Medan"]))
            ])
    }

    static let roster = """
        {"kind": "roster", "field": "peserta", "text": "DAFTAR", "items": ["Nomor : {letter:number}"],
         "columns": [{"label": "No.", "width": 0.5}, {"label": "Nama", "field": "nama"}, {"label": "NIM", "field": "nim"}]}
        """

    /// What a repeated question stores, and the rows that are printed. Nil: no annex.
    @Test(arguments: [
        (#"[{"nama": "Siti", "nim": "1"}, {"nim": "2", "nama": "Budi"}]"#, [["1", "Siti", "1"], ["2", "Budi", "2"]]),
        (#"[{"nama": "Siti", "nim": 220903045}, {"nama": ""}]"#, [["1", "Siti", "220903045"]]),
        (#"[{"nama": "Siti", "nim": null, "lain": [1]}]"#, [["1", "Siti", ""]]),
        (#"[{"nama": "{letter:number}"}]"#, [["1", "{letter:number}", ""]]),
        ("[]", nil), ("", nil), ("Siti, Budi", nil), (#"{"nama": "Siti"}"#, nil), ("[", nil),
    ])
    func rosters(answer: String, rows: [[String]]?) throws {
        var context = try context()
        context.answers["peserta"] = answer
        let table = rows.map { rows in
            AnnexTable(
                lines: ["Nomor : 000.9/0001/BRIDA/2026"], title: "DAFTAR",
                columns: [
                    AnnexTable.Column(label: "No.", width: 0.5), AnnexTable.Column(label: "Nama", width: 1),
                    AnnexTable.Column(label: "NIM", width: 1),
                ], rows: rows)
        }
        let annex: [LetterBlock] = table.map { [.annex($0)] } ?? []
        #expect(try composed(Self.roster, context) == annex)
        let count = try composed(
            #"{"kind": "fields", "rows": [{"label": "Jumlah", "value": "{roster:peserta:count}"}]}"#, context)
        let words = [1: "1 (satu) orang", 2: "2 (dua) orang"]
        let counted: [LetterBlock] =
            rows.map { [.fields([LetterField(label: "Jumlah", value: words[$0.count] ?? "")])] } ?? []
        #expect(count == counted)
    }

    /// Condition, and whether the paragraph is printed.
    @Test(arguments: [
        (#""when": {"field": "jenis", "is": ["kelompok", "dosen"]}"#, true),
        (#""when": {"field": "jenis", "is": ["mahasiswa"]}"#, false),
        (#""when": {"field": "pilihan", "is": ["b"]}"#, true), (#""when": {"field": "pilihan", "is": ["c"]}"#, false),
        (#""whenFilled": "jenis""#, true), (#""whenFilled": "kosong""#, false), (#""whenFilled": "field:jenis""#, true),
        (#""whenFilled": "previous:number""#, false), (#""whenFilled": "unit:city""#, true),
        (#""whenFilled": "jenis", "when": {"field": "jenis", "is": ["lain"]}"#, false),
    ])
    func conditions(condition: String, isPrinted: Bool) throws {
        var context = try context()
        context.answers["jenis"] = "kelompok"
        context.answers["pilihan"] = "a\nb"
        context.answers["kosong"] = ""
        let blocks = try composed(#"{"kind": "paragraph", "text": "x", \#(condition)}"#, context)
        let paragraph: [LetterBlock] = isPrinted ? [.paragraph("x")] : []
        #expect(blocks == paragraph)
        let rows = try composed(
            #"{"kind": "fields", "rows": [{"label": "x", "value": "y", \#(condition)}]}"#, context)
        let fields: [LetterBlock] = isPrinted ? [.fields([LetterField(label: "x", value: "y")])] : []
        #expect(rows == fields)
    }

    @Test func itemsThatNobodyFilledAreLeftOut() throws {
        var context = try context()
        context.answers["lokasi"] = ""
        context.reasons = ["Alasan pertama", "Alasan kedua"]
        let json = #"{"kind": "numbered", "items": ["Pimpinan {field:lokasi};", "{reasons}", "{papers}", "Arsip."]}"#
        #expect(
            try composed(json, context) == [
                .numbered(label: nil, items: ["Alasan pertama", "Alasan kedua", "Arsip."])
            ])
        #expect(try composed(#"{"kind": "numbered", "items": ["{papers}"]}"#, context) == [])
    }

    @Test(arguments: [
        ("Satu alasan", ["Satu alasan"]),
        ("1. Proposal belum lengkap\r\n2) KTP buram\n\n", ["Proposal belum lengkap", "KTP buram"]),
        ("- a\n* b\n • c", ["a", "b", "c"]), ("2.500 responden\n2 proposal", ["2.500 responden", "2 proposal"]),
        (" \n", []),
    ])
    func reasons(text: String, reasons: [String]) {
        #expect(LetterContext.reasons(in: text) == reasons)
    }

    /// Part of a block, and a word of its fault.
    @Test(arguments: [
        (#"{"kind": "paragraph"}"#, "paragraph block without text"),
        (#"{"kind": "numbered", "items": []}"#, "numbered block without items"),
        (#"{"kind": "fields"}"#, "without rows"), (#"{"kind": "title", "text": ""}"#, "title block without text"),
        (#"{"kind": "paragraph", "text": "{}"}"#, "'{}'"),
        (#"{"kind": "paragraph", "text": "{field:x"}"#, "open brace"),
        (#"{"kind": "paragraph", "text": "a } b"}"#, "brace closes nothing"),
        (#"{"kind": "paragraph", "text": "{roster:hilang:count}"}"#, "{roster:hilang:count}"),
        (#"{"kind": "paragraph", "text": "{roster:nama:jumlah}"}"#, "{roster:nama:jumlah}"),
        (#"{"kind": "correspondence", "text": "x", "rows": [{"label": "a", "value": "b"}]}"#, "without addressee"),
        (#"{"kind": "roster", "text": "x", "columns": [{"label": "a"}]}"#, "without field"),
        (#"{"kind": "roster", "text": "x", "field": "nama"}"#, "without columns"),
        (#"{"kind": "roster", "text": "x", "field": "hilang", "columns": [{"label": "a"}]}"#, "'hilang' is no field"),
        (#"{"kind": "roster", "text": "x", "field": "nama", "columns": [{"label": "a", "width": 0}]}"#, "width"),
        (#"{"kind": "paragraph", "text": "x", "when": {"field": "hilang", "is": ["a"]}}"#, "condition on 'hilang'"),
        (#"{"kind": "paragraph", "text": "x", "when": {"field": "nama", "is": []}}"#, "condition without answers"),
        (
            #"{"kind": "fields", "rows": [{"label": "a", "value": "b", "whenFilled": "hilang"}]}"#,
            "condition on 'hilang'"
        ),
        (#"{"kind": "signature"}"#, "one signature"),
    ])
    func faults(json: String, fault: String) throws {
        var type = try Fixture.research()
        type.letter.blocks.append(try block(json))
        #expect(type.faults.count == 1)
        #expect(type.faults.first?.contains(fault) == true, "\(type.faults)")
    }

    @Test func faultsOfOfficeLetters() throws {
        var type = try Fixture.research()
        var letters = OfficeLetters()
        letters.receipt = type.letter
        letters.refusal = LetterTemplate(title: "x", blocks: [], footer: ["{field:nama}"])
        #expect(letters.faults.contains { $0.hasPrefix("receipt: nobody signs") })
        #expect(letters.faults.contains("refusal: unknown placeholder '{field:nama}'"))
        type.letters = letters
        #expect(type.faults == ["refusal: the letter needs one signature block", "receipt: nobody signs this letter"])
    }

    @Test func typeThenOfficeThenPortal() throws {
        func letters(_ title: String) -> OfficeLetters {
            var letters = OfficeLetters()
            letters.receipt = LetterTemplate(title: title, blocks: [], footer: [])
            return letters
        }
        var type = try Fixture.research()
        var context = try context()
        #expect(type.compose(.receipt, context, defaults: OfficeLetters()) == nil)
        #expect(type.compose(.receipt, context, defaults: letters("portal"))?.document.title == "portal")
        context.office.letters = letters("office")
        #expect(type.compose(.receipt, context, defaults: letters("portal"))?.document.title == "office")
        type.letters = letters("type")
        #expect(type.compose(.receipt, context, defaults: letters("portal"))?.document.title == "type")
        #expect(type.compose(.refusal, context, defaults: letters("portal")) == nil)
    }

    /// Last day of the old letter, and the time that the extension gives from 17 November 2026 on.
    @Test(arguments: [
        ("2026-11-30", "1 Desember 2026 s.d. 28 Februari 2027"),
        ("2026-11-17", "18 November 2026 s.d. 17 Februari 2027"),
        ("2026-10-01", "17 November 2026 s.d. 16 Februari 2027"),
    ])
    func extensionBeginsWhereTheOldLetterEnds(end: String, period: String) throws {
        var context = try context()
        context.previous = PreviousLetter(
            relation: .extends, title: "Surat", numberText: "7", date: Fixture.now.day,
            validUntil: try #require(Day(iso: end)))
        var letters = OfficeLetters()
        letters.extension = LetterTemplate(
            title: "{previous:number}: {letter:validFrom} s.d. {letter:validUntil}", blocks: [], footer: [])
        let composed = try #require(try Fixture.research().compose(.extension, context, defaults: letters))
        #expect(composed.document.title == "7: \(period)")
    }

    /// Letters issued before there were annexes and conditions.
    @Test func oldDocumentsAndTypesAreRead() throws {
        let old =
            #"{"language":"id","title":"t","issuer":"i","blocks":[{"title":{"text":"a","number":"b"}},{"copies":{"label":"T","items":["x"]}}],"footer":[]}"#
        let document = try JSONDecoder().decode(LetterDocument.self, from: Data(old.utf8))
        #expect(document.blocks == [.title(text: "a", number: "b"), .copies(label: "T", items: ["x"])])
        #expect(try Fixture.research().letters == nil)
        #expect(try Fixture.office().letters == nil)
        let new = try JSONEncoder().encode([
            LetterBlock.annex(AnnexTable(lines: [], title: "t", columns: [], rows: [["a"]])),
            .correspondence(CorrespondenceHead(placeAndDate: "p", rows: [], addressee: ["a"], addresseePlace: [])),
        ])
        #expect(try JSONDecoder().decode([LetterBlock].self, from: new).count == 2)
    }
}
