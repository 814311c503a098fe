import Dispatch
import Foundation
import Permits
public import Store
import Synchronization

/// Years of applications by thousands of people, for measuring. The same count and seed give the same ones.
///
/// Everything is kept as the portal keeps it, save the letters' files: a letter gets one when somebody asks for it, and
/// that one has no signature.
public struct DemoCrowd: Sendable {
    private let scene: DemoScene
    private let count: Int
    /// Applications in one transaction.
    private static let chunk = 4000

    /// - Parameter site: Of a data folder whose people are the demo's and whose applications are none yet.
    public init(_ site: Site, count: Int, seed: UInt64) throws {
        self.count = count
        scene = try DemoScene(site, count: count, seed: seed)
    }

    /// - Parameter progress: Is told how many applications are written.
    public func load(into loader: PastLoader, passwordHash: String, progress: (Int) -> Void) throws {
        try loader.load(scene.people, passwordHash: passwordHash)
        try loader.load(scene.institutions, since: scene.start)
        try loader.load(scene.scans)
        var register = PastRegister()
        var waiting: [PastStep] = []
        var finished: (applications: [PastApplication], steps: [WrittenStep])?
        for first in stride(from: 0, to: count, by: Self.chunk) {
            let last = min(first + Self.chunk, count)
            // While one chunk is written to the disk, the next one is made.
            let written = finished
            let state = register
            let lives = try beside(
                { try written.map { try loader.load($0.applications, $0.steps, register: state) } },
                { try Self.inParallel(last - first) { try life(first + $0) } })
            if written != nil { progress(first) }
            waiting += lives.flatMap(\.1)
            let horizon = last < count ? begin(last) : scene.now.adding(seconds: 1)
            let due = Self.take(until: horizon, from: &waiting)
            let placed = due.map { register.place($0) }
            let steps = try Self.inParallel(placed.count) {
                try placed[$0].written(texts: scene.texts, today: scene.now.day)
            }
            finished = (lives.map(\.0), steps)
        }
        if let finished { try loader.load(finished.applications, finished.steps, register: register) }
        progress(count)
    }

    private func life(_ index: Int) throws -> (PastApplication, [PastStep]) {
        try DemoPast.live(index, begunAt: begin(index), scene)
    }

    /// One after the other, in the hours in which people are awake.
    private func begin(_ index: Int) -> Moment {
        let place = Double(index) / Double(count) * Double(scene.workingDays.count)
        let day = scene.workingDays[min(Int(place), scene.workingDays.count - 1)]
        let ofDay = place - place.rounded(.down)
        let moment = Moment(day, hour: 7).adding(seconds: Int64(ofDay * 15 * 3600))
        return min(moment, scene.now.adding(seconds: -Int64(count - index)))
    }

    /// In the order of time; of one application in the order in which they happened.
    private static func take(until horizon: Moment, from waiting: inout [PastStep]) -> [PastStep] {
        var due: [(index: Int, step: PastStep)] = []
        var later: [PastStep] = []
        for step in waiting {
            if step.at < horizon { due.append((due.count, step)) } else { later.append(step) }
        }
        waiting = later
        return due.sorted { ($0.step.at, $0.index) < ($1.step.at, $1.index) }.map(\.step)
    }

    /// Both at once.
    private func beside<T: Sendable>(_ work: @Sendable () throws -> Void, _ other: @Sendable () throws -> T) throws -> T
    {
        let done = Mutex<(Result<Void, any Error>?, Result<T, any Error>?)>((nil, nil))
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            if index == 0 {
                let result = Result(catching: work)
                done.withLock { $0.0 = result }
            } else {
                let result = Result(catching: other)
                done.withLock { $0.1 = result }
            }
        }
        let results = done.withLock { $0 }
        try results.0?.get()
        guard let value = try results.1?.get() else { throw PermitError.notFound }
        return value
    }

    /// As many at once as there are processors; the results keep their order.
    private static func inParallel<T: Sendable>(_ count: Int, _ make: @Sendable (Int) throws -> T) throws -> [T] {
        let parts = max(1, min(ProcessInfo.processInfo.activeProcessorCount, count))
        let done = Mutex<[Int: Result<[T], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let result = Result { try (count * part / parts..<count * (part + 1) / parts).map(make) }
            done.withLock { $0[part] = result }
        }
        let results = done.withLock { $0 }
        return try (0..<parts).flatMap { try results[$0]?.get() ?? [] }
    }
}
