import Foundation
import Permits

/// Letters made from the data that the product ships with, as an office would issue them.
struct ShippedLetters {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    struct Named {
        let name: String
        let document: LetterDocument
    }

    /// Saturday, 21 November 2026
    static let date = day("2026-11-21")
    static let signatory = SignatoryTitle(
        positionLines: ["KEPALA BADAN RISET DAN INOVASI DAERAH", "KOTA MEDAN,"],
        name: "Dr. Ir. Ratna Dewi Nasution, S.T., M.Si.", rank: "Pembina Utama Muda (IV/c)", nip: "196812311993031001")
    static let previous = PreviousLetter(
        relation: .revokes, title: "Surat Keterangan Riset", numberText: "000.9/0087/BRIDA/2026",
        date: day("2026-08-24"), validUntil: day("2026-11-23"))

    private static let camat = SignatoryTitle(
        positionLines: ["CAMAT MEDAN PETISAH,"], name: "Drs. Hasan Basri Lubis", rank: "Pembina (IV/a)",
        nip: "197204101994031002")
    private static let lists = FieldLists(
        places: [Place(code: "12.71.19.1001", kecamatan: "Medan Petisah", kelurahan: "Petisah Tengah")],
        institutions: ["Universitas Sumatera Utara"])

    let types: [LetterType]
    let offices: [String: Office]
    let officeLetters: OfficeLetters
    /// A type whose letter is written to somebody, with a roster.
    let correspondence: LetterType

    init() throws {
        let start = Self.root.appendingPathComponent("migrations/start")
        types = try Self.decodeAll(LetterType.self, in: start.appendingPathComponent("letter-types")).map {
            $0.completed(with: Self.lists)
        }
        let offices = try Self.decodeAll(Office.self, in: start.appendingPathComponent("offices"))
        self.offices = Dictionary(offices.map { ($0.code, $0) }) { first, _ in first }
        var letters = OfficeLetters()
        for kind in OfficeLetterKind.allCases {
            letters[kind] = try Self.decode(
                LetterTemplate.self, start.appendingPathComponent("office-letters/\(kind.rawValue).json"))
        }
        officeLetters = letters
        var type = try Self.decode(LetterType.self, start.appendingPathComponent("letter-types/penelitian.json"))
        type.letter = try Self.decode(
            LetterTemplate.self,
            Self.root.appendingPathComponent("Tests/LettersTests/Templates/korespondensi.json"))
        correspondence = type
    }

    /// Every letter of which a golden copy is kept.
    func all() throws -> [Named] {
        var letters: [Named] = []
        for type in types {
            letters.append(Named(name: type.slug, document: type.compose(try context(type)).document))
            if let condition = type.fields.first(where: { $0.kind == .group })?.showIf {
                letters.append(
                    try letter(type, named: "kelompok", with: [condition.field: condition.values.first ?? ""]))
            }
            for (name, answers) in Self.variants[type.slug] ?? [] {
                letters.append(try letter(type, named: name, with: answers))
            }
        }
        guard let type = types.first(where: { $0.slug == "penelitian" }) else { return letters }
        var draft = try context(type)
        draft.number = nil
        draft.verificationURL = nil
        letters.append(Named(name: "penelitian-konsep", document: type.compose(draft).document))
        var replacing = try context(type)
        replacing.previous = Self.previous
        replacing.previous?.relation = .replaces
        letters.append(Named(name: "penelitian-pengganti", document: type.compose(replacing).document))
        letters.append(Named(name: "korespondensi", document: try correspondence(people: 0)))
        letters.append(Named(name: "korespondensi-kelompok", document: try correspondence(people: 60)))
        for kind in OfficeLetterKind.allCases {
            letters.append(Named(name: Self.name(kind), document: try officeLetter(kind, of: type)))
        }
        return letters
    }

