import Testing

@testable import Permits

/// Rosters: pasted, from a file, typed.
@Suite struct GroupTests {
    static let columns = [
        FieldDefinition(key: "nama", kind: .name, label: "Nama lengkap", isRequired: true, maxLength: 40),
        FieldDefinition(
            key: "nim", kind: .studentNumber, label: "NIM atau nomor induk", isRequired: true, isUnique: true),
        FieldDefinition(key: "prodi", kind: .text, label: "Program studi", isRequired: false),
    ]
    static var field: FieldDefinition {
        var field = FieldDefinition(key: "peserta", kind: .group, label: "Peserta", isRequired: true)
        field.columns = columns
        return field
    }

    static func rows(_ text: String) -> [[String]] {
        GroupRows(table: DelimitedText(text), columns: columns).rows.map { row in
            columns.map { row.cells[$0.key] ?? "" }
        }
    }

    static let siti = ["Siti", "19050", "Gizi"]
    static let rahmat = ["Rahmat, S.Pd.", "19051", ""]

    /// The same two people, as different spreadsheets and people write them.
    @Test(arguments: [
        "Siti\t19050\tGizi\nRahmat, S.Pd.\t19051\t", "Siti;19050;Gizi\r\nRahmat, S.Pd.;19051;\r\n",
        "Siti,19050,Gizi\n\"Rahmat, S.Pd.\",19051", "\u{FEFF}Siti;19050;Gizi\rRahmat, S.Pd.;19051",
        "No\tNama\tNIM\tProdi\n1\tSiti\t19050\tGizi\n2\tRahmat, S.Pd.\t19051\t",
        "1\tSiti\t19050\tGizi\n2\tRahmat, S.Pd.\t19051\t", "1.;Siti;19050;Gizi\n2.;Rahmat, S.Pd.;19051;;;",
        "NIM;NAMA MAHASISWA;Program studi;Catatan\n19050;Siti;Gizi;-\n19051;Rahmat, S.Pd.;;",
        "sep=;\nSiti;19050;Gizi\nRahmat, S.Pd.;19051;", "\n\n Siti ; 19050 ;Gizi\n ;; \nRahmat, S.Pd.;19051;\n\n",
        "\"Nama lengkap\",\"NIM\",\"Program studi\"\n\"Siti\",\"19050\",\"Gizi\"\n\"Rahmat, S.Pd.\",\"19051\",\"\"",
    ])
    func tables(text: String) { #expect(Self.rows(text) == [Self.siti, Self.rahmat], "\(text)") }

    /// Words that begin like a column, and words that do not.
    @Test(arguments: [
        "Nimas Ayu\t19050\tProgram Gizi", "Nimas Ayu\t\tProdi Gizi", "Namira\t19050\tProgram studi Gizi",
        "Siti\t19050\tGizi\nNama\tNIM\tProdi",
    ])
    func dataThatLooksLikeAHeadIsData(text: String) {
        #expect(Self.rows(text).count == text.split(separator: "\n").count)
    }

    /// A title and the like above the head, running numbers, digits in the head, marks of spreadsheets.
    @Test(arguments: [
        "DAFTAR PESERTA KKN 2026\n\nNo;Nama;NIM;Prodi\n1;Siti;19050;Gizi\n2;Rahmat, S.Pd.;19051;",
        "Daftar;;;\nKelompok;7;;\nTahun;2026;;\nDesa;Sukamaju;;\nNo.;Nama;NIM;Prodi\n1;Siti;19050;Gizi\n2;Rahmat, S.Pd.;19051;",
        "No\tNIM 1\tNAMA LENGKAP\tProgram Studi/Jurusan\n1\t19050\tSiti\tGizi\n2\t19051\tRahmat, S.Pd.\t",
        "#;N I M;nama;Program studi\n1;'19050;Siti;Gizi\n2;\u{2019}19051;Rahmat, S.Pd.;",
        ";Nama;NIM;Prodi\n1;Siti;19050;Gizi\n2;Rahmat, S.Pd.;19051;",
        "Nomor;Nomor Induk;Nama Peserta;Bidang\n1;19050;Siti;Gizi\n2;19051;Rahmat, S.Pd.;",
    ])
    func heads(text: String) {
        var columns = Self.columns
        columns[1].aliases = ["No. induk"]
        columns[2].aliases = ["Bidang"]
        let table = GroupImport(DelimitedText(text), columns: columns)
        let rows = table.rows.map { row in columns.map { row.cells[$0.key] ?? "" } }
        #expect(rows == [Self.siti, Self.rahmat] && table.leftOut == [], "\(text)")
    }

    /// `No` is the beginning of `Nomor ponsel`, and yet another column.
    @Test func runningNumbersAreNobodysPhone() {
        var columns = Self.columns
        columns[2] = FieldDefinition(key: "telepon", kind: .phone, label: "Nomor ponsel", isRequired: false)
        for number in ["No", "No.", "NOMOR", "Nr", "#", "No urut", "No. Urut", ""] {
            let text = "\(number);Nama;NIM;Nomor ponsel\n1;Siti;19050;0812\n2;Rahmat;19051;0813"
            let table = GroupImport(DelimitedText(text), columns: columns)
            #expect(table.rows.map { $0.cells["telepon"] } == ["0812", "0813"] && table.leftOut == [], "\(number)")
        }
    }

    /// Numbers before names, without a head to say so.
    @Test(arguments: [
        "19050;Siti;Gizi\n19051;Rahmat, S.Pd.;", "1;19050;Siti;Gizi\n2;19051;Rahmat, S.Pd.;",
        "19050\tSiti\tGizi\n'19051\tRahmat, S.Pd.\t",
    ])
    func numbersBeforeNamesChangePlaces(text: String) {
        #expect(Self.rows(text) == [Self.siti, Self.rahmat], "\(text)")
    }

    /// A line that is right as it stands shows that the columns are in order: the others are shown to be mended.
    @Test func oneLineInOrderKeepsAllInOrder() {
        let rows = Self.rows("19050;Siti;Gizi\n19051;Rahmat;\nMaria;19052;Gizi")
        #expect(rows.map { $0[0] } == ["19050", "19051", "Maria"])
    }

    /// What is no name, and what is no number, is never taken as one silently.
    @Test(arguments: [
        ("19050\n19051", [0: ["nama"], 1: ["nama"]]), ("Peserta;Identitas\nAndi;19051", [0: ["nim"]]),
        ("Siti;19050\n19051;19052", [1: ["nama"]]),
    ])
    func numbersAreNoNamesAndWordsNoNumbers(text: String, faults: [Int: [String]]) {
        let rows = GroupRows(table: DelimitedText(text), columns: Self.columns)
        let checked = Self.field.checked(rows, today: Fixture.now.day)
        #expect(checked.problems.mapValues { $0.map(\.field) } == faults, "\(text)")
    }

    @Test func aNameKeepsItsApostrophe() {
        #expect(Self.rows("'Aisyah\t'19050\tGizi") == [["'Aisyah", "19050", "Gizi"]])
    }

    @Test func columnsThatNobodyAskedForAreNamed() {
        let text = "No;Nama;NIM;Alamat;Surel;;Paraf\n1;Siti;19050;Jalan Mawar;s@b.id;x;\n2;Rahmat;19051;;;;"
        let leftOut = GroupImport(DelimitedText(text), columns: Self.columns).leftOut
        // Nothing stands in the last one.
        #expect(leftOut.map(\.title) == ["Alamat", "Surel", ""] && leftOut.map(\.number) == [4, 5, 6])
        #expect(GroupImport(DelimitedText("Siti\t19050\tGizi"), columns: Self.columns).leftOut == [])
    }

    @Test func aliasesNameOneColumn() throws {
        func faults(_ aliases: String...) -> String {
            var field = Self.field
            field.columns?[1].aliases = aliases
            return field.faults.joined(separator: "\n")
        }
        #expect(faults("NPM", "No. induk").isEmpty)
        #expect(faults("n.a.m.a").contains("names two columns, 'nim' and 'nama'"))
        #expect(faults("Nomor").contains("names no column"))
        #expect(faults("...").contains("names no column"))
        var type = try Fixture.research()
        type.sections[1].fields[0].aliases = ["Nama"]
        #expect(type.faults.contains { $0.contains("only a column has aliases") })
    }

    @Test(arguments: [
        ("a;\"b;c\nd;e", ["a", "\"b", "c"], 2), ("a;\"b\"c;d\ne;f", ["a", "\"b\"c", "d"], 2),
        ("a;\"b\"\"c\"\"\";d", ["a", "b\"c\"", "d"], 1), ("a;\"b\nc\";d\ne;f", ["a", "b\nc", "d"], 2),
        ("a;b\"c\";d", ["a", "b\"c\"", "d"], 1),
    ])
    func quotations(text: String, first: [String], lines: Int) {
        let table = DelimitedText(text)
        #expect(table.lines.first?.cells == first)
        #expect(table.lines.count == lines)
    }

    @Test func linesKeepTheirNumbers() {
        let table = DelimitedText("a;b\n\n\"c\nd\";e\nf;g")
        #expect(table.lines.map(\.number) == [1, 3, 5])
        #expect(table.lines[1].raw == "\"c\nd\";e")
    }

    @Test func encodings() throws {
        #expect(DelimitedText.decode([0xEF, 0xBB, 0xBF] + Array("Café".utf8)) == "Café")
        #expect(DelimitedText.decode(Array("Café".utf8)) == "Café")
        #expect(DelimitedText.decode([0x43, 0x61, 0x66, 0xE9, 0x20, 0x80, 0x92]) == "Café €\u{2019}")
        #expect(DelimitedText.decode([0xFF, 0xFE, 0x43, 0, 0xE9, 0]) == "Cé")
        #expect(DelimitedText.decode([0xFE, 0xFF, 0, 0x43, 0, 0xE9]) == "Cé")
        // A workbook is a ZIP file.
        #expect(DelimitedText.decode([0x50, 0x4B, 3, 4, 20, 0, 6, 0]) == nil)
        for document in ["%PDF-1.7\nSiti;19050", "{\\rtf1 Siti", "\n<HTML><table>", "\u{FEFF}<?xml version=\"1.0\"?>"] {
            #expect(DelimitedText.decode(Array(document.utf8)) == nil, "\(document)")
        }
    }

    /// Time grows with the length, whatever the quotation marks do.
    @Test func hostileTablesAreReadInTime() {
        for piece in ["\"", "\"\n", "\"\"\"\n", "\"a\n", "\";", "a;b\n", "\n", "\t"] {
            let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
            let clock = ContinuousClock()
            let time = clock.measure { _ = DelimitedText(text) }
            #expect(time < .seconds(5), "\(piece.debugDescription): \(time)")
        }
    }

    static func roster(_ count: Int, bad: [Int: String] = [:]) -> String {
        (1...count).map { bad[$0] ?? "Peserta \($0)\t19\(100_000 + $0)\tGizi" }.joined(separator: "\n")
    }

    static let bad = [17: "Tanpa NIM", 250: "Terlalu\t19777\tGizi\tlebih", 499: "\t19778\tGizi"]

    @Test func threeBadLinesHarmNoOther() throws {
        let text = Self.roster(500, bad: Self.bad)
        let stored = try Self.field.kept(text, today: Fixture.now.day).get()
        let checked = Self.field.checked(try #require(GroupRows(stored: stored)), today: Fixture.now.day)
        #expect(checked.rows.count == 500)
        #expect(
            checked.problems.mapValues { $0.map(\.key) } == [
                16: ["problem.required"], 249: ["problem.rowColumns"], 498: ["problem.required"],
            ])
        // The three keep their line and what stood there; the others carry nothing along.
        #expect([16, 249, 498].map { checked.rows[$0].line } == [17, 250, 499])
        #expect([16, 249, 498].map { checked.rows[$0].source } == [17, 250, 499].map { Self.bad[$0] })
        #expect(checked.rows.count { $0.source == nil } == 497)
        guard case .failure(let problem) = Self.field.check(stored, today: Fixture.now.day) else {
            Issue.record("handed in with bad rows")
            return
        }
        #expect(problem.key == "problem.groupRows" && problem.values["rows"] == "17, 250, 499")
        #expect(stored.utf8.count < 64_000)
    }

    /// The head is line 1 of the table, and no row of the list.
    @Test func rowsAreCountedAsTheListCountsThem() throws {
        let stored = try Self.field.kept("Nama;NIM;Prodi\nSiti;x;Gizi\nRahmat;19051;\nMaria;;", today: Fixture.now.day)
            .get()
        guard case .failure(let problem) = Self.field.check(stored, today: Fixture.now.day) else {
            Issue.record("handed in with bad rows")
            return
        }
        #expect(problem.values["rows"] == "1, 3")
    }

    @Test func theSamePersonTwiceIsNamed() {
        let checked = Self.field.checked(
            GroupRows(table: DelimitedText("Siti\tab-12\nRahmat\t19051\nSiti A\tAB-12"), columns: Self.columns),
            today: Fixture.now.day)
        #expect(checked.problems[2]?.map(\.key) == ["problem.duplicateCell"])
        #expect(checked.problems[2]?.first?.values["row"] == "1" && checked.problems.count == 1)
    }

    @Test func thereAreBounds() {
        func key(_ text: String, _ change: (inout FieldDefinition) -> Void = { _ in }) -> String {
            var field = Self.field
            change(&field)
            if case .failure(let problem) = field.check(text, today: Fixture.now.day) { return problem.key }
            return ""
        }
        #expect(key(Self.roster(500)) == "")
        #expect(key(Self.roster(501)) == "problem.tooManyRows")
        #expect(key(Self.roster(2)) { $0.min = 3 } == "problem.tooFewRows")
        guard case .failure(let problem) = Self.field.kept(Self.roster(501), today: Fixture.now.day) else {
            Issue.record("a draft keeps too many rows")
            return
        }
        #expect(problem.key == "problem.tooManyRows")
    }

    @Test(arguments: ["[1]", "{}", "[{\"nama\":1}]", "[[\"a\"]]", "null", "[{\"nama\":\"a\""])
    func strangeJSONIsNoRoster(text: String) {
        #expect(GroupRows(stored: text) == nil)
        #expect(throws: FieldProblem.self) { try Self.field.check(text, today: Fixture.now.day).get() }
    }

    @Test func unknownKeysAreDropped() throws {
        let stored = try Self.field.check(
            #"[{"nama":"Siti","nim":"19050","admin":"1"}]"#, today: Fixture.now.day
        ).get()
        #expect(stored == #"[{"nama":"Siti","nim":"19050","prodi":""}]"#)
    }

    @Test func cellsAreCleaned() throws {
        let stored = try Self.field.check("Si\u{202E}ti <b>\t19050", today: Fixture.now.day).get()
        #expect(stored == #"[{"nama":"Siti <b>","nim":"19050","prodi":""}]"#)
    }
}
