import Foundation
import Permits
import Testing

@testable import Pages

/// Inputs are made from a letter type, whatever it asks.
@Suite struct PresentingTests {
    static let json = """
        {"slug": "keramaian", "version": 1, "unit": "kec", "name": "Izin Keramaian", "summary": "Untuk acara.",
         "service": {"workingDays": 2, "fee": "Gratis", "product": "Surat", "steps": [], "complaints": "Loket"},
         "sections": [
           {"key": "acara", "title": "Acara", "fields": [
             {"key": "nama_acara", "kind": "text", "label": "Nama acara", "isRequired": true, "maxLength": 80},
             {"key": "tamu", "kind": "number", "label": "Jumlah tamu", "isRequired": true, "suffix": "orang"},
             {"key": "hari", "kind": "date", "label": "Hari acara", "isRequired": false},
             {"key": "waktu", "kind": "choice", "label": "Waktu", "isRequired": false, "options": ["Siang", "Malam"]}]},
           {"key": "tempat", "title": "Tempat", "fields": [
             {"key": "alamat", "kind": "longText", "label": "Alamat", "isRequired": true}]}],
         "requirements": [
           {"key": "ktp", "label": "KTP", "hint": "", "isRequired": true, "kinds": ["pdf", "jpeg", "png"],
            "maxBytes": 10485760},
           {"key": "denah", "label": "Denah", "hint": "Kasar pun boleh.", "isRequired": false, "kinds": ["pdf", "png"],
            "maxBytes": 1048576}],
         "statement": "Saya menjaga ketertiban.", "subjectField": "nama_acara",
         "chain": [{"kind": "verify", "label": "Periksa"}],
         "number": {"series": "a", "pattern": "{number}", "classification": "300"}, "validity": {"months": 1},
         "letter": {"title": "Izin", "blocks": [], "footer": []},
         "verification": {"nameField": "nama_acara", "fields": []}}
        """
    let texts: Texts
    let type: LetterType
    let today: Day

    init() throws {
        texts = try Texts(file: Repository.templates + "/strings/id.json")
        type = try JSONDecoder().decode(LetterType.self, from: Data(Self.json.utf8))
        today = try #require(Day(year: 2026, month: 11, day: 21))
    }

    @Test func fieldsFollowTheirDefinition() throws {
        let fields = type.fields.map {
            FieldModel($0, value: $0.key == "waktu" ? "Malam" : "", today: today, texts: texts)
        }
        #expect(fields.map(\.isText) == [true, true, true, false, false])
        #expect(fields.map(\.inputType) == ["text", "text", "date", "text", "text"])
        #expect(fields[1].inputMode == "numeric" && fields[1].suffix == "orang" && fields[1].width == "short")
        #expect(fields[3].isRadios && fields[3].options.map(\.isSelected) == [false, true])
        #expect(fields[3].options.map(\.id) == ["f-waktu", "f-waktu-2"])
        #expect(fields[0].maxLength == 80 && !fields[2].isRequired && fields[4].isTextarea)
        let faulty = FieldModel(
            type.fields[1], value: "banyak", problem: FieldProblem("tamu", "notANumber", ["label": "Jumlah tamu"]),
            finding: Finding(key: "tamu", verdict: .mend, reason: "Terlalu sedikit."), judged: "3", today: today,
            texts: texts)
        #expect(faulty.error == "Tulis jumlah tamu dengan angka saja, misalnya 3.")
        #expect(faulty.describedBy == "f-tamu-remark f-tamu-error")
    }

    static let kinds = """
        [{"key": "waktu", "kind": "dateRange", "label": "Waktu", "isRequired": true},
         {"key": "cara", "kind": "multiChoice", "label": "Cara", "isRequired": false, "options": ["A", "B", "C"]},
         {"key": "tempat", "kind": "district", "label": "Tempat", "isRequired": true, "places": [
           {"code": "1", "kecamatan": "Medan Kota", "kelurahan": "Pasar Baru"},
           {"code": "2", "kecamatan": "Medan Kota", "kelurahan": "Pusat Pasar"},
           {"code": "3", "kecamatan": "Medan Area", "kelurahan": "Tegal Sari"}]},
         {"key": "peserta", "kind": "group", "label": "Peserta", "isRequired": true, "columns": [
           {"key": "nama", "kind": "text", "label": "Nama", "isRequired": true},
           {"key": "nim", "kind": "studentNumber", "label": "NIM", "isRequired": true}]}]
        """

