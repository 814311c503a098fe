import Foundation
import Permits
import SwiftASN1

extension Moment {
    init(_ date: Date) { self.init(seconds: Int64(date.timeIntervalSince1970.rounded(.down))) }

    var date: Date { Date(timeIntervalSince1970: Double(seconds)) }

    /// Year to second in UTC, as certificates and time stamps write it.
    private var utc: (day: Day, hours: Int, minutes: Int, seconds: Int) {
        let bounded = min(max(seconds, 0), 253_402_300_799)
        let ofDay = Int(bounded % 86_400)
        return (Day(ordinal: Int(bounded / 86_400)), ofDay / 3600, ofDay / 60 % 60, ofDay % 60)
    }

    func generalizedTime() throws -> GeneralizedTime {
        let (day, hours, minutes, seconds) = utc
        return try GeneralizedTime(
            year: day.year, month: day.month, day: day.day, hours: hours, minutes: minutes, seconds: seconds,
            fractionalSeconds: 0)
    }

    /// UTCTime until 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5).
    func write(to coder: inout DER.Serializer) throws {
        let (day, hours, minutes, seconds) = utc
        if (1950..<2050).contains(day.year) {
            try coder.serialize(
                UTCTime(
                    year: day.year, month: day.month, day: day.day, hours: hours, minutes: minutes, seconds: seconds))
        } else {
            try coder.serialize(try generalizedTime())
        }
    }

    init(_ time: GeneralizedTime) throws {
        try self.init(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }

    init(derEncoded node: ASN1Node) throws {
        if node.identifier == .utcTime {
            let time = try UTCTime(derEncoded: node)
            try self.init(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
        } else {
            try self.init(GeneralizedTime(derEncoded: node))
        }
    }

    private init(_ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int) throws {
        guard let day = Day(year: year, month: month, day: day) else { throw DERFault.unexpected }
        self.init(seconds: Int64(day.ordinal) * 86_400 + Int64(hours * 3600 + minutes * 60 + seconds))
    }
}
