import Permits
import Synchronization

/// Lets each person make one copy of their data at a time, and few people at once: it keeps a thread and the disk busy.
final class ExportGate: Sendable {
    private let inside = Mutex<Set<AccountID>>([])
    private static let most = 2

    /// Must be given back.
    struct Pass: Sendable {
        fileprivate let gate: ExportGate
        fileprivate let account: AccountID

        func leave() { gate.inside.withLock { _ = $0.remove(account) } }
    }

    /// Nil while this person's copy is being made, or too many are.
    func enter(_ account: AccountID) -> Pass? {
        inside.withLock { inside in
            guard inside.count < Self.most, inside.insert(account).inserted else { return nil }
            return Pass(gate: self, account: account)
        }
    }
}
