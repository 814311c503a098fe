/// How letters write dates and numbers. Letters are Indonesian whatever the reader's language is.
public enum IndonesianText {
    static let months = [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
        "Desember",
    ]

    /// `17 Agustus 2026`
    public static func date(_ day: Day) -> String { "\(day.day) \(months[day.month - 1]) \(day.year)" }

    /// `1 Januari 2026 s.d. 31 Maret 2026`, or the one day.
    public static func range(_ days: DayRange) -> String {
        days.count == 1 ? date(days.first) : "\(date(days.first)) s.d. \(date(days.last))"
    }

    /// `wawancara, angket, dan pengamatan`
    static func list(_ words: [String]) -> String {
        guard words.count > 1, let last = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + (words.count > 2 ? "," : "") + " dan \(last)"
    }

    /// `3 (tiga) bulan`, `1.500 (seribu lima ratus) orang`
    public static func counted(_ number: Int, _ unit: String) -> String {
        "\(grouped(number)) (\(words(number))) \(unit)"
    }

    /// `1.500`
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        let marked = digits.enumerated().map { index, digit in
            index > 0 && (digits.count - index) % 3 == 0 ? ".\(digit)" : "\(digit)"
        }
        return (number < 0 ? "-" : "") + marked.joined()
    }

    static let small = [
        "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
    ]

    /// 0...999,999,999 in words; other numbers stay digits.
    public static func words(_ number: Int) -> String {
        func joined(_ head: String, _ rest: Int) -> String { rest == 0 ? head : "\(head) \(words(rest))" }
        switch number {
        case 0...11: return small[number]
        case 12...19: return "\(small[number - 10]) belas"
        case 20...99: return joined("\(small[number / 10]) puluh", number % 10)
        case 100...199: return joined("seratus", number - 100)
        case 200...999: return joined("\(small[number / 100]) ratus", number % 100)
        case 1000...1999: return joined("seribu", number - 1000)
        case 2000...999_999: return joined("\(words(number / 1000)) ribu", number % 1000)
        case 1_000_000...999_999_999: return joined("\(words(number / 1_000_000)) juta", number % 1_000_000)
        default: return String(number)
        }
    }
}
