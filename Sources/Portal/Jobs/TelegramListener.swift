import Logging
import Pages
import Permits
import Store
import Synchronization

/// Takes in what people write to the portal's bot, on a thread of its own: Telegram may keep it waiting.
final class TelegramListener: Sendable {
    private struct Trouble {
        var until: Moment?
        var count: Int64 = 0
    }

    private let site: Site
    private let bot: TelegramBot
    private let trouble = Mutex(Trouble())

    init(site: Site, bot: TelegramBot) {
        self.site = site
        self.bot = bot
    }

    /// One round, which lasts up to `seconds` while nobody writes.
    func listen(waiting seconds: Int) throws {
        guard trouble.withLock({ $0.until.map { $0.seconds <= site.now().seconds } ?? true }) else { return }
        do {
            let offset = try site.store.telegramPosition(of: bot.name)?.offset(at: site.now())
            for update in try bot.updates(from: offset, waiting: seconds) { try take(update) }
            trouble.withLock { $0 = Trouble() }
        } catch let fault as ChatFault {
            site.logger.warning("Telegram's updates were not read: \(fault)")
            pause(after: fault)
        }
    }

    private func pause(after fault: ChatFault) {
        let now = site.now().seconds
        trouble.withLock { trouble in
            let pause: Int64 =
                if case .wait(let seconds, _) = fault { seconds } else { min(5 << min(trouble.count, 6), 300) }
            trouble.until = Moment(seconds: now + pause)
            trouble.count += 1
        }
    }

    private func take(_ update: TelegramUpdate) throws {
        let token: [UInt8]? =
            if case .start(let parameter?) = update.act { Token.bytes(parameter, count: 32) } else { nil }
        let outcome = try site.store.take(update, token: token, bot: bot.name, at: site.now())
        guard let chat = update.chat.map(String.init), let (key, language) = Self.answer(to: outcome), mayAnswer(chat)
        else { return }
        let texts = site.renderers[language].texts
        let text = texts(key, ["site": site.settings.siteName])
        do {
            try bot.say(ChatText.telegram([text, site.url(.notifications)]), in: chat)
        } catch {
            // Whoever does not get this answer asks again; the update is taken in.
            site.logger.info("Telegram took no answer: \(error)")
        }
    }

    private static func answer(to outcome: TelegramOutcome) -> (key: String, language: Language)? {
        switch outcome {
        case .nothing, .connected: nil
        case .invalidLink(let language): ("telegram.reply.invalid", language)
        case .stopped(let language): ("telegram.reply.stopped", language)
        case .known(let language): ("telegram.reply.known", language)
        case .stranger(let language): ("telegram.reply.stranger", language)
        }
    }

    /// A few answers to each chat, and not more to all of them than Telegram lets through beside the messages.
    private func mayAnswer(_ chat: String) -> Bool {
        do {
            try site.limit("telegram chat", chat, site.settings.rates.telegramAnswers)
            try site.limit("telegram chats", "all", site.settings.rates.telegramAnswersAnywhere)
            return true
        } catch {
            return false
        }
    }
}
