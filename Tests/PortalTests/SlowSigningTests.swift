import Foundation
import Pages
import Permits
import Store
import Synchronization
import Testing

@testable import Letters
@testable import Portal

/// A signing service that takes its time, and those who wait for it.
@Suite struct SlowSigningTests {
    /// Stamps when it is let go.
    private final class SlowStamper: TimeStamper {
        private let gate = DispatchSemaphore(value: 0)
        private let asked = Atomic<Bool>(false)
        var wasAsked: Bool { asked.load(ordering: .acquiring) }

        func token(for imprint: [UInt8], at now: Moment) throws(SigningError) -> [UInt8] {
            asked.store(true, ordering: .releasing)
            _ = gate.wait(timeout: .now() + 10)
            throw SigningError.stampTimedOut
        }

        func letGo() { gate.signal() }
    }

    /// As many letters as may be signed at once are under way until the returned closure is called.
    private func occupy(_ desk: SigningDesk) -> @Sendable () -> Void {
        let leave = DispatchSemaphore(value: 0)
        let begun = DispatchSemaphore(value: 0)
        let done = DispatchGroup()
        for _ in 0..<SigningDesk.atOnce {
            done.enter()
            Thread.detachNewThread {
                try? desk.taking {
                    begun.signal()
                    leave.wait()
                }
                done.leave()
            }
        }
        for _ in 0..<SigningDesk.atOnce { begun.wait() }
        return {
            for _ in 0..<SigningDesk.atOnce { leave.signal() }
            done.wait()
        }
    }

    @Test func whoComesWhileAllSignWaitsForAWhile() throws {
        var settings = SigningDesk.Settings(folder: KeyFolder(path: "/nowhere"))
        settings.patience = 0.1
        let impatient = SigningDesk(settings)
        var release = occupy(impatient)
        #expect(throws: Busy.self) { try impatient.taking {} }
        release()
        #expect(throws: Never.self, "room again") { try impatient.taking {} }
        settings.patience = 10
        let patient = SigningDesk(settings)
        release = occupy(patient)
        let isServed = DispatchSemaphore(value: 0)
        Thread.detachNewThread { try? patient.taking { _ = isServed.signal() } }
        #expect(isServed.wait(timeout: .now() + 0.2) == .timedOut)
        release()
        #expect(isServed.wait(timeout: .now() + 10) == .success)
    }

    @Test func aRevocationKeepsItsReasonWhenTheDeskIsBusy() async throws {
        let portal = try TestPortal { $0.patience = 0.1 }
        let reference = try portal.reference(.issued)
        let ratna = try await portal.client(DemoWorld.ratna)
        let fields = ["sebab": "termsBroken", "alasan": LetterLifeTests.reason, "kata_sandi": DemoWorld.password]
        let release = occupy(portal.site.desk)
        let busy = try await LetterLifeTests.act(ratna, reference, "pencabutan", fields)
        release()
        #expect(busy.status == 503 && busy.headers["retry-after"] == "5")
        #expect(busy.text.contains(LetterLifeTests.reason) && busy.text.contains("Coba lagi sebentar lagi"))
        #expect(!busy.text.contains(DemoWorld.password))
        #expect(try LetterLifeTests.letter(portal, reference).life.end == nil)
        #expect(try await LetterLifeTests.act(ratna, reference, "pencabutan", fields).status == 303)
    }

    @Test func aRefusalKeepsItsReasonWhenTheDeskIsBusy() async throws {
        let portal = try TestPortal { $0.patience = 0.1 }
        let reference = try portal.reference(.submitted)
        let budi = try await portal.client(DemoWorld.budi)
        func refuse() async throws -> Client.Reply {
            let review = try await budi.get("/petugas/permohonan/\(reference)")
            return try await LetterLifeTests.read(
                budi, "/petugas/permohonan/\(reference)/keputusan",
                [
                    "csrf": review.csrf, "revision": review.value(of: "revision") ?? "", "keputusan": "refuse",
                    DecisionModel.reasonName: LetterLifeTests.reason,
                ])
        }
        let release = occupy(portal.site.desk)
        let busy = try await refuse()
        release()
        #expect(busy.status == 503 && busy.text.contains(LetterLifeTests.reason))
        #expect(busy.text.contains("Coba lagi sebentar lagi"))
        #expect(try portal.application(reference, as: DemoWorld.siti).state == .submitted)
        #expect(try await refuse().status == 303)
    }

    /// A letter that hangs in the service holds its own series only as long as others have patience.
    @Test func aHangingServiceLeavesThePortalServing() async throws {
        let stamper = SlowStamper()
        let portal = try TestPortal { $0.stamper = stamper }
        let reference = try portal.reference(.issued)
        let ratna = try await portal.client(DemoWorld.ratna)
        let fields = ["sebab": "termsBroken", "alasan": LetterLifeTests.reason, "kata_sandi": DemoWorld.password]
        async let revoking = LetterLifeTests.act(ratna, reference, "pencabutan", fields)
        while !stamper.wasAsked { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try await portal.client().get("/layanan").status == 200)
        stamper.letGo()
        let reply = try await revoking
        #expect(reply.status == 422 && reply.text.contains(LetterLifeTests.reason))
    }
}
