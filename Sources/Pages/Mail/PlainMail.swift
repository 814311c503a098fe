/// A message of one paragraph and one link at most.
public struct PlainMail: Page {
    public static let template = "mail/plain"

    public var siteName: String
    /// Nil when the reader may be a stranger.
    public var name: String?
    public var subject: String
    public var text: String
    /// What the office wrote.
    public var said: String?
    public var link: String?
    public var advice: String?

    public init(
        siteName: String, name: String? = nil, subject: String, text: String, said: String? = nil,
        link: String? = nil, advice: String? = nil
    ) {
        self.siteName = siteName
        self.name = name
        self.subject = subject
        self.text = text
        self.said = said
        self.link = link
        self.advice = advice
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "name": self.name as Any
        case "subject": subject
        case "text": text
        case "said": said as Any
        case "link": link as Any
        case "advice": advice as Any
        default: nil
        }
    }
}
