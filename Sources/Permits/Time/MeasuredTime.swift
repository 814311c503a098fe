/// How long files of a kind really took: the number of working days within which nine of ten were done. An average would
/// promise too much: half of all people wait longer.
public struct MeasuredTime: Equatable, Sendable {
    /// Letters of this many calendar days count.
    public static let window = 90
    /// With fewer, one odd file would say too much.
    public static let fewestCases = 10

    /// At least 1.
    public let workingDays: Int
    public let cases: Int

    public init(workingDays: Int, cases: Int) {
        self.workingDays = workingDays
        self.cases = cases
    }

    /// Files that came and were done on the same days.
    public struct Span: Equatable, Sendable {
        public let came: Day
        public let done: Day
        public let cases: Int

        public init(came: Day, done: Day, cases: Int) {
            self.came = came
            self.done = done
            self.cases = cases
        }
    }

    /// Working days from the day after a file came to the day that it was done, both counted as the promise is; a file
    /// done on the day it came took one. The ninth of ten by nearest rank: the smallest number within which at least
    /// 90 of 100 were done. Nil without files.
    public init?(_ spans: [Span], in calendar: WorkingCalendar) {
        var casesByDays: [Int: Int] = [:]
        for span in spans where span.cases > 0 && span.came <= span.done {
            casesByDays[max(1, calendar.workingDays(from: span.came, until: span.done)), default: 0] += span.cases
        }
        let total = casesByDays.values.reduce(0, +)
        let rank = (total * 9 + 9) / 10
        var done = 0
        for (days, count) in casesByDays.sorted(by: { $0.key < $1.key }) {
            done += count
            if done >= rank {
                self.init(workingDays: days, cases: total)
                return
            }
        }
        return nil
    }

    /// Whether it rests on enough files to be told.
    public var isTelling: Bool { cases >= Self.fewestCases }
}
