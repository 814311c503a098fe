import Foundation
import Synchronization

/// Letters of one series are made one after the other, so that each knows its number before it is signed and a failed
/// one leaves its number to the next.
final class SigningTurns: Sendable {
    private let locks = Mutex<[String: NSLock]>([:])
    private let taken = Atomic<Int>(0)
    private let patience: Double

    /// Letters that are made or wait, all series together. Each holds a thread of the server, which has 16 at least.
    static let maximum = 10

    /// - Parameter patience: Seconds that one waits for its turn.
    init(patience: Double = 20) { self.patience = patience }

    /// - Throws: `StoreBusy` when the line is full or does not move.
    func take<T>(_ series: String, _ work: () throws -> T) throws -> T {
        defer { taken.subtract(1, ordering: .relaxed) }
        guard taken.add(1, ordering: .relaxed).newValue <= Self.maximum else {
            throw StoreBusy(description: "too many letters wait to be signed, this one in series \(series)")
        }
        let lock = locks.withLock { locks in
            if let known = locks[series] { return known }
            let lock = NSLock()
            locks[series] = lock
            return lock
        }
        guard lock.lock(before: Date(timeIntervalSinceNow: patience)) else {
            throw StoreBusy(description: "a letter of series \(series) waited \(patience) s for the one before it")
        }
        defer { lock.unlock() }
        return try work()
    }
}
