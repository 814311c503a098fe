import Foundation
public import Permits

/// Dates, numbers and sizes as people in Medan read them. Moments are shown in WIB.
public enum Formats {
    static let weekdays = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"]

    /// `17 Agustus 2026`
    public static func date(_ day: Day) -> String { IndonesianText.date(day) }

    /// `Senin, 17 Agustus 2026`
    public static func longDate(_ day: Day) -> String { "\(weekdays[day.weekday]), \(date(day))" }

    /// `17/08/2026`
    public static func numericDate(_ day: Day) -> String {
        "\(padded(day.day))/\(padded(day.month))/\(day.year)"
    }

    /// `Senin, 17 Agustus 2026 pukul 08.00 WIB`
    public static func dateTime(_ moment: Moment) -> String {
        "\(longDate(moment.day)) pukul \(time(moment)) WIB"
    }

    /// `17 Agustus 2026 pukul 08.00`, for lists.
    public static func shortDateTime(_ moment: Moment) -> String {
        "\(date(moment.day)) pukul \(time(moment))"
    }

    /// `08.00`
    public static func time(_ moment: Moment) -> String {
        "\(padded(moment.clock.hour)).\(padded(moment.clock.minute))"
    }

    /// `2026-08-17T08:00+07:00` for `datetime` attributes.
    public static func machine(_ moment: Moment) -> String {
        "\(moment.day.iso)T\(padded(moment.clock.hour)):\(padded(moment.clock.minute))+07:00"
    }

    /// `1.234.567`
    public static func number(_ value: Int) -> String {
        var digits = Array(String(value.magnitude))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(".", at: index)
            index -= 3
        }
        return (value < 0 ? "-" : "") + String(digits)
    }

    /// `1.234,5`: rounded half away from zero, without trailing zeros.
    public static func number(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return String(value) }
        let scale = (0..<max(0, decimals)).reduce(1) { result, _ in result * 10 }
        let scaled = Int((abs(value) * Double(scale)).rounded(.toNearestOrAwayFromZero))
        var fraction = String(scaled % scale + scale).dropFirst()
        while fraction.last == "0" { fraction.removeLast() }
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return sign + number(scaled / scale) + (fraction.isEmpty ? "" : ",\(fraction)")
    }

    /// `Rp10.000,00`
    public static func rupiah(_ value: Int) -> String { "Rp\(number(value)),00" }

    /// `812 byte`, `540 KB`, `2,3 MB`; 1 KB is 1024 bytes, as phones show it.
    public static func fileSize(_ bytes: Int) -> String {
        switch bytes {
        case ..<1024: "\(bytes) byte"
        case ..<(1024 * 1024 - 512): "\((bytes + 512) / 1024) KB"
        default: "\(number(Double(bytes) / 1_048_576, decimals: 1)) MB"
        }
    }

    static func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
}

extension Texts {
    /// `3 hari kerja lagi`, `Jatuh tempo hari ini`, `Terlambat 2 hari kerja`; and how urgent that is.
    public func due(workingDaysLeft days: Int) -> (text: String, tone: Tone) {
        switch days {
        case ..<0: (self("due.late", ["days": Formats.number(-days)]), .bad)
        case 0: (self("due.today"), .warn)
        case 1: (self("due.tomorrow"), .info)
        default: (self("due.left", ["days": Formats.number(days)]), .neutral)
        }
    }

    public var paused: String { self("due.paused") }

    /// What is left of the hours the office promised, from `Account.activationHoursLeft`: `5 jam lagi`, `Lewat 2 jam`.
    public func hoursLeft(_ hours: Int) -> (text: String, tone: Tone) {
        hours < 0
            ? (self("due.hoursLate", ["hours": Formats.number(-hours)]), .bad)
            : (self("due.hoursLeft", ["hours": Formats.number(hours)]), hours <= 6 ? .warn : .neutral)
    }
}