    @Test func kindsOfSeveralPartsKeepWhatWasTyped() throws {
        let fields = try JSONDecoder().decode([FieldDefinition].self, from: Data(Self.kinds.utf8))
        func model(_ index: Int, _ value: String) -> FieldModel {
            FieldModel(fields[index], value: value, today: today, texts: texts)
        }
        for (value, first, last) in [
            ("2026-01-01/2026-03-31", "2026-01-01", "2026-03-31"), ("17/08/2026 s.d. besok", "17/08/2026", "besok"),
            (" s.d. 31/08/2026", "", "31/08/2026"), ("", "", ""),
        ] {
            let dates = model(0, value)
            #expect(dates.isDates && dates.first == first && dates.last == last, "\(value)")
        }
        #expect(model(1, "C\nA").options.map(\.isSelected) == [true, false, true])
        let places = model(2, "3")
        #expect(places.isSelect && places.groups.map(\.label) == ["Medan Kota", "Medan Area"])
        #expect(places.groups.flatMap { $0.options.map(\.isSelected) } == [false, false, true])
        let rows = #"[{"nama":"Siti","nim":"19050"},{"nama":"Dua\nbaris \"x\"","nim":"19051"}]"#
        let group = model(3, rows)
        #expect(group.isTextarea && group.value == "Siti\t19050\n\"Dua\nbaris \"\"x\"\"\"\t19051")
        // What stands in the box says the same as what was stored.
        let read = GroupRows(group.value, columns: fields[3].columns ?? []).rows.map(\.cells)
        #expect(read == GroupRows(stored: rows)?.rows.map(\.cells))
        #expect(model(3, "Siti\t1").value == "Siti\t1")
    }

    @Test func papersFollowTheirDefinition() throws {
        let fields = type.requirements.map { FileFieldModel($0, texts: texts) }
        #expect(fields.map(\.kinds) == ["PDF, JPEG, atau PNG", "PDF atau PNG"])
        #expect(fields.map(\.limit) == ["10 MB", "1 MB"])
        #expect(fields[0].accept.hasPrefix(".pdf,application/pdf,.jpg"))
        let paper = type.requirements[1]
        #expect(RequirementModel(paper, original: paper, texts: texts).kinds == "PDF atau PNG, paling besar 1 MB")
    }

    /// Lines that are to be copied into an Indonesian paper say so to whatever reads the page aloud.
    @Test func linesThatStayIndonesianSaySo() throws {
        var original = type.requirements[1]
        original.sample = ["KOP SURAT", "Nama lengkap"]
        var shown = original
        shown.sample = ["KOP SURAT", "Full name"]
        let english = try Repository.renderer(.english).texts
        let model = RequirementModel(shown, original: original, texts: english)
        #expect(model.sample.map(\.language) == ["id", nil] && model.sample.map(\.text) == ["KOP SURAT", "Full name"])
        #expect(RequirementModel(original, original: original, texts: texts).sample.map(\.language) == [nil, nil])
    }

    @Test func timelineTellsTheNewestFirst() throws {
        let events = [
            EventRecord(
                kind: .created, at: Moment(today), actor: AccountID(1), actorName: "Siti", actorRole: .citizen, note: ""
            ),
            EventRecord(
                kind: .claimed, at: Moment(today, hour: 9), actor: AccountID(2), actorName: "Budi",
                actorRole: .verifier, note: ""),
        ]
        let items = TimelineItem.list(events, of: type, texts: texts)
        #expect(items.map(\.text) == ["Petugas mulai memeriksa", "Draf dibuat"])
        #expect(items.map(\.who) == ["Budi, Petugas pemeriksa", "Siti"])
        #expect(items.map(\.isLatest) == [true, false] && items[0].note == nil)
        #expect(items[0].when == "Sabtu, 21 November 2026 pukul 09.00 WIB")
    }
}
