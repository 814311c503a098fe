import Logging
import Pages
import Permits
import Store
import Synchronization

/// Sends what waits for one kind of chat, and leaves its service alone for a while when that does not work.
final class ChatPostman: Sendable {
    private struct Trouble {
        var until: Moment?
        var count: Int64 = 0
    }

    /// News of the day before yesterday is none; the mail has told it.
    private static let longestSeconds: Int64 = 2 * 86_400

    private let site: Site
    private let sender: any ChatSender
    private let trouble = Mutex(Trouble())

    init(site: Site, sender: any ChatSender) {
        self.site = site
        self.sender = sender
    }

    var channel: NotificationChannel { sender.channel }

    /// Sends what waits. A crash between sending and noting repeats one message and loses none.
    func sendWaiting() throws {
        guard trouble.withLock({ $0.until.map { $0.seconds <= site.now().seconds } ?? true }) else { return }
        for message in try site.store.waitingMessages(by: channel, at: site.now(), limit: 50) {
            guard try deliver(message) else { return }
        }
    }

    /// - Returns: Whether the next may be sent.
    private func deliver(_ message: OutboxMessage) throws -> Bool {
        let now = site.now()
        do {
            guard !message.address.isEmpty else { throw ChatFault.rejected("is not connected") }
            guard now.seconds - message.createdAt.seconds < Self.longestSeconds else {
                throw ChatFault.rejected("waited for too long")
            }
            try sender.send(try chatMessage(message))
            try site.store.noteSent(message, at: site.now())
            trouble.withLock { $0 = Trouble() }
            return true
        } catch is OutdatedMessage {
            try site.store.noteSent(message, at: now)
            return true
        } catch let fault as ChatFault {
            return try note(fault, of: message)
        } catch {
            site.logger.warning("message \(message.id) was not sent: \(error)")
            try site.store.noteFailed(message, fault: "\(error)", at: now)
            return true
        }
    }

    private func note(_ fault: ChatFault, of message: OutboxMessage) throws -> Bool {
        let now = site.now()
        site.logger.warning("message \(message.id) was not sent by \(channel.rawValue): \(fault)")
        switch fault {
        case .rejected:
            try site.store.noteUndeliverable(message, fault: "\(fault)", at: now)
            return true
        case .gone:
            try site.store.noteGone(message, fault: "\(fault)", at: now)
            return true
        case .wait(let seconds, _):
            try site.store.noteFailed(message, fault: "\(fault)", wait: seconds, at: now)
            trouble.withLock { $0.until = Moment(seconds: now.seconds + seconds) }
        case .unavailable:
            try site.store.noteFailed(message, fault: "\(fault)", at: now)
            trouble.withLock { trouble in
                trouble.until = Moment(seconds: now.seconds + min(5 << min(trouble.count, 6), 300))
                trouble.count += 1
            }
        }
        return false
    }

    private func chatMessage(_ message: OutboxMessage) throws -> ChatMessage {
        let language = message.recipient.language ?? .standard
        return ChatMessage(
            address: message.address, language: language, siteName: site.settings.siteName,
            content: message.kind == .whatsAppCode
                ? .code(try code(for: message)) : try news(message, site.renderers[language].texts))
    }

    /// The code is made when it is sent and kept only as a hash.
    private func code(for message: OutboxMessage) throws -> String {
        let code = ChannelCode.make(random: site.random(8))
        guard
            try site.store.addWhatsAppCode(
                code, salt: site.random(16), for: message.recipient.id, at: site.now())
        else { throw OutdatedMessage() }
        return code
    }

    /// What happened in a sentence or two: no name, nothing that an officer wrote, and a link that asks to log in.
    private func news(_ message: OutboxMessage, _ texts: Texts) throws -> ChatMessage.Content {
        let payload = message.payload
        let values = [
            "site": site.settings.siteName, "reference": payload.reference ?? "", "number": payload.letterNumber ?? "",
            "day": (payload.day ?? payload.due).map(texts.formats.longDate) ?? "",
        ]
        let link = try site.link(in: message) ?? site.url(.applications)
        let isGreeting = message.kind == .channelConnected
        let key = isGreeting ? "chat.connected.\(channel.rawValue)" : "chat.\(message.kind.rawValue)"
        return .news(texts(key, values), link: link)
    }
}
