import Foundation
import Glibc

/// Tells how far long work is: a bar on a terminal, else a line for each tenth.
struct ProgressBar {
    private let total: Int
    private let what: String
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let begun = Date()
    private var told = 0

    init(total: Int, of what: String) {
        self.total = max(1, total)
        self.what = what
    }

    mutating func show(_ done: Int) {
        if isTerminal {
            let width = 30
            let filled = width * done / total
            let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
            write("\r[\(bar)] \(line(done))\u{1B}[K\(done >= total ? "\n" : "")")
        } else if done * 10 / total > told {
            told = done * 10 / total
            write("\(line(done))\n")
        }
    }

    private func line(_ done: Int) -> String {
        let seconds = Date().timeIntervalSince(begun)
        let left = done > 0 ? Int(seconds * Double(total - done) / Double(done)) : 0
        let time = done >= total ? "in \(Self.clock(Int(seconds)))" : "\(Self.clock(left)) left"
        return "\(done) of \(total) \(what), \(time)"
    }

    private static func clock(_ seconds: Int) -> String {
        "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
