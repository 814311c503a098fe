/// A way on which messages reach somebody. E-mail is always there; the others are connected by their owner.
public enum NotificationChannel: String, Codable, Sendable, CaseIterable {
    case email, telegram, whatsapp

    /// Those that somebody connects themselves.
    public static let chats: [NotificationChannel] = [.telegram, .whatsapp]

    public var textKey: String { "channel.\(rawValue)" }
}

/// A chat that somebody gets messages in.
public struct ChannelConnection: Equatable, Sendable {
    public let channel: NotificationChannel
    /// The chat's number at Telegram, or a phone number as `628...`.
    public let address: String
    public let connectedAt: Moment

    public init(channel: NotificationChannel, address: String, connectedAt: Moment) {
        self.channel = channel
        self.address = address
        self.connectedAt = connectedAt
    }
}
