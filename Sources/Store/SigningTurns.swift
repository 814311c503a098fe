import Dispatch
import Synchronization

/// Letters of one series are made one after the other, so that each knows its number before it is signed and a failed
/// one leaves its number to the next.
final class SigningTurns: Sendable {
    /// One place for each series. Semaphores keep to the time given; NSLock begins it anew with each turn that passes.
    private let places = Mutex<[String: DispatchSemaphore]>([:])
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
        let place = places.withLock { places in
            if let known = places[series] { return known }
            let place = DispatchSemaphore(value: 1)
            places[series] = place
            return place
        }
        guard place.wait(timeout: .now() + patience) == .success else {
            throw StoreBusy(description: "a letter of series \(series) waited \(patience) s for the one before it")
        }
        defer { place.signal() }
        return try work()
    }
}
