extension Day {
    /// Years that an answer may name. Browsers send `0026-01-12` for somebody who types 26 into a box for dates.
    public static let typedYears = 1900...2200

    /// Reads `2026-08-17`, and a day as people write it: `17/08/2026`, `17-8-26`, `17 Agustus 2026`, `17 Agt 2026`,
    /// `Senin, 17 Agustus 2026`, `August 17, 2026`. A year of two digits is one of 1980 to 2079.
    public init?(typed text: String) {
        if let day = Day(iso: text) {
            guard Self.typedYears.contains(day.year) else { return nil }
            self = day
            return
        }
        var words = text.lowercased().split { " /-.,".contains($0) }.map(String.init)
        if words.count == 4, words[0].allSatisfy(\.isLetter), Self.month(words[0]) == nil { words.removeFirst() }
        guard text.utf8.count <= 60, words.count == 3, let day = Self.day(words), Self.typedYears.contains(day.year)
        else { return nil }
        self = day
    }

    /// Whether somebody named a day of a year that no answer can mean.
    static func hasStrangeYear(_ text: String) -> Bool { Day(iso: text).map { !typedYears.contains($0.year) } ?? false }

    private static func day(_ words: [String]) -> Day? {
        if words[0].utf8.count == 4, words[0].isAllDigits {
            return day(words[2], words[1], words[0])
        }
        // The day comes first here; before it stands a month only when it is a word.
        return month(words[0]) == nil ? day(words[0], words[1], words[2]) : day(words[1], words[0], words[2])
    }

    private static func day(_ day: String, _ month: String, _ year: String) -> Day? {
        guard day.isAllDigits, day.utf8.count <= 2, let day = Int(day), let month = self.month(month) ?? number(month),
            year.isAllDigits, [2, 4].contains(year.utf8.count), let number = Int(year)
        else { return nil }
        let century = year.utf8.count == 4 ? 0 : number < 80 ? 2000 : 1900
        return Day(year: century + number, month: month, day: day)
    }

    private static func number(_ month: String) -> Int? {
        month.isAllDigits && month.utf8.count <= 2 ? Int(month) : nil
    }

    /// Months of Bahasa Indonesia, with spellings that are still about, and of English; three letters are enough.
    private static let months = [
        ["januari", "january"], ["februari", "pebruari", "february"], ["maret", "march"], ["april"], ["mei", "may"],
        ["juni", "june"], ["juli", "july"], ["agustus", "agt", "ags", "august"], ["september", "sept"],
        ["oktober", "october"], ["november", "nopember"], ["desember", "december"],
    ]

    private static func month(_ word: String) -> Int? {
        guard word.utf8.count >= 3, !word.isAllDigits else { return nil }
        return months.firstIndex { $0.contains { $0.hasPrefix(word) } }.map { $0 + 1 }
    }
}
