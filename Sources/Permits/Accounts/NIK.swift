/// Nomor Induk Kependudukan: region (6), birth date DDMMYY with 40 added to the day for women (6), serial (4).
public struct NIK: Hashable, Sendable {
    /// Sixteen digits.
    public let digits: String

    /// Refuses only what can be no NIK at all. NIKs are permanent even when wrong, so whether region and birth date agree
    /// with other papers is for people to judge.
    public init?(_ raw: String) {
        let digits = String(raw.filter { $0 != " " && $0 != "." && $0 != "-" })
        guard digits.isAllDigits, digits.utf8.count == 16 else { return nil }
        let numbers = digits.utf8.map { Int($0) - 48 }
        func two(_ at: Int) -> Int { numbers[at] * 10 + numbers[at + 1] }
        let day = two(6) > 40 ? two(6) - 40 : two(6)
        // The century is not written: the day must exist in one of the two that can be meant.
        let exists = [1900, 2000].contains { Day(year: $0 + two(10), month: two(8), day: day) != nil }
        guard exists, !digits.hasSuffix("0000") else { return nil }
        self.digits = digits
    }

    /// The first two digits.
    public var province: String { String(digits.prefix(2)) }

    /// Whether it begins with the code of a province, as nearly every one does.
    public var hasKnownProvince: Bool { Int(province).map(Self.provinces.contains) ?? false }

    /// The date of birth in it, without the century: `15-03-99`.
    public var printedBirth: String {
        let two = stride(from: 6, to: 12, by: 2).map { at in Int(digits.dropFirst(at).prefix(2)) ?? 0 }
        return [two[0] > 40 ? two[0] - 40 : two[0], two[1], two[2]].map { ($0 < 10 ? "0" : "") + "\($0)" }
            .joined(separator: "-")
    }

    /// Whether somebody who was born on that day may have it.
    public func fits(birth day: Day) -> Bool {
        printedBirth
            == [day.day, day.month, day.year % 100].map { ($0 < 10 ? "0" : "") + "\($0)" }.joined(separator: "-")
    }

    /// `1271**********01`: region and last two stay; birth date and serial do not.
    public var masked: String { "\(digits.prefix(4))**********\(digits.suffix(2))" }

    /// Province codes of Kepmendagri 300.2.2-2138/2025.
    static let provinces: Set<Int> = [
        11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73,
        74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96,
    ]
}

/// An NIK that begins with the code of no province. Never refused: people look at it twice.
public struct StrangeNIK: Equatable, Sendable {
    /// Its first two digits.
    public let province: String
    /// In a group, counted from 1.
    public let row: Int?
}

extension FieldDefinition {
    /// Those in a stored answer.
    public func strangeNIKs(in answer: String) -> [StrangeNIK] {
        switch kind {
        case .nik:
            guard let nik = NIK(answer), !nik.hasKnownProvince else { return [] }
            return [StrangeNIK(province: nik.province, row: nil)]
        case .group:
            let rows = GroupRows(stored: answer)?.rows ?? []
            return rows.indices.flatMap { index in
                (columns ?? []).flatMap { column in
                    column.strangeNIKs(in: rows[index].cells[column.key] ?? "").map {
                        StrangeNIK(province: $0.province, row: index + 1)
                    }
                }
            }
        default: return []
        }
    }
}