    /// Other applicants, whose letters speak of other people.
    private static let variants = [
        "magang": [
            ("kampus", ["jenis_pemohon": "Kampus atau sekolah"]),
            ("siswa", ["jenis_pemohon": "Siswa SMK atau SMA", "program_studi": "Teknik Komputer dan Jaringan"]),
        ],
        "kkn": [("kampus", ["jenis_pemohon": "Kampus (LPPM atau fakultas)", "lokasi_lain": ""])],
        "penelitian": [
            (
                "asing",
                [
                    "kewarganegaraan": "Warga negara asing", "asal_lembaga": "Kampus di Indonesia",
                    "nama": "Amirah binti Yusof", "paspor": "A12345678",
                ]
            )
        ],
        "surat-pengantar": [
            ("keramaian", ["keperluan": "Izin keramaian"]), ("usaha", ["keperluan": "Keterangan usaha"]),
        ],
    ]

    private func letter(_ type: LetterType, named name: String, with answers: [String: String]) throws -> Named {
        var context = try context(type)
        context.answers.merge(answers) { $1 }
        return Named(name: "\(type.slug)-\(name)", document: type.compose(context).document)
    }

    private static func name(_ kind: OfficeLetterKind) -> String {
        switch kind {
        case .refusal: "penolakan"
        case .receipt: "tanda-terima"
        case .revocation: "pencabutan"
        case .extension: "perpanjangan"
        }
    }

    func correspondence(people: Int) throws -> LetterDocument {
        var context = try context(correspondence)
        context.answers["pengaju"] = people == 0 ? "perorangan" : "kelompok"
        context.rosters["peserta"] = Self.roster(people)
        return correspondence.compose(context).document
    }

    func officeLetter(_ kind: OfficeLetterKind, of type: LetterType) throws -> LetterDocument {
        var context = try context(type)
        if kind == .receipt {
            context = LetterContext(answers: context.answers, office: context.office, date: Self.date)
        }
        context.previous = kind == .revocation || kind == .extension ? Self.previous : nil
        context.previous?.relation = kind == .extension ? .extends : .revokes
        context.application = ApplicationFacts(
            reference: "R7KQ-2M9X", submittedOn: Self.day("2026-11-17"), expectedOn: Self.day("2026-11-20"),
            papers: type.papers(for: context.answers).map(\.label), address: "https://izin.medan.go.id/lacak")
        context.reasons =
            kind == .refusal
            ? [
                "Lokasi yang dituju tidak berada di lingkungan Pemerintah Kota Medan.",
                "Surat pengantar ditujukan kepada instansi lain, dan telah dua kali diminta untuk diperbaiki.",
            ]
            : kind == .extension
                ? ["Pengumpulan data di lapangan belum selesai karena libur sekolah."]
                : [
                    "pemegang surat melakukan penelitian di luar lokasi yang telah ditetapkan;",
                    "teguran tertulis tanggal 2 November 2026 tidak diindahkan;",
                ]
        guard let letter = type.compose(kind, context, defaults: officeLetters) else { throw Missing() }
        return letter.document
    }

    struct Missing: Error {}

    func context(_ type: LetterType) throws -> LetterContext {
        guard let office = offices[type.unit] else { throw Missing() }
        return LetterContext(
            answers: Self.answers(to: type), office: office,
            signatory: type.unit == "brida-medan" ? Self.signatory : Self.camat, date: Self.date, number: 123,
            verificationURL: SampleLetters.url)
    }

