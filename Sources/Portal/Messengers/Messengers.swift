public import Permits

/// The services beside e-mail that messages go out by, as far as the portal was told of them.
public struct Messengers: Sendable {
    public var telegram: TelegramBot?
    public var whatsApp: WhatsAppNumber?

    public init(telegram: TelegramBot? = nil, whatsApp: WhatsAppNumber? = nil) {
        self.telegram = telegram
        self.whatsApp = whatsApp
    }

    /// Whether a service may be asked there: HTTPS, or HTTP on this machine.
    public static func isAddress(_ text: String) -> Bool { Exchange.serviceURL(text) != nil }

    public var channels: Set<NotificationChannel> { Set(senders.map(\.channel)) }

    var senders: [any ChatSender] {
        let all: [(any ChatSender)?] = [telegram, whatsApp]
        return all.compactMap { $0 }
    }
}
