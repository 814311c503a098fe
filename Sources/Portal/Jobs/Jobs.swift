import Foundation
import Logging
import Permits
import Store
import Synchronization

/// What goes on beside the requests: sending messages, reminding, and clearing up.
public final class Jobs: Sendable {
    private let site: Site
    private let postman: Postman
    private let isStopped = Atomic<Bool>(false)

    public init(site: Site, sender: any MailSender) {
        self.site = site
        postman = Postman(site: site, sender: sender)
    }

    /// Runs every second on a thread of its own until `stop`.
    public func start() {
        Thread.detachNewThread { [self] in
            var round = 0
            while !isStopped.load(ordering: .relaxed) {
                runOnce()
                if round % 3600 == 0 { runHourly() }
                round += 1
                Thread.sleep(forTimeInterval: 1)
            }
        }
    }

    public func stop() { isStopped.store(true, ordering: .relaxed) }

    /// One round; a failing job does not keep the others from running.
    public func runOnce() {
        attempt("password requests") { try site.store.resolvePasswordRequests(at: site.now()) }
        attempt("deletions") {
            let count = try site.store.deleteDueAccounts(at: site.now())
            if count > 0 { site.logger.notice("deleted \(count) accounts whose owners had asked for it") }
        }
        attempt("messages") { try postman.sendWaiting() }
        attempt("sessions") { try site.store.noteUsedSessions() }
    }

    /// What the calendar asks for, and clearing up.
    public func runHourly() {
        attempt("reminders") {
            let count = try site.store.queueReminders(at: site.now())
            if count > 0 { site.logger.notice("queued \(count) reminders") }
        }
        attempt("service times") { try site.store.measureServiceTimes(at: site.now()) }
        attempt("drafts") {
            let keeping = site.settings.drafts
            let told = try site.store.remindOfDrafts(keeping, at: site.now())
            let deleted = try site.store.deleteRestingDrafts(keeping, at: site.now())
            if told + deleted > 0 {
                site.logger.notice("told the owners of \(told) resting drafts, deleted \(deleted)")
            }
            let unsent = try site.store.deleteRestingUnsent(keeping, at: site.now())
            if unsent > 0 { site.logger.notice("deleted \(unsent) messages and reports that were never sent") }
        }
        attempt("sweep") { try LetterFiles.sweep(site) }
    }

    private func attempt(_ name: String, _ job: () throws -> Void) {
        do { try job() } catch { site.logger.error("job \(name): \(error)") }
    }
}