    /// Ordinary answers: what is known by key, else the example of the question, else something of its kind.
    static func answers(to type: LetterType) -> [String: String] {
        let known = [
            "nama": "Siti Rahmawati Br. Siregar", "nim": "220903045", "program_studi": "S1 Ilmu Administrasi Publik",
            "lembaga": "Universitas Sumatera Utara",
            "judul": "Efektivitas Pelayanan Administrasi Kependudukan Berbasis Daring dalam Meningkatkan Kepuasan "
                + "Masyarakat di Kota Medan",
            "lokasi": "Dinas Kependudukan dan Pencatatan Sipil Kota Medan", "lama": "3",
            "nomor_pengantar": "4821/UN5.2.1.9/PT.01.04/2026", "tanggal_pengantar": "2026-11-12",
            "penanggung_jawab": "Dekan Fakultas Ilmu Sosial dan Ilmu Politik USU",
        ]
        return Dictionary(
            type.fields.map { field in
                let usual = field.example ?? field.options?.first ?? field.suggestions?.first ?? field.label
                switch field.kind {
                case .number:
                    return (field.key, known[field.key] ?? String(max(field.min ?? 1, min(field.max ?? 1, 120))))
                case .date:
                    return (field.key, known[field.key] ?? (field.notAfterToday == true ? "1999-03-21" : "2026-11-23"))
                case .dateRange: return (field.key, "2026-12-01/2026-12-31")
                case .multiChoice: return (field.key, (field.options ?? []).prefix(2).joined(separator: "\n"))
                case .nik: return (field.key, "1271045203990001")
                case .district: return (field.key, field.places?.first?.code ?? "")
                case .group: return (field.key, rows(of: field, from: roster(25)))
                default: return (field.key, known[field.key] ?? usual)
                }
            }
        ) { first, _ in first }
    }

    static func roster(_ count: Int) -> Roster {
        let first = ["Siti", "Togar", "Maria", "Muhammad", "I Gusti Ayu", "Yohanes", "Nurul", "Rizky"]
        let last = ["Lubis", "Sinaga", "Br. Tarigan", "Al Farisi Harahap", "Simanjuntak", "Wijaya", "Hasibuan"]
        return Roster(
            columns: ["nama", "nim", "program_studi"],
            rows: (0..<count).map { index in
                let course = index % 11 == 3 ? "S1 Perpustakaan dan Sains Informasi" : "S1 Ilmu Administrasi Publik"
                return ["\(first[index % 8]) \(last[index % 7])", String(220_903_001 + index), course]
            })
    }

    /// A roster as the answer to a repeated question.
    private static func rows(of field: FieldDefinition, from roster: Roster) -> String {
        GroupRows(
            rows: roster.rows.map { row in
                let cells = Dictionary(zip(roster.columns, row)) { first, _ in first }
                return GroupRows.Row(
                    cells: cells.filter { cell in field.columns?.contains { $0.key == cell.key } == true })
            }
        ).stored
    }

    static func day(_ iso: String) -> Day { Day(iso: iso) ?? Day(ordinal: 0) }

    private static func decodeAll<T: Decodable>(_ type: T.Type, in folder: URL) throws -> [T] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted()
            .map { try decode(type, folder.appendingPathComponent($0)) }
    }

    private static func decode<T: Decodable>(_ type: T.Type, _ file: URL) throws -> T {
        try JSONDecoder().decode(type, from: Data(contentsOf: file))
    }
}

extension LetterDocument {
    /// All texts in reading order, without the numbers of lists.
    var texts: [String] {
        blocks.flatMap { block -> [String] in
            switch block {
            case .letterhead(let head): return [head.government, head.office] + head.lines
            case .title(let text, let number): return [text, number]
            case .correspondence(let head):
                return [head.placeAndDate] + head.rows.flatMap { [$0.label, $0.value] } + head.addressee
                    + head.addresseePlace
            case .paragraph(let text), .heading(let text): return [text]
            case .numbered(let label, let items): return (label.map { [$0] } ?? []) + items
            case .fields(let fields): return fields.flatMap { [$0.label, $0.value] }
            case .signature(let block):
                return block.placeLines + block.positionLines + block.mark.caption + [block.name] + block.nameLines
            case .copies(let label, let items): return [label] + items
            case .annex(let table):
                return table.lines + [table.title] + table.columns.map(\.label) + table.rows.joined()
            }
        }
    }
}
