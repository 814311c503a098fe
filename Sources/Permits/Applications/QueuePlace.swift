/// Where an application stands among those that wait for the same at its office. It tells a number and nothing about
/// anybody else.
public struct QueuePlace: Equatable, Sendable {
    /// What is waited for.
    public enum Line: String, CaseIterable, Sendable {
        /// That an officer takes it up; what lies on a desk already stands in no line.
        case check
        case signature
    }

    public let line: Line
    /// How many come before it. Counting ends when there are more than `limit`.
    public let ahead: Int
    /// How many wait together with it, counted the same way.
    public let total: Int
    public let limit: Int

    public init(line: Line, ahead: Int, total: Int, limit: Int) {
        self.line = line
        self.ahead = ahead
        self.total = total
        self.limit = limit
    }

    /// Counted from 1; nil where counting ended before it was reached.
    public var number: Int? { ahead < limit ? ahead + 1 : nil }

    /// Nil where counting ended before the last one was reached.
    public var all: Int? { total <= limit ? total : nil }
}

extension Application {
    /// What it waits for in a line; nil while it is on somebody's desk, with its applicant or over.
    public var waitsInLine: QueuePlace.Line? {
        switch state {
        case .submitted, .verified: claimedBy == nil ? .check : nil
        case .awaitingSignature: .signature
        case .draft, .needsCorrection, .issued, .refused, .withdrawn: nil
        }
    }
}
