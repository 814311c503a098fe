public import Mustache
public import Permits

/// What surrounds a page: who reads it, where they may go, and what happened just before.
public struct Frame: MustacheParent, Sendable {
    public var siteName: String
    /// Whose portal this is, such as `Pemerintah Kota Medan`.
    public var owner: String
    /// BCP 47 tag of the page, such as `id`.
    public var language: String
    /// The page is not in the language of the letters.
    public var isTranslated: Bool { language != Language.standard.rawValue }
    public var nav: [NavItem]
    /// Goes into every form that posts.
    public var csrf: String
    /// Printed in the foot so that a citizen can quote it.
    public var requestId: String
    /// Nil for a visitor.
    public var viewer: ReaderModel?
    /// Shown once, after a redirect.
    public var notice: Notice?
    /// The office that the page is about; nil where it is about none or many.
    public var contact: OfficeModel?
    /// The way to the other language.
    public var languageSwitch: LanguageSwitch

    public init(
        siteName: String, owner: String, language: String, nav: [NavItem], csrf: String, requestId: String,
        languageSwitch: LanguageSwitch, viewer: ReaderModel? = nil, notice: Notice? = nil, contact: OfficeModel? = nil
    ) {
        self.siteName = siteName
        self.owner = owner
        self.language = language
        self.nav = nav
        self.csrf = csrf
        self.requestId = requestId
        self.languageSwitch = languageSwitch
        self.viewer = viewer
        self.notice = notice
        self.contact = contact
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "siteName": siteName
        case "owner": owner
        case "language": language
        case "isTranslated": isTranslated
        case "nav": nav
        case "csrf": csrf
        case "requestId": requestId
        case "viewer": viewer as Any
        case "notice": notice as Any
        case "contact": contact as Any
        case "languageSwitch": languageSwitch
        default: nil
        }
    }
}

/// A button to the same page in another language.
public struct LanguageSwitch: MustacheParent, Sendable {
    /// On a page with a form the button belongs to that form, so that nothing typed is lost by it. This is its name there.
    public static let fieldName = "isian.bahasa"

    /// BCP 47 tag of the other language.
    public var code: String
    /// In its own words: `English`.
    public var name: String
    /// Where to come back to: an address of this site that can be opened.
    public var back: String

    public init(to language: Language, back: String) {
        code = language.rawValue
        name = language.name
        self.back = back
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "code": code
        case "name": self.name
        case "back": back
        default: nil
        }
    }
}

/// The signed-in reader, shown beside the log-out button.
public struct ReaderModel: MustacheParent, Sendable {
    public var name: String
    /// In words, such as `Pemohon`.
    public var role: String

    public init(name: String, role: String) {
        self.name = name
        self.role = role
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "name": self.name
        case "role": role
        default: nil
        }
    }
}

public struct NavItem: MustacheParent, Sendable {
    public var label: String
    public var path: String
    public var isCurrent: Bool

    public init(label: String, path: String, isCurrent: Bool) {
        self.label = label
        self.path = path
        self.isCurrent = isCurrent
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "path": path
        case "isCurrent": isCurrent
        default: nil
        }
    }
}

/// One sentence on what just happened.
public struct Notice: MustacheParent, Sendable {
    public var tone: Tone
    public var text: String

    public init(tone: Tone, text: String) {
        self.tone = tone
        self.text = text
    }

    public func child(named name: String) -> Any? {
        switch name {
        case "tone": tone.rawValue
        case "text": text
        default: nil
        }
    }
}
