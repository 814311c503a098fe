import Logging
import Permits
import Synchronization

/// Writes down that clamd does not answer, once a minute: every upload meets the same trouble.
final class ScannerTrouble: Sendable {
    private let last = Mutex<Moment?>(nil)

    func report(_ fault: VirusScannerAway, to logger: Logger, at now: Moment) {
        let isDue = last.withLock { last in
            if let last, now.seconds - last.seconds < 60 { return false }
            last = now
            return true
        }
        if isDue { logger.error("no file can be taken: \(fault)") }
    }
}
