public import Mustache

/// On which ways news comes, and which.
public struct Notifications: Page {
    public static let template = "account/notifications"
    /// Name of the inputs that say which ways the page had.
    public static let shownName = "saluran"

    public var lead: String
    /// Empty where e-mail is the only way there is.
    public var channels: [ChannelItem]
    /// The ways that there are boxes for.
    public var shown: [String]
    public var fields: [FieldModel]
    public var notesTitle: String
    public var notes: [String]

    public init(
        lead: String, channels: [ChannelItem], shown: [String], fields: [FieldModel], notesTitle: String,
        notes: [String]
    ) {
        self.lead = lead
        self.channels = channels
        self.shown = shown
        self.fields = fields
        self.notesTitle = notesTitle
        self.notes = notes
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "lead": lead
        case "channels": channels
        case "hasChannels": !channels.isEmpty
        case "shown": shown
        case "fields": fields
        case "notesTitle": notesTitle
        case "notes": notes
        default: nil
        }
    }
}

/// One way on which news comes or could come.
public struct ChannelItem: MustacheParent, Sendable {
    public var label: String
    /// Where it leads, or what it is good for.
    public var text: String
    /// That it ended by itself, and when.
    public var lost: String?
    public var isConnected: Bool
    public var button: String?
    /// Where the button is sent; nil where it is a link or there is none.
    public var action: String?
    public var path: String?

    public init(
        label: String, text: String, lost: String? = nil, isConnected: Bool, button: String? = nil,
        action: String? = nil, path: String? = nil
    ) {
        self.label = label
        self.text = text
        self.lost = lost
        self.isConnected = isConnected
        self.button = button
        self.action = action
        self.path = path
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "text": text
        case "lost": lost as Any
        case "isConnected": isConnected
        case "button": button as Any
        case "action": action as Any
        case "path": path as Any
        default: nil
        }
    }
}

/// How a chat at Telegram is connected.
public struct TelegramChat: Page {
    public static let template = "account/telegram"

    /// Nil when there is none any more.
    public var link: TelegramLink?

    public init(link: TelegramLink? = nil) { self.link = link }

    public func child(named name: String) -> Any? {
        switch name {
        case "link": link as Any
        default: nil
        }
    }
}

/// A link that connects the chat in which it is opened.
public struct TelegramLink: MustacheParent, Sendable {
    public var address: String
    /// `@suratizin_bot`
    public var bot: String
    /// The hour at which it ends.
    public var until: String
    /// Of the QR code, as SVG path data; nil on a phone.
    public var code: String?
    public var codeBox: String
    public var checkPath: String
    /// Start was said to be pressed, and nothing has come of it.
    public var isMissed: Bool

    public init(
        address: String, bot: String, until: String, code: String? = nil, codeBox: String = "", checkPath: String,
        isMissed: Bool
    ) {
        self.address = address
        self.bot = bot
        self.until = until
        self.code = code
        self.codeBox = codeBox
        self.checkPath = checkPath
        self.isMissed = isMissed
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "address": address
        case "bot": bot
        case "until": until
        case "code": code as Any
        case "codeBox": codeBox
        case "checkPath": checkPath
        case "isMissed": isMissed
        default: nil
        }
    }
}
