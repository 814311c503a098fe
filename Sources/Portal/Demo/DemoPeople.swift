import Foundation
import Permits

/// Names, topics and addresses that a crowd is made of. None is anybody's.
enum DemoPeople {
    private static let first = [
        "Aisyah", "Ahmad", "Bambang", "Citra", "Dedi", "Dian", "Eka", "Fitri", "Gunawan", "Hana", "Indra", "Intan",
        "Joshua", "Kartika", "Lestari", "Maria", "Muhammad", "Nadia", "Nurul", "Oki", "Putri", "Rahmat", "Rina",
        "Rizki", "Samuel", "Sari", "Taufik", "Ulfa", "Wahyu", "Yohana", "Yusuf", "Zahra",
    ]
    private static let second = [
        "Aditya", "Amelia", "Andika", "Anggraini", "Aulia", "Budiman", "Damayanti", "Fadhil", "Fauzan", "Hidayat",
        "Kurnia", "Maulana", "Melati", "Natalia", "Pratama", "Purnama", "Rahayu", "Ramadhan", "Safitri", "Saputra",
        "Setiawan", "Syahputra", "Utami", "Wijaya",
    ]
    private static let family = [
        "", "", "Batubara", "Daulay", "Ginting", "Harahap", "Hasibuan", "Hutagalung", "Lubis", "Manurung", "Nasution",
        "Pane", "Pasaribu", "Rangkuti", "Ritonga", "Saragih", "Sembiring", "Siagian", "Simanjuntak", "Simbolon",
        "Sinaga", "Siregar", "Sitepu", "Tarigan",
    ]
    private static let matters = [
        "Pengaruh", "Peran", "Hubungan", "Efektivitas", "Pemanfaatan", "Analisis", "Strategi", "Persepsi tentang",
        "Evaluasi", "Tantangan",
    ]
    private static let things = [
        "Kebiasaan Sarapan", "Bank Sampah", "Pembayaran Nontunai", "Kader Posyandu", "Perpustakaan Sekolah",
        "Media Sosial", "Jalur Sepeda", "Pasar Tradisional", "Usaha Mikro Kuliner", "Layanan Puskesmas",
        "Program Keluarga Harapan", "Drainase Lingkungan", "Kawasan Tanpa Rokok", "Angkutan Umum", "Taman Kota",
    ]
    private static let groups = [
        "Siswa SMP Negeri", "Pedagang Kaki Lima", "Ibu Rumah Tangga", "Warga Lanjut Usia", "Mahasiswa Tingkat Akhir",
        "Pelaku UMKM", "Guru Honorer", "Petani Kota", "Nelayan", "Pengemudi Ojek Daring",
    ]
    private static let places = [
        "Kecamatan Medan Johor", "Kecamatan Medan Petisah", "Kecamatan Medan Belawan", "Kelurahan Tegal Sari",
        "Kecamatan Medan Tembung", "Kota Medan", "Kecamatan Medan Sunggal", "Kecamatan Medan Denai",
    ]

    static func name(_ random: inout DemoRandom) -> String {
        [random.pick(first), random.pick(second), random.pick(family)].filter { !$0.isEmpty }.joined(separator: " ")
    }

    static func topic(_ random: inout DemoRandom) -> String {
        "\(random.pick(matters)) \(random.pick(things)) bagi \(random.pick(groups)) di \(random.pick(places))"
    }

    static func nik(_ random: inout DemoRandom) -> String {
        let isWoman = random.happens(500)
        let day = random.int(1...28) + (isWoman ? 40 : 0)
        return "1271" + two(random.int(1...21)) + two(day) + two(random.int(1...12)) + two(random.int(60...99))
            + String(1000 + random.int(1...8999))
    }

    static func phone(_ index: Int) -> String { "62812" + String(10_000_000 + index) }

    static func email(_ name: String, _ index: Int) -> String {
        "\(name.lowercased().replacing(" ", with: ".")).\(index)@contoh.id"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension DemoWorld {
    /// Answers of somebody of a crowd: like those of one of the few, but hardly two alike.
    static func answers(to type: LetterType, of person: Account, on day: Day, _ random: inout DemoRandom)
        -> [String: String]
    {
        let topic = DemoPeople.topic(&random)
        var answers: [String: String] = [:]
        for field in type.fields {
            answers[field.key] = varied(field, about: topic, on: day, &random)
        }
        let own = Application.prefilled(type, from: person, given: answers).filter { !$1.isEmpty }
        return agreeing(answers.merging(own) { $1 }, type)
    }

    /// A crowd applies for itself, under the names and numbers of its accounts.
    private static let aboutOthers: Set<String> = [Citizenship.foreign, "Orang lain (saya mewakili)"]

    private static func varied(
        _ field: FieldDefinition, about topic: String, on day: Day, _ random: inout DemoRandom
    ) -> String {
        switch field.kind {
        case .choice:
            return random.pick((field.options ?? [""]).filter { !aboutOthers.contains($0) })
        case .institution:
            return field.fullName(ofInstitution: random.pick(field.suggestions ?? ["Universitas Contoh"]))
        case .district: return random.pick(field.places ?? []).code
        case .studentNumber: return studentNumber(&random)
        case .nik: return DemoPeople.nik(&random)
        case .number:
            let least = max(1, field.min ?? 1)
            return String(random.int(least...max(least, min(field.max ?? 6, 400))))
        case .group: return group(field, on: day, &random)
        // Whoever fills in a form over midnight must not be late.
        default: return answer(to: field, about: topic, on: field.notBeforeToday == true ? day.adding(days: 7) : day)
        }
    }

    private static func studentNumber(_ random: inout DemoRandom) -> String {
        String(170_000_000 + random.int(0...79_999_999))
    }

    private static func group(_ field: FieldDefinition, on day: Day, _ random: inout DemoRandom) -> String {
        let least = max(1, field.min ?? 2)
        let count = random.int(least...max(least, min(field.max ?? 4, 4)))
        let base = random.int(170_000_000...240_000_000)
        let rows = (0..<count).map { index in
            var cells: [String: String] = [:]
            for column in field.columns ?? [] {
                guard column.isRequired || column.isUnique == true else {
                    cells[column.key] = ""
                    continue
                }
                switch column.kind {
                case .text, .name: cells[column.key] = DemoPeople.name(&random)
                case .studentNumber: cells[column.key] = String(base + index)
                case .nik: cells[column.key] = "127104520399\(1000 + index)"
                default: cells[column.key] = varied(column, about: "", on: day, &random)
                }
            }
            return GroupRows.Row(cells: cells)
        }
        return GroupRows(rows: rows).stored
    }
}
