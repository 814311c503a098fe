import HTTPServer
import Pages
import Permits
import Store

/// Which news comes, and on which ways.
enum NotificationRoutes {
    static let table: [Route] = [
        .get("/akun/pemberitahuan", access: .citizen, show),
        .post("/akun/pemberitahuan", access: .citizen, body: .smallForm, keepsTyping: true, choose),
    ]

    @Sendable static func show(_ context: Context) throws -> Reply {
        let texts = context.texts
        let account = try account(context)
        let choices = try choices(context, account)
        let channels = NotificationChannel.allCases.filter { choices[$0] != nil }
        let items = try items(account, context)
        return .page(
            Notifications(
                lead: texts(items.isEmpty ? "topics.lead" : "topics.lead.channels"), channels: items,
                shown: channels.map(\.rawValue),
                fields: NotificationTopic.allCases.map { field($0, choices, channels, texts) },
                notesTitle: texts(channels.count == 1 ? "topics.always" : "topics.always.channels"),
                notes: [
                    "topics.always1", "topics.always2", "topics.always3", "topics.always4",
                    channels.count == 1 ? "topics.always5" : "topics.emailOnly",
                ].map { texts($0) }))
    }

    @Sendable static func choose(_ context: Context) throws -> Reply {
        let account = try account(context)
        // Only for ways that the page had: one that was connected meanwhile keeps what it has.
        let shown = Set(context.form.all(Notifications.shownName).compactMap { NotificationChannel(rawValue: $0) })
        let connected = try context.store.connections(of: account.id).map(\.channel)
        let channels = ([.email] + connected).filter { shown.isEmpty ? $0 == .email : shown.contains($0) }
        let wanted = channels.map { channel in
            (channel, Set(NotificationTopic.allCases.filter { isTicked($0, channel, context.form) }))
        }
        try context.store.setNotificationChoices(
            Dictionary(uniqueKeysWithValues: wanted), of: account.id, at: context.now)
        return .redirect(.notifications, notice: .choicesSaved)
    }

    static func account(_ context: Context) throws -> Account {
        guard let account = context.session?.account else { throw PermitError.forbidden }
        return account
    }

    /// What is kept, or what was ticked when the page is shown in another language.
    private static func choices(_ context: Context, _ account: Account) throws -> NotificationChoices {
        var choices = try context.store.notificationChoices(of: account.id)
        guard context.turned != nil else { return choices }
        for channel in choices.keys {
            for topic in NotificationTopic.allCases {
                choices[channel]?[topic] = isTicked(topic, channel, context.form)
            }
        }
        return choices
    }

    private static func isTicked(_ topic: NotificationTopic, _ channel: NotificationChannel, _ form: FormFields) -> Bool
    {
        // Where there is but one way its box says nothing but that it is ticked.
        form.all(topic.rawValue).contains { $0 == channel.rawValue || (channel == .email && $0 == "1") }
    }

    /// One box where there is but one way, else one for each way below the topic.
    private static func field(
        _ topic: NotificationTopic, _ choices: NotificationChoices, _ channels: [NotificationChannel], _ texts: Texts
    ) -> FieldModel {
        guard channels.count > 1 else {
            return FieldModel(
                .checkbox, name: topic.rawValue, label: texts(topic.textKey),
                value: choices[.email]?[topic] == true ? "1" : "", isRequired: false)
        }
        let ticked = channels.filter { choices[$0]?[topic] == true }
        return FieldModel(
            .checks, name: topic.rawValue, label: texts(topic.textKey),
            value: ticked.map(\.rawValue).joined(separator: "\n"),
            options: channels.map { ($0.rawValue, texts($0.textKey)) })
    }

    /// The ways that the portal has; none when there is nothing to connect.
    private static func items(_ account: Account, _ context: Context) throws -> [ChannelItem] {
        let texts = context.texts
        guard !context.store.channels.isEmpty, account.state == .active else { return [] }
        let connections = try context.store.connections(of: account.id)
        return try [ChannelItem(label: texts("channel.email"), text: account.email, isConnected: true)]
            + context.store.channels.map { channel in
                if let connection = connections.first(where: { $0.channel == channel }) {
                    return ChannelItem(connection, texts: texts)
                }
                return ChannelItem(
                    channel, phone: ContactChecks.domestic(account.phone),
                    lost: try context.store.lostSince(channel, of: account.id), texts: texts)
            }
    }
}

extension ChannelItem {
    init(_ connection: ChannelConnection, texts: Texts) {
        let channel = connection.channel
        let end: Link = channel == .telegram ? .telegramEnd : .whatsAppEnd
        let number = channel == .whatsapp ? "\(ContactChecks.domestic(connection.address)). " : ""
        let since = ["date": texts.formats.longDate(connection.connectedAt.day)]
        self.init(
            label: texts(channel.textKey), text: number + texts("channel.since", since), isConnected: true,
            button: texts("channel.end"), action: end.path)
    }

    /// One that is not connected.
    /// - Parameter lost: When it ended by itself.
    init(_ channel: NotificationChannel, phone: String, lost: Moment?, texts: Texts) {
        let isTelegram = channel == .telegram
        let lostText = lost.map { texts("channel.lost", ["date": texts.formats.longDate($0.day)]) }
        self.init(
            label: texts(channel.textKey), text: isTelegram ? texts("channel.telegram.offer") : phone, lost: lostText,
            isConnected: false, button: texts(isTelegram ? "channel.telegram.connect" : "channel.whatsapp.connect"),
            action: isTelegram ? Link.telegram.path : nil, path: isTelegram ? nil : Link.whatsApp.path)
    }
}
