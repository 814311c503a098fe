/// News of an issued letter: one frame, subject and text by kind of news.
public struct LetterNewsMail: Page {
    public static let template = "mail/letter-news"

    public var siteName: String
    public var name: String
    public var subject: String
    public var text: String
    public var reference: String
    public var kind: String
    public var number: String
    public var link: String
    /// How to do without such mails, where that is possible.
    public var advice: String?

    public init(
        siteName: String, name: String, subject: String, text: String, reference: String, kind: String, number: String,
        link: String, advice: String? = nil
    ) {
        self.siteName = siteName
        self.name = name
        self.subject = subject
        self.text = text
        self.reference = reference
        self.kind = kind
        self.number = number
        self.link = link
        self.advice = advice
    }

    /// - Parameters:
    ///   - news: Last part of the keys of its texts, `letterRevoked`.
    ///   - day: The day it speaks of, in words.
    public init(
        news: String, siteName: String, name: String, reference: String, kind: String, number: String,
        day: String, link: String, texts: Texts
    ) {
        let values = ["reference": reference, "number": number, "day": day]
        self.init(
            siteName: siteName, name: name, subject: texts("mail.news.\(news).subject", values),
            text: texts("mail.news.\(news).text", values), reference: reference, kind: kind, number: number, link: link,
            advice: texts["mail.news.\(news).advice"])
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "name": self.name
        case "subject": subject
        case "text": text
        case "reference": reference
        case "kind": kind
        case "number": number
        case "link": link
        case "advice": advice as Any
        default: nil
        }
    }
}
