import HTTPServer
import Pages
import Permits
import Store

/// One request on its way through a handler.
struct Context: Sendable {
    let site: Site
    let request: Request
    let session: Session?
    let now: Moment
    /// Set when a form's page is shown once more, with what was typed.
    var turned: Turned?
    /// Set when a draft's form is only to be saved, whatever its button said.
    var onlyKeeps = false

    var language: Language { turned?.language ?? site.language(session, request.head) }
    var texts: Texts { site.renderers[language].texts }
    var formats: Formats { texts.formats }
    var store: Store { site.store }
    var form: FormFields { request.form }
    /// Where somebody acted from, for records.
    var origin: String { request.head.remoteAddress }
    /// What limits count strangers by.
    var network: String { request.head.clientNetwork }

    /// Whoever is logged in. Routes that are not open to anyone are only reached with one.
    func viewer() throws(PermitError) -> Viewer {
        guard let session else { throw .forbidden }
        return Viewer(session.account)
    }

    func parameter(_ name: String) throws(PermitError) -> String {
        guard let value = request.parameters[name] else { throw .notFound }
        return value
    }

    /// The application's public name in the address.
    func reference() throws(PermitError) -> Reference {
        guard let reference = Reference(try parameter("ref")) else { throw .notFound }
        return reference
    }

    /// The application that the address names, if the viewer may see it; in the reader's language.
    func application() throws -> Application {
        try store.application(try reference(), visibleTo: try viewer()).localized(to: language)
    }

    /// A text of an application's letter type, in the reader's language.
    func translated(_ text: String, of reference: Reference) throws -> String {
        guard language != .standard else { return text }
        return try store.letterType(of: reference).translated(text, to: language)
    }

    /// What the reader had before them when they sent the form.
    var revision: Int? { form["revision"].flatMap { Int($0) } }
}

/// A form's page is shown in this language, with what was typed as `form`: its language button was pressed, or its
/// sender's session had ended.
struct Turned: Sendable {
    let language: Language
    /// Files were chosen. They are not kept, and the reader is told.
    let lostFiles: Bool
    /// What did not happen because the session had ended.
    var undone: NoticeText?

    /// Said above the page.
    func notice(_ texts: Texts) -> Notice? {
        let parts = [undone.map { $0.sentence(texts) }, lostFiles ? texts("language.files") : nil].compactMap { $0 }
        return parts.isEmpty ? nil : Notice(tone: .warn, text: parts.joined(separator: " "))
    }
}

extension NoticeText {
    /// As people read it.
    func sentence(_ texts: Texts, _ values: [String: String] = [:]) -> String {
        let text = texts(textKey, values)
        return isUndone ? "\(text) \(texts("undone.again"))" : text
    }
}

/// What a handler answers; one place turns it into bytes.
enum Reply: Sendable {
    case page(any Page, status: Int = 200)
    /// 303, with a notice shown on the next page.
    case redirect(Link, notice: NoticeText? = nil)
    /// 303 to a place on a page, with a notice.
    case place(String, notice: NoticeText, counts: [Int] = [])
    /// 303 to a path that a reader was on the way to.
    case seeOther(String)
    /// 303 to the page that the reader was on, in this language from now on.
    case language(Language, then: String)
    /// For programs.
    case text(String, status: Int)
    /// For a page's own script.
    case message([String: String], status: Int)
    /// A file of the vault.
    case file(StoredFile, kind: FileKind, filename: String, isDownload: Bool)
    /// A file made for this answer, to be saved.
    case made(MadeFile, mediaType: String, filename: String)
    /// A text made for this answer, to be saved.
    case saved(String, mediaType: String, filename: String)
    /// Opens a session, and goes on with a reply to the request that its owner was on the way with.
    indirect case opened(SessionToken, then: Reply, to: Context)
    /// A reply that leaves something in the browser.
    indirect case setting(cookie: String, Reply)
    /// A reply to somebody who tried too often; they may try again after so many seconds.
    indirect case tooSoon(seconds: Int, Reply)
    /// Ends the session.
    case closed(Link, notice: NoticeText)
}

/// A new session's secret and the key of its forms.
struct SessionToken: Sendable {
    let token: [UInt8]
    let csrfKey: [UInt8]
}
