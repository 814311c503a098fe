/// A point in time: whole seconds since 1970-01-01T00:00:00Z.
public struct Moment: Hashable, Comparable, Codable, Sendable {
    public let seconds: Int64

    public init(seconds: Int64) { self.seconds = seconds }

    /// Seconds of Western Indonesian Time, UTC+7 without daylight saving.
    public static let wibOffset: Int64 = 7 * 3600

    /// The day on the wall calendar of Medan (Asia/Jakarta).
    public var day: Day {
        let local = seconds + Self.wibOffset
        return Day(ordinal: Int(local >= 0 ? local / 86_400 : (local - 86_399) / 86_400))
    }

    /// Hour (0...23) and minute (0...59) on the wall clock of Medan.
    public var clock: (hour: Int, minute: Int) {
        let local = seconds + Self.wibOffset
        let ofDay = Int(((local % 86_400) + 86_400) % 86_400)
        return (ofDay / 3600, ofDay % 3600 / 60)
    }

    /// Midnight in Medan at the start of `day`, plus a time of day.
    public init(_ day: Day, hour: Int = 0, minute: Int = 0) {
        seconds = Int64(day.ordinal) * 86_400 - Self.wibOffset + Int64(hour) * 3600 + Int64(minute) * 60
    }

    public func adding(seconds more: Int64) -> Moment { Moment(seconds: seconds + more) }
    public func adding(hours: Int64) -> Moment { adding(seconds: hours * 3600) }

    public static func < (left: Moment, right: Moment) -> Bool { left.seconds < right.seconds }
}
