import ArgumentParser
import Store

struct Numbers: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove that the register of letters has no gap and no double number.",
        discussion: "Prints a line for each series and year, and fails when a number is missing or taken twice.")

    @OptionGroup var options: CommonOptions

    func run() throws {
        try orFailInOneLine {
            let wiring = try Wiring(Configuration(options))
            try wiring.migrate()
            let reports = try wiring.store.numberReports()
            if reports.isEmpty { print("no letters yet") }
            for report in reports { print(Self.line(report)) }
            try wiring.store.close()
            guard reports.allSatisfy(\.isSound) else { throw ExitCode.failure }
        }
    }

    static func line(_ report: NumberSeriesReport) -> String {
        let faults =
            report.isSound
            ? "no gaps, no doubles"
            : "MISSING \(list(report.missing)), DOUBLE OR NEVER TAKEN \(list(report.surplus))"
        return
            "\(report.series) \(report.year): \(report.count) letters (\(report.void) void), last \(report.last), \(faults)"
    }

    private static func list(_ numbers: [Int]) -> String {
        guard !numbers.isEmpty else { return "none" }
        let rest = numbers.count > 20 ? " and \(numbers.count - 20) more" : ""
        return numbers.prefix(20).map(String.init).joined(separator: " ") + rest
    }
}
