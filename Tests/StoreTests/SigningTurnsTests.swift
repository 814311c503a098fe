import Foundation
import Permits
import Synchronization
import Testing

@testable import Store

/// Letters made at the same time: whose turn it is, and who waits how long.
@Suite struct SigningTurnsTests {
    /// Runs `work` on as many threads at once.
    private func atOnce(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
        let group = DispatchGroup()
        for index in 0..<count {
            group.enter()
            let thread = Thread {
                work(index)
                group.leave()
            }
            thread.start()
        }
        group.wait()
    }

    private final class Tally: Sendable {
        private let counts = Mutex<(running: Int, most: Int, done: Int, busy: Int)>((0, 0, 0, 0))
        var now: (running: Int, most: Int, done: Int, busy: Int) { counts.withLock { $0 } }

        func run(_ seconds: Double) {
            counts.withLock { counts in
                counts.running += 1
                counts.most = max(counts.most, counts.running)
            }
            Thread.sleep(forTimeInterval: seconds)
            counts.withLock { counts in
                counts.running -= 1
                counts.done += 1
            }
        }

        func note(_ error: any Error) { if error is StoreBusy { counts.withLock { $0.busy += 1 } } }
    }

    private func tally(
        _ turns: SigningTurns, _ threads: Int, seconds: Double, series: @Sendable @escaping (Int) -> String
    )
        -> Tally
    {
        let tally = Tally()
        atOnce(threads) { index in
            do { try turns.take(series(index)) { tally.run(seconds) } } catch { tally.note(error) }
        }
        return tally
    }

    @Test func aWholeLineOfOneSeriesIsServed() {
        let counts = tally(SigningTurns(), SigningTurns.maximum, seconds: 0.1) { _ in "503" }.now
        #expect(counts.done == SigningTurns.maximum && counts.most == 1 && counts.busy == 0)
    }

    @Test func seriesDoNotWaitForEachOther() {
        let counts = tally(SigningTurns(), SigningTurns.maximum, seconds: 0.5) { "\($0)" }.now
        #expect(counts.done == SigningTurns.maximum && counts.most > 1)
    }

    @Test func whoFindsTheLineFullIsToldAtOnce() {
        let turns = SigningTurns()
        let counts = tally(turns, SigningTurns.maximum + 3, seconds: 0.2) { _ in "503" }.now
        #expect(counts.done == SigningTurns.maximum && counts.busy == 3)
        #expect(throws: Never.self, "room again") { try turns.take("503") {} }
    }

    /// Turns that pass in the meantime give nobody more time.
    @Test func theTimeIsCountedFromTheBeginning() {
        let counts = tally(SigningTurns(patience: 1.5), 4, seconds: 1) { _ in "503" }.now
        #expect(counts.done == 2 && counts.busy == 2)
    }

    @Test func nobodyWaitsForever() {
        let turns = SigningTurns(patience: 0.2)
        let counts = tally(turns, 3, seconds: 1.5) { _ in "503" }.now
        #expect(counts.done == 1 && counts.busy == 2)
        #expect(throws: Never.self, "room again") { try turns.take("503") {} }
    }

    /// Eight signatories press the button in the same second, and the service takes its time.
    @Test func eightLettersOfOneSeries() throws {
        let world = try World()
        let store = world.store
        let ratna = world.ratna
        let open = try (0..<8).map { _ in
            let reference = try world.awaitingSignature()
            return (reference, try store.application(reference, visibleTo: ratna).revision)
        }
        let numbers = Mutex<[String]>([])
        atOnce(open.count) { index in
            let letter = try? store.sign(
                open[index].0, by: ratna, revision: open[index].1, read: World.now.day, origin: "127.0.0.1",
                at: World.now
            ) { draft in
                Thread.sleep(forTimeInterval: 0.1)
                return World.made(draft)
            }
            numbers.withLock { $0.append(letter?.numberText ?? "-") }
        }
        let found = numbers.withLock { $0 }
        #expect(Set(found).count == 8 && !found.contains("-"), "\(found)")
    }
}
