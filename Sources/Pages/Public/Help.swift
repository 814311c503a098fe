public import Mustache

/// How to get a letter, step by step with pictures; questions, words, and how to reach a person.
public struct Help: Page {
    public static let template = "public/help"

    public var steps: [HelpStep]
    public var questions: [HelpEntry]
    public var words: [HelpEntry]
    public var offices: [OfficeModel]

    public init(steps: [HelpStep], questions: [HelpEntry], words: [HelpEntry], offices: [OfficeModel]) {
        self.steps = steps
        self.questions = questions
        self.words = words
        self.offices = offices
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "steps": steps
        case "questions": questions
        case "words": words
        case "offices": offices
        default: nil
        }
    }
}

/// One step of the guide.
public struct HelpStep: MustacheParent, Sendable {
    public static let names = ["requirements", "account", "form", "papers", "check", "status", "letter"]

    public var title: String
    public var text: String
    /// What the picture shows, for those who do not see it.
    public var alt: String
    /// Nil where there is none.
    public var picture: String?

    public init(title: String, text: String, alt: String, picture: String?) {
        self.title = title
        self.text = text
        self.alt = alt
        self.picture = picture
    }

    /// - Parameter picture: Address of the picture of a step.
    public static func all(_ texts: Texts, picture: (String) -> String?) -> [HelpStep] {
        names.map { name in
            HelpStep(
                title: texts("help.step.\(name)"), text: texts("help.step.\(name).text"),
                alt: texts("help.step.\(name).alt"), picture: picture(name))
        }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "text": text
        case "alt": alt
        case "picture": picture as Any
        default: nil
        }
    }
}

/// A question and its answer, or a word and its meaning.
public struct HelpEntry: MustacheParent, Sendable {
    public static let questions = [
        "fee", "time", "photo", "iphone", "lost", "returned", "ask", "again", "correct", "print", "check",
        "passwordLost", "twoAccounts", "foreigner", "counter", "link", channels,
    ]
    /// The one that is only asked where there are chats to connect.
    public static let channels = "channels"
    public static let words = [
        "applicant", "reference", "draft", "correction", "signature", "qr", "copies", "workingDay", "identityNumber",
        "studentNumber",
    ]

    public var title: String
    public var text: String

    public init(title: String, text: String) {
        self.title = title
        self.text = text
    }

    public static func questions(_ texts: Texts, hasChats: Bool) -> [HelpEntry] {
        questions.filter { hasChats || $0 != channels }.map {
            HelpEntry(title: texts("help.question.\($0)"), text: texts("help.question.\($0).answer"))
        }
    }

    public static func words(_ texts: Texts) -> [HelpEntry] {
        words.map { HelpEntry(title: texts("help.word.\($0)"), text: texts("help.word.\($0).meaning")) }
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "title": title
        case "text": text
        default: nil
        }
    }
}
