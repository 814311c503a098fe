import Dispatch
import Foundation
import Logging
import Permits
import Store
import Synchronization

/// What goes on beside the requests: sending messages, reminding, and clearing up.
public final class Jobs: Sendable {
    private let site: Site
    private let postman: Postman
    private let chatPostmen: [ChatPostman]
    private let listener: TelegramListener?
    private let isStopped = Atomic<Bool>(false)
    private let rounds = Atomic<Int>(0)
    /// Rounds that use the database now; waiting for Telegram to tell something is none.
    private let running = DispatchGroup()

    public init(site: Site, sender: any MailSender) {
        self.site = site
        postman = Postman(site: site, sender: sender)
        chatPostmen = site.messengers.senders.map { ChatPostman(site: site, sender: $0) }
        listener = site.messengers.telegram.map { TelegramListener(site: site, bot: $0) }
    }

    /// Runs every second until `stop`. Each service that can keep its caller waiting has a thread of its own, so that none
    /// delays another.
    public func start() {
        repeating { jobs in
            jobs.clearUp()
            if jobs.rounds.add(1, ordering: .relaxed).oldValue % 3600 == 0 { jobs.runHourly() }
        }
        repeating { $0.sendMails() }
        for postman in chatPostmen { repeating { $0.send(by: postman) } }
        if let listener { repeating { $0.listen(listener, waiting: 25) } }
    }

    /// Lets the rounds end that run, for a moment: what they have begun is noted, or is done again after the next start.
    public func stop() {
        isStopped.store(true, ordering: .relaxed)
        _ = running.wait(timeout: .now() + 3)
    }

    private func repeating(_ round: @escaping @Sendable (Jobs) -> Void) {
        Thread.detachNewThread { [self] in
            while !isStopped.load(ordering: .relaxed) {
                round(self)
                Thread.sleep(forTimeInterval: 1)
            }
        }
    }

    /// One round of everything; a failing job does not keep the others from running.
    public func runOnce() {
        clearUp()
        if let listener { listen(listener, waiting: 0) }
        sendMails()
        for postman in chatPostmen { send(by: postman) }
    }

    private func clearUp() {
        attempt("password requests") { try site.store.resolvePasswordRequests(at: site.now()) }
        attempt("deletions") {
            let count = try site.store.deleteDueAccounts(at: site.now())
            if count > 0 { site.logger.notice("deleted \(count) accounts whose owners had asked for it") }
        }
        attempt("sessions") { try site.store.noteUsedSessions() }
    }

    private func sendMails() { attempt("messages") { try postman.sendWaiting() } }

    private func send(by postman: ChatPostman) {
        attempt("messages by \(postman.channel.rawValue)") { try postman.sendWaiting() }
    }

    private func listen(_ listener: TelegramListener, waiting seconds: Int) {
        do { try listener.listen(waiting: seconds) } catch  where isStopped.load(ordering: .relaxed) {
            site.logger.info("updates from Telegram wait for the next start")
        } catch {
            site.logger.error("job updates from Telegram: \(error)")
        }
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
        attempt("secrets of channels") { try site.store.forgetOldSecretsOfChannels(at: site.now()) }
        attempt("sweep") { try LetterFiles.sweep(site) }
    }

    private func attempt(_ name: String, _ job: () throws -> Void) {
        running.enter()
        defer { running.leave() }
        do { try job() } catch  where isStopped.load(ordering: .relaxed) {
            site.logger.info("job \(name) was stopped")
        } catch {
            site.logger.error("job \(name): \(error)")
        }
    }
}
