import Foundation
public import Permits

/// Dates, numbers and sizes in the language of their texts. Moments are shown in WIB whatever the language is: that is
/// the clock of the office.
public struct Formats: Sendable {
    let texts: Texts

    /// `17 Agustus 2026`, `17 August 2026`
    public func date(_ day: Day) -> String {
        texts("format.date", ["day": "\(day.day)", "month": texts("month.\(day.month)"), "year": "\(day.year)"])
    }

    /// `Senin, 17 Agustus 2026`
    public func longDate(_ day: Day) -> String {
        texts("format.longDate", ["weekday": texts("weekday.\(day.weekday)"), "date": date(day)])
    }

    /// `17/08/2026`
    public func numericDate(_ day: Day) -> String {
        "\(Self.padded(day.day))/\(Self.padded(day.month))/\(day.year)"
    }

    /// `Senin, 17 Agustus 2026 pukul 08.00 WIB`
    public func dateTime(_ moment: Moment) -> String {
        texts("format.dateTime", ["date": longDate(moment.day), "time": time(moment)])
    }

    /// `17 Agustus 2026 pukul 08.00`, for lists.
    public func shortDateTime(_ moment: Moment) -> String {
        texts("format.shortDateTime", ["date": date(moment.day), "time": time(moment)])
    }

    /// `08.00`
    public func time(_ moment: Moment) -> String {
        "\(Self.padded(moment.clock.hour)).\(Self.padded(moment.clock.minute))"
    }

    /// `2026-08-17T08:00+07:00` for `datetime` attributes.
    public static func machine(_ moment: Moment) -> String {
        "\(moment.day.iso)T\(padded(moment.clock.hour)):\(padded(moment.clock.minute))+07:00"
    }

    /// `999+` where counting ended at `limit`.
    public func number(_ value: Int, countedTo limit: Int) -> String {
        value < limit ? number(value) : "\(number(limit - 1))+"
    }

    /// `1.234.567`, `1,234,567`
    public func number(_ value: Int) -> String {
        let mark = texts("format.thousands")
        var digits = String(value.magnitude)
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits.removeLast(3)
        }
        return (value < 0 ? "-" : "") + ([digits[...]] + groups).joined(separator: mark)
    }

    /// `1.234,5`, `1,234.5`: rounded half away from zero, without trailing zeros.
    public func number(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return String(value) }
        let scale = (0..<max(0, decimals)).reduce(1) { result, _ in result * 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded(.toNearestOrAwayFromZero))
        var fraction = String(scaled % scale + scale).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return sign + number(scaled / scale) + (fraction.isEmpty ? "" : texts("format.decimal") + fraction)
    }

    /// `Rp10.000,00`, `Rp10,000.00`
    public func rupiah(_ value: Int) -> String { "Rp\(number(value))\(texts("format.decimal"))00" }

    /// `812 byte`, `540 KB`, `2,3 MB`; 1 KB is 1024 bytes, as phones show it.
    public func fileSize(_ bytes: Int) -> String {
        switch bytes {
        case ..<1024: texts("format.bytes", ["count": "\(bytes)"])
        case ..<(1024 * 1024 - 512): "\((bytes + 512) / 1024) KB"
        default: "\(number(Double(bytes) / 1_048_576, decimals: 1)) MB"
        }
    }

    static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}

extension Texts {
    public var formats: Formats { Formats(texts: self) }

    /// `PDF, JPEG, atau PNG`; `PDF, JPEG or PNG`
    public func alternatives(_ names: [String]) -> String {
        guard names.count > 1, let last = names.last else { return names.first ?? "" }
        let first = names.dropLast().joined(separator: ", ")
        return self(names.count == 2 ? "list.two" : "list.more", ["first": first, "last": last])
    }

    /// `3 hari kerja lagi`, `Jatuh tempo hari ini`, `Terlambat 2 hari kerja`; and how urgent that is.
    public func due(workingDaysLeft days: Int) -> (text: String, tone: Tone) {
        switch days {
        case ..<0: (self("due.late", ["days": formats.number(-days)]), .bad)
        case 0: (self("due.today"), .warn)
        case 1: (self("due.tomorrow"), .info)
        default: (self("due.left", ["days": formats.number(days)]), .neutral)
        }
    }

    public var paused: String { self("due.paused") }

    /// What is left of the hours the office promised, from `Account.activationHoursLeft`: `5 jam lagi`, `Lewat 2 jam`.
    public func hoursLeft(_ hours: Int) -> (text: String, tone: Tone) {
        hours < 0
            ? (self("due.hoursLate", ["hours": formats.number(-hours)]), .bad)
            : (self("due.hoursLeft", ["hours": formats.number(hours)]), hours <= 6 ? .warn : .neutral)
    }
}
