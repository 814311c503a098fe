import Glibc

private let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
private let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 section 5.6.7).
///
/// - Parameter seconds: seconds since 1970-01-01 UTC; before that counts as that moment.
public func httpDate(_ seconds: Int) -> String {
    let moment = max(0, seconds)
    let days = moment / 86_400
    let (year, month, day) = civilDate(days)
    let second = moment % 86_400
    return "\(weekdays[days % 7]), \(pad(day)) \(months[month - 1]) \(pad(year, 4)) "
        + "\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60)) GMT"
}

/// Seconds since 1970 of an IMF-fixdate, or nil. The two obsolete forms count as absent: a condition is then ignored.
public func parseHTTPDate(_ text: String) -> Int? {
    let parts = text.utf8.split(separator: 0x20).map { Substring($0) }
    guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT",
        let day = Int(parts[1]), (1...31).contains(day),
        let month = months.firstIndex(of: String(parts[2])),
        let year = Int(parts[3]), (1970...9999).contains(year)
    else { return nil }
    let clock = parts[4].utf8.split(separator: 0x3A).map { Int(Substring($0)) }
    guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
        (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
    else { return nil }
    return daysSinceEpoch(year, month + 1, day) * 86_400 + hour * 3600 + minute * 60 + second
}

/// Seconds since 1970, UTC.
func wallClockSeconds() -> Int { time(nil) }

private func pad(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

// Both directions count in 400-year eras that begin on 1 March, so that the leap day is the last of a year.

private func civilDate(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
}

private func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let yearOfEra = shiftedYear % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return shiftedYear / 400 * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}
